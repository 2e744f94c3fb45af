// How much time is left of a step. Screens count by themselves; nothing closes at zero, unless the
// room was told to go on then.
import {countdown} from "../lib/clock.js";
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {stepOf} from "./agenda.js";
import {isOn} from "./scene.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./scene.js").Scene} Scene */

const PRESETS = [3, 5, 10, 15];

/** Milliseconds left from which on it is said that the end is near. */
const SOON = 60_000, LAST = 10_000;

/** Milliseconds left, counted in full seconds; what was left where it is held; null without a time. @param {Scene["connection"]} connection @param {Thing} at */
export function useTimeLeft(connection, {ends_at: ends, left_ms: held}) {
  const [left, setLeft] = useState(connection.clock.left(ends));
  useEffect(() => connection.clock.count(ends, setLeft), [connection, ends]);
  if (isHeld({left_ms: held})) return held;
  return ends ? left : null;
}

/** Whether the time is paused. @param {Thing} at */
export const isHeld = ({left_ms: left}) => left !== null && left !== undefined;

/** How near the end is, in a word for the style sheet. @param {number} left @param {boolean} held */
export function nearness(left, held) {
  if (held) return "paused";
  if (left <= 0) return "over";
  return left <= LAST ? "last" : left <= SOON ? "soon" : "";
}

/** In words, for ears. @param {number} left */
export function spokenTime(left) {
  const {over, minutes, seconds} = countdown(left);
  const whole = minutes ? tn("{n} minute", "{n} minutes", minutes) : tn("{n} second", "{n} seconds", seconds);
  return over ? t("{time} over time", {time: whole}) : t("{time} left", {time: whole});
}

/** The figure. @param {{left: number, held?: boolean}} props */
export function Figure({left, held = false}) {
  const {text, datetime} = countdown(left);
  return html`<time class=${nearness(left, held)} datetime=${datetime}>${held && html`<${Icon} name="pause" />`}
    <span class="hidden">${held ? t("Paused: {time}", {time: spokenTime(left)}) : spokenTime(left)}</span><span aria-hidden="true">${text}</span></time>`;
}

/** The line under the header: the share that is left. @param {{at: Thing, left: number | null}} props */
export function Thread({at, left}) {
  const planned = (stepOf(at).minutes ?? 0) * 60_000;
  if (left === null) return null;
  const share = Math.max(0, Math.min(1, left / Math.max(planned, left, 1)));
  return html`<svg class=${`thread-time ${nearness(left, isHeld(at))}`} viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true"><rect width=${(share * 100).toFixed(1)} height="3" /></svg>`;
}

/** Start, hold, stretch and stop the time of a step. @param {Pick<Scene, "act" | "connection" | "waiting"> & {at: Thing}} props */
export function Timer({at, act, connection, waiting}) {
  const left = useTimeLeft(connection, at);
  if (at.phase === "closed") return null;
  return html`
    <div class="clock" role="group" aria-label=${t("Timer")}>
      ${left === null ? html`<${Start} at=${at} act=${act} />` : html`<${Running} at=${at} left=${left} act=${act} waiting=${waiting} />`}
    </div>`;
}

/** @param {{at: Thing, act: Scene["act"]}} props */
function Start({at, act}) {
  const planned = stepOf(at).minutes;
  const start = (/** @type {number} */ minutes) => act("room.time", {minutes});
  return html`
    ${planned > 0 && html`<button type="button" class="btn" onClick=${() => start(planned)}><${Icon} name="play" />${tn("Start {n} minute", "Start {n} minutes", planned)}</button>`}
    ${PRESETS.filter((minutes) => minutes !== planned).map((minutes) => html`
      <button key=${minutes} type="button" class="btn preset" aria-label=${tn("Start {n} minute", "Start {n} minutes", minutes)} onClick=${() => start(minutes)}>${minutes}</button>`)}
    <span class="note">${t("min")}</span>`;
}

/** @param {Pick<Scene, "act" | "waiting"> & {at: Thing, left: number}} props */
function Running({at, left, act, waiting}) {
  const held = isHeld(at);
  const goesOn = isOn(waiting, "room.go_on", at.goes_on);
  const last = at.at + 1 >= at.agenda.length;
  return html`
    <${Figure} left=${left} held=${held} />
    <button type="button" class="btn square" aria-label=${held ? t("Let the time run on") : t("Pause the time")} onClick=${() => act("room.pause", {on: !held})}><${Icon} name=${held ? "play" : "pause"} /></button>
    <button type="button" class="btn" aria-label=${t("+1 min")} onClick=${() => act("room.extend", {minutes: 1})}>+1</button>
    <button type="button" class="btn" aria-label=${t("+5 min")} onClick=${() => act("room.extend", {minutes: 5})}>+5</button>
    <button type="button" class="btn" onClick=${() => act("room.time", {minutes: null})}>${t("Stop")}</button>
    ${!last && html`<label class="check go-on"><input type="checkbox" checked=${goesOn} onChange=${() => act("room.go_on", {on: !goesOn})} />${t("then go on by itself")}</label>`}`;
}
