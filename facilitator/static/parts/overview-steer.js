// What organisers do in all rooms at once: tell everybody a sentence, pause and go on.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang as spoken, t} from "../lib/i18n.js";
import {told} from "./message.js";
import {field, firstTap, onSubmit} from "./scene.js";

/** @typedef {import("../lib/live.js").View} View */

/** The longest sentence that is read at a glance. */
const MOST = 200;

/** @param {Pick<View, "room" | "act"> & {needy: number, only: boolean, setOnly: (only: boolean) => void}} props */
export function Steer({room, act, needy, only, setOnly}) {
  const {text, lang, paused} = told(room);
  return html`
    <section class="all-at-once" aria-label=${t("All rooms at once")}>
      <div class="row">
        <button type="button" class="btn tight" aria-pressed=${only} onClick=${() => setOnly(!only)}><${Icon} name="hand" />${t("Only what needs somebody")} <span class="num">${needy}</span></button>
        <button type="button" class=${`btn tight ${paused ? "main" : ""}`} onClick=${firstTap(() => void act("forum.pause", {on: !paused}))}>
          <${Icon} name=${paused ? "play" : "pause"} />${paused ? t("Let the forum go on") : t("Pause the whole forum")}</button>
        ${!text && html`<${Tell} act=${act} />`}
      </div>
      ${paused && html`<p class="banner warn" role="status"><${Icon} name="pause" /><span>${t("The forum is paused: nobody can write, in no room. What people type is kept on their phones.")}</span></p>`}
      ${text && html`
        <p class="banner say" role="status"><${Icon} name="comment" />
          <span><span class="small">${t("On all phones, desks and boards:")} </span><span class="words" lang=${lang} dir="auto">${text}</span></span>
          <button type="button" class="btn tight push" onClick=${() => void act("forum.tell", {text: "", lang})}>${t("Take it down")}</button></p>`}
    </section>`;
}

/** @param {Pick<View, "act">} props */
function Tell({act}) {
  const [open, setOpen] = useState(false);
  if (!open) return html`<button type="button" class="btn tight" onClick=${() => setOpen(true)}><${Icon} name="comment" />${t("Message to all rooms")}</button>`;
  const send = onSubmit(async (form) => {
    const text = field(form, "text");
    if (text && !("refused" in await act("forum.tell", {text, lang: spoken()}))) setOpen(false);
  });
  return html`
    <form class="tell-all" onSubmit=${send}>
      <label for="tell-all">${t("A sentence for everybody")}</label>
      <div class="row">
        <input id="tell-all" name="text" class="input" maxlength=${MOST} required autocomplete="off" dir="auto" ref=${focus} />
        <button class="btn main tight"><${Icon} name="send" />${t("Show it everywhere")}</button>
        <button type="button" class="btn quiet tight" onClick=${() => setOpen(false)}>${t("Cancel")}</button>
      </div>
      <p class="note">${t("It stands on all phones, desks and boards until you take it down.")}</p>
    </form>`;
}

/** @param {HTMLElement | null} element */
const focus = (element) => element?.focus();
