// How much time is left of a step. Screens count by themselves; nothing closes at zero.
import {countdown} from "../lib/clock.js";
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {stepOf} from "./agenda.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./scene.js").Scene} Scene */

const PRESETS = [5, 10];
const LONGEST = 24 * 60;

/** Milliseconds left, counted in full seconds; null without an end. @param {Scene["connection"]} connection @param {string | null} ends */
export function useTimeLeft(connection, ends) {
  const [left, setLeft] = useState(connection.clock.left(ends));
  useEffect(() => connection.clock.count(ends, setLeft), [connection, ends]);
  return ends ? left : null;
}

/** In words, for ears. @param {number} left */
export function spokenTime(left) {
  const {over, minutes, seconds} = countdown(left);
  const whole = minutes ? tn("{n} minute", "{n} minutes", minutes) : tn("{n} second", "{n} seconds", seconds);
  return over ? t("{time} over time", {time: whole}) : t("{time} left", {time: whole});
}

/** The figure. @param {{left: number}} props */
export function Figure({left}) {
  const {text, datetime, over} = countdown(left);
  return html`<time class=${over ? "over" : undefined} datetime=${datetime}><span class="hidden">${spokenTime(left)}</span><span aria-hidden="true">${text}</span></time>`;
}

/** The line under the header: the share that is left. @param {{at: Thing, left: number | null}} props */
export function Thread({at, left}) {
  const planned = (stepOf(at).minutes ?? 0) * 60_000;
  if (left === null) return null;
  const share = Math.max(0, Math.min(1, left / Math.max(planned, left, 1)));
  return html`<svg class="thread-time" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true"><rect width=${(share * 100).toFixed(1)} height="3" /></svg>`;
}

/** Start, stretch and stop the time of a step. @param {{at: Thing, act: Scene["act"], connection: Scene["connection"]}} props */
export function Timer({at, act, connection}) {
  const left = useTimeLeft(connection, at.ends_at);
  const set = (/** @type {number | null} */ minutes) => act("room.time", {minutes: minutes && Math.min(LONGEST, minutes)});
  const extend = (/** @type {number} */ more) => set(Math.max(left ?? 0, 0) / 60_000 + more);
  const planned = stepOf(at).minutes;
  if (at.phase === "closed") return null;
  return html`
    <div class="clock" role="group" aria-label=${t("Timer")}>
      ${left === null ? html`
        ${planned > 0 && html`<button type="button" class="btn" onClick=${() => set(planned)}><${Icon} name="play" />${tn("Start {n} minute", "Start {n} minutes", planned)}</button>`}
        ${PRESETS.filter((minutes) => minutes !== planned).map((minutes) => html`
          <button key=${minutes} type="button" class="btn preset" aria-label=${tn("Start {n} minute", "Start {n} minutes", minutes)} onClick=${() => set(minutes)}>${minutes}</button>`)}
        <span class="note">${t("min")}</span>` : html`
        <${Figure} left=${left} />
        <button type="button" class="btn" aria-label=${t("+1 min")} onClick=${() => extend(1)}>+1</button>
        <button type="button" class="btn" aria-label=${t("+5 min")} onClick=${() => extend(5)}>+5</button>
        <button type="button" class="btn" onClick=${() => set(null)}>${t("Stop")}</button>`}
    </div>`;
}
