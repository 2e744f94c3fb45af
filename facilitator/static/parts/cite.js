// Citing: an idea or a card of evidence, put into a part of the text by one tap.
import {fieldOf} from "../lib/binding.js";
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {marksIn, markOf} from "../lib/marks.js";
import {all, byPosition} from "../lib/store.js";
import {Source} from "./cited.js";
import {useMenu, Withdrawn, StateWord} from "./moderating.js";
import {field, firstTap, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("../lib/draft.js").Draft} Draft */

/** So many of the other ideas at once; a search finds the rest. */
const OTHERS = 20;

/** Put a mark where the caret last stood in a part, or at its end. @param {Draft} draft @param {string} part @param {string} mark */
export function insertMark(draft, part, mark) {
  const text = draft.text(`s:${part}`);
  const field = fieldOf(text);
  // A field in which nobody has been has its caret at the beginning, where nothing is to be proved.
  const at = Math.min(field?.to || text.length, text.length);
  text.insert(at, mark);
  field?.select(at + mark.length, at + mark.length);
}

/** What can be cited and is no thing of this room. @typedef {{ideas: Thing[], evidence: Thing[], minutes: Thing[]}} Elsewhere */

/**
 * A button for one part of the text, and what can be cited in it.
 * @param {Scene & {draft: Draft, part: string, theme: number | null, from?: Elsewhere | null}} props `from`: at the desk, where the rooms' things are cited
 */
export function Cite({draft, part, theme, ...scene}) {
  const [open, setOpen] = useState(false);
  return html`
    <div class="row cite-row"><button type="button" class="act" disabled=${!draft.open} aria-expanded=${open} aria-controls=${open ? `cite-${part}` : undefined} onClick=${() => setOpen(!open)}><${Icon} name="cite" />${t("Cite")}</button></div>
    ${open && html`<${Choosing} draft=${draft} part=${part} theme=${theme} ...${scene} />`}`;
}

/** @param {Scene & {draft: Draft, part: string, theme: number | null, from?: Elsewhere | null}} props */
function Choosing({draft, part, theme, from, ...scene}) {
  const {room} = scene;
  const [find, setFind] = useState("");
  const text = draft.text(`s:${part}`).toString();
  const known = new Set(marksIn([text]));
  const words = find.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  const fits = (/** @type {Thing} */ thing) => words.every((word) => `${thing.title ?? ""} ${thing.text ?? ""}`.toLocaleLowerCase().includes(word));
  const minutes = (from?.minutes ?? all(room, "minutes", byPosition)).filter(fits);
  const ideas = (from?.ideas ?? all(room, "idea")).filter(fits);
  const ofTheme = (/** @type {Thing} */ idea) => idea.own ?? (theme !== null && idea.theme === theme);
  const [own, others] = [ideas.filter(ofTheme), ideas.filter((idea) => !ofTheme(idea))];
  const cite = (/** @type {string} */ mark) => insertMark(draft, part, mark);
  const list = (/** @type {Thing[]} */ things) => html`
    <ul>${things.map((idea) => html`<${Row} key=${idea.id} thing=${idea} mark=${markOf("i", idea.id)} known=${known} cite=${cite} />`)}</ul>`;
  return html`
    <section class="citing" id=${`cite-${part}`} aria-label=${t("Cite")}>
      <label class="field"><span class="label">${t("Search ideas and evidence")}</span>
        <input class="input" type="search" value=${find} autocomplete="off" onInput=${(/** @type {any} */ event) => setFind(event.target.value)} /></label>
      ${own.length > 0 && html`<h3>${t("Ideas of its theme")}</h3>${list(own)}`}
      ${others.length > 0 && html`<h3>${own.length ? t("Other ideas") : t("Ideas")}</h3>${list(others.slice(0, OTHERS))}
        ${others.length > OTHERS && html`<p class="note">${tn("{n} more: search for it", "{n} more: search for them", others.length - OTHERS)}</p>`}`}
      ${minutes.length > 0 && html`<h3>${t("Meeting minutes")}</h3>
        <ul>${minutes.map((item) => html`<${Row} key=${item.id} thing=${item} mark=${markOf("m", item.id)} known=${known} cite=${cite} />`)}</ul>`}
      ${!from
        ? html`<${Cards} cards=${all(room, "evidence").filter(fits)} known=${known} cite=${cite} ...${scene} />`
        : from.evidence.some(fits) && html`<h3>${t("Evidence")}</h3>
          <ul>${from.evidence.filter(fits).map((card) => html`<${Row} key=${card.id} thing=${card} mark=${markOf("e", card.id)} known=${known} cite=${cite} />`)}</ul>`}
      ${from && ![from.ideas, from.evidence, from.minutes].some((list) => list.length) && html`<p class="note">${t("Nothing to cite: the rooms of this text show no ideas and no evidence.")}</p>`}
    </section>`;
}

/** @param {{thing: Thing, mark: string, known: Set<string>, cite: (mark: string) => void, children?: any}} props */
const Row = ({thing, mark, known, cite, children}) => html`
  <li><div><${Source} thing=${thing} />${known.has(mark.slice(2, -1)) && html` <span class="status good"><${Icon} name="yes" />${t("cited")}</span>`}${children}</div>
    <button type="button" class="btn tight" aria-label=${t("Cite: {title}", {title: thing.title ?? thing.text})} onClick=${firstTap(() => cite(mark))}><${Icon} name="cite" />${t("Cite")}</button></li>`;

/** Evidence: the cards of the room, and a form for another one. @param {Scene & {cards: Thing[], known: Set<string>, cite: (mark: string) => void}} props */
function Cards({cards, known, cite, ...scene}) {
  const {act, mine} = scene;
  const apart = mine.unshown.filter(({thing}) => thing === "evidence");
  return html`
    <h3>${t("Evidence")}</h3>
    ${!cards.length && !apart.length && html`<p class="note">${t("Nobody has added evidence yet: a law, a figure, a report.")}</p>`}
    <ul>
      ${cards.map((card) => html`<${Card} key=${card.id} card=${card} known=${known} cite=${cite} ...${scene} />`)}
      ${apart.map((card) => (card.state === "withdrawn"
        ? html`<${Withdrawn} key=${card.id} words=${card} kind="evidence" act=${act} />`
        : html`<li key=${card.id}><span>${card.title && html`<${Source} thing=${card} />`} <${StateWord} words=${card} /></span></li>`))}
    </ul>
    <${Adding} ...${scene} />`;
}

/** @param {Scene & {card: Thing, known: Set<string>, cite: (mark: string) => void}} props */
function Card({card, known, cite, ...scene}) {
  const [changing, setChanging] = useState(false);
  const own = scene.mine.evidence.includes(card.id);
  const menu = useMenu({...scene, kind: "evidence", id: card.id, own});
  if (changing) return html`<li><${Form} card=${card} send=${(/** @type {any} */ fields) => {
    setChanging(false);
    void scene.act("evidence.change", {id: card.id, ...fields});
  }} cancel=${() => setChanging(false)} /></li>`;
  return html`
    <${Row} thing=${card} mark=${markOf("e", card.id)} known=${known} cite=${cite}>
      <div class="acts">
        ${own && html`<button type="button" class="act" onClick=${() => setChanging(true)}>${t("Change")}<span class="hidden">: ${card.title}</span></button>
          <button type="button" class="act" onClick=${() => scene.act("evidence.withdraw", {id: card.id})}>${t("Take away")}<span class="hidden">: ${card.title}</span></button>`}
        ${menu.button}
      </div>
      ${menu.menu}
    <//>`;
}

/** @param {Scene} props */
function Adding({act, locked}) {
  const [open, setOpen] = useState(false);
  if (!open) return html`<div class="row"><button type="button" class="btn tight" disabled=${locked} onClick=${() => setOpen(true)}><${Icon} name="plus" />${t("Add evidence")}</button></div>`;
  return html`<${Form} send=${(/** @type {any} */ fields) => {
    setOpen(false);
    void act("evidence.add", {...fields, lang: lang()});
  }} cancel=${() => setOpen(false)} />`;
}

/** @param {{card?: Thing, send: (fields: {title: string, url: string, text: string}) => void, cancel: () => void}} props */
function Form({card, send, cancel}) {
  const name = `evidence-${card?.id ?? "new"}`;
  return html`
    <form class="field" aria-label=${t("Evidence")} onSubmit=${onSubmit((form) => send({title: field(form, "title"), url: field(form, "url"), text: field(form, "text")}))}>
      <label for=${`${name}-title`}>${t("What it is: a law, a figure, a report")}</label>
      <input class="input" id=${`${name}-title`} name="title" maxlength="200" required autocomplete="off" dir="auto" defaultValue=${card?.title ?? ""} />
      <label for=${`${name}-url`}>${t("Its address on the web, if it has one")}</label>
      <input class="input" id=${`${name}-url`} name="url" type="url" pattern="https?://.+" maxlength="500" autocomplete="off" placeholder="https://" defaultValue=${card?.url ?? ""} />
      <label for=${`${name}-text`}>${t("What it shows")}</label>
      <textarea class="input words" id=${`${name}-text`} name="text" rows="2" maxlength="500" dir="auto" defaultValue=${card?.text ?? ""}></textarea>
      <div class="row"><button class="btn">${card ? t("Save") : t("Add it")}</button>
        <button type="button" class="btn quiet" onClick=${cancel}>${t("Cancel")}</button></div>
    </form>`;
}
