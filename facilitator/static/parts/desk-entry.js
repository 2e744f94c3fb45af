// In the middle of the desk: one recommendation, to read, to write, and with all that travels with it.
import {html, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t, tn} from "../lib/i18n.js";
import {levelWord} from "../lib/levels.js";
import {all, byPosition, one} from "../lib/store.js";
import {letter, notIn, numberOf, outline, placeName, raisedIn, support, thread} from "./desk-model.js";
import {citesMore, known, useCitable} from "./desk-cite.js";
import {Consult, OpenQuestions} from "./desk-consult.js";
import {Languages, translation} from "./desk-languages.js";
import {Origins} from "./desk-matrix.js";
import {Plenary, WholeDocument} from "./desk-plenary.js";
import {AlikeTo, Pairs} from "./desk-similar.js";
import {Apart} from "./desk-split.js";
import {Mark, origins, Reading} from "./desk-text.js";
import {Opening, useLater} from "./later.js";
import {unsaved} from "./open-drafts.js";
import {Wording} from "./reopened.js";
import {Listed} from "./reservations.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk.js").Desk} Desk */
/** @typedef {import("./desk-model.js").Missing} Missing */

/** @param {{desk: Desk}} props */
export function Middle({desk}) {
  const {current, room} = desk;
  const card = current?.kind === "card" ? one(room, "card", current.id) : undefined;
  const entry = current?.kind === "entry" ? one(room, "recommendation", current.id) : undefined;
  return html`
    <main class="pane work" id="main">
      ${(card || entry || current?.kind === "pairs") && html`<p><button class="btn quiet tight back" type="button" onClick=${() => desk.show(null)}><${Icon} name="back" />${t("Overview")}</button></p>`}
      ${entry ? html`<${Entry} key=${entry.id} entry=${entry} desk=${desk} />` : card ? html`<${Card} card=${card} desk=${desk} />` : current?.kind === "pairs" ? html`<${Pairs} desk=${desk} />` : html`<${Beginning} desk=${desk} />`}
    </main>`;
}

/** @param {{desk: Desk}} props */
const Beginning = ({desk}) => html`
  <div class="beginning">
    <svg class="art threads" viewBox="0 0 260 64" preserveAspectRatio="xMinYMid meet" aria-hidden="true"><path class="t1" d="M2 6C80 6 90 32 150 32" /><path class="t2" d="M2 23C80 23 90 32 150 32" /><path class="t4" d="M2 41C80 41 90 32 150 32" /><path class="t6" d="M2 58C80 58 90 32 150 32" /><path d="M148 32H258" /></svg>
    <h2 class="words">${t("Many come in, one goes on.")}</h2>
    <p class="small">${t("Choose one of the rooms’ recommendations on the left and place it in a chapter, or choose several that belong together and merge them. Every source stays with the text, and everything can be undone.")}</p>
    ${!all(desk.room, "card").length && html`<p class="small">${t("The rooms have not written recommendations yet. They appear here by themselves, as soon as they are begun.")}</p>`}
    <${OpenQuestions} desk=${desk} />
    <${WholeDocument} desk=${desk} />
    <${Origins} desk=${desk} />
  </div>`;

/** A room's recommendation, to be read before it is chosen. @param {{card: Thing, desk: Desk}} props */
const Card = ({card, desk}) => html`
  <header>
    <p class="status"><${Icon} name="eye" />${t("A room’s own words. They are not changed here.")}</p>
    <p class="small" dir="auto">${placeName(card.room)}</p>
    <h2 class="words merge-title" lang=${card.lang} dir="auto">${card.title || t("Without a title")}</h2>
  </header>
  <${Reading} recommendation=${card} text=${card.text} notes=${card.notes} />
  <${Carried} card=${card} />
  <${AlikeTo} desk=${desk} ids=${[card.id]} />`;

/** What a room's text carries: what is reserved on it, the hash of what was adopted, and why it was opened again. @param {{card: Thing}} props */
const Carried = ({card: {hash, reopened, reservations = []}}) => html`
  <${Wording} hash=${hash} />
  ${reopened && html`<p class="banner say"><${Icon} name="undo" /><span>${t("Opened again after the vote:")} <span class="words" lang=${reopened.lang} dir="auto">${reopened.text}</span></span></p>`}
  <${Listed} reservations=${reservations} />`;

/** @param {{entry: Thing, desk: Desk}} props */
function Entry({entry, desk}) {
  const {room} = desk;
  const [writing, setWriting] = useState(false);
  const [lang, setLang] = useState(entry.lang);
  const translated = lang !== entry.lang;
  const text = one(room, "text", entry.id);
  const cardOf = (/** @type {number} */ origin) => one(room, "card", origin) ?? one(room, "motion", origin);
  const open = entry.status === "draft";
  const several = entry.sources.filter((/** @type {Thing} */ {origin}) => !one(room, "motion", origin)).length;
  const towns = raisedIn(room, entry);
  const notes = notesOf(entry, cardOf);
  const citable = useCitable(desk.connection, entry, (writing && open) || citesMore(text, notes));
  return html`
    <header>
      <div class="row">
        <p class="status"><${Icon} name="merge" />${several > 1 ? tn("Merged from {n} recommendation", "Merged from {n} recommendations", several) : t("In the words of one room")}</p>
        ${!open && html`<p class="status good"><${Icon} name="seal" />${t("adopted, its text is closed")}</p>`}
        ${!translated && html`<span class="row push" role="group" aria-label=${t("Read or write")}>
          <button class="btn tight" type="button" aria-pressed=${!writing} onClick=${() => setWriting(false)}>${t("Read")}</button>
          <button class="btn tight" type="button" aria-pressed=${writing} disabled=${!open} onClick=${() => setWriting(true)}>${t("Write")}</button>
        </span>`}
      </div>
      ${desk.page.languages.some((/** @type {string} */ one_) => one_ !== entry.lang) && html`<${Languages} room=${room} entry=${entry} languages=${desk.page.languages} shown=${lang} show=${setLang} />`}
      ${(translated || !(writing && open)) && html`<h2 class="words merge-title" lang=${entry.lang} dir="auto"><span class="n">${numberOf(outline(room), entry.id)}</span> ${entry.title || t("Without a title")}</h2>`}
      ${towns.length > 0 && html`<p class="small">${t("Raised in {towns}", {towns: towns.join(", ")})}</p>`}
    </header>
    ${translated ? html`<${Translation} key=${lang} entry=${entry} lang=${lang} desk=${desk} />` : writing && open
      ? html`<${Writing} key=${entry.id} entry=${entry} desk=${desk} citable=${citable} notes=${known(notes, citable)} />`
      : html`<${Reading} recommendation=${entry} text=${text} sources=${origins(entry, text, cardOf)} notes=${known(notes, citable)} />`}
    <${Keep} entry=${entry} text=${text} desk=${desk} cardOf=${cardOf} floor=${(/** @type {number} */ origin) => Boolean(one(room, "motion", origin))} />
    <${AlikeTo} desk=${desk} ids=${entry.sources.map((/** @type {Thing} */ {origin}) => origin)} />
    <${Place} entry=${entry} desk=${desk} />
    <${Consult} key=${`c${entry.id}`} entry=${entry} desk=${desk} />
    <${Plenary} key=${`p${entry.id}`} entry=${entry} desk=${desk} />
    ${open && html`<${Apart} key=${entry.id} entry=${entry} desk=${desk} />`}`;
}

/** What the rooms' texts cite that this one was made of. @param {Thing} entry @param {(origin: number) => Thing | undefined} cardOf */
const notesOf = (entry, cardOf) => Object.assign({}, ...entry.sources.map((/** @type {Thing} */ {origin}) => cardOf(origin)?.notes));

/** The fields come with Yjs, when the first text is opened. */
const writing = () => import("./desk-writing.js").then(({Writing: Fields}) => Fields);

/** @param {{entry: Thing, desk: Desk, citable: import("./cite.js").Elsewhere | null, notes: Record<string, Thing>}} props */
function Writing(props) {
  const {loaded, failed} = useLater(writing);
  return loaded
    ? html`<${loaded} ...${props} />`
    : html`<${Opening} failed=${failed} />`;
}

/** It comes with Yjs as well. */
const translating = () => import("./desk-translate.js").then(({Translating}) => Translating);

/** The text in another language, or the way to begin it. @param {{entry: Thing, lang: string, desk: Desk}} props */
function Translation({entry, lang, desk}) {
  const {loaded, failed} = useLater(translating);
  const found = translation(desk.room, entry.id, lang);
  if (!found) return html`
    <div class="beginning">
      <p class="small">${t("This text is not in this language yet: the document shows the original, and says so.")}</p>
      <p><button class="btn main" type="button" onClick=${() => desk.act("translation.begin", {recommendation: entry.id, lang})}><${Icon} name="language" />${t("Begin the translation")}</button></p>
    </div>`;
  return loaded
    ? html`<${loaded} key=${found.id} entry=${entry} translation=${found} desk=${desk} />`
    : html`<${Opening} failed=${failed} />`;
}

/** What comes along with each source; figures are never added up. @param {{entry: Thing, text: Thing | undefined, desk: Desk, cardOf: (origin: number) => Thing | undefined, floor: (origin: number) => boolean}} props */
const Keep = ({entry, text, desk, cardOf, floor}) => html`
  <section aria-labelledby="keep-h">
    <h3 id="keep-h">${t("Travels with it")}</h3>
    <ul class="keep">${entry.sources.map((/** @type {Thing} */ source, /** @type {number} */ place) => html`
      <${Kept} key=${source.id} source=${source} place=${place} card=${cardOf(source.origin)} floor=${floor(source.origin)} entry=${entry} text=${text} desk=${desk} />`)}</ul>
    <p class="note">${t("Each room’s figures stay its own. They are not added up: the same people may have been in two rooms.")}</p>
  </section>`;

/** @param {{source: Thing, place: number, card: Thing | undefined, floor: boolean, entry: Thing, text: Thing | undefined, desk: Desk}} props */
function Kept({source, place, card, floor, entry, text, desk}) {
  const mark = html`<${Mark} id=${source.id} letter=${letter(place)} thread=${thread(place)} name="" words=${0} />`;
  if (floor) return html`<li>${mark}<span>${t("From the floor of the plenary")} · ${t("revision {n}", {n: source.revision})}</span></li>`;
  if (!card) return html`<li>${mark}<span>${t("The room’s recommendation is no longer there; the words taken from it are.")}</span></li>`;
  const votes = support(card.ballot);
  const moved = card.seq > source.revision;
  return html`
    <li>
      ${mark}
      <details>
        <summary><b dir="auto">${placeName(card.room)}</b>, ${[
          votes ? t("{yes} of {voters} for", votes) : t("not voted on"),
          tn("{n} idea", "{n} ideas", card.ideas),
          tn("{n} step", "{n} steps", card.text?.steps?.length ?? 0),
          t("revision {n}", {n: source.revision}),
          ...(card.reservations?.length ? [tn("{n} reservation", "{n} reservations", card.reservations.length)] : []),
        ].join(" · ")}</summary>
        <p class="words" lang=${card.lang} dir="auto">${t("“{title}”", {title: card.title || t("Without a title")})}</p>
        <${Reading} recommendation=${card} text=${card.text} notes=${card.notes} />
        <${Carried} card=${card} />
      </details>
      ${entry.status === "draft" && html`<${Offered} card=${card} entry=${entry} text=${text} desk=${desk} />`}
      ${moved && html`<span class="status warn push"><${Icon} name="warn" />${t("the room has written on since")}</span>`}
    </li>`;
}

/**
 * What a room says that is not in the text: one tap pulls it across, with its source.
 * @param {{card: Thing, entry: Thing, text: Thing | undefined, desk: Desk}} props
 */
function Offered({card, entry, text, desk}) {
  const fold = useRef(/** @type {HTMLElement | null} */ (null));
  // What was taken over is in the text with its next reading; what was refused is offered again.
  const [taken, setTaken] = useState(/** @type {Record<string, number | undefined>} */ ({}));
  const parts = notIn(card.text, text).filter((part) => !(nameOf(part) in taken) || taken[nameOf(part)] !== text?.seq);
  const pull = async (/** @type {Missing} */ part) => {
    const {kind, key, name} = part;
    const [action, what] = kind === "sections" ? ["desk.pull_passage", {section: key, words: name}] : ["desk.pull", {kind, row: key}];
    // What is tapped goes at once: a second tap would only be refused.
    setTaken((before) => ({...before, [nameOf(part)]: text?.seq}));
    /** @type {HTMLElement | null | undefined} */ (fold.current?.closest("li")?.querySelector("summary"))?.focus();
    const outcome = await desk.act(action, {recommendation: entry.id, origin: card.id, ...what});
    if (!("ok" in outcome)) setTaken(({[nameOf(part)]: _, ...others}) => others);
  };
  return html`
    <div class="offered" ref=${fold}>${parts.length > 0 && html`<details>
      <summary>${tn("{n} part of it is not in the text word for word", "{n} parts of it are not in the text word for word", parts.length)}</summary>
      <ul>${parts.map((part) => html`
        <li key=${nameOf(part)}><span class="note">${sortOf(part, card)}</span>
          <span class=${part.kind === "sections" ? "passage" : ""}><span class="words" lang=${card.lang} dir="auto">${part.name}</span>${part.kind === "addressees" && html` <span class="note">${levelWord({office: part.name, level: part.level ?? ""})}</span>`}</span>
          <button class="btn tight push" type="button" onClick=${() => pull(part)}><${Icon} name="merge" />${t("Take over")}<span class="hidden">: ${part.name}</span></button></li>`)}</ul>
    </details>`}</div>`;
}

/** @param {Missing} part */
const nameOf = ({kind, key, name}) => `${kind} ${key} ${name}`;

/** What a part is, in a word. @param {Missing} part @param {Thing} card */
function sortOf({kind, key}, card) {
  if (kind === "steps") return t("Step");
  if (kind === "addressees") return t("Addressee");
  return said(card.template.find((/** @type {Thing} */ section) => section.key === key)?.title ?? {});
}

/** Where it stands, and whether it is adopted. @param {{entry: Thing, desk: Desk}} props */
function Place({entry, desk}) {
  const {room, act} = desk;
  const parts = outline(room);
  const here = parts.find(({chapter}) => chapter?.id === entry.chapter);
  const at = here?.entries.findIndex(({entry: other}) => other.id === entry.id) ?? 0;
  const last = (here?.entries.length ?? 1) - 1;
  const move = (/** @type {number} */ chapter, /** @type {number} */ position) => void act("desk.move", {recommendation: entry.id, chapter, position});
  const remove = async () => {
    if ("ok" in await act("desk.remove", {recommendation: entry.id})) desk.show(null);
  };
  return html`
    <section class="placing" aria-labelledby="place-h">
      <h3 id="place-h">${t("Its place in the document")}</h3>
      <div class="row">
        <label class="filter"><span class="hidden">${t("Chapter")}</span>
          <select class="input" value=${entry.chapter} onChange=${(/** @type {any} */ event) => move(Number(event.target.value), 10000)}>
            ${all(room, "chapter", byPosition).map((chapter, place) => html`<option key=${chapter.id} value=${chapter.id} selected=${chapter.id === entry.chapter}>${place + 1} ${said(chapter.title)}</option>`)}
          </select></label>
        <button class="btn square" type="button" disabled=${at === 0} aria-label=${t("Move up in its chapter")} onClick=${() => move(entry.chapter, at - 1)}><${Icon} name="up" /></button>
        <button class="btn square" type="button" disabled=${at >= last} aria-label=${t("Move down in its chapter")} onClick=${() => move(entry.chapter, at + 1)}><${Icon} name="down" /></button>
      </div>
      <div class="row">
        ${entry.status === "adopted"
          ? html`<button class="btn" type="button" onClick=${() => act("desk.adopt", {recommendation: entry.id, on: false})}><${Icon} name="undo" />${t("Open its text again")}</button>`
          : html`<button class="btn main" type="button" disabled=${unsaved() > 0} onClick=${() => act("desk.adopt", {recommendation: entry.id, on: true})}><${Icon} name="support" />${t("Mark as adopted")}</button>`}
        <button class="btn bad" type="button" onClick=${remove}><${Icon} name="split" />${t("Take out of the document")}</button>
      </div>
    </section>`;
}
