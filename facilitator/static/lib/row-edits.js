// Rows of a draft added, taken out and moved.
import {newOp} from "./op.js";
import {rowsOf} from "./rows.js";

/** @typedef {import("../vendor/yjs.js").Doc} Doc */
/** @typedef {import("./rows.js").Rows} Rows */

/** Add an empty row at the end. @param {Doc} doc @param {Rows} name @returns {string} its id */
export function addRow(doc, name) {
  const id = newOp().slice(0, 10);
  const last = rowsOf(doc, name).at(-1);
  doc.getMap(name).set(`${id}.pos`, (last?.pos ?? 0) + 1);
  return id;
}

/** Have a row of a given id, as another text has it. @param {Doc} doc @param {Rows} name @param {string} id @param {number} pos */
export function takeRow(doc, name, id, pos) {
  doc.getMap(name).set(`${id}.pos`, pos);
  if (doc.getMap(name).get(`${id}.gone`) === true) restoreRow(doc, name, id);
}

/** Take a row out; its words stay in the history. @param {Doc} doc @param {Rows} name @param {string} id */
export const removeRow = (doc, name, id) => void doc.getMap(name).set(`${id}.gone`, true);

/** Bring it back. @param {Doc} doc @param {Rows} name @param {string} id */
export const restoreRow = (doc, name, id) => void doc.getMap(name).set(`${id}.gone`, false);

/** Put a row where it becomes number `at`, from 0. @param {Doc} doc @param {Rows} name @param {string} id @param {number} at */
export function moveRow(doc, name, id, at) {
  const others = rowsOf(doc, name).filter((row) => row.id !== id);
  const before = others[at - 1]?.pos;
  const after = others[at]?.pos;
  const pos = before === undefined ? (after ?? 2) - 1 : after === undefined ? before + 1 : (before + after) / 2;
  doc.getMap(name).set(`${id}.pos`, pos);
}
