// The recommendations of a document as they stand on its page, and which of them fit what is sought.
import {fold, places} from "../lib/fold.js";

/** A stretch of text on the page. @typedef {{node: Text, folded: {bare: string, at: number[]}}} Stretch */
/**
 * @typedef {object} Found
 * @property {string} anchor
 * @property {string} number
 * @property {string} title
 * @property {string} lang
 * @property {string[]} offices to whom it is addressed
 * @property {Stretch[]} stretches
 */

/** What is for ears alone, and the letters of sources, are no words of a text. */
const APART = ".hidden, .srcs, .note-ref, .copy, .steps .figure";
/** Characters of a text around what was found in it. */
const AROUND = 70;

/** @param {Element} page @returns {Found[]} */
export const recommendationsOf = (page) => [...page.querySelectorAll(".rec")].map((section) => {
  const heading = section.querySelector("h3");
  return {
    anchor: heading?.id ?? "",
    number: heading?.querySelector(".n")?.textContent ?? "",
    title: heading?.lastElementChild?.textContent ?? "",
    lang: section.closest("[lang]")?.getAttribute("lang") ?? "",
    offices: [...section.querySelectorAll(".office > b")].map(({textContent}) => textContent ?? ""),
    stretches: stretchesOf(section),
  };
});

/** @param {Element} section @returns {Stretch[]} */
function stretchesOf(section) {
  const walker = document.createTreeWalker(section, NodeFilter.SHOW_TEXT);
  const found = [];
  while (walker.nextNode()) {
    const node = /** @type {Text} */ (walker.currentNode);
    if (node.data.trim() && !node.parentElement?.closest(APART)) found.push({node, folded: fold(node.data)});
  }
  return found;
}

/**
 * Those that have all the words, and are addressed to an office where one is named; none where nothing is sought.
 * @param {Found[]} all @param {string[]} words @param {string} office
 */
export function fitting(all, words, office) {
  if (!words.length && !office) return [];
  return all.filter(({offices, stretches}) => (!office || offices.includes(office))
    && words.every((word) => stretches.some(({folded}) => folded.bare.includes(word))));
}

/** Where the words stand on the page. @param {Found} one @param {string[]} words @returns {Range[]} */
export const rangesIn = ({stretches}, words) => stretches.flatMap(({node, folded}) => words.flatMap((word) => places(folded, word).map(([start, end]) => {
  const range = new Range();
  range.setStart(node, start);
  range.setEnd(node, end);
  return range;
})));

/** @typedef {{words: string, found: boolean}} Piece */

/** A text in pieces: those that were looked for, and what is between them. @param {string} text @param {[number, number][]} spans @returns {Piece[]} */
const cut = (text, spans) => [
  {words: text.slice(0, spans[0]?.[0]), found: false},
  ...spans.flatMap(([start, end], n) => [{words: text.slice(start, end), found: true}, {words: text.slice(end, spans[n + 1]?.[0]), found: false}]),
];

/** @param {{bare: string, at: number[]}} folded @param {string[]} words */
const spansOf = (folded, words) => merged(words.flatMap((word) => places(folded, word)));

/** A title, with what was looked for. @param {string} title @param {string[]} words */
export const marked = (title, words) => cut(title, spansOf(fold(title), words));

/**
 * The first place in a text that has one of the words; nothing where only its title has them.
 * @param {Found} one @param {string[]} words @returns {Piece[]}
 */
export function excerpt({stretches}, words) {
  const {node} = stretches.find(({node: {parentElement}, folded: {bare}}) => !parentElement?.closest("h3") && words.some((word) => bare.includes(word))) ?? {};
  if (!node) return [];
  const [first] = spansOf(fold(node.data), words);
  const from = Math.max(0, (first?.[0] ?? 0) - AROUND), to = from + 3 * AROUND;
  return marked((from ? "…" : "") + node.data.slice(from, to) + (to < node.length ? "…" : ""), words);
}

/** Spans in their order, those that overlap as one. @param {[number, number][]} spans @returns {[number, number][]} */
export function merged(spans) {
  /** @type {[number, number][]} */
  const found = [];
  for (const [start, end] of spans.sort(([a], [b]) => a - b)) {
    const last = found.at(-1);
    if (last && start <= last[1]) last[1] = Math.max(last[1], end);
    else found.push([start, end]);
  }
  return found;
}
