// Putting ideas into themes: choose several, then say where they belong. By taps or by keyboard.
import {html, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {all, byPosition, here, one} from "../lib/store.js";
import {Asked, Stage} from "./frame.js";
import {kindWord} from "./kinds.js";
import {field, onSubmit} from "./scene.js";
import {Quiet, Refusals} from "./states.js";
import {Twice} from "./twice.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {{theme: Thing | null, ideas: Thing[], support: number}} Group */

/** Characters of a theme's name, at most. */
const LONGEST = 120;

/**
 * The themes in their order with their ideas, and what is in none: best supported first.
 * @param {Scene["room"]} room @returns {{themes: Group[], loose: Group}}
 */
export function groups(room) {
  const seats = (/** @type {Thing} */ idea) => one(room, "echo", idea.id)?.seats ?? 0;
  const ideas = all(room, "idea", (a, b) => seats(b) - seats(a) || a.id - b.id);
  const group = (/** @type {Thing | null} */ theme, /** @type {Thing[]} */ found) =>
    ({theme, ideas: found, support: found.reduce((sum, idea) => sum + seats(idea), 0)});
  return {
    themes: all(room, "theme", byPosition).map((theme) => group(theme, ideas.filter((idea) => idea.theme === theme.id))),
    loose: group(null, ideas.filter((idea) => !one(room, "theme", idea.theme))),
  };
}

/**
 * While somebody is choosing, the board holds still: what others do meanwhile waits.
 * @param {Scene["room"]} room @param {boolean} busy
 */
function useStill(room, busy) {
  const held = useRef(room);
  if (!busy) held.current = room;
  const moved = ["idea", "theme"].some((kind) => held.current.things[kind] !== room.things[kind]);
  return {still: held.current, moved, show: () => { held.current = room; }};
}

/** The themes of a room; in its time for grouping they can be made and filled. @param {Scene} scene */
export function Themes(scene) {
  const {room, act, refused, dismiss} = scene;
  const [chosen, setChosen] = useState(/** @type {number[]} */ ([]));
  const open = here(room)?.phase === "group";
  const {still, moved, show} = useStill(room, chosen.length > 0);
  const {themes, loose} = groups(still);
  const present = chosen.filter((id) => one(room, "idea", id));
  const toggle = (/** @type {number[]} */ ids, /** @type {boolean} */ on) =>
    setChosen([...chosen.filter((id) => !ids.includes(id)), ...(on ? ids : [])]);
  const put = (/** @type {number | null} */ theme) => {
    void act("theme.fill", {theme, ideas: present});
    setChosen([]);
  };
  const make = (/** @type {string} */ title) => {
    void act("theme.make", {title, lang: lang(), ideas: present});
    setChosen([]);
  };
  const look = () => {
    show();
    setChosen([...present]);
  };
  const choose = open ? {chosen: present, toggle} : null;
  const empty = !themes.length && !loose.ideas.length;
  return html`
    <${Stage} ...${scene} foot=${open && !empty && html`<${Choice} chosen=${present} themes=${themes} put=${put} make=${make} clear=${() => setChosen([])} />`}>
      ${open ? html`<${Asked} at=${here(room)} otherwise=${t("What belongs together?")} />` : html`<div class="question"><h2 class="words">${t("Themes")}</h2></div>`}
      <${Refusals} refused=${refused} dismiss=${dismiss} />
      <div class="fresh-place">${moved && html`<button type="button" class="fresh" onClick=${look}><${Icon} name="undo" />${t("The board has changed")}</button>`}</div>
      ${empty && html`<${Quiet} title=${t("There are no ideas to group yet.")} />`}
      <div class="grouping">
        ${loose.ideas.length > 0 && html`<${Cluster} key="loose" ...${loose} choose=${choose} room=${still} />`}
        ${themes.map((group) => html`<${Cluster} key=${group.theme?.id} ...${group} choose=${choose} act=${open ? act : null} room=${still} />`)}
      </div>
    <//>`;
}

/** @typedef {{chosen: number[], toggle: (ids: number[], on: boolean) => void} | null} Choose */

/** @param {Group & {choose: Choose, act?: Scene["act"] | null, room: Scene["room"]}} props */
function Cluster({theme, ideas, support, choose, act, room}) {
  const ids = ideas.map(({id}) => id);
  const whole = choose && ids.length > 0 && ids.every((id) => choose.chosen.includes(id));
  return html`
    <div class="group" role="group" aria-labelledby=${`group-${theme?.id ?? "loose"}`}>
      <${ClusterHead} theme=${theme} act=${act} />
      <p class="note row">${tn("{n} idea", "{n} ideas", ids.length)}${support > 0 && ` · ${tn("{n} mark of support", "{n} marks of support", support)}`}
        ${choose && ids.length > 1 && html`<button type="button" class="act push" aria-pressed=${whole} onClick=${() => choose.toggle(ids, !whole)}>${whole ? t("Choose none") : t("Choose all")}</button>`}</p>
      <ul class="picks">${ideas.map((idea) => html`<${Pick} key=${idea.id} idea=${idea} choose=${choose} seats=${one(room, "echo", idea.id)?.seats ?? 0} />`)}</ul>
    </div>`;
}

/** @param {{theme: Thing | null, act?: Scene["act"] | null}} props */
function ClusterHead({theme, act}) {
  const [editing, setEditing] = useState(false);
  if (!theme) return html`<header><h3 id="group-loose">${t("Not in a theme yet")}</h3></header>`;
  const rename = onSubmit((form) => {
    const title = field(form, "title");
    if (title && title !== theme.title) void act?.("theme.rename", {id: theme.id, title});
    setEditing(false);
  });
  if (editing) return html`
    <form class="write" onSubmit=${rename}>
      <label class="hidden" for=${`theme-${theme.id}`}>${t("Name of the theme")}</label>
      <input class="input" id=${`theme-${theme.id}`} name="title" maxlength=${LONGEST} required dir="auto" defaultValue=${theme.title}
        ref=${(/** @type {HTMLElement | null} */ input) => input?.focus()} />
      <button class="btn main" aria-label=${t("Save")}><${Icon} name="support" /></button>
    </form>`;
  return html`
    <header>
      <h3 class="words" id=${`group-${theme.id}`} lang=${theme.lang} dir="auto">${theme.title}</h3>
      ${act && html`
        <button type="button" class="act" aria-label=${t("Rename: {title}", {title: theme.title})} onClick=${() => setEditing(true)}><${Icon} name="suggest" /></button>
        <${Twice} label=${t("Take apart: {title}", {title: theme.title})} sure=${t("Take apart, keep its ideas")} go=${() => act("theme.remove", {id: theme.id})}><${Icon} name="split" /><//>`}
    </header>`;
}

/** One idea, to be chosen or only read. @param {{idea: Thing, choose: Choose, seats: number}} props */
function Pick({idea, choose, seats}) {
  const words = html`<span class="words" lang=${idea.lang} dir="auto">${idea.text}</span>`;
  const mark = html`<${Icon} name=${idea.sort} /><span class="hidden">${kindWord(idea.sort)}: </span>`;
  const many = seats > 0 && html`<span class="note num"><span class="hidden">${t("marks of support:")} </span><${Icon} name="support" />${seats}</span>`;
  if (!choose) return html`<li><span class="line">${mark}${words}${many}</span></li>`;
  const on = choose.chosen.includes(idea.id);
  return html`
    <li><label class="line"><input type="checkbox" checked=${on} onChange=${() => choose.toggle([idea.id], !on)} />
      ${mark}${words}${many}<span class="box"><${Icon} name="support" /></span></label></li>`;
}

/** Where the chosen ones go. @param {{chosen: number[], themes: Group[], put: (theme: number | null) => void, make: (title: string) => void, clear: () => void}} props */
function Choice({chosen, themes, put, make, clear}) {
  const create = onSubmit((form) => {
    const title = field(form, "title");
    if (!title) return;
    make(title);
    form.reset();
  });
  const many = chosen.length;
  return html`
    <section class="paper-state" aria-label=${t("Put into a theme")}>
      <p class="row"><b>${many ? tn("{n} idea chosen", "{n} ideas chosen", many) : t("Choose the ideas that belong together.")}</b>
        ${many > 0 && html`<button type="button" class="act push" onClick=${clear}>${t("Choose none")}</button>`}</p>
      ${many > 0 && themes.length > 0 && html`
        <div class="theme-line" role="group" aria-label=${t("Put them into")}>
          ${themes.map(({theme}) => theme && html`
            <button key=${theme.id} type="button" class="btn" lang=${theme.lang} onClick=${() => put(theme.id)}>${theme.title}</button>`)}
          ${themes.some(({ideas}) => ideas.some(({id}) => chosen.includes(id))) && html`
            <button type="button" class="btn quiet" onClick=${() => put(null)}>${t("Into no theme")}</button>`}
        </div>`}
      <form class="write" onSubmit=${create}>
        <label class="hidden" for="new-theme">${t("Name of a new theme")}</label>
        <input class="input" id="new-theme" name="title" maxlength=${LONGEST} required dir="auto" autocomplete="off" placeholder=${t("Name of a new theme")} />
        <button class="btn main named">${t("Make")}</button>
      </form>
    </section>`;
}
