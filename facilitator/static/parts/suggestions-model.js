// Suggestions: what they change, where that is now, and which change the same words. Pure.
import {compare} from "./compare.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("../lib/store.js").Room} Room */
/** A stretch of a difference. @typedef {{kind: "same" | "del" | "ins", text: string}} Piece */
/** At `at`, `cut` units go and `put` comes. @typedef {import("../lib/splice.js").Splice} Splice */
/** Units side by side: client, clock, how many. @typedef {[number, number, number]} Run */
/** Where a unit is in a text, or was before it was deleted; null where nobody knows. @typedef {(client: number, clock: number) => {index: number, there: boolean} | null} Find */

/** What the words of a comparison are, as marks of a text. */
const KINDS = /** @type {const} */ ({same: "same", gone: "del", new: "ins"});

/**
 * What leads from one text to another, word by word: first what goes, then what comes.
 * @param {string} before @param {string} after @returns {Piece[]}
 */
export const difference = (before, after) => compare(before, after).map(({kind, text}) => ({kind: KINDS[kind], text}));

/** The same as splices, all of them as of the text before. @param {Piece[]} pieces @returns {Splice[]} */
export function splicesOf(pieces) {
  /** @type {Splice[]} */
  const found = [];
  let at = 0;
  let open = false;
  for (const {kind, text} of pieces) {
    if (kind === "same") {
      at += text.length;
      open = false;
      continue;
    }
    if (!open) found.push({at, cut: 0, put: ""});
    open = true;
    const last = /** @type {Splice} */ (found.at(-1));
    if (kind === "del") {
      last.cut += text.length;
      at += text.length;
    } else last.put += text;
  }
  return found;
}

/** @type {WeakMap<Thing, Splice[]>} a suggestion never changes its words */
const known = new WeakMap();

/** What a suggestion changes, in places of its passage. @param {Thing} suggestion @returns {Splice[]} */
export function changesOf(suggestion) {
  const {units, quote, put} = suggestion;
  if (put === null) return [];
  let found = known.get(suggestion);
  // Where letters were written in another form than they are kept in, places would not fit: all goes.
  if (!found) known.set(suggestion, found = many(units) === quote.length ? splicesOf(difference(quote, put)) : [{at: 0, cut: many(units), put}]);
  return found;
}

/** @param {Run[]} units */
const many = (units) => units.reduce((sum, [, , length]) => sum + length, 0);

/** A unit of a passage. @param {Run[]} units @param {number} place @returns {[client: number, clock: number]} */
function unitAt(units, place) {
  for (const [client, clock, length] of units) {
    if (place < length) return [client, clock + place];
    place -= length;
  }
  return [0, 0];
}

// ---- where it is now ----

/**
 * A suggestion as splices of the text as it reads now; null when words that it changes are no longer there.
 * @param {Thing} suggestion @param {string} text @param {Find} find @returns {Splice[] | null}
 */
export function landing(suggestion, text, find) {
  const {units, quote} = suggestion;
  const whole = many(units) !== quote.length;
  const place = (/** @type {number} */ n) => find(...unitAt(units, n));
  /** @type {Splice[]} */
  const found = [];
  for (const {at, cut, put} of changesOf(suggestion)) {
    const spot = cut ? standing(text, whole ? quote : quote.slice(at, at + cut), place(at), place(at + cut - 1), cut) : beside(at, place);
    if (spot === null) return null;
    found.push({at: spot, cut, put});
  }
  return found;
}

/** Where words stand that are still whole. @param {string} text @param {string} words @param {ReturnType<Find>} first @param {ReturnType<Find>} last @param {number} length */
function standing(text, words, first, last, length) {
  if (!first?.there || !last?.there || last.index - first.index !== length - 1) return null;
  return text.slice(first.index, last.index + 1).normalize() === words ? first.index : null;
}

/** Where something is put in: after the letter before it, or before the one after it. @param {number} at @param {(n: number) => ReturnType<Find>} place */
function beside(at, place) {
  const before = at > 0 ? place(at - 1) : null;
  if (before?.there) return before.index + 1;
  const after = place(at);
  return after?.there ? after.index : null;
}

/** The text with all splices made. @param {string} text @param {Splice[]} splices */
export const spliced = (text, splices) =>
  fromTheEnd(splices).reduce((after, {at, cut, put}) => after.slice(0, at) + put + after.slice(at + cut), text);

/** @param {Splice[]} splices */
export const fromTheEnd = (splices) => [...splices].sort((a, b) => b.at - a.at);

/** Splices of a text as a difference, in the sentences around them. @param {string} text @param {Splice[]} splices @returns {Piece[]} */
export function inContext(text, splices) {
  const inOrder = fromTheEnd(splices).reverse();
  const [first, last] = [inOrder[0], inOrder.at(-1)];
  if (!first || !last) return [];
  let at = sentenceStart(text, first.at);
  /** @type {Piece[]} */
  const pieces = [];
  for (const splice of inOrder) {
    pieces.push({kind: "same", text: text.slice(at, splice.at)}, {kind: "del", text: text.slice(splice.at, splice.at + splice.cut)}, {kind: "ins", text: splice.put});
    at = splice.at + splice.cut;
  }
  pieces.push({kind: "same", text: text.slice(at, sentenceEnd(text, at))});
  return pieces.filter((piece) => piece.text);
}

/** The sentence or two at a place. @param {string} text @param {number} at */
export const sentenceAt = (text, at) => text.slice(sentenceStart(text, at), sentenceEnd(text, at)).trim();

/** @param {string} text @param {number} at */
function sentenceStart(text, at) {
  const ends = [...text.slice(0, at).matchAll(/[.!?…]\s+|\n/gu)];
  const last = ends.at(-1);
  return last ? last.index + last[0].length : 0;
}

/** @param {string} text @param {number} at */
function sentenceEnd(text, at) {
  const end = /[.!?…](?=\s|$)|\n/u.exec(text.slice(at));
  return end ? at + end.index + (end[0] === "\n" ? 0 : 1) : text.length;
}

/** The difference with long stretches of what stays cut short. @param {Piece[]} pieces @param {number} [most] characters on each side of a change @returns {Piece[]} */
export const shortened = (pieces, most = 160) => pieces.map((piece, place) => {
  if (piece.kind !== "same") return piece;
  const [head, tail] = [place > 0 ? most : 0, place < pieces.length - 1 ? most : 0];
  if (piece.text.length <= head + tail + 12) return piece;
  return {...piece, text: `${wordsFrom(piece.text, head)}…${wordsTo(piece.text, tail)}`};
});

/** @param {string} text @param {number} most */
const wordsFrom = (text, most) => (most ? `${text.slice(0, most).replace(/\S*$/u, "")}` : "");
/** @param {string} text @param {number} most */
const wordsTo = (text, most) => (most ? ` ${text.slice(-most).replace(/^\S*\s*/u, "")}` : "");

/** The paragraph around a place of a text; without the empty lines. @param {string} text @param {number} at @returns {[from: number, to: number]} */
function paragraphAt(text, at) {
  const from = text.lastIndexOf("\n", at - 1) + 1;
  const end = text.indexOf("\n", at);
  return [from, end < 0 ? text.length : end];
}

/**
 * The passage somebody means: what they have selected, else all, or the paragraph they are in.
 * Blanks at its ends are left out. Null where there are no words.
 * @param {string} text @param {number} start @param {number} end @param {number} most @returns {[from: number, to: number] | null}
 */
export function passageOf(text, start, end, most) {
  let [from, to] = start < end ? [start, end] : text.length <= most ? [0, text.length] : paragraphAt(text, start);
  while (from < to && /\s/u.test(text.charAt(from))) from += 1;
  while (from < to && /\s/u.test(text.charAt(to - 1))) to -= 1;
  return from < to ? [from, Math.min(to, from + most)] : null;
}

// ---- which of them meet ----

/** The suggestions on a text, by their age; without `roots` those on all of it. @param {Room} room @param {number} recommendation @param {string[]} [roots] @returns {Thing[]} */
export function suggestionsOn(room, recommendation, roots) {
  return Object.values(room.things.suggestion ?? {})
    .filter((one) => one.recommendation === recommendation && (roots === undefined || roots.includes(one.root)))
    .sort((a, b) => a.id - b.id);
}

/** The units that a suggestion changes; what is only put in touches the words on both sides. @param {Thing} suggestion @returns {[client: number, clock: number][]} */
function changedUnits(suggestion) {
  const {quote, units} = suggestion;
  return changesOf(suggestion).flatMap(({at, cut}) => {
    const from = cut ? at : Math.max(0, quote.slice(0, at).trimEnd().length - 1);
    const to = cut ? at + cut : Math.min(quote.length, at + 1 + quote.slice(at).search(/\S|$/u));
    return Array.from({length: to - from}, (_, n) => unitAt(units, from + n));
  });
}

/**
 * Suggestions in groups: those that change the same words stand together.
 * @param {Thing[]} suggestions @returns {Thing[][]}
 */
export function grouped(suggestions) {
  /** @type {Map<string, Thing[]>} */
  const byUnit = new Map();
  /** @type {Thing[][]} */
  let groups = [];
  for (const suggestion of suggestions) {
    const names = changedUnits(suggestion).map((unit) => `${suggestion.epoch} ${suggestion.root} ${unit.join(" ")}`);
    const met = new Set(names.map((name) => byUnit.get(name)).filter((group) => group !== undefined));
    const group = [...groups.filter((one) => met.has(one)).flat(), suggestion];
    for (const [name, one] of byUnit) if (met.has(one)) byUnit.set(name, group);
    names.forEach((name) => byUnit.set(name, group));
    const [first] = met;
    groups = first ? groups.flatMap((one) => (one === first ? [group] : met.has(one) ? [] : [one])) : [...groups, group];
  }
  return groups;
}

/** A text of a recommendation as the room reads it; undefined where its row is gone. @param {Thing | undefined} text @param {string} root @returns {string | undefined} */
export function readAt(text, root) {
  const [kind, id, field = ""] = root.split(":");
  if (kind === "title") return text?.title ?? "";
  if (kind === "s") return text?.sections?.[id ?? ""] ?? "";
  const rows = /** @type {Thing[]} */ ((kind === "p" ? text?.steps : text?.addressees) ?? []);
  return rows.find((row) => row.id === id)?.[field];
}

/** A suggestion in the sentences around it, for those who have no copy of the text; null where its passage is not to be found. @param {Thing} suggestion @param {string} text */
export function inSentence(suggestion, text) {
  const start = text.indexOf(suggestion.quote);
  if (start < 0 || text.includes(suggestion.quote, start + 1)) return null;
  return inContext(text, changesOf(suggestion).map((splice) => ({...splice, at: splice.at + start})));
}

/** Whether all words that a suggestion takes out stand in a text, for those who have no copy of it. @param {Thing} suggestion @param {string} text */
export const readsAs = (suggestion, text) =>
  changesOf(suggestion).every(({at, cut}) => text.includes(suggestion.quote.slice(at, at + cut).trim().replace(/\r/g, " ")));
