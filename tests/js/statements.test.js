import assert from "node:assert/strict";
import test from "node:test";
import {Asking, meant} from "../../facilitator/static/parts/asking.js";
import {answersOf, queue, voteShown, wantsMore} from "../../facilitator/static/parts/statements-model.js";
import {draw, drawn, room} from "./scenes.mjs";

const said = (id, more = {}) => ({id, vote: 1, idea: id, number: id, text: `Statement ${id}`, lang: "en", out: false, ...more});
const vote = (more = {}) => ({id: 1, question: "And?", lang: "en", is_open: true, opened_at: "2026-05-16T10:00:00", result: null, opinions: null, ...more});
const rank = (id) => id;

test("what was drawn for this seat comes first, what is answered never", () => {
  const statements = [said(1), said(2), said(3), said(4)];
  assert.deepEqual(queue(statements, {2: 1}, [4, 2, 9], rank), [4, 1, 3]);
});

test("what is on its way counts as answered, and as taken back", () => {
  const waiting = [
    {name: "statements.vote", payload: {statement: 1, answer: "disagree"}},
    {name: "statements.vote", payload: {statement: 2, answer: null}},
  ];
  assert.deepEqual(answersOf({mine: {answers: {2: 1, 3: 0}}, waiting}), {1: -1, 3: 0});
});

test("more are asked for before the last is answered", () => {
  assert.equal(wantsMore({}, [1, 2, 3, 4]), false);
  assert.equal(wantsMore({1: 1}, [1, 2, 3, 4]), true);
});

test("a swipe is across and far enough", () => {
  assert.deepEqual([meant(120, 0), meant(-120, 20), meant(40, 0), meant(120, 200)], ["agree", "disagree", null, null]);
});

test("the wall shows what is open, else what was voted on last", () => {
  const ballot = (more) => ({id: 5, opened_at: "2026-05-16T11:00:00", is_open: false, ...more});
  const shown = (of, other) => voteShown(room("decide", {statement_vote: [of]}), other)?.id;
  assert.equal(shown(vote(), undefined), 1);
  assert.equal(shown(vote(), ballot()), 1);
  assert.equal(shown(vote({is_open: false}), ballot({is_open: true})), undefined);
  assert.equal(shown(vote({is_open: false}), ballot()), undefined);
  assert.equal(shown(vote({is_open: false}), ballot({opened_at: "2026-05-16T09:00:00"})), 1);
});

test("a tap answers what is shown, and can be taken back", async () => {
  const one = room("decide", {statement_vote: [vote()], statement: [said(1)]});
  const screen = draw(Asking, one, {vote: vote()});
  await drawn();
  screen.button("Agree").fire("click");
  await drawn();
  screen.button("Take the last answer back").fire("click");

  assert.deepEqual(screen.acts, [
    ["statements.vote", {statement: 1, answer: "agree", more: true}],
    ["statements.vote", {statement: 1, answer: null, more: false}],
  ]);
});
