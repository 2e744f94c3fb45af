import assert from "node:assert/strict";
import test from "node:test";
import {applyUpdate, Doc, encodeStateAsUpdate as encode} from "../../facilitator/static/vendor/yjs.js";
import {fieldOf, handOf} from "../../facilitator/static/lib/binding.js";
import {bind} from "../../facilitator/static/lib/textarea.js";
import {pause, seeded} from "./fakes.mjs";

/** A field without a browser: what a person does to it, and the events that come of it. */
class Area extends EventTarget {
  value = "";
  selectionStart = 0;
  selectionEnd = 0;
  selectionDirection = "none";
  scrollTop = 0;
  scrollHeight = 0;
  clientHeight = 0;
  ownerDocument = {activeElement: this, defaultView: null, body: null};

  setSelectionRange(start, end) {
    [this.selectionStart, this.selectionEnd] = [start, end];
  }

  setRangeText(put, from, to) {
    this.value = this.value.slice(0, from) + put + this.value.slice(to);
    this.setSelectionRange(from + put.length, from + put.length);
  }

  focus() {}

  /** Type over the selection. */
  type(put) {
    this.setRangeText(put, this.selectionStart, this.selectionEnd);
    this.fire("input");
  }

  backspace() {
    if (this.selectionStart === this.selectionEnd) this.selectionStart -= [...this.value.slice(0, this.selectionEnd)].at(-1)?.length ?? 0;
    this.type("");
  }

  fire(name, more = {}) {
    const event = Object.assign(new Event(name, {cancelable: true}), more);
    this.dispatchEvent(event);
    return event;
  }
}

/** Two people at one text; what they do reaches the other when they meet. */
function pair(start = "") {
  const docs = [new Doc(), new Doc()];
  docs[0].getText("s:a").insert(0, start);
  const areas = [new Area(), new Area()];
  const meet = () => {
    const waiting = queues.splice(0, 2, [], []);
    waiting[0].forEach((update) => applyUpdate(docs[1], update, "server"));
    waiting[1].forEach((update) => applyUpdate(docs[0], update, "server"));
  };
  const queues = [[], []];
  docs.forEach((doc, i) => doc.on("update", (update, origin) => origin !== "server" && queues[i].push(update)));
  applyUpdate(docs[1], encode(docs[0]), "server");
  const bindings = areas.map((area, i) => bind(/** @type {any} */ (area), docs[i].getText("s:a")));
  const texts = () => docs.map((doc) => doc.getText("s:a").toString());
  return {docs, areas, bindings, meet, texts};
}


test("what is typed is in the text, and on the other screen", () => {
  const {areas: [ana, ben], meet, texts} = pair("Hi ");
  assert.equal(ana.value, "Hi ");
  ana.setSelectionRange(3, 3);
  ana.type("Ben");
  meet();
  assert.deepEqual([...texts(), ben.value], ["Hi Ben", "Hi Ben", "Hi Ben"]);
});

test("the caret stays among its letters when others write before it", () => {
  const {areas: [ana, ben], meet} = pair("one two");
  ana.setSelectionRange(4, 7);
  ben.setSelectionRange(0, 0);
  ben.type("zero ");
  meet();
  assert.equal(ana.value.slice(ana.selectionStart, ana.selectionEnd), "two");
});

test("two who write in the same place each keep their word in one piece", () => {
  const {areas: [ana, ben], meet, texts} = pair("[]");
  ana.setSelectionRange(1, 1);
  ben.setSelectionRange(1, 1);
  for (const [a, b] of ["XY", "XY", "XY"]) {
    ana.type(a);
    ben.type(b);
    meet();
  }
  assert.ok(texts()[0] === texts()[1] && /^\[(XXXYYY|YYYXXX)\]$/.test(texts()[0]), texts()[0]);
});

test("while letters are composed nothing is sent and nothing is shown", async () => {
  const {areas: [ana, ben], meet, texts} = pair("AB");
  ana.setSelectionRange(1, 1);
  ana.fire("compositionstart");
  ana.type("に");
  ben.setSelectionRange(0, 0);
  ben.type("first ");
  meet();
  assert.deepEqual([ana.value, ben.value], ["AにB", "first AB"]);
  ana.setSelectionRange(1, 2);
  ana.type("日");
  ana.fire("compositionend");
  meet();
  await pause(2);
  assert.deepEqual([...texts(), ana.value, ben.value], Array(4).fill("first A日B"));
  assert.equal(ana.selectionEnd, "first A日".length);
});

test("the caret stays in the word one composed, whatever others did behind it", async () => {
  const {areas: [ana, ben], meet, texts} = pair("ab");
  ana.setSelectionRange(1, 1);
  ana.fire("compositionstart");
  ana.type("XXX");
  ben.setSelectionRange(2, 2);
  ben.type("tail");
  ben.setSelectionRange(0, 0);
  ben.type("head");
  meet();
  ana.fire("compositionend");
  await pause(2);
  assert.deepEqual([ana.value, ana.selectionStart, texts()[0]], ["headaXXXbtail", 8, "headaXXXbtail"]);
});

test("what others wrote into a word that one replaces meanwhile stays", async () => {
  const {areas: [ana, ben], meet, texts} = pair("a word b");
  ana.setSelectionRange(2, 6);
  ana.fire("compositionstart");
  ana.type("x");
  ben.setSelectionRange(4, 4);
  ben.type("BEN");
  meet();
  ana.fire("compositionend");
  meet();
  await pause(2);
  assert.deepEqual(texts(), ["a xBEN b", "a xBEN b"]);
  assert.equal(ana.value, "a xBEN b");
});

test("undoing takes back one's own and nothing else", async () => {
  const {areas: [ana, ben], bindings: [undoing], meet, texts} = pair("");
  ana.type("mine ");
  meet();
  ben.setSelectionRange(5, 5);
  ben.type("yours");
  meet();
  const event = ana.fire("beforeinput", {inputType: "historyUndo"});
  meet();
  assert.ok(event.defaultPrevented);
  assert.deepEqual([...texts(), ana.value], ["yours", "yours", "yours"]);
  assert.ok(ana.fire("keydown", {ctrlKey: true, key: "Z", shiftKey: true}).defaultPrevented);
  assert.equal(ana.value, "mine yours");
  assert.ok(ana.fire("keydown", {metaKey: true, key: "z"}).defaultPrevented);
  assert.equal(ana.value, "yours");
  undoing.redo();
  assert.equal(ana.value, "mine yours");
});

test("letters made with AltGr are not undoing", () => {
  const {areas: [ana]} = pair("");
  ana.type("a");
  assert.ok(!ana.fire("keydown", {ctrlKey: true, altKey: true, key: "z"}).defaultPrevented);
  assert.equal(ana.value, "a");
});

test("a button writes as the person does", () => {
  const {areas: [ana], bindings: [binding], texts} = pair("bold");
  binding.write(0, 4, "**bold**");
  assert.deepEqual([ana.value, texts()[0]], ["**bold**", "**bold**"]);
  binding.undo();
  assert.equal(ana.value, "bold");
});

test("a button ends the word that is being composed, then does its work, as one step", () => {
  const {areas: [ana, ben], bindings: [binding], meet, texts} = pair("ab ");
  ana.setSelectionRange(3, 3);
  ana.fire("compositionstart");
  ana.type("cd");
  ben.setSelectionRange(0, 0);
  ben.type("first ");
  meet();
  binding.edit((text, _, to) => ({at: to - 2, cut: 2, put: "**cd**", from: to, to: to + 2}));
  ana.fire("compositionend");
  meet();
  assert.deepEqual([...texts(), ana.value], Array(3).fill("first ab **cd**"));
  assert.deepEqual([ana.selectionStart, ana.selectionEnd], [11, 13]);
  binding.undo();
  assert.equal(ana.value, "first ab cd");
});

test("what can be undone is told", () => {
  const {areas: [ana], bindings: [binding]} = pair("");
  const told = [];
  const stop = binding.listen(() => told.push([binding.canUndo(), binding.canRedo()]));
  ana.type("a");
  binding.undo();
  stop();
  binding.redo();
  assert.deepEqual([told[0], told.at(-1)], [[true, false], [false, true]]);
});

/** What keyboards do to a field, letter by letter, while somebody else writes in the same word. */
const COMPOSED = {
  "a Vietnamese word": ["t", "ti", "tie", "tiê", "tiế", "tiến"],
  "Chinese characters": ["n", "ni", "ni h", "ni hao", "你好"],
  "a dead key": ["´", "ś"],
  "a word that is given up": ["t", "th", ""],
};
for (const [name, steps] of Object.entries(COMPOSED)) {
  test(`${name} is neither lost nor doubled by what others do meanwhile`, async () => {
    const {areas: [ana, ben], meet, texts} = pair("One two.");
    ana.setSelectionRange(4, 4);
    ana.fire("compositionstart");
    for (const letters of steps) {
      ana.setSelectionRange(4, ana.selectionEnd);
      ana.type(letters);
      ben.setSelectionRange(0, 0);
      ben.type("<");
      ben.setSelectionRange(ben.value.length, ben.value.length);
      ben.type(">");
      ben.setSelectionRange(ben.value.indexOf("two"), ben.value.indexOf("two"));
      meet();
    }
    ana.fire("compositionend");
    await pause(2);
    meet();
    const n = steps.length;
    const whole = `${"<".repeat(n)}One ${steps.at(-1)}two.${">".repeat(n)}`;
    assert.deepEqual([...texts(), ana.value, ben.value], Array(4).fill(whole));
  });
}

test("after closing the field is left alone, and what was being composed is kept", () => {
  const {areas: [ana, ben], bindings: [binding], meet, texts} = pair("a");
  ana.setSelectionRange(1, 1);
  ana.fire("compositionstart");
  ana.type("b");
  binding.close();
  assert.equal(texts()[0], "ab");
  ben.type("x");
  meet();
  assert.equal(ana.value, "ab");
});

test("strange ends of lines from elsewhere move no letter", () => {
  const {docs, areas: [ana], texts} = pair("");
  docs[0].transact(() => docs[0].getText("s:a").insert(0, "a\r\nb"), "server");
  assert.equal(ana.value, "a \nb");
  ana.setSelectionRange(4, 4);
  ana.type("!");
  assert.equal(texts()[0], "a\r\nb!");
});

test("two who write, paste, cut, compose and undo at random end with the same text", async () => {
  const LETTERS = ["a", "b", " ", "ż", "😀", "👩‍👧", "\n", "long words "];
  for (let seed = 1; seed <= 40; seed += 1) {
    const random = seeded(seed);
    const {areas, bindings, meet, texts} = pair("The beginning 😀.");
    const composing = [false, false];
    for (let step = 0; step < 150; step += 1) {
      const who = random.below(2);
      const area = areas[who];
      const edges = [...area.value].reduce((all, letter) => [...all, all.at(-1) + letter.length], [0]);
      const from = edges[random.below(edges.length)];
      const to = random() < 0.8 ? from : edges[Math.min(edges.length - 1, edges.indexOf(from) + random.below(6))];
      area.setSelectionRange(from, to);
      const what = random();
      if (what < 0.6) area.type(LETTERS[random.below(LETTERS.length)]);
      else if (what < 0.75) area.backspace();
      else if (what < 0.85) {
        composing[who] = !composing[who];
        area.fire(composing[who] ? "compositionstart" : "compositionend");
        if (!composing[who]) await pause(0);
      } else if (what < 0.9 && !composing[who]) bindings[who].undo();
      if (random() < 0.3) meet();
      if (!composing[who]) assert.equal(texts()[who], area.value, `seed ${seed}, step ${step}`);
    }
    areas.forEach((area) => area.fire("compositionend"));
    meet();
    await pause(1);
    assert.equal(texts()[0], texts()[1], `seed ${seed}`);
    assert.deepEqual(areas.map(({value}) => value), texts());
    assert.ok(!texts()[0].includes("\ufffd"), `seed ${seed}: a character was torn`);
  }
});

test("what was written in one field can be undone in the next, step by step", () => {
  const text = new Doc().getText("s:a");
  const hand = handOf(text);
  const [first, second] = [new Area(), new Area()];
  const before = bind(/** @type {any} */ (first), text, hand);
  first.type("one ");
  assert.equal(fieldOf(text), before);
  before.close();
  assert.equal(fieldOf(text), undefined);
  const after = bind(/** @type {any} */ (second), text, hand);
  second.setSelectionRange(4, 4);
  second.type("two");
  assert.equal(second.value, "one two");
  assert.equal(fieldOf(text), after);
  after.undo();
  assert.equal(text.toString(), "one ");
  after.undo();
  assert.deepEqual([text.toString(), second.value], ["", ""]);
  after.close();
  hand.undoing.destroy();
});
