import assert from "node:assert/strict";
import test from "node:test";
import {speak} from "../../facilitator/static/lib/i18n.js";
import {outcomeWords} from "../../facilitator/static/parts/moves.js";
import {differ, firstWords, foresee, groups, moveInto, numbered, reversible, splitFrom, stepWords} from "../../facilitator/static/parts/theme-model.js";
import {idea, room, theme} from "./scenes.mjs";

speak("en");

/** Theme 1 has ideas 1 and 2, theme 2 idea 3, idea 4 is in none. */
const table = () => room("group", {
  theme: [theme(1), theme(2)],
  idea: [idea(1, {theme: 1}), idea(2, {theme: 1}), idea(3, {theme: 2}), idea(4)],
});

const board = (of) => {
  const {themes, aside, loose} = groups(of);
  const told = ({theme: found, ideas}) => [found?.title, ...ideas.map(({id}) => id)];
  return {themes: themes.map(told), aside: aside.map(told), loose: told(loose).slice(1)};
};

const after = (name, payload) => board(foresee(table(), name, payload, "new-1"));

test("a move is seen before the server has said so", () => {
  assert.deepEqual(after("theme.fill", {theme: 2, ideas: [1, 4]}), {themes: [["Theme 1", 2], ["Theme 2", 1, 3, 4]], aside: [], loose: []});
  assert.deepEqual(after("theme.fill", {theme: null, ideas: [3]}).loose, [3, 4]);
  assert.deepEqual(after("theme.make", {title: "New", lang: "en", ideas: [2, 4]}).themes, [["Theme 1", 1], ["Theme 2", 3], ["New", 2, 4]]);
  assert.deepEqual(after("theme.split", {id: 1, title: "New", lang: "en", ideas: [2]}).themes, [["Theme 1", 1], ["New", 2], ["Theme 2", 3]]);
  assert.deepEqual(after("theme.merge", {into: 2, themes: [1, 2]}).themes, [["Theme 2", 1, 2, 3]]);
  assert.deepEqual(after("theme.remove", {id: 1}), {themes: [["Theme 2", 3]], aside: [], loose: [1, 2, 4]});
  assert.deepEqual(after("theme.aside", {id: 1, on: true}), {themes: [["Theme 2", 3]], aside: [["Theme 1", 1, 2]], loose: [4]});
  assert.deepEqual(after("theme.order", {id: 2, position: 0}).themes, [["Theme 2", 3], ["Theme 1", 1, 2]]);
  assert.deepEqual(after("theme.rename", {id: 2, title: "Ways"}).themes[1], ["Ways", 3]);
});

test("what is foreseen changes neither the room nor what it knows nothing of", () => {
  const before = table();
  const now = foresee(before, "theme.undo", {step: 1}, "new-1");
  assert.equal(now, before);
  foresee(before, "theme.remove", {id: 1}, "new-1");
  assert.deepEqual(board(before), board(table()));
  assert.deepEqual(after("theme.fill", {theme: 2, ideas: [99]}), board(table()));
});

test("a theme gets its number when the server has given it one", () => {
  const made = foresee(table(), "theme.make", {title: "New", lang: "en", ideas: [4]}, "new-1");
  const known = numbered(made, "new-1", 9);
  assert.equal(known.things.theme[9].id, 9);
  assert.equal(known.things.idea[4].theme, 9);
  assert.deepEqual(board(known), board(made));
  assert.equal(numbered(table(), "new-1", 9).things.theme[9], undefined);
});

test("rooms differ where ideas stand elsewhere or themes are called otherwise", () => {
  const [a, b] = [table(), table()];
  assert.equal(differ(a, b), false);
  assert.equal(differ(a, foresee(b, "theme.fill", {theme: 2, ideas: [4]}, "x")), true);
  assert.equal(differ(a, foresee(b, "theme.rename", {id: 1, title: "Other"}, "x")), true);
  assert.equal(differ(a, foresee(b, "theme.make", {title: "Other", lang: "en", ideas: []}, "x")), true);
});

test("themes that go somewhere whole are merged, parts are put", () => {
  const {themes} = groups(table());
  assert.deepEqual(moveInto(themes, [1, 2], 2), ["theme.merge", {into: 2, themes: [1]}]);
  assert.deepEqual(moveInto(themes, [1], 2), ["theme.fill", {theme: 2, ideas: [1]}]);
  assert.deepEqual(moveInto(themes, [1, 2, 4], 2), ["theme.fill", {theme: 2, ideas: [1, 2, 4]}]);
  assert.deepEqual(moveInto(themes, [3], 2), ["theme.fill", {theme: 2, ideas: [3]}]);
});

test("a part of one theme can be split off, and nothing else", () => {
  const {themes} = groups(table());
  assert.equal(splitFrom(themes, [2])?.id, 1);
  assert.deepEqual([[1, 2], [1, 3], [4], []].map((chosen) => splitFrom(themes, chosen)), [undefined, undefined, undefined, undefined]);
});

test("a name made of an idea is its first words", () => {
  assert.equal(firstWords("More benches"), "More benches");
  assert.equal(firstWords("More benches in the shade", 14), "More benches…");
  assert.equal(firstWords("🌳".repeat(70)), `${"🌳".repeat(60)}…`);
});

test("steps are taken back from the last, and done again from the first that was taken back", () => {
  const step = (id, undone = false) => ({id, undone});
  assert.deepEqual(reversible([]), {undo: undefined, redo: undefined});
  assert.deepEqual(reversible([step(1), step(2)]), {undo: step(2), redo: undefined});
  assert.deepEqual(reversible([step(1), step(2, true), step(3, true)]), {undo: step(1), redo: step(2, true)});
  assert.deepEqual(reversible([step(1, true)]), {undo: undefined, redo: step(1, true)});
});

test("every step has words, and an outcome says what could not be taken back", () => {
  const say = (name, about = "Housing", ideas = 0) => stepWords({name, about, ideas});
  assert.equal(say("theme.make"), "new theme “Housing”");
  assert.equal(say("theme.fill", "Housing", 3), "3 ideas into “Housing”");
  assert.equal(say("theme.fill", null, 1), "1 idea into no theme");
  assert.deepEqual(
    ["merge", "split", "rename", "order", "aside", "resume", "remove"].map((verb) => say(`theme.${verb}`)),
    ["themes merged into “Housing”", "“Housing” split off", "the name “Housing”", "the place of “Housing”", "“Housing” put aside", "“Housing” taken up again", "“Housing” taken apart"],
  );
  const step = {name: "theme.fill", about: "Housing", ideas: 3};
  assert.equal(outcomeWords("theme.fill", {step}), "Done: 3 ideas into “Housing”.");
  assert.equal(
    outcomeWords("theme.undo", {step, left: 1, kept: 0}),
    "Undone: 3 ideas into “Housing”. 1 idea was moved by somebody else and stays where it is.",
  );
  assert.equal(outcomeWords("theme.fill", {step: null}), "");
});
