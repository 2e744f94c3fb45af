import assert from "node:assert/strict";
import test from "node:test";
import {Here} from "../../facilitator/static/lib/here.js";
import {pause} from "./fakes.mjs";

/** A line that answers how many write where, and says what it was asked. */
function line() {
  const asked = [];
  const stops = [];
  const tells = {};
  return {
    live: true, asked, stops, tells, parts: {},
    listen: (tell) => (tells.standing = tell, () => stops.push("standing")),
    listenTo: (message, tell) => (tells[message] = tell, () => stops.push(message)),
    ask(name, [{part}]) {
      asked.push([name, part]);
      return Promise.resolve({ok: {parts: this.parts}});
    },
  };
}

const at = (connection) => new Here({connection: /** @type {any} */ (connection), recommendation: 7, changed() {}});

test("where one writes is said when it changes, and not more often than every 400 ms", async () => {
  const connection = line();
  const here = at(connection);
  await pause(5);
  for (const part of ["problem", "problem", "steps", "reasons", "reasons"]) here.move(part);
  await pause(100);
  assert.deepEqual(connection.asked, [["here", null]]);
  await pause(400);
  assert.deepEqual(connection.asked, [["here", null], ["here", "reasons"]]);
  here.move("reasons");
  await pause(450);
  assert.equal(connection.asked.length, 2);
  here.close();
  assert.deepEqual(connection.stops, ["here", "standing"]);
});

test("oneself is not counted among the others", async () => {
  const connection = line();
  const here = at(connection);
  connection.parts = {problem: 3};
  here.move("problem");
  await pause(450);
  assert.deepEqual([here.part, here.others("problem"), here.others("steps")], ["problem", 2, 0]);
  connection.tells.here({id: 8, things: [["here", "8", {problem: 9}]]});
  assert.equal(here.others("problem"), 2, "of another draft");
  connection.tells.here({id: 7, things: [["here", "7", {steps: 1}]]});
  assert.deepEqual([here.others("problem"), here.others("steps")], [0, 1]);
  here.close();
});

test("after the line was down one says again where one is", async () => {
  const connection = line();
  const here = at(connection);
  here.move("problem");
  await pause(450);
  connection.live = false;
  connection.tells.standing();
  connection.live = true;
  connection.tells.standing();
  await pause(5);
  assert.deepEqual(connection.asked, [["here", null], ["here", "problem"], ["here", "problem"]]);
  here.close();
});
