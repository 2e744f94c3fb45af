import assert from "node:assert/strict";
import test from "node:test";
import {Carets, LOOKS, looked} from "../../facilitator/static/lib/carets.js";
import {pause} from "./fakes.mjs";

test("each caret of others keeps its look, and a new one has a look that nobody has", () => {
  const first = looked({7: ["title"], 8: ["s:a", 5, 3], 9: ["title"]}, 9, new Map());
  assert.deepEqual([...first], [
    ["7", {root: "title", unit: null, look: 0}],
    ["8", {root: "s:a", unit: [5, 3], look: 1}],
  ]);
  const then = looked({8: ["s:a"], 9: ["title"], 3: ["title"]}, 9, first);
  assert.deepEqual([then.get("8")?.look, then.get("3")?.look, then.size], [1, 0, 2]);
});

test("where there are more carets than looks, some look alike", () => {
  const many = looked(Object.fromEntries(Array.from({length: LOOKS + 2}, (_, n) => [n + 1, ["title"]])), null, new Map());
  const looks = [...many.values()].map(({look}) => look);
  assert.equal(new Set(looks).size, LOOKS);
  assert.ok(looks.every((look) => look < LOOKS));
});

/** A line that says what it was asked, and answers as it is told to. */
function line() {
  const asked = [];
  const stops = [];
  const tells = {};
  return {
    live: true, asked, stops, tells, answer: {ok: {own: 4, carets: {4: ["title"]}}},
    listen: (tell) => (tells.standing = tell, () => stops.push("standing")),
    listenTo: (message, tell) => (tells[message] = tell, () => stops.push(message)),
    ask(name, [{root, unit}]) {
      asked.push([name, root, unit]);
      return Promise.resolve(this.answer);
    },
  };
}

const at = (connection) => new Carets({connection: /** @type {any} */ (connection), recommendation: 7, changed() {}});

test("a caret that moves is said every 400 ms at most, once for each place, and that it leaves at once", async () => {
  const connection = line();
  const carets = at(connection);
  await pause(5);
  for (const clock of [1, 2, 3, 3]) carets.move({root: "s:a", unit: [5, clock]});
  await pause(450);
  assert.deepEqual(connection.asked, [["caret", null, null], ["caret", "s:a", [5, 3]]]);
  carets.move({root: "s:a", unit: [5, 3]});
  await pause(450);
  assert.equal(connection.asked.length, 2);
  carets.close();
  assert.deepEqual(connection.asked.at(-1), ["caret", null, null]);
  assert.deepEqual(connection.stops, ["carets", "standing"]);
});

test("one's own caret is not among the others, and those of another draft are not heard", async () => {
  const connection = line();
  const carets = at(connection);
  await pause(5);
  connection.tells.carets({id: 7, things: [["carets", "7", {4: ["title"], 5: ["s:a", 1, 2]}]]});
  connection.tells.carets({id: 8, things: [["carets", "8", {6: ["title"]}]]});
  assert.deepEqual([...carets.others.keys()], ["5"]);
  carets.close();
});

test("what was too often is said again later, and after the line was down", async () => {
  const connection = line();
  const carets = at(connection);
  await pause(5);
  connection.answer = {refused: "Later.", code: "retry", retry: true};
  carets.move({root: "title", unit: null});
  await pause(450);
  connection.answer = {ok: {own: 4, carets: {}}};
  await pause(450);
  assert.deepEqual(connection.asked, [["caret", null, null], ["caret", "title", null], ["caret", "title", null]]);
  connection.live = false;
  connection.tells.standing();
  connection.live = true;
  connection.tells.standing();
  await pause(5);
  assert.equal(connection.asked.length, 4);
  carets.close();
});
