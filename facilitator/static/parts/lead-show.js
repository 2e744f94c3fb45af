// A show of hands in the hall, counted into a ballot by whoever leads.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {ANSWERS} from "./methods.js";
import {labelOf} from "./paper.js";
import {onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {{sector: string | null, people: number, counts: Record<string, number>}} Row */

/** Where hands can be counted: each raises one for something, or not. */
const BY_HAND = ["yes_no", "approval", "dots"];

/** What can be named on a paper. @param {Thing} ballot @returns {[string, string][]} */
const named = (ballot) => (ballot.method === "yes_no"
  ? (ANSWERS.yes_no ?? []).map(([answer, , word]) => [answer, word()])
  : ballot.choices.map((/** @type {Thing} */ choice) => [String(choice.id), labelOf(choice)]));

/**
 * What a form says, as rows: sectors with no hands are left out.
 * @param {FormData} data @param {(string | null)[]} sectors @param {string[]} choices @param {boolean} answers each answers once
 * @returns {Row[]}
 */
export function rowsOf(data, sectors, choices, answers) {
  return sectors.map((sector) => {
    const at = (/** @type {string} */ name) => Number(data.get(`${sector ?? "all"} ${name}`)) || 0;
    const counts = Object.fromEntries(choices.map((choice) => [choice, at(choice)]));
    const raised = Object.values(counts).reduce((sum, n) => sum + n, 0);
    return {sector, people: answers ? raised : at("people"), counts};
  }).filter(({people, counts}) => people > 0 || Object.values(counts).some((n) => n > 0));
}

/** @param {Pick<Scene, "room" | "act" | "page"> & {ballot: Thing}} props */
export function ShowOfHands({room, act, page, ballot}) {
  const rows = /** @type {Row[]} */ (one(room, "show", ballot.id)?.rows ?? []);
  const people = rows.reduce((sum, row) => sum + row.people, 0);
  const [bySector, setBySector] = useState(rows.some(({sector}) => sector !== null));
  const sectors = [...(bySector ? Object.keys(page.sectors ?? {}) : []), null];
  const choices = named(ballot);
  const answers = ballot.method === "yes_no";
  const save = onSubmit((form) =>
    void act("ballot.show_hands", {ballot: ballot.id, rows: rowsOf(new FormData(form), sectors, choices.map(([choice]) => choice), answers)}));
  const count = (/** @type {string | null} */ sector, /** @type {string} */ name) => {
    const row = rows.find((known) => known.sector === sector);
    return (name === "people" ? row?.people : row?.counts[name]) || "";
  };
  if (!BY_HAND.includes(ballot.method)) return null;
  return html`
    <details class="fold show-hands">
      <summary><${Icon} name="hand" />${t("Show of hands")}${people > 0 && html`<span class="note num">${tn("{n} hand counted", "{n} hands counted", people)}</span>`}</summary>
      <form class="field" onSubmit=${save}>
        <div class="scroll" tabindex="0" role="group" aria-label=${t("Hands counted")}><table class="count">
          <thead><tr><th scope="col">${t("Who")}</th>${!answers && html`<th scope="col">${t("people")}</th>`}${choices.map(([choice, label]) => html`<th key=${choice} scope="col" class=${answers ? "" : "words"} dir="auto">${label}</th>`)}</tr></thead>
          <tbody>${sectors.map((sector) => html`
            <tr key=${sector ?? "all"}><th scope="row">${sector ? page.sectors[sector] : bySector ? t("all others") : t("all")}</th>
              ${[...(answers ? [] : [["people", t("people")]]), ...choices].map(([name, label]) => html`
                <td key=${name}><input class="input num" type="number" min="0" max="10000" inputmode="numeric" name=${`${sector ?? "all"} ${name}`} key=${count(sector, String(name))} defaultValue=${count(sector, String(name))} aria-label=${label} /></td>`)}</tr>`)}</tbody>
        </table></div>
        ${Object.keys(page.sectors ?? {}).length > 0 && html`<label class="check"><input type="checkbox" checked=${bySector} onChange=${() => setBySector(!bySector)} />${t("by sector, from {n} hands on", {n: page.least})}</label>`}
        <p class="note">${t("It is added to the papers, and marked. You can correct it until the vote is closed.")}</p>
        <div class="row"><button class="btn tight">${t("Count them")}</button></div>
      </form>
    </details>`;
}
