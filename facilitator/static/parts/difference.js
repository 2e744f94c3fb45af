// A difference between two texts, as a sentence with what goes and what comes.
import {html} from "../lib/html.js";
import {t} from "../lib/i18n.js";
import {starred} from "../lib/marks.js";

/** @typedef {import("./suggestions-model.js").Piece} Piece */

/** @param {{pieces: Piece[], lang: string}} props */
export const Difference = ({pieces, lang}) => html`
  <p class="words differs" lang=${lang} dir="auto">${pieces.map(({kind, text: raw}, place) => {
    const text = starred(raw);
    if (kind === "same") return text;
    return kind === "del"
      ? html`<del key=${place}><span class="hidden">${t("taken out:")} </span>${text}</del>`
      : html`<ins key=${place}><span class="hidden">${t("put in:")} </span>${text}</ins>`;
  })}</p>`;

/** What is wrong with suggestions that cannot all be accepted. @param {number} many */
export const sameWords = (many) => (many === 2 ? t("These two change the same words") : t("These change the same words"));
