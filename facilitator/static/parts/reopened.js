// A text that was voted on: which wording that was, and that it was opened again.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {all} from "../lib/store.js";
import {field, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** The part of a hash by which people compare two papers; the same is printed. @param {string} hash */
export const shortHash = (hash) => hash.slice(7, 19);

/** When and why a text was opened again, the last time first. @param {Scene["room"]} room @param {number} id @returns {Thing[]} */
export const reopeningsOf = (room, id) => all(room, "reopening").filter(({recommendation}) => recommendation === id).reverse();

/** The hash of what was adopted. @param {{hash: string | null}} props */
export const Wording = ({hash}) => hash && html`
  <p class="note wording"><${Icon} name="seal" /><span>${t("The adopted wording is closed. Its hash begins with")} <code class="num">${shortHash(hash)}</code></span></p>`;

/** @param {{room: Scene["room"], id: number}} props */
export function Reopened({room, id}) {
  const found = reopeningsOf(room, id);
  if (!found.length) return null;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {hour: "2-digit", minute: "2-digit"});
  return found.map(({id: line, at, text, lang: spoken, hash}) => html`
    <p key=${line} class="banner say reopened"><${Icon} name="undo" /><span>${t("Opened again at {time}, after the vote:", {time: clock.format(new Date(at))})} <span class="words" lang=${spoken} dir="auto">${text}</span>
      ${hash && html` <span class="note">${t("It had been adopted as")} <code class="num">${shortHash(hash)}</code></span>`}</span></p>`);
}

/** Opening it again, for who leads: with a reason that everybody reads. @param {Pick<Scene, "act"> & {recommendation: Thing}} props */
export function Reopen({recommendation: {id, title}, act}) {
  const [open, setOpen] = useState(false);
  if (!open) return html`
    <div class="row"><button type="button" class="act" onClick=${() => setOpen(true)}><${Icon} name="undo" />${t("Open the text again")}<span class="hidden">: ${title}</span></button></div>`;
  const send = onSubmit((form) => {
    const text = field(form, "why");
    if (!text) return;
    setOpen(false);
    void act("recommendation.reopen", {id, text, lang: lang()});
  });
  return html`
    <form class="field" onSubmit=${send}>
      <label for=${`reopen-${id}`}>${t("Why is it opened again? Everybody reads this.")}</label>
      <input class="input words" id=${`reopen-${id}`} name="why" maxlength="300" required autocomplete="off" dir="auto" lang=${lang()} />
      <p class="note">${t("The vote stays: it was about the earlier wording. The new wording needs a vote of its own.")}</p>
      <div class="row"><button class="btn"><${Icon} name="undo" />${t("Open it again")}</button>
        <button type="button" class="btn quiet" onClick=${() => setOpen(false)}>${t("Cancel")}</button></div>
    </form>`;
}
