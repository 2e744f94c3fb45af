// Where the rooms' recommendations came from, track by meeting, and where nothing came.
import {html} from "../lib/html.js";
import {said, t} from "../lib/i18n.js";
import {all} from "../lib/store.js";
import {cards, placed} from "./desk-model.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {{rooms: number, found: number, left: number}} Square */
/** @typedef {{meetings: string[], rows: {track: string, title: Record<string, string>, squares: Square[]}[]}} Matrix */

/**
 * Rows are tracks in their order, and last the rooms without one; columns are meetings by day.
 * @param {Room} room @param {{uuid: string, title: Record<string, string>}[]} tracks @returns {Matrix}
 */
export function matrix(room, tracks) {
  const rooms = all(room, "cell", (a, b) => String(a.on).localeCompare(String(b.on)) || a.id - b.id);
  const meetings = [...new Set(rooms.map(({meeting}) => meeting ?? ""))];
  const where = placed(room);
  const rows = [...tracks, {uuid: "", title: {}}].map(({uuid, title}) => ({
    track: uuid,
    title,
    squares: meetings.map((meeting) => {
      const inside = (/** @type {Thing} */ place) => (place.track ?? "") === uuid && (place.meeting ?? "") === meeting;
      const found = cards(room).filter((card) => inside(card.room));
      return {rooms: rooms.filter(inside).length, found: found.length, left: found.filter(({id}) => !where.has(id)).length};
    }),
  }));
  return {meetings, rows: rows.filter(({track, squares}) => track || squares.some(({found}) => found))};
}

/** @param {{desk: import("./desk.js").Desk}} props */
export function Origins({desk}) {
  const {meetings, rows} = matrix(desk.room, desk.page.tracks);
  if (!rows.length || !meetings.length) return null;
  const go = (/** @type {string} */ track, /** @type {string} */ meeting) => desk.sift({track: track || "none", meeting: meeting || "none", where: "all"});
  return html`
    <section class="whence-part" aria-labelledby="matrix-h">
      <h3 id="matrix-h">${t("Where they come from")}</h3>
      <div class="whence-room"><table class="whence">
        <thead><tr><td></td>${meetings.map((meeting) => html`<th key=${meeting} scope="col" dir="auto">${meeting || t("No meeting")}</th>`)}</tr></thead>
        <tbody>${rows.map(({track, title, squares}) => html`
          <tr key=${track}><th scope="row" dir="auto">${said(title) || t("No track")}</th>
            ${squares.map((square, place) => html`<td key=${meetings[place]}><${Cell} ...${square} onGo=${() => go(track, meetings[place] ?? "")} /></td>`)}</tr>`)}</tbody>
      </table></div>
      <p class="note">${t("Choose a number to see these recommendations among the sources.")}</p>
    </section>`;
}

/** @param {Square & {onGo: () => void}} props */
function Cell({rooms, found, left, onGo}) {
  if (!rooms) return html`<span class="note" aria-label=${t("no room")}>–</span>`;
  if (!found) return html`<span class="nothing">${t("nothing came")}</span>`;
  return html`
    <button class="btn quiet" type="button" onClick=${onGo}><b class="num">${found}</b>
      <span class="note">${left ? t("{n} left", {n: left}) : t("all placed")}</span></button>`;
}
