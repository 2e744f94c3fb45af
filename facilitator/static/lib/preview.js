// How people's Markdown will look: the blocks that exports/markup.py makes of it, as far as a
// preview needs them. Pure data: a part draws it as nodes, so that no word of anybody is ever markup.
// tests/exports/test_preview.py holds the two against each other.
import {inlines, plainInlines} from "./inlines.js";

/** @typedef {import("./inlines.js").Inline} Inline */
/**
 * @typedef {{type: "paragraph", content: Inline[]} | {type: "heading", content: Inline[]} | {type: "list", ordered: boolean, items: Block[][]}
 *   | {type: "quote", content: Block[]} | {type: "table", header: Inline[][], rows: Inline[][][]}} Block
 */
/** What is being put together: elements, and words that stand bare in an item. @typedef {{tag: string, text: string, kids: Node[]}} Node */
/** @typedef {"" | "list" | "detabbed"} State */

/** The limits of exports/markup.py: beyond them formatting is shown as it was typed. */
const [MOST_CHARACTERS, MOST_BRACKETS, MOST_SPACES, MOST_NESTED, MOST_COLUMNS, MOST_CELLS] = [100_000, 120, 40, 8, 30, 1_200];
const OVERRIDES = /[\u202a-\u202e\u2066-\u2069]/g;
const CONTROL = /[\x00-\x08\x0b\x0c\x0e-\x1f\x7f-\x9f\ud800-\udfff\ufdd0-\ufdef\ufffe\uffff]/gu;
const MARKER = "(?:>|[-*+](?= )|\\d{1,9}\\.(?= ))";
const NESTED = new RegExp(`^((?: *${MARKER}){${MOST_NESTED}} *)(>|[-*+](?= )|\\d{1,9}(?=\\. ))`, "gm");
const HASHES = new RegExp(`^((?: *${MARKER})* *)(#{7,}|#{1,6}(?!#)(?![ \\t]+\\S))`, "gm");

/** @param {string} text @returns {Block[]} */
export function blocksOf(text) {
  const long = text.length > MOST_CHARACTERS && [...text].length > MOST_CHARACTERS;
  return passages(text).flatMap(({kind, lines}) => {
    const words = clean(lines.join("\n").trimEnd());
    if (!long) return blocks(parsed(prepared(words, kind)));
    return words.trim() ? [{type: "paragraph", content: [{type: "text", text: words.trim()}]}] : [];
  });
}

/** The words alone, a line for each paragraph, item or row: where there is no room for more. @param {string} text */
export const wordsOf = (text) => blocksOf(text).flatMap(linesOf).join("\n");

/** @param {Block} block @returns {string[]} */
function linesOf(block) {
  switch (block.type) {
    case "list": return block.items.flatMap((item, n) => item.flatMap(linesOf).map((line, place) => (place ? line : `${block.ordered ? `${n + 1}.` : "•"} ${line}`)));
    case "quote": return block.content.flatMap(linesOf);
    case "table": return [block.header, ...block.rows].map((row) => row.map(plainInlines).join(" | "));
    default: return [plainInlines(block.content)];
  }
}

/** As markup.clean. @param {string} text */
const clean = (text) => text.replace(CONTROL, "").replace(OVERRIDES, "").normalize("NFC");

// ---- passages, as in exports/passages.py ----

/** @typedef {{text: string, following: string, loose: boolean}} Line */
/** @typedef {{kind: string, lines: string[]}} Passage */

const HEADING = /^ {0,3}#{1,6}[ \t]+\S/;
const QUOTE = /^ {0,3}>/;
const BULLET = /^\s*[-*+][ \t]+\S/;
const NUMBER = /^\s*(\d{1,9})\.[ \t]+\S/;
const DASHES = /^ {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*$/;

/** @param {string} text @returns {Passage[]} */
function passages(text) {
  const rows = text.split(/\r\n|[\r\n\u2028\u2029]/);
  /** @type {Passage[]} */
  const found = [];
  rows.forEach((row, n) => {
    if (!row.trim()) return;
    const line = {text: row, following: rows[n + 1] ?? "", loose: n > 0 && !rows[n - 1]?.trim()};
    const kind = kindOf(line);
    const last = found.at(-1);
    if (last && goesOn(last, line, kind)) last.lines.push(...(line.loose ? ["", row] : [row]));
    else found.push({kind: opening(line, kind), lines: [row]});
  });
  return found;
}

/** @param {Line} line */
function kindOf({text, following}) {
  if (HEADING.test(text)) return "heading";
  if (QUOTE.test(text)) return "quote";
  if (text.includes("|") && following.includes("|") && DASHES.test(following)) return "table";
  if (BULLET.test(text)) return "bullets";
  return NUMBER.test(text) ? "numbers" : "paragraph";
}

/** A list that does not begin at 1 is words. @param {Line} line @param {string} kind */
const opening = ({text}, kind) => (kind === "numbers" && Number(NUMBER.exec(text)?.[1]) !== 1 ? "paragraph" : kind);

/** @param {Passage} last @param {Line} line @param {string} kind */
function goesOn({kind: was}, line, kind) {
  if (was === "bullets" || was === "numbers") {
    if (indent(line.text) >= 2) return true;
    if (kind === "bullets" || kind === "numbers") return kind === was || (!line.loose && opening(line, kind) === "paragraph");
    return !line.loose && kind === "paragraph";
  }
  if (line.loose || was === "heading") return false;
  if (was === "table") return line.text.includes("|");
  if (was === "quote") return kind === "quote";
  return opening(line, kind) === "paragraph";
}

/** @param {string} line */
const indent = (line) => /^ */.exec(wide(line))?.[0].length ?? 0;

/** Tabs as spaces, up to the next fourth column. @param {string} text */
const wide = (text) => text.split("\n").map((line) => {
  let put = "";
  for (const letter of line) put += letter === "\t" ? " ".repeat(4 - [...put].length % 4) : letter;
  return put;
}).join("\n");

// ---- limits ----

/** @param {string} source @param {string} kind */
function prepared(source, kind) {
  let words = wide(source);
  if (kind === "bullets" || kind === "numbers") words = wideIndents(words);
  const columns = Math.max(...words.split("\n").map((row) => row.split("|").length));
  if (kind === "table" && (columns > MOST_COLUMNS || columns * words.split("\n").length > MOST_CELLS)) {
    [kind, words] = ["paragraph", words.replaceAll("|", "\\|")];
  }
  words = words.replace(new RegExp(` {${MOST_SPACES},}`, "g"), " ".repeat(MOST_SPACES));
  if (words.split("[").length - 1 > MOST_BRACKETS) words = words.replaceAll("[", "\\[");
  words = words.replace(NESTED, (_, before, mark) => (/\d/.test(mark) ? `${before}${mark}\\` : `${before}\\${mark}`));
  words = words.replace(HASHES, "$1\\$2");
  return kind === "paragraph" ? noMarks(words) : words;
}

/** A nested list gets four spaces, however it was moved in. @param {string} words */
function wideIndents(words) {
  const depths = [...new Set(words.split("\n").filter((line) => BULLET.test(line) || NUMBER.test(line)).map(indent))].sort((a, b) => a - b);
  const unit = depths.map((depth) => depth - (depths[0] ?? 0)).find((more) => more > 1) ?? 4;
  if (unit !== 2 && unit !== 3) return words;
  return words.replace(/^ +/gm, (blank) => " ".repeat(4 * even(blank.length / unit)));
}

/** To the nearest whole, a half to the even one: as Python rounds. @param {number} n */
const even = (n) => (n % 1 === 0.5 ? 2 * Math.round(n / 2) : Math.round(n));

/** The first line of a paragraph begins no list. @param {string} words */
function noMarks(words) {
  const [first = "", ...rest] = words.split("\n").map((line) => line.trim());
  const mark = /^(?:[-*+]|\d+(?=\.))(?=\.? |$)/.exec(first)?.[0];
  if (!mark) return [first, ...rest].join("\n");
  return [(/\d/.test(mark) ? `${mark}\\` : `\\${mark}`) + first.slice(mark.length), ...rest].join("\n");
}

// ---- blocks of a passage: the order of Python-Markdown ----

const TAB = "    ";
const LISTS = ["ul", "ol"];
const HASH = /(?:^|\n)(#{1,6})((?:\\.|[^\\#]|#+(?=[^#\n]))*?)#*(?:\n|$)/s;
const QUOTED = /(?:^|\n) {0,3}> ?.*/;
/** @type {Record<string, RegExp>} */
const ITEM = {ol: /^ {0,3}\d+\. +(.*)/, ul: /^ {0,3}[*+-] +(.*)/};
const DEEPER = /^ {4,7}(?:\d+\.|[*+-]) +.*/;

/** @param {string} tag @param {string} [text] @returns {Node} */
const node = (tag, text = "") => ({tag, text, kids: []});

/** @param {string} words */
function parsed(words) {
  const root = node("root");
  parse(root, chunks(words), "");
  return root;
}

/** @param {string} words */
const chunks = (words) => words.replace(/\n +(?=\n)/g, "\n").split("\n\n");

/** @param {Node} parent @param {string[]} queue @param {State} state */
function parse(parent, queue, state) {
  for (let block = queue.shift(); block !== undefined; block = queue.shift()) {
    const list = ITEM.ol?.test(block) ? "ol" : "ul";
    const hash = HASH.exec(block);
    const bare = block.replace(/^\n+/, "");
    if (bare !== block) queue.unshift(...(bare ? [bare] : []));
    else if (state !== "detabbed" && block.startsWith(TAB) && (parent.tag === "li" || LISTS.includes(parent.kids.at(-1)?.tag ?? ""))) indented(parent, block, state);
    else if (isTable(block)) parent.kids.push(node("table", block));
    else if (hash) headed(parent, block, hash, queue, state);
    else if (ITEM[list]?.test(block)) listed(parent, block, list);
    else if (QUOTED.test(block)) quoted(parent, block, state);
    else if (block.trim()) worded(parent, block, state);
  }
}

/** @param {Node} parent @param {string} block @param {State} state */
function worded(parent, block, state) {
  const last = parent.kids.at(-1);
  if (state === "list" && last?.tag === "words") last.text += `\n${block}`;
  else parent.kids.push(node(state === "list" ? "words" : "p", block.trimStart()));
}

/** @param {Node} parent @param {string} block @param {RegExpExecArray} found @param {string[]} queue @param {State} state */
function headed(parent, block, found, queue, state) {
  const before = block.slice(0, found.index);
  const after = block.slice(found.index + found[0].length);
  if (before) parse(parent, [before], state);
  parent.kids.push(node("h", (found[2] ?? "").trim()));
  if (after) queue.unshift(after);
}

/** @param {Node} parent @param {string} block @param {State} state */
function quoted(parent, block, state) {
  const at = /** @type {RegExpExecArray} */ (QUOTED.exec(block)).index;
  parse(parent, [block.slice(0, at)], state);
  const inside = block.slice(at).split("\n").map((line) => (line.trim() === ">" ? "" : line.replace(/^ {0,3}> ?/, ""))).join("\n");
  const last = parent.kids.at(-1);
  const quote = last?.tag === "blockquote" ? last : node("blockquote");
  if (quote !== last) parent.kids.push(quote);
  parse(quote, inside.split("\n\n"), "");
}

/** @param {Node} parent @param {string} block @param {string} tag */
function listed(parent, block, tag) {
  const items = itemsOf(block, /** @type {RegExp} */ (ITEM[tag]));
  const last = parent.kids.at(-1);
  const goes = last?.tag === tag;
  const list = goes ? last : LISTS.includes(parent.tag) ? parent : node(tag);
  if (goes) list.kids.at(-1)?.kids.forEach((kid) => { kid.tag = kid.tag === "words" ? "p" : kid.tag; });
  else if (list !== parent) parent.kids.push(list);
  items.forEach((item, n) => {
    const into = item.startsWith(TAB) ? list.kids.at(-1) : undefined;
    const li = into ?? node("li");
    if (!into) list.kids.push(li);
    parse(li, [item], goes && !n ? "" : "list");
  });
}

/** @param {string} block @param {RegExp} mark @returns {string[]} */
function itemsOf(block, mark) {
  /** @type {string[]} */
  const items = [];
  for (const line of block.split("\n")) {
    const found = mark.exec(line);
    const deeper = !found && DEEPER.test(line) && !items.at(-1)?.startsWith(TAB);
    if (found) items.push(found[1] ?? "");
    else if (deeper || !items.length) items.push(line);
    else items[items.length - 1] += `\n${line}`;
  }
  return items;
}

/** @param {Node} parent @param {string} block @param {State} state */
function indented(parent, block, state) {
  const deep = Math.floor((/^ */.exec(block)?.[0].length ?? 0) / 4);
  let [level, at] = [state === "list" ? 1 : 0, parent];
  while (deep > level) {
    const last = at.kids.at(-1);
    if (!last || ![...LISTS, "li"].includes(last.tag)) break;
    if (LISTS.includes(last.tag)) level += 1;
    at = last;
  }
  const cut = TAB.repeat(level);
  const inside = block.split("\n").map((line) => (cut && line.startsWith(cut) ? line.slice(cut.length) : line)).join("\n");
  const last = at.kids.at(-1);
  if (parent.tag === "li") parse(LISTS.includes(parent.kids.at(-1)?.tag ?? "") ? /** @type {Node} */ (parent.kids.at(-1)) : parent, [inside], "detabbed");
  else if (at.tag === "li") parse(at, [inside], "detabbed");
  else if (last?.tag === "li") {
    last.kids.forEach((kid) => { kid.tag = kid.tag === "words" ? "p" : kid.tag; });
    parse(last, chunks(inside), "detabbed");
  } else {
    at.kids.push(node("li"));
    parse(/** @type {Node} */ (at.kids.at(-1)), [inside], "detabbed");
  }
}

// ---- tables ----

/** @param {string} row @returns {string[]} */
const cellsOf = (row) => row.trim().replace(/^\|/, "").replace(/(?<!\\)\|$/, "").split(/(?<!\\)\|/).map((cell) => cell.trim());

/** @param {string} block */
function isTable(block) {
  const [header = "", dashes = ""] = block.split("\n");
  const many = cellsOf(header).length;
  return (many > 1 || /^\s*\||\|\s*$/.test(header)) && block.includes("\n") && cellsOf(dashes).length === many && /^[|:\- ]+$/.test(dashes);
}

/** @param {string} block @returns {Block} */
function table(block) {
  const [header = [], , ...rows] = block.split("\n").map(cellsOf);
  const row = (/** @type {string[]} */ cells) => header.map((_, n) => inlines(cells[n] ?? ""));
  return {type: "table", header: row(header), rows: (rows.length ? rows : [[]]).map(row)};
}

// ---- what it comes to ----

/** @param {Node} parent @returns {Block[]} */
const blocks = (parent) => parent.kids.map(block).filter(hasWords);

/** @param {Node} of @returns {Block} */
function block(of) {
  const {tag, text, kids} = of;
  if (tag === "table") return table(text);
  if (tag === "blockquote") return {type: "quote", content: blocks(of)};
  if (LISTS.includes(tag)) return {type: "list", ordered: tag === "ol", items: kids.map(blocks).filter(({length}) => length)};
  return {type: tag === "h" ? "heading" : "paragraph", content: inlines(text)};
}

/** @param {Block} block @returns {boolean} */
function hasWords(block) {
  switch (block.type) {
    case "list": return block.items.length > 0;
    case "quote": return block.content.length > 0;
    case "table": return [block.header, ...block.rows].flat().some((cell) => plainInlines(cell).trim());
    default: return plainInlines(block.content).trim() !== "";
  }
}
