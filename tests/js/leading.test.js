import assert from "node:assert/strict";
import test from "node:test";
import {behind, paceWord, stepWord} from "../../facilitator/static/parts/agenda.js";
import {Head, LOOK_OF, Looks} from "../../facilitator/static/parts/frame.js";
import {laterStep, Room} from "../../facilitator/static/parts/hall.js";
import {ownHand} from "../../facilitator/static/parts/hand.js";
import {Hands} from "../../facilitator/static/parts/lead-hands.js";
import {People} from "../../facilitator/static/parts/lead-people.js";
import {rowsOf} from "../../facilitator/static/parts/lead-show.js";
import {isLit, lit} from "../../facilitator/static/parts/light.js";
import {isNudged, Notices, whyLocked} from "../../facilitator/static/parts/notices.js";
import {due, news} from "../../facilitator/static/parts/spoken.js";
import {nearness, Timer} from "../../facilitator/static/parts/time.js";
import {ballot, draw, drawn, idea, recommendation, room, theme, until} from "./scenes.mjs";

const steer = (more) => ({steer: [{id: 1, light: null, notice: null, nudge: null, floor: null, hands: [], ...more}]});
const at = (phase, more) => ({...room(phase).things.room[1], ...more});

// ---- time ----

test("the end of the time draws near in four words", () => {
  assert.deepEqual([61_000, 60_000, 10_000, 0, -5_000].map((left) => nearness(left, false)), ["", "soon", "last", "over", "over"]);
  assert.equal(nearness(5_000, true), "paused");
});

test("each warning is said once, and a page that slept says the last one", () => {
  assert.deepEqual([due(61_000, 60_000), due(60_000, 59_000), due(11_000, 10_000), due(1_000, 0)], [60, undefined, 10, 0]);
  assert.equal(due(90_000, 5_000), 10);
  assert.equal(due(null, 5_000), undefined);
});

test("time is held, stretched and let go on", async () => {
  const running = at("gather", {ends_at: new Date(Date.now() + 90_000).toISOString(), left_ms: null, goes_on: false});
  const screen = draw(Timer, room("gather"), {at: running, connection: {clock: {left: () => 90_000, count: () => () => {}}}});
  screen.button("Pause the time").fire("click");
  screen.button("+1 min").fire("click");
  screen.all("input")[0].fire("change");
  assert.deepEqual(screen.acts, [["room.pause", {on: true}], ["room.extend", {minutes: 1}], ["room.go_on", {on: true}]]);

  const held = draw(Timer, room("gather"), {at: {...running, ends_at: null, left_ms: 65_000}, connection: {clock: {left: () => null, count: () => () => {}}}});
  assert.ok(held.text.includes("1:05"));
  held.button("Let the time run on").fire("click");
  assert.deepEqual(held.acts, [["room.pause", {on: false}]]);
});

// ---- the agenda ----

const BEGAN = Date.parse("2026-05-16T09:00:00Z");
const later = (minutes) => BEGAN + minutes * 60_000;
const iso = (moment) => new Date(moment).toISOString();

test("a room is behind by what its step began late and what it takes too long", () => {
  const day = (place, began, more) => ({...at("gather"), at: place, began_at: iso(BEGAN), step_at: iso(later(began)), ...more});
  assert.equal(behind(at("gather"), BEGAN), null);
  assert.equal(behind(day(0, 0), later(5)), 0);
  assert.equal(behind(day(0, 0), later(32)), 12);
  assert.equal(behind(day(1, 35), later(36)), 15);
  assert.equal(behind(day(1, 10), later(11)), -10);
  assert.equal(behind(day(0, 0, {ends_at: iso(later(28))}), later(5)), 8);
  assert.equal(behind(day(0, 0, {left_ms: 20 * 60_000}), later(10)), 10);
  assert.deepEqual([null, 12, 0, -3].map(paceWord), ["not begun", "12 min behind", "on time", "3 min ahead"]);
});

test("nothing that was made in another step is out of reach, in any phase", () => {
  const things = {idea: [idea(1)], theme: [theme(1)], ballot: [ballot(1)], recommendation: [recommendation(1)]};
  for (const phase of Object.keys(LOOK_OF)) {
    const screen = draw(Looks, room(phase, things), {phase, look: LOOK_OF[phase], setLook() {}});
    assert.equal(screen.all("button").length, 4, phase);
  }
});

test("what was made in a later step says when it goes on", () => {
  assert.equal(laterStep(at("gather"), "votes"), "Decide");
  assert.equal(laterStep(at("draft"), "votes"), "");
  assert.equal(stepWord(at("gather"), 2), "Decide");
});

test("a ballot of a later step is listed and cannot be filled in", async () => {
  const screen = draw(Room, room("gather", {ballot: [ballot(5)]}));
  screen.button("Votes").fire("click");
  await until(() => screen.text.includes("What first?"));
  assert.ok(screen.text.includes("What first?"));
  assert.ok(screen.text.includes("Made in a later step."));
  assert.ok(screen.text.includes("Choice 11"));
  assert.ok(!screen.text.includes("Send the paper"));
});

// ---- what is said to all ----

const shown = (things, mine) => draw(Notices, room("gather", things, mine), {goTo() {}, page: {room: String(Math.random())}});

test("a lit thing is shown with its words, and not when it is gone", () => {
  const light = {kind: "idea", id: 1, since: "2026-05-16T09:00:00Z"};
  const here = room("gather", {idea: [idea(1)], ...steer({light})});
  assert.equal(lit(here).thing.text, "Idea 1");
  assert.deepEqual([isLit(here, "idea", 1), isLit(here, "theme", 1)], [true, false]);
  assert.equal(lit(room("gather", steer({light}))), null);
});

test("a phone may decline what all are shown, and is asked one thing at a time", async () => {
  const screen = shown({idea: [idea(1)], ...steer({
    light: {kind: "idea", id: 1, since: "2026-05-16T09:00:00Z"}, notice: {text: "Coffee", lang: "en", at: "2026-05-16T09:01:00Z"},
  })});
  assert.ok(screen.text.includes("Coffee"));
  assert.ok(!screen.text.includes("Idea 1"));
  screen.button("I see").fire("click");
  await drawn();
  assert.ok(screen.text.includes("The facilitator is showing this"));
  screen.button("Not now").fire("click");
  await drawn();
  assert.equal(screen.text.trim(), "");
});

test("only those who have not contributed in this step are nudged", () => {
  const nudge = {visit: 0, at: "2026-05-16T09:00:00Z"};
  const here = (visit) => room("gather", {room: [{...at("gather"), visit: 0}], ...steer({nudge})}, {visit});
  assert.deepEqual([null, 0].map((visit) => isNudged({room: here(visit), mine: here(visit).mine})), [true, false]);
  const gone = room("group", {room: [{...at("group"), visit: 1}], ...steer({nudge})}, {visit: null});
  assert.equal(isNudged({room: gone, mine: gone.mine}), false);
});

test("while writing is paused one types on, and nothing can be sent", async () => {
  const screen = draw(Room, room("gather", {room: [{...at("gather"), locked: true}]}));
  assert.ok(screen.text.includes("has paused all writing"));
  const [area] = screen.all("textarea");
  area.value = "Kept";
  area.fire("input");
  await drawn();
  area.fire("keydown", {key: "Enter"});
  screen.all("form").at(-1).fire("submit");
  assert.deepEqual(screen.acts, []);
  assert.equal(area.value, "Kept");
  assert.match(whyLocked(room("gather", {room: [{...at("gather"), paused: true}]})), /organisers/);
});

test("what is said, shown and given is told to ears once", () => {
  const before = room("gather", {idea: [idea(1)], ...steer({hands: [3]})}, {hand: 3, seat: {lang: "en"}});
  const after = room("gather", {idea: [idea(1)], ...steer({
    hands: [3], floor: 3, notice: {text: "Coffee", lang: "en", at: "a"}, light: {kind: "idea", id: 1, since: "b"},
  })}, {hand: 3, seat: {lang: "en"}});
  assert.deepEqual(news(before, after).map(({sentence}) => sentence), ["Coffee", "The facilitator is showing this: Idea 1", "You have the floor"]);
  assert.deepEqual(news(after, after), []);
});

// ---- hands ----

test("the hand is the last thing in the header, and says what a tap does", () => {
  const screen = draw(Head, room("gather"), {at: at("gather")});
  assert.equal(screen.all("button").at(-1).name, "Raise your hand");
  screen.button("Raise your hand").fire("click");
  const up = draw(Head, room("gather", steer({hands: [3]}), {hand: 3}), {at: at("gather")});
  up.button("Lower your hand").fire("click");
  assert.deepEqual([screen.acts, up.acts], [[["hand.raise", {}]], [["hand.lower", {}]]]);
});

test("a hand that was taken down elsewhere is down here as well", () => {
  const here = room("gather", steer({hands: [4], floor: 4}), {hand: 3});
  assert.deepEqual(ownHand({room: here, mine: here.mine, waiting: []}), {up: false, floor: false});
});

test("who leads gives the floor in the order that is offered", () => {
  const queue = [{hand: 2, name: null, sector: "s", spoken: 0}, {hand: 1, name: "Ola", sector: null, spoken: 130}];
  const screen = draw(Hands, room("gather", {speakers: [{id: 1, floor: null, queue}]}), {page: {sectors: {s: "NGO"}}});
  assert.ok(screen.text.includes("NGO"));
  assert.ok(screen.text.includes("has spoken 3 min"));
  screen.button("Give floor: Hand 2").fire("click", {detail: 1});
  screen.button("Take down: Ola").fire("click");
  assert.deepEqual(screen.acts, [["hand.call", {hand: 2}], ["hand.lower", {hand: 1}]]);
});

// ---- people ----

test("who leads sees how many are quiet, in rows large enough to name nobody", () => {
  const sectors = [{sectors: ["a"], seats: 8, share: 2}, {sectors: ["b"], seats: null, share: null}, {sectors: ["c"], seats: null, share: null}];
  const watch = [{id: 1, help: null, seats: 14, here: 12, quiet: 6, sectors}];
  const screen = draw(People, room("gather", {watch}), {at: at("gather"), page: {least: 6, sectors: {a: "NGO", b: "City", c: "School"}}});
  for (const words of ["6 of 14", "12 of 14 connected", "NGO", "City, School", "fewer than 6 each"]) assert.ok(screen.text.includes(words), words);
  screen.button("Nudge the quiet").fire("click", {detail: 1});
  assert.deepEqual(screen.acts, [["room.nudge", {}]]);
});

test("a show of hands is rows of numbers; whom nobody raised a hand for is left out", () => {
  const data = new FormData();
  for (const [name, value] of [["all yes", "3"], ["all no", "2"], ["s yes", ""], ["s no", "0"]]) data.set(name, value);
  assert.deepEqual(rowsOf(data, ["s", null], ["yes", "no"], true), [{sector: null, people: 5, counts: {yes: 3, no: 2}}]);
});
