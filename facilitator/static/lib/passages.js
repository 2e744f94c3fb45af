// Passages of a draft: the units they are made of, where those are now, and an edit to be sent by itself.
import {applyUpdate, createAbsolutePositionFromRelativePosition, createID, createRelativePositionFromTypeIndex, Doc, encodeStateAsUpdate} from "../vendor/yjs.js";

/** @typedef {import("../vendor/yjs.js").Text} Text */

/** The units between two places of a text. @param {Text} text @param {number} from @param {number} to */
export function unitsBetween(text, from, to) {
  /** @type {[client: number, clock: number, length: number][]} */
  const runs = [];
  for (let at = from; at < to; at += 1) {
    const {item} = createRelativePositionFromTypeIndex(text, at);
    if (!item) break;
    const last = runs.at(-1);
    if (last && last[0] === item.client && last[1] + last[2] === item.clock) last[2] += 1;
    else runs.push([item.client, item.clock, 1]);
  }
  return runs;
}

/** The unit at a place of a text; null at its end. @param {Text} text @param {number} at @returns {[client: number, clock: number] | null} */
export function unitAt(text, at) {
  const {item} = createRelativePositionFromTypeIndex(text, at);
  return item && [item.client, item.clock];
}

/**
 * Where units of a text are. A unit that was deleted is where it would be.
 * @param {Text} text @returns {(client: number, clock: number) => {index: number, there: boolean} | null}
 */
export const finder = (text) => (client, clock) => {
  const [start, end] = [0, -1].map((assoc) => {
    const place = /** @type {any} */ ({type: null, tname: null, item: createID(client, clock), assoc});
    const found = text.doc && createAbsolutePositionFromRelativePosition(place, text.doc);
    return found && found.type === text ? found.index : null;
  });
  return typeof start === "number" && typeof end === "number" ? {index: start, there: end > start} : null;
};

/**
 * The edit that makes splices in a text, under a client id of its own; the text itself is left alone.
 * @param {Text} text @param {string} root its name @param {import("./splice.js").Splice[]} splices the last of them first
 * @returns {Uint8Array}
 */
export function editOf(text, root, splices) {
  const copy = new Doc();
  if (text.doc) applyUpdate(copy, encodeStateAsUpdate(text.doc));
  const own = copy.getText(root);
  /** @type {Uint8Array} */
  let edit = new Uint8Array();
  copy.on("update", (update) => {
    edit = update;
  });
  copy.transact(() => splices.forEach(({at, cut, put}) => {
    if (cut) own.delete(at, cut);
    if (put) own.insert(at, put);
  }));
  copy.destroy();
  return edit;
}
