// All rooms of a forum, live: figures, who needs somebody, and meetings against tracks.
import {Fragment, html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {day, said, t, tn} from "../lib/i18n.js";
import {ahead, cells, columns, figures, line, need, rows, sums} from "./overview-model.js";
import {Steer} from "./overview-steer.js";
import {phaseWord} from "./phases.js";
import {firstTap} from "./scene.js";

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

/** @param {import("../lib/live.js").View & {page: Page, now: number}} props */
export function Rooms({room, act, page, now}) {
  const found = cells(room);
  const [only, setOnly] = useState(false);
  const needy = found.filter((cell) => need(cell, now));
  if (!found.length) return html`<${NoRooms} />`;
  return html`
    <${Steer} room=${room} act=${act} needy=${needy.length} only=${only} setOnly=${setOnly} />
    <${Needs} found=${found} page=${page} now=${now} />
    <${Matrix} found=${found} shown=${only ? needy : found} page=${page} now=${now} act=${only ? undefined : act} />
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
function inWords(cell, {why, minutes}) {
  if (why === "help") return cell.help ? t("help is asked for: {words}", {words: cell.help}) : t("help is asked for.");
  if (why === "over") return tn("its time has been over for {n} minute.", "its time has been over for {n} minutes.", minutes);
  if (why === "still") return tn("nothing has happened there for {n} minute.", "nothing has happened there for {n} minutes.", minutes);
  return t("{ideas} ideas from {seats} people, {n} min left.", {ideas: cell.ideas, seats: cell.seats, n: minutes});
}

/** What a cell says of it: its icon, and few words. @param {NonNullable<ReturnType<typeof need>>} why */
function briefly({why, minutes}) {
  if (why === "help") return {icon: "hand", words: t("Asks for help")};
  if (why === "over") return {icon: "timer", words: t("Over by {n} min", {n: minutes})};
  if (why === "still") return {icon: "history", words: t("Still for {n} min", {n: minutes})};
  return {icon: "people", words: t("Quiet, {n} min left", {n: minutes})};
}

/** @param {Page} page @param {Cell} cell */
const lead = (page, cell) => page.lead.replace("ROOM", cell.uuid);

/** @param {Cell} cell */
const where = (cell) => [cell.meeting, title(cell)].filter(Boolean).join(", ");

/** @param {Cell} cell */
const title = (cell) => said(cell.title) || t("Plenary");

/**
 * All rooms, or only those shown; the counts are always of all.
 * @param {{found: Cell[], shown: Cell[], page: Page, now: number, act: import("../lib/live.js").View["act"] | undefined}} props
 */
function Matrix({found, shown, page, now, act}) {
  const tracks = columns(found, page);
  const all = rows(found, page);
  const seen = new Set(shown.map(({id}) => id));
  return html`
    <div class="scroll" tabindex="0" role="region" aria-label=${t("Rooms by meeting and track")}>
      <table class=${`matrix wide-${Math.min(tracks.length, 6)}`}>
        <caption class="hidden">${t("Rooms: a row for each meeting, a column for each track")}</caption>
        <colgroup><col class="city" /><col span=${tracks.length} /></colgroup>
        <thead><tr><td></td>${tracks.map((track) => html`<th scope="col" dir="auto" key=${track?.uuid}>${track ? said(track.title) : t("Plenary")}</th>`)}</tr></thead>
        <tbody>${all.map(({meeting, sum, columns: filled}) => html`
          <tr key=${meeting?.uuid}>
            <th scope="row" dir="auto">${meeting?.city ?? t("Without a meeting")}<small>${meeting && when(meeting, now)}</small><small class="num">${counts(sum)}</small></th>
            ${filled.map((column, place) => html`
              <td key=${tracks[place]?.uuid} data-label=${tracks[place] ? said(tracks[place]?.title) : t("Plenary")}>
                <div class="tables">${column.filter(({id}) => seen.has(id)).map((cell) => html`<${Place} key=${cell.id} cell=${cell} meeting=${meeting} page=${page} now=${now} several=${column.length > 1} />`)}${act && meeting && tracks[place] && html`<${AddTable} act=${act} meeting=${meeting} track=${tracks[place]} />`}</div>
              </td>`)}
          </tr>`)}</tbody>
        <tfoot><tr><th scope="row">${t("Together")}<small class="num">${counts(sums(found))}</small></th>${tracks.map((track, place) => html`
          <td class="note num" key=${track?.uuid} data-label=${track ? said(track.title) : t("Plenary")}>${counts(sums(all.flatMap(({columns: filled}) => filled[place] ?? [])))}</td>`)}</tr></tfoot>
      </table>
    </div>`;
}

/** @param {Meeting} meeting @param {number} now */
const when = ({on}, now) => (new Date(`${on}T12:00`).toDateString() === new Date(now).toDateString() ? t("today") : day(`${on}T12:00`));

/** One more table for a track at a meeting; it appears by itself. @param {{act: import("../lib/live.js").View["act"], meeting: Meeting, track: any}} props */
const AddTable = ({act, meeting, track}) => html`
  <button type="button" class="btn quiet tight add-table" onClick=${firstTap(() => void act("room.add", {meeting: meeting.uuid, track: track.uuid, title: null}))}>
    <${Icon} name="plus" />${t("Add a table")}<span class="hidden">: ${meeting.city}, ${said(track.title)}</span></button>`;

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
      ${!away && html`<span class="note num">${more(cell)}</span><span class="note num">${times(cell, now)}</span>`}
      ${why && html`<span class="status"><${Icon} name=${briefly(why).icon} /><b>${briefly(why).words}</b></span>`}
    </a>`;
}

/** What else there is, as far as there is any. @param {Cell} cell */
const more = ({themes, adopted}) => [
  themes && tn("{n} theme", "{n} themes", themes),
  adopted && t("{n} adopted", {n: adopted}),
].filter(Boolean).join(" · ");

/** How long it still has, and since when nothing has happened. @param {Cell} cell @param {number} now */
function times({ends_at, active_at, phase}, now) {
  const left = ends_at && phase !== "closed" ? Math.ceil((Date.parse(ends_at) - now) / 60_000) : 0;
  const since = active_at ? Math.max(0, Math.floor((now - Date.parse(active_at)) / 60_000)) : -1;
  return [left > 0 && t("{n} min left", {n: left}), lastSeen(since)].filter(Boolean).join(" · ");
}

/** @param {number} minutes negative: never */
function lastSeen(minutes) {
  if (minutes < 0 || minutes >= 24 * 60) return "";
  if (minutes < 2) return t("active now");
  return minutes < 60 ? t("active {n} min ago", {n: minutes}) : t("active {n} h ago", {n: Math.floor(minutes / 60)});
}

/** @param {Record<string, any>} sum */
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
