// A paper of scores: from 0 to 5 for each choice, or for each of several criteria; or no opinion.
import {html} from "../lib/html.js";
import {t} from "../lib/i18n.js";
import {TOP} from "./methods.js";
import {labelOf} from "./paper.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./methods.js").Marks} Marks */
/** @typedef {import("./papers.js").ControlProps} ControlProps */

const SCORES = Array.from({length: TOP + 1}, (_, n) => n);

/** A nought is an opinion; no opinion is nothing on the paper. @param {Marks} marks @param {string} key @param {number | null} n @returns {Marks} */
export function scored(marks, key, n) {
  const {[key]: _, ...others} = marks;
  return n === null ? others : {...others, [key]: n};
}

/** @param {ControlProps} props */
export function Scale({ballot, marks, set}) {
  const criteria = ballot.options.criteria ?? [];
  return html`
    <ul class="ballot">${ballot.choices.map((/** @type {Thing} */ choice) => html`
      <li key=${choice.id} class="choice scored">
        <h3 class="words" id=${`scored-${choice.id}`} lang=${choice.lang} dir="auto">${labelOf(choice)}</h3>
        ${(criteria.length ? criteria : [null]).map((/** @type {Thing | null} */ criterion) => {
          const key = criterion ? `${choice.id}.${criterion.key}` : String(choice.id);
          return html`<${Points} key=${key} name=${`b${ballot.id}-${key}`} label=${labelOf(choice)} criterion=${criterion} score=${marks[key] ?? null} set=${(/** @type {number | null} */ n) => set(scored(marks, key, n))} />`;
        })}
      </li>`)}</ul>`;
}

/** @param {{name: string, label: string, criterion: Thing | null, score: number | null, set: (n: number | null) => void}} props */
const Points = ({name, label, criterion, score, set}) => html`
  <fieldset class="scale">
    <legend class=${criterion ? "" : "hidden"}>${criterion ? html`${criterion.title}<span class="hidden">: ${label}</span>` : label}</legend>
    <div class="points">${SCORES.map((n) => html`
      <label key=${n}><input type="radio" name=${name} checked=${score === n} onChange=${() => set(n)} />${n}${n === 0 && html`<span class="hidden"> ${t("not at all")}</span>`}${n === TOP && html`<span class="hidden"> ${t("very much")}</span>`}</label>`)}</div>
    <p class="ends note" aria-hidden="true"><span>${t("not at all")}</span><span>${t("very much")}</span></p>
    <label class="none"><input type="radio" name=${name} checked=${score === null} onChange=${() => set(null)} />${t("no opinion")}</label>
  </fieldset>`;
