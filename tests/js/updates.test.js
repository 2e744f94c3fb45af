import assert from "node:assert/strict";
import test from "node:test";
import {applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector, mergeUpdates} from "../../facilitator/static/vendor/yjs.js";
import {fitsAfter, fromBase64, LARGEST, split, toBase64, wordsIn} from "../../facilitator/static/lib/updates.js";
import {addStep, moveStep, removeStep, restoreStep, stepsOf} from "../../facilitator/static/lib/steps.js";
import {seeded} from "./fakes.mjs";

/** What one edit of a document sends. */
function sent(doc, edit) {
  const updates = [];
  const note = (update) => updates.push(update);
  doc.on("update", note);
  doc.transact(edit);
  doc.off("update", note);
  assert.equal(updates.length, 1);
  return updates[0];
}

const applied = (updates) => {
  const doc = new Doc();
  updates.forEach((update) => {
    applyUpdate(doc, update);
    assert.equal(doc.store.pendingStructs, null);
  });
  return doc;
};

test("bytes come through JSON as they were", () => {
  const bytes = Uint8Array.from({length: 70_000}, (_, i) => i * 7);
  assert.deepEqual(fromBase64(toBase64(bytes)), bytes);
});

for (const [what, letter] of [["Latin", "a"], ["Cyrillic", "ж"], ["smileys", "😀"]]) {
  test(`a large paste of ${what} goes in pieces that the server takes`, () => {
    const doc = new Doc();
    const before = encodeStateAsUpdate(doc);
    const update = sent(doc, () => doc.getText("s:a").insert(0, letter.repeat(100_000 / letter.length)));
    const parts = split(update);
    assert.ok(parts.length > 3 && parts.every((part) => part.length <= LARGEST));
    assert.equal(applied([before, ...parts]).getText("s:a").toString(), doc.getText("s:a").toString());
  });
}

test("a paste in the middle, over a selection, is the same in pieces", () => {
  const doc = new Doc();
  const text = doc.getText("s:a");
  const base = sent(doc, () => text.insert(0, "begin MIDDLE end"));
  const update = sent(doc, () => {
    text.delete(6, 6);
    text.insert(6, "x😀".repeat(20_000));
    doc.getText("s:b").insert(0, "y".repeat(40_000));
    doc.getMap("steps").set("abcdef.pos", 1);
  });
  const parts = split(update);
  assert.ok(parts.every((part) => part.length <= LARGEST));
  const copy = applied([base, ...parts]);
  for (const root of ["s:a", "s:b"]) assert.equal(copy.getText(root).toString(), doc.getText(root).toString());
  assert.deepEqual(copy.getMap("steps").toJSON(), {"abcdef.pos": 1});
  assert.deepEqual(encodeStateVector(copy), encodeStateVector(doc));
});

test("many small edits with many deletions are the same in pieces", () => {
  const random = seeded(2);
  const doc = new Doc();
  const text = doc.getText("s:a");
  const update = sent(doc, () => {
    for (let i = 0; i < 4000; i += 1) {
      if (random() < 0.3 && text.length > 5) text.delete(random.below(text.length - 2), 2);
      else text.insert(random.below(text.length + 1), `${i} `);
    }
  });
  const parts = split(update, 4096);
  assert.ok(parts.length > 5);
  assert.equal(applied(parts).getText("s:a").toString(), text.toString());
});

test("a small update stays whole", () => {
  const doc = new Doc();
  const update = sent(doc, () => doc.getText("title").insert(0, "a"));
  assert.deepEqual(split(update), [update]);
});

test("the words in updates can be read without their document", () => {
  const doc = new Doc();
  const text = doc.getText("s:a");
  sent(doc, () => text.insert(0, "stored "));
  const one = sent(doc, () => text.insert(7, "Not stored"));
  const two = sent(doc, () => text.insert(17, ", sadly."));
  assert.equal(wordsIn([one, two]), "Not stored, sadly.");
  assert.equal(wordsIn([sent(doc, () => text.delete(0, 2))]), "");
});

test("an update fits where the server has all that came before", () => {
  const doc = new Doc();
  const text = doc.getText("s:a");
  const states = [encodeStateVector(doc)];
  const first = sent(doc, () => text.insert(0, "a"));
  states.push(encodeStateVector(doc));
  const second = sent(doc, () => text.insert(1, "b"));
  assert.deepEqual(states.map((state) => fitsAfter(state, second)), [false, true]);
  assert.ok(fitsAfter(states[0], mergeUpdates([first, second])));
  assert.ok(fitsAfter(states[0], sent(doc, () => text.delete(0, 1))));
});

test("steps are added, moved, taken out and brought back", () => {
  const doc = new Doc();
  const [a, b, c] = [addStep(doc), addStep(doc), addStep(doc)];
  const order = () => stepsOf(doc).map(({id}) => "abc"[[a, b, c].indexOf(id)]).join("");
  assert.match(a, /^[a-z0-9]{6,12}$/);
  assert.equal(order(), "abc");
  moveStep(doc, c, 0);
  assert.equal(order(), "cab");
  moveStep(doc, c, 1);
  assert.equal(order(), "acb");
  moveStep(doc, a, 2);
  assert.equal(order(), "cba");
  removeStep(doc, b);
  assert.equal(order(), "ca");
  restoreStep(doc, b);
  assert.equal(order(), "cba");
  for (const [key, value] of doc.getMap("steps")) assert.match(`${key} ${typeof value}`, /^[a-z0-9]{10}\.(pos number|gone boolean)$/);
});
