import assert from "node:assert/strict";
import test from "node:test";
import {AskForm} from "../../facilitator/static/parts/ask.js";
import {Votes} from "../../facilitator/static/parts/votes.js";
import {shifted, tapped} from "../../facilitator/static/parts/paper-order.js";
import {scored} from "../../facilitator/static/parts/paper-scale.js";
import {Themes} from "../../facilitator/static/parts/grouping.js";
import {Ideas} from "../../facilitator/static/parts/ideas.js";
import {sorted} from "../../facilitator/static/parts/idea-list.js";
import {Lead} from "../../facilitator/static/parts/lead.js";
import {marked, same, spent} from "../../facilitator/static/parts/paper.js";
import {Room} from "../../facilitator/static/parts/hall.js";
import {news} from "../../facilitator/static/parts/spoken.js";
import {Texts} from "../../facilitator/static/parts/texts.js";
import {groups} from "../../facilitator/static/parts/theme-model.js";
import {ballot, comment, draw, drawn, idea, recommendation, room, theme, until} from "./scenes.mjs";

const cards = (screen) => screen.all("li").filter(({className}) => className.startsWith("idea"));

// ---- ideas ----

test("ideas of others wait until they are asked for, one's own do not", () => {
  const ideas = [idea(3), idea(2), idea(1)];

  const {seen, fresh} = sorted(ideas, new Set([1]), [3]);

  assert.deepEqual([seen.map(({id}) => id), fresh.map(({id}) => id)], [[3, 1], [2]]);
});

test("one's own words on their way are not news", () => {
  assert.deepEqual(sorted([idea(1)], new Set(), [], ["Idea 1"]), {seen: [], fresh: []});
});

test("what comes in while somebody reads stands behind a number", async () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1)]}));

  screen.show(room("gather", {idea: [idea(1), idea(2), idea(3)]}));
  assert.equal(cards(screen).length, 1);
  screen.button("2 new").fire("click");
  await drawn();

  assert.deepEqual(cards(screen).map(({textContent}) => /Idea \d/.exec(textContent)[0]), ["Idea 3", "Idea 2", "Idea 1"]);
});

test("an idea is shown in its own language and direction", () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1, {lang: "uk", text: "Хто пояснює?"})]}));

  const words = screen.all("p").find(({textContent}) => textContent === "Хто пояснює?");

  assert.deepEqual([words.attributes.lang, words.attributes.dir], ["uk", "auto"]);
});

test("people's words are text, whatever stands in them", () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1, {text: "<img src=x onerror=alert(1)>"})]}));

  assert.equal(screen.all("img").length, 0);
  assert.ok(screen.text.includes("<img src=x onerror=alert(1)>"));
});

test("support is a toggle that answers at once", () => {
  const here = room("gather", {idea: [idea(1)], echo: [{id: 1, seats: 4}]});
  const screen = draw(Ideas, here);
  screen.button("I support this").fire("click");
  assert.deepEqual(screen.acts, [["idea.support", {id: 1, on: true}]]);

  screen.show(here, {waiting: [{op: "o", name: "idea.support", payload: {id: 1, on: true}}]});

  assert.equal(screen.button("I support this").attributes["aria-pressed"], "true");
  assert.ok(screen.button("I support this").textContent.includes("5"));
});

test("nobody supports, edits or withdraws what they may not", () => {
  const mine = draw(Ideas, room("gather", {idea: [idea(1)]}, {ideas: [1]}));
  assert.deepEqual(mine.all("button").map(({name}) => name).filter((name) => ["Edit", "Withdraw"].includes(name)), ["Edit", "Withdraw"]);
  assert.ok(!mine.text.includes("I support this"));

  const closed = draw(Ideas, room("closed", {idea: [idea(1), idea(2)]}, {ideas: [1]}));

  assert.deepEqual(closed.all("button").map(({name}) => name).filter((name) => /Edit|Withdraw|support/.test(name)), []);
});

test("withdrawing is one tap, and so is the way back", () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1)]}, {ideas: [1]}));
  screen.button("Withdraw").fire("click");
  screen.show(room("gather", {}, {ideas: [1], unshown: [{...idea(1), thing: "idea", state: "withdrawn"}]}));

  assert.ok(screen.text.includes("Withdrawn."));
  screen.button("Undo").fire("click");

  assert.deepEqual(screen.acts, [["idea.withdraw", {id: 1}], ["idea.restore", {id: 1}]]);
});

test("what is not stored yet stands where it was written, and says so", () => {
  const waiting = [{op: "o", name: "idea.post", payload: {sort: "need", question: 1, text: "On its way", lang: "en"}}];

  const screen = draw(Ideas, room("gather"), {waiting});

  const [card] = cards(screen);
  assert.equal(card.className, "idea unsent");
  assert.ok(card.textContent.includes("sending"));
});

test("what was refused keeps the person's words", () => {
  const refused = [{op: "o", name: "idea.post", payload: {sort: "need", text: "My words", lang: "en"}, refused: "This is closed at the moment.", code: "closed"}];

  const screen = draw(Ideas, room("decide"), {refused});

  assert.ok(screen.text.includes("This is closed at the moment."));
  assert.ok(screen.text.includes("My words"));
  screen.button("Throw it away").fire("click");
  assert.deepEqual(screen.acts, [["dismissed", "o"]]);
});

test("an idea is posted to the question that is shown, once", async () => {
  const screen = draw(Ideas, room("gather"));
  screen.button("Who can help?").fire("click");
  await drawn();
  const [area] = screen.all("textarea");
  area.value = "  A welcome book ";
  area.fire("input");
  await drawn();

  screen.all("form").at(-1).fire("submit");
  await drawn();
  screen.all("form").at(-1).fire("submit");

  assert.deepEqual(screen.acts, [["idea.post", {sort: "need", question: 2, text: "A welcome book", lang: "en"}]]);
});

test("Enter sends, but not while letters are being composed", async () => {
  const screen = draw(Ideas, room("gather"));
  const [area] = screen.all("textarea");
  area.value = "日本";
  area.fire("input");
  await drawn();

  area.fire("keydown", {key: "Enter", isComposing: true});
  area.fire("keydown", {key: "Enter", shiftKey: true});
  assert.deepEqual(screen.acts, []);
  area.fire("keydown", {key: "Enter"});

  assert.equal(screen.acts.length, 1);
});

// ---- comments ----

const said = (screen) => screen.all("li").filter(({className}) => className.startsWith("comment"));
const words = (screen) => said(screen).map(({childNodes}) => childNodes[0].textContent);

test("comments are a number until they are asked for, and stand under their idea", async () => {
  const here = room("gather", {idea: [idea(1), idea(2)], comment: [comment(1), comment(2, {idea: 2}), comment(3, {text: "З дахом", lang: "uk"})]});
  const screen = draw(Ideas, here);
  assert.deepEqual([screen.button("2 comments").attributes["aria-expanded"], said(screen).length], ["false", 0]);

  screen.button("2 comments").fire("click");
  await drawn();

  assert.deepEqual(words(screen), ["Comment 1", "З дахом"]);
  const [, last] = screen.all("p").filter(({className, parentNode}) => className === "words" && parentNode.className === "comment");
  assert.deepEqual([last.attributes.lang, last.attributes.dir], ["uk", "auto"]);
  screen.button("2 comments").fire("click");
  await drawn();
  assert.equal(said(screen).length, 0);
});

test("what others say meanwhile waits behind the number, one's own does not", async () => {
  const screen = draw(Ideas, room("gather", {idea: [idea(1)], comment: [comment(1)]}));
  screen.button("1 comment").fire("click");
  await drawn();

  screen.show(room("gather", {idea: [idea(1)], comment: [comment(1), comment(2), comment(3)]}, {comments: [3]}));
  assert.deepEqual(words(screen), ["Comment 1", "Comment 3"]);
  screen.button("1 new comment").fire("click");
  await drawn();

  assert.deepEqual(words(screen), ["Comment 1", "Comment 2", "Comment 3"]);
  assert.equal(screen.button("3 comments").attributes["aria-expanded"], "true");
});

test("a comment is sent once, and dashed until it is stored", async () => {
  const here = room("group", {idea: [idea(1)]});
  const screen = draw(Ideas, here);
  screen.button("Comment").fire("click");
  await drawn();
  const [input] = screen.all("input");
  input.value = " With a roof ";
  input.fire("input");
  await drawn();
  screen.all("form")[0].fire("submit");
  await drawn();
  screen.all("form")[0].fire("submit");
  const posted = {idea: 1, text: "With a roof", lang: "en"};
  assert.deepEqual(screen.acts, [["comment.post", posted]]);

  const waiting = [{op: "o", name: "comment.post", payload: posted}];
  // The news of it may come before the answer.
  screen.show(room("group", {idea: [idea(1)], comment: [comment(1, {text: "With a roof"})]}), {waiting});

  assert.deepEqual(said(screen).map(({className}) => className), ["comment unsent"]);
  assert.ok(screen.button("1 comment"));
});

test("only one's own comment can be withdrawn, and brought back", async () => {
  const screen = draw(Ideas, room("decide", {idea: [idea(1)], comment: [comment(1), comment(2)]}, {comments: [2]}));
  screen.button("2 comments").fire("click");
  await drawn();

  screen.button("Withdraw").fire("click");
  screen.show(room("decide", {idea: [idea(1)], comment: [comment(1)]}, {comments: [2], unshown: [{...comment(2), thing: "comment", state: "withdrawn"}]}));
  screen.button("Undo").fire("click");

  assert.deepEqual(screen.acts, [["comment.withdraw", {id: 2}], ["comment.restore", {id: 2}]]);
});

test("comments are only read once texts are written", async () => {
  const screen = draw(Ideas, room("draft", {idea: [idea(1), idea(2)], comment: [comment(1)]}, {comments: [1]}));
  assert.equal(screen.all("button").filter(({name}) => /omment/.test(name)).length, 1);

  screen.button("1 comment").fire("click");
  await drawn();

  assert.deepEqual(words(screen), ["Comment 1"]);
  assert.deepEqual([screen.all("form").length, screen.all("button").filter(({name}) => name === "Withdraw").length], [0, 0]);
});

// ---- themes ----

test("every idea is in one group, best supported first", () => {
  const here = room("group", {
    theme: [theme(1), theme(2, {position: 0})],
    idea: [idea(1, {theme: 1}), idea(2, {theme: 1}), idea(3), idea(4, {theme: 99})],
    echo: [{id: 2, seats: 5}, {id: 3, seats: 1}], backing: [{id: 1, seats: 3}],
  });

  const {themes, loose} = groups(here);

  assert.deepEqual(themes.map((group) => [group.theme.id, group.ideas.map(({id}) => id), group.support]), [[2, [], 0], [1, [2, 1], 3]]);
  assert.deepEqual(loose.ideas.map(({id}) => id), [3, 4]);
});

const box = (screen, n) => screen.all("input").filter(({type, attributes}) => (type ?? attributes.type) === "checkbox")[n];

test("chosen ideas go into a theme with one tap", async () => {
  const screen = draw(Themes, room("group", {theme: [theme(1)], idea: [idea(1), idea(2), idea(3)]}));

  box(screen, 0).fire("change");
  await drawn();
  box(screen, 2).fire("change");
  await drawn();
  assert.ok(screen.text.includes("2 ideas chosen"));
  screen.button("Theme 1").fire("click");

  assert.deepEqual(screen.acts, [["theme.fill", {theme: 1, ideas: [1, 3]}]]);
});

test("while somebody chooses, the board holds still", async () => {
  const screen = draw(Themes, room("group", {idea: [idea(1), idea(2)]}));
  box(screen, 0).fire("change");
  await drawn();

  screen.show(room("group", {theme: [theme(1, {title: "New of others"})], idea: [idea(1), idea(2, {theme: 1})]}));
  assert.ok(!screen.text.includes("New of others"));
  screen.button("The board has changed").fire("click");
  await drawn();

  assert.ok(screen.text.includes("New of others"));
  assert.ok(screen.text.includes("1 idea chosen"));
});

test("themes are only read when it is not their time", () => {
  const screen = draw(Themes, room("draft", {theme: [theme(1)], idea: [idea(1, {theme: 1})]}));

  assert.deepEqual([screen.all("input"), screen.all("button")], [[], []]);
  assert.ok(screen.text.includes("Idea 1"));
});

// ---- ballots ----

test("a paper names only what has a number", () => {
  assert.deepEqual(marked({11: 2}, "12", 1), {11: 2, 12: 1});
  assert.deepEqual(marked({11: 2, 12: 1}, "12", 0), {11: 2});
  assert.equal(spent({11: 2, 12: 1}), 3);
  assert.deepEqual([same({11: 1}, {11: 1}), same({11: 1}, {12: 1}), same({11: 1}, {})], [true, false, false]);
});

test("dots are given by plus and minus, and the paper is sent as one", async () => {
  const screen = draw(Votes, room("decide", {ballot: [ballot(5)]}));
  const more = () => screen.button("One dot more: Choice 11");
  for (let n = 0; n < 3; n += 1) {
    more().fire("click");
    await drawn();
  }

  assert.equal(more().attributes.disabled, "true");
  assert.ok(screen.text.includes("All dots are used"));
  screen.button("One dot less: Choice 11").fire("click");
  await drawn();
  screen.button("Send the paper").fire("click");

  assert.deepEqual(screen.acts, [["ballot.cast", {ballot: 5, marks: {11: 2}}]]);
});

test("a paper that is in can be changed and taken back", async () => {
  const screen = draw(Votes, room("decide", {ballot: [ballot(5)]}, {papers: {5: {11: 1}}}));
  assert.ok(screen.text.includes("Your paper is in."));

  screen.button("Take it back").fire("click");
  screen.button("One dot more: Choice 12").fire("click");
  await drawn();
  screen.button("Send the changed paper").fire("click");

  assert.deepEqual(screen.acts, [
    ["ballot.cast", {ballot: 5, marks: {}}],
    ["ballot.cast", {ballot: 5, marks: {11: 1, 12: 1}}],
  ]);
});

test("a hidden result is told to nobody before closing, and to voters not before they voted", () => {
  const tally = [{id: 5, voters: 4, counts: {11: 3, 12: 1}}];
  const open = draw(Votes, room("decide", {ballot: [ballot(5)], tally}));
  const voted = draw(Votes, room("decide", {ballot: [ballot(5)], tally}, {papers: {5: {11: 1}}}));
  const hidden = draw(Votes, room("decide", {ballot: [ballot(5, {showing: "turnout"})], tally: [{id: 5, voters: 4, counts: null}]}), {leading: true});

  assert.deepEqual([open, voted].map((screen) => screen.all("ol").filter(({className}) => className === "tally").length), [0, 1]);
  assert.ok(hidden.text.includes("4 of 9 have voted"));
  assert.ok(hidden.text.includes("The result is shown when the vote is closed."));
});

test("who leads closes a vote and casts none", async () => {
  const screen = draw(Votes, room("decide", {ballot: [ballot(5)]}), {leading: true});
  await until(() => screen.text.includes("Open the vote"));

  assert.deepEqual(screen.all("button").map(({name}) => name), ["Open the vote", "Ask about 0 ideas", "Close the vote", "Show on all phones: What first?", "Count them"]);
  screen.button("Close the vote").fire("click");
  assert.deepEqual(screen.acts, [["ballot.close", {ballot: 5}]]);
});

// ---- recommendations ----

const adoption = (more = {}) => ballot(6, {method: "yes_no", options: {}, recommendation: 1, choices: [], question: "Text 1", ...more});

test("a tap on yes is the vote", async () => {
  const screen = draw(Texts, room("adopt", {recommendation: [recommendation(1)], ballot: [adoption()]}));
  await until(() => screen.all("input").length);

  screen.all("input")[0].fire("change");

  assert.deepEqual(screen.acts, [["ballot.cast", {ballot: 6, marks: {yes: 1}}]]);
});

test("a closed vote shows its numbers and what became of the recommendation", async () => {
  const result = {voters: 3, counts: {yes: 2, no: 1, abstain: 0}, passed: true};

  const screen = draw(Texts, room("adopt", {recommendation: [recommendation(1, {status: "adopted"})], ballot: [adoption({is_open: false, result})]}));

  await until(() => screen.all("dd").length);
  assert.ok(screen.text.includes("adopted"));
  assert.deepEqual(screen.all("dd").map(({textContent}) => textContent), ["2", "1", "0"]);
});

test("by sector is told what may be told, in words beside each bar", async () => {
  const page = {least: 5, sectors: {a: "NGO", b: "City", c: "Schools"}};
  const sectors = [
    {sectors: ["a"], voters: 30, low: 26, high: 30}, {sectors: ["b", ""], voters: 40, low: 0, high: 40},
    {sectors: ["c"], voters: 15, low: 8, high: 8}, {sectors: ["d"], voters: 12, low: 0, high: 4},
  ];
  const result = {voters: 97, counts: {yes: 50, no: 47, abstain: 0}, passed: true, sectors};

  const screen = draw(Texts, room("adopt", {recommendation: [recommendation(1, {status: "adopted"})], ballot: [adoption({is_open: false, result, rule: {sectors: 50}})]}), {page});

  await until(() => screen.all("tr").length);
  const rows = screen.all("tr").map(({textContent}) => textContent);
  assert.deepEqual(rows.slice(1), ["NGOat least 26 of 30", "City, no sectornot told, of 40", "Schools8 of 15", "dfewer than 5 of 12"]);
  assert.ok(screen.text.includes("50 %"));
});

test("a text is read section by section, and an empty place is said to be empty", () => {
  const steps = [{id: "s1", what: "Publish the dates", who: "", with: "", by: "2027", cost: "", indicator: ""}];
  const text = [{id: 1, seq: 3, title: "Raw words[^i1]", sections: {problem: "First.\n\nSecond."}, steps}];

  const screen = draw(Texts, room("adopt", {recommendation: [recommendation(1, {title: "As it reads now"})], text}));

  assert.ok(screen.text.includes("As it reads now"));
  assert.ok(!screen.text.includes("Raw words"));
  assert.deepEqual(screen.all("th").filter(({attributes}) => attributes.scope === "col").map(({textContent}) => textContent), ["No.", "What", "Who", "By when"]);
  assert.ok(screen.all("td").some(({textContent}) => textContent.includes("missing")));
  assert.ok(!screen.text.includes("Proposal"));
});

test("a recommendation is begun with a title, and a theme where it has one", () => {
  const screen = draw(Texts, room("draft", {theme: [theme(4)]}));
  globalThis.FormData = class {
    get(name) {
      return {title: " Recognise sooner ", theme: "4"}[name];
    }
  };

  screen.all("form")[0].fire("submit", {currentTarget: {reset() {}}});

  assert.deepEqual(screen.acts, [["recommendation.start", {title: "Recognise sooner", lang: "en", theme: 4}]]);
});

// ---- the whole screen ----

test("a room shows what it is doing, and lets one look at the rest", async () => {
  const screen = draw(Room, room("decide", {idea: [idea(1)], ballot: [ballot(5)]}));
  assert.ok(screen.text.startsWith("Decide"));
  assert.ok(screen.text.includes("3 of 5 · table 2 · Housing"));

  screen.button("Ideas").fire("click");
  await drawn();

  assert.ok(screen.text.includes("Idea 1"));
  assert.equal(screen.button("Ideas").attributes["aria-current"], "page");
});

test("who is in another room now is told so, and where to go", () => {
  const screen = draw(Room, room("gather"), {connection: {status: "shut", reason: "You are in another room now."}});

  assert.equal(screen.all("h1")[0].textContent, "You are in another room now.");
  assert.deepEqual(screen.all("a").map(({attributes}) => attributes.href), ["/f/f/rooms", "/"]);
});

test("a line that is down is said, with what waits", () => {
  const heard = {icon: "waiting", tone: "warn", word: "waiting 1", sentence: "1 thing waits on this device."};
  const screen = draw(Room, room("gather"), {heard, connection: {...draw(Room, room("gather")).connection, status: "away", clock: {left: () => null, count: () => () => {}}}});

  assert.ok(screen.text.includes("1 thing waits on this device."));
  assert.ok(screen.button("Try now"));
});

test("who leads moves the room in both directions, and sets its time", () => {
  const here = room("group");
  const screen = draw(Lead, here, {leading: true, at: here.things.room[1], page: {...{forum: "f", tables: 1, qr: "/CODE.svg", screen: "/s", address: "a", forum_title: "F"}}});

  screen.button("Gather").fire("click");
  screen.button("Next: Decide").fire("click");
  screen.button("Start 5 minutes").fire("click");
  screen.all("button").find(({attributes}) => attributes["aria-current"] === "step").fire("click");

  assert.deepEqual(screen.acts, [["room.move", {to: 0}], ["room.move", {to: 2}], ["room.time", {minutes: 5}]]);
});

// ---- for ears ----

test("news are summed up, and what matters now interrupts", () => {
  const before = room("gather", {idea: [idea(1)]});
  const after = room("decide", {idea: [idea(1), idea(2), idea(3)], ballot: [ballot(5)]});

  assert.deepEqual(news(before, after), [
    {subject: "phase", sentence: "Now: Decide", urgent: true},
    {subject: "ideas", sentence: "2 new ideas, 3 in all."},
    {subject: "ballot 5", sentence: "A vote is open: What first?", urgent: true},
  ]);
  assert.deepEqual(news(after, after), []);
});

test("one's own ideas are not news, and what came in one breath is one sentence", () => {
  const first = room("gather", {idea: [idea(1)]});
  const second = room("gather", {idea: [idea(1), idea(2)]});
  const third = room("gather", {idea: [idea(1), idea(2), idea(3), idea(4)]}, {ideas: [4]});

  assert.deepEqual(news(second, third, first), [{subject: "ideas", sentence: "2 new ideas, 4 in all."}]);
});

test("a vote that is being opened is not opened twice", () => {
  const ideas = {idea: [idea(1), idea(2)]};
  const opening = [{op: "a", name: "ballot.open", payload: {}}];
  const ready = draw(AskForm, room("decide", ideas), {leading: true});
  const busy = draw(AskForm, room("decide", ideas), {leading: true, waiting: opening});

  assert.equal(ready.all("button").find(({name}) => name === "Open the vote").attributes.disabled, undefined);
  assert.equal(busy.all("button").find(({name}) => name === "Open the vote").attributes.disabled, "true");
});

// ---- papers by other methods ----

test("a nought is on the paper, and no opinion is not", () => {
  assert.deepEqual(scored({11: 3}, "12", 0), {11: 3, 12: 0});
  assert.deepEqual(scored({11: 3, 12: 0}, "12", null), {11: 3});
});

test("taps give places, arrows change them, and no place is left empty", () => {
  const order = tapped(tapped(tapped({}, "12"), "11"), "13");
  assert.deepEqual(order, {12: 1, 11: 2, 13: 3});
  assert.deepEqual(tapped(order, "11"), {12: 1, 13: 2});
  assert.deepEqual(shifted(order, "13", -1), {12: 1, 13: 2, 11: 3});
  assert.deepEqual(shifted(order, "12", 1), {11: 1, 12: 2, 13: 3});
});

test("a block is sent with its reason only", async () => {
  const asked = ballot(5, {method: "consent", choices: [], options: {}});
  const screen = draw(Votes, room("decide", {ballot: [asked]}));
  screen.all("input").at(-1).fire("change");
  await drawn();
  assert.equal(screen.button("Send the paper").attributes.disabled, "true");
  const why = screen.all("textarea")[0];
  why.value = "We work then.";
  why.fire("input");
  await drawn();
  screen.button("Send the paper").fire("click");

  assert.deepEqual(screen.acts, [["ballot.cast", {ballot: 5, marks: {block: 1}, reason: "We work then."}]]);
});

test("what costs more than is left cannot be bought", () => {
  const asked = ballot(5, {method: "budget", options: {sum: 100, prices: {11: 60, 12: 50}}});
  const screen = draw(Votes, room("decide", {ballot: [asked]}, {papers: {5: {11: 1}}}));

  assert.equal(screen.button("Buy for 50: Choice 12").attributes.disabled, "true");
  assert.ok(screen.text.includes("40 of 100 left"));
});

test("who leads says what a result means, and asks again", () => {
  const result = {voters: 1, counts: {11: 1, 12: 0}, order: [["11"], ["12"]], detail: {}, said: ["The figure is how many did.", {}], passed: null, why: [], reasons: []};
  const screen = draw(Votes, room("decide", {ballot: [ballot(5, {is_open: false, result})]}), {leading: true});
  screen.button("Vote again: What first?").fire("click");

  assert.deepEqual(screen.acts, [["ballot.again", {ballot: 5}]]);
});
