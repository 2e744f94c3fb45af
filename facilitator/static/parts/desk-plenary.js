// To the plenary, at the desk: what is put there, what became of it, and putting it again.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t, tn} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {BySector} from "./by-sector.js";
import {entries, placeName} from "./desk-model.js";
import {differing} from "./motion-model.js";
import {unsaved} from "./open-drafts.js";
import {Listed} from "./reservations.js";
import {Why} from "./results.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk.js").Desk} Desk */

/** Where a text was put last. @param {Room} room @param {number} entry @returns {Thing | undefined} */
export const motionOf = (room, entry) => all(room, "motion").filter((motion) => motion.entry === entry)
  .sort((a, b) => a.put_at.localeCompare(b.put_at) || a.id - b.id).at(-1);

/** The plenaries of the forum. @param {Room} room */
const halls = (room) => all(room, "cell").filter(({sort}) => sort === "plenary");

/** Whether the desk's text is another than the one before the plenary. @param {Room} room @param {Thing} entry @param {Thing} motion */
export const isChanged = (room, entry, motion) => differing(entry.template, motion.text, one(room, "text", entry.id)).length > 0;

/** How many are for, of how many. @param {Thing} motion */
const figures = ({ballot}) => ballot?.result && {yes: number(ballot.result.favour ?? ballot.result.counts.yes ?? 0), voters: number(ballot.result.voters)};

/** What became of a text, in a word. @param {{room: Room, entry: Thing}} props */
export function Decided({room, entry}) {
  const motion = motionOf(room, entry.id);
  if (!motion) return null;
  if (motion.status === "adopted" && isChanged(room, entry, motion)) return html` <span class="status warn"><${Icon} name="warn" />${t("changed after the plenary’s vote")}</span>`;
  if (motion.status === "adopted") return html` <span class="status good"><${Icon} name="yes" />${t("adopted by the plenary")}</span>`;
  if (motion.status === "rejected") return html` <span class="status bad"><${Icon} name="no" />${t("not adopted by the plenary")}</span>`;
  if (motion.status === "withdrawn") return html` <span class="status"><${Icon} name="undo" />${t("taken back from the plenary")}</span>`;
  return html` <span class="status"><${Icon} name=${motion.voting ? "dot-full" : "waiting"} />${motion.voting ? t("the plenary is voting") : t("before the plenary")}</span>`;
}

/** @param {{entry: Thing, desk: Desk}} props */
export function Plenary({entry, desk}) {
  const {room, act} = desk;
  if (!halls(room).length) return null;
  const motion = motionOf(room, entry.id);
  const changed = motion && isChanged(room, entry, motion);
  return html`
    <section class="apart" aria-labelledby="plenary-h">
      <h3 id="plenary-h">${t("Plenary")}<${Decided} room=${room} entry=${entry} /></h3>
      ${motion && html`<${Outcome} motion=${motion} />`}
      ${motion && changed && motion.status !== "adopted" && html`<p class="status warn long"><${Icon} name="warn" />${t("The text reads differently now from what lies before the plenary.")}</p>`}
      ${(!motion || changed || motion.status === "withdrawn") && !motion?.voting && html`<${PutTo} desk=${desk} ids=${[entry.id]} word=${motion ? t("Put it to the plenary again") : t("Put it to the plenary")} />`}
      ${motion?.status === "draft" && !motion.voting && html`
        <p><button class="btn" type="button" onClick=${() => act("motion.withdraw", {motion: motion.id})}><${Icon} name="undo" />${t("Take it back from the plenary")}</button></p>`}
    </section>`;
}

/** Figures, reservations, and what the floor has changed. @param {{motion: Thing}} props */
function Outcome({motion}) {
  const told = figures(motion);
  const {ballot, accepted, open, reservations} = motion;
  return html`
    <div class="consulted">
      <p class="small" dir="auto">${placeName(motion.room)}</p>
      ${told && html`<p><b>${ballot.whole ? t("In one vote on the whole document: {yes} of {voters} for", told) : t("{yes} of {voters} for", told)}</b></p><${Why} ballot=${ballot} />`}
      ${told && html`<${BySector} ballot=${ballot} />`}
      ${accepted + open > 0 && html`<p class="small">${[
        accepted && tn("{n} amendment from the floor accepted", "{n} amendments from the floor accepted", accepted),
        open && tn("{n} open suggestion", "{n} open suggestions", open),
      ].filter(Boolean).join(" · ")}</p>`}
      <${Listed} reservations=${reservations} />
    </div>`;
}

/** The button that puts texts to a plenary, with a choice where there are several. @param {{desk: Desk, ids: number[], word: string}} props */
export function PutTo({desk, ids, word}) {
  const found = halls(desk.room);
  const [chosen, choose] = useState(/** @type {string | null} */ (null));
  const open = found.filter(({phase}) => phase !== "closed");
  const uuid = chosen ?? (open[0] ?? found[0])?.uuid;
  if (!found.length || !ids.length) return null;
  return html`
    <div class="row">
      ${found.length > 1 && html`
        <label class="filter"><span class="hidden">${t("Which plenary")}</span>
          <select class="input" value=${uuid} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
            ${found.map((cell) => html`<option key=${cell.uuid} value=${cell.uuid} selected=${cell.uuid === uuid}>${placeName(cell)}</option>`)}
          </select></label>`}
      <button class="btn" type="button" disabled=${unsaved() > 0} onClick=${() => desk.act("motion.put", {room: uuid, recommendations: ids})}><${Icon} name="send" />${word}</button>
    </div>`;
}

/** The whole document and the plenary, at the beginning of the desk. @param {{desk: Desk}} props */
export function WholeDocument({desk}) {
  const {room} = desk;
  const found = entries(room);
  if (!halls(room).length || !found.length) return null;
  const states = found.map(({id}) => motionOf(room, id)?.status ?? "none");
  const many = (/** @type {string} */ state) => states.filter((one_) => one_ === state).length;
  const told = [
    [many("adopted"), t("adopted by the plenary")], [many("rejected"), t("not adopted by the plenary")],
    [many("draft"), t("before the plenary")], [many("withdrawn"), t("taken back from the plenary")], [many("none"), t("not put to the plenary")],
  ].filter(([n]) => n);
  return html`
    <section class="apart" aria-labelledby="all-plenary-h">
      <h3 id="all-plenary-h">${t("Plenary")}</h3>
      <ul class="keep">${told.map(([n, word]) => html`<li key=${word}><b class="num">${n}</b> ${word}</li>`)}</ul>
      <${PutTo} desk=${desk} ids=${found.map(({id}) => id)} word=${t("Put the whole document to the plenary")} />
      <p class="note">${t("What lies there in these words already stays as it is.")}</p>
    </section>`;
}
