import assert from "node:assert/strict";
import test from "node:test";
import {editOf, finder, unitsBetween} from "../../facilitator/static/lib/passages.js";
import {
  difference, fromTheEnd, grouped, inContext, inSentence, landing, passageOf, readAt, readsAs, sentenceAt, shortened, spliced, splicesOf, suggestionsOn,
} from "../../facilitator/static/parts/suggestions-model.js";
import {applyUpdate, Doc, encodeStateAsUpdate} from "../../facilitator/static/vendor/yjs.js";
import {seeded} from "./fakes.mjs";
import {room} from "./scenes.mjs";

const SENTENCE = "Exams are held every month in the city. Nobody knows when.";
const marks = {same: "", del: "-", ins: "+"};
const told = (pieces) => pieces.map(({kind, text}) => `${marks[kind]}${text}`);

/** A document with a text in it, and a suggestion for some of its words. */
function drafted(words = SENTENCE) {
  const doc = new Doc();
  const text = doc.getText("s:problem");
  text.insert(0, words);
  return {doc, text, suggest: (quote, put, more = {}) => {
    const from = text.toString().indexOf(quote);
    return {id: 1, recommendation: 1, epoch: "e", root: "s:problem", outcome: "open", quote, put, units: unitsBetween(text, from, from + quote.length), ...more};
  }};
}

const now = (suggestion, text) => landing(suggestion, text.toString(), finder(text));

// ---- differences ----

test("a difference is told word by word, and short", () => {
  assert.deepEqual(told(difference("held every month in the city", "held six times a year in the city")), ["held ", "-every month", "+six times a year", " in the city"]);
  assert.deepEqual(told(difference("a b", "a b, at last")), ["a b", "+, at last"]);
  assert.deepEqual(told(difference("one two three", "one three")), ["one ", "-two ", "three"]);
  assert.deepEqual(told(difference("", "new")), ["+new"]);
  assert.deepEqual(told(difference("old", "")), ["-old"]);
  assert.deepEqual(told(difference("same", "same")), ["same"]);
  assert.deepEqual(told(difference("Krok 😀 že", "Krok 😁 že")), ["Krok ", "-😀", "+😁", " že"]);
});

test("a difference leads from any text to any other, also as splices", () => {
  const random = seeded(7);
  const words = ["a", "b", " ", "  ", "ż", "😀", ".", "\n", "word"];
  const written = () => Array.from({length: random.below(14)}, () => words[random.below(words.length)]).join("");
  for (let i = 0; i < 5_000; i += 1) {
    const [before, after] = [written(), written()];
    const pieces = difference(before, after);
    assert.equal(pieces.filter(({kind}) => kind !== "ins").map(({text}) => text).join(""), before);
    assert.equal(pieces.filter(({kind}) => kind !== "del").map(({text}) => text).join(""), after);
    assert.equal(spliced(before, splicesOf(pieces)), after);
  }
});

test("texts that are too long to compare are told as one in place of the other", () => {
  const [before, after] = ["a ".repeat(1500), "b ".repeat(1500)];
  assert.deepEqual(difference(before.trim(), after.trim()).map(({kind}) => kind), ["del", "ins"]);
});

test("what stays is cut short around the changes", () => {
  const pieces = difference(`${"so ".repeat(60)}one ${"and ".repeat(60)}two ${"end ".repeat(60)}`, `${"so ".repeat(60)}1 ${"and ".repeat(60)}2 ${"end ".repeat(60)}`);
  const short = shortened(pieces, 12);
  assert.deepEqual(told(short), ["… so so so ", "-one", "+1", " and and … and and ", "-two", "+2", " end end …"]);
  assert.deepEqual(shortened(difference("a b", "a c"), 12), difference("a b", "a c"));
});

// ---- where it is now ----

test("a passage stays with its words, whatever is written around and inside it", () => {
  const {doc, text, suggest} = drafted();
  const made = suggest("Exams are held every month in the city", "Exams are held six times a year in the city");
  text.insert(0, "Today: ");
  text.insert(text.toString().indexOf("in the") , "only ");
  text.insert(text.length, " More.");

  const splices = now(made, text);
  assert.equal(spliced(text.toString(), splices), "Today: Exams are held six times a year only in the city. Nobody knows when. More.");
  assert.deepEqual(told(inContext(text.toString(), splices)), ["Today: Exams are held ", "-every month", "+six times a year", " only in the city."]);
  doc.destroy();
});

test("words that were changed meanwhile are not changed again", () => {
  const cases = [
    (text) => text.delete(15, 5),
    (text) => text.insert(18, "y"),
    (text) => text.delete(0, text.length),
  ];
  for (const change of cases) {
    const {text, suggest} = drafted();
    const made = suggest("every month", "often");
    change(text);
    assert.equal(now(made, text), null);
  }
});

test("what is put in stands beside the letter it was put after, or before the next", () => {
  const {text, suggest} = drafted();
  const made = suggest("in the city", "in the old city");
  assert.equal(spliced(text.toString(), now(made, text)), "Exams are held every month in the old city. Nobody knows when.");
  text.delete(text.toString().indexOf("the "), 4);
  assert.equal(spliced(text.toString(), now(made, text)), "Exams are held every month in old city. Nobody knows when.");
  text.delete(0, text.length);
  assert.equal(now(made, text), null);
});

test("letters in another form are changed as one passage", () => {
  const raw = "Ko\u0301d i tak";
  const {text, suggest} = drafted(raw);
  const made = {...suggest(raw, "Kód i nie"), quote: raw.normalize()};
  assert.equal(spliced(text.toString(), now(made, text)), "Kód i nie");
  text.insert(0, "x");
  assert.equal(spliced(text.toString(), now(made, text)), "xKód i nie");
  text.insert(3, "x");
  assert.equal(now(made, text), null);
});

test("an edit says no more than it changes, and leaves the text alone", () => {
  const {doc, text, suggest} = drafted();
  const other = new Doc();
  applyUpdate(other, encodeStateAsUpdate(doc));
  const made = suggest("Exams are held every month", "Tests are held often");

  const edit = editOf(text, "s:problem", fromTheEnd(now(made, text)));

  assert.equal(text.toString(), SENTENCE);
  assert.ok(edit.length < 80, `${edit.length} bytes`);
  applyUpdate(other, edit);
  assert.equal(other.getText("s:problem").toString(), "Tests are held often in the city. Nobody knows when.");
});

test("units of a passage are those of its writers", () => {
  const {doc, text} = drafted("one three");
  const other = new Doc();
  applyUpdate(other, encodeStateAsUpdate(doc));
  other.getText("s:problem").insert(4, "two ");
  applyUpdate(doc, encodeStateAsUpdate(other));

  const runs = unitsBetween(text, 2, 10);

  assert.deepEqual(runs, [[doc.clientID, 2, 2], [other.clientID, 0, 4], [doc.clientID, 4, 2]]);
  assert.equal(finder(text)(other.clientID, 9), null);
  assert.deepEqual(finder(text)(other.clientID, 1), {index: 5, there: true});
});

test("somebody means what they selected, else all, else their paragraph", () => {
  const text = "First one.\n\nSecond  one.";
  assert.deepEqual(passageOf(text, 6, 11, 100), [6, 10]);
  assert.deepEqual(passageOf(text, 3, 3, 100), [0, 24]);
  assert.deepEqual(passageOf(text, 14, 14, 20), [12, 24]);
  assert.deepEqual(passageOf(text, 0, 24, 5), [0, 5]);
  assert.equal(passageOf(" \n ", 0, 0, 100), null);
  assert.equal(sentenceAt(SENTENCE, 45), "Nobody knows when.");
});

// ---- which of them meet ----

test("suggestions that change the same words stand together", () => {
  const {suggest} = drafted();
  const often = suggest("every month", "often", {id: 1});
  const weekly = suggest("held every month", "held every week", {id: 2});
  const place = suggest("Exams are held every month in the city", "Exams are held every month in the region", {id: 3});
  const talk = suggest("every month", null, {id: 4});
  const anew = suggest("every month", "never", {id: 5, epoch: "f"});
  const after = suggest("month in", "month or two in", {id: 6});

  assert.deepEqual(grouped([often, weekly, place, talk, anew]).map((group) => group.map(({id}) => id)), [[1, 2], [3], [4], [5]]);
  assert.deepEqual(grouped([place, often, after, weekly]).map((group) => group.map(({id}) => id)), [[3], [1, 6, 2]]);
});

test("what is put in at the ends of two passages does not meet", () => {
  const {suggest} = drafted();
  const groups = grouped([suggest("Exams", "Exams, too,", {id: 1}), suggest("city", "city or near it", {id: 2}), suggest("the city", "the old city", {id: 3})]);
  assert.deepEqual(groups.map((group) => group.map(({id}) => id)), [[1], [2], [3]]);
});

test("one that meets two groups makes them one", () => {
  const {suggest} = drafted();
  const groups = grouped([suggest("Exams", "Tests", {id: 1}), suggest("month", "year", {id: 2}), suggest("city", "town", {id: 3}), suggest("Exams are held every month", "Nothing", {id: 4})]);
  assert.deepEqual(groups.map((group) => group.map(({id}) => id)), [[1, 2, 4], [3]]);
});

test("suggestions are listed by text and part", () => {
  const {suggest} = drafted();
  const of = room("draft", {suggestion: [suggest("city", "town", {id: 2}), suggest("month", "year", {id: 1}), suggest("city", "x", {id: 3, root: "s:other"}), suggest("city", "x", {id: 4, recommendation: 2})]});
  assert.deepEqual([suggestionsOn(of, 1, ["s:problem"]), suggestionsOn(of, 1)].map((found) => found.map(({id}) => id)), [[1, 2], [1, 2, 3]]);
});

test("a text is read by its root, in sections and in rows", () => {
  const text = {title: "Exams", sections: {problem: "Too few."}, steps: [{id: "a", what: "Ask"}], addressees: [{id: "b", office: "The city"}]};
  assert.deepEqual(["title", "s:problem", "s:empty", "p:a:what", "a:b:office"].map((root) => readAt(text, root)), ["Exams", "Too few.", "", "Ask", "The city"]);
  assert.deepEqual(["p:gone:what", "a:gone:office"].map((root) => readAt(text, root)), [undefined, undefined]);
  assert.deepEqual([readAt(undefined, "title"), readAt(undefined, "p:a:what")], ["", undefined]);
});

test("a wall shows only what takes out words that stand there", () => {
  const {suggest} = drafted();
  assert.ok(readsAs(suggest("every month", "often"), SENTENCE));
  assert.ok(!readsAs(suggest("every month", "often"), "Exams are held."));
  assert.deepEqual(told(inSentence(suggest("every month", "often"), `So. ${SENTENCE}`)), ["Exams are held ", "-every month", "+often", " in the city."]);
  assert.equal(inSentence(suggest("every month", "often"), `${SENTENCE} ${SENTENCE}`), null);
  assert.equal(inSentence(suggest("every month", "often"), "Another text"), null);
});
