// A recommendation to read: its sections and steps, and for each passage where it came from.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t, tn} from "../lib/i18n.js";
import {letter, placeName, segments, thread, wordsBySource} from "./desk-model.js";
import {ADDRESSEE, sectionsIn} from "../lib/addressees.js";
import {marksIn} from "../lib/marks.js";
import {Cited, Notes} from "./cited.js";
import {COLUMNS, Offices} from "./reading.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {{id: number, letter: string, thread: string, name: string, words: number}} Origin */

/**
 * The sources of a recommendation, with their letters.
 * @param {Thing} entry @param {Thing | undefined} text @param {(origin: number) => Thing | undefined} cardOf
 * @returns {Origin[]}
 */
export function origins(entry, text, cardOf) {
  const words = wordsBySource(text);
  return entry.sources.map((/** @type {Thing} */ source, /** @type {number} */ place) => ({
    id: source.id,
    letter: letter(place),
    thread: thread(place),
    name: cardOf(source.origin) ? placeName(cardOf(source.origin)?.room) : t("a room that is gone"),
    words: words.get(source.id) ?? 0,
  }));
}

/** The letter of a source, as a mark. @param {Origin} origin */
export const Mark = ({letter: sign, thread: line, name}) => html`<span class=${`src ${line}`}><span class="hidden">${t("source:")} </span>${sign}<span class="hidden"> ${name}</span></span>`;

/**
 * Sections and steps.
 * @param {{recommendation: Thing, text: Thing | undefined, sources?: Origin[], notes?: Record<string, Thing>}} props
 */
export function Reading({recommendation, text, sources = [], notes = {}}) {
  const {template, lang} = recommendation;
  const marks = marksIn(template.map((/** @type {Thing} */ {key}) => text?.sections?.[key] ?? ""));
  const name = `note-${recommendation.id}`;
  const known = new Map(sources.map((origin) => [origin.id, origin]));
  const words = (/** @type {string} */ root, /** @type {string} */ said_) => html`<${Passages} text=${said_} root=${root} passages=${text?.passages} known=${known} marks=${marks} name=${name} />`;
  const filled = sectionsIn(template, text);
  const asked = (text?.addressees ?? []).filter((/** @type {Thing} */ {office}) => office.trim());
  return html`
    <div class="merge-text">
      ${filled.map((/** @type {Thing} */ {key, title}) => html`
        <section key=${key}>
          <h3>${said(title)}</h3>
          ${key === ADDRESSEE && html`<${Offices} rows=${asked} lang=${lang} say=${(/** @type {Thing} */ {id, office}) => words(`a:${id}:office`, office)} />`}
          ${text?.sections?.[key]?.trim() && html`<p lang=${lang} dir="auto">${words(`s:${key}`, text.sections[key])}</p>`}
        </section>`)}
      ${!filled.length && !text?.steps?.length && html`<p class="note">${t("No words yet.")}</p>`}
    </div>
    <${Notes} marks=${marks} name=${name} find=${(/** @type {string} */ mark) => notes[mark]} />
    ${text?.steps?.length > 0 && html`<${Steps} steps=${text?.steps} lang=${lang} words=${words} />`}
    ${sources.length > 0 && html`<${Key} sources=${sources} text=${text} />`}`;
}

/** @param {{text: string, root: string, passages: any, known: Map<number, Origin>, marks: string[], name: string}} props */
const Passages = ({text, root, passages, known, marks, name}) => html`${segments(text, root, passages).map(({text: piece, source}, place) => {
  const origin = source === null ? undefined : known.get(source);
  if (origin) return html`<span key=${place} class=${`from ${origin.thread}`}><${Cited} text=${piece.trimEnd()} marks=${marks} name=${name} /><${Mark} ...${origin} /></span>${piece.slice(piece.trimEnd().length)}`;
  return known.size && piece.trim() ? html`<span key=${place}>${blank(piece)[0]}<span class="yours"><${Cited} text=${piece.trim()} marks=${marks} name=${name} /></span>${blank(piece)[1]}</span>` : html`<${Cited} key=${place} text=${piece} marks=${marks} name=${name} />`;
})}`;

/** The blanks around words. @param {string} piece @returns {[string, string]} */
const blank = (piece) => [piece.slice(0, piece.length - piece.trimStart().length), piece.slice(piece.trimEnd().length)];

/** Only the columns in which something stands. @param {{steps: Thing[], lang: string, words: (root: string, said: string) => any}} props */
function Steps({steps, lang, words}) {
  const columns = COLUMNS.filter(([key], place) => place < 2 || steps.some((step) => step[key]?.trim()));
  return html`
    <div class="steps-room"><table class="steps">
      <caption class="hidden">${t("Steps")}</caption>
      <thead><tr><th class="n" scope="col">${t("No.")}</th>${columns.map(([key, word]) => html`<th key=${key} scope="col" class=${key === "what" ? key : ""}>${word()}</th>`)}</tr></thead>
      <tbody>${steps.map((step, place) => html`
        <tr key=${step.id}><th class="n num" scope="row" data-label=${t("Step")}>${place + 1}</th>
          ${columns.map(([key, word]) => html`
            <td key=${key} class=${key === "what" ? "what words" : "words"} data-label=${word()} lang=${lang} dir="auto"><${Cell} words=${words} step=${step} field=${key} /></td>`)}</tr>`)}</tbody>
    </table></div>`;
}

/** @param {{words: (root: string, said: string) => any, step: Thing, field: string}} props */
const Cell = ({words, step, field}) => (step[field]?.trim()
  ? words(`p:${step.id}:${field}`, step[field])
  : html`<span class="missing"><${Icon} name="warn" />${t("missing")}</span>`);

/** @param {{sources: Origin[], text: Thing | undefined}} props */
function Key({sources, text}) {
  const written = wordsBySource(text).get(null) ?? 0;
  return html`
    <p class="key">
      ${sources.map((origin) => html`<span key=${origin.id}><${Mark} ...${origin} name="" />${origin.name}, ${tn("{n} word", "{n} words", origin.words)}</span>`)}
      ${written > 0 && html`<span><span class="yours">abc</span>${tn("written at the desk, {n} word", "written at the desk, {n} words", written)}</span>`}
    </p>`;
}
