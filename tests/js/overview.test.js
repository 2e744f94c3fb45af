import assert from "node:assert/strict";
import test from "node:test";
import {apply, empty} from "../../facilitator/static/lib/store.js";
import {ahead, cells, columns, figures, line, need, rows} from "../../facilitator/static/parts/overview-model.js";

const NOW = Date.parse("2026-05-16T12:00:00Z");
const cell = (id, more = {}) => ({
  id, uuid: `r${id}`, sort: "group", number: 1, meeting: "Łódź", track: "t1", track_title: {en: "A"}, sitting: "m1", on: "2026-05-16", phase: "gather",
  at: 0, agenda: 6, ends_at: null, seats: 0, ideas: 0, recommendations: 0, title: {}, ...more,
});
const layout = {
  meetings: [{uuid: "m1", city: "Łódź", place: "", on: "2026-05-16"}, {uuid: "m2", city: "Łódź", place: "", on: "2026-06-16"}],
  tracks: [{uuid: "t1", title: {en: "A"}}, {uuid: "t2", title: {en: "B"}}, {uuid: "t3", title: {en: "C"}}],
};
const later = {sitting: "m2", on: "2026-06-16"};
const all = [cell(1), cell(2, {number: 2, ...later}), cell(3, later), cell(4, {track: null, sort: "plenary", ...later})];
const minutes = (n) => new Date(NOW + n * 60_000).toISOString();

test("rooms stand by meeting and track, also where two meetings are in one city", () => {
  assert.deepEqual(columns(all, layout), [layout.tracks[0], null]);
  const found = apply(empty(), {since: null, seq: 1, things: all.map((one) => ["cell", String(one.id), one])});
  const table = rows(cells(found), layout).map(({meeting, columns: filled}) => [meeting?.uuid, filled.map((column) => column.map(({id}) => id))]);
  assert.deepEqual(table, [["m1", [[1], []]], ["m2", [[3, 2], [4]]]]);
});

test("a room whose track and meeting came after the page was loaded has a place of its own", () => {
  const fresh = cell(9, {track: "t9", track_title: {en: "New"}, sitting: "m9", meeting: "Opole", on: "2026-07-16"});
  assert.deepEqual(columns([cell(1), fresh], layout), [layout.tracks[0], {uuid: "t9", title: {en: "New"}}]);
  const last = rows([cell(1), fresh], layout).at(-1);
  assert.deepEqual([last.meeting.city, last.columns.map((column) => column.length)], ["Opole", [0, 1]]);
});

test("each meeting has its sum", () => {
  const [first] = rows([cell(1, {seats: 3, ideas: 5}), cell(2, {seats: 4, recommendations: 1})], layout);
  assert.deepEqual(first.sum, {seats: 7, ideas: 5, recommendations: 1});
});

test("people with whom nothing happens are told, but not those who went home", () => {
  assert.deepEqual(need(cell(1, {seats: 4, active_at: minutes(-12)}), NOW), {why: "still", minutes: 12});
  assert.equal(need(cell(1, {seats: 4, active_at: minutes(-9)}), NOW), null);
  assert.equal(need(cell(1, {seats: 0, active_at: minutes(-12)}), NOW), null);
  assert.equal(need(cell(1, {seats: 4, active_at: minutes(-12), paused: true}), NOW), null);
  assert.equal(need(cell(1, {seats: 4, active_at: minutes(-13 * 60)}), NOW), null);
});

test("figures are counted over all rooms", () => {
  const found = [cell(1, {seats: 3, ideas: 5}), cell(2, {seats: 4, recommendations: 1, phase: "closed"})];
  assert.deepEqual(figures(found), {seats: 7, ideas: 5, recommendations: 1, open: 1, rooms: 2});
});

test("a room needs somebody when its time is over, or when it is quiet near its end", () => {
  assert.equal(need(cell(1), NOW), null);
  assert.equal(need(cell(1, {ends_at: minutes(-1)}), NOW), null);
  assert.deepEqual(need(cell(1, {ends_at: minutes(-4)}), NOW), {why: "over", minutes: 4});
  assert.equal(need(cell(1, {ends_at: minutes(-4), phase: "closed"}), NOW), null);
  assert.deepEqual(need(cell(1, {ends_at: minutes(9), seats: 20, ideas: 6}), NOW), {why: "quiet", minutes: 9});
  assert.equal(need(cell(1, {ends_at: minutes(9), seats: 20, ideas: 7}), NOW), null);
  assert.equal(need(cell(1, {ends_at: minutes(30), seats: 20, ideas: 0}), NOW), null);
  assert.equal(need(cell(1, {ends_at: minutes(9), seats: 5, ideas: 0}), NOW), null);
});

test("a room is ahead while nobody has been there and its day is to come", () => {
  const [today, later] = layout.meetings;
  assert.equal(ahead(cell(1), later, NOW), true);
  assert.equal(ahead(cell(1), today, NOW), false);
  assert.equal(ahead(cell(1, {seats: 1}), later, NOW), false);
  assert.equal(ahead(cell(1), null, NOW), false);
});

test("the line of a room has a stop for each step but the closing", () => {
  assert.deepEqual(line(cell(1, {agenda: 4, at: 1})), ["done", "now", ""]);
  assert.deepEqual(line(cell(1, {agenda: 3, at: 2})), ["done", "done"]);
});
