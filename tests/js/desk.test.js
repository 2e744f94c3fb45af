import assert from "node:assert/strict";
import test from "node:test";
import {speak} from "../../facilitator/static/lib/i18n.js";
import {apply, empty} from "../../facilitator/static/lib/store.js";
import {
  cards, chapterFor, EVERYTHING, filtered, lastStep, later, letter, notIn, numberOf, outline, placed,
  raisedIn, segments, stepWords, suggestions, support, thread, verdict, wordsBySource,
} from "../../facilitator/static/parts/desk-model.js";
import {matrix} from "../../facilitator/static/parts/desk-matrix.js";
import {partsOf} from "../../facilitator/static/parts/desk-split.js";

speak("en");

const card = (id, more = {}) => ["card", {
  id, number: id, title: `Title ${id}`, lang: "en", status: "draft", room: {uuid: "r1", title: {en: "Housing"}, meeting: "Lublin", track: "t1"}, raised: ["Lublin"],
  text: {title: "", sections: {}, steps: []}, ballot: null, ideas: 0, sources: [], ...more,
}];
const entry = (id, chapter, position, origins = []) => ["recommendation", {
  id, chapter, position, title: `Entry ${id}`, status: "draft", sources: origins.map((origin, place) => ({id: 100 * id + place, origin, revision: 1})),
}];
const chapter = (id, position, title = {en: `Chapter ${id}`}) => ["chapter", {id, position, title, intro: ""}];
const step = (id, more = {}) => ["step", {id, name: "desk.place", about: [`Title ${id}`], undone: false, ...more}];
const desk = (...things) => apply(empty(), {since: null, seq: 1, things: things.map(([kind, data]) => [kind, String(data.id), data])});

test("cards stand as the programme has their rooms", () => {
  const found = desk(card(1, {room: {uuid: "b"}}), card(2, {room: {uuid: "a"}}), card(3, {room: {uuid: "?"}}));
  assert.deepEqual(cards(found, ["a", "b"]).map(({id}) => id), [2, 1, 3]);
});

test("what is placed, adopted or spoken of is found", () => {
  const found = desk(
    card(1, {text: {sections: {problem: "Nobody is responsible"}, steps: []}}), card(2, {status: "adopted", levels: ["city"]}),
    card(3, {room: {uuid: "r2", title: {}, meeting: null, track: "t2"}, status: "rejected"}), entry(9, 1, 1, [2]),
  );
  const where = placed(found);
  const ids = (filter) => filtered(cards(found), where, {...EVERYTHING, ...filter}).map(({id}) => id);
  assert.deepEqual([...where.keys()], [2]);
  assert.deepEqual(ids({}), [1, 3]);
  assert.deepEqual(ids({where: "placed"}), [2]);
  assert.deepEqual(ids({where: "all"}), [1, 2, 3]);
  assert.deepEqual(ids({where: "all", vote: "adopted"}), [2]);
  assert.deepEqual(ids({where: "all", vote: "not"}), [3]);
  assert.deepEqual(ids({where: "all", track: "t2"}), [3]);
  assert.deepEqual(ids({where: "all", meeting: "none"}), [3]);
  assert.deepEqual(ids({where: "all", room: "r1", level: "city"}), [2]);
  assert.deepEqual(ids({find: "  RESPONSIBLE nobody "}), [1]);
  assert.deepEqual(ids({find: "lublin"}), [1]);
  assert.equal(verdict({status: "draft"}), "none");
});

test("track by meeting, it is seen from where nothing came, and where a text was raised", () => {
  const cell = (id, more) => ["cell", {id, uuid: `r${id}`, meeting: "Lublin", on: "2026-05-01", track: "t1", ...more}];
  const found = desk(
    cell(1), cell(2, {meeting: "Łódź", on: "2026-04-01"}), cell(3, {track: "t2"}), cell(4, {track: null}),
    card(1), card(2, {room: {uuid: "r2", meeting: "Łódź", track: "t1"}, raised: ["Łódź"]}), entry(9, 1, 1, [2, 1]), entry(10, 1, 2, [2]),
  );
  const square = (rooms, number, left = 0) => ({rooms, found: number, left});
  const tracks = ["t1", "t2"].map((uuid) => ({uuid, title: {en: uuid}}));
  assert.deepEqual(matrix(found, tracks), {meetings: ["Łódź", "Lublin"], rows: [
    {track: "t1", title: {en: "t1"}, squares: [square(1, 1), square(1, 1)]},
    {track: "t2", title: {en: "t2"}, squares: [square(0, 0), square(1, 0)]},
  ]});
  assert.deepEqual(raisedIn(found, found.things.recommendation[9]), ["Łódź", "Lublin"]);
  assert.deepEqual(raisedIn(desk(cell(1), cell(2, {meeting: "Łódź"}), card(5, {raised: ["Lublin", "Łódź"]})), {sources: [{origin: 5}]}), ["Lublin", "Łódź"], "also where it was carried from");
  assert.deepEqual(raisedIn(desk(cell(1), card(1), entry(9, 1, 1, [1])), {sources: [{origin: 1}]}), []);
});

test("a text falls into its sources, or into two", () => {
  const whole = {title: "All", sources: [1, 2, 3].map((origin) => ({origin}))};
  const titleOf = (origin) => (origin === 3 ? "" : `Title ${origin}`);
  assert.deepEqual(partsOf(whole, null, "", titleOf), [{origins: [2], title: "Title 2"}, {origins: [3], title: "All"}]);
  assert.deepEqual(partsOf(whole, new Set([3, 1]), " New ", titleOf), [{origins: [1, 3], title: "New"}]);
  assert.deepEqual(partsOf(whole, new Set(), "", titleOf), []);
  assert.deepEqual(partsOf(whole, new Set([1, 2, 3]), "", titleOf), []);
});

test("the document is numbered as it will be printed", () => {
  const found = desk(chapter(1, 2), chapter(2, 1), entry(5, 1, 2), entry(6, 1, 1), entry(7, 77, 1));
  const parts = outline(found);
  assert.deepEqual(parts.map(({number, entries}) => [number, entries.map(({number: own, entry: {id}}) => [own, id])]), [
    ["1", []], ["2", [["2.1", 6], ["2.2", 5]]], ["–", [["–.1", 7]]],
  ]);
  assert.equal(numberOf(parts, 5), "2.2");
  assert.equal(numberOf(parts, 99), "");
});

test("a room's recommendation belongs into the chapter that is called as its track", () => {
  const tracks = [{uuid: "t1", title: {en: "Housing", pl: "Dom"}}];
  const found = desk(chapter(1, 1), chapter(2, 2, {pl: "Dom"}), card(1), card(2, {room: {track: "t9"}}));
  assert.equal(chapterFor(found, found.things.card[1], tracks), 2);
  assert.equal(chapterFor(found, found.things.card[2], tracks), 1);
  assert.equal(chapterFor(desk(), undefined, tracks), null);
});

test("sources have letters that go on, and threads that repeat", () => {
  assert.deepEqual([0, 25, 26, 27, 52].map(letter), ["A", "Z", "AA", "AB", "BA"]);
  assert.deepEqual([0, 5, 6].map(thread), ["t1", "t6", "t1"]);
});

test("a text is cut where its sources change, in code points", () => {
  const passages = [{root: "s:a", start: 2, end: 4, source: 1}, {root: "s:a", start: 5, end: 7, source: 2}, {root: "s:b", start: 0, end: 1, source: 3}];
  assert.deepEqual(segments("🙂 ab cd.", "s:a", passages), [
    {text: "🙂 ", source: null}, {text: "ab", source: 1}, {text: " ", source: null}, {text: "cd", source: 2}, {text: ".", source: null},
  ]);
  assert.deepEqual(segments("all", "s:c", passages), [{text: "all", source: null}]);
  assert.deepEqual(segments("", "s:a", []), []);
});

test("words are counted by source, those of the desk apart", () => {
  const text = {
    title: "New title", sections: {a: "one two three"}, steps: [{id: "x", what: "do it", who: "", with: "", by: "", cost: "", indicator: ""}],
    passages: [{root: "s:a", start: 0, end: 7, source: 4}, {root: "p:x:what", start: 0, end: 5, source: 5}],
  };
  assert.deepEqual([...wordsBySource(text)], [[null, 3], [4, 2], [5, 2]]);
  assert.equal(wordsBySource(undefined).size, 0);
});

test("the last step in force can be undone, and later ones can go with an earlier one", () => {
  const found = desk(step(1), step(2), step(3, {undone: true}), step(4), step(5, {name: "motion.put", final: true}));
  assert.equal(lastStep(found).id, 4);
  assert.deepEqual(later(found, 1), [5, 4, 2]);
  assert.equal(lastStep(desk()), undefined);
});

test("what a room asks is offered until a row of the same name stands in the text", () => {
  const row = (id, office) => ({id, office, level: ""});
  const from = {addressees: [row("a", " City  hall\n"), row("b", "Mayor"), row("c", " ")], steps: [{id: "d", what: "Mayor"}, {id: "e", what: ""}]};
  const names = (into) => notIn(from, into).map(({kind, name, key}) => [kind, key, name]);
  assert.deepEqual(names(undefined), [["addressees", "a", "City hall"], ["addressees", "b", "Mayor"], ["steps", "d", "Mayor"]]);
  assert.deepEqual(names({addressees: [row("x", "City hall"), row("y", "Mayor")], steps: []}), [["steps", "d", "Mayor"]]);
  assert.deepEqual(notIn(undefined, from), []);
});

test("a passage is offered until it stands in the text word for word, in whatever section", () => {
  const from = {sections: {problem: "One\nline.\n\n\n  Two.\n \nThree.", reasons: " \n\n"}};
  const names = (sections) => notIn(from, {sections}).map(({kind, key, name}) => [kind, key, name]);
  assert.deepEqual(names({}), [["sections", "problem", "One\nline."], ["sections", "problem", "Two."], ["sections", "problem", "Three."]]);
  assert.deepEqual(names({problem: "Two. One", reasons: "One line.  And Three?"}), [["sections", "problem", "Three."]]);
});

test("a step is told in words", () => {
  assert.equal(stepWords({name: "desk.merge", about: ["A", "B", "C"]}), "Merged into “A”: “B”, “C”");
  assert.equal(stepWords({name: "desk.place", about: [""]}), "Placed “Without a title”");
  assert.equal(stepWords({name: "new.kind", about: ["A"]}), "A");
  assert.equal(stepWords({name: "motion.put", about: ["A", ""]}), "Put to the plenary: “A”, “Without a title”");
  assert.equal(stepWords({name: "motion.amend", about: ["A"]}), "The plenary amended “A” from the floor");
  const vote = (came, ...titles) => stepWords({name: "motion.decide", about: [came, "14", "11", "0", ...titles]});
  assert.equal(vote("adopted", "A"), "The plenary adopted “A”: 14 for, 11 against, 0 abstained");
  assert.equal(vote("rejected", "A", "B"), "The plenary did not adopt “A”, “B”: 14 for, 11 against, 0 abstained");
});

test("support is told of those who voted, and of nobody else", () => {
  assert.deepEqual(support({voters: 22, counts: {yes: 19}}), {yes: 19, voters: 22});
  assert.equal(support({voters: 0, counts: {}}), null);
  assert.equal(support(null), null);
});

test("pairs are suggested until they are judged, merged or gone, those of one track first", () => {
  const alike = (id, a, b, more = {}) => ["likeness", {id, a, b, found_by: "words", score: 20, shared: ["desk"], verdict: null, ...more}];
  const elsewhere = {room: {uuid: "r2", title: {}, meeting: null, track: "t2"}};
  const found = desk(
    card(1), card(2), card(3, elsewhere), card(4), card(5), entry(9, 1, 1, [4, 5]),
    alike(1, 1, 3, {score: 60}), alike(2, 1, 2), alike(3, 2, 3, {score: 70}), alike(4, 4, 5), alike(5, 1, 99), alike(6, 2, 4, {verdict: "related"}),
    alike(7, 1, 4, {verdict: "different"}), alike(8, 2, 5, {score: 30}),
  );
  assert.deepEqual(suggestions(found).map(({id, near}) => [id, near]), [[8, true], [2, true], [3, false], [1, false]]);
  assert.deepEqual(suggestions(found, "related").map(({id}) => id), [6]);
  const {a, b, by, shared} = suggestions(found)[1];
  assert.deepEqual([a.id, b.id, by, shared], [1, 2, "words", ["desk"]]);
});

test("what was said of a pair is a step in words", () => {
  const said = (verdict) => stepWords({name: "desk.judge", about: ["One desk", "", verdict]});
  assert.equal(said("different"), "Not the same: “One desk”, “Without a title”");
  assert.equal(said("related"), "Kept both as related: “One desk”, “Without a title”");
});
