// Whether the hall is ready: each sign with its grade, what it says, and what to do. Pure.
import {moment, number, t, tn} from "../lib/i18n.js";

/**
 * @typedef {object} Signs what the server sees
 * @property {number} phones @property {number} screens @property {number} disk free megabytes
 * @property {string | null} backup @property {number | null} written milliseconds
 * @property {"good" | "waiting" | "gone"} worker @property {string} version
 */
/** @typedef {{transport: string, trip: number} | null} Line what the browser sees: null, no line */
/** @typedef {{name: string, grade: "good" | "warn" | "bad", says: string, todo?: string}} Check */

const HOUR = 3_600_000;
/** Megabytes: room for a day with everything, and the least with which one should begin. */
const ROOMY = 2_000;
const TIGHT = 300;

/**
 * @param {Signs} signs @param {Line} line @param {number} apart milliseconds between the two clocks
 * @param {number} now @returns {Check[]}
 */
export const checks = (signs, line, apart, now) => [
  phones(signs), socket(line), screens(signs), clock(apart), disk(signs), database(signs), backup(signs, now), worker(signs),
];

/** @param {Signs} signs @returns {Check} */
const phones = ({phones: many}) => many
  ? {name: t("Phones reach us"), grade: "good", says: tn("The test page was opened {n} time in the last five minutes.", "The test page was opened {n} times in the last five minutes.", many)}
  : {name: t("Phones reach us"), grade: "warn", says: t("No phone has opened the test page in the last five minutes."), todo: t("Scan the code above. If it does not open: is the phone in the same network, and does the server listen to it (--host 0.0.0.0)?")};

/** @param {Line} line @returns {Check} */
function socket(line) {
  const name = t("The live line is open");
  if (!line) return {name, grade: "bad", says: t("No line to the server."), todo: t("Reload this page. If it stays so, something between here and the server lets no connections through.")};
  const says = t("{transport}, there and back in {n} ms", {transport: line.transport, n: number(Math.round(line.trip))});
  if (line.transport !== "websocket") return {name, grade: "warn", says, todo: t("It works in the slow way: something in the network lets no WebSocket through.")};
  return line.trip > 500 ? {name, grade: "warn", says, todo: t("That is slow. Move closer to the access point, or use a cable.")} : {name, grade: "good", says};
}

/** @param {Signs} signs @returns {Check} */
const screens = ({screens: many}) => many
  ? {name: t("Boards are on"), grade: "good", says: tn("{n} board is connected.", "{n} boards are connected.", many)}
  : {name: t("Boards are on"), grade: "warn", says: t("No board is connected."), todo: t("Open a link for a board on the laptop at the projector.")};

/** @param {number} apart @returns {Check} */
function clock(apart) {
  const seconds = Math.round(Math.abs(apart) / 1000);
  const says = tn("This laptop and the server are {n} second apart.", "This laptop and the server are {n} seconds apart.", seconds);
  return seconds < 60 ? {name: t("The clock is right"), grade: "good", says} : {name: t("The clock is right"), grade: "warn", says, todo: t("Timers are right all the same. Set the clock of the one that is wrong, so that times on paper agree.")};
}

/** @param {Signs} signs @returns {Check} */
function disk({disk: free}) {
  const says = t("{n} MB are free.", {n: number(free)});
  if (free >= ROOMY) return {name: t("There is room on the disk"), grade: "good", says};
  const todo = t("A day of a large forum needs some hundred MB. Make room before people come.");
  return {name: t("There is room on the disk"), grade: free >= TIGHT ? "warn" : "bad", says, todo};
}

/** @param {Signs} signs @returns {Check} */
function database({written}) {
  const name = t("What is written is kept");
  if (written === null) return {name, grade: "bad", says: t("The database takes nothing."), todo: t("Is the disk full, or not to be written to? The log of the server says more.")};
  const says = t("On disk after {n} ms.", {n: number(written)});
  return written < 200 ? {name, grade: "good", says} : {name, grade: "warn", says, todo: t("That is slow for a full hall. Use a faster disk, not a network drive.")};
}

/** @param {Signs} signs @param {number} now @returns {Check} */
function backup({backup: made}, now) {
  const name = t("There is a backup");
  const todo = t("Run on the server: {command}", {command: "facilitator backup friday.backup"});
  if (!made) return {name, grade: "warn", says: t("None was made here yet."), todo};
  const says = t("The last one is of {when}.", {when: moment(made)});
  return now - Date.parse(made) < 24 * HOUR ? {name, grade: "good", says} : {name, grade: "warn", says, todo};
}

/** @param {Signs} signs @returns {Check} */
function worker({worker: state}) {
  const name = t("The worker makes files");
  if (state === "good") return {name, grade: "good", says: t("It answers.")};
  if (state === "waiting") return {name, grade: "warn", says: t("It is asked now.")};
  return {name, grade: "bad", says: t("It does not answer."), todo: t("No text is shown and no file is made without it. Start the server without --no-worker, or start the worker.")};
}
