// Columns of a wall: side by side, in two rows when they are more, and then page by page.
import {createContext, html, useContext, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {layout} from "./board-model.js";
import {Fitted} from "./fit.js";
import {kindWord} from "./kinds.js";

/** @typedef {import("./board-model.js").Column} Column */
/** @typedef {import("./board-model.js").Said} Said */

/** How often the desk has turned the page of this wall. */
export const Turned = createContext(0);

/** One idea, in the words it came in. @param {Said & {lit?: boolean}} idea */
export const IdeaLine = ({id, sort, text, lang, lit}) => html`
  <li key=${id} lang=${lang} class=${lit ? "lit" : undefined}><${Icon} name=${sort} /><span class="hidden">${kindWord(sort)}: </span><span dir="auto">${text}</span></li>`;

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
const Cluster = ({column: {title, lang, ideas, backed, people}, draw}) => html`
  <section class="cluster">
    <header>
      <p class="n">${ideas.length} <span class="note">${tn("idea", "ideas", ideas.length)}</span>
        ${backed > 0 && html`<span class="note backed"><${Icon} name="support" /><span class="hidden">${people ? t("people who support it:") : t("marks of support:")} </span>${backed}</span>`}</p>
      <h2 lang=${lang} dir="auto">${title}</h2>
    </header>
    <${Fitted} items=${ideas} draw=${draw} count=${(/** @type {number} */ n) => (n === ideas.length ? tn("{n} idea", "{n} ideas", n) : t("and {n} more", {n}))} />
  </section>`;

/** Pages go round: after the last one comes the first. @param {number} turned @param {number} pages */
export const pageOf = (turned, pages) => (pages > 0 ? ((turned % pages) + pages) % pages : 0);

/**
 * Pages of a wall, turned from the desk, or by whoever has its keyboard: buttons, or the arrow keys.
 * @param {number} total @param {number} perPage
 */
export function usePages(total, perPage) {
  const turned = useContext(Turned);
  const [own, setOwn] = useState(0);
  const pages = Math.ceil(total / perPage);
  const page = pageOf(turned + own, pages);
  const turn = (/** @type {number} */ by) => setOwn((before) => before + by);
  useEffect(() => {
    const press = (/** @type {KeyboardEvent} */ event) => {
      if (event.key === "ArrowRight" || event.key === "PageDown") turn(1);
      if (event.key === "ArrowLeft" || event.key === "PageUp") turn(-1);
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, []);
  const from = page * perPage + 1;
  const words = perPage === 1 ? t("{n} of {total}", {n: from, total}) : t("{from}–{to} of {n}", {from, to: Math.min(total, from + perPage - 1), n: total});
  const pager = pages > 1 && html`
    <nav class="pager" aria-label=${t("Pages of the board")}>
      <button class="btn square" type="button" aria-label=${t("Page back")} onClick=${() => turn(-1)}><${Icon} name="back" /></button>
      <span class="num">${words}</span>
      <button class="btn square" type="button" aria-label=${t("Page on")} onClick=${() => turn(1)}><${Icon} name="next" /></button>
    </nav>`;
  return {page, pager};
}
