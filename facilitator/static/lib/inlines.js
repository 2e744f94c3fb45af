// The inside of a paragraph: words, weight, links, new lines. Pure, and as exports/markup.py reads it.

/**
 * A word or more of a paragraph. Of a link it is sure that it leads to the web or to a mail address.
 * @typedef {{type: "text", text: string} | {type: "break"} | {type: "strong" | "emphasis", content: Inline[]} | {type: "link", href: string, content: Inline[]}} Inline
 */
/** A row of stars or underscores that may open or close. @typedef {{at: number, n: number, opens: boolean, closes: boolean, first: number}} Row */

const ADDRESS = /^(?:https?:\/\/[^\s<>"]+|mailto:[^\s<>"]+@[^\s<>"]+)$/i;
const ESCAPED = /\\([\\`*_{}[\]()>#+\-.!|])/g;
const AUTOLINK = /<([A-Za-z][A-Za-z0-9+.-]*:\/\/[^<>]*)>/g;
/** What is found first stands in the text as a number between these, which no text holds. */
const [OPEN, CLOSE] = ["\x02", "\x03"];
const KEPT = /\x02(\d+)\x03/;
const KEPT_ALL = /\x02(\d+)\x03/g;

/** @param {string} words cleaned @returns {Inline[]} */
export function inlines(words) {
  /** @type {Inline[]} */
  const kept = [];
  const keep = (/** @type {Inline} */ node) => `${OPEN}${kept.push(node) - 1}${CLOSE}`;
  const plain = words.replace(ESCAPED, (_, mark) => keep({type: "text", text: mark}));
  const linked = links(plain, kept, keep).replace(AUTOLINK, (whole, href) => (leads(href) ? keep({type: "link", href: tidy(href), content: [{type: "text", text: href}]}) : whole));
  return trimmed(joined(weighed(linked, kept)));
}

/** Where a link leads, or nothing. @param {string} href */
const leads = (href) => ADDRESS.test(href);

/** The scheme is written small. @param {string} href */
const tidy = (href) => href.replace(/^[^:]*/, (scheme) => scheme.toLowerCase());

// ---- links ----

/** Keep `[words](address)`; an image is a link to it. @param {string} text @param {Inline[]} kept @param {(node: Inline) => string} keep */
function links(text, kept, keep) {
  let put = "";
  for (let at = 0; at < text.length;) {
    const image = text.startsWith("![", at);
    const found = image || text[at] === "[" ? linkAt(text, at + (image ? 2 : 1), kept) : null;
    if (found) put += keep({type: "link", href: tidy(found.href), content: trimmed(joined(weighed(links(found.words, kept, keep), kept)))});
    else put += text[at];
    at = found ? found.end : at + 1;
  }
  return put;
}

/** @param {string} text @param {number} at behind its bracket @param {Inline[]} kept */
function linkAt(text, at, kept) {
  const close = balanced(text, at, "[", "]");
  if (close < 0 || text[close + 1] !== "(") return null;
  const end = balanced(text, close + 2, "(", ")");
  if (end < 0) return null;
  const [, angled, bare] = /^\s*(?:<([^<>]*)>|(.*?))\s*(?:"[^"]*"|'[^']*')?\s*$/s.exec(text.slice(close + 2, end)) ?? [];
  const href = typed((angled ?? bare ?? "").trim(), kept);
  return leads(href) ? {words: text.slice(at, close), href, end: end + 1} : null;
}

/** Where the bracket is closed, or -1. @param {string} text @param {number} at @param {string} open @param {string} shut */
function balanced(text, at, open, shut) {
  for (let depth = 1; at < text.length; at += 1) {
    if (text[at] === open) depth += 1;
    if (text[at] === shut && (depth -= 1) === 0) return at;
  }
  return -1;
}

/** What was kept as plain text, put back. @param {string} text @param {Inline[]} kept */
const typed = (text, kept) => text.replace(KEPT_ALL, (_, n) => {
  const node = kept[Number(n)];
  return node?.type === "text" ? node.text : "\x02";
});

// ---- weight ----

/** Rows of stars and underscores, paired nearly as in CommonMark. @param {string} text @param {Inline[]} kept @returns {Inline[]} */
function weighed(text, kept) {
  const rows = rowsOf(text);
  /** Where an element opens and closes, with how many marks. @type {{open: number, close: number, n: number}[]} */
  const pairs = [];
  rows.forEach((closer, place) => {
    while (closer.closes && closer.n > 0) {
      const opener = openerOf(rows, place, text);
      if (opener < 0) return;
      const row = /** @type {Row} */ (rows[opener]);
      const n = row.n === 3 && closer.n >= 3 ? 1 : Math.min(2, row.n, closer.n);
      row.n -= n;
      pairs.push({open: row.at + row.n, close: closer.at, n});
      closer.at += n;
      closer.n -= n;
      // What stands between them and found no partner is words.
      rows.slice(opener + 1, place).forEach((between) => { between.n = 0; });
    }
  });
  return tree(text, 0, text.length, pairs.sort((a, b) => a.open - b.open || b.close - a.close), kept);
}

/** @param {string} text @returns {Row[]} */
const rowsOf = (text) => [...text.matchAll(/\*+|_+/g)].map(({0: marks, index: at}) => {
  const [before, after] = [text[at - 1] ?? " ", text[at + marks.length] ?? " "];
  const smart = marks.startsWith("_");
  const opens = !/\s/.test(after) && !(smart && /[\p{L}\p{N}]/u.test(before));
  const closes = !/\s/.test(before) && !(smart && /[\p{L}\p{N}]/u.test(after));
  return {at, n: marks.length, opens, closes, first: marks.length};
});

/** The nearest row that this one may close. @param {Row[]} rows @param {number} place @param {string} text */
function openerOf(rows, place, text) {
  const closer = /** @type {Row} */ (rows[place]);
  for (let at = place - 1; at >= 0; at -= 1) {
    const row = /** @type {Row} */ (rows[at]);
    const three = (row.first + closer.first) % 3 === 0 && (row.first % 3 || closer.first % 3);
    const odd = closer.opens && three;
    if (row.n > 0 && row.opens && text[row.at] === text[closer.at] && !odd) return at;
  }
  return -1;
}

/** @param {string} text @param {number} from @param {number} to @param {{open: number, close: number, n: number}[]} pairs within @param {Inline[]} kept @returns {Inline[]} */
function tree(text, from, to, pairs, kept) {
  /** @type {Inline[]} */
  const found = [];
  let at = from;
  while (pairs.length) {
    const pair = /** @type {{open: number, close: number, n: number}} */ (pairs.shift());
    const inside = pairs.filter(({close}) => close < pair.close);
    pairs = pairs.filter(({close}) => close >= pair.close);
    found.push(...words(text.slice(at, pair.open), kept));
    found.push({type: pair.n === 2 ? "strong" : "emphasis", content: trimmed(joined(tree(text, pair.open + pair.n, pair.close, inside, kept)))});
    at = pair.close + pair.n;
  }
  return [...found, ...words(text.slice(at, to), kept)];
}

// ---- words ----

/** Plain text with its new lines, and what was kept in it. @param {string} text @param {Inline[]} kept @returns {Inline[]} */
const words = (text, kept) => text.split(KEPT).flatMap((piece, place) => {
  if (place % 2) return kept[Number(piece)] ?? [];
  return piece.split("\n").flatMap((line, n) => /** @type {Inline[]} */ ([...(n ? [{type: "break"}] : []), ...(line ? [{type: "text", text: line}] : [])]));
});

/** Texts that follow each other are one. @param {Inline[]} nodes @returns {Inline[]} */
const joined = (nodes) => nodes.reduce((all, node) => {
  const last = all.at(-1);
  if (node.type === "text" && last?.type === "text") return [...all.slice(0, -1), {type: "text", text: last.text + node.text}];
  return [...all, node];
}, /** @type {Inline[]} */ ([]));

/** Blanks at the ends and beside a new line are only layout. @param {Inline[]} nodes @returns {Inline[]} */
const trimmed = (nodes) => nodes.map((node, place) => {
  if (node.type !== "text") return node;
  const [before, after] = [nodes[place - 1], nodes[place + 1]];
  let {text} = node;
  if (!before || before.type === "break") text = text.replace(/^[\n ]+/, "");
  if (!after || after.type === "break") text = text.replace(/[\n ]+$/, "");
  return {...node, text};
}).filter((node) => node.type !== "text" || node.text);

/** The words alone. @param {Inline[]} nodes @returns {string} */
export const plainInlines = (nodes) => nodes.map((node) => {
  if (node.type === "text") return node.text;
  return node.type === "break" ? "\n" : plainInlines(node.content);
}).join("");
