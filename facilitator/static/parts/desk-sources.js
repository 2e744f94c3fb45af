// Left at the desk: what the rooms have written, found, read and chosen.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t, tn} from "../lib/i18n.js";
import {all, byPosition, one} from "../lib/store.js";
import {SimilarButton} from "./desk-similar.js";
import {Filters} from "./desk-filters.js";
import {cards, carriedTo, chapterFor, filtered, numberOf, outline, placed, placeName, support, verdict} from "./desk-model.js";
import {Windowed} from "./window.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{desk: Desk}} props */
export function Sources({desk}) {
  const {room, page} = desk;
  const found = cards(room, page.rooms.map((/** @type {Thing} */ {uuid}) => uuid));
  const where = placed(room);
  const parts = outline(room);
  const listed = filtered(found, where, desk.filter);
  const draw = (/** @type {Thing} */ card, /** @type {Record<string, any>} */ more) => html`
    <li key=${card.id} ...${more}><${Source} card=${card} desk=${desk} entry=${where.get(card.id)} parts=${parts} /></li>`;
  return html`
    <section class="pane sources" id="sources" aria-labelledby="src-h">
      <header>
        <div class="row"><h2 id="src-h">${t("Sources")}</h2><span class="note push">${t("{n} left", {n: found.filter(({id}) => !where.has(id)).length})}</span><${SimilarButton} desk=${desk} /></div>
        <${Filters} desk=${desk} found=${found} />
      </header>
      ${!found.length && html`<p class="small">${t("The rooms have not written recommendations yet. They appear here by themselves, as soon as they are begun.")}</p>`}
      ${found.length > 0 && !listed.length && html`<p class="small">${desk.filter.where === "left" && found.every(({id}) => where.has(id)) ? t("Everything that the rooms have written is placed.") : t("Nothing here fits what you look for.")}</p>`}
      ${listed.length > 0 && html`<${Windowed} items=${listed} draw=${draw} label=${t("The rooms’ recommendations")} />`}
      ${desk.chosen.length > 0 && html`<${Chosen} desk=${desk} />`}
    </section>`;
}

/** @param {{card: Thing, desk: Desk, entry: Thing | undefined, parts: import("./desk-model.js").Part[]}} props */
function Source({card, desk, entry, parts}) {
  const {id, title, lang, room, ideas, ballot, text} = card;
  const on = desk.chosen.includes(id);
  const open = desk.current?.kind === "card" && desk.current.id === id;
  const votes = support(ballot);
  const steps = text?.steps?.length ?? 0;
  return html`
    <article class=${on || open ? "source open" : "source"} aria-label=${title || t("Without a title")}>
      <div class="meta"><span dir="auto">${placeName(room)}</span><span>${t("no. {n}", {n: card.number})}</span></div>
      <h3 lang=${lang} dir="auto"><button class="source-title" type="button" onClick=${() => desk.show("card", id)} aria-pressed=${open}>${title || t("Without a title")}</button></h3>
      ${votes && html`<svg class="bars" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" class="bar-all" /><rect width=${Math.round((100 * votes.yes) / votes.voters)} height="8" class="bar-yes" /></svg>`}
      <div class="meta num">
        ${votes ? html`<span>${t("{yes} of {voters} for", votes)}</span>` : html`<span>${t("not voted on")}</span>`}
        ${verdict(card) === "not" && html`<span>${t("not adopted")}</span>`}
        ${ideas > 0 && html`<span>${tn("{n} idea", "{n} ideas", ideas)}</span>`}
        ${steps > 0 && html`<span>${tn("{n} step", "{n} steps", steps)}</span>`}
        ${carriedTo(desk.room, id).map((later) => html`<span key=${later.id}>${t("goes on in {place}", {place: placeName(later.room)})}</span>`)}
        ${card.reservations?.length > 0 && html`<span>${tn("{n} reservation", "{n} reservations", card.reservations.length)}</span>`}
      </div>
      <div class="row">${entry
        ? html`<button class="btn quiet tight" type="button" onClick=${() => desk.show("entry", entry.id)}><${Icon} name="merge" />${t("placed as {n}", {n: numberOf(parts, entry.id)})}</button>`
        : html`<label class="choose-source"><input type="checkbox" checked=${on} onChange=${() => desk.choose(id)} /> ${t("Choose")}<span class="hidden">: ${title}</span></label>`}</div>
    </article>`;
}

/** What becomes of the chosen ones. @param {{desk: Desk}} props */
function Chosen({desk}) {
  const {room, chosen, page, act} = desk;
  const found = chosen.map((id) => one(room, "card", id)).filter((card) => card !== undefined);
  const chapters = all(room, "chapter", byPosition);
  const [chapter, setChapter] = useState(/** @type {number | null} */ (null));
  const [title, setTitle] = useState(/** @type {string | null} */ (null));
  const into = chapter ?? chapterFor(room, found[0], page.tracks);
  const named = title ?? found[0]?.title ?? "";
  const entry = desk.current?.kind === "entry" ? one(room, "recommendation", desk.current.id) : undefined;
  const several = found.length > 1;
  const put = async (/** @type {Event} */ submit) => {
    submit.preventDefault();
    const outcome = await (several
      ? act("desk.merge", {recommendations: chosen, chapter: into, title: named.trim()})
      : act("desk.place", {recommendation: chosen[0], chapter: into}));
    if ("ok" in outcome) desk.done(outcome.ok.id);
  };
  const add = async () => {
    const outcome = await act("desk.merge", {recommendations: [entry?.id, ...chosen], chapter: entry?.chapter, title: entry?.title});
    if ("ok" in outcome) desk.done(outcome.ok.id);
  };
  return html`
    <form class="chosen" onSubmit=${put} aria-label=${t("The chosen recommendations")}>
      <div class="row"><b>${tn("{n} chosen", "{n} chosen", found.length)}</b><button class="btn quiet tight push" type="button" onClick=${() => desk.choose(null)}>${t("Choose none")}</button></div>
      ${chapters.length ? html`
        <div class="field"><label for="into">${t("Chapter")}</label>
          <select class="input" id="into" value=${into} onChange=${(/** @type {any} */ event) => setChapter(Number(event.target.value))}>
            ${chapters.map((one_, place) => html`<option key=${one_.id} value=${one_.id} selected=${one_.id === into}>${place + 1} ${said(one_.title)}</option>`)}
          </select></div>
        ${several && html`
          <div class="field"><label for="merged-title">${t("Title of what is merged")}</label>
            <input class="input" id="merged-title" value=${named} maxlength="300" required dir="auto" onInput=${(/** @type {any} */ event) => setTitle(event.target.value)} /></div>`}
        <button class="btn main"><${Icon} name=${several ? "merge" : "plus"} />${several ? t("Merge into one") : t("Place in the document")}</button>
        ${entry && entry.status === "draft" && html`<button class="btn" type="button" onClick=${add}><${Icon} name="merge" />${t("Merge with {number}, which is open", {number: numberOf(outline(room), entry.id)})}</button>`}`
      : html`<p class="small">${t("Add a chapter to the document first.")}</p>`}
    </form>`;
}
