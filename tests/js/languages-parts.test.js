import assert from "node:assert/strict";
import test from "node:test";
import {html} from "../../facilitator/static/lib/html.js";
import {Middle} from "../../facilitator/static/parts/desk-entry.js";
import {Outline} from "../../facilitator/static/parts/desk-outline.js";
import {Translating} from "../../facilitator/static/parts/desk-translate.js";
import {draw, drawn, recommendation, room, TEMPLATE} from "./scenes.mjs";

const PAGE = {languages: ["en", "pl", "ar"]};
const CHAPTER = {id: 1, position: 1, title: {en: "Getting about"}, intro: "", intros: {}};
const ENTRY = recommendation(1, {chapter: 1, position: 1, sources: []});
const TEXT = {id: 1, seq: 4, title: "One desk", sections: {[TEMPLATE[0].key]: "Five queues."}, steps: [{id: "s1", what: "Open it", who: "", with: "", by: "", cost: "", indicator: ""}]};
const POLISH = {id: 2, original: 1, lang: "pl", made_from: 4, checked: 7, checked_by: "organiser", checked_at: "2027-05-12T10:00:00+00:00"};

/** A desk with one recommendation, and its translation as far as it is. */
const desk = (translations = [], texts = []) => room("draft", {
  chapter: [CHAPTER], recommendation: [ENTRY, recommendation(2, {chapter: null, lang: "pl", sources: []})], text: [TEXT, ...texts], translation: translations,
});

/** The parts of the desk take one `desk`; nobody answers, as without a network. */
const at = (Part, more = {}) => (scene) => html`<${Part} ...${more} desk=${{
  ...scene, page: PAGE, current: {kind: "entry", id: 1}, show() {}, chosen: [],
  connection: {...scene.connection, listen: () => () => {}, listenToDrafts: () => () => {}, ask: () => new Promise(() => {})},
  device: {list: () => new Promise(() => {}), get: () => new Promise(() => {})},
}} />`;

test("an entry says in which languages it is, and a translation is begun", async () => {
  const screen = draw(at(Middle), desk());
  assert.ok(screen.text.includes("English original"));
  assert.ok(screen.text.includes("Polish not translated"));
  screen.button("Polish").fire("click");
  await drawn();
  screen.button("Begin the translation").fire("click");
  assert.deepEqual(screen.acts, [["translation.begin", {recommendation: 1, lang: "pl"}]]);
});

test("the original stands beside each field, and checked is what was checked", () => {
  const screen = draw(at(Translating, {entry: ENTRY, translation: POLISH}), desk([POLISH], [{id: 2, seq: 7, title: "Jedno okienko", sections: {}, steps: []}]));
  assert.ok(screen.text.includes("One desk"));
  assert.ok(screen.text.includes("Five queues."));
  assert.ok(screen.text.includes("Checked by an organiser"));
  screen.button("Not checked after all").fire("click");
  assert.deepEqual(screen.acts, [["translation.mark", {translation: 2, checked: false}]]);
});

test("when the original goes on, that is said, and what was checked is not", () => {
  const behind = {...POLISH, made_from: 3};
  const screen = draw(at(Translating, {entry: ENTRY, translation: behind}), desk([behind], [{id: 2, seq: 7, title: "Jedno okienko", sections: {}, steps: []}]));
  assert.ok(screen.text.includes("The original has changed since"));
  assert.ok(!screen.text.includes("Checked by an organiser"));
  screen.button("Mark as checked").fire("click");
  assert.deepEqual(screen.acts, [["translation.mark", {translation: 2, checked: true}]]);
});

test("the outline counts what is checked, and does not list translations", () => {
  const screen = draw(at(Outline), desk([POLISH], [{id: 2, seq: 7, title: "Jedno okienko"}]));
  assert.ok(screen.text.includes("1 of 1 checked"));
  assert.ok(screen.text.includes("0 of 1 checked"));
  assert.equal(screen.all("a").length, 1);
});
