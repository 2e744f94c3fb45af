import assert from "node:assert/strict";
import test from "node:test";
import {speak} from "../../facilitator/static/lib/i18n.js";
import {paced} from "../../facilitator/static/lib/pace.js";
import {keepWatch} from "../../facilitator/static/lib/vigil.js";
import {pageOf} from "../../facilitator/static/parts/board-columns.js";
import {onScreen, slides} from "../../facilitator/static/parts/board-model.js";
import {Conflicts, Waiting} from "../../facilitator/static/parts/board-suggestions.js";
import {packed} from "../../facilitator/static/parts/fit.js";
import {Screens} from "../../facilitator/static/parts/screens.js";
import {ballot, draw, recommendation, room, theme} from "./scenes.mjs";

speak("en");

const screen = (more = {}) => ({id: 4, name: "", show: "auto", thing: null, page: 0, visit: 1, follows: true, dark: false, ...more});

test("a wall draws the latest, and no oftener than its pace", async () => {
  const drawn = [];
  const draw = paced((n) => drawn.push(n), 40);
  for (let n = 0; n < 10; n += 1) draw(n);
  assert.deepEqual(drawn, [0]);
  await new Promise((resolve) => setTimeout(resolve, 70));
  assert.deepEqual(drawn, [0, 9]);
  draw(10);
  await new Promise((resolve) => setTimeout(resolve, 70));
  assert.deepEqual(drawn, [0, 9, 10]);
});

test("a page is filled before the next one begins, and what is too long has one to itself", () => {
  assert.deepEqual(packed([10, 10, 10], 2, 22), [0, 0, 1]);
  assert.deepEqual(packed([50, 10, 10], 2, 22), [0, 1, 1]);
  assert.deepEqual(packed([10, 50, 10], 2, 22), [0, 1, 2]);
  assert.deepEqual(packed([], 2, 22), []);
});

test("pages go round in both directions", () => {
  assert.deepEqual([0, 1, 3, 4, -1, -4].map((turned) => pageOf(turned, 3)), [0, 1, 0, 1, 2, 2]);
  assert.equal(pageOf(5, 0), 0);
});

test("a screen keeps to what was chosen for the step, or stays put", () => {
  const here = room("group", {theme: [theme(8)]});
  Object.values(here.things.room)[0].visit = 1;
  const shows = (more) => onScreen(here, screen(more)).show;
  assert.equal(onScreen(here, undefined).show, "auto");
  assert.equal(shows({show: "join"}), "join");
  assert.equal(shows({show: "join", visit: 0}), "auto");
  assert.equal(shows({show: "join", visit: 0, follows: false}), "join");
  assert.deepEqual(onScreen(here, screen({show: "theme", thing: 8, page: 2})), {show: "theme", thing: 8, page: 2});
  assert.equal(shows({show: "theme", thing: 9}), "auto", "what is gone gives way");
  here.things.steer = {1: {id: 1, light: {kind: "theme", id: 8}, notice: null, hands: []}};
  assert.deepEqual(onScreen(here, screen()), {show: "theme", thing: 8, page: 0}, "all are brought to it, also on the wall");
  assert.equal(shows({show: "join"}), "join");
});

test("a group reports back what it has adopted, and a plenary what it was given", () => {
  const adopted = [recommendation(1, {status: "adopted"}), recommendation(2)];
  const text = [{id: 1, title: "Text 1", sections: {problem: "Queues.", proposal: " One \n desk. "}, steps: []}];
  const result = {voters: 3, counts: {yes: 2, no: 1}, passed: true};
  const own = slides(room("adopt", {recommendation: adopted, text, ballot: [ballot(5, {method: "yes_no", is_open: false, recommendation: 1, result, choices: []})]}));
  assert.deepEqual(own.map(({texts}) => texts.map(({title, text: words, result: told}) => [title, words, told])), [
    [["Text 1", "One desk.", {yes: 2, no: 1, abstain: 0, voters: 3}]],
  ]);
  const plenary = room("adopt", {slide: [{id: 2, position: 1}, {id: 3, position: 0}]});
  const [here] = Object.values(plenary.things.room);
  here.sort = "plenary";
  assert.deepEqual(slides(plenary).map(({id}) => id), [3, 2]);
});

/** Let seconds pass, one after the other. */
const pass = (t, seconds) => { for (let n = 0; n < seconds; n += 1) t.mock.timers.tick(1000); };

/** A line whose status the test says. */
function line() {
  const told = new Set();
  return {
    status: "connecting", live: false, knocks: 0,
    listen: (tell) => { told.add(tell); return () => told.delete(tell); },
    wake() { this.knocks += 1; },
    become(status) { this.status = status; this.live = status === "live"; told.forEach((tell) => tell()); },
  };
}

test("a wall reloads itself when a newer version is there and the room is calm, and only then", async (t) => {
  t.mock.timers.enable({apis: ["setInterval", "setTimeout", "Date"]});
  const [old, fresh] = [line(), line()];
  let reloads = 0;
  const reload = () => { reloads += 1; };
  keepWatch(fresh, "1", {find: async () => "1", reload});
  keepWatch(old, "1", {find: async () => "2", reload});
  fresh.become("live");
  old.become("live");
  await Promise.resolve();
  await Promise.resolve();
  pass(t, 5);
  old.become("live");
  pass(t, 5);
  assert.equal(reloads, 0, "something has just changed");
  pass(t, 5);
  assert.equal(reloads, 1);
  pass(t, 300);
  assert.equal(reloads, 1);
});

test("a shut door is tried again until it opens", (t) => {
  t.mock.timers.enable({apis: ["setInterval", "setTimeout", "Date"]});
  const wall = line();
  keepWatch(wall, "1", {find: async () => "1"});
  wall.become("shut");
  pass(t, 41);
  assert.equal(wall.knocks, 2);
  wall.become("live");
  pass(t, 100);
  assert.equal(wall.knocks, 2);
});

test("the desk shows which view is on the wall, and asks for another", () => {
  const here = room("group", {
    screen: [screen({show: "theme", thing: 8})], theme: [theme(8)], screen_key: [{id: 4, code: "CDFHJK23", valid: true, connected: true}],
  });
  Object.values(here.things.room)[0].visit = 1;
  const desk = draw(Screens, here, {page: {walls: "http://h/s", wall_qr: "/x/link/0/CODE.svg"}});
  const button = (words) => desk.all("button").find((one) => one.name === words);
  assert.equal(String(button("Themes").attributes["aria-pressed"]), "true");
  assert.match(desk.text, /projector on/);
  button("Timer").fire("click");
  assert.deepEqual(desk.acts, [["screen.show", {id: 4, show: "timer", thing: null}]]);
});

test("suggestions that change the same words stand side by side on the wall", () => {
  const sentence = "Exams are held every month.";
  const of = (id, put, more = {}) => ({id, recommendation: 1, epoch: "e", root: "s:problem", units: [[7, 15, 11]], quote: "every month", put, outcome: "open", answer: null, ...more});
  const things = {
    recommendation: [recommendation(1)],
    text: [{id: 1, title: "Exams", sections: {problem: sentence}, steps: []}],
    suggestion: [of(1, "often"), of(2, "every week"), of(3, "never", {outcome: "declined"}), of(4, null)],
    stances: [{id: 1, agree: 3, disagree: 1}],
  };
  const on = {recommendation: recommendation(1)};
  const wall = draw(Conflicts, room("draft", things), on);
  assert.ok(wall.text.includes("These two change the same words"));
  assert.deepEqual(wall.all("ins").map(({textContent}) => textContent), ["put in: often", "put in: week"]);
  assert.ok(wall.text.includes("3 agree · 1 disagrees"));
  assert.ok(draw(Waiting, room("draft", things), on).text.includes("2 open suggestions"));
  assert.equal(draw(Conflicts, room("draft", {...things, suggestion: [of(1, "often")]}), on).text, "");
  assert.equal(draw(Conflicts, room("draft", {...things, text: [{id: 1, title: "", sections: {problem: "Other words."}, steps: []}]}), on).text, "");
});

test("a wall counts what is suggested for a row while the row is there, and shows no mark of a citation", () => {
  const of = (id, put) => ({id, recommendation: 1, epoch: "e", root: "p:abc123:who", units: [[7, 0, 13]], quote: "The city[^i1]", put, outcome: "open", answer: null});
  const step = {id: "abc123", what: "Ask", who: "The city[^i1]", with: "", by: "", cost: "", indicator: ""};
  const shown = (steps) => room("draft", {recommendation: [recommendation(1)], text: [{id: 1, title: "", sections: {}, steps}], suggestion: [of(1, "The county"), of(2, "The region")]});
  const on = {recommendation: recommendation(1)};
  assert.ok(draw(Waiting, shown([step]), on).text.includes("2 open suggestions"));
  assert.equal(draw(Waiting, shown([]), on).text, "");
  assert.ok(draw(Conflicts, shown([step]), on).text.includes("The"));
  assert.ok(!draw(Conflicts, shown([step]), on).text.includes("[^"));
});
