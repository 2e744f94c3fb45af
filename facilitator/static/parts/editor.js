// A draft that several people write at once: a field for each section, and the steps.
import {handOf} from "../lib/binding.js";
import {Draft} from "../lib/draft.js";
import {ADDRESSEE, officeOf} from "../lib/addressees.js";
import {html, useContext, useEffect, useMemo, useReducer, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t, tn} from "../lib/i18n.js";
import {addStep, moveStep, removeStep, restoreStep, rootOf, stepsOf} from "../lib/steps.js";
import {all, here as at, one} from "../lib/store.js";
import {bind} from "../lib/textarea.js";
import {Addressees} from "./addressees.js";
import {Cite} from "./cite.js";
import {Code, CodeSwitch, useCode} from "./code-choice.js";
import {Contribute} from "./contribute.js";
import {Count, Outline, STEPS, useWritten, Written} from "./draft-progress.js";
import {Stage} from "./frame.js";
import {CaretsOfOthers, useHere, WhoIsHere} from "./here.js";
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
  const code = useCode();
  const [looks, setLooks] = useState(false);
  const written = useWritten(draft, recommendation.template);
  const minuted = recommendation.by !== undefined;
  const theme = one(room, "theme", recommendation.theme ?? "");
  const ideas = theme ? all(room, "idea").filter((idea) => idea.theme === theme.id) : [];
  const [icon, tone, word] = STANDINGS[draft?.standing ?? "joining"] ?? ["sending", "", () => ""];
  const [past, setPast] = useState(false);
  if (past) return html`<${LookingBack} ...${scene} recommendation=${recommendation} draft=${draft} back=${() => setPast(false)} />`;
  return html`
    <${Stage} ...${scene}>
      <${Code.Provider} value=${code.choice}><div class="writing">
      <${Outline} template=${recommendation.template} written=${written} last=${minuted ? t("To do") : undefined} />
      <div class="paper" ref=${paper}>
        <div class="row">
          <button type="button" class="btn quiet tight" onClick=${back}><${Icon} name="back" />${minuted ? t("The agenda") : t("All recommendations")}</button>
          <span class=${`status push ${tone}`}><${Icon} name=${icon} />${word()}</span>
          <button type="button" class="btn quiet tight" aria-label=${t("History")} onClick=${() => setPast(true)}><${Icon} name="history" /><span class="laptop-only">${t("History")}</span></button>
        </div>
        <${Refusals} refused=${refused} dismiss=${dismiss} />
        ${draft && html`<${Unsent} draft=${draft} />`}
        <header>
          <p class="note">${minuted ? t("Item {n}", {n: recommendation.position + 1}) : t("Recommendation {n}", {n: recommendation.number})}${theme && ` · ${tn("from {n} idea in “{theme}”", "from {n} ideas in “{theme}”", ideas.length, {theme: theme.title})}`}</p>
          <h2 class="hidden" id="title-of">${t("Title")}</h2>
          <${Field} draft=${draft} root="title" label="title-of" lang=${recommendation.lang} class="title" line />
          ${!minuted && html`<div class="part-acts"><${Suggestions} ...${scene} draft=${draft} recommendation=${recommendation} parts=${[{root: "title", name: t("Title")}]} name=${t("Title")} /></div>`}
          <p class="row"><span class="phone-only"><${Written} template=${recommendation.template} written=${written} /></span><span class="push row"><${CodeSwitch} ...${code} /><${LookSwitch} on=${looks} set=${setLooks} /></span></p>
          <${Behind} ideas=${ideas} />
        </header>
        ${recommendation.template.map((/** @type {Thing} */ section) => html`
          <${Section} key=${section.key} section=${section} draft=${draft} lang=${recommendation.lang} looks=${looks} here=${here}
            below=${(/** @type {string} */ id, /** @type {number} */ place) => draft && !minuted && html`<${OnAddressee} ...${scene} draft=${draft} recommendation=${recommendation} id=${id} place=${place} />`}>
            ${minuted && draft && section.key === "contributions" && html`<${Contribute} draft=${draft} sectors=${scene.page.sectors} />`}
            <div class="part-acts">
              ${draft && html`<${Cite} ...${scene} draft=${draft} part=${section.key} theme=${recommendation.theme ?? null} />`}
              ${!minuted && html`<${Suggestions} ...${scene} draft=${draft} recommendation=${recommendation} parts=${[{root: `s:${section.key}`, name: said(section.title)}]} name=${said(section.title)} />`}
            </div>
          <//>`)}
        ${draft && html`<${Steps} key=${draft.generation} draft=${draft} lang=${recommendation.lang} here=${here} tasks=${minuted}
          below=${(/** @type {string} */ id, /** @type {number} */ place) => !minuted && html`<${OnStep} ...${scene} draft=${draft} recommendation=${recommendation} id=${id} place=${place} />`} />`}
        ${draft && code.laptop && !at(room)?.anonymous && html`<${CaretsOfOthers} connection=${scene.connection} recommendation=${recommendation.id} draft=${draft} />`}
      </div>
      </div><//>
    <//>`;
}

/** The suggestions on the fields of a step. @param {Scene & {draft: Draft, recommendation: Thing, id: string, place: number}} props */
export const OnStep = ({id, place, ...props}) => {
  const name = t("Step {n}", {n: place + 1});
  const parts = COLUMNS.map(([key, word]) => ({root: rootOf(id, key), name: `${name} · ${word()}`}));
  return html`<div class="part-acts"><${Suggestions} ...${props} parts=${parts} name=${name} /></div>`;
};

/** The suggestions on the name of an office. @param {Scene & {draft: Draft, recommendation: Thing, id: string, place: number}} props */
export const OnAddressee = ({id, place, ...props}) => {
  const name = t("Addressee {n}", {n: place + 1});
  return html`<div class="part-acts"><${Suggestions} ...${props} parts=${[{root: officeOf(id), name}]} name=${name} /></div>`;
};

/** What was said of it before: the ideas of its theme, to be read while writing. @param {{ideas: Thing[]}} props */
const Behind = ({ideas}) => ideas.length > 0 && html`
  <details class="fold behind">
    <summary><${Icon} name="down" />${tn("{n} idea behind it", "{n} ideas behind it", ideas.length)}</summary>
    <ul>${ideas.map(({id, sort, text, lang}) => html`
      <li key=${id}><${Icon} name=${sort} /><span class="words" lang=${lang} dir="auto">${text}</span></li>`)}</ul>
  </details>`;

/**
 * A part of the text. Further parts stand behind it as children; their buttons, as `more`, in its toolbar;
 * and what is said of each addressee `below` its row.
 * @param {{section: Thing, draft: Draft | null, lang: string, looks?: boolean, here?: Here | null, more?: any, below?: import("./addressees.js").Below, children?: any}} props
 */
export const Section = ({section, draft, lang, looks = false, here, more, below, children}) => {
  const words = html`
    <${Field} draft=${draft} root=${`s:${section.key}`} label=${`part-${section.key}`} hint=${said(section.hint) ? `hint-${section.key}` : undefined} lang=${lang} tools more=${more} wanted=${section.length} />
    ${looks && draft && html`<${Look} draft=${draft} root=${`s:${section.key}`} label=${`part-${section.key}`} lang=${lang} />`}
    ${children}`;
  return html`
    <section class="part" aria-labelledby=${`part-${section.key}`} data-part=${section.key}>
      <div class="part-head"><h2 id=${`part-${section.key}`}>${said(section.title)}</h2><${WhoIsHere} here=${here} part=${section.key} /></div>
      ${said(section.hint) && html`<p class="hint" id=${`hint-${section.key}`}>${said(section.hint)}</p>`}
      ${section.key === ADDRESSEE ? draft && html`<${Addressees} key=${draft.generation} draft=${draft} lang=${lang} looks=${looks} label=${`part-${section.key}`} below=${below}>${words}<//>` : words}
    </section>`;
};

/**
 * A field bound to a text of the draft.
 * @param {{draft: Draft | null, root: string, label: string, hint?: string, lang: string, class?: string, line?: boolean, tools?: boolean, more?: any, wanted?: number}} props
 */
export function Field({draft, root, label, hint, lang, class: kind = "", line = false, tools = false, more, wanted}) {
  const slot = useRef(/** @type {HTMLElement | null} */ (null));
  const [binding, setBinding] = useState(/** @type {import("../lib/binding.js").Binding | null} */ (null));
  const [length, setLength] = useState(0);
  const choice = useContext(Code);
  const kit = tools ? choice.kit : null;
  const generation = draft?.generation;
  const open = draft?.open ?? false;
  const text = draft?.text(root);
  // What can be undone stays, whatever kind of field it is.
  const hand = useMemo(() => text && handOf(text), [text]);
  useEffect(() => () => hand?.undoing.destroy(), [hand]);
  useEffect(() => {
    const field = slot.current;
    if (!text || !hand || !field) return undefined;
    const measure = () => setLength(text.length);
    const bound = kit
      ? kit.bindCode(field, text, hand, {label: document.getElementById(label)?.textContent ?? "", lang})
      : bind(/** @type {HTMLTextAreaElement} */ (field), text, hand);
    choice.resume(text, bound);
    setBinding(bound);
    text.observe(measure);
    measure();
    return () => {
      text.unobserve(measure);
      bound.close();
      setBinding(null);
    };
  }, [draft, generation, root, kit]);
  useEffect(() => binding?.setOpen?.(open), [binding, open]);
  const refused = usePasting(binding, tools ? draft : null);
  const stay = (/** @type {KeyboardEvent} */ event) => line && event.key === "Enter" && event.preventDefault();
  return html`
    ${kit
      ? html`<div key="code" ref=${slot} class=${`sheet words code ${kind}`}></div>`
      : html`<textarea key="plain" ref=${slot} class=${`sheet words ${kind}`} rows=${line ? 1 : 3} readonly=${!open} dir="auto" lang=${lang}
        aria-labelledby=${label} aria-describedby=${hint} onKeyDown=${stay}></textarea>`}
    ${tools && html`<${TooLong} refused=${refused} />`}
    ${tools && html`<${Toolbar} binding=${binding} open=${open} label=${label} more=${more}><${Count} n=${length} wanted=${wanted} /><//>`}`;
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

/**
 * `tasks`: of minutes, each with less; `below`: what stands under each.
 * @param {{draft: Draft, lang: string, here?: Here | null, tasks?: boolean, below: (id: string, place: number) => any}} props
 */
export function Steps({draft, lang, here, tasks = false, below}) {
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
      <div class="part-head"><h2 id="part-steps">${tasks ? t("To do") : t("Steps")}</h2><${WhoIsHere} here=${here} part=${STEPS} /></div>
      <p class="hint">${tasks ? t("What is to be done, by whom and by when. What is still open goes on to the next meeting.") : t("Who does what, by when and with what. An empty place is printed as an open question.")}</p>
      <ol class="step-cards">${steps.map(({id}, place) => html`
        <${Step} key=${id} id=${id} place=${place} last=${place === steps.length - 1} draft=${draft} lang=${lang} columns=${tasks ? OF_TASKS : COLUMNS} remove=${() => remove(id)}>${below(id, place)}<//>`)}</ol>
      <div class="row">
        <button type="button" class="btn" disabled=${!draft.open} onClick=${add}><${Icon} name="plus" />${t("Add a step")}</button>
        ${taken && html`<button type="button" class="btn quiet" onClick=${() => {
          restoreStep(draft.doc, taken);
          setTaken(null);
        }}><${Icon} name="undo" />${t("Bring the step back")}</button>`}
      </div>
    </section>`;
}

/** What is asked of the tasks of a meeting. */
const OF_TASKS = COLUMNS.filter(([key]) => ["what", "who", "by"].includes(key));

/** @param {{id: string, place: number, last: boolean, draft: Draft, lang: string, columns: typeof COLUMNS, remove: () => void, children?: any}} props */
const Step = ({id, place, last, draft, lang, columns, remove, children}) => html`
  <li><fieldset class="step">
    <legend>${t("Step {n}", {n: place + 1})}</legend>
    ${columns.map(([key, word]) => html`
      <div key=${key} class=${`field of-${key}`}>
        <span class="label" id=${`step-${id}-${key}-label`}>${word()}</span>
        <${StepField} id=${`step-${id}-${key}`} draft=${draft} root=${rootOf(id, key)} lang=${lang} />
      </div>`)}
    <div class="row">
      <button type="button" class="act" disabled=${place === 0} aria-label=${t("Step {n} up", {n: place + 1})} onClick=${() => moveStep(draft.doc, id, place - 1)}><${Icon} name="up" /></button>
      <button type="button" class="act" disabled=${last} aria-label=${t("Step {n} down", {n: place + 1})} onClick=${() => moveStep(draft.doc, id, place + 1)}><${Icon} name="down" /></button>
      <button type="button" class="act push" onClick=${remove}><${Icon} name="close" />${t("Take out")}<span class="hidden">: ${t("Step {n}", {n: place + 1})}</span></button>
    </div>
    ${children}
  </fieldset></li>`;

/** @param {{id: string, draft: Draft, root: string, lang: string}} props */
export function StepField({id, draft, root, lang}) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  useEffect(() => (area.current ? bind(area.current, draft.text(root)).close : undefined), [draft, draft.generation, root]);
  return html`<textarea ref=${area} id=${id} class="input words" rows="1" readonly=${!draft.open} dir="auto" lang=${lang} aria-labelledby=${`${id}-label`}></textarea>`;
}
