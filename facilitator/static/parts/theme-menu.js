// What can be done with a theme as a whole. It opens in its place, and everything can be taken back.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {field, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./theme-model.js").Group} Group */
/** @typedef {import("./grouping-board.js").Choose} Choose */
/** @typedef {import("./grouping-board.js").Go} Go */

/** Characters of a theme's name, at most. */
export const LONGEST = 120;

/** Another name for a theme; Escape leaves it as it is. @param {{theme: Thing, go: Go | null, done: () => void}} props */
export function ThemeName({theme, go, done}) {
  const rename = onSubmit((form) => {
    const title = field(form, "title");
    if (title && title !== theme.title) void go?.("theme.rename", {id: theme.id, title});
    leave();
  });
  const leave = () => {
    done();
    requestAnimationFrame(() => document.getElementById(`more-${theme.id}`)?.focus({preventScroll: true}));
  };
  return html`
    <form class="write" onSubmit=${rename} onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && leave()}>
      <label class="hidden" for=${`theme-${theme.id}`} id=${`group-${theme.id}`}>${t("Name of the theme")}</label>
      <input class="input" id=${`theme-${theme.id}`} name="title" maxlength=${LONGEST} required dir="auto" autocomplete="off" defaultValue=${theme.title} ref=${selected} />
      <button class="btn main" aria-label=${t("Save")}><${Icon} name="support" /></button>
    </form>`;
}

/** Ready to be overwritten, once. @param {HTMLInputElement | null} input */
function selected(input) {
  if (!input || document.activeElement === input) return;
  input.focus();
  input.select();
}

/** @param {{theme: Thing, ids: number[], place: number, order: Group[], go: Go, choose: Choose, rename: () => void}} props */
export function ThemeMenu({theme, ids, place, order, go, choose, rename}) {
  const [open, setOpen] = useState(false);
  if (typeof theme.id !== "number") return null; // on its way
  const {id, title} = theme;
  const close = () => {
    setOpen(false);
    document.getElementById(`more-${id}`)?.focus({preventScroll: true});
  };
  return html`
    <button type="button" class="act more" id=${`more-${id}`} aria-expanded=${open} aria-controls=${`menu-${id}`}
      aria-label=${t("What to do with the theme: {title}", {title})} onClick=${() => setOpen(!open)}><${Icon} name="more" /></button>
    <div class="theme-menu" id=${`menu-${id}`} hidden=${!open} role="group" aria-label=${title}
      onKeyDown=${(/** @type {KeyboardEvent} */ event) => event.key === "Escape" && close()}>
      ${open && html`<${Deeds} theme=${theme} ids=${ids} place=${place} order=${order} choose=${choose} rename=${rename}
        go=${(/** @type {string} */ name, /** @type {Record<string, any>} */ payload) => go(name, payload)} close=${close} />`}
    </div>`;
}

/** @param {{theme: Thing, ids: number[], place: number, order: Group[], go: Go, choose: Choose, rename: () => void, close: () => void}} props */
function Deeds({theme: {id, aside}, ids, place, order, go, choose, rename, close}) {
  const part = choose?.chosen.filter((idea) => ids.includes(idea)) ?? [];
  const others = order.filter(({theme}) => theme && theme.id !== id && typeof theme.id === "number");
  const away = (/** @type {string} */ name, /** @type {Record<string, any>} */ payload) => {
    leaveTo(id);
    void go(name, payload);
  };
  const split = () => {
    choose?.toggle(choose.chosen.filter((idea) => !part.includes(idea)), false);
    document.getElementById("new-theme")?.focus();
  };
  const merge = onSubmit((form) => {
    const into = Number(field(form, "into"));
    if (into) away("theme.merge", {into, themes: [id]});
  });
  if (aside) return html`<button type="button" class="btn" onClick=${() => away("theme.aside", {id, on: false})}><${Icon} name="undo" />${t("Take up again")}</button>`;
  return html`
    <button type="button" class="btn" onClick=${rename}><${Icon} name="suggest" />${t("Rename")}</button>
    <button type="button" class="btn" disabled=${place === 0} onClick=${() => go("theme.order", {id, position: rank(order, place - 1)})}><${Icon} name="up" />${t("Move forward")}</button>
    <button type="button" class="btn" disabled=${place === order.length - 1} onClick=${() => go("theme.order", {id, position: rank(order, place + 1)})}><${Icon} name="down" />${t("Move back")}</button>
    ${part.length > 0 && part.length < ids.length && html`<button type="button" class="btn" onClick=${split}><${Icon} name="split" />${t("Split off the chosen")}</button>`}
    <button type="button" class="btn" onClick=${() => away("theme.aside", {id, on: true})}><${Icon} name="hide" />${t("Put aside")}</button>
    <button type="button" class="btn" onClick=${() => away("theme.remove", {id})}><${Icon} name="close" />${t("Take apart")}</button>
    ${others.length > 0 && html`
      <form class="merge" onSubmit=${merge}>
        <label for=${`into-${id}`}>${t("Merge into")}</label>
        <select class="input" id=${`into-${id}`} name="into">${others.map(({theme}) => html`<option key=${theme?.id} value=${theme?.id}>${theme?.title}</option>`)}</select>
        <button class="btn"><${Icon} name="merge" />${t("Merge")}</button>
      </form>`}
    <button type="button" class="btn quiet" onClick=${close}>${t("Close")}</button>`;
}

/** The number that the theme at a place has among all, those put aside as well. @param {Group[]} order @param {number} place */
const rank = (order, place) => order[place]?.rank ?? place;

/** The theme is about to leave its place: go on with the one after it. @param {number} id */
function leaveTo(id) {
  const stops = /** @type {HTMLElement[]} */ ([...document.querySelectorAll(".grouping > .themes .more")]);
  const at = stops.findIndex((stop) => stop.id === `more-${id}`);
  (stops[at + 1] ?? stops[at - 1] ?? document.getElementById("new-theme"))?.focus({preventScroll: true});
}
