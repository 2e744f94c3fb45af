// The rail of the wall: time or a figure, the stops of the day, and always the way in.
import {countdown} from "../lib/clock.js";
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";
import {phaseWord, stops} from "./phases.js";
import {isHeld, nearness, spokenTime} from "./time.js";

/** @typedef {import("../lib/store.js").Room} Room */

/**
 * @param {{room: Room, page: Record<string, any>, heard: import("../lib/status.js").Heard, clock: import("../lib/clock.js").Clock,
 *   figure: {big: string, note: string}, timed: boolean, bare: boolean}} props `timed`: the time is
 *   told here, and not by the words beside it; `bare`: the code stands large beside the rail
 */
export function Rail({room, page, heard, clock, figure, timed, bare}) {
  const {ends_at: ends, left_ms: held, code} = here(room) ?? {};
  const way = useWayIn(page, code);
  return html`
    <aside class="rail" aria-label=${t("Time, step and the way in")}>
      <span class="brand"><${Icon} name="mark" /> Facilitator</span>
      ${isHeld({left_ms: held}) && timed ? html`<${HeldTime} left=${held} />` : ends && timed ? html`<${TimeLeft} ends=${ends} clock=${clock} note=${counts(room)} />` : html`<div><span class=${`big num ${figure.big.length > 4 ? "long" : ""}`}>${figure.big}</span><p class="note">${figure.note}</p></div>`}
      ${heard.tone === "warn" || heard.tone === "bad" ? html`<p class=${`status ${heard.tone}`}><${Icon} name=${heard.icon} />${heard.word}</p>` : null}
      <ol class="line-stops">${stops(/** @type {any} */ (here(room))).map(({phase, state}, place) => html`
        <li key=${place} class=${state} aria-current=${state === "now" ? "step" : undefined}>${phaseWord(phase)}</li>`)}</ol>
      ${!bare && html`
        <div class="come">
          <img src=${way} alt=${t("QR code: {host}, code {code}", {host: page.host, code})} width="300" height="300" />
          <b>${code}</b>
          <span>${page.host}</span>
        </div>`}
    </aside>`;
}

/**
 * Where the image of the way in is: drawn anew each minute, for the organisers may have changed the
 * code, and the old one opens nothing then.
 * @param {Record<string, any>} page @param {string} code
 * @returns {string}
 */
export function useWayIn(page, code) {
  const [turn, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), 60_000);
    return () => clearInterval(timer);
  }, []);
  return page.qr.replace("CODE", turn ? `${code}-${turn}` : code);
}

/** "38 ideas, 21 people" @param {Room} room */
function counts(room) {
  const ideas = all(room, "idea").length;
  const people = one(room, "people", here(room)?.id ?? 0)?.seats ?? 0;
  return [tn("{n} idea", "{n} ideas", ideas), tn("{n} person", "{n} people", people)].join(", ");
}

/** @param {{left: number}} props */
const HeldTime = ({left}) => html`
  <div><time class="big paused"><span class="hidden">${t("Paused: {time}", {time: spokenTime(left)})}</span><span aria-hidden="true">${countdown(left).text}</span></time>
    <p class="note">${t("paused")}</p></div>`;

/** @param {{ends: string, clock: import("../lib/clock.js").Clock, note: string}} props */
function TimeLeft({ends, clock, note}) {
  const [left, setLeft] = useState(clock.left(ends));
  useEffect(() => clock.count(ends, setLeft), [ends, clock]);
  const {text, datetime, minutes, seconds, over} = countdown(left ?? 0);
  const sentence = over
    ? t("Over by {m} minutes {s} seconds", {m: minutes, s: seconds})
    : t("{m} minutes {s} seconds left", {m: minutes, s: seconds});
  return html`
    <div>
      <time class=${`big ${nearness(left ?? 0, false)}`} datetime=${datetime}><span class="hidden">${sentence}</span><span aria-hidden="true">${text}</span></time>
      <p class="note">${over ? t("time is up") : note}</p>
    </div>`;
}
