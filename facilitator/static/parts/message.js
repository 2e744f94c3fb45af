// What the organisers tell everybody: a sentence, a pause, and that all this is only a rehearsal.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";

/** @typedef {import("../lib/store.js").Room} Room */

/** What is told in a room now. @param {Room} room @returns {{text: string, lang: string, rehearsal: boolean, paused: boolean}} */
export function told(room) {
  const at = here(room);
  const notice = one(room, "notice", at?.id ?? 0);
  return {
    text: notice?.text ?? "",
    lang: notice?.lang ?? "",
    rehearsal: notice?.rehearsal ?? false,
    paused: at?.paused ?? false,
  };
}

/** The same as sentences, for those who listen. @param {Room} room */
export function sentences(room) {
  const {text, paused} = told(room);
  return [text && t("From the organisers: {text}", {text}), paused && pauseSentence()].filter(Boolean).join(" ");
}

const pauseSentence = () => t("The organisers have paused the forum for a moment. What you write is kept.");

/** On phones, desks and walls. Where nobody writes, a pause is said here too. @param {{room: Room, paused?: boolean}} props */
export function Message({room, paused = false}) {
  const {text, lang, rehearsal, paused: pausing} = told(room);
  const resting = paused && pausing;
  if (!text && !rehearsal && !resting) return null;
  return html`
    <aside class="told" aria-label=${t("From the organisers")}>
      ${text && html`<p class="banner say"><${Icon} name="comment" /><span class="words" lang=${lang} dir="auto">${text}</span></p>`}
      ${resting && html`<p class="banner warn"><${Icon} name="pause" /><span>${pauseSentence()}</span></p>`}
      ${rehearsal && html`<p class="banner trial"><${Icon} name="play" /><span>${t("Rehearsal: everything here will be wiped.")}</span></p>`}
    </aside>`;
}
