import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";
import {addresseesIn, addresseesOf, officeOf, sectionsIn} from "../../facilitator/static/lib/addressees.js";
import {levelOf, LEVELS} from "../../facilitator/static/lib/levels.js";
import {addRow, moveRow, removeRow, restoreRow} from "../../facilitator/static/lib/row-edits.js";
import {rowsFromWords} from "../../facilitator/static/parts/addressees.js";
import {textPieces} from "../../facilitator/static/parts/board-drafts.js";
import {filtered, EVERYTHING, rootsOf, wordsBySource} from "../../facilitator/static/parts/desk-model.js";
import {writtenIn} from "../../facilitator/static/parts/draft-progress.js";
import {Doc} from "../../facilitator/static/vendor/yjs.js";

const OFFICES = JSON.parse(readFileSync(new URL("../data/offices.json", import.meta.url), "utf8"));
const TEXT = {
  title: "A desk",
  sections: {problem: "Queues."},
  addressees: [{id: "aaaaaa", office: "City  hall\n", level: ""}, {id: "bbbbbb", office: " ", level: "region"}, {id: "cccccc", office: "Rector", level: "national"}],
};
const TEMPLATE = [{key: "problem", title: {en: "Problem"}}, {key: "addressee", title: {en: "For whom"}}, {key: "reasons", title: {en: "Reasons"}}];

const offices = (doc) => addresseesOf(doc).map(({id, level}) => [doc.getText(officeOf(id)).toString(), level]);

test("the browser guesses as the server does", () => {
  for (const [name, level] of Object.entries(OFFICES)) assert.equal(levelOf(name), level, name);
  assert.ok(Object.values(OFFICES).every((level) => level in LEVELS));
});

test("rows are added, moved, taken out and brought back beside the steps", () => {
  const doc = new Doc();
  const [one, two] = [addRow(doc, "addressees"), addRow(doc, "addressees")];
  doc.getText(officeOf(one)).insert(0, "City hall");
  doc.getMap("addressees").set(`${one}.level`, "city");
  moveRow(doc, "addressees", two, 0);
  assert.deepEqual(offices(doc), [["", ""], ["City hall", "city"]]);
  removeRow(doc, "addressees", two);
  assert.deepEqual(offices(doc), [["City hall", "city"]]);
  restoreRow(doc, "addressees", two);
  assert.deepEqual(addresseesOf(doc).map(({id}) => id), [two, one]);
  assert.equal(doc.getMap("steps").size, 0);
});

test("rows are made of lines; a line too long to name an office stays words", () => {
  const doc = new Doc();
  const long = `Because ${"x".repeat(160)}`;
  doc.getText("s:addressee").insert(0, `- City hall.\n2. Ministry; Voivode\n\n${long}\n* `);
  doc.transact(() => rowsFromWords(doc));
  assert.deepEqual(offices(doc).map(([office]) => office), ["City hall", "Ministry", "Voivode"]);
  assert.equal(doc.getText("s:addressee").toString(), long);
});

test("whom a text asks is read where its template has the part, and by name where it has none", () => {
  assert.deepEqual(addresseesIn(TEXT).map(({office}) => office), ["City hall", "Rector"]);
  assert.deepEqual(addresseesIn({title: "Older"}), []);
  assert.deepEqual(sectionsIn(TEMPLATE, TEXT).map(({key}) => key), ["problem", "addressee"]);
  assert.deepEqual(sectionsIn(TEMPLATE.slice(0, 1), TEXT).map(({key}) => key), ["problem", "addressee"]);
  assert.deepEqual(sectionsIn(TEMPLATE, {sections: {reasons: "x"}}).map(({key}) => key), ["reasons"]);
});

test("the wall, the desk and the progress know them", () => {
  const pieces = textPieces({template: TEMPLATE, lang: "en"}, TEXT);
  assert.deepEqual(pieces.map(({heading, text}) => [heading, text]), [
    ["Problem", "Queues."], ["For whom", "City hall (Commune or city)"], ["", "Rector (Ministry or state)"],
  ]);
  const card = {id: 1, title: "A desk", room: {title: {}}, status: "draft", text: TEXT, levels: ["city"]};
  assert.equal(filtered([card], new Map(), {...EVERYTHING, where: "all", find: "rector"}).length, 1);
  assert.deepEqual(rootsOf(TEXT).filter(([root]) => root.startsWith("a:")).map(([root]) => root), TEXT.addressees.map(({id}) => officeOf(id)));
  const passages = [{root: "a:cccccc:office", start: 0, end: 6, source: 7}];
  assert.equal(wordsBySource({...TEXT, passages}).get(7), 1);
  assert.deepEqual(writtenIn(TEMPLATE, TEXT), new Set(["problem", "addressee"]));
  assert.deepEqual(writtenIn(TEMPLATE, {addressees: [{id: "bbbbbb", office: " ", level: ""}]}), new Set());
});
