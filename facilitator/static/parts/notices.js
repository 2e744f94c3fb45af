// What whoever leads says to all screens, on a phone: gently, and it can be put away. It lies over
// the page and moves nothing.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {jot, jotted} from "../lib/jotted.js";
import {here} from "../lib/store.js";
import {ownHand} from "./hand.js";
import {lit, steerOf, wordsOf} from "./light.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** Why nothing can be sent now; "" when it can. @param {Scene["room"]} room */
export function whyLocked(room) {
  const {locked, paused} = here(room) ?? {};
  if (paused) return t("The organisers have paused the forum for a moment. What you write is kept.");
  return locked ? t("The facilitator has paused all writing for a moment. What you write is kept.") : "";
}

/** That writing is paused: where it is written. @param {{room: Scene["room"]}} props */
export function Locked({room}) {
  const why = whyLocked(room);
  return why && html`<aside class="banner warn locked" aria-label=${t("Writing is paused")}><${Icon} name="lock" /><p>${why}</p></aside>`;
}

/** What one has put away on this device, over a reload too. @param {Scene["page"]} page */
function usePutAway(page) {
  const key = `put away ${page.room}`;
  const [away, setAway] = useState(() => jotted(key));
  return {
    isAway: (/** @type {string} */ what) => away.includes(what),
    put: (/** @type {string} */ what) => {
      // The last few will do: older ones are no longer said.
      const next = [...away.split(" "), what].slice(-8).join(" ");
      jot(key, next);
      setAway(next);
    },
  };
}

/** Whether this phone is one of the quiet that were nudged. @param {Pick<Scene, "room" | "mine">} scene */
export function isNudged({room, mine}) {
  const {nudge} = steerOf(room);
  const visit = here(room)?.visit;
  return Boolean(nudge) && nudge.visit === visit && mine.visit !== visit;
}

/** @param {Scene & {goTo: (light: {kind: string, id: number}) => void}} props */
export function Notices({goTo, ...scene}) {
  const {room, page, act} = scene;
  const {isAway, put} = usePutAway(page);
  const {notice, nudge} = steerOf(room);
  const shown = lit(room);
  const {floor} = ownHand(scene);
  const said = notice && !isAway(notice.at);
  const lamp = shown && !isAway(shown.light.since);
  const quiet = isNudged(scene) && !isAway(nudge.at);
  // One after the other: a phone is small.
  const next = said ? "said" : lamp ? "lamp" : quiet ? "quiet" : "";
  if (!floor && !next) return null;
  return html`
    <div class="notices"><div class="in">
      ${floor && html`
        <section class="slip floor" aria-label=${t("Your hand")}><p><${Icon} name="hand" /><b>${t("You have the floor")}</b></p>
          <div class="row"><button type="button" class="btn tight" onClick=${() => act("hand.lower", {})}>${t("I have spoken")}</button></div></section>`}
      ${next === "said" && html`
        <section class="slip" aria-label=${t("From the facilitator")}><p class="words" lang=${notice.lang} dir="auto">${notice.text}</p>
          <div class="row"><span class="note">${t("From the facilitator")}</span><button type="button" class="btn tight push" onClick=${() => put(notice.at)}>${t("I see")}</button></div></section>`}
      ${shown && next === "lamp" && html`
        <section class="slip" aria-label=${t("The facilitator is showing this")}><p class="note"><${Icon} name="pin" />${t("The facilitator is showing this")}</p>
          <p class="lit-words words" lang=${shown.thing.lang} dir="auto">${wordsOf(shown.thing)}</p>
          <div class="row"><button type="button" class="btn tight" onClick=${() => { put(shown.light.since); goTo(shown.light); }}>${t("Go there")} <${Icon} name="next" /></button>
            <button type="button" class="btn quiet tight push" onClick=${() => put(shown.light.since)}>${t("Not now")}</button></div></section>`}
      ${next === "quiet" && html`
        <section class="slip" aria-label=${t("An invitation")}><p>${t("The room would like to hear you too. One sentence is enough.")}</p>
          <div class="row"><span class="note">${t("Only you see this.")}</span><button type="button" class="btn quiet tight push" onClick=${() => put(nudge.at)}>${t("Not now")}</button></div></section>`}
    </div></div>`;
}
