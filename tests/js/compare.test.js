import assert from "node:assert/strict";
import test from "node:test";
import {compare, counted, splices, wordsOf} from "../../facilitator/static/parts/compare.js";
import {seeded} from "./fakes.mjs";

const before = (parts) => parts.filter(({kind}) => kind !== "new").map(({text}) => text).join("");
const after = (parts) => parts.filter(({kind}) => kind !== "gone").map(({text}) => text).join("");
const brief = (parts) => parts.map(({kind, text}) => ({same: "", gone: "-", new: "+"})[kind] + text);
const spliced = (text, found) => found.reduce((now, {at, cut, put}) => now.slice(0, at) + put + now.slice(at + cut), text);

test("words are told from what stands between them, in every language of the room", () => {
  assert.deepEqual(wordsOf("Żółwie, w źdźble."), ["Żółwie", ",", " ", "w", " ", "źdźble", "."]);
  assert.deepEqual(wordsOf("Příliš žluťoučký"), ["Příliš", " ", "žluťoučký"]);
  assert.deepEqual(wordsOf("п’ять об'єднань"), ["п’ять", " ", "об'єднань"]);
  assert.deepEqual(wordsOf("z\u0307o\u0301w\n\nb"), ["z\u0307o\u0301w", "\n", "\n", "b"]);
  assert.deepEqual(wordsOf("👩🏽‍🔬🇺🇦❤️a"), ["👩🏽‍🔬", "🇺🇦", "❤️", "a"]);
});

test("what stayed, went and came is told word by word", () => {
  const parts = compare("Urząd otworzy punkt w mieście.", "Urząd miasta otworzy dwa punkty w mieście.");
  assert.deepEqual(brief(parts), ["Urząd ", "+miasta ", "otworzy ", "-punkt", "+dwa punkty", " w mieście."]);
  assert.deepEqual(counted(parts), {gone: 1, came: 3});
  assert.deepEqual(brief(compare("Черги довгі", "Черги дуже довгі 🐢")), ["Черги ", "+дуже ", "довгі", "+ 🐢"]);
  assert.deepEqual(brief(compare("rád bych", "rádi bychom")), ["-rád bych", "+rádi bychom"]);
});

test("equal and empty texts have nothing to tell", () => {
  assert.deepEqual(compare("", ""), []);
  assert.deepEqual(compare("a b", "a b"), [{kind: "same", text: "a b"}]);
  assert.deepEqual(brief(compare("", "a")), ["+a"]);
  assert.deepEqual(brief(compare("a", "")), ["-a"]);
});

test("the parts make up both texts, and the splices lead from one to the other", () => {
  const random = seeded(5);
  const words = ["a", "b", "że", "що", "😀", "👩‍👩‍👧", "e\u0301", " ", " ", "\n", "."];
  const text = (most) => Array.from({length: random.below(most)}, () => words[random.below(words.length)]).join("");
  for (let i = 0; i < 5000; i += 1) {
    const [one, other] = [text(14), text(14)];
    const parts = compare(one, other);
    assert.equal(before(parts), one);
    assert.equal(after(parts), other);
    assert.equal(spliced(one, splices(one, other)), other);
  }
});

test("no way with fewer changes is overlooked", () => {
  const random = seeded(6);
  for (let i = 0; i < 1500; i += 1) {
    const [a, b] = [0, 1].map(() => Array.from({length: random.below(9)}, () => "abc"[random.below(3)]));
    const kept = compare(a.join("\n"), b.join("\n")).filter(({kind}) => kind === "same").flatMap(({text}) => wordsOf(text));
    assert.equal(kept.length, longest(wordsOf(a.join("\n")), wordsOf(b.join("\n"))));
  }
});

/** Length of the longest common subsequence, the slow way. */
function longest(a, b) {
  const table = a.map(() => b.map(() => 0));
  a.forEach((word, i) => b.forEach((other, j) => {
    table[i][j] = word === other ? (table[i - 1]?.[j - 1] ?? 0) + 1 : Math.max(table[i - 1]?.[j] ?? 0, table[i][j - 1] ?? 0);
  }));
  return table.at(-1)?.at(-1) ?? 0;
}

test("long texts are compared, alike or not", () => {
  const random = seeded(7);
  const word = () => `w${random.below(3000)}`;
  const long = Array.from({length: 20_000}, word);
  const edited = long.map((one) => (random() < 0.02 ? word() : one));
  const other = Array.from({length: 20_000}, word);
  for (const [one, two] of [[long, edited], [long, other], [long, [...long].reverse()]]) {
    const [a, b] = [one.join(" "), two.join(" ")];
    const parts = compare(a, b);
    assert.equal(before(parts), a);
    assert.equal(after(parts), b);
  }
});

test("a moved paragraph leaves the others as they were", () => {
  const paragraphs = Array.from({length: 300}, (_, n) => `Paragraph ${n} says what only ${n} says.`);
  const moved = [...paragraphs.slice(1), paragraphs[0]];
  const same = compare(paragraphs.join("\n"), moved.join("\n")).filter(({kind}) => kind === "same").map(({text}) => text).join("");
  assert.ok(same.length > 0.95 * paragraphs.slice(1).join("\n").length);
});
