// Reporting and hiding: why, in a short list of words; and what became of one's own.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {"idea" | "comment" | "reservation" | "evidence" | "reply"} Kind */

/** @type {Record<string, () => string>} */
const REASONS = {
  person: () => t("names a person"),
  insult: () => t("insults somebody"),
  data: () => t("gives personal data"),
  topic: () => t("is about something else"),
  spam: () => t("is advertising"),
  twice: () => t("says the same twice"),
};

/** @param {string} reason */
export const reasonWord = (reason) => REASONS[reason]?.() ?? "";

/** Why something is hidden: one tap each. @param {{choose: (reason: string) => void, cancel: () => void}} props */
export const Reasons = ({choose, cancel}) => html`
  <div class="reasons" role="group" aria-label=${t("Hide it, because it …")}>
    <p class="note">${t("Hide it, because it …")}</p>
    <div class="row">
      ${Object.entries(REASONS).map(([reason, word]) => html`<button key=${reason} type="button" class="btn tight" onClick=${() => choose(reason)}>${word()}</button>`)}
      <button type="button" class="btn quiet tight" onClick=${cancel}>${t("Cancel")}</button>
    </div>
  </div>`;

/**
 * Asking the facilitator to look at words; parking or hiding them: never the first thing one sees.
 * @param {Pick<Scene, "room" | "mine" | "act" | "leading"> & {kind: Kind, id: number, own: boolean}} scene
 */
export function useMenu({room, mine, act, leading, kind, id, own}) {
  const [open, setOpen] = useState(false);
  const reported = mine.reported.includes(`${kind}-${id}`);
  const offered = leading || (!own && here(room)?.moderation !== "off");
  const button = offered && html`
    <button type="button" class="act menu-button" aria-expanded=${open} aria-label=${t("More")} onClick=${() => setOpen(!open)}><${Icon} name="more" /></button>`;
  const report = (/** @type {boolean} */ on) => act(`${kind}.report`, {id, on});
  const hide = (/** @type {string} */ reason) => {
    setOpen(false);
    void act(`${kind}.hide`, {id, reason});
  };
  const park = () => {
    const {sort, lang} = one(room, "idea", id) ?? {};
    setOpen(false);
    void act("park.add", {sort, text: null, idea: id, lang});
  };
  const menu = offered && open && (leading
    ? html`${kind === "idea" && html`<div class="row"><button type="button" class="btn tight" onClick=${park}><${Icon} name="next" />${t("Park it: it belongs elsewhere")}</button></div>`}
      <${Reasons} choose=${hide} cancel=${() => setOpen(false)} />`
    : html`<div class="row reporting">${reported
      ? html`<span class="status"><${Icon} name="flag" />${t("reported to the facilitator")}</span><button type="button" class="act" onClick=${() => report(false)}><${Icon} name="undo" />${t("Undo")}</button>`
      : html`<button type="button" class="act" onClick=${() => report(true)}><${Icon} name="flag" />${t("Report to the facilitator")}</button><span class="note">${t("Nobody learns who reported it.")}</span>`}</div>`);
  return {button, menu};
}

/** @type {Record<string, (words: Thing) => {icon: string, tone: string, word: string}>} */
const STATES = {
  veiled: () => ({icon: "hide", tone: "", word: t("waits for the reveal")}),
  held: () => ({icon: "eye", tone: "", word: t("waits for the facilitator")}),
  hidden: ({reason}) => ({icon: "hide", tone: "warn", word: t("Hidden by the facilitator: {reason}", {reason: reasonWord(reason)})}),
};

/** What became of one's own words, in a word. @param {{words: Thing}} props */
export function StateWord({words}) {
  const state = STATES[words.state]?.(words);
  return state && html`<span class=${`status ${state.tone} push`}><${Icon} name=${state.icon} />${state.word}</span>`;
}

/** One's own, taken back a moment ago: the way back stands where it was. @param {{words: Thing, kind: Kind, act: Scene["act"], more?: Record<string, any>}} props */
export const Withdrawn = ({words, kind, act, more}) => html`
  <li class="taken-back" ...${more}>
    <span class="status"><${Icon} name="undo" />${t("Withdrawn.")}</span>
    ${words.text && html`<span class="note words" dir="auto" lang=${words.lang}>${words.text}</span>`}
    <button type="button" class="act push" onClick=${() => act(`${kind}.restore`, {id: words.id})}>${t("Undo")}</button>
  </li>`;
