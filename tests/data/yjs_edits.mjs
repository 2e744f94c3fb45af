// Four people write a draft with Yjs; prints their updates, and what all of them read in the end.
import * as Y from "yjs";

const ROOTS = ["title", "s:problem", "p:abc123:who", "a:abc123:office"];
const WORDS = ["a", "bc ", "Łódź", "😀", "і це ", "👩‍👧", "\n", "word "];
let seed = 11;
const dice = (n) => ((seed = (seed * 1103515245 + 12345) & 0x7fffffff) >> 8) % n;
const log = [];
const docs = [1, 2, 3, 4].map((id) => {
  const doc = new Y.Doc();
  doc.clientID = id * 1000000007 % 4294967296;
  doc.on("update", (update, origin) => origin !== "meet" && log.push(update));
  return doc;
});

const meet = (some) => {
  for (const one of some)
    for (const other of some)
      Y.applyUpdate(one, Y.encodeStateAsUpdate(other, Y.encodeStateVector(one)), "meet");
};

/** Never between the halves of a surrogate pair, as no editor does. */
const whole = (text, at) => (at > 0 && (text.charCodeAt(at) & 0xfc00) === 0xdc00 ? at - 1 : at);

for (let n = 0; n < Number(process.argv[2]); n++) {
  const doc = docs[dice(docs.length)];
  const text = doc.getText(ROOTS[dice(ROOTS.length)]);
  const shown = text.toString();
  const at = whole(shown, dice(shown.length + 1));
  const kind = dice(20);
  if (kind < 11) text.insert(at, WORDS[dice(WORDS.length)]);
  else if (kind < 15) {
    const end = whole(shown, Math.min(shown.length, at + 1 + dice(6)));
    if (end > at) text.delete(at, end - at);
  } else if (kind < 17) {
    const before = log.length;
    doc.transact(() => {
      doc.getMap("steps").set("abc123.pos", n / 7);
      doc.getMap("steps").set("def456.gone", n % 2 === 0);
      doc.getMap("addressees").set("abc123.level", n % 3 ? "city" : "region");
      text.insert(at, "both");
    });
    // Some send several at once, merged by their outbox.
    text.insert(at, "…");
    log.push(Y.mergeUpdates(log.splice(before)));
  } else meet([docs[dice(docs.length)], docs[dice(docs.length)]]);
}
meet(docs);
meet(docs);

const authors = (text) => {
  const parts = [];
  for (let item = text._start; item; item = item.right) {
    if (item.deleted) continue;
    const last = parts.at(-1);
    if (last && last[0] === item.id.client) last[1] += item.content.str;
    else parts.push([item.id.client, item.content.str]);
  }
  return parts;
};

const of = (what) => Object.fromEntries(ROOTS.map((root) => [root, what(docs[0].getText(root))]));
console.log(
  JSON.stringify({
    log: log.map((update) => Buffer.from(update).toString("hex")),
    sv: Buffer.from(Y.encodeStateVector(docs[0])).toString("hex"),
    texts: of(String),
    authors: of(authors),
  }),
);
