import assert from "node:assert/strict";
import test from "node:test";
import {moved, movedLetter, rebased, spliceBetween} from "../../facilitator/static/lib/splice.js";
import {whole} from "../../facilitator/static/lib/surrogates.js";
import {seeded} from "./fakes.mjs";

const spliced = (text, {at, cut, put}) => text.slice(0, at) + put + text.slice(at + cut);
const LETTERS = ["a", "b", "l", " ", "ż", "😀", "😁", "🇺🇦", "e\u0301", "\n"];
const written = (random, most) => Array.from({length: random.below(most)}, () => LETTERS[random.below(LETTERS.length)]).join("");
/** Whether no character was torn: each half of a pair has its other half. */
const isWhole = (text) => text.isWellFormed ? text.isWellFormed() : encodeURIComponent(text) !== "";

test("one splice leads from any text to any other, and tears no character", () => {
  const random = seeded(1);
  for (let i = 0; i < 20_000; i += 1) {
    const before = written(random, 8);
    const after = random() < 0.5 ? written(random, 8) : written(random, 3) + before + written(random, 3);
    const splice = spliceBetween(before, after, random.below(after.length + 1));
    if (before === after) {
      assert.equal(splice, null);
      continue;
    }
    assert.equal(spliced(before, splice), after);
    for (const part of [splice.put, before.slice(0, splice.at), before.slice(splice.at, splice.at + splice.cut)]) assert.ok(isWhole(part));
  }
});

test("a change among like letters is found at the caret", () => {
  assert.deepEqual(spliceBetween("llll", "lllll", 2), {at: 1, cut: 0, put: "l"});
  assert.deepEqual(spliceBetween("llll", "lll", 1), {at: 1, cut: 1, put: ""});
  assert.deepEqual(spliceBetween("one two", "one 2 two", 6), {at: 4, cut: 0, put: "2 "});
});

test("one smiley for another goes whole", () => {
  assert.deepEqual(spliceBetween("a😀b", "a😁b"), {at: 1, cut: 2, put: "😁"});
  assert.deepEqual(spliceBetween("😀", "😀😀", 2), {at: 0, cut: 0, put: "😀"});
});

test("a place inside a character is moved before it", () => {
  assert.deepEqual([-1, 0, 1, 2, 3, 9].map((at) => whole("a😀", at)), [0, 0, 1, 1, 3, 3]);
});

test("a place stays among its letters", () => {
  const delta = [{retain: 2}, {insert: "xx"}, {retain: 1}, {delete: 2}];
  assert.deepEqual([0, 1, 2, 3, 4, 5, 6].map((at) => moved(at, delta)), [0, 1, 2, 5, 5, 5, 6]);
  assert.equal(moved(2, delta, true), 4);
  assert.deepEqual([0, 1, 2, 3, 4, 5].map((at) => movedLetter(at, delta)), [0, 1, 4, null, null, 5]);
});

test("a change made on an older text takes away only the letters one saw", () => {
  const other = [{retain: 2}, {insert: "NEW"}, {retain: 1}, {delete: 1}];
  const text = "abNEWce";
  const after = rebased({at: 1, cut: 3, put: "x"}, [other]).reduce(spliced, text);
  assert.equal(after, "axNEWe");
});

test("with nothing in between it is the same splice", () => {
  assert.deepEqual(rebased({at: 1, cut: 2, put: "x"}, []), [{at: 1, cut: 2, put: "x"}]);
});
