// On the wall: how many suggestions a draft has, and those that change the same words, side by side.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {Difference, sameWords} from "./difference.js";
import {difference, grouped, inSentence, readAt, readsAs, shortened, suggestionsOn} from "./suggestions-model.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */

/** Characters of the text around what differs. */
const AROUND = 40;

/** Those that wait, but for those on rows that were taken out. @param {Room} room @param {Thing} recommendation */
const openOn = (room, {id}) => suggestionsOn(room, id).filter(({outcome, put, root}) => outcome === "open" && put !== null && readAt(one(room, "text", id), root) !== undefined);

/** How many wait for an answer. @param {{room: Room, recommendation: Thing}} props */
export function Waiting({room, recommendation}) {
  const many = openOn(room, recommendation).length;
  return many > 0 && html`<p class="note open-suggestions"><${Icon} name="suggest" />${tn("{n} open suggestion", "{n} open suggestions", many)}</p>`;
}

/** Those that cannot all be accepted: the first of them, and how many more. @param {{room: Room, recommendation: Thing}} props */
export function Conflicts({room, recommendation}) {
  const textOf = (/** @type {Thing} */ {root}) => readAt(one(room, "text", recommendation.id), root) ?? "";
  const standing = openOn(room, recommendation).filter((suggestion) => readsAs(suggestion, textOf(suggestion)));
  const found = grouped(standing).filter((group) => group.length > 1);
  const [first] = found;
  if (!first) return null;
  return html`
    <section class="conflict">
      <p class="heading"><${Icon} name="split" />${sameWords(first.length)}</p>
      <div class="sides">${first.slice(0, 2).map((suggestion) => html`<${Side} key=${suggestion.id} room=${room} suggestion=${suggestion} text=${textOf(suggestion)} lang=${recommendation.lang} />`)}</div>
      ${found.length + first.length > 3 && html`<p class="note">${t("and {n} more", {n: found.flat().length - 2})}</p>`}
    </section>`;
}

/** Suggestions that a wall shows at once. */
const SHOWN = 2;

/** What the floor of a plenary would change in the text under discussion: the last ones, each with what differs. @param {{room: Room, recommendation: Thing}} props */
export function Amendments({room, recommendation}) {
  const open = openOn(room, recommendation);
  if (!one(room, "motion", recommendation.id) || !open.length) return null;
  const sections = one(room, "text", recommendation.id)?.sections ?? {};
  return html`
    <section class="conflict amendments">
      <p class="heading"><${Icon} name="suggest" />${t("From the floor: other words")}</p>
      <div class="sides">${open.slice(-SHOWN).map((suggestion) => html`<${Side} key=${suggestion.id} room=${room} suggestion=${suggestion} text=${sections[suggestion.root.slice(2)] ?? ""} lang=${recommendation.lang} />`)}</div>
      ${open.length > SHOWN && html`<p class="note">${t("and {n} more", {n: open.length - SHOWN})}</p>`}
    </section>`;
}

/** @param {{room: Room, suggestion: Thing, text: string, lang: string}} props */
function Side({room, suggestion, text, lang}) {
  const {id, quote, put} = suggestion;
  const pieces = inSentence(suggestion, text) ?? difference(quote, put);
  const {agree = 0, disagree = 0} = one(room, "stances", id) ?? {};
  return html`
    <div class="side-of">
      <${Difference} pieces=${shortened(pieces, AROUND)} lang=${lang} />
      ${agree + disagree > 0 && html`<p class="note num">${tn("{n} agrees", "{n} agree", agree)} · ${tn("{n} disagrees", "{n} disagree", disagree)}</p>`}
    </div>`;
}
