// Where a room is in its day: the words for it, and the facilitator's line of steps.
import {html, useEffect, useRef} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t} from "../lib/i18n.js";
import {phaseWord} from "./phases.js";
import {firstTap} from "./scene.js";

/** @typedef {import("./scene.js").Thing} Thing */

/** What a room does in a step, in a word to begin a line with. @param {Thing} step */
export const phaseName = (step) => capital(phaseWord(step.phase));

/**
 * The same for one of an agenda, with a number where there are several of a kind.
 * @param {Thing} at @param {number} [place]
 */
export function stepWord(at, place = at.at) {
  const step = at.agenda[place] ?? stepOf(at);
  const same = at.agenda.filter((/** @type {Thing} */ other) => other.phase === step.phase);
  return same.length > 1 ? `${phaseName(step)} ${same.indexOf(step) + 1}` : phaseName(step);
}

/** What the scenario calls a step; some have no name. @param {Thing} step */
export const stepTitle = (step) => (said(step.title) === phaseName(step) ? "" : said(step.title));

/** A step in one line. @param {Thing} step */
export const stepName = (step) => [phaseName(step), stepTitle(step)].filter(Boolean).join(": ");

/** The step a room is at. @param {Thing} at */
export const stepOf = (at) => at.agenda[at.at] ?? {phase: at.phase, title: {}, minutes: null};

/** "2 of 5"; the closing is no step of its own. @param {Thing} at */
export function progress(at) {
  const total = at.agenda.filter((/** @type {Thing} */ step) => step.phase !== "closed").length;
  return at.phase === "closed" || !total ? "" : t("{n} of {total}", {n: at.at + 1, total});
}

/** What a room is called; its number only where there are several of its kind. @param {Thing} at @param {number} tables */
export function roomName(at, tables) {
  const title = said(at.title) || t("Plenary");
  return tables > 1 ? t("{title}, table {n}", {title, n: at.number}) : title;
}

/** @param {string} word */
const capital = (word) => word.charAt(0).toLocaleUpperCase() + word.slice(1);

/** The line of steps: buttons in both directions. @param {{at: Thing, act: import("./scene.js").Scene["act"]}} props */
export function Steps({at, act}) {
  const line = useRef(/** @type {HTMLElement | null} */ (null));
  // On a phone the line is longer than the screen.
  useEffect(() => line.current?.querySelector(".now")?.scrollIntoView({block: "nearest", inline: "center"}), [at.at]);
  return html`
    <ol class="phases" ref=${line} aria-label=${t("Steps of the day")}>
      ${at.agenda.map((/** @type {Thing} */ step, /** @type {number} */ place) => html`
        <li key=${place} class=${place < at.at ? "done" : place === at.at ? "now" : ""}>
          <button type="button" aria-current=${place === at.at ? "step" : undefined} title=${stepTitle(step) || undefined}
            onClick=${() => place !== at.at && act("room.move", {to: place})}>
            ${stepWord(at, place)}${stepTitle(step) && html`<span class="hidden">: ${stepTitle(step)}</span>`}</button>
        </li>`)}
    </ol>`;
}

/** On to the next step. @param {{at: Thing, act: import("./scene.js").Scene["act"]}} props */
export function NextStep({at, act}) {
  const next = at.agenda[at.at + 1];
  return next && html`
    <button type="button" class="btn main" onClick=${firstTap(() => void act("room.move", {to: at.at + 1}))}>
      ${t("Next: {step}", {step: stepWord(at, at.at + 1)})} <${Icon} name="next" /></button>`;
}
