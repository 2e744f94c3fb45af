// All rooms at once: counted, put into rows and columns, and which of them need somebody. Pure.
import {all} from "../lib/store.js";

/** @typedef {import("../lib/store.js").Thing} Cell */
/** @typedef {{uuid: string, city: string, place: string, on: string}} Meeting */
/** @typedef {{uuid: string, title: Record<string, string>}} Track */
/** @typedef {{meetings: Meeting[], tracks: Track[], places: Record<string, string>}} Layout */
/** @typedef {{meeting: Meeting | null, seats: number, columns: Cell[][]}} Row */

/** Seats from which on one can say that few have written. */
const CROWD = 6;
/** Milliseconds: how long before its end a step that is still quiet is worth a look. */
const SOON = 15 * 60_000;
/** Milliseconds: how long somebody may go over their time before it is told. */
const GRACE = 2 * 60_000;

/** @param {import("../lib/store.js").Room} room @returns {Cell[]} */
export const cells = (room) => all(room, "cell", (a, b) => a.number - b.number || a.id - b.id);

/**
 * The columns there are: a track each, and the plenary where there is one.
 * @param {Cell[]} found @param {Layout} layout @returns {(Track | null)[]} null is the plenary
 */
export function columns(found, {tracks}) {
  const used = new Set(found.map((cell) => cell.track));
  const shown = tracks.filter(({uuid}) => used.has(uuid));
  return found.some((cell) => cell.sort === "plenary") ? [...shown, null] : shown;
}

/**
 * A row for each meeting that has rooms, in the order of the forum. A room that came after the page
 * was loaded is found by its city.
 * @param {Cell[]} found @param {Layout} layout @returns {Row[]}
 */
export function rows(found, layout) {
  const tracks = columns(found, layout);
  const meetingOf = (/** @type {Cell} */ cell) =>
    layout.places[cell.uuid] ?? layout.meetings.find(({city}) => city === cell.meeting)?.uuid ?? null;
  const meetings = [...layout.meetings, null];
  return meetings.map((meeting) => {
    const here = found.filter((cell) => meetingOf(cell) === (meeting?.uuid ?? null));
    return {
      meeting,
      seats: here.reduce((sum, cell) => sum + cell.seats, 0),
      columns: tracks.map((track) => here.filter((cell) => (track ? cell.track === track.uuid : cell.sort === "plenary"))),
    };
  }).filter(({meeting, columns: filled}) => meeting || filled.some((column) => column.length));
}

/** @param {Cell[]} found */
export const figures = (found) => ({
  seats: sum(found, "seats"),
  ideas: sum(found, "ideas"),
  recommendations: sum(found, "recommendations"),
  open: found.filter((cell) => cell.phase !== "closed").length,
  rooms: found.length,
});

/** @param {Cell[]} found @param {string} name */
const sum = (found, name) => found.reduce((all_, cell) => all_ + cell[name], 0);

/**
 * Why a room needs somebody, if it does: its time is over, or its time is running out and few ideas
 * have come from many people.
 * @param {Cell} cell @param {number} now milliseconds
 * @returns {{why: "over" | "quiet", minutes: number} | null}
 */
export function need(cell, now) {
  if (!cell.ends_at || cell.phase === "closed") return null;
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
