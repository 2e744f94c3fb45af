// The way to the history of a draft: from the editor, and from where it is only read.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {Stage} from "./frame.js";
import {Later} from "./later.js";
import {Refusals} from "./states.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** It comes with Yjs, when somebody first looks back. */
const history = () => import("./history.js").then(({History}) => History);

/** In place of the editor, whose draft stays open. @param {Scene & {recommendation: Thing, draft: import("../lib/draft.js").Draft | null, back: () => void}} props */
export const LookingBack = ({recommendation, draft, back, ...scene}) => html`
  <${Stage} ...${scene}>
    <div class="looking-back">
      <button type="button" class="btn quiet" onClick=${back}><${Icon} name="back" />${t("Back to the text")}</button>
      <${Refusals} refused=${scene.refused} dismiss=${scene.dismiss} />
      <h2 class="past-head">${t("History")}</h2>
      <${Later} load=${history} ...${scene} recommendation=${recommendation} draft=${draft} />
    </div>
  <//>`;

/** Beside a text that is only read. @param {{recommendation: Thing} & Record<string, any>} props */
export function HistoryFold({recommendation, ...place}) {
  const [open, setOpen] = useState(false);
  return html`
    <details class="fold" open=${open} onToggle=${(/** @type {Event} */ event) => setOpen(/** @type {HTMLDetailsElement} */ (event.currentTarget).open)}>
      <summary><${Icon} name="down" />${t("History")}<span class="hidden">: ${recommendation.title}</span></summary>
      ${open && html`<${Later} load=${history} ...${place} recommendation=${recommendation} />`}
    </details>`;
}
