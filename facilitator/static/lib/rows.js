// Rows of a draft: a flat map of numbers, ticks and words of ours. Their texts are roots of their own.
/** @typedef {import("../vendor/yjs.js").Doc} Doc */
/** @typedef {"steps" | "addressees"} Rows the map they stand in */
/** @typedef {{id: string, pos: number}} Row */

/** The maps of a draft; all else in it is text. @type {string[]} */
export const MAPS = ["steps", "addressees"];

/** What is asked of each step; each is a text of its own, `p:<step>:<field>`. */
export const FIELDS = ["what", "who", "with", "by", "cost", "indicator"];

/** The root of a field's text. @param {string} step @param {string} field */
export const rootOf = (step, field) => `p:${step}:${field}`;

/** The rows there are, in their order. @param {Doc} doc @param {Rows} name @returns {Row[]} */
export function rowsOf(doc, name) {
  const map = doc.getMap(name);
  const found = [...map.keys()].filter((key) => key.endsWith(".pos")).map((key) => ({
    id: key.slice(0, -".pos".length),
    pos: Number(map.get(key)),
  }));
  return found.filter(({id}) => map.get(`${id}.gone`) !== true).sort((a, b) => a.pos - b.pos || (a.id < b.id ? -1 : 1));
}
