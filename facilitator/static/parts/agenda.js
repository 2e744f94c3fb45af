// Where a room is in its day: the words for it, and the facilitator's line of steps.
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t, tn} from "../lib/i18n.js";
import {phaseWord} from "./phases.js";
import {field, firstTap, onSubmit} from "./scene.js";

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

/** @param {Thing[]} steps */
const minutesOf = (steps) => steps.reduce((sum, {minutes}) => sum + (minutes ?? 0), 0);

/**
 * How many minutes a room is behind its agenda, were this step to end as planned or as its timer
 * says; less than nothing when it is ahead, null while its day has not begun or is over.
 * @param {Thing} at @param {number} now milliseconds, by the server
 */
export function behind(at, now) {
  if (!at.began_at || at.phase === "closed") return null;
  const planned = Date.parse(at.began_at) + minutesOf(at.agenda.slice(0, at.at + 1)) * 60_000;
  const stepEnds = Date.parse(at.step_at) + (stepOf(at).minutes ?? 0) * 60_000;
  const timerEnds = at.ends_at ? Date.parse(at.ends_at) : now + (at.left_ms ?? 0);
  return Math.round((Math.max(now, stepEnds, timerEnds) - planned) / 60_000);
}

/** The same in words. @param {number | null} minutes */
export function paceWord(minutes) {
  if (minutes === null) return t("not begun");
  if (minutes > 0) return tn("{n} min behind", "{n} min behind", minutes);
  return minutes < 0 ? tn("{n} min ahead", "{n} min ahead", -minutes) : t("on time");
}

/** How far behind, counted again now and then. @param {Thing} at @param {import("./scene.js").Scene["connection"]} connection */
export function useBehind(at, connection) {
  const [, again] = useState(0);
  useEffect(() => {
    if (!at.began_at) return undefined;
    const timer = setInterval(() => again((n) => n + 1), 10_000);
    return () => clearInterval(timer);
  }, [at.began_at]);
  return behind(at, connection.clock.now());
}

/** The steps of a room's day with their minutes, and where it is. @param {{at: Thing, edit?: (place: number, minutes: number) => void}} props */
export const Plan = ({at, edit}) => html`
  <ol class="plan">
    ${at.agenda.map((/** @type {Thing} */ step, /** @type {number} */ place) => html`
      <li key=${place} class=${place < at.at ? "done" : place === at.at ? "now" : ""} aria-current=${place === at.at ? "step" : undefined}>
        <span>${stepWord(at, place)}${stepTitle(step) && html`<span class="note words">${stepTitle(step)}</span>`}</span>
        ${step.phase !== "closed" && (edit && place >= at.at
          ? html`<${Minutes} step=${step} word=${stepWord(at, place)} save=${(/** @type {number} */ minutes) => edit(place, minutes)} />`
          : step.minutes > 0 && html`<span class="num push">${t("{n} min", {n: step.minutes})}</span>`)}
      </li>`)}
  </ol>`;

/** @param {{step: Thing, word: string, save: (minutes: number) => void}} props */
const Minutes = ({step, word, save}) => html`
  <form class="minutes push" onSubmit=${onSubmit((form) => save(Number(field(form, "minutes"))))}>
    <input key=${step.minutes} class="input num" name="minutes" type="number" min="0" max="1440" required defaultValue=${step.minutes ?? 0} aria-label=${t("Minutes: {step}", {step: word})}
      onChange=${(/** @type {Event} */ event) => /** @type {HTMLInputElement} */ (event.target).form?.requestSubmit()} />
    <span class="note">${t("min")}</span>
  </form>`;

/** The agenda, on the desk: planned minutes can be changed, and counted from now. @param {{at: Thing, act: import("./scene.js").Scene["act"], connection: import("./scene.js").Scene["connection"]}} props */
export function Agenda({at, act, connection}) {
  const minutes = useBehind(at, connection);
  const fold = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  const leave = (/** @type {FocusEvent} */ event) => {
    const {relatedTarget} = event;
    if (fold.current && relatedTarget instanceof Element && !fold.current.contains(relatedTarget)) fold.current.open = false;
  };
  if (!at.agenda.length) return null;
  return html`
    <details class="agenda" ref=${fold} onFocusOut=${leave}>
      <summary class="btn tight"><${Icon} name="timer" />${t("Agenda")}${at.phase !== "closed" && html`<b class=${minutes !== null && minutes > 0 ? "late" : ""}>${paceWord(minutes)}</b>`}</summary>
      <div class="sheet-over">
        <${Plan} at=${at} edit=${(/** @type {number} */ place, /** @type {number} */ planned) => act("room.plan", {place, minutes: planned})} />
        ${at.phase !== "closed" && html`<div class="row"><button type="button" class="btn tight" onClick=${() => act("room.begin", {})}><${Icon} name="play" />${t("Count from now")}</button>
          <span class="note">${t("This step begins now, and the room is on time.")}</span></div>`}
      </div>
    </details>`;
}

/** The agenda, on a phone. @param {{at: Thing}} props */
export const Today = ({at}) => at.agenda.length > 1 && html`
  <details class="fold today">
    <summary><${Icon} name="down" />${t("Today in this room")}</summary>
    <${Plan} at=${at} />
  </details>`;
