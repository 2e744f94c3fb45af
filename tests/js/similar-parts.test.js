import assert from "node:assert/strict";
import test from "node:test";
import {apply} from "../../facilitator/static/lib/store.js";
import {Instead} from "../../facilitator/static/parts/composer-similar.js";
import {AlikeTo, Pairs} from "../../facilitator/static/parts/desk-similar.js";
import {Alongside} from "../../facilitator/static/parts/grouping-similar.js";
import {meant} from "../../facilitator/static/parts/similar.js";
import {draw, drawn, idea, room, theme, until} from "./scenes.mjs";

const IDEAS = [
  idea(1, {text: "A bench in the shade at every bus stop"}), idea(2, {text: "One form in four languages"}),
  idea(3, {text: "Benches and shade at the stops of all buses"}),
];
const WORDS = "Please put a bench with shade at each bus stop";

// ---- while one writes ----

/** What is over the field; `written` is what has become of it. */
function over(of, more = {}) {
  const written = [];
  const screen = draw(Instead, of, {text: WORDS, write: (words) => written.push(words), ...more});
  return Object.assign(screen, {written});
}

test("similar ideas of others are offered, one's own are not", async () => {
  const screen = over(room("gather", {idea: IDEAS}, {ideas: [3]}));
  await until(() => screen.all("li").length > 0);
  assert.equal(screen.all("li").length, 1);
  assert.ok(screen.text.includes("1 similar idea: add your support instead?"));
  assert.deepEqual(screen.acts, []);
});

test("a few letters are compared with nothing", async () => {
  const screen = over(room("gather", {idea: IDEAS}), {text: "A bench"});
  await new Promise((done) => { setTimeout(done, 900); });
  assert.equal(screen.all("li").length, 0);
});

test("one's words go once the support is stored, and come back", async () => {
  const of = room("gather", {idea: IDEAS});
  const screen = over(of);
  await until(() => screen.all("li").length > 0);
  screen.button("Support it: A bench").fire("click", {detail: 0});
  await drawn();
  assert.deepEqual([screen.acts, screen.written], [[["idea.support", {id: 1, on: true}]], [""]]);
  screen.show(of, {text: ""});
  await drawn();
  assert.ok(screen.text.includes("You support that idea now."));
  screen.button("Undo").fire("click");
  assert.deepEqual([screen.acts[1], screen.written], [["idea.support", {id: 1, on: false}], ["", WORDS]]);
});

test("what is refused leaves one's words alone", async () => {
  const screen = over(room("gather", {idea: IDEAS}), {act: () => Promise.resolve({refused: "It is gone."})});
  await until(() => screen.all("li").length > 0);
  screen.button("Support it: A bench").fire("click", {detail: 0});
  await drawn();
  assert.deepEqual(screen.written, []);
});

test("what was written on meanwhile stays", async () => {
  const of = room("gather", {idea: IDEAS});
  let stored;
  const screen = over(of, {act: () => new Promise((done) => { stored = done; })});
  await until(() => screen.all("li").length > 0);
  screen.button("Support it: A bench").fire("click", {detail: 0});
  screen.show(of, {text: `${WORDS}, and a roof`});
  await drawn();
  stored({ok: null});
  await drawn();
  assert.deepEqual(screen.written, []);
});

test("a tap on what has just appeared was meant for something else", () => {
  const done = [];
  meant(1000, () => done.push("at once"))({detail: 1, timeStamp: 1100});
  meant(1000, () => done.push("later"))({detail: 1, timeStamp: 1500});
  meant(1000, () => done.push("by keyboard"))({detail: 0, timeStamp: 1100});
  assert.deepEqual(done, ["later", "by keyboard"]);
});

// ---- when grouping ----

/** Beside the board: what is like the idea that is chosen. */
async function beside(ideas, chosen = [1]) {
  const done = [];
  const screen = draw(Alongside, room("group"), {
    still: room("group", {idea: ideas, theme: [theme(7), theme(8)]}), chosen,
    toggle: (...what) => done.push(["toggle", ...what]), put: (...what) => done.push(["put", ...what]),
  });
  await until(() => screen.all("button").length > 0);
  return Object.assign(screen, {done});
}

test("one tap puts a similar idea where it belongs", async () => {
  const [first, other, like] = IDEAS;
  const loose = await beside(IDEAS);
  loose.button("Choose as well").fire("click", {detail: 0});
  assert.deepEqual(loose.done, [["toggle", [3], true]]);

  const here = await beside([{...first, theme: 7}, other, like]);
  here.button("Together in “Theme 7”").fire("click", {detail: 0});
  assert.deepEqual(here.done, [["put", 7, [3]]]);

  const there = await beside([first, other, {...like, theme: 8}], [2, 1]);
  there.button("Together in “Theme 8”").fire("click", {detail: 0});
  assert.deepEqual(there.done, [["put", 8, [2, 1]]]);
});

// ---- at the desk ----

const card = (id, title, problem, more = {}) => ({
  id, number: id, title, lang: "en", status: "draft", room: {uuid: "r1", title: {en: "Housing"}, meeting: "Lublin", track: "t1", number: 1},
  template: [{key: "problem", title: {en: "Problem"}}], text: {title, sections: {problem}, steps: []}, ballot: null, ideas: 0, sources: [], ...more,
});
const CARDS = [card(1, "One desk for newcomers", "Five queues."), card(2, "A desk for all", "Every newcomer waits.", {lang: "pl"}), card(3, "Lessons", "In the evening.")];
const pair = (more = {}) => ({id: 5, a: 1, b: 2, found_by: "words", score: 20, shared: ["desk", "newco"], verdict: null, ...more});

/** A part of the desk. */
function bench(Part, things, more = {}) {
  const of = apply(room("gather"), {since: null, seq: 9, things: Object.entries(things).flatMap(([kind, found]) => found.map((one) => [kind, String(one.id), one]))});
  const desk = {room: of, current: null, picked: [], shown: [], merged: [], act: () => Promise.resolve({ok: {}}), ...more};
  Object.assign(desk, {pick: (ids) => desk.picked.push(ids), show: (...what) => desk.shown.push(what), done: (id) => desk.merged.push(id)});
  return Object.assign(draw(Part, of, {desk, ids: [1]}), {desk});
}

test("a pair stands side by side with the words that both have", () => {
  const screen = bench(Pairs, {card: CARDS, likeness: [pair()]});
  assert.deepEqual(screen.all("mark").map(({textContent}) => textContent), ["desk", "newcomers", "desk", "newcomer"]);
  assert.ok(screen.text.includes("both say “desk”, “newcomers”"));
  assert.ok(screen.text.includes("three of four"));
});

test("by meaning it is said how sure that is, and that the languages differ", () => {
  const reason = (more) => bench(Pairs, {card: CARDS, likeness: [pair({found_by: "meaning", shared: [], ...more})]}).text;
  assert.match(reason({score: 30}), /very likely the same.*similar in meaning, in two languages/);
  assert.match(reason({score: 29}), /possibly related/);
});

test("merging goes the way the desk merges", async () => {
  const loose = bench(Pairs, {card: CARDS, likeness: [pair()]});
  loose.button("Merge them").fire("click");
  assert.deepEqual(loose.desk.picked, [[1, 2]]);

  const entry = (id, origin, status = "draft") => ({id, chapter: 1, position: id, title: `Entry ${id}`, status, sources: [{id, origin}]});
  const one = bench(Pairs, {card: CARDS, likeness: [pair()], recommendation: [entry(9, 2)]});
  one.button("Merge them").fire("click");
  assert.deepEqual([one.desk.shown, one.desk.picked], [[["entry", 9]], [[1]]]);

  const acts = [];
  const act = (...what) => { acts.push(what); return Promise.resolve({ok: {id: 12}}); };
  const both = bench(Pairs, {card: CARDS, likeness: [pair()], recommendation: [entry(8, 1), entry(9, 2)]}, {act});
  both.button("Merge them").fire("click");
  await drawn();
  assert.deepEqual(acts, [["desk.merge", {recommendations: [8, 9], chapter: 1, title: "Entry 8"}]]);
  assert.deepEqual(both.desk.merged, [12]);

  const closed = bench(Pairs, {card: CARDS, likeness: [pair()], recommendation: [entry(9, 2, "adopted")]});
  assert.throws(() => closed.button("Merge them"));
});

test("under a text stands what is like it, and what is related", () => {
  const near = bench(AlikeTo, {card: CARDS, likeness: [pair(), pair({id: 6, a: 2, b: 3})]});
  assert.equal(near.all("article").length, 1);
  assert.ok(!near.text.includes("One desk for newcomers"));
  const related = bench(AlikeTo, {card: CARDS, likeness: [pair({verdict: "related"})]});
  assert.match(related.text, /Related, both kept: ?A desk for all/);
  assert.equal(bench(AlikeTo, {card: CARDS, likeness: []}).text, "");
});

test("it is said that there is nothing", () => {
  assert.ok(bench(Pairs, {card: CARDS}).text.includes("No two recommendations are suggested"));
  assert.ok(bench(Pairs, {}).text.includes("not yet two recommendations"));
});
