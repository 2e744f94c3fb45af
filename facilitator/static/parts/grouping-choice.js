// The foot of the board: what is chosen, where it goes, and the way back.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {field, onSubmit} from "./scene.js";
import {LONGEST} from "./theme-menu.js";
import {splitFrom, stepWords} from "./theme-model.js";

/** @typedef {import("./theme-model.js").Group} Group */
/** @typedef {import("./theme-model.js").Step} Step */

/**
 * @typedef {object} Props
 * @property {number[]} chosen
 * @property {Group[]} themes
 * @property {(into: number | null) => any} put
 * @property {(title: string) => any} make
 * @property {import("./grouping-board.js").Go} go
 * @property {() => void} clear
 * @property {() => void} undo
 * @property {{undo?: Step, redo?: Step}} steps
 * @property {{sentence: string, matters: boolean}} told
 */

/** @param {Props} props */
export function Choice({chosen, themes, put, make, go, clear, undo, steps, told}) {
  const create = onSubmit((form) => {
    const title = field(form, "title");
    if (!title) return;
    form.reset();
    if (!chosen.length) document.getElementById("new-theme")?.blur();
    void make(title);
  });
  const many = chosen.length;
  return html`
    <section class="paper-state choice" aria-label=${t("Put into a theme")}>
      ${told.matters && html`<p class="note" aria-hidden="true">${told.sentence}</p>`}
      ${many > 0 ? html`
        <p class="row"><b>${tn("{n} idea chosen", "{n} ideas chosen", many)}</b>
          <button type="button" class="act push" onClick=${clear}>${t("Choose none")}</button></p>
        <${Places} chosen=${chosen} themes=${themes} put=${put} />` : html`<${Back} steps=${steps} undo=${undo} go=${go} />`}
      <form class="write" onSubmit=${create}>
        <label class="hidden" for="new-theme">${t("Name of a new theme")}</label>
        <input class="input" id="new-theme" name="title" maxlength=${LONGEST} required dir="auto" autocomplete="off" placeholder=${t("Name of a new theme")} />
        <button class="btn main named">${splitFrom(themes, chosen) ? t("Split off") : t("Make")}</button>
      </form>
    </section>`;
}

/** What one did last, to be taken back; before there is anything, what to do. @param {Pick<Props, "steps" | "undo" | "go">} props */
function Back({steps, undo, go}) {
  if (!steps.undo && !steps.redo) return html`<p class="row prompt"><b>${t("Choose the ideas that belong together.")}</b></p>`;
  const {redo} = steps;
  return html`
    <p class="row back">
      ${steps.undo && html`<button type="button" class="btn" id="undo" onClick=${undo}><${Icon} name="undo" /><span class="words">${t("Undo: {what}", {what: stepWords(steps.undo)})}</span></button>`}
      ${redo && html`<button type="button" class="btn" onClick=${() => go("theme.redo", {step: redo.id})}><${Icon} name="undo" class="mirrored" /><span class="words">${t("Redo: {what}", {what: stepWords(redo)})}</span></button>`}
    </p>`;
}

/** The themes they can go into: arrows go from one to the next, a letter to the next that begins with it. @param {Pick<Props, "chosen" | "themes" | "put">} props */
function Places({chosen, themes, put}) {
  const within = themes.some(({ideas}) => ideas.some(({id}) => chosen.includes(id)));
  const places = themes.filter(({theme}) => typeof theme?.id === "number");
  if (!places.length) return null;
  return html`
    <div class="theme-line" role="group" aria-label=${t("Put them into")} onKeyDown=${along}>
      ${places.map(({theme}) => theme && html`
        <button key=${theme.id} type="button" class="btn" lang=${theme.lang} dir="auto" onClick=${() => put(theme.id)}>${theme.title}</button>`)}
      ${within && html`<button type="button" class="btn quiet" onClick=${() => put(null)}>${t("Into no theme")}</button>`}
    </div>`;
}

/** @param {KeyboardEvent} event */
function along(event) {
  const stops = /** @type {HTMLElement[]} */ ([.../** @type {HTMLElement} */ (event.currentTarget).querySelectorAll("button")]);
  const at = stops.indexOf(/** @type {HTMLElement} */ (document.activeElement));
  const letter = event.key.length === 1 && !event.ctrlKey && !event.metaKey && event.key.trim() ? event.key.toLowerCase() : null;
  const next = {ArrowRight: at + 1, ArrowDown: at + 1, ArrowLeft: at - 1, ArrowUp: at - 1, Home: 0, End: stops.length - 1}[event.key];
  const begins = (/** @type {HTMLElement} */ stop) => stop.textContent?.trim().toLowerCase().startsWith(letter ?? "");
  const found = letter ? [...stops.slice(at + 1), ...stops.slice(0, at + 1)].find(begins) : next === undefined ? undefined : stops[next];
  if (!found) return;
  event.preventDefault();
  found.focus();
}
