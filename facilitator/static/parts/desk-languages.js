// In which languages a recommendation of the document is, how far each is, and which one is shown.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {languageName, t, tn} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {entries} from "./desk-model.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {"original" | "none" | "draft" | "checked" | "behind"} Standing */

/** @type {Record<Standing, [icon: string, tone: string, word: () => string]>} */
export const STANDINGS = {
  original: ["doc", "", () => t("original")],
  none: ["dot", "", () => t("not translated")],
  draft: ["suggest", "", () => t("draft, not checked")],
  checked: ["yes", "good", () => t("checked")],
  behind: ["warn", "warn", () => t("behind the original")],
};

/** What says a recommendation in another language, once it was begun. @param {Room} room @param {number} id @param {string} lang */
export const translation = (room, id, lang) => all(room, "translation").find((found) => found.original === id && found.lang === lang);

/** How far a recommendation is in a language. Checked are the words that were checked, and no later ones. @param {Room} room @param {Thing} entry @param {string} lang @returns {Standing} */
export function standing(room, entry, lang) {
  if (lang === entry.lang) return "original";
  const found = translation(room, entry.id, lang);
  if (!found) return "none";
  if ((one(room, "text", entry.id)?.seq ?? 0) > found.made_from) return "behind";
  return found.checked !== null && found.checked >= (one(room, "text", found.id)?.seq ?? 0) ? "checked" : "draft";
}

/** How many of the texts that need one have a checked translation, by language. @param {Room} room @param {string[]} languages */
export const progress = (room, languages) => languages.map((lang) => {
  const found = entries(room).map((entry) => standing(room, entry, lang)).filter((state) => state !== "original");
  return {lang, all: found.length, checked: found.filter((state) => state === "checked").length, behind: found.filter((state) => state === "behind").length};
}).filter(({all: texts}) => texts);

/** At the head of a recommendation: its languages. @param {{room: Room, entry: Thing, languages: string[], shown: string, show: (lang: string) => void}} props */
export const Languages = ({room, entry, languages, shown, show}) => html`
  <div class="row languages" role="group" aria-label=${t("Languages of this text")}>
    ${[entry.lang, ...languages.filter((lang) => lang !== entry.lang)].map((lang) => {
      const [icon, tone, word] = STANDINGS[standing(room, entry, lang)];
      return html`<button key=${lang} class="btn tight" type="button" aria-pressed=${shown === lang} onClick=${() => show(lang)}>${languageName(lang)} <span class=${`status ${tone}`}><${Icon} name=${icon} />${word()}</span></button>`;
    })}
  </div>`;

/** How far the document is in each of its languages. @param {{room: Room, languages: string[]}} props */
export const Progress = ({room, languages}) => languages.length > 1 && html`
  <ul class="spoken" aria-label=${t("Translations")}>${progress(room, languages).map(({lang, all: texts, checked, behind}) => html`
    <li key=${lang}><span>${languageName(lang)}</span><meter min="0" max=${texts} value=${checked} aria-label=${languageName(lang)} /><span class="num">${t("{n} of {all} checked", {n: checked, all: texts})}${behind > 0 && html` <span class="status warn"><${Icon} name="warn" />${tn("{n} behind", "{n} behind", behind)}</span>`}</span></li>`)}</ul>`;
