// The steps of a recommendation as they stand in its draft.
import {addRow, moveRow, removeRow, restoreRow} from "./row-edits.js";
import {rowsOf} from "./rows.js";

export {FIELDS, rootOf} from "./rows.js";

/** @typedef {import("../vendor/yjs.js").Doc} Doc */

/** The steps there are, in their order. @param {Doc} doc */
export const stepsOf = (doc) => rowsOf(doc, "steps");

/** Add an empty step at the end. @param {Doc} doc @returns {string} its id */
export const addStep = (doc) => addRow(doc, "steps");

/** Take a step out; its words stay in the history. @param {Doc} doc @param {string} id */
export const removeStep = (doc, id) => removeRow(doc, "steps", id);

/** Bring it back. @param {Doc} doc @param {string} id */
export const restoreStep = (doc, id) => restoreRow(doc, "steps", id);

/** Put a step where it becomes number `at`, from 0. @param {Doc} doc @param {string} id @param {number} at */
export const moveStep = (doc, id, at) => moveRow(doc, "steps", id, at);
