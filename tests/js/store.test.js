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
  assert.equal(room.mine, mine);
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
    ["theme.make", {title: "x"}, {id: 1}],
  ];
  const mine = steps.reduce((known, [name, payload, answer]) => learn(known, name, payload, answer), NOBODY);
  assert.deepEqual(mine, {
    role: "guest", seat: {lang: "pl", nickname: "Ola", sector: null}, ideas: [6], comments: [9], supports: [1], papers: {3: {yes: 1}},
  });
});
