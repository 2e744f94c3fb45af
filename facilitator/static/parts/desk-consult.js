// Back to the rooms, at the desk: ask those from whom a text came whether it is still theirs.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {placeName} from "./desk-model.js";
import {unsaved} from "./open-drafts.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk.js").Desk} Desk */

/** What rooms were asked about a text, the last first. @param {Room} room @param {number} id */
export const asked = (room, id) => all(room, "consultation", (a, b) => b.id - a.id).filter(({recommendation}) => recommendation === id);

/** How many of a row say yes, as far as it may be told. @param {{voters: number, low: number, high: number}} row */
export function yesOf({voters, low, high}) {
  if (low === high) return t("{yes} of {voters} say yes", {yes: low, voters});
  if (low > 0) return t("at least {low} of {voters} say yes", {low, voters});
  return high < voters ? t("at most {high} of {voters} say yes", {high, voters}) : tn("{n} answered", "{n} answered", voters);
}

/** @param {{entry: Thing, desk: Desk}} props */
export function Consult({entry, desk}) {
  const [last] = asked(desk.room, entry.id);
  const text = one(desk.room, "text", entry.id);
  const rooms = new Set(entry.sources.map((/** @type {Thing} */ {origin}) => one(desk.room, "card", origin)?.room.uuid).filter(Boolean)).size;
  const ask = () => void desk.act("desk.consult", {recommendation: entry.id});
  return html`
    <section class="apart" aria-labelledby="consult-h">
      <h3 id="consult-h">${t("Back to the rooms")}</h3>
      ${last?.is_open ? html`<${Waiting} consultation=${last} desk=${desk} />` : html`
        ${last?.result && html`<${Result} consultation=${last} desk=${desk} moved=${(text?.seq ?? 0) > last.revision} />`}
        <p class="small">${tn("The people of the {n} room it came from read it on their phones, and say whether it is still theirs.", "The people of the {n} rooms it came from read it on their phones, and say whether it is still theirs.", rooms)}</p>
        <p><button class="btn" type="button" disabled=${unsaved() > 0} onClick=${ask}><${Icon} name="send" />${last ? t("Ask the rooms again") : t("Ask the rooms")}</button></p>`}
    </section>`;
}

/** @param {{consultation: Thing, desk: Desk}} props */
const Waiting = ({consultation, desk}) => html`
  <div class="row"><span class="status long"><${Icon} name="waiting" />${t("The rooms are being asked. Answers are told when you close the question.")}</span>
    <button class="btn tight push" type="button" onClick=${() => desk.act("desk.consulted", {consultation: consultation.id})}><${Icon} name="lock" />${t("Close and count")}</button></div>`;

/** @param {{consultation: Thing, desk: Desk, moved: boolean}} props */
function Result({consultation: {result}, desk, moved}) {
  const names = new Map(all(desk.room, "cell").map((cell) => [cell.uuid, placeName(cell)]));
  const {voters, yes, rooms, reasons} = result;
  return html`
    <div class="consulted">
      <p class="row"><b>${voters ? t("{yes} of {voters} say: still ours", {yes, voters}) : t("Nobody has answered.")}</b>
        ${moved && html`<span class="status warn"><${Icon} name="warn" />${t("the text was changed since")}</span>`}</p>
      ${rooms.length > 0 && html`<ul class="keep">${rooms.map((/** @type {Thing} */ row) => html`
        <li key=${row.rooms[0]}><span dir="auto">${row.rooms.map((/** @type {string} */ uuid) => names.get(uuid) ?? "–").join(", ")}</span><span class="num push">${yesOf(/** @type {any} */ (row))}</span></li>`)}</ul>`}
      ${voters > 0 && !rooms.length && html`<p class="note">${t("Room by room nothing is told: there are too few answers for that.")}</p>`}
      ${reasons.map((/** @type {Thing} */ {text, lang}, /** @type {number} */ place) => html`<blockquote class="reservation words" key=${place} lang=${lang} dir="auto">${text}</blockquote>`)}
    </div>`;
}

/** The questions that are open, wherever their text is now. @param {{desk: Desk}} props */
export function OpenQuestions({desk}) {
  const open = all(desk.room, "consultation").filter(({is_open}) => is_open);
  if (!open.length) return null;
  return html`
    <section class="apart" aria-labelledby="open-h">
      <h3 id="open-h">${t("The rooms are being asked about")}</h3>
      <ul class="keep">${open.map((consultation) => html`
        <li key=${consultation.id}><span class="words" lang=${consultation.lang} dir="auto">${consultation.title}</span>
          <button class="btn tight push" type="button" onClick=${() => desk.act("desk.consulted", {consultation: consultation.id})}>${t("Close and count")}<span class="hidden">: ${consultation.title}</span></button></li>`)}</ul>
    </section>`;
}
