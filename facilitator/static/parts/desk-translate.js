// A recommendation in another language: the original beside each field, in the same editor.
import {html, useEffect, useReducer} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {languageName, moment, t} from "../lib/i18n.js";
import {ADDRESSEES, addresseesIn, officeOf} from "../lib/addressees.js";
import {removeRow, takeRow} from "../lib/row-edits.js";
import {rootOf, rowsOf} from "../lib/rows.js";
import {one} from "../lib/store.js";
import {standing} from "./desk-languages.js";
import {Field, Section, STANDINGS, StepField, Unsent, useDraft} from "./editor.js";
import {HistoryFold} from "./looking-back.js";
import {unsaved} from "./open-drafts.js";
import {COLUMNS} from "./reading.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("../lib/draft.js").Draft} Draft */

/** @param {{entry: Thing, translation: Thing, desk: Desk}} props */
export function Translating({entry, translation, desk}) {
  const {room} = desk;
  const draft = useDraft(/** @type {any} */ (desk), translation.id);
  const original = one(room, "text", entry.id);
  const {lang} = translation;
  const [icon, tone, word] = STANDINGS[draft?.standing ?? "joining"] ?? ["sending", "", () => ""];
  const filled = entry.template.filter((/** @type {Thing} */ {key}) => original?.sections?.[key]?.trim());
  return html`
    <div class="writing translating">
      ${draft && html`<${Unsent} draft=${draft} />`}
      <${Standing} entry=${entry} translation=${translation} desk=${desk}><p class=${`status ${tone}`}><${Icon} name=${icon} />${word()}</p><//>
      <div class="pair">
        <${Original} lang=${entry.lang}>${original?.title || entry.title}<//>
        <div class="field"><h3 class="label" id="title-of">${t("Title")}</h3><${Field} draft=${draft} root="title" label="title-of" lang=${lang} class="title" line /></div>
      </div>
      ${filled.map((/** @type {any} */ section) => html`
        <div class="pair" key=${section.key}>
          <${Original} lang=${entry.lang}>${original?.sections[section.key]}<//>
          <${Section} section=${{...section, hint: {}}} draft=${draft} lang=${lang} />
        </div>`)}
      ${draft && html`<${Offices} key=${`o${draft.generation}`} draft=${draft} offices=${addresseesIn(original)} from=${entry.lang} lang=${lang} />`}
      ${draft && html`<${Steps} key=${draft.generation} draft=${draft} steps=${original?.steps ?? []} from=${entry.lang} lang=${lang} />`}
      <${HistoryFold} room=${room} connection=${desk.connection} act=${desk.act} leading recommendation=${one(room, "recommendation", translation.id) ?? {...translation, title: ""}} draft=${draft} />
      <p class="note">${t("What is left empty is printed in the original, and says so. Nothing of a translation is printed before its title is written.")}</p>
    </div>`;
}

/** @param {{lang: string, children?: any}} props */
const Original = ({lang, children}) => html`
  <div class="original"><p class="label">${t("Original")} <span class="note">${languageName(lang)}</span></p><p class="words" lang=${lang} dir="auto">${children}</p></div>`;

/** How far it is, by whom, and what can be said of it. @param {{entry: Thing, translation: Thing, desk: Desk, children?: any}} props */
function Standing({entry, translation, desk: {room, act}, children}) {
  const state = standing(room, entry, translation.lang);
  const mark = (/** @type {boolean} */ checked) => void act("translation.mark", {translation: translation.id, checked});
  const title = one(room, "text", translation.id)?.title;
  return html`
    ${state === "behind" && html`<p class="banner warn"><${Icon} name="warn" /><span>${t("The original has changed since this was translated. Compare them, and then say so here.")}</span></p>`}
    <div class="row standing">
      ${children}
      ${state === "checked" && html`<p class="status good"><${Icon} name="yes" />${t("Checked by an organiser, {when}", {when: moment(translation.checked_at)})}</p>`}
      ${state === "draft" && translation.checked !== null && html`<p class="status warn"><${Icon} name="warn" />${t("Written in since it was checked")}</p>`}
      ${state !== "checked" && html`<button class="btn main" type="button" disabled=${unsaved() > 0 || !title} onClick=${() => mark(true)}><${Icon} name="yes" />${t("Mark as checked")}</button>`}
      ${state === "behind" && html`<button class="btn" type="button" onClick=${() => mark(false)}>${t("It says what the original says, but was not checked")}</button>`}
      ${state === "checked" && html`<button class="btn" type="button" onClick=${() => mark(false)}><${Icon} name="undo" />${t("Not checked after all")}</button>`}
    </div>`;
}

/** The rows that a draft has, as they come and go. @param {Draft} draft @param {import("../lib/rows.js").Rows} name */
function useRows(draft, name) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => {
    const map = draft.doc.getMap(name);
    const tell = () => again(0);
    map.observe(tell);
    return () => map.unobserve(tell);
  }, [draft, name]);
  return rowsOf(draft.doc, name).map(({id}) => id);
}

/** Each office that the original asks, with its name in the other language. @param {{draft: Draft, offices: Thing[], from: string, lang: string}} props */
function Offices({draft, offices, from, lang}) {
  const here = useRows(draft, ADDRESSEES);
  // One that the original has since has its row as soon as somebody turns to it.
  const turn = (/** @type {string} */ id, /** @type {number} */ place) => draft.open && !here.includes(id) && takeRow(draft.doc, ADDRESSEES, id, place);
  return offices.map(({id, office}, place) => html`
    <div class="pair" key=${id}>
      <${Original} lang=${from}>${office}<//>
      <div class="field" onFocusCapture=${() => turn(id, place)}><span class="label" id=${`office-${id}-label`}>${t("Addressee {n}", {n: place + 1})}</span>
        <${StepField} id=${`office-${id}`} draft=${draft} root=${officeOf(id)} lang=${lang} /></div>
    </div>`);
}

/** Each step of the original with its translation. @param {{draft: Draft, steps: Thing[], from: string, lang: string}} props */
function Steps({draft, steps, from, lang}) {
  const here = useRows(draft, "steps");
  const gone = here.filter((id) => !steps.some((step) => step.id === id));
  return html`
    ${steps.map((step, place) => html`
      <fieldset class="step" key=${step.id}>
        <legend>${t("Step {n}", {n: place + 1})}</legend>
        ${here.includes(step.id)
          ? COLUMNS.filter(([key]) => step[key]?.trim()).map(([key, word]) => html`
            <div class="pair" key=${key}>
              <${Original} lang=${from}>${step[key]}<//>
              <div class="field"><span class="label" id=${`step-${step.id}-${key}-label`}>${word()}</span>
                <${StepField} id=${`step-${step.id}-${key}`} draft=${draft} root=${rootOf(step.id, key)} lang=${lang} /></div>
            </div>`)
          : html`<p class="words" lang=${from} dir="auto">${step.what}</p><button class="btn" type="button" disabled=${!draft.open} onClick=${() => takeRow(draft.doc, "steps", step.id, place + 1)}><${Icon} name="plus" />${t("Translate this step")}</button>`}
      </fieldset>`)}
    ${gone.map((id) => html`
      <p class="banner warn" key=${id}><${Icon} name="warn" /><span>${t("This step is no longer in the original:")} <span class="words" lang=${lang} dir="auto">${draft.text(rootOf(id, "what")).toString()}</span></span>
        <button class="btn tight push" type="button" disabled=${!draft.open} onClick=${() => removeRow(draft.doc, "steps", id)}>${t("Take out")}</button></p>`)}`;
}
