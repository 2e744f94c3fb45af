// Columns of a wall: side by side, in two rows when they are more, and then page by page.
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {layout} from "./board-model.js";
import {Fitted} from "./fit.js";

/** @typedef {import("./board-model.js").Column} Column */
/** @typedef {import("./board-model.js").Said} Said */

/** One idea, in the words it came in. @param {Said} idea */
export const IdeaLine = ({id, sort, text, lang}) => html`
  <li key=${id} lang=${lang}><${Icon} name=${sort} /><span dir="auto">${text}</span></li>`;

/** @param {{columns: Column[], draw: (idea: Said) => any, note?: string}} props `note`: what is said below them */
export function Columns({columns, draw, note}) {
  const {rows, columns: wide, perPage} = layout(columns.length);
  const {page, pager} = usePages(columns.length, perPage);
  const shown = columns.slice(page * perPage, (page + 1) * perPage);
  return html`
    <div class=${`clusters rows-${rows} wide-${wide}`}>${shown.map((column) => html`<${Cluster} key=${column.key} column=${column} draw=${draw} />`)}</div>
    ${(pager || note) && html`<div class="under">${pager}${note && html`<p class="loose">${note}</p>`}</div>`}`;
}

/** @param {{column: Column, draw: (idea: Said) => any}} props */
const Cluster = ({column: {title, lang, ideas, backed}, draw}) => html`
  <section class="cluster">
    <header>
      <p class="n">${ideas.length} <span class="note">${tn("idea", "ideas", ideas.length)}</span>
        ${backed > 0 && html`<span class="note backed"><${Icon} name="support" /><span class="hidden">${t("marks of support:")} </span>${backed}</span>`}</p>
      <h2 lang=${lang} dir="auto">${title}</h2>
    </header>
    <${Fitted} items=${ideas} draw=${draw} count=${(/** @type {number} */ n) => (n === ideas.length ? tn("{n} idea", "{n} ideas", n) : t("and {n} more", {n}))} />
  </section>`;

/**
 * Pages of a wall, turned by whoever has its keyboard: buttons, or the arrow keys.
 * @param {number} total @param {number} perPage
 */
export function usePages(total, perPage) {
  const [wanted, setPage] = useState(0);
  const last = Math.max(0, Math.ceil(total / perPage) - 1);
  const page = Math.min(wanted, last);
  const turn = (/** @type {number} */ by) => setPage(Math.max(0, Math.min(last, page + by)));
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "ArrowRight" || event.key === "PageDown") turn(1);
      if (event.key === "ArrowLeft" || event.key === "PageUp") turn(-1);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  });
  const pager = last > 0 && html`
    <nav class="pager" aria-label=${t("Pages of the board")}>
      <button class="btn square" type="button" disabled=${page === 0} aria-label=${t("Page back")} onClick=${() => turn(-1)}><${Icon} name="back" /></button>
      <span class="num">${t("{from}–{to} of {n}", {from: page * perPage + 1, to: Math.min(total, (page + 1) * perPage), n: total})}</span>
      <button class="btn square" type="button" disabled=${page === last} aria-label=${t("Page on")} onClick=${() => turn(1)}><${Icon} name="next" /></button>
    </nav>`;
  return {page, pager};
}
