// How far a draft is: which of its parts are written, and how long each should be.
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, said, t, tn} from "../lib/i18n.js";
import {ADDRESSEE, addresseesIn, addresseesOf, officeOf} from "../lib/addressees.js";
import {rootOf, rowsOf} from "../lib/rows.js";

/** @typedef {import("../lib/draft.js").Draft} Draft */
/** @typedef {import("./scene.js").Thing} Thing */

/** The part that is made of steps, beside the sections of the template. */
export const STEPS = "steps";

/**
 * The parts of a draft in which something stands; told anew when that changes, not with every letter.
 * @param {Draft | null} draft @param {Thing[]} template @returns {Set<string>}
 */
export function useWritten(draft, template) {
  const [written, setWritten] = useState("");
  useEffect(() => {
    if (!draft) return undefined;
    const {doc} = draft;
    const look = () => setWritten([
      ...template.map(({key}) => key).filter((key) => draft.text(`s:${key}`).toString().trim() || (key === ADDRESSEE && addresseesOf(doc).some(({id}) => draft.text(officeOf(id)).toString().trim()))),
      ...(rowsOf(doc, "steps").some(({id}) => draft.text(rootOf(id, "what")).toString().trim()) ? [STEPS] : []),
    ].join(" "));
    doc.on("update", look);
    look();
    return () => doc.off("update", look);
  }, [draft, draft?.generation, template]);
  return new Set(written.split(" ").filter(Boolean));
}

/** The same of a text that one only reads. @param {Thing[]} template @param {Thing | undefined} text @returns {Set<string>} */
export const writtenIn = (template, text) => new Set([
  ...template.map(({key}) => key).filter((key) => text?.sections?.[key]?.trim() || (key === ADDRESSEE && addresseesIn(text).length > 0)),
  ...(text?.steps?.some((/** @type {Thing} */ {what}) => what?.trim()) ? [STEPS] : []),
]);

/** @param {{template: Thing[], written: Set<string>}} props */
export const Written = ({template, written}) => html`<span class="note num">${t("{n} of {all} parts written", {n: written.size, all: template.length + 1})}</span>`;

/** The parts of the text, to go to, and which are still empty. @param {{template: Thing[], written: Set<string>, last?: string}} props */
export const Outline = ({template, written, last = t("Steps")}) => html`
  <nav class="side laptop-only" aria-label=${t("Parts of the text")}>
    <ul class="outline">
      ${[...template.map(({key, title}) => [key, said(title)]), [STEPS, last]].map(([key = "", title]) => html`
        <li key=${key}><a href=${`#part-${key}`}>${title} ${written.has(key)
          ? html`<span class="push written"><${Icon} name="saved" /><span class="hidden">${t("written")}</span></span>`
          : html`<span class="push note">${t("empty")}</span>`}</a></li>`)}
    </ul>
    <${Written} template=${template} written=${written} />
  </nav>`;

/** How long a section is, and how long it should be about. @param {{n: number, wanted?: number}} props */
export function Count({n, wanted}) {
  if (!wanted) return n > 0 && html`<p class="count num">${tn("{n} character", "{n} characters", n)}</p>`;
  return html`<p class="count num">${n
    ? t("{n} of about {most} characters", {n: number(n), most: number(wanted)})
    : t("about {most} characters", {most: number(wanted)})}</p>`;
}
