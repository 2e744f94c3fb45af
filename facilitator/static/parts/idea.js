// One idea: somebody's words, and what one may do with them.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, languageName, t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {Comments, CommentsToggle, useTalk} from "./comments.js";
import {KINDS, kindWord, viaWord} from "./kinds.js";
import {isLit, LightButton} from "./light.js";
import {StateWord, useMenu, Withdrawn} from "./moderating.js";
import {field, isOn, lastWaiting, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Characters of an idea, at most. */
export const LONGEST = 600;

/** How many support an idea, with one's own tap counted at once. @param {Pick<Scene, "room" | "mine" | "waiting">} scene @param {number} id */
export function support({room, mine, waiting}, id) {
  const stored = mine.supports.includes(id);
  const on = isOn(waiting, "idea.support", stored, (payload) => payload.id === id);
  return {on, count: Math.max(0, (one(room, "echo", id)?.seats ?? 0) + Number(on) - Number(stored))};
}

/** The kind of an idea, in its icon and word, its language where it is another, and how it came in. @param {{idea: Thing, own?: boolean, children?: any}} props */
export const Kind = ({idea, own, children}) => html`
  <p class="kind"><${Icon} name=${idea.sort} />${kindWord(idea.sort)}${own && ` · ${t("yours")}`}
    ${idea.lang !== lang() && html`<abbr title=${languageName(idea.lang)}>${idea.lang.toUpperCase()}</abbr>`}
    ${idea.via && html`<span class="via"><${Icon} name=${idea.via} />${viaWord(idea)}</span>`}${children}</p>`;

/** @param {Scene & {idea: Thing, phase: string, more?: Record<string, any>}} props `more`: its place in a long list */
export function Idea({idea, phase, more, ...scene}) {
  const [editing, setEditing] = useState(false);
  const {act, mine} = scene;
  const talk = useTalk({...scene, idea, phase});
  const own = mine.ideas.includes(idea.id);
  const menu = useMenu({...scene, kind: "idea", id: idea.id, own});
  const edit = lastWaiting(scene.waiting, "idea.edit", (payload) => payload.id === idea.id);
  const told = edit ? {...idea, ...edit.payload} : idea;
  if (idea.state === "withdrawn") return html`<${Withdrawn} words=${idea} kind="idea" act=${act} more=${more} />`;
  if (editing) return html`<${Edit} idea=${idea} act=${act} more=${more} done=${() => setEditing(false)} />`;
  const seen = !idea.state;
  return html`
    <li class=${["idea", own && "mine", !seen && "apart", isLit(scene.room, "idea", idea.id) && "lit"].filter(Boolean).join(" ")} id=${`idea-${idea.id}`} ...${more}>
      <${Kind} idea=${told} own=${own}><${StateWord} words=${idea} />${edit && html`<span class="status push"><${Icon} name="sending" />${t("sending")}</span>`}<//>
      <p class="words" lang=${idea.lang} dir="auto">${told.text}</p>
      ${(seen || (own && idea.state !== "hidden")) && html`
        <div class="acts">
          ${seen && html`<${Support} idea=${idea} phase=${phase} own=${own} ...${scene} /><${CommentsToggle} idea=${idea} talk=${talk} />`}
          ${seen && scene.leading && html`<${LightButton} ...${scene} kind="idea" id=${idea.id} name=${idea.text} />`}
          ${own && ["gather", "group"].includes(phase) && html`
            <button type="button" class="act" onClick=${() => setEditing(true)}><${Icon} name="suggest" />${t("Edit")}</button>
            <button type="button" class="act" onClick=${() => act("idea.withdraw", {id: idea.id})}>${t("Withdraw")}</button>`}
          ${seen && menu.button}
        </div>`}
      ${seen && menu.menu}
      ${seen && talk.shown && html`<${Comments} idea=${idea} talk=${talk} ...${scene} />`}
    </li>`;
}

/** @param {Scene & {idea: Thing, phase: string, own: boolean}} props */
function Support({idea, phase, own, leading, act, locked, ...scene}) {
  const {on, count} = support(scene, idea.id);
  const open = !leading && !own && ["gather", "group", "decide"].includes(phase);
  const words = tn("{n} person supports this", "{n} people support this", count);
  if (!open) return count > 0 && html`<span class="status"><${Icon} name="support" />${words}</span>`;
  return html`
    <button type="button" class="act" disabled=${locked} aria-pressed=${on} aria-label=${`${count} – ${t("I support this")}`}
      onClick=${() => act("idea.support", {id: idea.id, on: !on})}>
      <span class="tick"><${Icon} name="support" /></span>${count}</button>`;
}

/** @param {{idea: Thing, act: Scene["act"], done: () => void, more?: Record<string, any>}} props */
function Edit({idea, act, done, more}) {
  const save = onSubmit((form) => {
    const text = field(form, "text");
    if (!text) return;
    void act("idea.edit", {id: idea.id, sort: field(form, "sort"), question: idea.question, text});
    done();
  });
  return html`
    <li class="idea mine" ...${more}>
      <form class="field" onSubmit=${save} aria-label=${t("Edit your idea")}>
        <label class="hidden" for=${`sort-${idea.id}`}>${t("What is it?")}</label>
        <select class="input" id=${`sort-${idea.id}`} name="sort">
          ${KINDS.map((kind) => html`<option key=${kind} value=${kind} selected=${kind === idea.sort}>${kindWord(kind)}</option>`)}
        </select>
        <label class="hidden" for=${`text-${idea.id}`}>${t("Your idea")}</label>
        <textarea class="input words" id=${`text-${idea.id}`} name="text" rows="4" maxlength=${LONGEST} required dir="auto" lang=${idea.lang}
          ref=${(/** @type {HTMLElement | null} */ area) => area?.focus()} defaultValue=${idea.text}></textarea>
        <div class="row">
          <button class="btn main">${t("Save")}</button>
          <button type="button" class="btn quiet" onClick=${done}>${t("Cancel")}</button>
        </div>
      </form>
    </li>`;
}

/** What one wrote and the server does not have yet: it stays where it was written. @param {{unsent: import("./scene.js").Act, heard: Scene["heard"]}} props */
export const Unsent = ({unsent: {payload}, heard}) => html`
  <li class="idea unsent">
    <${Kind} idea=${payload} own><span class=${`status push ${heard.tone === "warn" ? "warn" : ""}`}>
      <${Icon} name=${heard.tone === "warn" ? "waiting" : "sending"} />${heard.tone === "warn" ? t("waiting") : t("sending")}</span><//>
    <p class="words" dir="auto" lang=${payload.lang}>${payload.text}</p>
  </li>`;
