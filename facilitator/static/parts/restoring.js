// An earlier moment of a draft brought back: as edits of what stands there now, never by rewinding.
import {addresseesOf} from "../lib/addressees.js";
import {rootsOf} from "../lib/past.js";
import {stepsOf} from "../lib/steps.js";
import {splices} from "./compare.js";

/** @typedef {import("../lib/past.js").Moment} Moment */
/** @typedef {import("../vendor/yjs.js").Doc} Doc */

/** Make one text read as it did. @param {Doc} doc @param {Moment} moment @param {string} root */
export function restoreText(doc, moment, root) {
  const text = doc.getText(root);
  const found = splices(text.toString(), moment.roots.get(root) ?? "");
  doc.transact(() => found.forEach(({at, cut, put}) => {
    if (cut) text.delete(at, cut);
    if (put) text.insert(at, put);
  }));
}

/** Of each map of rows how the names of its texts begin. */
export const TEXTS = /** @type {const} */ ({steps: "p:", addressees: "a:"});

/**
 * Have the rows that there were, in their order, reading as they did.
 * @param {Doc} doc @param {Moment} moment @param {keyof typeof TEXTS} name
 */
export function restoreRows(doc, moment, name) {
  const map = doc.getMap(name);
  const set = (/** @type {string} */ key, /** @type {number | boolean | string} */ value) => (map.get(key) ?? false) !== value && map.set(key, value);
  doc.transact(() => {
    for (const {id, pos} of moment[name]) {
      set(`${id}.pos`, pos);
      set(`${id}.gone`, false);
    }
    if (name === "addressees") moment.addressees.forEach(({id, level}) => (level ? set(`${id}.level`, level) : map.delete(`${id}.level`)));
    const kept = new Set(moment[name].map(({id}) => id));
    const there = [...map.keys()].filter((key) => key.endsWith(".pos")).map((key) => key.slice(0, -".pos".length));
    there.filter((id) => !kept.has(id)).forEach((id) => set(`${id}.gone`, true));
    [...moment.roots.keys()].filter((root) => root.startsWith(TEXTS[name])).forEach((root) => restoreText(doc, moment, root));
  });
}

/** Bring the whole draft back. @param {Doc} doc @param {Moment} moment */
export function restoreAll(doc, moment) {
  doc.transact(() => {
    [...moment.roots.keys()].filter((root) => !/^[ap]:/.test(root)).forEach((root) => restoreText(doc, moment, root));
    restoreRows(doc, moment, "addressees");
    restoreRows(doc, moment, "steps");
  });
}

/** How a draft reads now. @param {Doc} doc @param {string[]} keys of its sections @returns {Moment} */
export function momentOf(doc, keys) {
  const [steps, addressees] = [stepsOf(doc), addresseesOf(doc)];
  return {roots: new Map(rootsOf(keys, steps, addressees).map((root) => [root, doc.getText(root).toString()])), pieces: new Map(), steps, addressees};
}
