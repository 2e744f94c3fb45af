// Whom a draft asks, row by row: the office in words of one's own, and how high it stands.
import {ADDRESSEE, ADDRESSEES, addresseesOf, officeOf} from "../lib/addressees.js";
import {html, useEffect, useReducer, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {LEVELS, levelWord} from "../lib/levels.js";
import {addRow, moveRow, removeRow} from "../lib/row-edits.js";
import {bind} from "../lib/textarea.js";
import {UndoManager} from "../vendor/yjs.js";
import {Offices} from "./reading.js";

/** @typedef {import("../lib/draft.js").Draft} Draft */
/** @typedef {import("../vendor/yjs.js").Doc} Doc */
/** @typedef {import("../lib/addressees.js").Asked} Asked */
/** What stands below a row. @typedef {(id: string, place: number) => any} Below */
/** Changes rows; it is one step to undo. @typedef {(edit: () => void) => void} Change */

/** The section in whose place the rows stand; a draft from before there were rows has words in it. */
const WORDS = `s:${ADDRESSEE}`;
/** A longer line is no name of an office: it stays words. As in consolidation/addressees.py. */
const LONGEST = 160;

/**
 * The rows, and as children the field of the section's words: only where there are any.
 * @param {{draft: Draft, lang: string, looks: boolean, label: string, below?: Below, children?: any}} props
 */
export function Addressees({draft, lang, looks, label, below, children}) {
  const {undoing, change} = useRows(draft);
  const words = useWords(draft);
  const undo = useRef(/** @type {HTMLButtonElement | null} */ (null));
  const rows = addresseesOf(draft.doc);
  const add = () => {
    let id = "";
    change(() => { id = addRow(draft.doc, ADDRESSEES); });
    // The field is there after the next drawing.
    setTimeout(() => document.getElementById(`office-${id}`)?.focus(), 50);
  };
  const remove = (/** @type {string} */ id) => {
    change(() => removeRow(draft.doc, ADDRESSEES, id));
    // What was tapped is gone with the row.
    setTimeout(() => undo.current?.focus(), 50);
  };
  return html`
    <ol class="step-cards" aria-labelledby=${label}>${rows.map((row, place) => html`
      <${Row} key=${row.id} row=${row} place=${place} last=${place === rows.length - 1} draft=${draft} lang=${lang} change=${change} remove=${() => remove(row.id)}>${below?.(row.id, place)}<//>`)}</ol>
    ${looks && html`<${Look} draft=${draft} lang=${lang} label=${label} />`}
    <div class="row">
      <button type="button" class="btn" disabled=${!draft.open} onClick=${add}><${Icon} name="plus" />${t("Add an addressee")}</button>
      ${undoing?.canUndo() && html`<button type="button" class="btn quiet" ref=${undo} disabled=${!draft.open} aria-label=${`${t("Undo")}: ${t("Addressees")}`} onClick=${() => undoing.undo()}><${Icon} name="undo" />${t("Undo")}</button>`}
      ${undoing?.canRedo() && html`<button type="button" class="btn quiet" disabled=${!draft.open} aria-label=${`${t("Redo")}: ${t("Addressees")}`} onClick=${() => undoing.redo()}><${Icon} name="redo" />${t("Redo")}</button>`}
    </div>
    ${words && html`
      <p class="row"><span class="small">${t("Written here before, as words. They are read as a list of offices.")}</span>
        <button type="button" class="btn" disabled=${!draft.open} onClick=${() => change(() => rowsFromWords(draft.doc))}><${Icon} name="list" />${t("Make an addressee of each line")}</button></p>
      ${children}`}`;
}

/** The rows of a draft as they change, and the undoing of one's own changes. @param {Draft} draft @returns {{undoing: UndoManager | null, change: Change}} */
function useRows(draft) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const [undoing, setUndoing] = useState(/** @type {UndoManager | null} */ (null));
  const own = useRef({}).current;
  useEffect(() => {
    const map = draft.doc.getMap(ADDRESSEES);
    const made = new UndoManager([map, draft.text(WORDS)], {trackedOrigins: new Set([own]), captureTimeout: 0});
    const tell = () => again(0);
    map.observe(tell);
    made.on("stack-item-added", tell);
    made.on("stack-item-popped", tell);
    setUndoing(made);
    return () => {
      map.unobserve(tell);
      made.destroy();
    };
  }, [draft, draft.generation]);
  return {undoing, change: (edit) => draft.doc.transact(edit, own)};
}

/** Whether the section has words. The field stays while somebody is emptying it. @param {Draft} draft */
function useWords(draft) {
  const [words, setWords] = useState(false);
  useEffect(() => {
    const text = draft.text(WORDS);
    const look = () => setWords((before) => text.toString().trim() !== "" || (before && Boolean(document.activeElement?.closest(".tools, textarea.sheet"))));
    text.observe(look);
    look();
    return () => text.unobserve(look);
  }, [draft, draft.generation]);
  return words;
}

/** @param {{row: Asked, place: number, last: boolean, draft: Draft, lang: string, change: Change, remove: () => void, children?: any}} props */
function Row({row: {id, level}, place, last, draft, lang, change, remove, children}) {
  const office = useOffice(draft, id);
  const name = t("Addressee {n}", {n: place + 1});
  const choose = (/** @type {string} */ chosen) => change(() => {
    const map = draft.doc.getMap(ADDRESSEES);
    if (chosen) map.set(`${id}.level`, chosen);
    else map.delete(`${id}.level`);
  });
  const move = (/** @type {number} */ to) => change(() => moveRow(draft.doc, ADDRESSEES, id, to));
  return html`
    <li><fieldset class="step">
      <legend>${name}</legend>
      <div class="field of-what">
        <span class="label" id=${`office-${id}-label`}>${t("Office or organisation")}</span>
        <${Office} id=${id} draft=${draft} lang=${lang} />
      </div>
      <div class="field of-what">
        <label class="label" for=${`level-${id}`}>${t("Level")}</label>
        <select class="input" id=${`level-${id}`} value=${level} disabled=${!draft.open} onChange=${(/** @type {any} */ event) => choose(event.target.value)}>
          <option value="">${office.trim() ? t("{level} (guessed)", {level: levelWord({office, level: ""})}) : t("not chosen yet")}</option>
          ${Object.entries(LEVELS).map(([word, said]) => html`<option key=${word} value=${word}>${said()}</option>`)}
        </select>
      </div>
      <div class="row">
        <button type="button" class="act" disabled=${place === 0 || !draft.open} aria-label=${t("Addressee {n} up", {n: place + 1})} onClick=${() => move(place - 1)}><${Icon} name="up" /></button>
        <button type="button" class="act" disabled=${last || !draft.open} aria-label=${t("Addressee {n} down", {n: place + 1})} onClick=${() => move(place + 1)}><${Icon} name="down" /></button>
        <button type="button" class="act push" disabled=${!draft.open} aria-label=${t("Take out: {title}", {title: name})} onClick=${remove}><${Icon} name="close" />${t("Take out")}</button>
      </div>
      ${children}
    </fieldset></li>`;
}

/** What an office is called, as it is typed. @param {Draft} draft @param {string} id */
function useOffice(draft, id) {
  const [office, setOffice] = useState("");
  useEffect(() => {
    const text = draft.text(officeOf(id));
    const read = () => setOffice(text.toString());
    text.observe(read);
    read();
    return () => text.unobserve(read);
  }, [draft, draft.generation, id]);
  return office;
}

/** A name stands in one line. @param {KeyboardEvent} event */
const stay = (event) => { if (event.key === "Enter") event.preventDefault(); };

/** @param {{id: string, draft: Draft, lang: string}} props */
function Office({id, draft, lang}) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => (area.current ? bind(area.current, draft.text(officeOf(id))).close : undefined), [draft, draft.generation, id]);
  return html`<textarea ref=${area} id=${`office-${id}`} class="input words" rows="1" readonly=${!draft.open} dir="auto" lang=${lang} aria-labelledby=${`office-${id}-label`} onKeyDown=${stay}></textarea>`;
}

/** How the rows will look. @param {{draft: Draft, lang: string, label: string}} props */
function Look({draft, lang, label}) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => {
    const {doc} = draft;
    const tell = () => again(0);
    doc.on("update", tell);
    return () => doc.off("update", tell);
  }, [draft, draft.generation]);
  const rows = addresseesOf(draft.doc).map((row) => ({...row, office: draft.text(officeOf(row.id)).toString().trim()})).filter(({office}) => office);
  return html`
    <div class="look" role="group" aria-label=${t("How it will look")} aria-describedby=${label}>
      ${rows.length ? html`<${Offices} rows=${rows} lang=${lang} />` : html`<p class="note">${t("Nothing has been written here yet.")}</p>`}
    </div>`;
}

/** Make a row of each line that may name an office; what is longer stays. In one transaction. @param {Doc} doc */
export function rowsFromWords(doc) {
  const text = doc.getText(WORDS);
  /** @type {string[]} */
  const rest = [];
  for (const line of text.toString().split(/[;\n]/)) {
    const office = line.replace(/^\s*(?:[-*+]|\d{1,9}\.|#{1,6}|>)\s+/, "").replace(/[\s.,]+$/, "").trim();
    if (office.length > LONGEST) rest.push(line.trim());
    else if (office) doc.getText(officeOf(addRow(doc, ADDRESSEES))).insert(0, office);
  }
  text.delete(0, text.length);
  if (rest.length) text.insert(0, rest.join("\n"));
}
