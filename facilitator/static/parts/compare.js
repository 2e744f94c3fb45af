// What two states of a text have in common, word by word. Pure.
//
// The algorithm is that of Myers (An O(ND) Difference Algorithm, 1986) over words. Where the texts
// have little in common it would take too long: then words that occur once in both hold the texts
// together, as in the patience diff of Bram Cohen.

/** Words that stayed, went or came. @typedef {{kind: "same" | "gone" | "new", text: string}} Part */
/** @typedef {{at: number, cut: number, put: string}} Splice */
/** Words that correspond: `length` of them, from `a` and from `b` on. @typedef {{a: number, b: number, length: number}} Run */

/** So many words may differ before the patient way is taken. */
const MOST = 600;

/** A word with its marks, blanks, an emoji with all it is made of, or one other sign. */
const WORD = /[\p{L}\p{N}_][\p{L}\p{M}\p{N}_'’\u200c]*|\n|[^\S\n]+|\p{RI}{2}|\p{Extended_Pictographic}[\p{EMod}\ufe0f\u20e3]*(?:\u200d\p{Extended_Pictographic}[\p{EMod}\ufe0f]*)*|[^]\p{M}*/gu;

/** A text in words and what stands between them. @param {string} text @returns {string[]} */
export const wordsOf = (text) => text.match(WORD) ?? [];

/**
 * What leads from `before` to `after`, in the order of reading; what went stands before what came.
 * @param {string} before @param {string} after
 * @returns {Part[]}
 */
export function compare(before, after) {
  const [a, b] = [wordsOf(before), wordsOf(after)];
  /** @type {Part[]} */
  const parts = [];
  let [fromA, fromB] = [0, 0];
  for (const run of [...common(a, b), {a: a.length, b: b.length, length: 0}]) {
    add(parts, "gone", a.slice(fromA, run.a));
    add(parts, "new", b.slice(fromB, run.b));
    add(parts, "same", a.slice(run.a, run.a + run.length));
    [fromA, fromB] = [run.a + run.length, run.b + run.length];
  }
  return joined(parts);
}

/**
 * The same as splices of the first text, from its end to its start, so that each leaves the places
 * of those that follow as they are. Places count UTF-16 units; none is inside a character.
 * @param {string} before @param {string} after
 * @returns {Splice[]}
 */
export function splices(before, after) {
  /** @type {Splice[]} */
  const found = [];
  let [at, open] = [0, false];
  for (const {kind, text} of compare(before, after)) {
    if (kind !== "same" && !open) found.unshift({at, cut: 0, put: ""});
    open = kind !== "same";
    const splice = found[0];
    if (splice && kind === "gone") splice.cut += text.length;
    if (splice && kind === "new") splice.put += text;
    if (kind !== "new") at += text.length;
  }
  return found;
}

/** How many words came and went. @param {Part[]} parts */
export function counted(parts) {
  const count = (/** @type {Part["kind"]} */ kind) => parts.filter((part) => part.kind === kind)
    .reduce((n, {text}) => n + wordsOf(text).filter((word) => /[\p{L}\p{N}]/u.test(word)).length, 0);
  return {gone: count("gone"), came: count("new")};
}

/** @param {Part[]} parts @param {Part["kind"]} kind @param {string[]} words */
function add(parts, kind, words) {
  if (!words.length) return;
  const last = parts.at(-1);
  if (last?.kind === kind) last.text += words.join("");
  else parts.push({kind, text: words.join("")});
}

/** A blank between two changes belongs to them: else a new sentence would be torn into words. @param {Part[]} parts */
function joined(parts) {
  /** @type {Part[]} */
  const found = [];
  let [gone, came] = ["", ""];
  const flush = () => {
    if (gone) found.push({kind: "gone", text: gone});
    if (came) found.push({kind: "new", text: came});
    [gone, came] = ["", ""];
  };
  parts.forEach(({kind, text}, place) => {
    if (kind === "gone") gone += text;
    else if (kind === "new") came += text;
    else if (gone && came && /^[^\S\n]+$/u.test(text) && place + 1 < parts.length) [gone, came] = [gone + text, came + text];
    else {
      flush();
      found.push({kind, text});
    }
  });
  flush();
  return found;
}

/** The words that two lists have in common, in order. @param {string[]} a @param {string[]} b @returns {Run[]} */
function common(a, b) {
  const numbers = new Map();
  const numbered = (/** @type {string[]} */ words) => Int32Array.from(words, (word) => {
    if (!numbers.has(word)) numbers.set(word, numbers.size);
    return numbers.get(word);
  });
  /** @type {Run[]} */
  const runs = [];
  between(numbered(a), numbered(b), 0, 0, runs);
  return runs;
}

/** @param {Int32Array} a @param {Int32Array} b @param {number} atA @param {number} atB @param {Run[]} runs */
function between(a, b, atA, atB, runs) {
  const shorter = Math.min(a.length, b.length);
  let [head, tail] = [0, 0];
  while (head < shorter && a[head] === b[head]) head += 1;
  while (tail < shorter - head && a[a.length - 1 - tail] === b[b.length - 1 - tail]) tail += 1;
  if (head) runs.push({a: atA, b: atB, length: head});
  const [coreA, coreB] = [a.subarray(head, a.length - tail), b.subarray(head, b.length - tail)];
  if (coreA.length && coreB.length) {
    const found = shortest(coreA, coreB) ?? patient(coreA, coreB, atA + head, atB + head, runs);
    found.forEach((run) => runs.push({a: run.a + atA + head, b: run.b + atB + head, length: run.length}));
  }
  if (tail) runs.push({a: atA + a.length - tail, b: atB + b.length - tail, length: tail});
}

/** The way with the fewest changes; null if it has too many. @param {Int32Array} a @param {Int32Array} b @returns {Run[] | null} */
function shortest(a, b) {
  const most = Math.min(a.length + b.length, MOST);
  /** How far each diagonal came, after 0, 1, 2 … changes. @type {Int32Array[]} */
  const reached = [];
  let last = new Int32Array(3);
  for (let changes = 0; changes <= most; changes += 1) {
    const now = new Int32Array(2 * changes + 3);
    for (let line = -changes; line <= changes; line += 2) {
      const [below, above] = [last[line + changes - 1] ?? 0, last[line + changes + 1] ?? 0];
      let x = changes === 0 ? 0 : line === -changes || (line !== changes && below < above) ? above : below + 1;
      while (x < a.length && x - line < b.length && a[x] === b[x - line]) x += 1;
      now[line + changes + 1] = x;
      if (x >= a.length && x - line >= b.length) return walkedBack([...reached, now], a, b);
    }
    reached.push(now);
    last = now;
  }
  return null;
}

/** @param {Int32Array[]} reached @param {Int32Array} a @param {Int32Array} b @returns {Run[]} */
function walkedBack(reached, a, b) {
  /** @type {Run[]} */
  const runs = [];
  let [x, y] = [a.length, b.length];
  for (let changes = reached.length - 1; changes >= 0; changes -= 1) {
    const before = reached[changes - 1];
    const line = x - y;
    const at = (/** @type {number} */ other) => before?.[other + changes] ?? 0;
    const down = before && (line === -changes || (line !== changes && at(line - 1) < at(line + 1)));
    const start = !before ? 0 : down ? at(line + 1) : at(line - 1) + 1;
    if (x > start) runs.unshift({a: start, b: start - line, length: x - start});
    if (!before) break;
    x = down ? start : start - 1;
    y = down ? start - line - 1 : start - line;
  }
  return runs;
}

/** Part the texts at words that occur once in both, and go on between them. @param {Int32Array} a @param {Int32Array} b @param {number} atA @param {number} atB @param {Run[]} runs @returns {Run[]} */
function patient(a, b, atA, atB, runs) {
  const inB = once(b);
  /** @type {[number, number][]} */
  const pairs = [];
  for (const [word, x] of once(a)) {
    const y = inB.get(word);
    if (y !== undefined) pairs.push([x, y]);
  }
  const anchors = rising(pairs.sort(([x], [y]) => x - y));
  if (!anchors.length) return [];
  let [fromA, fromB] = [0, 0];
  for (const [x, y] of [...anchors, /** @type {[number, number]} */ ([a.length, b.length])]) {
    between(a.subarray(fromA, x), b.subarray(fromB, y), atA + fromA, atB + fromB, runs);
    if (x < a.length) runs.push({a: atA + x, b: atB + y, length: 1});
    [fromA, fromB] = [x + 1, y + 1];
  }
  return [];
}

/** The words that occur once, and where. @param {Int32Array} words @returns {Map<number, number>} */
function once(words) {
  const found = new Map();
  words.forEach((word, place) => found.set(word, found.has(word) ? -1 : place));
  return new Map([...found].filter(([, place]) => place >= 0));
}

/** The longest of the pairs that rise on both sides. @param {[number, number][]} pairs @returns {[number, number][]} */
function rising(pairs) {
  /** @type {number[]} */
  const ends = [];
  const before = pairs.map(([, y], place) => {
    let [low, high] = [0, ends.length];
    while (low < high) {
      const middle = (low + high) >> 1;
      if ((pairs[/** @type {number} */ (ends[middle])]?.[1] ?? 0) < y) low = middle + 1;
      else high = middle;
    }
    ends[low] = place;
    return low ? /** @type {number} */ (ends[low - 1]) : -1;
  });
  /** @type {[number, number][]} */
  const found = [];
  for (let place = ends.at(-1) ?? -1; place >= 0; place = before[place] ?? -1) found.unshift(/** @type {[number, number]} */ (pairs[place]));
  return found;
}
