// A voter's paper: dots, approval, or yes, no and abstain. By taps, never by dragging.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {firstTap, lastWaiting} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {Record<string, number>} Marks */

/** The paper that counts once everything is sent. @param {Pick<Scene, "mine" | "waiting">} scene @param {Thing} ballot */
export function paperOf({mine, waiting}, ballot) {
  const sending = lastWaiting(waiting, "ballot.cast", (payload) => payload.ballot === ballot.id);
  return {marks: /** @type {Marks} */ (sending?.payload.marks ?? mine.papers[ballot.id] ?? {}), sending: Boolean(sending)};
}

/** @param {Marks} marks */
export const spent = (marks) => Object.values(marks).reduce((sum, n) => sum + n, 0);

/** The paper with one choice at `n`; nothing is written down as nothing. @param {Marks} marks @param {string} choice @param {number} n @returns {Marks} */
export function marked(marks, choice, n) {
  const {[choice]: _, ...others} = marks;
  return n > 0 ? {...others, [choice]: n} : others;
}

/** @param {Marks} a @param {Marks} b */
export const same = (a, b) => Object.keys(a).length === Object.keys(b).length && Object.keys(a).every((choice) => a[choice] === b[choice]);

/** The paper of an open ballot over themes or ideas. @param {Scene & {ballot: Thing, note: (choice: Thing) => any}} props */
export function Paper({ballot, act, note, ...scene}) {
  const {marks: sent, sending} = paperOf(scene, ballot);
  const [draft, setDraft] = useState(/** @type {Marks | null} */ (null));
  const marks = draft ?? sent;
  const set = (/** @type {Thing} */ choice, /** @type {number} */ n) => setDraft(marked(marks, String(choice.id), n));
  const cast = (/** @type {Marks} */ paper) => {
    void act("ballot.cast", {ballot: ballot.id, marks: paper});
    setDraft(null);
  };
  const left = (ballot.options.dots ?? Infinity) - spent(marks);
  const Row = ballot.method === "dots" ? Dots : Approve;
  const state = {ballot, marks, sent, sending, left, changed: !same(marks, sent)};
  return html`
    <ul class="ballot">${ballot.choices.map((/** @type {Thing} */ choice) => html`
      <${Row} key=${choice.id} choice=${choice} n=${marks[choice.id] ?? 0} left=${left} set=${(/** @type {number} */ n) => set(choice, n)} note=${note(choice)} />`)}</ul>
    <${PaperState} ...${state} cast=${cast} />`;
}

/** @typedef {{choice: Thing, n: number, left: number, set: (n: number) => void, note: any}} RowProps */

/** @param {RowProps} props */
const Dots = ({choice, n, left, set, note}) => html`
  <li class=${n ? "choice given" : "choice"}>
    <h3 class="words" lang=${choice.lang} dir="auto">${choice.label}</h3>
    <div class="stepper" role="group" aria-label=${choice.label}>
      <button type="button" class="btn" disabled=${n <= 0} aria-label=${t("One dot less: {choice}", {choice: choice.label})} onClick=${() => set(n - 1)}><${Icon} name="minus" /></button>
      <output aria-label=${t("Your dots")}>${n}</output>
      <button type="button" class="btn" disabled=${left <= 0} aria-label=${t("One dot more: {choice}", {choice: choice.label})} onClick=${() => set(n + 1)}><${Icon} name="plus" /></button>
    </div>
    <p class="note">${note}</p>
  </li>`;

/** @param {RowProps} props */
const Approve = ({choice, n, set, note}) => html`
  <li class=${n ? "choice given" : "choice"}>
    <h3 class="words" lang=${choice.lang} dir="auto">${choice.label}</h3>
    <button type="button" class="act approve" aria-pressed=${n > 0} aria-label=${t("I am for it: {choice}", {choice: choice.label})} onClick=${() => set(n ? 0 : 1)}>
      <span class="tick"><${Icon} name="support" /></span></button>
    <p class="note">${note}</p>
  </li>`;

/** @param {{ballot: Thing, marks: Marks, sent: Marks, sending: boolean, left: number, changed: boolean, cast: (marks: Marks) => void}} props */
function PaperState({ballot, marks, sent, sending, left, changed, cast}) {
  const isIn = spent(sent) > 0 && !changed;
  const word = sending ? t("Your paper is being sent.") : t("Your paper is in.");
  return html`
    <section class="paper-state" aria-label=${t("Your paper: {question}", {question: ballot.question})}>
      <div class="row">
        ${ballot.method === "dots" ? html`<${Spent} total=${ballot.options.dots} left=${left} />`
          : html`<b>${tn("{n} chosen", "{n} chosen", spent(marks))}</b>`}
      </div>
      ${isIn ? html`
        <div class="row"><span class="status good"><${Icon} name=${sending ? "sending" : "saved"} />${word}</span>
          <button type="button" class="act push" onClick=${firstTap(() => cast({}))}>${t("Take it back")}</button></div>`
        : html`<button type="button" class="btn main wide" disabled=${!changed} onClick=${() => cast(marks)}>${spent(sent) ? t("Send the changed paper") : t("Send the paper")}</button>`}
      <p class="note">${t("You can change it until the vote is closed. Then nobody can tie a paper to you.")}</p>
    </section>`;
}

/** @param {{total: number, left: number}} props */
const Spent = ({total, left}) => html`
  ${total <= 10 && html`<div class="dots" role="img" aria-label=${t("{n} of {total} dots used", {n: total - left, total})}>
    ${Array.from({length: total}, (_, n) => html`<i key=${n} class=${n < total - left ? "on" : ""}></i>`)}</div>`}
  <b>${left ? tn("{n} dot left", "{n} dots left", left) : t("All dots are used")}</b>`;

/** What can be answered to a recommendation. @type {[string, () => string][]} */
export const ANSWERS = [["yes", () => t("Yes")], ["no", () => t("No")], ["abstain", () => t("I abstain")]];

/** Yes, no, abstain: the tap is the vote. @param {Scene & {ballot: Thing}} props */
export function Answers({ballot, act, ...scene}) {
  const {marks, sending} = paperOf(scene, ballot);
  return html`
    <fieldset class="answers">
      <legend class="hidden">${t("Your vote on: {title}", {title: ballot.question})}</legend>
      ${ANSWERS.map(([answer, word]) => html`
        <label key=${answer}><input type="radio" name=${`ballot-${ballot.id}`} checked=${Boolean(marks[answer])} onChange=${() => act("ballot.cast", {ballot: ballot.id, marks: {[answer]: 1}})} />
          <${Icon} name=${answer} />${word()}<span class="note">${sending ? t("sending") : t("your vote")}</span></label>`)}
    </fieldset>
    <p class="note">${t("You can change it until the vote is closed. Then nobody can tie a paper to you.")}</p>`;
}
