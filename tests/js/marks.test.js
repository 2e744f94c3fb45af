import assert from "node:assert/strict";
import test from "node:test";
import {bare, cut, figured, finder, markOf, marksIn, numbered, starred} from "../../facilitator/static/lib/marks.js";
import {Verdict} from "../../facilitator/static/parts/board-vote.js";
import {textPieces, carriedPieces} from "../../facilitator/static/parts/board-drafts.js";
import {Reader} from "../../facilitator/static/parts/reader.js";
import {Texts} from "../../facilitator/static/parts/texts.js";
import {ballot, draw, idea, recommendation, room} from "./scenes.mjs";

const CARD = {id: 3, title: "Waiting times", url: "https://example.org/", text: "Seven months", lang: "en"};
const TEXT = {id: 1, seq: 4, title: "A desk", sections: {problem: "Queues[^i12], long [^e3] and [^i99]."}, steps: []};
const RESERVATION = {id: 5, uuid: "x", recommendation: 1, sector: null, text: "Too dear", lang: "en"};

test("marks are found once, in order, and nothing else is one", () => {
  assert.equal(markOf("i", 12), "[^i12]");
  assert.deepEqual(marksIn(["a[^i12] [^e3]", "[^i12] [^1] [^i0] [i4]"]), ["i12", "e3"]);
  assert.deepEqual(cut("Queues [^i12], long[^e3]"), ["Queues", "i12", ", long", "e3", ""]);
  assert.equal(bare("Open one[^i12] desk [^e3]"), "Open one desk");
  assert.equal(figured("Queues[^i12][^e3]", ["i12", "e3"]), "Queues¹\u200a²");
  assert.equal(figured("Queues[^i12], long [^e3]", ["e3", "i12"]), "Queues², long¹");
  assert.equal(numbered("Queues[^i12], long [^e3]", ["e3", "i12"]), "Queues [2], long [1]");
  assert.equal(starred("Queues[^i12], long [^e3]"), "Queues*, long*");
});

test("a reader sees numbers and the notes they lead to, and what is hidden says nothing", () => {
  const things = {recommendation: [recommendation(1)], text: [TEXT], idea: [idea(12)], evidence: [CARD], reservation: [RESERVATION]};
  const screen = draw(Texts, room("adopt", things));

  assert.ok(screen.text.includes("Idea 12"));
  assert.ok(screen.text.includes("Seven months"));
  assert.ok(screen.text.includes("This source is no longer shown."));
  assert.ok(screen.text.includes("Too dear"));
  assert.ok(!screen.text.includes("[^"));
  assert.equal(screen.all("a").find(({name}) => name === "Waiting times").attributes.rel, "noopener noreferrer nofollow");
  assert.ok(draw(Reader, room("adopt", things, {role: "observer"})).text.includes("Too dear"));
});

test("the wall has the notes and reservations below the text", () => {
  const things = {recommendation: [recommendation(1)], text: [TEXT], idea: [idea(12)], reservation: [RESERVATION, {...RESERVATION, id: 6, recommendation: 2}]};
  const here = room("draft", things);
  assert.equal(textPieces(recommendation(1), TEXT)[0].text, "Queues¹, long² and³.");
  assert.deepEqual(carriedPieces(here, recommendation(1)).map(({text}) => text),
    ["Too dear", "1. Idea 12", "2. This source is no longer shown.", "3. This source is no longer shown."]);
  assert.equal(finder(here)("e3"), undefined);
});

test("a text that was opened again is not shown as adopted, and why is", () => {
  const closed = ballot(6, {method: "yes_no", options: {}, recommendation: 1, choices: [], is_open: false, result: {voters: 1, counts: {yes: 1, no: 0, abstain: 0}, passed: true, reasons: [], why: []}});
  const reopening = {id: 1, recommendation: 1, at: "2026-05-16T12:00:00Z", text: "A date was wrong.", lang: "en", status: "adopted", revision: 2, hash: null};
  const told = (status) => {
    const here = room("adopt", {recommendation: [recommendation(1, {status})], text: [TEXT], ballot: [closed], reopening: [reopening]});
    return draw((props) => Verdict({...props, ballot: closed, drafts: [recommendation(1, {status})]}), here).text;
  };
  assert.ok(told("draft").includes("Opened again"));
  assert.ok(!told("draft").includes("Adopted"));
  assert.ok(told("adopted").includes("Adopted"));
  const pieces = carriedPieces(room("draft", {recommendation: [recommendation(1)], reopening: [reopening]}), recommendation(1));
  assert.deepEqual(pieces.map(({text}) => text), ["A date was wrong."]);
});
