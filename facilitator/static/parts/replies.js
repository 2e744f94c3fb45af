// What is said of a suggestion, under it.
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, languageName, t} from "../lib/i18n.js";
import {jot, jotted} from "../lib/jotted.js";
import {all, one} from "../lib/store.js";
import {StateWord, useMenu, Withdrawn} from "./moderating.js";
import {onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Characters of a reply. */
export const LONGEST = 400;

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
      ${writing && open && html`<${Write} suggestion=${suggestion} act=${scene.act} page=${scene.page} locked=${scene.locked} />`}
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

/** @param {{suggestion: Thing, act: Scene["act"], page: Scene["page"], locked?: boolean}} props */
function Write({suggestion, act, page, locked}) {
  const key = `reply ${page.room} ${page.page} ${suggestion.id}`;
  const [text, setText] = useState(() => jotted(key));
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => input.current?.focus(), []);
  const write = (/** @type {string} */ next) => {
    setText(next);
    jot(key, next);
  };
  const post = () => {
    const said = text.trim();
    if (locked) return;
    if (said) void act("reply.post", {suggestion: suggestion.id, text: said, lang: lang()});
    if (said) write("");
    input.current?.focus();
  };
  return html`
    <form class="write" aria-label=${t("Your reply")} onSubmit=${onSubmit(post)}>
      <input ref=${input} class="input" type="text" maxlength=${LONGEST} autocomplete="off" enterkeyhint="send" dir="auto" lang=${lang()}
        aria-label=${t("Write a reply")} placeholder=${t("Write a reply")} value=${text}
        onInput=${(/** @type {InputEvent} */ event) => write(/** @type {HTMLInputElement} */ (event.target).value)} />
      <button class="btn" disabled=${locked} aria-label=${t("Send")}><${Icon} name="send" /></button>
    </form>`;
}
