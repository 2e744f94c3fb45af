// What changed between two states of a text, and where a place went. Pure. Places count UTF-16
// units, as in JavaScript and Yjs; none of them is ever inside a character.
import {whole} from "./surrogates.js";

/** At `at`, `cut` units went and `put` came. @typedef {{at: number, cut: number, put: string}} Splice */
/** A change as Yjs tells it. @typedef {{retain?: number, insert?: any, delete?: number}[]} Delta */

/**
 * The one splice that leads from `before` to `after`. Where several would do (one more "l" in
 * "ll") it is the one that ends at the caret.
 * @param {string} before @param {string} after @param {number} [caret] in `after`
 * @returns {Splice | null}
 */
export function spliceBetween(before, after, caret = after.length) {
  if (before === after) return null;
  const shorter = Math.min(before.length, after.length);
  let tail = common(before, after, Math.min(shorter, after.length - caret), fromEnd);
  const head = whole(before, common(before, after, shorter - tail, fromStart));
  tail += common(before.slice(head, before.length - tail), after.slice(head, after.length - tail), shorter - head - tail, fromEnd);
  // Both texts begin alike up to `head`, so one look tells for both; the ends may differ.
  while (whole(before, before.length - tail) !== before.length - tail || whole(after, after.length - tail) !== after.length - tail) tail -= 1;
  const at = whole(after, head);
  return {at, cut: before.length - tail - at, put: after.slice(at, after.length - tail)};
}

/** @param {string} a @param {string} b @param {number} most @param {(text: string, i: number) => number} unit */
function common(a, b, most, unit) {
  let n = 0;
  while (n < most && unit(a, n) === unit(b, n)) n += 1;
  return n;
}

/** @param {string} text @param {number} i */
const fromStart = (text, i) => text.charCodeAt(i);
/** @param {string} text @param {number} i */
const fromEnd = (text, i) => text.charCodeAt(text.length - 1 - i);

/**
 * Where a place between two letters is after a change. What others insert right there comes after
 * it, unless `after`: so one's own next letter continues one's own word.
 * @param {number} place @param {Delta} delta @param {boolean} [after]
 */
export function moved(place, delta, after = false) {
  let [at, now] = [0, place];
  for (const {retain = 0, insert, delete: cut = 0} of delta) {
    if (insert !== undefined && (at < place || (after && at === place))) now += insert.length;
    if (at < place) now -= Math.min(cut, place - at);
    at += retain + cut;
  }
  return now;
}

/** Where a letter is after a change; null when it is gone. @param {number} letter @param {Delta} delta */
export function movedLetter(letter, delta) {
  let at = 0;
  for (const {retain = 0, delete: cut = 0} of delta) {
    if (letter >= at && letter < at + cut) return null;
    at += retain + cut;
  }
  return moved(letter, delta, true);
}

/**
 * The splices that say the same after others have changed the text: each letter that one cut and
 * that is still there goes, what others put between them stays. From the end to the start.
 * @param {Splice} splice @param {Delta[]} deltas
 * @returns {Splice[]}
 */
export function rebased({at, cut, put}, deltas) {
  if (!deltas.length) return [{at, cut, put}];
  const letters = Array.from({length: cut}, (_, i) => deltas.reduce(
    (/** @type {number | null} */ letter, delta) => letter === null ? null : movedLetter(letter, delta), at + i,
  )).filter((letter) => letter !== null);
  const place = letters[0] ?? deltas.reduce((where, delta) => moved(where, delta), at);
  const cuts = runs(letters).map(([first, length]) => ({at: first, cut: length, put: ""})).reverse();
  return [...cuts, {at: place, cut: 0, put}];
}

/**
 * Where a place of the field is, once one's own splice has been put into what others made of the text.
 * @param {number} place in the field, with one's own splice @param {Splice} splice as seen in the field
 * @param {Splice[]} splices the same, rebased @param {Delta[]} deltas what others did
 */
export function follow(place, {at, cut, put}, splices, deltas) {
  const within = place - at;
  if (within >= 0 && within <= put.length) return (splices.at(-1)?.at ?? at) + within;
  const before = within < 0 ? place : place - put.length + cut;
  const after = deltas.reduce((where, delta) => moved(where, delta), before);
  return within < 0 ? after : splices.reduce((where, splice) => where - splice.cut + splice.put.length, after);
}

/** Numbers that follow each other, as [first, how many]. @param {number[]} numbers */
function runs(numbers) {
  /** @type {[number, number][]} */
  const found = [];
  for (const number of numbers) {
    const last = found.at(-1);
    if (last && last[0] + last[1] === number) last[1] += 1;
    else found.push([number, 1]);
  }
  return found;
}
