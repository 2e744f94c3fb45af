// What is pasted from a word processor, as clean Markdown. The foreign page is read, never shown:
// it stands in a document of its own in which nothing runs and nothing is fetched.

/** A piece of a line, with what it looks like. @typedef {{text: string, bold: boolean, italic: boolean, href: string}} Run */
/** @typedef {Omit<Run, "text"> & {pre?: boolean}} Look */
/** A block, and whether the next one of its kind follows without a blank line. @typedef {{text: string, tight: "" | "list" | "line" | "row"}} Block */

/** A foreign page longer than that is not worth a phone's time: its words are taken plain. */
const LONGEST = 4_000_000;
const DEEPEST = 100;
const UNSEEN = new Set(["style", "script", "head", "title", "meta", "link", "template", "svg", "math", "noscript", "object", "iframe", "img", "video", "audio", "canvas", "select", "textarea", "input", "button"]);
const PARAGRAPHS = new Set(["p", "pre", "address", "figcaption", "dt", "dd", "caption", "center"]);
const LINES = new Set(["div", "section", "article", "main", "header", "footer", "aside", "nav", "figure", "dl", "form", "fieldset", "body", "html", "tbody", "thead", "tfoot", "details", "summary", "hr"]);
const ADDRESS = /^(?:https?:\/\/[^\s<>"]+|mailto:[^\s<>"]+@[^\s<>"]+)$/i;
const STYLE = "data-style";
const PLAIN = {bold: false, italic: false, href: ""};

/**
 * The page as Markdown; nothing if there is nothing in it, or too much.
 * @param {string} page
 */
export function markdownOf(page) {
  if (page.length > LONGEST) return "";
  const {body} = new DOMParser().parseFromString(withoutStyles(page), "text/html");
  const reader = new Reader();
  reader.inside(body, PLAIN, 0);
  return joined(reader.done());
}

/** Our policy lets no page bring styles or scripts, not even one that is never shown: what styles say is only read. @param {string} page */
const withoutStyles = (page) => page
  .replace(/<style\b[^]*?<\/style\s*>/gi, "")
  .replace(/<[a-z][^<>]*>/gi, (tag) => tag.replace(/(?<=\s)style(?=\s*=)/gi, STYLE).replace(/(?<=[\s"'/])on(?=\w+\s*=)/gi, "data-on"));

/** Whether a text begins a block of its own, and so needs a line of its own. @param {string} text */
export const beginsBlock = (text) => /^(?:#{1,6} |- |\d+\. |> )/.test(text);

/** Blocks with a blank line between them, but for lines that belong together. @param {Block[]} blocks */
const joined = (blocks) => blocks.map(({text, tight}, place) => {
  const next = blocks[place + 1];
  return text + (next ? (tight && tight === next.tight ? "\n" : "\n\n") : "");
}).join("").replace(/\n{3,}/g, "\n\n").trim();

class Reader {
  /** @type {Block[]} */
  blocks = [];
  /** @type {Run[]} */
  runs = [];

  /** @returns {Block[]} */
  done() {
    this.flush("line");
    return this.blocks;
  }

  /** What was read since the last block becomes one. @param {Block["tight"]} tight @param {(line: string) => string} [shape] */
  flush(tight, shape = (line) => line) {
    const text = written(this.runs.splice(0));
    if (text) this.blocks.push({text: shape(text), tight});
    else if (tight === "line" && this.blocks.at(-1)?.tight === "line") this.blocks.push({text: "", tight: ""});
  }

  /** @param {Element} element @param {Look} look @param {number} depth */
  inside(element, look, depth) {
    if (depth > DEEPEST) return this.say(element.textContent ?? "", look);
    for (const child of element.childNodes) {
      if (child.nodeType === 3) this.say(child.textContent ?? "", look);
      else if (child.nodeType === 1) this.element(/** @type {Element} */ (child), look, depth + 1);
    }
  }

  /** @param {Element} element @param {Look} before @param {number} depth */
  element(element, before, depth) {
    const name = element.localName;
    const style = element.getAttribute(STYLE) ?? "";
    if (UNSEEN.has(name) || /display:\s*none|mso-hide:\s*all/i.test(style) || /mso-list:\s*ignore/i.test(style)) return;
    const look = lookOf(element, style, before);
    const item = /mso-list:[^;]*level(\d)/i.exec(style);
    if (name === "br") this.runs.push({text: "\n", ...PLAIN});
    else if (/^h[1-6]$/.test(name) || element.className === "MsoTitle") this.heading(element, depth);
    else if (item) this.item(element, look, depth, Number(item[1]) - 1, ordinal(element));
    else if (name === "ul" || name === "ol") this.list(element, look, depth, 0);
    else if (name === "blockquote") this.quote(element, depth);
    else if (name === "tr") this.row(element, depth);
    else if (PARAGRAPHS.has(name)) this.block(element, {...look, pre: name === "pre"}, depth, "");
    else if (LINES.has(name) || name === "table") this.block(element, look, depth, "line");
    else this.inside(element, look, depth);
  }

  /** @param {Element} element @param {Look} look @param {number} depth @param {Block["tight"]} tight */
  block(element, look, depth, tight) {
    if (this.runs.length) this.flush("line");
    this.inside(element, look, depth);
    if (this.runs.length) this.flush(tight);
  }

  /** A heading is one line, and has weight by itself. @param {Element} element @param {number} depth */
  heading(element, depth) {
    if (this.runs.length) this.flush("line");
    const {runs} = new Reader().within(element, depth);
    const level = Number(/\d/.exec(element.localName)?.[0] ?? 1);
    this.runs.push(...runs.map((run) => ({...run, bold: false, text: run.text.replace(/\n/g, " ")})));
    this.flush("", (line) => `${"#".repeat(Math.min(level, 3))} ${line}`);
  }

  /** Read the inside of an element alone, as far as it is one paragraph. @param {Element} element @param {number} depth */
  within(element, depth) {
    this.inside(element, PLAIN, depth);
    return this;
  }

  /** @param {Element} list @param {Look} look @param {number} depth @param {number} level */
  list(list, look, depth, level) {
    if (this.runs.length) this.flush("line");
    let n = 0;
    for (const child of list.children) {
      if (depth > DEEPEST) return;
      // Some put a list right into a list.
      if (child.localName === "ul" || child.localName === "ol") this.list(child, look, depth + 1, level + 1);
      else if (!UNSEEN.has(child.localName)) this.item(child, lookOf(child, child.getAttribute(STYLE) ?? "", look), depth + 1, level, list.localName === "ol" ? (n += 1) : 0);
    }
  }

  /** @param {Element} item @param {Look} look @param {number} depth @param {number} level @param {number} n its number, 0 if it has none */
  item(item, look, depth, level, n) {
    if (this.runs.length) this.flush("line");
    const mark = `${"    ".repeat(level)}${n ? `${n}.` : "-"} `;
    let said = false;
    const say = () => {
      const text = written(this.runs.splice(0)).replace(/\n+/g, said ? "\n" : " ");
      if (text) this.blocks.push({text: (said ? " ".repeat(4 * level + 4) : mark) + text, tight: "list"});
      said ||= text !== "";
    };
    for (const child of item.childNodes) {
      const name = child.nodeType === 1 ? /** @type {Element} */ (child).localName : "";
      if (name === "ul" || name === "ol") {
        say();
        this.list(/** @type {Element} */ (child), look, depth + 1, level + 1);
      } else if (PARAGRAPHS.has(name) || LINES.has(name)) {
        if (this.runs.length) this.runs.push({text: " ", ...PLAIN});
        this.inside(/** @type {Element} */ (child), look, depth + 1);
      } else if (name) this.element(/** @type {Element} */ (child), look, depth + 1);
      else if (child.nodeType === 3) this.say(child.textContent ?? "", look);
    }
    say();
  }

  /** @param {Element} quote @param {number} depth */
  quote(quote, depth) {
    if (this.runs.length) this.flush("line");
    const inside = new Reader().within(quote, depth).done();
    const text = joined(inside).split("\n").map((line) => `> ${line}`.trimEnd()).join("\n");
    if (text !== ">") this.blocks.push({text, tight: ""});
  }

  /** A row of a table is a line; a table of one column is only layout. @param {Element} row @param {number} depth */
  row(row, depth) {
    if (this.runs.length) this.flush("line");
    if (row.children.length < 2) return this.inside(row, PLAIN, depth);
    const cells = [...row.children].map((cell) => joined(new Reader().within(cell, depth).done()).replace(/\s*\n\s*/g, " "));
    const text = cells.join(" | ").trim();
    if (text.replace(/[ |]/g, "")) this.blocks.push({text, tight: "row"});
  }

  /** @param {string} words @param {Look} look */
  say(words, {pre, ...look}) {
    // A blank that must not break a line is kept, a row of them is only layout.
    const text = pre ? words.replace(/\r\n?/g, "\n") : words.replace(/[ \t\r\n\f]+/g, " ").replace(/[ \u00a0]{2,}/g, " ");
    if (text) this.runs.push({...look, text});
  }
}

/** @param {Element} element @param {string} style @param {Look} before @returns {Look} */
function lookOf(element, style, before) {
  const weight = /font-weight:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase();
  const slant = /font-style:\s*(\w+)/i.exec(style)?.[1]?.toLowerCase();
  const name = element.localName;
  const href = name === "a" ? (element.getAttribute("href") ?? "").trim() : "";
  return {
    ...before,
    bold: weight ? weight === "bold" || weight === "bolder" || Number(weight) >= 600 : before.bold || name === "b" || name === "strong",
    italic: slant ? slant === "italic" || slant === "oblique" : before.italic || name === "i" || name === "em" || name === "cite",
    href: ADDRESS.test(href) ? href.replace(/\(/g, "%28").replace(/\)/g, "%29") : before.href,
  };
}

/** The number Word has written before an item; 0 for a bullet. @param {Element} item */
function ordinal(item) {
  const mark = item.querySelector("[data-style*='mso-list:Ignore' i], [data-style*='mso-list: Ignore' i]")?.textContent?.trim() ?? "";
  return Number(/^\(?(\d{1,9})[.)]/.exec(mark)?.[1] ?? (/^\(?[a-z][.)]/i.test(mark) ? 1 : 0));
}

// ---- a line of Markdown ----

/** @param {Run[]} runs */
const written = (runs) => lines(runs).map((line) => linked(line).trim()).join("\n").trim();

/** @param {Run[]} runs @returns {Run[][]} */
function lines(runs) {
  /** @type {Run[][]} */
  const found = [[]];
  for (const run of runs) {
    run.text.split("\n").forEach((text, n) => {
      if (n) found.push([]);
      // Two blanks meet where a tag stood between them.
      const last = found.at(-1)?.at(-1);
      const put = !last || last.text.endsWith(" ") ? text.replace(/^ +/, "") : text;
      if (put) found.at(-1)?.push({...run, text: put});
    });
  }
  return found;
}

/** Runs that look alike get their marks together, and blanks at their ends stay outside. @param {Run[]} runs */
const linked = (runs) => groups(runs, ({href}) => href).map((group) => {
  const text = weighed(group);
  const href = group[0]?.href ?? "";
  if (!href || `mailto:${text.trim()}` === href) return text;
  return href === text.trim() ? around(text, "<", ">") : around(text, "[", `](${href})`);
}).join("");

/** @param {Run[]} runs */
const weighed = (runs) => groups(runs, ({bold}) => bold).map((group) => {
  const text = slanted(group);
  return group[0]?.bold ? around(text, "**", "**") : text;
}).join("");

/** @param {Run[]} runs */
const slanted = (runs) => groups(runs, ({italic}) => italic).map((group) => {
  const text = group.map((run) => run.text).join("");
  return group[0]?.italic ? around(text, "*", "*") : text;
}).join("");

/** @param {string} text @param {string} open @param {string} shut */
function around(text, open, shut) {
  const words = text.trim();
  return words ? text.replace(words, () => open + words + shut) : text;
}

/** Neighbours that are alike. @param {Run[]} runs @param {(run: Run) => unknown} alike @returns {Run[][]} */
function groups(runs, alike) {
  /** @type {Run[][]} */
  const found = [];
  for (const run of runs) {
    const last = found.at(-1)?.[0];
    if (last && alike(last) === alike(run)) found.at(-1)?.push(run);
    else found.push([run]);
  }
  return found;
}
