import assert from "node:assert/strict";
import test from "node:test";
import {speak} from "../../facilitator/static/lib/i18n.js";
import {apply, empty} from "../../facilitator/static/lib/store.js";
import {progress, standing} from "../../facilitator/static/parts/desk-languages.js";
import {entries, stepWords} from "../../facilitator/static/parts/desk-model.js";

speak("en");

const thing = (kind, id, more) => [kind, String(id), {id, ...more}];
const entry = (id, more = {}) => thing("recommendation", id, {chapter: 1, position: id, lang: "pl", sources: [], ...more});
const text = (id, seq) => thing("text", id, {seq});
const translation = (id, original, lang, more = {}) => thing("translation", id, {original, lang, made_from: 3, checked: null, ...more});
const desk = (...things) => apply(empty(), {since: null, seq: 1, things});

test("how far a translation is follows from the revisions of both texts", () => {
  const of = (more, own = 5, original = 3) => {
    const room = desk(entry(1), text(1, original), entry(2, {chapter: null, lang: "uk"}), text(2, own), translation(2, 1, "uk", more));
    return standing(room, room.things.recommendation[1], "uk");
  };
  assert.equal(of({}), "draft");
  assert.equal(of({checked: 5}), "checked");
  assert.equal(of({checked: 4}), "draft");
  assert.equal(of({checked: 5}, 5, 4), "behind");
  assert.equal(of({}, 5, 4), "behind");
});

test("a translation is no text of the document, and what is not begun is none", () => {
  const room = desk(entry(1), entry(2, {chapter: null, lang: "uk"}), translation(2, 1, "uk"));
  assert.deepEqual(entries(room).map(({id}) => id), [1]);
  assert.equal(standing(room, room.things.recommendation[1], "pl"), "original");
  assert.equal(standing(room, room.things.recommendation[1], "cs"), "none");
});

test("progress counts the texts that need a translation into each language", () => {
  const room = desk(
    entry(1), entry(3), entry(4, {lang: "uk"}), text(1, 3), text(3, 9),
    entry(12, {chapter: null}), text(12, 2), translation(12, 1, "uk", {checked: 2}),
    entry(13, {chapter: null}), text(13, 2), translation(13, 3, "uk", {checked: 2}),
  );
  assert.deepEqual(progress(room, ["pl", "uk"]), [
    {lang: "pl", all: 1, checked: 0, behind: 0},
    {lang: "uk", all: 2, checked: 1, behind: 1},
  ]);
});

test("steps of translating are told in words", () => {
  const words = (name, ...about) => stepWords({id: 1, name, about});
  assert.equal(words("translation.begin", "One desk", "pl"), "Began a translation of “One desk”: Polish");
  assert.equal(words("translation.mark", "One desk", "pl", "checked"), "Checked a translation of “One desk”: Polish");
  assert.equal(words("translation.mark", "One desk", "pl", "draft"), "Noted that a translation of “One desk” is a draft: Polish");
});
