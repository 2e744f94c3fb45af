// What belongs elsewhere: parked in a room, sent to another, and taken in there.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {all} from "../lib/store.js";
import {roomName} from "./agenda.js";
import {LONGEST} from "./idea.js";
import {kindWord} from "./kinds.js";
import {Panel} from "./panel.js";
import {field, onSubmit} from "./scene.js";
import {Twice} from "./twice.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** A room as others call it: with its table, and its city where it is not ours. @param {Thing} room */
const called = (room) => [roomName(room, 2), room.meeting].filter(Boolean).join(" · ");

/** Newest first: what has just come in is what is looked for. @param {Scene["room"]} room */
const parkedIn = (room) => all(room, "parked", (a, b) => b.id - a.id);

/** What became of something parked, in words. @param {{thing: Thing}} props */
const Fate = ({thing}) => html`
  ${thing.from && html`<span class="status"><${Icon} name="back" />${t("from {room}", {room: called(thing.from)})}</span>`}
  ${thing.state === "sent" && html`<span class="status good"><${Icon} name="send" />${t("sent to {room}", {room: called(thing.to)})}</span>`}
  ${thing.state === "taken" && html`<span class="status good"><${Icon} name="saved" />${t("taken in as an idea")}</span>`}`;

/** @param {{thing: Thing, children?: any}} props */
const Card = ({thing, children}) => html`
  <li class="parked ${thing.state === "here" ? "" : "gone-on"}">
    <p class="kind note"><${Icon} name=${thing.sort} />${kindWord(thing.sort)}</p>
    <p class="words" lang=${thing.lang} dir="auto">${thing.text}</p>
    <${Fate} thing=${thing} />
    ${children}
  </li>`;

/** Write down something that belongs elsewhere. @param {{act: Scene["act"], id: string}} props */
function ParkForm({act, id}) {
  const park = onSubmit((form) => {
    const text = field(form, "text");
    if (!text) return;
    void act("park.add", {sort: "need", text, idea: null, lang: lang()});
    form.reset();
  });
  return html`
    <form class="field" onSubmit=${park}>
      <label for=${id}>${t("What belongs elsewhere")}</label>
      <textarea class="input" id=${id} name="text" rows="2" maxlength=${LONGEST} required dir="auto"></textarea>
      <button class="btn"><${Icon} name="pin" />${t("Park it")}</button>
    </form>`;
}

/** On a phone: folded below what the room is doing. @param {Scene} scene */
export function Parking({room, mine, act}) {
  const [unfolded, unfold] = useState(false);
  const things = parkedIn(room);
  const open = all(room, "room")[0]?.phase !== "closed";
  if (!open && !things.length) return null;
  return html`
    <details class="fold parking" onToggle=${(/** @type {any} */ event) => unfold(event.currentTarget.open)}>
      <summary><${Icon} name="down" />${t("Parked for elsewhere")}${things.length > 0 && html` <span class="num">${things.length}</span>`}</summary>
      <p class="small">${t("What matters, but belongs to another room: here it is not lost, and whoever leads can send it there.")}</p>
      <ul class="parked-list">${things.map((thing) => html`
        <${Card} key=${thing.id} thing=${thing}>
          ${thing.state === "here" && mine?.parked?.includes(thing.id) && html`
            <button type="button" class="act" onClick=${() => act("park.withdraw", {id: thing.id})}><${Icon} name="undo" />${t("Take back")}<span class="hidden">: ${thing.text}</span></button>`}
        <//>`)}</ul>
      ${open && unfolded && html`<${ParkForm} act=${act} id="park" />`}
    </details>`;
}

/** On the desk: take in, send on, clear away. @param {Pick<Scene, "room" | "act" | "page">} scene */
export function Parked({room, act, page}) {
  const [unfolded, unfold] = useState(false);
  const things = parkedIn(room);
  const waiting = things.filter(({state}) => state === "here").length;
  return html`
    <${Panel} name="parked" title=${t("Parked")} note=${waiting || undefined} open=${waiting > 0}>
      <ul class="parked-list">${things.map((thing) => html`
        <${Card} key=${thing.id} thing=${thing}>
          ${thing.state === "here" && html`<${Ways} thing=${thing} act=${act} rooms=${page.others ?? []} />`}
        <//>`)}</ul>
      <details class="fold" onToggle=${(/** @type {any} */ event) => unfold(event.currentTarget.open)}><summary><${Icon} name="plus" />${t("Park something")}</summary>${unfolded && html`<${ParkForm} act=${act} id="park" />`}</details>
    <//>`;
}

/** @param {{thing: Thing, act: Scene["act"], rooms: {uuid: string, name: string}[]}} props */
function Ways({thing, act, rooms}) {
  const [goal, setGoal] = useState("");
  const of = html`<span class="hidden">: ${thing.text}</span>`;
  return html`
    <div class="row">
      <button type="button" class="act" onClick=${() => act("park.take", {id: thing.id})}><${Icon} name="plus" />${t("Take in")}${of}</button>
      <${Twice} class="act" label=${t("Clear away: {text}", {text: thing.text})} sure=${t("Clear it away")} go=${() => act("park.withdraw", {id: thing.id})}><${Icon} name="close" /><//>
    </div>
    ${rooms.length > 0 && html`
      <div class="row">
        <select class="input tight" aria-label=${t("Send to which room: {text}", {text: thing.text})} value=${goal} onChange=${(/** @type {any} */ event) => setGoal(event.target.value)}>
          <option value="">${t("Send to …")}</option>
          ${rooms.map(({uuid, name}) => html`<option key=${uuid} value=${uuid}>${name}</option>`)}
        </select>
        <button type="button" class="act" disabled=${!goal} onClick=${() => act("park.send", {id: thing.id, room: goal})}><${Icon} name="send" />${t("Send")}${of}</button>
      </div>`}`;
}
