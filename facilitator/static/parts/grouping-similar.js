// When grouping: the ideas that are like the one just chosen, to be put where it is.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {meant, useSimilar} from "./similar.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/**
 * @param {{still: Scene["room"], chosen: number[], toggle: (ids: number[], on: boolean) => void, put: (into: number | null, ids?: number[]) => any}} props
 *   `still`: the board as it is drawn
 */
export function Alongside({still, chosen, toggle, put}) {
  const idea = one(still, "idea", chosen.at(-1) ?? 0);
  // What is in its theme already needs no tap.
  const fits = (/** @type {number} */ id) => !chosen.includes(id) && apart(idea, one(still, "idea", id));
  const {ids, at} = useSimilar(idea?.text ?? "", {ideas: all(still, "idea"), wait: 0, fits});
  const shown = ids.filter(fits);
  if (!idea || !shown.length) return null;
  const theme = (/** @type {number | null | undefined} */ id) => (id ? one(still, "theme", id) : undefined);
  return html`
    <section class="alongside" aria-label=${t("Similar to this")}>
      <p><b>${t("Similar to this")}</b></p>
      <ul>${shown.map((id) => {
        const other = /** @type {Thing} */ (one(still, "idea", id));
        const [own, its] = [theme(idea.theme), theme(other.theme)];
        const into = own ?? its;
        const go = into ? () => put(into.id, own ? [id] : chosen) : () => toggle([id], true);
        const word = into ? t("Together in “{title}”", {title: into.title}) : t("Choose as well");
        return html`
          <li key=${id}><span class="words" lang=${other.lang} dir="auto">${other.text}</span>
            <button type="button" class="btn" onClick=${meant(at, go)}><${Icon} name="plus" /><span class="of">${word}</span><span class="hidden">: ${other.text}</span></button></li>`;
      })}</ul>
    </section>`;
}

/** @param {Thing | undefined} a @param {Thing | undefined} b */
const apart = (a, b) => a !== undefined && b !== undefined && (a.theme === null || a.theme !== b.theme);
