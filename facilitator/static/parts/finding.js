// Finding an idea among many: by words, by kind, by what one has to do with it; and in which order.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {KINDS, kindWord} from "./kinds.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {{words: string, sort: string, whose: string, theme: string, order: string}} Wanted */

/** @type {Wanted} */
export const ANYTHING = {words: "", sort: "", whose: "", theme: "", order: "newest"};

/** @type {WeakMap<Thing, string>} */
const plainTexts = new WeakMap();

/** Letters whose stroke is no accent of its own. @type {Record<string, string>} */
const STROKES = {ł: "l", đ: "d", ø: "o", ß: "ss", ı: "i"};

/** Words as they are compared: without case and accents. @param {string} words */
export const plain = (words) => words.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[łđøßı]/g, (letter) => STROKES[letter] ?? letter);

/** @param {Thing} idea */
function textOf(idea) {
  let text = plainTexts.get(idea);
  if (text === undefined) plainTexts.set(idea, text = plain(idea.text ?? ""));
  return text;
}

/** Whether something is looked for at all. @param {Wanted} wanted */
export const isNarrowed = ({words, sort, whose, theme}) => Boolean(words.trim() || sort || whose || theme);

/**
 * The ideas that fit, in the order they came in.
 * @param {Thing[]} ideas @param {Wanted} wanted @param {Pick<Scene, "mine">["mine"]} mine
 */
export function fitting(ideas, wanted, mine) {
  if (!isNarrowed(wanted)) return ideas;
  const words = plain(wanted.words).split(/\s+/).filter(Boolean);
  const [own, supported] = [new Set(mine.ideas), new Set(mine.supports)];
  return ideas.filter((idea) => (!wanted.sort || idea.sort === wanted.sort)
    && (!wanted.whose || (wanted.whose === "own" ? own : supported).has(idea.id))
    && (!wanted.theme || (wanted.theme === "none") === (idea.theme === null))
    && words.every((word) => textOf(idea).includes(word)));
}

/**
 * The places of ideas in an order, as it is now. It is kept until somebody asks again, so that
 * marks of support that come in move nothing.
 * @param {Thing[]} ideas newest first @param {string} order @param {(id: number) => number} seats
 * @returns {Map<number, number>}
 */
export function placesIn(ideas, order, seats) {
  if (order === "newest") return new Map();
  const rank = order === "support" ? (/** @type {Thing} */ {id}) => -seats(id) : (/** @type {Thing} */ {theme}) => Number(theme !== null);
  const sorted = ideas.map((idea) => ({id: idea.id, rank: rank(idea)})).sort((a, b) => a.rank - b.rank || b.id - a.id);
  return new Map(sorted.map(({id}, place) => [id, place]));
}

/** Put ideas in their places; what has none yet comes first. @param {Thing[]} ideas @param {Map<number, number>} places */
export const inPlace = (ideas, places) => (places.size
  ? [...ideas].sort((a, b) => (places.get(a.id) ?? -1) - (places.get(b.id) ?? -1) || b.id - a.id)
  : ideas);

/** @param {{open: boolean, wanted: Wanted, toggle: () => void}} props */
export const FindButton = ({open, wanted, toggle}) => html`
  <button type="button" class="act push" aria-expanded=${open} aria-controls=${open ? "find" : undefined} onClick=${toggle}>
    <${Icon} name="search" />${t("Find")}${isNarrowed(wanted) && html`<span class="hidden">, ${t("a filter is on")}</span><span class="on-dot" aria-hidden="true"></span>`}</button>`;

/** @param {{wanted: Wanted, set: (more: Partial<Wanted>) => void, leading: boolean, many: number}} props */
export const Find = ({wanted, set, leading, many}) => html`
  <section class="find" id="find" role="search" aria-label=${t("Find ideas")}>
    <div class="field whole">
      <label for="find-words">${t("Words")}</label>
      <input class="input" id="find-words" type="search" maxlength="100" autocomplete="off" dir="auto" value=${wanted.words}
        onInput=${(/** @type {InputEvent} */ event) => set({words: /** @type {HTMLInputElement} */ (event.target).value})} />
    </div>
    <${Select} name="sort" label=${t("Kind")} value=${wanted.sort} set=${set} options=${[["", t("all")], ...KINDS.map((kind) => [kind, kindWord(kind)])]} />
    <${Select} name="theme" label=${t("Theme")} value=${wanted.theme} set=${set} options=${[["", t("all")], ["some", t("in a theme")], ["none", t("in no theme")]]} />
    ${!leading && html`
      <${Select} name="whose" label=${t("Whose")} value=${wanted.whose} set=${set} options=${[["", t("all")], ["own", t("my own")], ["supported", t("supported by me")]]} />`}
    <${Select} name="order" label=${t("Order")} value=${wanted.order} set=${set} options=${[["newest", t("newest first")], ["support", t("most support first")], ["loose", t("without a theme first")]]} />
    <p class="row whole"><span class="note" role="status">${tn("{n} idea fits", "{n} ideas fit", many)}</span>
      ${wanted.order !== "newest" && html`<button type="button" class="act" onClick=${() => set({})}><${Icon} name="undo" />${t("Sort again")}</button>`}
      ${isNarrowed(wanted) && html`<button type="button" class="act push" onClick=${() => set({...ANYTHING, order: wanted.order})}>${t("Clear the filter")}</button>`}</p>
  </section>`;

/** @param {{name: keyof Wanted, label: string, value: string, set: (more: Partial<Wanted>) => void, options: [string, string][]}} props */
const Select = ({name, label, value, set, options}) => html`
  <div class="field">
    <label for=${`find-${name}`}>${label}</label>
    <select class="input" id=${`find-${name}`} onChange=${(/** @type {Event} */ event) => set({[name]: /** @type {HTMLSelectElement} */ (event.target).value})}>
      ${options.map(([key, word]) => html`<option key=${key} value=${key} selected=${key === value}>${word}</option>`)}
    </select>
  </div>`;
