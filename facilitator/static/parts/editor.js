// A draft that several people write at once: a field for each section, and the steps.
import {Draft} from "../lib/draft.js";
import {html, useEffect, useReducer, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t, tn} from "../lib/i18n.js";
import {addStep, moveStep, removeStep, restoreStep, rootOf, stepsOf} from "../lib/steps.js";
import {all, one} from "../lib/store.js";
import {bind} from "../lib/textarea.js";
import {Cite} from "./cite.js";
import {Count, Outline, STEPS, useWritten, Written} from "./draft-progress.js";
import {Stage} from "./frame.js";
import {useHere, WhoIsHere} from "./here.js";
import {LookingBack} from "./looking-back.js";
import {watch} from "./open-drafts.js";
import {TooLong, usePasting} from "./pasting.js";
import {Look, LookSwitch} from "./preview.js";
import {COLUMNS} from "./reading.js";
import {Refusals} from "./states.js";
import {Suggestions} from "./suggestions.js";
import {Toolbar} from "./toolbar.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("../lib/here.js").Here} Here */

/** Whether it is stored, in an icon and a word. @type {Record<string, [icon: string, tone: string, word: () => string]>} */
export const STANDINGS = {
  joining: ["sending", "", () => t("opening the text")],
  saved: ["saved", "good", () => t("saved")],
  saving: ["sending", "", () => t("sending")],
  kept: ["waiting", "warn long", () => t("kept on this device, waiting for the network")],
  waiting: ["waiting", "warn", () => t("waiting for the network")],
  away: ["waiting", "warn", () => t("no connection")],
  refused: ["refused", "bad", () => t("no longer open")],
};

/** Open a draft and close it again. @param {Scene} scene @param {number} id @returns {Draft | null} */
export function useDraft({connection, device, redraw}, id) {
  const [draft, setDraft] = useState(/** @type {Draft | null} */ (null));
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => {
    let gone = false;
    let close = () => {};
    void Draft.open({recommendation: id, connection, device}).then((opened) => {
      close = watch(opened, redraw);
      if (gone) return close();
      opened.listen(() => again(0));
      setDraft(opened);
    });
    return () => {
      gone = true;
      close();
    };
  }, [id]);
  return draft;
}

/** @param {Scene & {recommendation: Thing, back: () => void}} props */
export function Editor({recommendation, back, ...scene}) {
  const {room, refused, dismiss} = scene;
  const draft = useDraft(scene, recommendation.id);
  const {here, paper} = useHere(scene.connection, recommendation.id);
  const [looks, setLooks] = useState(false);
  const written = useWritten(draft, recommendation.template);
  const theme = one(room, "theme", recommendation.theme);
  const ideas = theme ? all(room, "idea").filter((idea) => idea.theme === theme.id) : [];
  const [icon, tone, word] = STANDINGS[draft?.standing ?? "joining"] ?? ["sending", "", () => ""];
  const [past, setPast] = useState(false);
  if (past) return html`<${LookingBack} ...${scene} recommendation=${recommendation} draft=${draft} back=${() => setPast(false)} />`;
  return html`
    <${Stage} ...${scene}>
      <div class="writing">
      <${Outline} template=${recommendation.template} written=${written} />
      <div class="paper" ref=${paper}>
        <div class="row">
          <button type="button" class="btn quiet tight" onClick=${back}><${Icon} name="back" />${t("All recommendations")}</button>
          <span class=${`status push ${tone}`}><${Icon} name=${icon} />${word()}</span>
          <button type="button" class="btn quiet tight" aria-label=${t("History")} onClick=${() => setPast(true)}><${Icon} name="history" /><span class="laptop-only">${t("History")}</span></button>
        </div>
        <${Refusals} refused=${refused} dismiss=${dismiss} />
        ${draft && html`<${Unsent} draft=${draft} />`}
        <header>
          <p class="note">${t("Recommendation {n}", {n: recommendation.number})}${theme && ` · ${tn("from {n} idea in “{theme}”", "from {n} ideas in “{theme}”", ideas.length, {theme: theme.title})}`}</p>
          <h2 class="hidden" id="title-of">${t("Title")}</h2>
          <${Field} draft=${draft} root="title" label="title-of" lang=${recommendation.lang} class="title" line />
          <p class="row"><span class="phone-only"><${Written} template=${recommendation.template} written=${written} /></span><span class="push"><${LookSwitch} on=${looks} set=${setLooks} /></span></p>
          <${Behind} ideas=${ideas} />
        </header>
        ${recommendation.template.map((/** @type {Thing} */ section) => html`
          <${Section} key=${section.key} section=${section} draft=${draft} lang=${recommendation.lang} looks=${looks} here=${here}>
            <div class="part-acts">
              ${draft && html`<${Cite} ...${scene} draft=${draft} part=${section.key} theme=${recommendation.theme} />`}
              <${Suggestions} ...${scene} draft=${draft} recommendation=${recommendation} root=${`s:${section.key}`} name=${said(section.title)} />
            </div>
          <//>`)}
        ${draft && html`<${Steps} key=${draft.generation} draft=${draft} lang=${recommendation.lang} here=${here} />`}
      </div>
      </div>
    <//>`;
}

/** What was said of it before: the ideas of its theme, to be read while writing. @param {{ideas: Thing[]}} props */
const Behind = ({ideas}) => ideas.length > 0 && html`
  <details class="fold behind">
    <summary><${Icon} name="down" />${tn("{n} idea behind it", "{n} ideas behind it", ideas.length)}</summary>
    <ul>${ideas.map(({id, sort, text, lang}) => html`
      <li key=${id}><${Icon} name=${sort} /><span class="words" lang=${lang} dir="auto">${text}</span></li>`)}</ul>
  </details>`;

/**
 * A part of the text. Further parts stand behind it as children; their buttons, as `more`, in its toolbar.
 * @param {{section: Thing, draft: Draft | null, lang: string, looks?: boolean, here?: Here | null, more?: any, children?: any}} props
 */
export const Section = ({section, draft, lang, looks = false, here, more, children}) => html`
  <section class="part" aria-labelledby=${`part-${section.key}`} data-part=${section.key}>
    <div class="part-head"><h2 id=${`part-${section.key}`}>${said(section.title)}</h2><${WhoIsHere} here=${here} part=${section.key} /></div>
    ${said(section.hint) && html`<p class="hint" id=${`hint-${section.key}`}>${said(section.hint)}</p>`}
    <${Field} draft=${draft} root=${`s:${section.key}`} label=${`part-${section.key}`} hint=${said(section.hint) ? `hint-${section.key}` : undefined} lang=${lang} tools more=${more} wanted=${section.length} />
    ${looks && draft && html`<${Look} draft=${draft} root=${`s:${section.key}`} label=${`part-${section.key}`} lang=${lang} />`}
    ${children}
  </section>`;

/**
 * A field bound to a text of the draft.
 * @param {{draft: Draft | null, root: string, label: string, hint?: string, lang: string, class?: string, line?: boolean, tools?: boolean, more?: any, wanted?: number}} props
 */
export function Field({draft, root, label, hint, lang, class: kind = "", line = false, tools = false, more, wanted}) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [binding, setBinding] = useState(/** @type {import("../lib/textarea.js").Binding | null} */ (null));
  const [length, setLength] = useState(0);
  const generation = draft?.generation;
  useEffect(() => {
    if (!draft || !area.current) return undefined;
    const text = draft.text(root);
    const measure = () => setLength(text.length);
    const bound = bind(area.current, text);
    setBinding(bound);
    text.observe(measure);
    measure();
    return () => {
      text.unobserve(measure);
      bound.close();
      setBinding(null);
    };
  }, [draft, generation, root]);
  const refused = usePasting(area, binding, tools ? draft : null);
  const stay = (/** @type {KeyboardEvent} */ event) => line && event.key === "Enter" && event.preventDefault();
  return html`
    <textarea ref=${area} class=${`sheet words ${kind}`} rows=${line ? 1 : 3} readonly=${!draft?.open} dir="auto" lang=${lang}
      aria-labelledby=${label} aria-describedby=${hint} onKeyDown=${stay}></textarea>
    ${tools && html`<${TooLong} refused=${refused} />`}
    ${tools && html`<${Toolbar} area=${area} binding=${binding} open=${draft?.open ?? false} label=${label} more=${more}><${Count} n=${length} wanted=${wanted} /><//>`}`;
}

/** Words that could not be stored, for whoever wrote them. @param {{draft: Draft}} props */
export const Unsent = ({draft}) => html`
  ${draft.reason && html`<div class="banner bad"><${Icon} name="refused" /><p>${draft.reason}</p>
    <button type="button" class="btn push" onClick=${() => draft.again()}>${t("Try again")}</button></div>`}
  ${draft.unsent.map((unsent) => html`
    <section key=${unsent.key} class="refusal" aria-label=${t("Not sent")}>
      <div class="banner bad"><${Icon} name="refused" /><p><b>${t("Not sent:")}</b> ${draft.refusal} ${t("Your words are still here.")}</p></div>
      <div class="idea unsent"><p class="words tall" dir="auto" tabindex="0">${unsent.text}</p></div>
      <div class="row">
        ${navigator.clipboard && html`<button type="button" class="btn" onClick=${() => navigator.clipboard.writeText(unsent.text)}><${Icon} name="cite" />${t("Copy")}</button>`}
        <button type="button" class="btn quiet" onClick=${() => draft.dismiss(unsent)}>${t("Throw it away")}</button>
      </div>
    </section>`)}`;

/** @param {{draft: Draft, lang: string, here?: Here | null}} props */
export function Steps({draft, lang, here}) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const [taken, setTaken] = useState(/** @type {string | null} */ (null));
  useEffect(() => {
    const map = draft.doc.getMap("steps");
    const tell = () => again(0);
    map.observe(tell);
    return () => map.unobserve(tell);
  }, [draft, draft.generation]);
  const steps = stepsOf(draft.doc);
  const add = () => {
    const id = addStep(draft.doc);
    // The field is there after the next drawing.
    setTimeout(() => document.getElementById(`step-${id}-what`)?.focus(), 50);
  };
  const remove = (/** @type {string} */ id) => {
    removeStep(draft.doc, id);
    setTaken(id);
  };
  return html`
    <section class="part" aria-labelledby="part-steps" data-part=${STEPS}>
      <div class="part-head"><h2 id="part-steps">${t("Steps")}</h2><${WhoIsHere} here=${here} part=${STEPS} /></div>
      <p class="hint">${t("Who does what, by when and with what. An empty place is printed as an open question.")}</p>
      <ol class="step-cards">${steps.map(({id}, place) => html`
        <${Step} key=${id} id=${id} place=${place} last=${place === steps.length - 1} draft=${draft} lang=${lang} remove=${() => remove(id)} />`)}</ol>
      <div class="row">
        <button type="button" class="btn" disabled=${!draft.open} onClick=${add}><${Icon} name="plus" />${t("Add a step")}</button>
        ${taken && html`<button type="button" class="btn quiet" onClick=${() => {
          restoreStep(draft.doc, taken);
          setTaken(null);
        }}><${Icon} name="undo" />${t("Bring the step back")}</button>`}
      </div>
    </section>`;
}

/** @param {{id: string, place: number, last: boolean, draft: Draft, lang: string, remove: () => void}} props */
const Step = ({id, place, last, draft, lang, remove}) => html`
  <li><fieldset class="step">
    <legend>${t("Step {n}", {n: place + 1})}</legend>
    ${COLUMNS.map(([key, word]) => html`
      <div key=${key} class=${`field of-${key}`}>
        <span class="label" id=${`step-${id}-${key}-label`}>${word()}</span>
        <${StepField} id=${`step-${id}-${key}`} draft=${draft} root=${rootOf(id, key)} lang=${lang} />
      </div>`)}
    <div class="row">
      <button type="button" class="act" disabled=${place === 0} aria-label=${t("Step {n} up", {n: place + 1})} onClick=${() => moveStep(draft.doc, id, place - 1)}><${Icon} name="up" /></button>
      <button type="button" class="act" disabled=${last} aria-label=${t("Step {n} down", {n: place + 1})} onClick=${() => moveStep(draft.doc, id, place + 1)}><${Icon} name="down" /></button>
      <button type="button" class="act push" onClick=${remove}><${Icon} name="close" />${t("Take out")}<span class="hidden">: ${t("Step {n}", {n: place + 1})}</span></button>
    </div>
  </fieldset></li>`;

/** @param {{id: string, draft: Draft, root: string, lang: string}} props */
function StepField({id, draft, root, lang}) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => (area.current ? bind(area.current, draft.text(root)).close : undefined), [draft, draft.generation, root]);
  return html`<textarea ref=${area} id=${id} class="input words" rows="1" readonly=${!draft.open} dir="auto" lang=${lang} aria-labelledby=${`${id}-label`}></textarea>`;
}
