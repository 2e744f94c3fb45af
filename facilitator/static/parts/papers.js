// A voter's paper: its control by the method, and whether it is in. By taps, never by dragging.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t, tn} from "../lib/i18n.js";
import {REASONED} from "./methods.js";
import {changeable, filled, paperOf, same, spent} from "./paper.js";
import {Choose} from "./paper-answers.js";
import {Order} from "./paper-order.js";
import {Basket, Dots, Ticks} from "./paper-rows.js";
import {Scale} from "./paper-scale.js";
import {firstTap} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./methods.js").Marks} Marks */
/** @typedef {{ballot: Thing, marks: Marks, set: (marks: Marks) => void, reason: string, setReason: (reason: string) => void, note: (choice: Thing) => any}} ControlProps */

/** @type {Record<string, any>} */
const CONTROLS = {approval: Ticks, dots: Dots, budget: Basket, score: Scale, ranking: Order, consent: Choose, gradients: Choose};

/** The paper of an open ballot. @param {Scene & {ballot: Thing, note?: (choice: Thing) => any}} props */
export function Paper({ballot, act, note = () => null, locked, ...scene}) {
  const {marks: sent, reason: given, sending} = paperOf(scene, ballot);
  const [draft, setDraft] = useState(/** @type {{marks: Marks, reason: string} | null} */ (null));
  const {marks, reason} = draft ?? {marks: sent, reason: given};
  const needed = REASONED.some((answer) => marks[answer]);
  const cast = (/** @type {Marks} */ paper) => {
    void act("ballot.cast", {ballot: ballot.id, marks: paper, ...(needed && filled(paper) ? {reason} : {})});
    setDraft(null);
  };
  const Control = CONTROLS[ballot.method];
  const set = (/** @type {Marks} */ next) => setDraft({marks: next, reason});
  const changed = !same(marks, sent) || (needed && reason !== given);
  return html`
    <${Control} ballot=${ballot} marks=${marks} set=${set} reason=${reason} setReason=${(/** @type {string} */ next) => setDraft({marks, reason: next})} note=${note} />
    <${PaperState} ballot=${ballot} marks=${marks} sent=${sent} sending=${sending} changed=${changed} lacks=${needed && !reason.trim()} locked=${Boolean(locked)} cast=${cast} />`;
}

/** @param {{ballot: Thing, marks: Marks, sent: Marks, sending: boolean, changed: boolean, lacks: boolean, locked: boolean, cast: (marks: Marks) => void}} props */
function PaperState({ballot, marks, sent, sending, changed, lacks, locked, cast}) {
  const isIn = filled(sent) && !changed;
  const word = sending ? t("Your paper is being sent.") : t("Your paper is in.");
  return html`
    <section class="paper-state" aria-label=${t("Your paper: {question}", {question: ballot.question})}>
      <${Summary} ballot=${ballot} marks=${marks} />
      ${isIn ? html`
        <div class="row"><span class="status good"><${Icon} name=${sending ? "sending" : "saved"} />${word}</span>
          <button type="button" class="act push" disabled=${locked} onClick=${firstTap(() => cast({}))}>${t("Take it back")}</button></div>`
        : html`<button type="button" class="btn main wide" disabled=${!changed || lacks || locked} onClick=${() => cast(marks)}>${filled(sent) ? t("Send the changed paper") : t("Send the paper")}</button>`}
      <p class="note">${lacks ? t("This answer needs a reason.") : changeable(ballot)}</p>
    </section>`;
}

/** What is on the paper so far. @param {{ballot: Thing, marks: Marks}} props */
function Summary({ballot, marks}) {
  const {method, options, choices} = ballot;
  const n = Object.keys(marks).length;
  switch (method) {
    case "dots": return html`<div class="row"><${Spent} total=${options.dots} left=${options.dots - spent(marks)} /></div>`;
    case "approval": return html`<div class="row"><b>${tn("{n} chosen", "{n} chosen", n)}</b></div>`;
    case "ranking": return html`<div class="row"><b>${t("{n} of {total} in order", {n, total: choices.length})}</b></div>`;
    case "score": return html`<div class="row"><b>${t("{n} of {total} scored", {n, total: choices.length * Math.max(1, (options.criteria ?? []).length)})}</b></div>`;
    case "budget": return html`<div class="row"><b>${t("{left} of {sum} left", {left: number(moneyLeft(ballot, marks)), sum: number(options.sum)})}</b></div>`;
    default: return null;
  }
}

/** @param {Thing} ballot @param {Marks} marks */
export const moneyLeft = ({options}, marks) => options.sum - Object.keys(marks).reduce((sum, choice) => sum + (options.prices[choice] ?? 0), 0);

/** @param {{total: number, left: number}} props */
const Spent = ({total, left}) => html`
  ${total <= 10 && html`<div class="dots" role="img" aria-label=${t("{n} of {total} dots used", {n: total - left, total})}>
    ${Array.from({length: total}, (_, n) => html`<i key=${n} class=${n < total - left ? "on" : ""}></i>`)}</div>`}
  <b>${left ? tn("{n} dot left", "{n} dots left", left) : t("All dots are used")}</b>`;
