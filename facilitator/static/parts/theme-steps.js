// The last steps of everybody, for who leads: what was done, never by whom, and the way back from each.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {all} from "../lib/store.js";
import {stepWords} from "./theme-model.js";

/** @typedef {import("./theme-model.js").Step} Step */

/** @param {string} at */
const timeOf = (at) => new Date(at).toLocaleTimeString(lang(), {hour: "2-digit", minute: "2-digit"});

/** @param {{room: import("../lib/store.js").Room, go: import("./grouping-board.js").Go}} props */
export function LastSteps({room, go}) {
  const steps = /** @type {Step[]} */ (all(room, "theme_step").reverse());
  if (!steps.length) return null;
  return html`
    <details class="fold last-steps">
      <summary><${Icon} name="history" />${t("Last steps of everybody")}</summary>
      <ol class="lines">${steps.map((step) => html`
        <li key=${step.id} class=${step.undone ? "undone" : undefined}>
          <time class="note num" datetime=${step.at}>${timeOf(step.at)}</time>
          <span class="words">${step.undone ? html`<del>${stepWords(step)}</del>` : stepWords(step)}</span>
          <button type="button" class="btn tight push" aria-label=${step.undone ? t("Redo: {what}", {what: stepWords(step)}) : t("Undo: {what}", {what: stepWords(step)})}
            onClick=${() => go(step.undone ? "theme.redo" : "theme.undo", {step: step.id})}>${step.undone ? t("Redo") : t("Undo")}</button>
        </li>`)}</ol>
    </details>`;
}
