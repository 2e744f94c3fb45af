// The agenda of a meeting: what is spoken about, what was said, and what is to be done.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {bare, finder} from "../lib/marks.js";
import {all, byPosition, here, one} from "../lib/store.js";
import {Written, writtenIn} from "./draft-progress.js";
import {Stage} from "./frame.js";
import {HistoryFold} from "./looking-back.js";
import {Reading} from "./reading.js";
import {field, isOn, onSubmit} from "./scene.js";
import {Quiet, Refusals} from "./states.js";
import {Writing} from "./texts.js";
import {Twice} from "./twice.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Characters of a title, and of who brings it in. */
const TITLE = 300, BY = 120;

/** The items in their order. @param {Scene["room"]} room */
export const minutesOf = (room) => all(room, "minutes", byPosition);

/** The item at which the meeting is. @param {Scene["room"]} room */
export const currentItem = (room) => minutesOf(room).find(({now}) => now);

/** What is to be done of an item: tasks without words are none. @param {Thing | undefined} text @returns {Thing[]} */
export const tasksOf = (text) => (text?.steps ?? []).filter((/** @type {Thing} */ {what}) => what?.trim());

/** @param {Scene} scene */
export function Agenda(scene) {
  const {room, act, refused, dismiss, leading} = scene;
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const items = minutesOf(room);
  const open = here(room)?.phase !== "closed";
  const approved = items.length > 0 && items.every(({status}) => status === "adopted");
  const opened = items.find(({id, status}) => open && id === chosen && status === "draft");
  if (opened) return html`<${Writing} ...${scene} recommendation=${opened} back=${() => setChosen(null)} />`;
  return html`
    <${Stage} ...${scene}>
      <${Refusals} refused=${refused} dismiss=${dismiss} />
      <div class="row"><h2>${t("Meeting minutes")}</h2>
        ${approved && html`<span class="status good"><${Icon} name="yes" />${t("approved")}</span>`}
        ${leading && items.length > 0 && html`<button type="button" class="btn tight push" onClick=${() => act("minutes.approve", {on: !approved})}>
          <${Icon} name=${approved ? "undo" : "yes"} />${approved ? t("Open the minutes again") : t("Approve the minutes")}</button>`}</div>
      ${!items.length && html`<${Quiet} title=${t("Nothing is on the agenda yet.")}><p class="small">${leading ? t("Put down what the meeting will speak about. Everybody in the room can write what was said.") : t("Who leads the room puts it down.")}</p><//>`}
      <ol class="texts agenda-items">${items.map((item, place) => html`
        <${Item} key=${item.id} ...${scene} item=${item} place=${place} ids=${items.map(({id}) => id)} open=${open} write=${() => setChosen(item.id)} />`)}</ol>
      ${leading && open && !approved && html`<${Adding} act=${act} />`}
      ${open && !approved && html`<${LeftOpen} ...${scene} />`}
    <//>`;
}

/** @param {Scene & {item: Thing, place: number, ids: number[], open: boolean, write: () => void}} props */
function Item({item, place, ids, open, write, ...scene}) {
  const {room, act, leading} = scene;
  const {id, title, by, status, now} = item;
  const text = one(room, "text", id);
  const writable = open && status === "draft";
  const named = bare(text?.title || title);
  return html`
    <li class=${now ? "card text lit" : "card text"} id=${`minutes-${id}`}>
      <p class="note row">${t("Item {n}", {n: place + 1})}${by && html` · <span dir="auto">${t("brought in by {who}", {who: by})}</span>`}
        ${now && html`<span class="status push"><${Icon} name="play" />${t("now")}</span>`}</p>
      <h3 class="words" lang=${item.lang} dir="auto">${named}</h3>
      ${writable && html`<div class="row">
        <button type="button" class="btn" onClick=${write} aria-label=${t("Write: {title}", {title: named})}><${Icon} name="suggest" />${t("Write")}</button>
        <${Written} template=${item.template} written=${writtenIn(item.template, text)} /></div>`}
      <${Tasks} ...${scene} item=${item} tasks=${tasksOf(text)} open=${open} />
      <details class="fold">
        <summary><${Icon} name="down" />${t("Read it")}<span class="hidden">: ${named}</span></summary>
        <${Reading} recommendation=${item} text=${{...text, steps: []}} find=${finder(room)} />
      </details>
      ${!writable && html`<${HistoryFold} room=${room} connection=${scene.connection} act=${act} leading=${leading} recommendation=${item} />`}
      ${leading && open && html`<${Acts} item=${item} named=${named} place=${place} ids=${ids} act=${act} writable=${writable} />`}
    </li>`;
}

/** What whoever leads does with an item. @param {{item: Thing, named: string, place: number, ids: number[], act: Scene["act"], writable: boolean}} props */
function Acts({item: {id, by, now}, named, place, ids, act, writable}) {
  const [changing, setChanging] = useState(false);
  const move = (/** @type {number} */ to) => {
    const others = ids.filter((other) => other !== id);
    void act("minutes.order", {ids: [...others.slice(0, to), id, ...others.slice(to)]});
  };
  const change = onSubmit((form) => {
    setChanging(false);
    void act("minutes.change", {id, by: field(form, "by")});
  });
  return html`
    <div class="row acts">
      <button type="button" class="btn tight" aria-pressed=${Boolean(now)} onClick=${() => act("minutes.turn", {id: now ? null : id})}><${Icon} name="play" />${t("We are here now")}<span class="hidden">: ${named}</span></button>
      <button type="button" class="act" disabled=${place === 0} aria-label=${t("Up: {title}", {title: named})} onClick=${() => move(place - 1)}><${Icon} name="up" /></button>
      <button type="button" class="act" disabled=${place === ids.length - 1} aria-label=${t("Down: {title}", {title: named})} onClick=${() => move(place + 1)}><${Icon} name="down" /></button>
      ${writable && html`<button type="button" class="act" aria-expanded=${changing} onClick=${() => setChanging(!changing)}>${t("Who brings it in")}<span class="hidden">: ${named}</span></button>
        <${Twice} class="act push" label=${t("Take out: {title}", {title: named})} sure=${t("Take it off the agenda")} go=${() => act("minutes.remove", {id})}><${Icon} name="close" /><//>`}
    </div>
    ${changing && html`<form class="row" onSubmit=${change}>
      <label class="field"><span class="label">${t("Role, sector or organisation")}</span><input class="input" name="by" maxlength=${BY} dir="auto" autocomplete="off" defaultValue=${by} /></label>
      <button class="btn">${t("Save")}</button></form>`}`;
}

/** What is to be done, with its ticks. @param {Scene & {item: Thing, tasks: Thing[], open: boolean}} props */
function Tasks({item, tasks, open, act, locked, waiting}) {
  if (!tasks.length) return null;
  const done = (/** @type {string} */ id) => isOn(waiting, "minutes.done", item.done.includes(id), (payload) => payload.id === item.id && payload.task === id);
  const left = tasks.filter(({id}) => !done(id)).length;
  return html`
    <section class="tasks" aria-label=${t("To do: {title}", {title: bare(item.title)})}>
      <h4>${t("To do")} <span class="note num">${left ? tn("{n} still open", "{n} still open", left) : t("all done")}</span></h4>
      <ul>${tasks.map(({id, what, who, by}) => html`
        <li key=${id}><label class="check"><input type="checkbox" checked=${done(id)} disabled=${!open || locked} onChange=${(/** @type {any} */ event) => act("minutes.done", {id: item.id, task: id, on: event.target.checked})} />
          <span><span class="words" lang=${item.lang} dir="auto">${bare(what)}</span><${WhoWhen} who=${who} by=${by} lang=${item.lang} /></span></label></li>`)}</ul>
    </section>`;
}

/** @param {{who?: string, by?: string, lang: string}} props */
const WhoWhen = ({who, by, lang: spoken}) => (who?.trim() || by?.trim()) && html`
  <span class="note block" lang=${spoken} dir="auto">${[who, by].map((word) => bare(word ?? "").trim()).filter(Boolean).join(" · ")}</span>`;

/** @param {{act: Scene["act"]}} props */
function Adding({act}) {
  const add = onSubmit((form) => {
    void act("minutes.add", {title: field(form, "title"), by: field(form, "by"), lang: lang()});
    form.reset();
  });
  return html`
    <form class="field begin" onSubmit=${add} aria-labelledby="add-item">
      <h3 id="add-item">${t("Put an item on the agenda")}</h3>
      <label for="item-title">${t("What will be spoken about")}</label>
      <input class="input words" id="item-title" name="title" required maxlength=${TITLE} dir="auto" autocomplete="off" />
      <label for="item-by">${t("Who brings it in: a role, a sector or an organisation")}</label>
      <input class="input" id="item-by" name="by" maxlength=${BY} dir="auto" autocomplete="off" />
      <button class="btn"><${Icon} name="plus" />${t("Put it on the agenda")}</button>
    </form>`;
}

/** What earlier meetings have left to be done. @param {Scene} scene */
function LeftOpen({room, act, page, leading}) {
  /** @type {Thing[]} */
  const left = page.left_open ?? [];
  if (!left.length) return null;
  const taken = new Set(minutesOf(room).map(({origin}) => origin));
  return html`
    <details class="fold earlier" open=${leading && left.some(({id}) => !taken.has(id))}>
      <summary><${Icon} name="down" />${t("Still open from earlier meetings")} <span class="num">${left.length}</span></summary>
      <ul class="texts">${left.map(({id, title, lang: spoken, meeting, tasks}) => html`
        <li key=${id} class="card text">
          <p class="note">${meeting}</p>
          <h3 class="words" lang=${spoken} dir="auto">${title}</h3>
          <ul class="tasks">${tasks.map((/** @type {Thing} */ {what, who, by}, /** @type {number} */ place) => html`
            <li key=${place}><span class="words" lang=${spoken} dir="auto">${bare(what)}</span><${WhoWhen} who=${who} by=${by} lang=${spoken} /></li>`)}</ul>
          ${taken.has(id)
            ? html`<p class="status good"><${Icon} name="saved" />${t("taken up here")}</p>`
            : leading && html`<div class="row"><button type="button" class="btn" onClick=${() => act("minutes.carry", {id})}><${Icon} name="plus" />${t("Go on with it")}<span class="hidden">: ${title}</span></button></div>`}
        </li>`)}</ul>
    </details>`;
}
