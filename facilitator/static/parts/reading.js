// A recommendation as it reads, for those who do not write in it.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t} from "../lib/i18n.js";
import {ADDRESSEE, addresseesIn, sectionsIn} from "../lib/addressees.js";
import {levelWord} from "../lib/levels.js";
import {bare, marksIn} from "../lib/marks.js";
import {Cited, Notes} from "./cited.js";
import {Formatted} from "./preview.js";

/** @typedef {import("./scene.js").Thing} Thing */

/** What is asked of each step, in the order of the columns. @type {[string, () => string][]} */
export const COLUMNS = [
  ["what", () => t("What")],
  ["who", () => t("Who")],
  ["with", () => t("With whom")],
  ["by", () => t("By when")],
  ["cost", () => t("With what money")],
  ["indicator", () => t("How we can tell")],
];

/** @param {{recommendation: Thing, text: Thing | undefined, find?: import("../lib/marks.js").Find}} props `find`: what a mark stands for */
export function Reading({recommendation: {template, lang, id}, text, find = () => undefined}) {
  const written = sectionsIn(template, text);
  if (!written.length && !text?.steps?.length) return html`<p class="note">${t("Nothing has been written in it yet.")}</p>`;
  const marks = marksIn(written.map((/** @type {Thing} */ {key}) => text?.sections?.[key] ?? ""));
  const cited = (/** @type {string} */ words) => html`<${Cited} text=${words} marks=${marks} name=${`note-${id}`} />`;
  return html`
    <div class="reading">
      ${written.map((/** @type {Thing} */ section) => html`
        <section key=${section.key}><h3>${said(section.title)}</h3>
          ${section.key === ADDRESSEE && html`<${Offices} rows=${addresseesIn(text)} lang=${lang} />`}
          ${text?.sections?.[section.key]?.trim() && html`<${Formatted} text=${text.sections[section.key]} lang=${lang} say=${cited} />`}</section>`)}
      ${text?.steps?.length > 0 && html`<section><h3>${t("Steps")}</h3><${StepTable} steps=${text?.steps} lang=${lang} name=${`steps-${id}`} /></section>`}
      <${Notes} marks=${marks} name=${`note-${id}`} find=${find} />
    </div>`;
}

/** Whom it asks, with the level of each. @param {{rows: {id: string, office: any, level: string}[], lang: string, say?: (row: any) => any}} props `say` may draw an office otherwise */
export const Offices = ({rows, lang, say = ({office}) => office}) => rows.length > 0 && html`
  <ul class="offices">${rows.map((row) => html`
    <li key=${row.id}><span class="words" lang=${lang} dir="auto">${say(row)}</span> <span class="note">${levelWord(row)}</span></li>`)}</ul>`;

/** Only the columns in which something stands; an empty place is said to be empty. @param {{steps: Thing[], lang: string, name: string}} props */
export function StepTable({steps, lang, name}) {
  const columns = COLUMNS.filter(([key], place) => place < 2 || steps.some((step) => step[key]?.trim()));
  return html`
    <div class="steps-room"><table class="steps" id=${name}>
      <caption class="hidden">${t("Steps")}</caption>
      <thead><tr><th class="n" scope="col">${t("No.")}</th>${columns.map(([key, word]) => html`<th key=${key} scope="col" class=${`of-${key}`}>${word()}</th>`)}</tr></thead>
      <tbody>${steps.map((step, place) => html`
        <tr key=${step.id}><th class="n num" scope="row" data-label=${t("Step")}>${place + 1}</th>
          ${columns.map(([key, word]) => html`
            <td key=${key} class=${`of-${key} words`} data-label=${word()} lang=${lang} dir="auto">${bare(step[key] ?? "").trim()
              || html`<span class="missing"><${Icon} name="warn" />${t("missing")}</span>`}</td>`)}</tr>`)}</tbody>
    </table></div>`;
}
