// The desk: left what the rooms wrote, in the middle one recommendation, right the document.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {Middle} from "./desk-entry.js";
import {cards, entries, EVERYTHING, lastStep, placed, stepWords} from "./desk-model.js";
import {Outline, Refusals} from "./desk-outline.js";
import {Sources} from "./desk-sources.js";

/** @typedef {{kind: "card" | "entry" | "pairs", id: number}} Shown */
/**
 * What the parts of the desk are functions of.
 * @typedef {import("../lib/live.js").View & {
 *   page: Record<string, any>,
 *   current: Shown | null, show: (kind: Shown["kind"] | null, id?: number) => void,
 *   chosen: number[], choose: (id: number | null) => void, pick: (ids: number[]) => void, done: (id: number) => void,
 *   filter: import("./desk-model.js").Filter, sift: (part: Partial<import("./desk-model.js").Filter>) => void,
 *   redraw: () => void,
 * }} Desk
 */

/** @param {import("../lib/live.js").View & {page: Record<string, any>, redraw: Desk["redraw"]}} view */
export function Bench(view) {
  const {room} = view;
  const [current, setCurrent] = useState(/** @type {Shown | null} */ (null));
  const [picked, setPicked] = useState(/** @type {number[]} */ ([]));
  const [filter, setFilter] = useState(EVERYTHING);
  const where = placed(room);
  const chosen = picked.filter((id) => one(room, "card", id) && !where.has(id));
  /** @type {Desk} */
  const desk = {
    ...view,
    current,
    show: (kind, id = 0) => setCurrent(kind && {kind, id}),
    filter,
    sift: (part) => setFilter({...filter, ...part}),
    chosen,
    choose: (id) => setPicked(id === null ? [] : chosen.includes(id) ? chosen.filter((other) => other !== id) : [...chosen, id]),
    pick: setPicked,
    done: (id) => {
      setPicked([]);
      setCurrent({kind: "entry", id});
    },
  };
  return html`
    <${Head} desk=${desk} />
    <${Sources} desk=${desk} />
    <${Middle} desk=${desk} />
    <${Outline} desk=${desk} />`;
}

/** @param {{desk: Desk}} props */
function Head({desk}) {
  const {room, page, heard, act} = desk;
  const found = cards(room);
  const rooms = new Set(found.map((card) => card.room.uuid)).size;
  const last = lastStep(room);
  const figures = [
    tn("{n} recommendation of the rooms", "{n} recommendations of the rooms", found.length),
    tn("from {n} room", "from {n} rooms", rooms),
    t("{n} in the document", {n: entries(room).length}),
  ].join(" · ");
  return html`
    <header class="top">
      <div class="top-in">
        <a class="brand" href=${page.back} aria-label=${t("Facilitator, back to the rooms")}><${Icon} name="mark" /></a>
        <div class="where"><h1>${t("Consolidation")}</h1><span dir="auto">${page.title} · ${figures}</span></div>
        <span class=${`status push ${heard.tone}`} role="status"><${Icon} name=${heard.icon} />${heard.word}</span>
        <button class="btn tight" type="button" disabled=${!last} title=${last ? stepWords(last) : ""} onClick=${() => last && act("desk.undo", {step: last.id, also: []})}><${Icon} name="undo" /><span class="word">${t("Undo")}</span></button>
        <a class="btn tight" href=${page.document}><${Icon} name="doc" /><span class="word">${t("Document")}</span></a>
      </div>
      <nav class="phone-only pane-links" aria-label=${t("Parts of the desk")}><a href="#sources">${t("Sources")}</a><a href="#main">${t("Text")}</a><a href="#document">${t("Document")}</a></nav>
      <${Refusals} desk=${desk} />
    </header>`;
}
