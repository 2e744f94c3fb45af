// What is on a voter's paper. Pure.
import {t} from "../lib/i18n.js";
import {lastWaiting} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./methods.js").Marks} Marks */

/** The paper that counts once everything is sent. @param {Pick<Scene, "mine" | "waiting">} scene @param {Thing} ballot */
export function paperOf({mine, waiting}, ballot) {
  const sending = lastWaiting(waiting, "ballot.cast", (payload) => payload.ballot === ballot.id);
  return {
    marks: /** @type {Marks} */ (sending?.payload.marks ?? mine.papers[ballot.id] ?? {}),
    reason: /** @type {string} */ (sending ? sending.payload.reason ?? "" : mine.reasons[ballot.id] ?? ""),
    sending: Boolean(sending),
  };
}

/** What a choice is called; its idea may have been hidden since. @param {Thing} choice @returns {string} */
export const labelOf = ({label}) => label || t("(hidden by the facilitator)");

/** Until when a paper can be changed, and what then. @param {Thing} ballot */
export const changeable = (ballot) => (ballot.secret === false
  ? t("You can change it until the vote is closed.")
  : t("You can change it until the vote is closed. Then nobody can tie a paper to you."));

/** @param {Marks} marks */
export const spent = (marks) => Object.values(marks).reduce((sum, n) => sum + n, 0);

/** Whether a paper says anything; a nought says something. @param {Marks} marks */
export const filled = (marks) => Object.keys(marks).length > 0;

/** @param {Marks} a @param {Marks} b */
export const same = (a, b) => Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((choice) => a[choice] === b[choice]);

/** The paper with one choice at `n`; nothing is written down as nothing. @param {Marks} marks @param {string | number} choice @param {number} n @returns {Marks} */
export function marked(marks, choice, n) {
  const {[String(choice)]: _, ...others} = marks;
  return n > 0 ? {...others, [String(choice)]: n} : others;
}
