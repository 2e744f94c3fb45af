// All rooms of a forum, live: figures, who needs somebody, and meetings against tracks.
import {Fragment, html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {day, said, t, tn} from "../lib/i18n.js";
import {ahead, cells, columns, figures, line, need, rows} from "./overview-model.js";
import {phaseWord} from "./phases.js";

/** @typedef {import("../lib/store.js").Thing} Cell */
/** @typedef {import("./overview-model.js").Meeting} Meeting */
/** @typedef {import("./overview-model.js").Layout & {lead: string}} Page */

/** The figures, for the line of the title. @param {{room: import("../lib/store.js").Room}} props */
export function Figures({room}) {
  const {seats, ideas, recommendations, open, rooms} = figures(cells(room));
  return html`
    <dl class="figures push">
      <div><dt>${t("people in rooms")}</dt><dd>${seats}</dd></div>
      <div><dt>${t("rooms open")}</dt><dd>${open} <span class="small">${t("of {n}", {n: rooms})}</span></dd></div>
      <div><dt>${tn("idea", "ideas", ideas)}</dt><dd>${ideas}</dd></div>
      <div><dt>${tn("recommendation", "recommendations", recommendations)}</dt><dd>${recommendations}</dd></div>
    </dl>`;
}

/** @param {{room: import("../lib/store.js").Room, page: Page, now: number}} props */
export function Rooms({room, page, now}) {
  const found = cells(room);
  if (!found.length) return html`<${NoRooms} />`;
  return html`
    <${Needs} found=${found} page=${page} now=${now} />
    <${Matrix} found=${found} page=${page} now=${now} />
    <p class="key">
      <span><span class="mini"><i class="done"></i></span>${t("step behind")}</span>
      <span><span class="mini"><i class="now"></i></span>${t("step now")}</span>
      <span><span class="mini"><i></i></span>${t("to come")}</span>
      <span><${Icon} name="lock" />${t("closed: the room can be read, not changed")}</span>
      <span><${Icon} name="timer" />${t("over its time, or unusually quiet")}</span>
    </p>`;
}

const NoRooms = () => html`
  <div class="phone nothing-yet">
    <svg class="art threads" viewBox="0 0 260 64" preserveAspectRatio="xMinYMid meet" aria-hidden="true"><path d="M2 32H150" /><path class="t2" d="M170 32H258" /></svg>
    <h2 class="words">${t("There are no rooms yet.")}</h2>
    <p class="small">${t("Under “Set up” you add meetings, tracks and rooms. They appear here by themselves.")}</p>
  </div>`;

/** What is worth a walk to a room, in words. @param {{found: Cell[], page: Page, now: number}} props */
function Needs({found, page, now}) {
  const needy = found.flatMap((cell) => {
    const why = need(cell, now);
    return why ? [{cell, sentence: inWords(cell, why)}] : [];
  });
  if (!needy.length) return null;
  return html`
    <section aria-labelledby="need">
      <h2 class="hidden" id="need">${t("Needs somebody now")}</h2>
      <p class="alert-line"><span class="marked"><b>${tn("{n} room needs you", "{n} rooms need you", needy.length)}</b></span>
        <span>${needy.map(({cell, sentence}, place) => html`
          <${Fragment} key=${cell.id}>${place > 0 && html`<br />`}<a href=${lead(page, cell)}>${where(cell)}</a>: ${sentence}<//>`)}</span></p>
    </section>`;
}

/** @param {Cell} cell @param {NonNullable<ReturnType<typeof need>>} why */
const inWords = (cell, {why, minutes}) => (why === "over"
  ? tn("its time has been over for {n} minute.", "its time has been over for {n} minutes.", minutes)
  : t("{ideas} ideas from {seats} people, {n} min left.", {ideas: cell.ideas, seats: cell.seats, n: minutes}));

/** @param {Page} page @param {Cell} cell */
const lead = (page, cell) => page.lead.replace("ROOM", cell.uuid);

/** @param {Cell} cell */
const where = (cell) => [cell.meeting, title(cell)].filter(Boolean).join(", ");

/** @param {Cell} cell */
const title = (cell) => said(cell.title) || t("Plenary");

/** @param {{found: Cell[], page: Page, now: number}} props */
function Matrix({found, page, now}) {
  const tracks = columns(found, page);
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t("Rooms by meeting and track")}>
      <table class=${`matrix wide-${Math.min(tracks.length, 6)}`}>
        <caption class="hidden">${t("Rooms: a row for each meeting, a column for each track")}</caption>
        <colgroup><col class="city" /><col span=${tracks.length} /></colgroup>
        <thead><tr><td></td>${tracks.map((track) => html`<th scope="col" dir="auto" key=${track?.uuid}>${track ? said(track.title) : t("Plenary")}</th>`)}</tr></thead>
        <tbody>${rows(found, page).map(({meeting, seats, columns: filled}) => html`
          <tr key=${meeting?.uuid}>
            <th scope="row" dir="auto">${meeting?.city ?? t("Without a meeting")}<small>${[meeting && when(meeting, now), seats && tn("{n} person", "{n} people", seats)].filter(Boolean).join(" · ")}</small></th>
            ${filled.map((column, place) => html`
              <td key=${tracks[place]?.uuid} data-label=${tracks[place] ? said(tracks[place]?.title) : t("Plenary")}>
                <div class="tables">${column.map((cell) => html`<${Place} key=${cell.id} cell=${cell} meeting=${meeting} page=${page} now=${now} several=${column.length > 1} />`)}</div>
              </td>`)}
          </tr>`)}</tbody>
      </table>
    </div>`;
}

/** @param {Meeting} meeting @param {number} now */
const when = ({on}, now) => (new Date(`${on}T12:00`).toDateString() === new Date(now).toDateString() ? t("today") : day(`${on}T12:00`));

/** One room. @param {{cell: Cell, meeting: Meeting | null, page: Page, now: number, several: boolean}} props */
function Place({cell, meeting, page, now, several}) {
  const away = ahead(cell, meeting, now);
  const why = need(cell, now);
  const shut = cell.phase === "closed";
  const name = [several || cell.title ? title(cell) : "", several ? t("table {n}", {n: cell.number}) : ""].filter(Boolean).join(", ");
  return html`
    <a class=${`room ${shut ? "shut" : away ? "away" : why ? "help" : ""}`} href=${lead(page, cell)}>
      <span class="row"><b>${several && html`<span class="table-n">${cell.number}</span> `}${away ? t("not open yet") : phaseWord(cell.phase)}</b>
        ${shut && html`<${Icon} name="lock" />`}
        ${!away && html`<span class="mini" aria-hidden="true">${line(cell).map((state, place) => html`<i key=${place} class=${state}></i>`)}</span>`}</span>
      <span class="hidden">${name}, ${meeting?.city}</span>
      <span class="note num">${away && meeting ? t("opens on {day}", {day: day(`${meeting.on}T12:00`)}) : counts(cell)}</span>
      ${why && html`<span class="status"><${Icon} name=${why.why === "over" ? "timer" : "people"} /><b>${why.why === "over" ? t("Over by {n} min", {n: why.minutes}) : t("Quiet, {n} min left", {n: why.minutes})}</b></span>`}
    </a>`;
}

/** @param {Cell} cell */
const counts = ({seats, ideas, recommendations}) => [
  tn("{n} person", "{n} people", seats),
  tn("{n} idea", "{n} ideas", ideas),
  t("{n} rec.", {n: recommendations}),
].join(" · ");

/** The time, again every half minute: what is needed depends on it. @param {() => number} read */
export function useNow(read) {
  const [now, setNow] = useState(read());
  useEffect(() => {
    const timer = setInterval(() => setNow(read()), 30_000);
    return () => clearInterval(timer);
  }, []);
  return now;
}
