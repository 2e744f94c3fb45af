// Right at the desk: the document as it grows, its chapters, and what was done.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {languageName, moment, said, t, tn} from "../lib/i18n.js";
import {Progress} from "./desk-languages.js";
import {Decided, PutTo} from "./desk-plenary.js";
import {later, letter, log, outline, stepWords, thread} from "./desk-model.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk-model.js").Part} Part */

/** @param {{desk: Desk}} props */
export function Outline({desk}) {
  const parts = outline(desk.room);
  const [edited, edit] = useState(/** @type {number | "new" | null} */ (null));
  const count = parts.reduce((sum, {entries}) => sum + entries.length, 0);
  const chapters = parts.filter(({chapter}) => chapter).length;
  return html`
    <section class="pane doc" id="document" aria-labelledby="doc-h">
      <header><div class="row"><h2 id="doc-h">${t("The document")}</h2><span class="note push num">${tn("{n} recommendation", "{n} recommendations", count)}</span></div>
        <${Progress} room=${desk.room} languages=${desk.page.languages} /></header>
      <ol class="growing">${parts.map((part, place) => html`
        <li class="ch" key=${`c${part.chapter?.id}`}>
          <h3 dir="auto">${part.number} ${part.chapter ? said(part.chapter.title) : t("Without a chapter")}</h3>
          ${part.chapter && html`<button class="btn quiet tight square" type="button" aria-expanded=${edited === part.chapter.id} aria-label=${t("Change chapter {n}", {n: part.number})} onClick=${() => edit(edited === part.chapter?.id ? null : part.chapter?.id)}><${Icon} name="more" /></button>`}
        </li>
        ${part.chapter && edited === part.chapter.id && html`<li key=${`e${part.chapter.id}`}><${Chapter} part=${part} place=${place} last=${chapters - 1} desk=${desk} onDone=${() => edit(null)} /></li>`}
        ${part.entries.map(({entry, number}) => html`<${Line} key=${entry.id} entry=${entry} number=${number} desk=${desk} />`)}
        ${!part.entries.length && html`<li key=${`n${part.chapter?.id}`}><span class="note">${t("Nothing placed yet.")}</span></li>`}`)}
      </ol>
      ${edited === "new" ? html`<${Chapter} desk=${desk} onDone=${() => edit(null)} />` : html`<button class="btn tight" type="button" onClick=${() => edit("new")}><${Icon} name="plus" />${t("Add a chapter")}</button>`}
      <${Log} desk=${desk} />
    </section>`;
}

/** @param {{entry: Thing, number: string, desk: Desk}} props */
function Line({entry, number, desk}) {
  const current = desk.current?.kind === "entry" && desk.current.id === entry.id;
  return html`
    <li><a href="#main" aria-current=${current ? "true" : undefined} onClick=${() => desk.show("entry", entry.id)}>
      <span class="n">${number}</span>
      <span lang=${entry.lang} dir="auto">${entry.title || t("Without a title")}${entry.status === "adopted" && html` <span class="status good"><${Icon} name="seal" />${t("adopted")}</span>`}<${Decided} room=${desk.room} entry=${entry} /></span>
      <span class="srcs">${entry.sources.slice(0, 4).map((/** @type {Thing} */ source, /** @type {number} */ place) => html`<span key=${source.id} class=${`src ${thread(place)}`} aria-hidden="true">${letter(place)}</span>`)}${entry.sources.length > 4 && html`<span class="note">+${entry.sources.length - 4}</span>`}<span class="hidden">${tn("{n} source", "{n} sources", entry.sources.length)}</span></span>
    </a></li>`;
}

/** A chapter's title and introduction, or a new one's. @param {{part?: Part, place?: number, last?: number, desk: Desk, onDone: () => void}} props */
function Chapter({part, place = 0, last = 0, desk, onDone}) {
  const {act, page} = desk;
  const chapter = part?.chapter;
  const [main, ...rest] = /** @type {string[]} */ (page.languages);
  const others = chapter ? rest : [];
  const save = async (/** @type {Event} */ submit) => {
    submit.preventDefault();
    const form = new FormData(/** @type {HTMLFormElement} */ (submit.target));
    const title = Object.fromEntries(page.languages.map((/** @type {string} */ lang) => [lang, String(form.get(lang) ?? "").trim()]).filter((/** @type {string[]} */ [, words]) => words));
    const intro = String(form.get("intro") ?? "").trim();
    const intros = Object.fromEntries(others.map((lang) => [lang, String(form.get(`intro-${lang}`) ?? "").trim()]));
    const outcome = await (chapter ? act("chapter.edit", {id: chapter.id, title, intro, intros, position: null}) : act("chapter.add", {title, intro, track: null}));
    if ("ok" in outcome) onDone();
  };
  const move = (/** @type {number} */ position) => void act("chapter.edit", {id: chapter?.id, title: chapter?.title, intro: chapter?.intro, position});
  const remove = async () => {
    if ("ok" in await act("chapter.remove", {id: chapter?.id})) onDone();
  };
  return html`
    <form class="chapter-form" onSubmit=${save} aria-label=${chapter ? t("Change the chapter") : t("Add a chapter")}>
      ${page.languages.map((/** @type {string} */ lang, /** @type {number} */ at) => html`
        <div class="field" key=${lang}><label for=${`ch-${lang}`}>${t("Title")} ${page.languages.length > 1 && html`<span class="note">${languageName(lang)}</span>`}</label>
          <input class="input" id=${`ch-${lang}`} name=${lang} lang=${lang} dir="auto" maxlength="200" required=${at === 0} defaultValue=${chapter?.title[lang] ?? ""} /></div>`)}
      <div class="field"><label for="ch-intro">${t("Introduction by the editors")} ${others.length > 0 && html`<span class="note">${languageName(main ?? "")}</span>`}</label>
        <textarea class="input" id="ch-intro" name="intro" rows="3" maxlength="10000" lang=${main} dir="auto" defaultValue=${chapter?.intro ?? ""}></textarea></div>
      ${others.map((lang) => html`
        <div class="field" key=${`i${lang}`}><label for=${`ch-intro-${lang}`}>${t("Introduction by the editors")} <span class="note">${languageName(lang)}</span></label>
          <textarea class="input" id=${`ch-intro-${lang}`} name=${`intro-${lang}`} rows="3" maxlength="10000" lang=${lang} dir="auto" defaultValue=${chapter?.intros?.[lang] ?? ""}></textarea></div>`)}
      <div class="row">
        <button class="btn main tight">${t("Save")}</button><button class="btn quiet tight" type="button" onClick=${onDone}>${t("Cancel")}</button>
        ${chapter && html`
          <span class="row push">
            <button class="btn square tight" type="button" disabled=${place === 0} aria-label=${t("Move the chapter up")} onClick=${() => move(place - 1)}><${Icon} name="up" /></button>
            <button class="btn square tight" type="button" disabled=${place >= last} aria-label=${t("Move the chapter down")} onClick=${() => move(place + 1)}><${Icon} name="down" /></button>
            <button class="btn tight bad" type="button" disabled=${(part?.entries.length ?? 0) > 0} onClick=${remove}>${t("Remove")}</button>
          </span>`}
      </div>
      ${chapter && html`<${PutTo} desk=${desk} ids=${part?.entries.map(({entry}) => entry.id) ?? []} word=${t("Put this chapter to the plenary")} />`}
    </form>`;
}

/** What was done at the desk, the last first; a step can be taken back, but for what plenaries have to do with. @param {{desk: Desk}} props */
function Log({desk}) {
  const steps = log(desk.room);
  if (!steps.length) return null;
  return html`
    <details class="trail">
      <summary><${Icon} name="history" />${t("What was done")} <span class="note">${tn("{n} step", "{n} steps", steps.length)}</span><${Icon} name="down" /></summary>
      <ol>${steps.slice(0, 60).map((step) => html`
        <li key=${step.id} class=${step.undone ? "undone" : ""}>
          <span dir="auto">${step.undone ? html`<del>${stepWords(step)}</del> <span class="note">${t("undone")}</span>` : stepWords(step)}</span>
          <span class="row"><span class="note num">${moment(step.at)}${step.final && html` · ${t("cannot be undone")}`}</span>
            ${!step.undone && !step.final && html`<button class="btn quiet tight push" type="button" onClick=${() => desk.act("desk.undo", {step: step.id, also: []})}>${t("Undo")}<span class="hidden">: ${stepWords(step)}</span></button>`}</span>
        </li>`)}</ol>
    </details>`;
}

/**
 * What was refused, with a way on: a step that others build on can be undone together with them.
 * @param {{desk: Desk}} props
 */
export const Refusals = ({desk}) => html`${desk.refused.map(({op, refused, name, payload, code}) => {
  const together = name === "desk.undo" && code === "conflict";
  const all_ = async () => {
    desk.dismiss(op);
    await desk.act("desk.undo", {step: payload.step, also: later(desk.room, payload.step)});
  };
  return html`
    <div class="banner bad refusal" key=${op} role="alert">
      <${Icon} name="refused" /><p><b>${t("This was not done.")}</b> ${refused}</p>
      <span class="row push">${together && html`<button class="btn tight" type="button" onClick=${all_}>${t("Undo them together")}</button>`}
        <button class="btn quiet tight" type="button" onClick=${() => desk.dismiss(op)}>${t("Understood")}</button></span>
    </div>`;
})}`;
