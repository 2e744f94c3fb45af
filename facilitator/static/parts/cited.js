// What a text cites: small numbers in it, and below it the notes that they lead to.
import {html} from "../lib/html.js";
import {t} from "../lib/i18n.js";
import {cut} from "../lib/marks.js";

/** @typedef {import("../lib/store.js").Thing} Thing */

/** A text with its numbers. @param {{text: string, marks: string[], name: string}} props `name`: of its notes */
export const Cited = ({text, marks, name}) => cut(text).map((part, place) => (place % 2
  ? marks.includes(part) && html`<sup key=${place} class="note-mark"><a href=${`#${name}-${part}`} aria-label=${t("Note {n}", {n: marks.indexOf(part) + 1})}>${marks.indexOf(part) + 1}</a></sup>`
  : part));

/** The notes of a text. @param {{marks: string[], name: string, find: import("../lib/marks.js").Find}} props */
export const Notes = ({marks, name, find}) => marks.length > 0 && html`
  <section class="cited-notes"><h3>${t("Notes")}</h3>
    <ol>${marks.map((mark) => html`<li key=${mark} id=${`${name}-${mark}`}><${Source} thing=${find(mark)} /></li>`)}</ol></section>`;

/** An idea in its words; a card with where it stands and what it shows. @param {{thing: Thing | undefined}} props */
export function Source({thing}) {
  if (!thing) return html`<span class="note">${t("This source is no longer shown.")}</span>`;
  if (thing.title === undefined) return html`<span class="words" lang=${thing.lang} dir="auto">${thing.text}</span>`;
  return html`<span class="words" lang=${thing.lang} dir="auto">${thing.url
    ? html`<a href=${thing.url} target="_blank" rel="noopener noreferrer nofollow">${thing.title}</a>`
    : html`<b>${thing.title}</b>`}${thing.by && ` (${thing.by})`}${thing.text && `: ${thing.text}`}</span>`;
}
