// Suggesting other words for a passage of a text, or saying something of it.
import {fieldOf} from "../lib/binding.js";
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {bare} from "../lib/marks.js";
import {unitsBetween} from "../lib/passages.js";
import {Difference} from "./difference.js";
import {LONGEST} from "./say.js";
import {onSubmit} from "./scene.js";
import {difference, passageOf, shortened} from "./suggestions-model.js";

/** @typedef {import("../lib/draft.js").Draft} Draft */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** A text of the draft, and what it is called. @typedef {{root: string, name: string}} Part */
/** What somebody is about to suggest. @typedef {Part & {change: boolean, whole: boolean, epoch: string | null, quote: string, units: import("./suggestions-model.js").Run[]}} Begun */

/** Characters of a passage; of what is to stand there. */
const MOST = 2000, MOST_PUT = 4000;

/**
 * The buttons that are always there, and the form that they open. Of several parts it is about the
 * one in which the caret was last.
 * @param {Scene & {draft: Draft, recommendation: Thing, parts: Part[], name: string, empty: boolean}} props `empty`: there are no words to change
 */
export function Suggest({draft, recommendation, parts, name, empty, act, locked}) {
  const [begun, setBegun] = useState(/** @type {Begun | null} */ (null));
  const row = useRef(/** @type {HTMLElement | null} */ (null));
  const last = useLastFocused(draft, parts);
  const begin = (/** @type {boolean} */ change) => {
    const meant = [parts.find(({root}) => root === last.current), ...parts].find((part) => part && draft.text(part.root).toString().trim());
    setBegun(meant ? passage(draft, meant, change) : null);
  };
  const end = (/** @type {boolean} */ change) => {
    setBegun(null);
    // The buttons are there after the next drawing.
    setTimeout(() => row.current?.querySelectorAll("button")[change ? 0 : 1]?.focus(), 50);
  };
  const send = (/** @type {string | null} */ put, /** @type {string} */ text) => {
    if (!begun) return;
    const {change, epoch, root, quote, units} = begun;
    void act("suggestion.make", {recommendation: recommendation.id, epoch, root, units, quote, put, text, lang: lang()});
    end(change);
  };
  return html`
    <div class="row suggest-row" ref=${row}>
      ${begun
        ? html`<${Form} begun=${begun} lang=${recommendation.lang} several=${parts.length > 1} locked=${locked} send=${send} cancel=${() => end(begun.change)} />`
        : !empty && html`
          <button type="button" class="act" disabled=${!draft.open} aria-label=${t("Suggest a change: {name}", {name})} onClick=${() => begin(true)}><${Icon} name="suggest" />${t("Suggest a change")}</button>
          <button type="button" class="act" disabled=${!draft.open} aria-label=${t("Comment: {name}", {name})} onClick=${() => begin(false)}><${Icon} name="comment" />${t("Comment")}</button>`}
    </div>`;
}

/** In which of several parts the caret was last. @param {Draft} draft @param {Part[]} parts */
function useLastFocused(draft, parts) {
  const last = useRef(/** @type {string | null} */ (null));
  const roots = parts.map(({root}) => root).join(" ");
  useEffect(() => {
    const note = () => {
      last.current = roots.split(" ").find((root) => fieldOf(draft.text(root))?.focused) ?? last.current;
    };
    document.addEventListener("focusin", note);
    return () => document.removeEventListener("focusin", note);
  }, [draft, roots]);
  return last;
}

/** The passage that somebody means. @param {Draft} draft @param {Part} part @param {boolean} change @returns {Begun | null} */
function passage(draft, part, change) {
  const text = draft.text(part.root);
  const words = text.toString();
  const {from: start, to: end} = fieldOf(text) ?? {from: 0, to: 0};
  const found = passageOf(words, start, end, MOST);
  if (!found) return null;
  const [from, to] = found;
  return {...part, change, whole: start === end, epoch: draft.epoch, quote: words.slice(from, to).normalize(), units: unitsBetween(text, from, to)};
}

/** @param {{begun: Begun, lang: string, several: boolean, locked?: boolean, send: (put: string | null, text: string) => void, cancel: () => void}} props */
function Form({begun: {change, whole, quote, root, name}, lang: spoken, several, locked, send, cancel}) {
  const [put, setPut] = useState(quote);
  const [why, setWhy] = useState("");
  const first = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => first.current?.focus(), []);
  const ready = change ? put.trim() !== quote.trim() : why.trim();
  const submit = () => !locked && ready && send(change ? put.trim() : null, why.trim());
  const typed = (/** @type {(text: string) => void} */ set) => (/** @type {InputEvent} */ event) => set(/** @type {HTMLTextAreaElement} */ (event.target).value);
  return html`
    <form class="suggesting" aria-label=${change ? t("Suggest a change: {name}", {name}) : t("Comment: {name}", {name})} onSubmit=${onSubmit(submit)}>
      ${several && html`<p class="label">${name}</p>`}
      ${whole && html`<p class="hint">${t("This is the whole part. Select some of its words first, and it is about those alone.")}</p>`}
      ${change
        ? html`
          <div class="field"><label for=${`suggest-put-${root}`}>${t("How it should read")}</label>
            <textarea ref=${first} id=${`suggest-put-${root}`} class="input words" rows="3" maxlength=${MOST_PUT} dir="auto" lang=${spoken} value=${put} onInput=${typed(setPut)}></textarea></div>
          ${ready && html`<div class="outlined"><span class="hidden">${t("The change:")}</span><${Difference} pieces=${shortened(difference(quote, put.trim()))} lang=${spoken} /></div>`}`
        : html`<blockquote class="cited"><${Icon} name="cite" /><p class="words" lang=${spoken} dir="auto">${bare(quote).length > 300 ? `${bare(quote).slice(0, 300)}…` : bare(quote)}</p></blockquote>`}
      <div class="field"><label for=${`suggest-why-${root}`}>${change ? t("Why? (you may leave this empty)") : t("Your comment")}</label>
        <textarea ref=${change ? undefined : first} id=${`suggest-why-${root}`} class="input" rows="2" maxlength=${LONGEST} dir="auto" lang=${lang()} value=${why} onInput=${typed(setWhy)}></textarea></div>
      <div class="row">
        <button class="btn main" disabled=${locked || !ready}><${Icon} name="send" />${change ? t("Send the suggestion") : t("Send the comment")}</button>
        <button type="button" class="btn quiet" onClick=${cancel}>${t("Cancel")}</button>
      </div>
    </form>`;
}
