// Looking for recommendations in a document by their words and by whom they are addressed to.
import {wanted} from "../lib/fold.js";
import {html, useEffect, useMemo, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t, tn} from "../lib/i18n.js";
import {excerpt, fitting, marked, rangesIn} from "./seek-model.js";

/** @typedef {import("./seek-model.js").Found} Found */

/** Milliseconds without a key after which the text is looked through. */
const PAUSE = 150;

/** What the address asks for: such an address can be sent to others. @param {string} name */
const asked = (name) => new URLSearchParams(location.search).get(name) ?? "";

/** Let the address say what is sought. @param {Record<string, string>} sought */
function keep(sought) {
  const address = new URL(location.href);
  for (const [name, value] of Object.entries(sought)) {
    if (value) address.searchParams.set(name, value);
    else address.searchParams.delete(name);
  }
  if (address.href !== location.href) history.replaceState(history.state, "", address);
}

/** A value once it has stayed the same for a moment. @template T @param {T} value */
function useSettled(value) {
  const [settled, settle] = useState(value);
  useEffect(() => {
    const timer = setTimeout(() => settle(() => value), PAUSE);
    return () => clearTimeout(timer);
  }, [value]);
  return settled;
}

/** Mark the words in the text, without changing it. @param {Found[]} found @param {string[]} words @param {Found | undefined} here */
function light(found, words, here) {
  if (!("highlights" in CSS)) return;
  CSS.highlights.set("found", new Highlight(...found.flatMap((one) => rangesIn(one, words))));
  CSS.highlights.set("found-here", new Highlight(...(here ? rangesIn(here, words) : [])));
}

/** @param {Found} one @param {string[]} words */
function show(one, words) {
  const place = rangesIn(one, words)[0]?.startContainer.parentElement;
  (place ?? document.getElementById(one.anchor))?.scrollIntoView({block: "center"});
}

/** @param {{all: Found[]}} props */
export function Seek({all}) {
  const [query, setQuery] = useState(() => asked("q"));
  const [office, setOffice] = useState(() => asked("to"));
  const [at, setAt] = useState(-1);
  const [listed, list] = useState(false);
  const field = useRef(/** @type {HTMLInputElement | null} */ (null));
  const settled = useSettled(query);
  const words = useMemo(() => wanted(settled), [settled]);
  const found = useMemo(() => fitting(all, words, office), [words, office]);
  const offices = useMemo(() => [...new Set(all.flatMap((one) => one.offices))].sort(new Intl.Collator().compare), [all]);
  const sought = words.length > 0 || office !== "";
  useEffect(() => light(found, words, found[at]), [found, at]);
  useEffect(() => { setAt(-1); keep({q: settled, to: office}); }, [settled, office]);

  const go = (/** @type {number} */ to) => {
    const place = (to + found.length) % found.length, one = found[place];
    if (!one) return;
    setAt(place);
    list(false);
    show(one, words);
  };
  const clear = () => {
    setQuery("");
    setOffice("");
    list(false);
    field.current?.focus();
  };
  const onKey = (/** @type {KeyboardEvent} */ event) => {
    if (event.key === "Escape" && (sought || listed)) clear();
    else if (event.key === "Enter" && event.target === field.current) go(event.shiftKey ? Math.max(at, 0) - 1 : at + 1);
    else return;
    event.preventDefault();
  };
  const leave = (/** @type {FocusEvent} */ {currentTarget, relatedTarget}) => {
    if (!(/** @type {Element} */ (currentTarget).contains(/** @type {Node | null} */ (relatedTarget)))) list(false);
  };

  return html`
    <div role="search" class="seek" onKeyDown=${onKey} onFocusOut=${leave}>
      <div class="seek-field">
        <${Icon} name="search" />
        <input ref=${field} type="search" aria-label=${t("Search the recommendations")} placeholder=${t("Search")} value=${query} autocomplete="off" spellcheck="false"
          aria-controls="seek-found" onFocus=${() => list(true)} onInput=${(/** @type {Event} */ event) => { setQuery(/** @type {HTMLInputElement} */ (event.target).value); list(true); }} />
        ${offices.length > 1 && html`
          <select aria-label=${t("Addressed to")} value=${office} onChange=${(/** @type {Event} */ event) => { setOffice(/** @type {HTMLSelectElement} */ (event.target).value); list(true); }}>
            <option value="">${t("all addressees")}</option>
            ${offices.map((name) => html`<option key=${name} value=${name}>${name}</option>`)}
          </select>`}
      </div>
      <p class="seek-count num" role="status">${sought && count(found, at)}</p>
      ${sought && html`<div class="seek-steps">
        <button type="button" class="btn" aria-label=${t("The one before")} disabled=${!found.length} onClick=${() => go(Math.max(at, 0) - 1)}><${Icon} name="up" /></button>
        <button type="button" class="btn" aria-label=${t("The next one")} disabled=${!found.length} onClick=${() => go(at + 1)}><${Icon} name="down" /></button>
        <button type="button" class="btn" aria-label=${t("Clear the search")} onClick=${clear}><${Icon} name="close" /></button>
      </div>`}
      <ol class="seek-found" id="seek-found" hidden=${!listed || !found.length}>${listed && found.map((one, n) => html`
        <li key=${one.anchor}><a href=${`#${one.anchor}`} aria-current=${n === at} onClick=${(/** @type {Event} */ event) => { event.preventDefault(); go(n); }}>
          <b><span class="n">${one.number}</span> <span lang=${one.lang} dir="auto">${drawn(marked(one.title, words))}</span></b>
          ${words.length > 0 && html`<span class="note" lang=${one.lang} dir="auto">${drawn(excerpt(one, words))}</span>`}
        </a></li>`)}</ol>
    </div>`;
}

/** @param {import("./seek-model.js").Piece[]} pieces */
const drawn = (pieces) => pieces.map(({words, found}) => (found ? html`<mark>${words}</mark>` : words));

/** How many there are, or which of them one is at. @param {Found[]} found @param {number} at */
function count(found, at) {
  const one = found[at];
  if (!found.length) return t("nothing found");
  if (!one) return tn("{n} recommendation", "{n} recommendations", found.length);
  return html`${t("{n} of {all}", {n: number(at + 1), all: number(found.length)})}<span class="hidden">: ${one.number} ${one.title}</span>`;
}
