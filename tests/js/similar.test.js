import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";
import {Alike, marked, wordsOf} from "../../facilitator/static/lib/similar.js";
import {byAndBy} from "../../facilitator/static/parts/similar.js";

const data = (name) => readFileSync(new URL(`../data/${name}`, import.meta.url), "utf8");
const texts = data("similar.tsv").split("\n").filter((line) => line && !line.startsWith("#")).map((line, id) => ({id, text: line.split("\t")[2]}));

/** All at once. */
const known = (all) => {
  const alike = new Alike();
  for (const _ of alike.learn(all)) ; // step by step, to its end
  return alike;
};

test("it finds what the server finds", () => {
  const alike = known(texts);
  const found = texts.map(({id, text}) => alike.near(text, {fits: (other) => other !== id}));
  assert.deepEqual(found, JSON.parse(data("similar-nearest.json")));
});

test("words are folded as on the server", () => {
  assert.deepEqual(wordsOf("Łódź, ŻÓŁW – Příliš? Їжак_2"), ["lodz", "zolw", "prilis", "іжак_2"]);
  assert.deepEqual(wordsOf(" ?! i w na domu"), ["domu"]);
});

test("what is new, reads otherwise or does not fit is heeded", () => {
  const alike = known([{id: 1, text: "Benches along the river"}, {id: 2, text: "Interpreters in clinics"}]);
  assert.deepEqual(alike.near("More benches by the river", {least: 0.1}), [1]);
  for (const _ of alike.learn([{id: 1, text: "Lamps for a park"}, {id: 3, text: "Benches at the river"}])) ;
  assert.deepEqual(alike.near("More benches by the river", {least: 0.1}), [3]);
  assert.deepEqual(alike.near("More benches by the river", {least: 0.1, fits: (id) => id !== 3}), []);
  assert.deepEqual(alike.near("?", {}), []);
});

test("words are marked as they stand", () => {
  const on = (text, stems) => marked(text, stems).filter((piece) => piece.on).map((piece) => piece.text);
  assert.deepEqual(on("Ławki i ławka, ŁAWKA!", ["lawka"]), ["ławka", "ŁAWKA"]);
  assert.deepEqual(on("Interpreters, interpretation", ["inter"]), ["Interpreters", "interpretation"]);
  assert.equal(marked("Ławki, ławka!", ["lawka"]).map((piece) => piece.text).join(""), "Ławki, ławka!");
  assert.deepEqual(marked("", ["x"]), []);
});

test("work rests between stretches, and can be stopped", async () => {
  let steps = 0;
  const slow = function* () {
    for (; steps < 6; steps += 1) {
      const until = performance.now() + 5;
      while (performance.now() < until) ;
      yield;
    }
  };
  let rested = false;
  setTimeout(() => { rested = steps < 6; }, 3);
  await new Promise((done) => { byAndBy(slow(), () => done(undefined)); });
  assert.equal(steps, 6);
  assert.ok(rested);
  steps = 0;
  byAndBy(slow(), () => assert.fail("it was stopped"))();
  await new Promise((done) => { setTimeout(done, 20); });
  assert.equal(steps, 0);
});

test("a thousand ideas are compared in a moment, in steps that nobody feels", () => {
  const words = texts.flatMap(({text}) => text.split(" "));
  const many = Array.from({length: 1000}, (_, id) => ({id, text: Array.from({length: 15}, (__, n) => words[(id * 31 + n * n * 17 + id * n) % words.length]).join(" ")}));
  const alike = known(many);
  assert.equal(alike.near(many[500].text)[0], 500);
});
