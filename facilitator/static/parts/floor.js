// From the floor of a plenary: the text to choose words in, and what is suggested for each part.
import {html, useEffect, useRef} from "../lib/html.js";
import {said, t} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {bind} from "../lib/textarea.js";
import {Unsent, useDraft} from "./editor.js";
import {Suggestions} from "./suggestions.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("../lib/draft.js").Draft} Draft */

/** @param {Scene & {recommendation: Thing}} props */
export function Floor({recommendation, ...scene}) {
  const draft = useDraft(scene, recommendation.id);
  const text = one(scene.room, "text", recommendation.id);
  const sections = recommendation.template.filter((/** @type {Thing} */ {key}) => text?.sections?.[key]?.trim());
  const parts = [...sections.map((/** @type {Thing} */ {key, title}) => ({root: `s:${key}`, name: said(title)})), {root: "title", name: t("Title")}];
  return html`
    <div class="writing on-the-floor">
      <p class="small">${scene.leading ? t("What you accept becomes the text that is voted on, and goes back to the desk.") : t("Select words, and suggest how they should read. Whoever leads the plenary decides.")}</p>
      ${draft && html`<${Unsent} draft=${draft} />`}
      ${parts.map(({root, name}) => html`
        <section class="part" key=${root} aria-labelledby=${`floor-${recommendation.id}-${root}`}>
          <h4 id=${`floor-${recommendation.id}-${root}`}>${name}</h4>
          <${Words} draft=${draft} root=${root} label=${`floor-${recommendation.id}-${root}`} lang=${recommendation.lang} />
          <${Suggestions} ...${scene} draft=${draft} recommendation=${recommendation} parts=${[{root, name}]} name=${name} />
        </section>`)}
    </div>`;
}

/** The words of a part, to be selected and not to be written in. @param {{draft: Draft | null, root: string, label: string, lang: string}} props */
function Words({draft, root, label, lang}) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => (draft && area.current ? bind(area.current, draft.text(root)).close : undefined), [draft, draft?.generation, root]);
  return html`<textarea ref=${area} class="sheet words" rows="2" readonly dir="auto" lang=${lang} aria-labelledby=${label}></textarea>`;
}
