// Taking a merged recommendation apart: into its sources again, or into two.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {letter, placeName, thread} from "./desk-model.js";
import {Mark} from "./desk-text.js";
import {unsaved} from "./open-drafts.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {{origins: number[], title: string}} Part */

/**
 * What a recommendation falls into beside what stays: each source on its own, or some together.
 * @param {Thing} entry @param {Set<number> | null} going origins that go together; null: each on its own
 * @param {string} title @param {(origin: number) => string} titleOf @returns {Part[]}
 */
export function partsOf(entry, going, title, titleOf) {
  const origins = entry.sources.map((/** @type {Thing} */ {origin}) => origin);
  if (!going) return origins.slice(1).map((/** @type {number} */ origin) => ({origins: [origin], title: titleOf(origin) || entry.title}));
  const together = origins.filter((/** @type {number} */ origin) => going.has(origin));
  return together.length && together.length < origins.length ? [{origins: together, title: title.trim() || titleOf(together[0]) || entry.title}] : [];
}

/** @param {{entry: Thing, desk: Desk}} props */
export function Apart({entry, desk}) {
  const [open, setOpen] = useState(false);
  if (entry.sources.length < 2) return null;
  return html`
    <section class="apart" aria-labelledby="apart-h">
      <h3 id="apart-h">${t("Take it apart")}</h3>
      ${open
        ? html`<${Ways} entry=${entry} desk=${desk} onDone=${() => setOpen(false)} />`
        : html`<p class="row"><button class="btn" type="button" onClick=${() => setOpen(true)}><${Icon} name="split" />${t("Take apart …")}</button><span class="note">${t("Into its sources again, or into two.")}</span></p>`}
    </section>`;
}

/** @param {{entry: Thing, desk: Desk, onDone: () => void}} props */
function Ways({entry, desk, onDone}) {
  const [two, setTwo] = useState(false);
  const [going, setGoing] = useState(/** @type {Set<number>} */ (new Set()));
  const [title, setTitle] = useState("");
  const titleOf = (/** @type {number} */ origin) => one(desk.room, "card", origin)?.title ?? "";
  const apart = partsOf(entry, two ? going : null, title, titleOf);
  const toggle = (/** @type {number} */ origin) => setGoing(new Set(going.has(origin) ? [...going].filter((other) => other !== origin) : [...going, origin]));
  const split = async (/** @type {Event} */ submit) => {
    submit.preventDefault();
    const outcome = await desk.act("desk.split", {recommendation: entry.id, apart});
    if ("ok" in outcome) desk.show("entry", outcome.ok.ids[0]);
  };
  return html`
    <form class="apart-ways" onSubmit=${split} aria-label=${t("Take it apart")}>
      <label class="check"><input type="radio" name="way" checked=${!two} onChange=${() => setTwo(false)} />${t("Each source on its own again")}</label>
      <label class="check"><input type="radio" name="way" checked=${two} onChange=${() => setTwo(true)} />${t("Into two: choose what goes into the new one")}</label>
      ${two && html`
        <fieldset class="going"><legend class="hidden">${t("Goes into the new one")}</legend>
          ${entry.sources.map((/** @type {Thing} */ {id, origin}, /** @type {number} */ place) => html`
            <label class="check" key=${id}><input type="checkbox" checked=${going.has(origin)} onChange=${() => toggle(origin)} />
              <${Mark} id=${id} letter=${letter(place)} thread=${thread(place)} name="" words=${0} /><span dir="auto">${titleOf(origin) || t("a room that is gone")}<span class="note"> ${one(desk.room, "card", origin) && placeName(one(desk.room, "card", origin)?.room)}</span></span></label>`)}
        </fieldset>
        <div class="field"><label for="apart-title">${t("Title of the new one")}</label>
          <input class="input" id="apart-title" value=${title} maxlength="300" dir="auto" placeholder=${apart[0]?.title ?? ""} onInput=${(/** @type {any} */ event) => setTitle(event.target.value)} /></div>`}
      <p class="small">${t("Every passage goes with its source. What was written at the desk stays with the first, which keeps its title. Nothing is lost, and it can be undone.")}</p>
      <p class="row">
        <button class="btn main" disabled=${!apart.length || unsaved() > 0}><${Icon} name="split" />${tn("Take apart into {n}", "Take apart into {n}", apart.length + 1)}</button>
        <button class="btn quiet" type="button" onClick=${onDone}>${t("Cancel")}</button>
      </p>
    </form>`;
}
