// What came of a ballot: figures with bars beside them, a table, the verdict and its reasons.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t, tn} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";
import {adoption, vote} from "./board-model.js";
import {labelOf} from "./paper.js";
import {BySector} from "./by-sector.js";
import {answerWord, figure, told as say, unit} from "./methods.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {{room: Scene["room"], ballot: Thing}} Of */

/** How many may vote: those who are named, or everybody in the room. @param {Scene["room"]} room @param {Thing} ballot */
export const mayVote = (room, ballot) =>
  ballot.result?.entitled ?? one(room, "tally", ballot.id)?.entitled ?? one(room, "people", here(room)?.id ?? 0)?.seats ?? 0;

/** How many papers are in. @param {Of} props */
export function Turnout({room, ballot}) {
  const {voters} = vote(room, ballot);
  const total = mayVote(room, ballot);
  const hands = (ballot.result ?? one(room, "tally", ballot.id))?.hands ?? 0;
  if (ballot.is_open && ballot.showing === "hidden") return t("How many have voted is told after closing");
  if (hands) return t("{papers}, {hands}", {papers: tn("{n} paper", "{n} papers", voters - hands), hands: tn("{n} hand", "{n} hands", hands)});
  return total >= voters && ballot.is_open
    ? t("{n} of {total} have voted", {n: number(voters), total: number(total)})
    : tn("{n} has voted", "{n} have voted", voters);
}

/** The choices with their figures; the order is that of the paper until the vote is closed. @param {Of} props */
export function Results({room, ballot}) {
  const {rows, told} = vote(room, ballot);
  if (!told) return html`<p class="note">${t("The result is shown when the vote is closed.")}</p>`;
  return html`
    <ol class="tally">${rows.map((row) => html`
      <li key=${row.id} class=${row.top ? "top-choice" : ""}>
        <span class="words" lang=${row.lang} dir="auto">${row.label}${(row.top || row.tied) && html` <span class="status good"><${Icon} name=${row.tied ? "abstain" : "yes"} />${place(ballot, row)}</span>`}</span>
        <b class="num">${figure(ballot, row.votes ?? 0)}<span class="hidden"> ${unit(ballot, row.votes ?? 0)}</span></b>
        <${Bar} share=${row.share} />
      </li>`)}</ol>
    ${ballot.result?.said && html`<${After} ballot=${ballot} />`}`;
}

/** @param {Thing} ballot @param {{tied: boolean}} row */
function place({method}, {tied}) {
  if (tied) return method === "budget" ? t("tied for the last money") : t("tied for the first place");
  return method === "budget" ? t("is paid for") : t("first");
}

/** @param {{share: number}} props */
const Bar = ({share}) => html`
  <svg class="bars" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="8" /><rect class="bar-yes" width=${(share * 100).toFixed(1)} height="8" /></svg>`;

/** How to read a result, what its rule says, the reasons, and the details as a table. @param {{ballot: Thing}} props */
function After({ballot}) {
  const {said, reasons} = ballot.result;
  return html`
    <p class="small">${say(said)}</p>
    <${Why} ballot=${ballot} />
    <${BySector} ballot=${ballot} />
    ${reasons.length > 0 && html`<${Reasons} reasons=${reasons} />`}
    <${Details} ballot=${ballot} />`;
}

/** Whether a vote carried, in a word with its sign. @param {{passed: boolean}} props */
export const Passed = ({passed}) => (passed
  ? html`<p class="status good passed"><${Icon} name="yes" />${t("Carried")}</p>`
  : html`<p class="status bad passed"><${Icon} name="no" />${t("Not carried")}</p>`);

/** The conditions of the rule, each met or not. @param {{ballot: Thing}} props */
export function Why({ballot}) {
  const why = ballot.result?.why ?? [];
  if (!why.length) return null;
  return html`
    <ul class="why">${why.map((/** @type {[boolean, import("./methods.js").Said]} */ [met, said]) => html`
      <li key=${said[0]}><${Icon} name=${met ? "yes" : "no"} />${say(said)}</li>`)}</ul>`;
}

/** @param {{reasons: Thing[]}} props */
const Reasons = ({reasons}) => html`
  <section class="reasons">
    <h3>${t("Reasons")}</h3>
    <ul>${reasons.map(({answer, text, lang}, n) => html`
      <li key=${n}><b>${answerWord(answer)}</b> <span class="words" lang=${lang} dir="auto">${text}</span></li>`)}</ul>
  </section>`;

/** What a method counted besides its figures, as a table. @param {{ballot: Thing}} props */
function Details({ballot}) {
  const {detail = {}} = ballot.result;
  const table = detail.rounds ? rounds(ballot) : detail.duels ? duels(ballot) : detail.opinions ? opinions(ballot) : null;
  if (!table) return null;
  const [caption, head, rows] = table;
  return html`
    <details class="fold">
      <summary><${Icon} name="down" />${caption}</summary>
      <div class="wide-table" tabindex="0" role="region" aria-label=${caption}><table class="counts">
        <thead><tr><th scope="col">${t("Choice")}</th>${head.map((word, n) => html`<th key=${n} scope="col">${word}</th>`)}</tr></thead>
        <tbody>${rows.map(([choice, cells]) => html`
          <tr key=${choice.id}><th scope="row" class="words" lang=${choice.lang} dir="auto">${labelOf(choice)}</th>${cells.map((cell, n) => html`<td key=${n} class="num">${cell}</td>`)}</tr>`)}</tbody>
      </table></div>
    </details>`;
}

/** @typedef {[caption: string, head: string[], rows: [Thing, string[]][]]} Table */

/** The choices in the order of the result. @param {Thing} ballot @returns {Thing[]} */
const placed = ({choices, result}) => result.order.flat().map((/** @type {string} */ id) => choices.find((/** @type {Thing} */ choice) => String(choice.id) === id));

/** @param {Thing} ballot @returns {Table} */
function rounds(ballot) {
  const found = ballot.result.detail.rounds;
  return [t("Round by round"), found.map((/** @type {Thing} */ _, /** @type {number} */ n) => t("Round {n}", {n: n + 1})),
    placed(ballot).map((choice) => [choice, found.map((/** @type {Thing} */ votes) => (choice.id in votes ? number(votes[choice.id]) : "–"))])];
}

/** @param {Thing} ballot @returns {Table} */
function duels(ballot) {
  const found = ballot.result.detail.duels, order = placed(ballot);
  return [t("Two by two: on how many papers the one on the left stands higher"), order.map(labelOf),
    order.map((a) => [a, order.map((b) => (a === b ? "–" : number(found[a.id][b.id])))])];
}

/** @param {Thing} ballot @returns {Table} */
function opinions(ballot) {
  const {means, opinions: given} = ballot.result.detail;
  const criteria = ballot.options.criteria ?? [];
  const keys = criteria.length ? criteria.map((/** @type {Thing} */ {key}) => `.${key}`) : [""];
  const head = criteria.length ? criteria.map((/** @type {Thing} */ {title, weight}) => `${title} (×${weight})`) : [t("Average")];
  return [t("How it was scored, and by how many"), head, placed(ballot).map((choice) => [choice, keys.map((/** @type {string} */ key) => {
    const mean = means[choice.id + key];
    return mean === undefined ? "–" : t("{mean} by {n}", {mean: figure(ballot, mean), n: number(given[choice.id + key])});
  })])];
}

/** The answers to one question, and why it carries or not. @param {Of} props */
export function Verdict({room, ballot}) {
  if (ballot.method !== "yes_no") return html`<${Results} room=${room} ballot=${ballot} />`;
  const {yes, no, abstain, told} = adoption(room, ballot);
  if (!told) return html`<p class="note">${t("The result is shown when the vote is closed.")}</p>`;
  return html`
    <dl class="figures">
      <div><dt>${t("yes")}</dt><dd>${number(yes)}</dd></div>
      <div><dt>${t("no")}</dt><dd>${number(no)}</dd></div>
      <div><dt>${t("abstained")}</dt><dd>${number(abstain)}</dd></div>
    </dl>
    <${Why} ballot=${ballot} />
    <${BySector} ballot=${ballot} />`;
}

/** What a result means, in the words of who led the vote. @param {{ballot: Thing}} props */
export const Conclusion = ({ballot}) => ballot.conclusion && html`
  <blockquote class="conclusion words" lang=${ballot.conclusion.lang} dir="auto">${ballot.conclusion.text}</blockquote>`;
