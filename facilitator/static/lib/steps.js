// The steps of a recommendation as they stand in its draft: a flat map of numbers and ticks.
import {newOp} from "./op.js";

/** @typedef {import("../vendor/yjs.js").Doc} Doc */
/** What is asked of each step; each is a text of its own, `p:<step>:<field>`. */
export const FIELDS = ["what", "who", "with", "by", "cost", "indicator"];

/** The root of a field's text. @param {string} step @param {string} field */
export const rootOf = (step, field) => `p:${step}:${field}`;

/** The steps there are, in their order. @param {Doc} doc @returns {{id: string, pos: number}[]} */
export function stepsOf(doc) {
  const map = doc.getMap("steps");
  const found = [...map.keys()].filter((key) => key.endsWith(".pos")).map((key) => ({
    id: key.slice(0, -".pos".length),
    pos: Number(map.get(key)),
  }));
  return found.filter(({id}) => map.get(`${id}.gone`) !== true).sort((a, b) => a.pos - b.pos || (a.id < b.id ? -1 : 1));
}

/** Add an empty step at the end. @param {Doc} doc @returns {string} its id */
export function addStep(doc) {
  const id = newOp().slice(0, 10);
  const last = stepsOf(doc).at(-1);
  doc.getMap("steps").set(`${id}.pos`, (last?.pos ?? 0) + 1);
  return id;
}

/** Take a step out; its words stay in the history. @param {Doc} doc @param {string} id */
export const removeStep = (doc, id) => void doc.getMap("steps").set(`${id}.gone`, true);

/** Bring it back. @param {Doc} doc @param {string} id */
export const restoreStep = (doc, id) => void doc.getMap("steps").set(`${id}.gone`, false);

/** Put a step where it becomes number `at`, from 0. @param {Doc} doc @param {string} id @param {number} at */
export function moveStep(doc, id, at) {
  const others = stepsOf(doc).filter((step) => step.id !== id);
  const before = others[at - 1]?.pos;
  const after = others[at]?.pos;
  const pos = before === undefined ? (after ?? 2) - 1 : after === undefined ? before + 1 : (before + after) / 2;
  doc.getMap("steps").set(`${id}.pos`, pos);
}
