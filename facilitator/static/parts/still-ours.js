// Back in the room: what the desk made of its words. Is this still ours?
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {all} from "../lib/store.js";
import {Reading} from "./reading.js";
import {field, lastWaiting, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {{reason: string | null}} Reply */

/** Characters of a reason. */
const LONGEST = 1000;

/** What one has answered, stored or on its way. @param {Pick<Scene, "mine" | "waiting">} scene @param {number} id @returns {Reply | null} */
export function replyOf({mine, waiting}, id) {
  const sending = lastWaiting(waiting, "consultation.answer", ({consultation}) => consultation === id);
  if (sending) return {reason: sending.payload.reason ?? null};
  return mine.consulted?.[id] ?? null;
}

/** @param {Scene} scene */
export const StillOurs = (scene) => html`
  <div class="still-ours">${all(scene.room, "consultation").filter(({is_open}) => is_open)
    .map((asked) => html`<${Question} key=${asked.id} asked=${asked} ...${scene} />`)}</div>`;

/** @param {Scene & {asked: Thing}} props */
function Question({asked, act, locked, ...scene}) {
  const reply = replyOf(scene, asked.id);
  const [changing, setChanging] = useState(false);
  const [doubting, setDoubting] = useState(false);
  const send = (/** @type {string | null} */ reason) => {
    setChanging(false);
    setDoubting(false);
    void act("consultation.answer", {consultation: asked.id, reason});
  };
  const heading = `still-${asked.id}`;
  return html`
    <section class="card" aria-labelledby=${heading}>
      <p class="status long"><${Icon} name="merge" />${t("The organisers have put your text together with others.")}</p>
      <h2 id=${heading}>${t("Is this still yours?")}</h2>
      <details><summary class="words" lang=${asked.lang} dir="auto">${asked.title}</summary><${Reading} recommendation=${asked} text=${asked.text} /></details>
      ${reply && !changing
        ? html`<p class="row"><span class="status good"><${Icon} name=${reply.reason ? "reserve" : "yes"} />${reply.reason ? t("You answered: with a reservation") : t("You answered: yes")}</span>
            <button type="button" class="btn quiet tight push" onClick=${() => setChanging(true)}>${t("Change my answer")}</button></p>`
        : html`
          <div class="row">
            <button type="button" class="btn main" disabled=${locked} onClick=${() => send(null)}><${Icon} name="yes" />${t("Yes, this is still ours")}</button>
            <button type="button" class="btn" aria-expanded=${doubting} onClick=${() => setDoubting(!doubting)}><${Icon} name="reserve" />${t("With a reservation")}</button>
          </div>
          ${doubting && html`
            <form class="field" onSubmit=${onSubmit((form) => send(field(form, "reason")))}>
              <label for=${`doubt-${asked.id}`}>${t("What is your reservation? It is printed without a name.")}</label>
              <textarea class="input words" id=${`doubt-${asked.id}`} name="reason" rows="3" maxlength=${LONGEST} required dir="auto" defaultValue=${reply?.reason ?? ""}></textarea>
              <div class="row"><button class="btn main" disabled=${locked}><${Icon} name="send" />${t("Send my reservation")}</button></div>
            </form>`}
          <p class="note">${t("You can change your answer until the organisers close the question.")}</p>`}
    </section>`;
}
