import assert from "node:assert/strict";
import test from "node:test";
import {speak} from "../../facilitator/static/lib/i18n.js";
import {apply, empty} from "../../facilitator/static/lib/store.js";
import {adoption, ballotShown, gathered, grouped, layout, pieces, vote} from "../../facilitator/static/parts/board-model.js";
import {fitting} from "../../facilitator/static/parts/fit.js";
import {stops} from "../../facilitator/static/parts/phases.js";

speak("en");

const roomOf = (...things) => apply(empty(), {since: null, seq: 1, things: things.map(([kind, data]) => [kind, String(data.id), data])});
const idea = (id, more = {}) => ["idea", {id, sort: "need", question: null, theme: null, text: `idea ${id}`, lang: "en", ...more}];
const room = (questions = []) => ["room", {id: 7, phase: "gather", questions, agenda: [], at: 0}];
const short = (columns) => columns.map(({title, ideas, backed}) => [title, ideas.map(({id}) => id), backed]);

test("questions are columns, the newest idea first, and what answers none stands last", () => {
  const found = roomOf(
    room([{id: 1, text: {en: "Who?"}}, {id: 2, text: {en: "How?"}}]),
    idea(1, {question: 1}), idea(2, {question: 1}), idea(3), idea(4, {question: 9}),
    ["echo", {id: 1, seats: 3}],
  );
  assert.deepEqual(short(gathered(found)), [["Who?", [2, 1], 3], ["How?", [], 0], ["Beyond the questions", [4, 3], 0]]);
});

test("without questions ideas stand by their kind", () => {
  const found = roomOf(room(), idea(1), idea(2, {sort: "question"}), idea(3));
  assert.deepEqual(short(gathered(found)), [["Needs", [3, 1], 0], ["Questions", [2], 0]]);
});

test("themes are columns in their order, the most supported idea first", () => {
  const found = roomOf(
    room(),
    ["theme", {id: 5, title: "B", lang: "en", position: 2}], ["theme", {id: 6, title: "A", lang: "pl", position: 1}],
    idea(1, {theme: 5}), idea(2, {theme: 5}), idea(3), idea(4, {theme: 99}),
    ["theme", {id: 7, title: "Later", lang: "en", position: 0, aside: true}], idea(5, {theme: 7}),
    ["echo", {id: 2, seats: 4}], ["backing", {id: 5, seats: 3}],
  );
  const {columns, loose} = grouped(found);
  assert.deepEqual(short(columns), [["A", [], 0], ["B", [2, 1], 3]]);
  assert.equal(loose, 2);
  assert.equal(columns[0].lang, "pl");
});

const choices = [{id: 1, label: "a", lang: "en"}, {id: 2, label: "b", lang: "en"}];
const ballot = (id, more = {}) => ["ballot", {id, method: "dots", recommendation: null, is_open: true, result: null, choices, ...more}];

test("the open ballot is shown, else the last that was closed", () => {
  const found = roomOf(ballot(1, {is_open: false}), ballot(2), ballot(3, {is_open: false}), ballot(4, {method: "yes_no", recommendation: 1}));
  assert.equal(ballotShown(found, false).id, 2);
  assert.equal(ballotShown(found, true).id, 4);
  assert.equal(ballotShown(roomOf(ballot(1, {is_open: false}), ballot(3, {is_open: false})), false).id, 3);
  assert.equal(ballotShown(roomOf(), false), undefined);
});

test("while a ballot is open nothing changes its place; the result has the most first", () => {
  const open = roomOf(ballot(1), ["tally", {id: 1, voters: 3, counts: {1: 1, 2: 4}}]);
  const {rows, voters, told} = vote(open, open.things.ballot[1]);
  assert.deepEqual(rows.map(({id, votes, top}) => [id, votes, top]), [[1, 1, false], [2, 4, false]]);
  assert.deepEqual([voters, told, rows[0].share], [3, true, 0.25]);
  const closed = roomOf(ballot(1, {is_open: false, result: {voters: 3, counts: {1: 1, 2: 4}, passed: null}}));
  assert.deepEqual(vote(closed, closed.things.ballot[1]).rows.map(({id, top}) => [id, top]), [[2, true], [1, false]]);
});

test("hidden counts are not made up", () => {
  const found = roomOf(ballot(1), ["tally", {id: 1, voters: 3, counts: null}]);
  const {rows, told} = vote(found, found.things.ballot[1]);
  assert.equal(told, false);
  assert.deepEqual(rows.map(({votes}) => votes), [null, null]);
});

test("an adoption is told as it was counted", () => {
  const result = {voters: 4, counts: {yes: 3, no: 1}, passed: true};
  const found = roomOf(ballot(1, {method: "yes_no", is_open: false, choices: [], result}));
  assert.deepEqual(adoption(found, found.things.ballot[1]), {yes: 3, no: 1, abstain: 0, voters: 4, told: true, share: 0.75});
  assert.equal(adoption(roomOf(), {id: 1}).share, 0);
});

test("a text comes in pieces that lose no word", () => {
  assert.deepEqual(pieces("One.\n\n Two. \n"), ["One.", "Two."]);
  assert.deepEqual(pieces("Aa. Bb. Cc.", 8), ["Aa. Bb.", "Cc."]);
  const long = "word ".repeat(100).trim();
  assert.equal(pieces(long).join(" "), long);
});

test("what does not fit is counted, and leaves room for the count", () => {
  assert.deepEqual(fitting([10, 10], 2, 22, 8), [true, true]);
  assert.deepEqual(fitting([10, 10, 10], 2, 32, 8), [true, true, false]);
  assert.deepEqual(fitting([10, 30, 10], 2, 40, 8), [true, false, true]);
  assert.deepEqual(fitting([10, 30, 10], 2, 40, 8, 0, true), [true, false, false]);
  assert.deepEqual(fitting([10, 10], 2, 22, 8, 5), [true, false]);
  assert.deepEqual(fitting([90, 90], 2, 40, 8), [true, false]);
  assert.deepEqual(fitting([], 2, 40, 8), []);
});

test("up to four columns stand side by side, five and six in two rows, more on pages", () => {
  assert.deepEqual([1, 4, 5, 7, 20].map((count) => Object.values(layout(count))), [[1, 1, 4], [1, 4, 4], [2, 3, 6], [1, 4, 4], [1, 4, 4]]);
});

test("the line of the day has no stop for the closing until it is reached", () => {
  const agenda = [{phase: "gather"}, {phase: "decide"}, {phase: "closed"}];
  assert.deepEqual(stops({agenda, at: 1}).map(({phase, state}) => [phase, state]), [["gather", "done"], ["decide", "now"]]);
  assert.deepEqual(stops({agenda, at: 2}).map(({state}) => state), ["done", "done", "now"]);
});

test("a result stands in its own order, with ties as ties", () => {
  const result = {voters: 3, counts: {1: 0.5, 2: 2}, order: [["1", "2"]], detail: {}, passed: null};
  const tied = roomOf(ballot(1, {method: "score", is_open: false, result}));
  assert.deepEqual(vote(tied, tied.things.ballot[1]).rows.map(({id, top, tied: is, share}) => [id, top, is, share]), [[1, true, true, 0.1], [2, true, true, 0.4]]);

  const bought = {...result, order: [["1"], ["2"]], detail: {funded: ["2"], tied: [], left: 5}};
  const paid = roomOf(ballot(1, {method: "budget", is_open: false, result: bought}));
  assert.deepEqual(vote(paid, paid.things.ballot[1]).rows.map(({id, top}) => [id, top]), [[1, false], [2, true]]);
});

test("answers stand as on the paper, each with its share of all", () => {
  const result = {voters: 4, counts: {agree: 2, reservation: 1, aside: 1, block: 0}, favour: 3, order: [], passed: true};
  const found = roomOf(ballot(1, {method: "consent", choices: [], is_open: false, result}));
  const closed = found.things.ballot[1];
  assert.deepEqual(vote(found, closed).rows.map(({id, votes, share}) => [id, votes, share]), [["agree", 2, 0.5], ["reservation", 1, 0.25], ["aside", 1, 0.25], ["block", 0, 0]]);
  assert.equal(adoption(found, closed).share, 0.75);
});
