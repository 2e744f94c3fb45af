// What the desk asks the room once more: how many have answered, for who leads it, and a reminder.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";
import {Panel} from "./panel.js";
import {Reading} from "./reading.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** Characters of a title in a sentence to all, of which there are at most 200. */
const LONGEST = 90;

/** @param {Pick<Scene, "room" | "act">} props */
export function AskedAgain({room, act}) {
  const open = all(room, "consultation").filter(({is_open}) => is_open);
  const seats = one(room, "people", here(room)?.id ?? 0)?.seats ?? 0;
  if (!open.length) return null;
  const remind = (/** @type {string} */ title) => act("room.say", {
    text: t("Please answer: is “{title}” still yours?", {title: title.length > LONGEST ? `${title.slice(0, LONGEST)}…` : title}), lang: lang(),
  });
  return html`
    <${Panel} name="asked-again" title=${t("Is this still ours?")} note=${open.length} open>
      <p class="small">${t("The organisers have put texts of this room together with others, and ask its people on their phones.")}</p>
      <ul class="asked-again">${open.map((asked) => html`
        <li key=${asked.id}>
          <details><summary class="words" lang=${asked.lang} dir="auto">${asked.title}</summary><${Reading} recommendation=${asked} text=${asked.text} /></details>
          <p class="small num">${t("{n} answered, {seats} in the room", {n: one(room, "consulted", asked.id)?.answered ?? 0, seats})}</p>
          <div class="row"><button type="button" class="btn tight" onClick=${() => remind(asked.title)}><${Icon} name="comment" />${t("Remind them")}<span class="hidden">: ${asked.title}</span></button></div>
        </li>`)}</ul>
    <//>`;
}
