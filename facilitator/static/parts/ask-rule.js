// The part of asking that says when a vote carries, and who may vote.
import {html, useState} from "../lib/html.js";
import {t} from "../lib/i18n.js";
import {Choices} from "./ask-choices.js";
import {field} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Shares that are often asked for. @type {[string, () => string][]} */
const SHARES = [["2/3", () => t("two thirds")], ["3/4", () => t("three quarters")], ["60/100", () => "60 %"]];

/** The rule that a form asks for. @param {HTMLFormElement} form */
export function ruleOf(form) {
  const [parts, of] = (field(form, "share") || "2/3").split("/").map(Number);
  const blocks = field(form, "blocks");
  return {
    majority: field(form, "majority") || "simple", parts, of, least: Number(field(form, "least")) || 0,
    quorum: Number(field(form, "quorum")) || 0, sectors: Number(field(form, "in-sectors")) || 0,
    blocks: blocks === "" ? 1 : Number(blocks),
  };
}

/** When it carries. What compares has a quorum and a threshold only. @param {{answers: boolean, blocks: boolean}} props */
export function Carries({answers, blocks}) {
  const [majority, setMajority] = useState("simple");
  const simple = answers ? t("more for than against") : t("nothing to reach");
  /** @type {[string, string][]} */
  const options = [["simple", simple], ...(answers ? /** @type {[string, string][]} */ ([["absolute", t("more than half of all")], ["qualified", t("a larger share")]]) : []), ["threshold", t("a number of votes")]];
  const chosen = options.some(([name]) => name === majority) ? majority : "simple";
  return html`
    <${Choices} legend=${t("It carries with")} name="majority" value=${chosen} set=${setMajority} options=${options} />
    ${chosen === "qualified" && html`<${Choices} legend=${t("Of those for or against")} name="share" value="2/3" options=${SHARES.map(([share, word]) => [share, word()])} />`}
    ${chosen === "threshold" && html`<${Amount} name="least" label=${t("Votes that are needed")} max=${100000} value=${10} />`}
    ${answers && html`<${Amount} name="in-sectors" label=${t("Percent in favour in every sector (0: not asked)")} max=${100} value=${0} />`}
    <${Amount} name="quorum" label=${t("Percent of those present who have to vote (0: none)")} max=${100} value=${0} />
    ${blocks && html`<${Amount} name="blocks" label=${t("Blocks that stop it (0: none do)")} max=${1000} value=${1} />`}`;
}

/** @param {{name: string, label: string, max: number, value: number}} props */
const Amount = ({name, label, max, value}) => html`
  <div class="criterion">
    <label for=${`rule-${name}`}>${label}</label>
    <input class="input short" id=${`rule-${name}`} name=${name} type="number" min="0" max=${max} defaultValue=${value} required />
  </div>`;

/** Who may vote, and whether it is told who voted what. @param {{page: Scene["page"]}} props */
export const Sectors = ({page}) => html`
  <label class="check"><input type="checkbox" name="open" aria-describedby="open-note" />${t("Open vote: names beside answers")}</label>
  <p class="note" id="open-note">${t("After closing everybody in the room sees who voted what, by nickname. Everyone is told before voting, and it cannot be changed.")}</p>
  ${Object.keys(page.sectors ?? {}).length > 1 && html`
    <fieldset class="pick sectors"><legend>${t("Only these sectors vote (none chosen: all)")}</legend>
      ${Object.entries(page.sectors).map(([uuid, name]) => html`<label key=${uuid} class="check"><input type="checkbox" name="sector" value=${uuid} />${name}</label>`)}
    </fieldset>`}
  <label class="check"><input type="checkbox" name="fixed" />${t("Only who is in the room when it opens")}</label>`;
