import assert from "node:assert/strict";
import test from "node:test";
import {bare, cut, figured, finder, markOf, marksIn} from "../../facilitator/static/lib/marks.js";
import {textPieces, carriedPieces} from "../../facilitator/static/parts/board-drafts.js";
import {Reader} from "../../facilitator/static/parts/reader.js";
import {Texts} from "../../facilitator/static/parts/texts.js";
import {draw, idea, recommendation, room} from "./scenes.mjs";

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
