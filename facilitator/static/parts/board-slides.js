// Report-back: one slide for each room, with what it has adopted.
import {html} from "../lib/html.js";
import {said, t, tn} from "../lib/i18n.js";
import {here} from "../lib/store.js";
import {Ask, isLong} from "./board-ask.js";
import {usePages} from "./board-columns.js";
import {slides} from "./board-model.js";
import {Nothing} from "./board-nothing.js";
import {Fitted} from "./fit.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */

/** @param {{room: Room}} props */
export function Slides({room}) {
  const found = slides(room);
  const {page, pager} = usePages(found.length, 1);
  const slide = found[page];
  if (!slide) {
    return html`<${Ask} room=${room} title=${t("What the groups bring")} /><${Nothing} said=${t("No room has reported back yet.")} />`;
  }
  return html`<${Slide} key=${slide.id} room=${room} slide=${slide} /><div class="under">${pager}</div>`;
}

/** @param {{room: Room, slide: Thing}} props */
function Slide({room, slide: {title, number, ideas, themes, texts}}) {
  const single = texts.length === 1;
  const from = [tn("{n} idea", "{n} ideas", ideas), themes > 0 && tn("{n} theme", "{n} themes", themes)].filter(Boolean).join(", ");
  const name = said(title) || t("Plenary");
  const own = here(room)?.sort !== "plenary";
  return html`
    <div class="ask">
      <p>${own ? t("What we report back") : t("What the groups bring")} · ${from}</p>
      <h1 dir="auto">${number > 1 || !own ? t("{title}, table {n}", {title: name, n: number}) : name}</h1>
    </div>
    ${texts.length
      ? html`<${Fitted} class=${single ? "reports single" : "reports"} items=${texts} count=${(/** @type {number} */ n) => t("and {n} more", {n})} draw=${(/** @type {Thing} */ text) => html`<${Report} key=${text.id} report=${text} whole=${single || texts.length === 2} />`} />`
      : html`<${Nothing} said=${t("Nothing has been adopted yet.")} />`}`;
}

/** @param {{report: Thing, whole: boolean}} props */
const Report = ({report: {title, lang, text, result}, whole}) => html`
  <li>
    <h2 class=${isLong(title) ? "long" : undefined} lang=${lang} dir="auto">${title || t("Without a title")}</h2>
    ${result && html`<${Support} result=${result} />`}
    ${whole && text && html`<p class="words" lang=${lang} dir="auto">${text}</p>`}
  </li>`;

/** How many were for it, in a line and in figures. @param {{result: Thing}} props */
function Support({result: {yes, no, abstain, voters}}) {
  const share = voters ? (100 * yes) / voters : 0;
  return html`
    <div class="support-line">
      <svg class="bars" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" class="bar-all" /><rect width=${share.toFixed(1)} height="8" class="bar-yes" /></svg>
      <span><b class="num">${yes}</b> ${t("for")}</span>
      <span><b class="num">${no}</b> ${t("against")}</span>
      ${abstain > 0 && html`<span><b class="num">${abstain}</b> ${t("abstained")}</span>`}
    </div>`;
}
