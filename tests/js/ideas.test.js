import assert from "node:assert/strict";
import test from "node:test";
import {ANYTHING, fitting, inPlace, placesIn, plain} from "../../facilitator/static/parts/finding.js";
import {casesIn, Held} from "../../facilitator/static/parts/held.js";
import {ideasFor} from "../../facilitator/static/parts/idea-list.js";
import {Ideas} from "../../facilitator/static/parts/ideas.js";
import {veiledWords} from "../../facilitator/static/parts/veil.js";
import {between, laidOut} from "../../facilitator/static/parts/window.js";
import {comment, draw, drawn, idea, room} from "./scenes.mjs";

const ids = (ideas) => ideas.map(({id}) => id);
const NONE = {ideas: [], supports: []};

// ---- finding ----

test("words are found without case and accents, all of them", () => {
  const ideas = [idea(3, {text: "Łąka w PARKU"}), idea(2, {text: "Ławki przy szkole"}), idea(1, {text: "Ławka w parku"})];

  assert.deepEqual(ids(fitting(ideas, {...ANYTHING, words: "park"}, NONE)), [3, 1]);
  assert.deepEqual(ids(fitting(ideas, {...ANYTHING, words: "PARKU lawka"}, NONE)), [1]);
  assert.equal(plain("Žlutý Kůň"), "zluty kun");
});

test("a filter narrows by kind, theme and what one has to do with it", () => {
  const ideas = [idea(3, {sort: "problem"}), idea(2, {theme: 7}), idea(1)];
  const mine = {ideas: [3], supports: [1]};

  for (const [wanted, found] of [
    [{sort: "problem"}, [3]], [{theme: "some"}, [2]], [{theme: "none"}, [3, 1]], [{whose: "own"}, [3]], [{whose: "supported"}, [1]], [{}, [3, 2, 1]],
  ]) assert.deepEqual(ids(fitting(ideas, {...ANYTHING, ...wanted}, mine)), found);
});

test("an order is that of the moment it was asked for; what is newer comes first", () => {
  const ideas = [idea(3), idea(2), idea(1)];
  const places = placesIn(ideas, "support", (id) => ({1: 5, 2: 9}[id] ?? 0));

  assert.deepEqual(ids(inPlace(ideas, places)), [2, 1, 3]);
  assert.deepEqual(ids(inPlace([idea(4), ...ideas], places)), [4, 2, 1, 3]);
  assert.deepEqual(ids(inPlace(ideas, placesIn([idea(3, {theme: 1}), idea(2), idea(1)], "loose", () => 0))), [2, 1, 3]);
});

test("the way out of a filter that fits nothing stands where the ideas were", async () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1)]}));
  screen.button("Find").fire("click");
  await drawn();
  const [words] = screen.all("input").filter(({attributes}) => attributes.id === "find-words");
  words.value = "nobody wrote this";
  words.fire("input");
  await drawn();
  assert.ok(screen.text.includes("Nothing fits."));

  screen.all("button").find(({name}) => name === "Clear the filter").fire("click");
  await drawn();

  assert.ok(screen.text.includes("Idea 1"));
});

// ---- the window ----

const many = Array.from({length: 1000}, (_, n) => idea(1000 - n));

test("of a long list only what is near the screen is drawn", () => {
  const span = between(many, new Map(), 15_000, 16_500);
  assert.deepEqual(span, {from: 96, to: 112});

  const rows = laidOut(many, new Map(), span, new Set());
  assert.deepEqual([rows[0].high, rows.at(-1).high, rows.length], [96 * 150, (1000 - 112) * 150, 18]);
});

test("what somebody has opened stays drawn wherever it is", () => {
  const rows = laidOut(many, new Map([[998, 400]]), {from: 96, to: 104}, new Set([998]));

  assert.equal(rows[1], 2);
  assert.equal(rows[0].high + rows[2].high, 95 * 150);
});

test("a window never reads beyond its list", () => {
  assert.deepEqual(between(many, new Map(), 1e9, 1e9 + 500), {from: 1000, to: 1000});
  assert.deepEqual(between([], new Map(), 0, 500), {from: 0, to: 0});
});

test("an item of a long list says where in it it stands", () => {
  const screen = draw(Ideas, room("gather", {idea: many}));
  const first = screen.all("li").find(({className}) => className.startsWith("idea"));

  assert.deepEqual([first.attributes["aria-posinset"], first.attributes["aria-setsize"]], ["1", "1000"]);
  assert.ok(screen.all("li").length < 100);
});

// ---- not everybody sees it ----

test("one's own says what it waits for, or why it was hidden", () => {
  const apart = ["veiled", "held", "hidden"].map((state, n) => ({...idea(n + 1), thing: "idea", state, reason: "person"}));
  const screen = draw(Ideas, room("gather", {}, {ideas: [1, 2, 3], unshown: apart}));

  for (const word of ["waits for the reveal", "waits for the facilitator", "Hidden by the facilitator: names a person"]) assert.ok(screen.text.includes(word), word);
  assert.equal(screen.all("button").filter(({name}) => name === "Edit").length, 2);
});

test("ideas under the veil are seen by who leads, and counted for everybody", () => {
  const held = {id: "idea-2", thing: "idea", of: 2, state: "veiled", face: idea(2)};
  const here = room("gather", {idea: [idea(1)], held: [held], veil: [{id: 1, ideas: 12}]}, {}, {veiled: true});

  assert.deepEqual(ids(ideasFor({room: here, mine: here.mine, leading: true}, "all")), [2, 1]);
  assert.deepEqual(ids(ideasFor({room: here, mine: here.mine, leading: false}, "all")), [1]);
  assert.equal(veiledWords(here), "12 ideas are hidden until the facilitator reveals them");
  assert.equal(veiledWords(room("gather")), "");
});

test("reporting is quiet, one tap, and can be undone", async () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1)]}));
  screen.button("More").fire("click");
  await drawn();
  screen.button("Report to the facilitator").fire("click");
  screen.show(room("gather", {idea: [idea(1)]}, {reported: ["idea-1"]}));
  await drawn();
  screen.button("Undo").fire("click");

  assert.deepEqual(screen.acts, [["idea.report", {id: 1, on: true}], ["idea.report", {id: 1, on: false}]]);
});

test("who leads parks an idea as it reads", async () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1, {sort: "question", lang: "uk"})]}), {leading: true});
  screen.button("More").fire("click");
  await drawn();
  screen.button("Park it: it belongs elsewhere").fire("click");

  assert.deepEqual(screen.acts, [["park.add", {sort: "question", text: null, idea: 1, lang: "uk"}]]);
});

test("what came from a slip says so", () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1, {via: "slip", slip: 14}), idea(2, {via: "spoken", slip: null})]}));

  assert.ok(screen.text.includes("from paper slip 14"));
  assert.ok(screen.text.includes("said in the hall"));
});

// ---- the desk ----

const HELD = {id: "idea-9", thing: "idea", of: 9, state: "held", face: idea(9, {text: "Held words"})};
const desk = (things, more = {}) => draw(Held, room("gather", things, {role: "facilitator"}), {leading: true, at: {moderation: "after", veiled: false}, ...more});

test("what waits comes before what was reported", () => {
  const here = room("gather", {idea: [idea(1)], comment: [comment(4)], held: [HELD], flag: [
    {id: "comment-4", thing: "comment", of: 4, reports: 1}, {id: "idea-1", thing: "idea", of: 1, reports: 2}, {id: "idea-8", thing: "idea", of: 8, reports: 1},
  ]});

  assert.deepEqual(casesIn(here).map(({name}) => name), ["idea-9", "idea-1", "comment-4"]);
});

test("whoever leads lets through with one tap, and hides with a reason", async () => {
  const screen = desk({held: [HELD]});
  screen.button("Hide …").fire("click");
  await drawn();
  screen.button("names a person").fire("click");
  await drawn();

  assert.deepEqual(screen.acts, [["idea.hide", {id: 9, reason: "person"}]]);
  const again = desk({held: [HELD]});
  again.button("Show").fire("click");
  assert.deepEqual(again.acts, [["idea.show", {id: 9}]]);
});

test("the words of what was hidden are asked for when somebody looks, and brought back with one tap", async () => {
  const asked = [];
  const connection = {status: "live", ask: (name) => {
    asked.push(name);
    return Promise.resolve({ok: [{name: "idea-3", text: "Hidden words", lang: "en"}]});
  }};
  const screen = desk({blotted: [{id: "idea-3", thing: "idea", of: 3, reason: "insult"}]}, {connection});
  assert.ok(!screen.text.includes("Hidden words"));
  assert.deepEqual(asked, []);

  const fold = screen.all("details").find(({textContent}) => textContent.includes("1 hidden"));
  fold.open = true;
  fold.fire("toggle");
  await drawn();
  await drawn();

  assert.ok(screen.text.includes("Hidden words"));
  screen.button("Show again").fire("click");
  assert.deepEqual(screen.acts, [["idea.show", {id: 3}]]);
});
