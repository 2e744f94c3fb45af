import assert from "node:assert/strict";
import test from "node:test";
import {lang, loadWords, number, pluralForm, said, speak, t, tn} from "../../facilitator/static/lib/i18n.js";

// The rules of gettext, as the .po files of these languages have them.
const slavic = (n) => n % 10 === 1 && n % 100 !== 11 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2;
const GETTEXT = {
  en: [2, (n) => Number(n !== 1)],
  pl: [3, (n) => n === 1 ? 0 : n % 10 >= 2 && n % 10 <= 4 && (n % 100 < 12 || n % 100 > 14) ? 1 : 2],
  cs: [3, (n) => n === 1 ? 0 : n >= 2 && n <= 4 ? 1 : 2],
  uk: [3, slavic],
};

for (const [language, [count, rule]] of Object.entries(GETTEXT)) {
  test(`plurals of ${language} are those of gettext`, () => {
    for (let n = 0; n < 1200; n += 1) assert.equal(pluralForm(language, n, count), rule(n), `${language} ${n}`);
  });
}

test("a form for fractions, where a catalogue has it, is the last one", () => {
  assert.deepEqual([1, 2, 5, 1.5].map((n) => pluralForm("pl", n, 4)), [0, 1, 2, 3]);
  assert.deepEqual([1, 2, 5].map((n) => pluralForm("cs", n, 3)), [0, 1, 2]);
});

test("a sentence is said in the language, with values in their places", () => {
  speak("pl", {messages: {"At most {n} characters.": "Najwyżej {n} znaków.", Ideas: ["Pomysły"]}});
  assert.equal(t("At most {n} characters.", {n: 600}), "Najwyżej 600 znaków.");
  assert.equal(t("Ideas"), "Pomysły");
  assert.equal(lang(), "pl");
});

test("a missing or empty word is said in English", () => {
  speak("pl", {messages: {Themes: ""}});
  assert.equal(t("Ballots"), "Ballots");
  assert.equal(t("Themes"), "Themes");
  assert.equal(tn("{n} idea", "{n} ideas", 1), "1 idea");
  assert.equal(tn("{n} idea", "{n} ideas", 5), "5 ideas");
});

test("numbers choose the form and are written as the reader writes them", () => {
  speak("uk", {messages: {"{n} idea from {room}": ["{n} ідея з {room}", "{n} ідеї з {room}", "{n} ідей з {room}"]}});
  const say = (n) => tn("{n} idea from {room}", "{n} ideas from {room}", n, {room: "A"});
  assert.deepEqual([1, 3, 11, 21].map(say), ["1 ідея з A", "3 ідеї з A", "11 ідей з A", "21 ідея з A"]);
  assert.equal(number(12345.5).replace(/\s/g, " "), "12 345,5");
});

test("a value that is not given stays visible", () => {
  speak("en");
  assert.equal(t("{who} has {n}", {n: 0}), "{who} has 0");
});

test("what organisers wrote is said in the best language there is", () => {
  speak("cs");
  assert.equal(said({en: "Housing", cs: "Bydlení"}), "Bydlení");
  assert.equal(said({en: "Housing", pl: "Mieszkania"}), "Housing");
  assert.equal(said({en: "Housing", pl: "Mieszkania"}, "cs", "pl"), "Mieszkania");
  assert.equal(said({uk: "Житло"}), "Житло");
  assert.equal(said(null), "");
});

test("without a network there is English, and no error", async (context) => {
  context.mock.method(globalThis, "fetch", () => Promise.reject(new TypeError("offline")));
  await loadWords("pl", "/words/pl.json");
  assert.equal(t("Ideas"), "Ideas");
  context.mock.method(globalThis, "fetch", async () => new Response(JSON.stringify({messages: {Ideas: "Pomysły"}})));
  await loadWords("pl", "/words/pl.json");
  assert.equal(t("Ideas"), "Pomysły");
});
