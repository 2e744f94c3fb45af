import assert from "node:assert/strict";
import test from "node:test";
import {checks} from "../../facilitator/static/parts/check-model.js";

const NOW = Date.parse("2026-05-16T08:00:00Z");
const WELL = {phones: 2, screens: 1, disk: 9000, backup: "2026-05-15T20:00:00+00:00", written: 4, worker: "good", version: "1"};
const LINE = {transport: "websocket", trip: 20};
const grades = (signs = {}, line = LINE, apart = 300) => checks({...WELL, ...signs}, line, apart, NOW).map(({grade}) => grade);
const well = Array(8).fill("good");
const but = (place, grade) => well.map((one, here) => (here === place ? grade : one));

test("a hall that is ready is good throughout, and asks for nothing", () => {
  assert.deepEqual(grades(), well);
  assert.deepEqual(checks(WELL, LINE, 0, NOW).filter(({todo}) => todo), []);
});

test("each sign has its own grade", () => {
  assert.deepEqual(grades({phones: 0}), but(0, "warn"));
  assert.deepEqual(grades({}, null), but(1, "bad"));
  assert.deepEqual(grades({}, {transport: "polling", trip: 20}), but(1, "warn"));
  assert.deepEqual(grades({}, {transport: "websocket", trip: 900}), but(1, "warn"));
  assert.deepEqual(grades({screens: 0}), but(2, "warn"));
  assert.deepEqual(grades({}, LINE, -61_000), but(3, "warn"));
  assert.deepEqual(grades({disk: 1000}), but(4, "warn"));
  assert.deepEqual(grades({disk: 100}), but(4, "bad"));
  assert.deepEqual(grades({written: null}), but(5, "bad"));
  assert.deepEqual(grades({written: 900}), but(5, "warn"));
  assert.deepEqual(grades({backup: null}), but(6, "warn"));
  assert.deepEqual(grades({backup: "2026-05-14T20:00:00+00:00"}), but(6, "warn"));
  assert.deepEqual(grades({worker: "waiting"}), but(7, "warn"));
  assert.deepEqual(grades({worker: "gone"}), but(7, "bad"));
});

test("whatever is not good says what to do, but for a worker that is only asked", () => {
  const found = checks({...WELL, phones: 0, screens: 0, disk: 1, backup: null, written: null, worker: "gone"}, null, 99_000, NOW);
  assert.equal(found.every(({todo}) => Boolean(todo)), true);
});
