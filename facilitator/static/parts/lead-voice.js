// What whoever leads says to all screens, and to the organisers; and what everybody looks at.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {Since} from "./lead-hands.js";
import {watchOf} from "./lead-people.js";
import {lit, steerOf, wordsOf} from "./light.js";
import {field, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Characters of a sentence. */
const LONGEST = 200;

/** What is on every phone now, while anything is. @param {Pick<Scene, "room" | "act" | "connection">} props */
export function OnAllPhones({room, act, connection}) {
  const shown = lit(room);
  const {notice} = steerOf(room);
  if (!shown && !notice) return null;
  return html`
    <section class="on-phones" aria-labelledby="on-phones">
      <h2 id="on-phones">${t("On every phone")}</h2>
      ${shown && html`<${Up} words=${shown.thing} since=${shown.light.since} connection=${connection} down=${() => act("room.light", {kind: null, id: null})} icon="pin" />`}
      ${notice && html`<${Up} words=${notice} since=${notice.at} connection=${connection} down=${() => act("room.say", {text: null, lang: lang()})} icon="comment" />`}
    </section>`;
}

/** @param {{words: Thing, since: string, connection: Scene["connection"], down: () => void, icon: string}} props */
const Up = ({words, since, connection, down, icon}) => html`
  <div class="up"><${Icon} name=${icon} /><p class="words" lang=${words.lang} dir="auto">${wordsOf(words)}</p>
    <span class="note"><${Since} moment=${since} connection=${connection} /></span>
    <button type="button" class="btn tight" onClick=${down}>${t("Take down")}</button></div>`;

/** A sentence to all. @param {Pick<Scene, "act">} props */
export function Say({act}) {
  const say = onSubmit((form) => {
    const text = field(form, "text");
    if (text) void act("room.say", {text, lang: lang()});
    form.reset();
  });
  return html`
    <form class="field" onSubmit=${say}>
      <label class="hidden" for="say">${t("A sentence to all phones and the board")}</label>
      <textarea class="input" id="say" name="text" rows="2" maxlength=${LONGEST} required dir="auto" lang=${lang()} placeholder=${t("A sentence to all phones and the board")}></textarea>
      <button class="btn"><${Icon} name="send" />${t("Say it")}</button>
    </form>`;
}

/** All writing of participants, paused and let go on. @param {{at: Thing, act: Scene["act"]}} props */
export const Lock = ({at, act}) => html`
  <div class="lock-line">
    ${at.paused && html`<p class="status warn"><${Icon} name="pause" />${t("The organisers have paused the forum.")}</p>`}
    <button type="button" class="btn" aria-pressed=${at.locked} onClick=${() => act("room.lock", {on: !at.locked})}>
      <${Icon} name=${at.locked ? "play" : "lock"} />${at.locked ? t("Let all write again") : t("Pause all writing")}</button>
  </div>`;

/** A word to the organisers. @param {Pick<Scene, "room" | "act">} props */
export function Help({room, act}) {
  const {help} = watchOf(room);
  const asked = help !== null && help !== undefined;
  const ask = onSubmit((form) => void act("room.help", {on: true, note: field(form, "note")}));
  if (asked) return html`
    <div class="field"><p class="small"><b>${t("The organisers know that you need help.")}</b>${help && html` <span class="words" dir="auto">${help}</span>`}</p>
      <button type="button" class="btn" onClick=${() => act("room.help", {on: false, note: ""})}><${Icon} name="yes" />${t("It is solved")}</button></div>`;
  return html`
    <form class="field" onSubmit=${ask}>
      <label class="hidden" for="help">${t("What is it about? A few words, or none")}</label>
      <input class="input" id="help" name="note" maxlength=${LONGEST} dir="auto" autocomplete="off" placeholder=${t("What is it about? A few words, or none")} />
      <button class="btn"><${Icon} name="flag" />${t("Ask the organisers to come")}</button>
    </form>`;
}
