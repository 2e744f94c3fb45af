// How large the words of recommendations are, for whoever reads them: remembered on the device.
import {html, useEffect, useReducer} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {jot, jotted} from "../lib/jotted.js";

/** In per cent of the size that the page is made for. */
export const SIZES = [85, 100, 120, 145, 175, 210];
const MADE_FOR = 100;

/** A laptop may be phone and wall at once: each has a size of its own. @typedef {"page" | "wall"} Place */
const key = (/** @type {Place} */ place) => `facilitator text size ${place}`;

/** Those that show the size. @type {Set<() => void>} */
const shown = new Set();

/** The size that was chosen here, if it is one of ours. @param {Place} place */
export function sizeOf(place) {
  const size = Number(jotted(key(place)));
  return SIZES.includes(size) ? size : MADE_FOR;
}

/** @param {Place} place @param {number} size */
function choose(place, size) {
  jot(key(place), size === MADE_FOR ? "" : String(size));
  use(size);
  shown.forEach((tell) => tell());
}

/** The style sheets reckon with it. @param {number} size */
const use = (size) => document.documentElement.style.setProperty("--reading", String(size / 100));

/** Have the size that was chosen; whoever uses this is drawn again when it changes. @param {Place} place */
export function useTextSize(place) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => {
    const tell = () => again(0);
    shown.add(tell);
    use(sizeOf(place));
    tell();
    return () => void shown.delete(tell);
  }, [place]);
}

/** @param {{place: Place}} props */
export function TextSize({place}) {
  useTextSize(place);
  const size = sizeOf(place);
  const at = SIZES.indexOf(size);
  const button = (/** @type {string} */ icon, /** @type {string} */ name, /** @type {number | undefined} */ next) => html`
    <button type="button" class="btn tight" aria-label=${name} title=${name} aria-disabled=${next ? undefined : "true"} onClick=${() => next && choose(place, next)}><${Icon} name=${icon} /><span aria-hidden="true">A</span></button>`;
  return html`
    <div class="text-size" role="group" aria-label=${t("Text size")}>
      ${button("minus", t("Smaller text"), SIZES[at - 1])}
      <output class="num">${new Intl.NumberFormat(lang(), {style: "percent"}).format(size / 100)}</output>
      ${button("plus", t("Larger text"), SIZES[at + 1])}
    </div>`;
}
