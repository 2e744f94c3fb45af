import assert from "node:assert/strict";
import test from "node:test";
import {Past} from "../../facilitator/static/lib/past.js";
import {addresseesOf, officeOf} from "../../facilitator/static/lib/addressees.js";
import {addRow, removeRow} from "../../facilitator/static/lib/row-edits.js";
import {addStep, moveStep, removeStep, rootOf, stepsOf} from "../../facilitator/static/lib/steps.js";
import {toBase64} from "../../facilitator/static/lib/updates.js";
import {runsOf} from "../../facilitator/static/parts/authors.js";
import {momentOf, restoreAll, restoreRows, restoreText} from "../../facilitator/static/parts/restoring.js";
import {applyUpdate, Doc} from "../../facilitator/static/vendor/yjs.js";

const KEYS = ["a", "b"];

/** A draft whose every update is kept, and a line that tells of it as the server does. */
class House {
  doc = new Doc();
  log = [];
  told = {epoch: "one", versions: [], mine: [], sources: {}, shares: null};
  part = 2;
  asked = [];

  constructor() {
    this.doc.clientID = 11;
    this.doc.on("update", (update) => this.log.push(update));
  }

  ask = async (name, [{after}]) => {
    this.asked.push([name, after]);
    if (this.refusal) return this.refusal;
    const stops = this.log.map((update, n) => [n + 1, "2026-05-16T10:00:00+00:00", toBase64(update)]).slice(after, after + this.part);
    return {ok: {...this.told, seq: this.log.length, stops, more: after + this.part < this.log.length}};
  };

  write(text, at = 0, root = "s:a") {
    this.doc.getText(root).insert(at, text);
  }

  as(client) {
    const other = new Doc();
    other.clientID = client;
    this.log.forEach((update) => applyUpdate(other, update));
    other.on("update", (update) => applyUpdate(this.doc, update));
    return other;
  }
}

const read = (past, place, root = "s:a") => past.at(place).roots.get(root);

test("every moment can be gone to, forward and back", async () => {
  const house = new House();
  for (const [word, at] of [["one ", 0], ["two ", 4], ["zero ", 0]]) house.write(word, at);
  const past = new Past(1, KEYS);
  assert.equal(await past.look(house), true);
  assert.deepEqual(house.asked.map(([, after]) => after), [0, 2]);
  assert.deepEqual([2, 0, -1, 1].map((place) => read(past, place)), ["zero one two ", "one ", "", "one two "]);
  house.write("three", 13);
  await past.look(house);
  assert.equal(read(past, 3), "zero one two three");
});

test("a name given between two stops, and another history, are asked for from the beginning", async () => {
  const house = new House();
  house.part = 9;
  ["one", "two", "three"].forEach((word) => house.write(word));
  const past = new Past(1, KEYS);
  await past.look(house);
  past.stops.splice(1, 1);
  house.told.versions = [{id: 1, seq: 2, how: "hand", title: "Noon", step: {}, at: ""}];
  await past.look(house);
  assert.deepEqual(past.stops.map(({seq}) => seq), [1, 2, 3]);
  assert.equal(past.placeOf({seq: 2}), 1);
  house.told.epoch = "two";
  const before = house.asked.length;
  await past.look(house);
  assert.deepEqual(house.asked.slice(before).map(([, after]) => after), [3, 0]);
});

test("what is refused is said; what may be tried again is tried again", async () => {
  const house = new House();
  house.write("one");
  house.refusal = {refused: "Later.", code: "retry", retry: true};
  const past = new Past(1, KEYS);
  setTimeout(() => { house.refusal = null; }, 100);
  await past.look(house);
  assert.equal(read(past, 0), "one");
  house.refusal = {refused: "Gone.", code: "gone", retry: false};
  await past.look(house);
  assert.equal(past.reason, "Gone.");
});

test("all words of others look the same, whoever wrote them", async () => {
  const house = new House();
  house.part = 99;
  house.write("Mine. ");
  house.as(22).getText("s:a").insert(6, "Ben's. ");
  house.as(33).getText("s:a").insert(13, "Ola's. ");
  house.as(2 ** 33).getText("s:a").insert(20, "Taken over.");
  Object.assign(house.told, {mine: [11], sources: {[2 ** 33]: 5}});
  const past = new Past(1, KEYS);
  await past.look(house);
  const sources = [{id: 5, letter: "A", thread: "t1", name: "Lublin"}];
  const moment = past.at(past.stops.length - 1);
  assert.deepEqual(runsOf({past, moment, root: "s:a", shares: null, sources}), [
    {text: "Mine. ", mine: true, origin: undefined},
    {text: "Ben's. Ola's. ", mine: false, origin: undefined},
    {text: "Taken over.", mine: false, origin: sources[0]},
  ]);
});

test("rows of the shares stand where the server says, counted in characters", () => {
  const moment = {roots: new Map([["s:a", "😀😀 żółw"]]), pieces: new Map(), steps: []};
  const shares = {rows: [{sectors: ["ngo"], share: 60}, {sectors: ["city", ""], share: 40}], spans: [{root: "s:a", start: 0, end: 3, row: 1}, {root: "s:a", start: 3, end: 5, row: 0}]};
  globalThis.document ??= {getElementById: () => null};
  const runs = runsOf({past: new Past(1, KEYS), moment, root: "s:a", shares, sources: []});
  assert.deepEqual(runs.map(({text, origin}) => [text, origin?.letter]), [["😀😀 ", "B"], ["żó", "A"], ["łw", undefined]]);
});

test("an earlier moment comes back as an edit that leaves equal words alone", () => {
  const doc = new Doc();
  const text = doc.getText("s:a");
  text.insert(0, "People queue for hours. 🐢");
  const then = momentOf(doc, KEYS);
  text.delete(7, 5);
  text.insert(7, "wait");
  text.insert(text.length, " And they leave.");
  const later = momentOf(doc, KEYS);
  const changes = [];
  text.observe(({delta}) => changes.push(delta));
  restoreText(doc, then, "s:a");
  assert.equal(text.toString(), "People queue for hours. 🐢");
  assert.ok(changes[0].every(({insert = "", delete: cut = 0}) => insert.length < 8 && cut < 18));
  restoreAll(doc, later);
  assert.equal(text.toString(), "People wait for hours. 🐢 And they leave.");
});

test("steps come back with their order and words; later ones are taken out", () => {
  const doc = new Doc();
  const [one, two] = [addStep(doc), addStep(doc)];
  doc.getText(rootOf(one, "what")).insert(0, "Open a desk");
  const then = momentOf(doc, KEYS);
  moveStep(doc, two, 0);
  removeStep(doc, one);
  doc.getText(rootOf(one, "what")).insert(0, "Never ");
  const three = addStep(doc);
  restoreRows(doc, then, "steps");
  assert.deepEqual(stepsOf(doc).map(({id}) => id), [one, two]);
  assert.equal(doc.getText(rootOf(one, "what")).toString(), "Open a desk");
  assert.equal(doc.getMap("steps").get(`${three}.gone`), true);
});

test("addressees come back with their names and levels, and a level that nobody had chosen goes", () => {
  const doc = new Doc();
  const map = doc.getMap("addressees");
  const [one, two] = [addRow(doc, "addressees"), addRow(doc, "addressees")];
  doc.getText(officeOf(one)).insert(0, "City hall");
  map.set(`${one}.level`, "city");
  const then = momentOf(doc, KEYS);
  map.set(`${one}.level`, "region");
  map.set(`${two}.level`, "employer");
  removeRow(doc, "addressees", two);
  doc.getText(officeOf(one)).delete(0, 4);
  const three = addRow(doc, "addressees");
  restoreAll(doc, then);
  assert.deepEqual(addresseesOf(doc).map(({id, level}) => [id, level]), [[one, "city"], [two, ""]]);
  assert.equal(doc.getText(officeOf(one)).toString(), "City hall");
  assert.equal(map.get(`${three}.gone`), true);
});
