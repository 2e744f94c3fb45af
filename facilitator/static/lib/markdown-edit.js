// What the buttons of a toolbar do to a text. Pure; the dialect is the one of exports/markup.py.

/** At `at`, `cut` units go and `put` comes; then `from` to `to` is selected. @typedef {{at: number, cut: number, put: string, from: number, to: number}} Edit */
/** @typedef {"bold" | "italic" | "heading" | "list" | "quote" | "link"} Tool */
/** @typedef {{from: number, to: number}} Span */

/** What stands before the words of a line: marks of quotations, and of a heading or an item. */
const LEAD = /^\s*(?:>\s?)*(?:(?:#{1,6}|[-*+]|\d{1,9}\.)[ \t]+)?/;
const LINK = /\[([^[\]\n]*)\]\(([^()\s]*)\)/g;
const ADDRESS = /^(?:https?:\/\/|mailto:)\S+$/i;
const NO_ADDRESS = "https://";
const STARS = {bold: 2, italic: 1};
/** Words inside what gets the same marks as a whole. @type {Record<number, RegExp>} */
const WITHIN = {2: /\*\*(?!\s)((?:[^*\n]|\*(?!\*))+)\*\*/g, 1: /(?<![*\\])\*(?![*\s])([^*\n]+)\*(?!\*)/g};
/** The mark of each kind of line, as it is written, and as it may have been written. @type {Record<"heading" | "list" | "quote", {put: string, has: RegExp}>} */
const LINES = {
  heading: {put: "# ", has: /^(\s*)#{1,6}[ \t]+/},
  list: {put: "- ", has: /^(\s*)[-*+](?:[ \t]+|$)/},
  quote: {put: "> ", has: /^(\s*)> ?/},
};
/** What gives way to a heading or a list: a line is one thing only. */
const OTHER = /^(\s*)(?:#{1,6}|[-*+]|\d{1,9}\.)[ \t]+/;

/**
 * Use a tool on what is selected, else on the word or the line where the caret stands. What has the
 * formatting already loses it.
 * @param {Tool} tool @param {string} text @param {number} from @param {number} to
 * @returns {Edit}
 */
export function edited(tool, text, from, to) {
  if (tool === "link") return linked(text, from, to);
  if (tool === "bold" || tool === "italic") return starred(text, from, to, STARS[tool]);
  return lined(text, from, to, tool);
}

// ---- stars around words ----

/** Marks never reach over the end of a line: there they would be shown as typed. @param {string} text @param {number} from @param {number} to @param {number} stars @returns {Edit} */
function starred(text, from, to, stars) {
  const spans = (from === to ? [wordAt(text, from)] : wordsOf(text, from, to)).map((span) => bare(text, span));
  const first = spans[0], last = spans.at(-1);
  if (!first || !last) return {at: from, cut: 0, put: "", from, to};
  const has = (/** @type {number} */ n) => (stars === 2 ? n >= 2 : n % 2 === 1);
  const off = spans.every((span) => has(span.stars));
  const wanted = (/** @type {number} */ n) => (off ? n - stars : has(n) ? n : n + stars);
  const [at, end] = [first.from - first.stars, last.to + last.stars];
  let [put, done] = ["", at];
  for (const span of spans) {
    const marks = "*".repeat(wanted(span.stars));
    const words = text.slice(span.from, span.to);
    const even = marks.length > span.stars ? words.replace(/** @type {RegExp} */ (WITHIN[stars]), "$1") : words;
    put += text.slice(done, span.from - span.stars) + marks + even + marks;
    done = span.to + span.stars;
  }
  const whole = {at, cut: end - at, put, from: at, to: at + put.length};
  return first === last ? {...whole, from: at + wanted(first.stars), to: whole.to - wanted(first.stars)} : whole;
}

/** @param {string} text @param {number} at @returns {Span} the word around a place; empty where there is none */
function wordAt(text, at) {
  const before = /[\p{L}\p{M}\p{N}’'-]*$/u.exec(text.slice(0, at))?.[0].length ?? 0;
  const after = /^[\p{L}\p{M}\p{N}’'-]*/u.exec(text.slice(at))?.[0].length ?? 0;
  return {from: at - before, to: at + after};
}

/** What is selected of each line, without its mark and the blanks at its ends. @param {string} text @param {number} from @param {number} to @returns {Span[]} */
function wordsOf(text, from, to) {
  return linesOf(text, from, to).flatMap((line) => {
    const words = text.slice(line.from, line.to);
    const start = Math.max(from, line.from + (LEAD.exec(words)?.[0].length ?? 0));
    const chosen = text.slice(start, Math.max(start, Math.min(to, line.to)));
    const blank = chosen.length - chosen.trimStart().length;
    return chosen.trim() ? [{from: start + blank, to: start + chosen.trimEnd().length}] : [];
  });
}

/** The words without the stars at their ends or around them, and how many those are. @param {string} text @param {Span} span */
function bare(text, {from, to}) {
  const star = (/** @type {number} */ at) => text[at] === "*";
  let stars = 0;
  for (; stars < 3 && to - from > 2 && star(from) && star(to - 1); stars += 1) [from, to] = [from + 1, to - 1];
  while (stars < 3 && star(from - stars - 1) && star(to + stars)) stars += 1;
  return {from, to, stars};
}

// ---- marks before lines ----

/** @param {string} text @param {number} from @param {number} to @param {"heading" | "list" | "quote"} kind @returns {Edit} */
function lined(text, from, to, kind) {
  const lines = linesOf(text, from, to);
  const [at, end] = [lines[0]?.from ?? from, lines.at(-1)?.to ?? to];
  const {put: mark, has} = LINES[kind];
  const words = lines.map((line) => text.slice(line.from, line.to));
  const alone = words.length === 1;
  const counts = (/** @type {string} */ line) => alone || kind === "quote" || line.trim() !== "";
  const off = words.filter(counts).every((line) => has.test(line));
  const changed = words.map((line) => {
    if (!counts(line)) return line;
    if (off) return line.replace(has, "$1");
    if (has.test(line)) return line;
    return kind === "quote" ? (mark + line).trimEnd() + (alone && !line ? " " : "") : line.replace(OTHER, "$1").replace(/^\s*/, (blank) => blank + mark);
  });
  const put = changed.join("\n") + (!off && kind === "list" ? apart(text, end) : "");
  const lead = (changed[0]?.length ?? 0) - (words[0]?.length ?? 0);
  if (from === to) return {at, cut: end - at, put, ...caret(Math.max(at, from + lead))};
  return {at, cut: end - at, put, from: at, to: at + changed.join("\n").length};
}

/** A line right after a list would go on with its last item. @param {string} text @param {number} end of the list */
const apart = (text, end) => (/^\n(?!\s*$|\s*(?:[-*+>#]|\d{1,9}\.))./.test(text.slice(end, end + 200)) ? "\n" : "");

/** @param {number} at */
const caret = (at) => ({from: at, to: at});

/** The lines that a selection touches. @param {string} text @param {number} from @param {number} to @returns {Span[]} */
function linesOf(text, from, to) {
  const found = [];
  // A selection that ends right before a line does not touch it.
  const last = to > from && text[to - 1] === "\n" ? to - 1 : to;
  for (let start = text.lastIndexOf("\n", from - 1) + 1; start <= last;) {
    const next = text.indexOf("\n", start);
    const end = next < 0 ? text.length : next;
    found.push({from: start, to: end});
    start = end + 1;
  }
  return found;
}

// ---- links ----

/** Words become a link whose address is then typed; an address gets words; a link becomes words. @param {string} text @param {number} from @param {number} to @returns {Edit} */
function linked(text, from, to) {
  for (const found of text.matchAll(LINK)) {
    const [whole, words = ""] = found;
    const at = found.index;
    if (at <= from && to <= at + whole.length) return {at, cut: whole.length, put: words, from: at, to: at + words.length};
  }
  const chosen = from === to ? wordAt(text, from) : wordsOf(text, from, to)[0] ?? {from, to: from};
  const words = text.slice(chosen.from, chosen.to);
  const {from: at} = chosen;
  const cut = words.length;
  if (ADDRESS.test(words)) return {at, cut, put: `[](${words})`, ...caret(at + 1)};
  const put = `[${words}](${NO_ADDRESS})`;
  const address = at + words.length + 3;
  return {at, cut, put, ...(words ? {from: address, to: address + NO_ADDRESS.length} : caret(at + 1))};
}
