// All rooms at once: counted, put into rows and columns, and which of them need somebody. Pure.
import {all} from "../lib/store.js";

/** @typedef {import("../lib/store.js").Thing} Cell */
/** @typedef {{uuid: string, city: string, place: string, on: string}} Meeting */
/** @typedef {{uuid: string, title: Record<string, string>}} Track */
/** @typedef {{meetings: Meeting[], tracks: Track[]}} Layout */
/** @typedef {{seats: number, ideas: number, recommendations: number}} Sum */
/** @typedef {{meeting: Meeting | null, sum: Sum, columns: Cell[][]}} Row */

/** Milliseconds: people who came yesterday are not waiting. */
const DAY = 12 * 60 * 60_000;
/** Seats from which on one can say that few have written. */
const CROWD = 6;
/** Milliseconds: how long before its end a step that is still quiet is worth a look. */
const SOON = 15 * 60_000;
/** Milliseconds without any news after which a room with people in it is worth a look. */
const STILL = 10 * 60_000;
/** Milliseconds: how long somebody may go over their time before it is told. */
const GRACE = 2 * 60_000;

/** @param {import("../lib/store.js").Room} room @returns {Cell[]} */
export const cells = (room) => all(room, "cell", (a, b) => a.number - b.number || a.id - b.id);

/**
 * The columns there are: a track each, and the plenary where there is one.
 * @param {Cell[]} found @param {Layout} layout @returns {(Track | null)[]} null is the plenary
 */
export function columns(found, {tracks}) {
  const used = new Map(found.filter(({track}) => track).map(({track, track_title}) => [track, track_title]));
  const known = new Set(tracks.map(({uuid}) => uuid));
  // A track that came after the page was loaded stands last.
  const later = [...used].filter(([uuid]) => !known.has(uuid)).map(([uuid, title]) => ({uuid, title}));
  const shown = [...tracks.filter(({uuid}) => used.has(uuid)), ...later];
  return found.some((cell) => cell.sort === "plenary") ? [...shown, null] : shown;
}

/**
 * A row for each meeting, in the order of the forum; those that came after the page was loaded stand
 * last.
 * @param {Cell[]} found @param {Layout} layout @returns {Row[]}
 */
export function rows(found, layout) {
  const tracks = columns(found, layout);
  const meetings = new Map(layout.meetings.map((meeting) => [meeting.uuid, meeting]));
  for (const {sitting, meeting: city, on} of found) {
    if (sitting && !meetings.has(sitting)) meetings.set(sitting, {uuid: sitting, city, place: "", on});
  }
  return [...meetings.values(), null].map((meeting) => {
    const here = found.filter((cell) => cell.sitting === (meeting?.uuid ?? null));
    return {
      meeting,
      sum: sums(here),
      columns: tracks.map((track) => here.filter((cell) => (track ? cell.track === track.uuid : cell.sort === "plenary"))),
    };
  }).filter(({meeting, columns: filled}) => meeting || filled.some((column) => column.length));
}

/** @param {Cell[]} found @returns {Sum} */
export const sums = (found) => ({
  seats: sum(found, "seats"),
  ideas: sum(found, "ideas"),
  recommendations: sum(found, "recommendations"),
});

/** @param {Cell[]} found */
export const figures = (found) => ({
  ...sums(found),
  open: found.filter((cell) => cell.phase !== "closed").length,
  rooms: found.length,
});

/** @param {Cell[]} found @param {string} name */
const sum = (found, name) => found.reduce((all_, cell) => all_ + cell[name], 0);

/**
 * Why a room needs somebody, if it does: whoever leads it has asked; its time is over; its time is running out and few ideas
 * have come from many people; or people are there and nothing happens.
 * @param {Cell} cell @param {number} now milliseconds
 * @returns {{why: "help" | "over" | "quiet" | "still", minutes: number} | null}
 */
export function need(cell, now) {
  if (cell.help !== null && cell.help !== undefined) return {why: "help", minutes: 0};
  if (cell.phase === "closed") return null;
  return late(cell, now) ?? still(cell, now);
}

/** @param {Cell} cell @param {number} now @returns {ReturnType<typeof need>} */
function still({seats, active_at, paused}, now) {
  const quiet = active_at ? now - Date.parse(active_at) : 0;
  return seats > 0 && !paused && quiet >= STILL && quiet < DAY ? {why: "still", minutes: Math.floor(quiet / 60_000)} : null;
}

/** @param {Cell} cell @param {number} now @returns {ReturnType<typeof need>} */
function late(cell, now) {
  if (!cell.ends_at) return null;
  const left = Date.parse(cell.ends_at) - now;
  if (left < -GRACE) return {why: "over", minutes: Math.floor(-left / 60_000)};
  const quiet = cell.phase === "gather" && cell.seats >= CROWD && cell.ideas * 3 < cell.seats;
  return quiet && left < SOON ? {why: "quiet", minutes: Math.max(0, Math.ceil(left / 60_000))} : null;
}

/** Whether nothing has begun in a room whose day is still to come. @param {Cell} cell @param {Meeting | null} meeting @param {number} now */
export function ahead(cell, meeting, now) {
  const begun = cell.seats > 0 || cell.ideas > 0 || cell.at > 0;
  return !begun && meeting !== null && Date.parse(`${meeting.on}T00:00`) > now;
}

/** The stops of a cell's line; closing is none. @param {Cell} cell @returns {("done" | "now" | "")[]} */
export const line = ({agenda, at}) =>
  Array.from({length: Math.max(1, agenda - 1)}, (_, place) => (place < at ? "done" : place === at ? "now" : ""));
