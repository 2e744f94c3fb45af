// Papers that answer: yes, no, abstain by one tap; consent and degrees of agreement with a reason.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {ANSWERS, REASONED} from "./methods.js";
import {changeable, paperOf} from "./paper.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./papers.js").ControlProps} ControlProps */

/** Characters of a reason. */
const LONGEST = 600;

/** An answer that stands alone. @param {string} word */
const capital = (word) => word.charAt(0).toLocaleUpperCase() + word.slice(1);

/** Yes, no, abstain: the tap is the vote. @param {Scene & {ballot: Thing}} props */
export function Answers({ballot, act, locked, ...scene}) {
  const {marks, sending} = paperOf(scene, ballot);
  return html`
    <fieldset class="answers">
      <legend class="hidden">${t("Your vote on: {title}", {title: ballot.question})}</legend>
      ${ANSWERS.yes_no?.map(([answer, icon, word]) => html`
        <label key=${answer}><input type="radio" disabled=${locked} name=${`ballot-${ballot.id}`} checked=${Boolean(marks[answer])} onChange=${() => act("ballot.cast", {ballot: ballot.id, marks: {[answer]: 1}})} />
          <${Icon} name=${icon} />${word()}<span class="note">${sending ? t("sending") : t("your vote")}</span></label>`)}
    </fieldset>
    <p class="note">${changeable(ballot)}</p>`;
}

/** One answer of several, with a reason where it needs one; it is sent as a paper. @param {ControlProps} props */
export function Choose({ballot, marks, set, reason, setReason}) {
  const needed = REASONED.some((answer) => marks[answer]);
  return html`
    <fieldset class="answers">
      <legend class="hidden">${t("Your vote on: {title}", {title: ballot.question})}</legend>
      ${ANSWERS[ballot.method]?.map(([answer, icon, word]) => html`
        <label key=${answer}><input type="radio" name=${`ballot-${ballot.id}`} checked=${Boolean(marks[answer])} onChange=${() => set({[answer]: 1})} />
          <${Icon} name=${icon} />${capital(word())}</label>`)}
    </fieldset>
    ${needed && html`
      <div class="field">
        <label for=${`why-${ballot.id}`}>${t("Why? The reason is shown after the vote, without a name.")}</label>
        <textarea class="input words" id=${`why-${ballot.id}`} maxlength=${LONGEST} rows="3" dir="auto" value=${reason} onInput=${(/** @type {InputEvent} */ event) => setReason(/** @type {HTMLTextAreaElement} */ (event.currentTarget).value)}></textarea>
      </div>`}`;
}
