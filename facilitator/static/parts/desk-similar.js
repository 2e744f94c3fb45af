// At the desk: recommendations that say something similar, beside each other, with the reason.
// Nothing is merged or hidden by itself.
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {bare} from "../lib/marks.js";
import {marked} from "../lib/similar.js";
import {all} from "../lib/store.js";
import {numberOf, outline, placed, placeName, suggestions} from "./desk-model.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk-model.js").Suggestion} Suggestion */

/** So many pairs at once; and so many under one text. */
const [SHOWN, FEW] = [10, 3];
/** From this score on, texts of one meaning are very likely the same. */
const VERY = 30;

/** Opens the pairs. @param {{desk: Desk}} props */
export function SimilarButton({desk}) {
  const many = suggestions(desk.room).length;
  const open = desk.current?.kind === "pairs";
  return html`
    <button class="btn tight similar-button" type="button" aria-pressed=${open} onClick=${() => desk.show(open ? null : "pairs")}>
      <${Icon} name="search" />${t("Similar pairs")} <span class="num">${many}</span></button>`;
}

/** All pairs that are suggested, those of one track first. @param {{desk: Desk}} props */
export function Pairs({desk}) {
  const [shown, setShown] = useState(SHOWN);
  const found = suggestions(desk.room);
  const words = all(desk.room, "likeness").every(({found_by: by}) => by === "words");
  const head = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => head.current?.focus(), []);
  return html`
    <header>
      <h2 class="words merge-title" tabindex="-1" ref=${head}>${t("Similar recommendations")}</h2>
      <p class="small">${words
        ? t("Suggested because of the words they share. Of rewordings in one language this finds about three of four; across languages it misses most. Nothing is merged or hidden unless you do it.")
        : t("Suggested because they mean something similar, also across languages. Nothing is merged or hidden unless you do it.")}</p>
    </header>
    ${!found.length && html`
      <div class="beginning"><p>${all(desk.room, "card").length > 1 ? t("No two recommendations are suggested as similar now.") : t("There are not yet two recommendations to compare.")}</p>
        <p class="small">${t("New ones are compared by themselves, some seconds after they are written.")}</p></div>`}
    <ol class="pairs">${found.slice(0, shown).map((pair) => html`<li key=${pair.id}><${Pair} pair=${pair} desk=${desk} /></li>`)}</ol>
    ${found.length > shown && html`<button class="btn" type="button" onClick=${() => setShown(shown + SHOWN)}>${tn("Show {n} more", "Show {n} more", Math.min(SHOWN, found.length - shown))}</button>`}`;
}

/** Under one text: what is like it, and what was said to be related. @param {{desk: Desk, ids: number[]}} props `ids`: the rooms' recommendations in it */
export function AlikeTo({desk, ids}) {
  const near = (/** @type {Suggestion} */ {a, b}) => ids.includes(a.id) !== ids.includes(b.id);
  const found = suggestions(desk.room).filter(near).slice(0, FEW);
  const related = suggestions(desk.room, "related").filter(near);
  if (!found.length && !related.length) return null;
  return html`
    <section class="alike" aria-labelledby="alike-h">
      <h3 id="alike-h">${t("Says something similar")}</h3>
      ${found.map((pair) => html`<${Pair} key=${pair.id} pair=${pair} desk=${desk} but=${ids} />`)}
      ${related.length > 0 && html`<p class="small">${t("Related, both kept:")}</p>
        <ul class="related">${related.map(({id, a, b}) => html`<li key=${id}><${Title} card=${ids.includes(a.id) ? b : a} shared=${[]} desk=${desk} /></li>`)}</ul>`}
    </section>`;
}

/** Two texts beside each other, or only the other one. @param {{pair: Suggestion, desk: Desk, but?: number[]}} props `but`: of these the text is there already */
function Pair({pair, desk, but = []}) {
  const whole = useRef(/** @type {HTMLElement | null} */ (null));
  const texts = [pair.a, pair.b].filter(({id}) => !but.includes(id));
  const judge = async (/** @type {string} */ verdict) => {
    const next = nextTo(whole.current);
    if ("ok" in await desk.act("desk.judge", {pair: pair.id, verdict})) next?.focus();
  };
  const names = t("“{title}”", {title: pair.a.title}) + " – " + t("“{title}”", {title: pair.b.title});
  return html`
    <article class="same" aria-label=${names} ref=${whole}>
      <p class="status"><${Icon} name="search" />${bandWord(pair)}${!pair.near && html`<span class="note"> · ${t("from two tracks")}</span>`}</p>
      <div class="beside">${texts.map((card) => html`<${Side} key=${card.id} card=${card} shared=${pair.shared} desk=${desk} />`)}</div>
      <p class="why"><b>${t("Why suggested:")}</b> ${reason(pair)}</p>
      <div class="row">
        <${Merge} pair=${pair} desk=${desk} />
        <button class="btn tight" type="button" onClick=${() => judge("related")}>${t("Related, keep both")}</button>
        <button class="btn tight" type="button" onClick=${() => judge("different")}>${t("Not the same")}</button>
      </div>
    </article>`;
}

/** Where the focus goes when a pair leaves. @param {HTMLElement | null} pair @returns {HTMLElement | null | undefined} */
function nextTo(pair) {
  const every = /** @type {HTMLElement[]} */ ([...document.querySelectorAll("#main .same")]);
  const at = every.findIndex((one_) => one_ === pair);
  const next = every[at + 1] ?? every[at - 1];
  return /** @type {HTMLElement | null | undefined} */ (next?.querySelector("button") ?? document.querySelector("#main h2"));
}

/** @param {Suggestion} pair */
const bandWord = ({by, score}) => (by === "words" ? t("similar words") : score >= VERY ? t("very likely the same") : t("possibly related"));

/** @param {Suggestion} pair @returns {string} */
function reason({by, a, b, shared}) {
  const words = sharedWords(`${a.title} ${body(a)}`, shared);
  if (words.length) return t("both say {words}", {words: words.map((word) => t("“{title}”", {title: word})).join(", ")});
  return by === "meaning" && a.lang !== b.lang ? t("similar in meaning, in two languages") : t("similar in meaning");
}

/** The words of a text that have these stems, as they stand there, one for each. @param {string} text @param {string[]} shared */
const sharedWords = (text, shared) => shared.flatMap((stem) => marked(text, [stem]).find(({on}) => on)?.text.toLocaleLowerCase() ?? []);

/** What the sections of a recommendation say. @param {Thing} card */
const body = ({text}) => bare(Object.values(text?.sections ?? {}).filter(Boolean).join(" "));

/** @param {{card: Thing, shared: string[], desk: Desk}} props */
const Side = ({card, shared, desk}) => html`
  <div class="side">
    <p class="note" dir="auto">${placeName(card.room)}</p>
    <${Title} card=${card} shared=${shared} desk=${desk} />
    <p class="small excerpt" lang=${card.lang} dir="auto"><${Marked} text=${body(card)} shared=${shared} /></p>
  </div>`;

/** @param {{card: Thing, shared: string[], desk: Desk}} props */
function Title({card, shared, desk}) {
  const entry = placed(desk.room).get(card.id);
  const open = () => (entry ? desk.show("entry", entry.id) : desk.show("card", card.id));
  return html`
    <h3 class="words" lang=${card.lang} dir="auto"><button class="source-title" type="button" onClick=${open}>
      ${card.title ? html`<${Marked} text=${card.title} shared=${shared} />` : t("Without a title")}</button>
      ${entry && html` <span class="note">${t("placed as {n}", {n: numberOf(outline(desk.room), entry.id)})}</span>`}</h3>`;
}

/** @param {{text: string, shared: string[]}} props */
const Marked = ({text, shared}) => html`${marked(text, shared).map((piece, place) => (piece.on ? html`<mark key=${place}>${piece.text}</mark>` : piece.text))}`;

/** Into the merging that the desk has: what is placed is merged with there. @param {{pair: Suggestion, desk: Desk}} props */
function Merge({pair: {a, b}, desk}) {
  const where = placed(desk.room);
  const [first, second] = [where.get(a.id), where.get(b.id)];
  const closed = [first, second].some((entry) => entry && entry.status !== "draft");
  const merge = async () => {
    if (first && second) {
      const outcome = await desk.act("desk.merge", {recommendations: [first.id, second.id], chapter: first.chapter, title: first.title});
      if ("ok" in outcome) desk.done(outcome.ok.id);
      return;
    }
    const entry = first ?? second;
    if (entry) desk.show("entry", entry.id);
    desk.pick([a, b].filter(({id}) => !where.has(id)).map(({id}) => id));
    requestAnimationFrame(() => /** @type {HTMLElement | null} */ (document.querySelector(".chosen input, .chosen select"))?.focus());
  };
  if (closed) return html`<span class="note">${t("adopted, its text is closed")}</span>`;
  return html`<button class="btn main tight" type="button" onClick=${merge}><${Icon} name="merge" />${t("Merge them")}</button>`;
}
