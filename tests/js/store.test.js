import assert from "node:assert/strict";
import test from "node:test";
import {all, apply, byPosition, empty, Gap, here, learn, NOBODY, one} from "../../facilitator/static/lib/store.js";

const picture = {
  since: null,
  seq: 4,
  things: [["room", "7", {id: 7, phase: "gather"}], ["idea", "1", {id: 1, text: "a"}], ["idea", "2", {id: 2, text: "b"}]],
  mine: {...NOBODY, role: "participant", ideas: [1]},
};

test("a picture replaces everything", () => {
  const old = apply(empty(), {since: null, seq: 9, things: [["theme", "3", {id: 3}]]});
  const room = apply(old, picture);
  assert.deepEqual(room, {
    seq: 4,
    things: {room: {7: {id: 7, phase: "gather"}}, idea: {1: {id: 1, text: "a"}, 2: {id: 2, text: "b"}}},
    mine: picture.mine,
  });
});

test("a frame adds, replaces and removes things", () => {
  const room = apply(apply(empty(), picture), {since: 4, seq: 7, things: [
    ["idea", "3", {id: 3, text: "c"}], ["idea", "1", {id: 1, text: "A"}], ["idea", "2", null],
  ]});
  assert.equal(room.seq, 7);
  assert.deepEqual(all(room, "idea"), [{id: 1, text: "A"}, {id: 3, text: "c"}]);
});

test("what did not change stays the same object, and the old room is untouched", () => {
  const before = apply(empty(), picture);
  const after = apply(before, {since: 4, seq: 5, things: [["idea", "3", {id: 3}]]});
  assert.equal(after.things.room, before.things.room);
  assert.equal(after.things.idea[1], before.things.idea[1]);
  assert.equal(all(before, "idea").length, 2);
});

test("a frame that is known already changes nothing", () => {
  const room = apply(empty(), picture);
  assert.equal(apply(room, {since: 2, seq: 4, things: [["idea", "1", null]]}), room);
});

test("a frame that overlaps with what is known is taken whole", () => {
  const room = apply(apply(empty(), picture), {since: 2, seq: 6, things: [["idea", "2", null]]});
  assert.deepEqual([room.seq, all(room, "idea").length], [6, 1]);
});

test("a missed line is noticed", () => {
  assert.throws(() => apply(apply(empty(), picture), {since: 5, seq: 6, things: []}), Gap);
});

test("what is one's own comes with entering, also when nothing else is new", () => {
  const mine = {...NOBODY, supports: [2]};
  const room = apply(apply(empty(), picture), {since: 4, seq: 4, things: [], mine});
  assert.deepEqual(room.mine, mine);
  assert.equal(room.seq, 4);
});

test("removing what was never there is no error", () => {
  const room = apply(apply(empty(), picture), {since: 4, seq: 5, things: [["ballot", "9", null]]});
  assert.deepEqual(all(room, "ballot"), []);
});

test("things are found one by one and in an order", () => {
  const room = apply(empty(), {since: null, seq: 1, things: [
    ["theme", "1", {id: 1, position: 2}], ["theme", "2", {id: 2, position: 1}], ["room", "7", {id: 7}],
  ]});
  assert.deepEqual(one(room, "theme", 2), {id: 2, position: 1});
  assert.equal(one(room, "idea", 2), undefined);
  assert.deepEqual(all(room, "theme", byPosition).map(({id}) => id), [2, 1]);
  assert.deepEqual(here(room), {id: 7});
});

test("an answer tells what is one's own before the server says so", () => {
  const steps = [
    ["idea.post", {text: "a"}, {id: 5}], ["idea.post", {text: "b"}, {id: 6}], ["idea.withdraw", {id: 5}, null],
    ["idea.support", {id: 1, on: true}, null], ["idea.support", {id: 1, on: true}, null],
    ["idea.support", {id: 2, on: true}, null], ["idea.support", {id: 2, on: false}, null],
    ["ballot.cast", {ballot: 3, marks: {yes: 1}}, null], ["seat.edit", {lang: "pl", nickname: "Ola", sector: null}, null],
    ["comment.post", {idea: 1, text: "c"}, {id: 8}], ["comment.post", {idea: 1, text: "d"}, {id: 9}], ["comment.withdraw", {id: 8}, null],
    ["theme.make", {title: "x"}, {id: 1, step: {id: 4, undone: false}}], ["theme.fill", {}, {step: {id: 5, undone: false}}],
    ["theme.fill", {}, {step: null}], ["theme.undo", {step: 5}, {step: {id: 5, undone: true}, left: 0, kept: 0}],
    ["theme.undo", {step: 6}, {step: {id: 6, undone: true}, left: 0, kept: 0}], ["hand.raise", {}, {hand: 3}], ["idea.report", {id: 2, on: true}, null],
    ["statements.vote", {statement: 1, answer: "agree"}, {next: [2, 3]}], ["statements.vote", {statement: 2, answer: "pass"}, null],
    ["statements.vote", {statement: 1, answer: null}, null],
  ];
  const mine = steps.reduce((known, [name, payload, answer]) => learn(known, name, payload, answer), NOBODY);
  assert.deepEqual(mine, {
    role: "guest", seat: {lang: "pl", nickname: "Ola", sector: null}, ideas: [5, 6], comments: [8, 9], reservations: [], evidence: [], supports: [1], reported: ["idea-2"], papers: {3: {yes: 1}}, reasons: {3: ""}, hand: 3, visit: null,
    unshown: [{thing: "idea", id: 5, state: "withdrawn"}, {thing: "comment", id: 8, state: "withdrawn"}],
    steps: [{id: 4, undone: false}, {id: 5, undone: true}],
    answers: {2: 0}, next: [2, 3],
  });
  assert.equal(learn(mine, "hand.lower", {}, null).hand, null);
});

test("what one contributes is noted with the step, what one takes back is not", () => {
  const visits = ["idea.post", "comment.post", "ballot.cast", "hand.raise", "statements.vote", "idea.withdraw", "hand.lower", "seat.edit"]
    .map((name) => learn(NOBODY, name, {}, null, 4).visit);
  assert.deepEqual(visits, [4, 4, 4, 4, 4, null, null, null]);
});

test("what is in order already is not put in order again", () => {
  const room = apply(empty(), picture);
  assert.equal(all(room, "idea"), all(room, "idea"));
});

// ---- One's own that not everybody sees ----

const withOwn = (more = {}) => apply(empty(), {since: null, seq: 1, things: [["idea", "5", {id: 5, text: "Mine"}]], mine: {...NOBODY, ideas: [5], ...more}});

test("one's own that is taken away is remembered in its words, and the server is asked why", () => {
  const room = apply(withOwn(), {since: 1, seq: 2, things: [["idea", "5", null]]});

  assert.equal(room.stale, true);
  assert.deepEqual(room.mine.unshown, [{thing: "idea", id: 5, state: "", text: "Mine"}]);
  const asked = apply(room, {since: 2, seq: 2, things: [], mine: {...NOBODY, ideas: [5], unshown: [{thing: "idea", id: 5, state: "hidden", reason: "person"}]}});
  assert.equal(asked.stale, false);
  assert.deepEqual(asked.mine.unshown, [{thing: "idea", id: 5, state: "hidden", reason: "person", text: "Mine"}]);
});

test("what others lose is no question to the server", () => {
  assert.equal(apply(withOwn({ideas: []}), {since: 1, seq: 2, things: [["idea", "5", null]]}).stale, false);
});

test("one's own withdrawal keeps the words for who changes their mind, whichever is heard first", () => {
  const answered = (room) => ({...room, mine: learn(room.mine, "idea.withdraw", {id: 5}, null)});
  const told = (room) => apply(room, {since: 1, seq: 2, things: [["idea", "5", null]]});

  for (const room of [told(answered(withOwn())), answered(told(withOwn()))]) {
    assert.deepEqual(room.mine.unshown, [{thing: "idea", id: 5, state: "withdrawn", text: "Mine"}]);
  }
});

test("what everybody sees again is no longer set apart", () => {
  const room = withOwn({unshown: [{thing: "idea", id: 5, state: "held", text: "Mine"}]});
  assert.deepEqual(apply(room, {since: 1, seq: 2, things: [["idea", "5", {id: 5, text: "Mine"}]]}).mine.unshown, []);
});

test("one's own suggestions, replies and stances are known at once", () => {
  const reply = {id: 4, suggestion: 3, text: "Why", lang: "en", thing: "reply", state: "held", reason: null};
  const made = learn(NOBODY, "suggestion.make", {put: "x"}, {id: 3, reply});
  assert.deepEqual([made.suggestions, made.replies, made.unshown.map(({thing, state}) => [thing, state])], [[3], [4], [["reply", "held"]]]);
  assert.deepEqual(learn(made, "suggestion.back", {id: 3, agrees: false}, null).stances, {3: false});
  assert.deepEqual(learn(made, "reply.withdraw", {id: 4}, null).unshown.map(({state}) => state), ["withdrawn"]);
  assert.deepEqual(learn(NOBODY, "suggestion.make", {put: "x"}, {id: 5, reply: null}).suggestions, [5]);
});
