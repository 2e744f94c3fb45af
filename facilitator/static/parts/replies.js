// What is said of a suggestion, under it.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, languageName, t} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {StateWord, useMenu, Withdrawn} from "./moderating.js";
import {Say} from "./say.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** The replies under a suggestion, oldest first, with one's own that not everybody sees. @param {Pick<Scene, "room" | "mine">} scene @param {number} suggestion */
export function repliesTo({room, mine}, suggestion) {
  const apart = (mine.unshown ?? []).filter((words) => words.thing === "reply" && words.suggestion === suggestion && !one(room, "reply", words.id));
  return [...all(room, "reply").filter((reply) => reply.suggestion === suggestion), ...apart].sort((a, b) => a.id - b.id);
}

/** @param {Scene & {suggestion: Thing, open: boolean, writing: boolean}} props `writing`: whether one has come to write */
export function Replies({suggestion, open, writing, ...scene}) {
  const known = repliesTo(scene, suggestion.id);
  const unsent = scene.waiting.filter(({name, payload}) => name === "reply.post" && payload.suggestion === suggestion.id);
  if (!known.length && !unsent.length && !writing) return null;
  return html`
    <section class="comments" aria-label=${t("Replies")}>
      <ul>
        ${known.map((reply) => html`<${Reply} key=${reply.id} reply=${reply} open=${open} ...${scene} />`)}
        ${unsent.map(({op, payload}) => html`
          <li key=${op} class="comment unsent"><p class="words" lang=${payload.lang} dir="auto">${payload.text}</p>
            <span class="status"><${Icon} name="sending" />${t("sending")}</span></li>`)}
      </ul>
      ${writing && open && html`<${Say} jot=${`reply ${scene.page.room} ${scene.page.page} ${suggestion.id}`} name=${t("Your reply")} asked=${t("Write a reply")} eager locked=${scene.locked}
        send=${(/** @type {string} */ text) => void scene.act("reply.post", {suggestion: suggestion.id, text, lang: lang()})} />`}
    </section>`;
}

/** @param {Scene & {reply: Thing, open: boolean}} props */
function Reply({reply, open, ...scene}) {
  const own = (scene.mine.replies ?? []).includes(reply.id);
  const menu = useMenu({...scene, kind: "reply", id: reply.id, own});
  if (reply.state === "withdrawn") return html`<${Withdrawn} words=${reply} kind="reply" act=${scene.act} />`;
  return html`
    <li class=${reply.state ? "comment apart" : "comment"}>
      <p class="words" lang=${reply.lang} dir="auto">${reply.text}</p>
      ${reply.lang !== lang() && html`<abbr title=${languageName(reply.lang)}>${reply.lang.toUpperCase()}</abbr>`}
      <${StateWord} words=${reply} />
      ${own && open && reply.state !== "hidden" && html`<button type="button" class="act" onClick=${() => scene.act("reply.withdraw", {id: reply.id})}>${t("Withdraw")}</button>`}
      ${!reply.state && menu.button}
      ${!reply.state && menu.menu}
    </li>`;
}
