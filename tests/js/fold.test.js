// Words are found whatever their case and accents, and marked where they stand.
import assert from "node:assert/strict";
import test from "node:test";

import {fold, places, wanted} from "../../facilitator/static/lib/fold.js";
import {marked, merged} from "../../facilitator/static/parts/seek-model.js";

/** @param {string} text @param {string} query */
const found = (text, query) => wanted(query).flatMap((word) => places(fold(text), word).map(([start, end]) => text.slice(start, end)));

test("accents and case are folded in all four languages", () => {
  assert.deepEqual(found("Łódź, ŁÓDŹ i łodzianie", "lodz"), ["Łódź", "ŁÓDŹ", "łodz"]);
  assert.deepEqual(found("Příliš žluťoučký kůň", "ZLUTOUCKY kun"), ["žluťoučký", "kůň"]);
  assert.deepEqual(found("Єдиний центр у Києві", "києві єдинии"), ["Києві", "Єдиний"]);
  assert.deepEqual(found("A café, a CAFE\u0301 and a ca\u00adfé", "cafe"), ["café", "CAFE\u0301", "ca\u00adfé"]);
});

test("words are words: no markup, no empty ones, each once", () => {
  assert.deepEqual(wanted("  Rada, rada – <b>miasta</b>! "), ["rada", "b", "miasta"]);
  assert.deepEqual(wanted(" .* ( "), []);
  assert.deepEqual(found("aaaa", "aa"), ["aa", "aa"]);
});

test("letters outside of the first plane stay in their place", () => {
  assert.deepEqual(found("👩‍🏫 uczy w szkole 𝒮zkoła", "szkole"), ["szkole"]);
  assert.equal(fold("👍🏽a").at.at(-1), "👍🏽a".length);
});

test("what overlaps is marked once, and no letter is lost", () => {
  assert.deepEqual(merged([[4, 6], [0, 3], [2, 4], [9, 10]]), [[0, 6], [9, 10]]);
  const pieces = marked("Rada miasta i rady dzielnic", ["rad", "rada", "miasta"]);
  assert.equal(pieces.map(({words}) => words).join(""), "Rada miasta i rady dzielnic");
  assert.deepEqual(pieces.filter((piece) => piece.found).map(({words}) => words), ["Rada", "miasta", "rad"]);
  assert.deepEqual(marked("Nothing here", ["rada"]), [{words: "Nothing here", found: false}]);
});
