// What waits for who leads: words to let through, words that were reported, and what was hidden.
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t, tn} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {kindWord} from "./kinds.js";
import {Reasons, reasonWord} from "./moderating.js";
import {isOn} from "./scene.js";
import {veiledWords} from "./veil.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {Scene & {at: Thing}} Desk */

/** So many cards at once: what is decided makes room for the next. */
const CARDS = 3;

/** In the order in which they came; ideas before what is said of them. @param {Thing} a @param {Thing} b */
const byAge = (a, b) => (a.thing === b.thing ? a.of - b.of : a.thing < b.thing ? 1 : -1);

/** @typedef {{name: string, thing: string, of: number, face: Thing, reports: number}} Case */

/** What waits first, then what was reported; of each the oldest first. @param {Scene["room"]} room @returns {Case[]} */
export function casesIn(room) {
  const waiting = all(room, "held", byAge).filter(({state}) => state === "held").map(({id, thing, of, face}) => ({name: id, thing, of, face, reports: 0}));
  const reported = all(room, "flag", byAge).map(({id, thing, of, reports}) => ({name: id, thing, of, reports, face: /** @type {Thing} */ (one(room, thing, of))}));
  return [...waiting, ...reported.filter(({face}) => face)];
}

/** @param {Desk} desk */
export function Held({at, ...scene}) {
  const {room, act, waiting} = scene;
  const cases = casesIn(room);
  const head = useRef(/** @type {HTMLElement | null} */ (null));
  // The focus stays here when the card it was in has been decided.
  const decide = (/** @type {string} */ name, /** @type {Record<string, any>} */ payload) => {
    head.current?.focus();
    return act(name, payload);
  };
  return html`
    <section class="held-for" aria-labelledby="held-title">
      <h2 id="held-title" ref=${head} tabindex="-1">${t("Held for you")} ${cases.length > 0 && html`<b class="many num">${number(cases.length)}</b>`}
        <span class="note push">${t("only you see these")}</span></h2>
      ${!cases.length && html`<p class="small">${NOTHING[at.moderation]?.()}</p>`}
      <ul class="cases">${cases.slice(0, CARDS).map((one) => html`<${Card} key=${one.name} one=${one} act=${decide} />`)}</ul>
      ${cases.length > CARDS && html`<p class="note">${tn("{n} more waits", "{n} more wait", cases.length - CARDS)}</p>`}
      <${Hidden} ...${scene} decide=${decide} />
      <${Rules} at=${at} room=${room} act=${act} waiting=${waiting} />
      <${Log} room=${room} />
    </section>`;
}

/** @type {Record<string, () => string>} */
const NOTHING = {
  off: () => t("Nothing is moderated here."),
  after: () => t("Nothing has been reported."),
  before: () => t("Nothing waits to be let through."),
};

/** @type {Record<string, string>} */
const ICONS = {comment: "comment", reservation: "reserve", evidence: "cite"};

/** The words; of a card of evidence all of it. @param {Thing} face */
const told = ({title, url, text}) => [title, text, url].filter(Boolean).join(" · ");

/** @param {{one: Case, act: Scene["act"]}} props */
function Card({one: {thing, of, face, reports}, act}) {
  const [asking, setAsking] = useState(false);
  const state = reports
    ? html`<p class="status warn"><${Icon} name="flag" />${tn("reported by {n} seat", "reported by {n} seats", reports)}</p>`
    : html`<p class="status"><${Icon} name="eye" />${t("waits to be let through")}</p>`;
  return html`
    <li class="held">
      <p class="kind"><${Icon} name=${thing === "idea" ? face.sort : ICONS[thing] ?? "comment"} />${thing === "idea" ? kindWord(face.sort) : THINGS[thing]?.()}</p>
      <p class="words" lang=${face.lang} dir="auto">${told(face)}</p>
      ${state}
      ${asking
        ? html`<${Reasons} choose=${(/** @type {string} */ reason) => act(`${thing}.hide`, {id: of, reason})} cancel=${() => setAsking(false)} />`
        : html`<div class="row">
            <button type="button" class="btn tight" onClick=${() => act(`${thing}.show`, {id: of})}><${Icon} name="support" />${reports ? t("Keep") : t("Show")}</button>
            <button type="button" class="btn tight bad" aria-expanded="false" onClick=${() => setAsking(true)}><${Icon} name="hide" />${t("Hide …")}</button></div>`}
    </li>`;
}

/** What was hidden: its words come from the server each time the fold is opened, and are kept nowhere. @param {Scene & {decide: Scene["act"]}} props */
function Hidden({room, connection, decide}) {
  const blots = all(room, "blotted", byAge);
  const [open, setOpen] = useState(false);
  const texts = useHidden(connection, open ? blots.map(({id}) => id).join(" ") : "");
  if (!blots.length) return null;
  return html`
    <details class="fold" open=${open} onToggle=${(/** @type {Event} */ event) => setOpen(/** @type {HTMLDetailsElement} */ (event.currentTarget).open)}>
      <summary><${Icon} name="down" />${tn("{n} hidden", "{n} hidden", blots.length)}</summary>
      <ul class="cases">${open && blots.map(({id, thing, of, reason}) => html`
        <li key=${id} class="held">
          ${texts.get(id) && html`<p class="words" lang=${texts.get(id)?.lang} dir="auto">${told(texts.get(id) ?? {})}</p>`}
          <p class="status warn"><${Icon} name="hide" />${reasonWord(reason)}</p>
          <div class="row"><button type="button" class="btn tight" onClick=${() => decide(`${thing}.show`, {id: of})}><${Icon} name="undo" />${t("Show again")}</button></div>
        </li>`)}</ul>
    </details>`;
}

/** @param {Scene["connection"]} connection @param {string} names which are hidden; empty: nobody looks @returns {Map<string, Thing>} */
function useHidden(connection, names) {
  const [texts, setTexts] = useState(/** @type {Map<string, Thing>} */ (new Map()));
  useEffect(() => {
    if (!names) return setTexts(new Map());
    let late = false;
    connection.ask("hidden", []).then((answer) => {
      if (!late && "ok" in answer) setTexts(new Map(answer.ok.map((/** @type {Thing} */ words) => [words.name, words])));
    }, () => {});
    return () => {
      late = true;
    };
  }, [connection, names]);
  return texts;
}

/** @type {[string, () => string][]} */
const MODES = [
  ["off", () => t("off")],
  ["after", () => t("after showing")],
  ["before", () => t("before showing")],
];

/** When words are looked at, and whether people see each other's ideas. @param {Pick<Scene, "room" | "act" | "waiting"> & {at: Thing}} props */
function Rules({at, room, act, waiting}) {
  const veiled = isOn(waiting, "room.veil", at.veiled);
  const anonymous = isOn(waiting, "room.anonymous", at.anonymous);
  return html`
    <details class="fold">
      <summary><${Icon} name="down" />${t("Moderation and veil")}${at.veiled && html`<span class="status push"><${Icon} name="hide" />${t("veiled")}</span>`}</summary>
      <fieldset class="pick">
        <legend>${t("Look at what people write")}</legend>
        ${MODES.map(([mode, word]) => html`
          <label key=${mode}><input type="radio" name="moderation" value=${mode} checked=${mode === at.moderation} onChange=${() => act("room.moderate", {moderation: mode})} /><${Icon} name="support" class="on" />${word()}</label>`)}
      </fieldset>
      <label class="check"><input type="checkbox" checked=${veiled} onChange=${() => act("room.veil", {on: !veiled})} />${t("Hide the ideas of others until I reveal them")}</label>
      <label class="check"><input type="checkbox" checked=${anonymous} onChange=${() => act("room.anonymous", {on: !anonymous})} />${t("Drafts are anonymous: nobody is told who wrote what, not even by sector")}</label>
      ${at.veiled && html`<p class="note">${veiledWords(room)}.</p>
        <button type="button" class="btn main" onClick=${() => act("room.veil", {on: false})}><${Icon} name="eye" />${t("Reveal all")}</button>`}
    </details>`;
}

/** @type {Record<string, () => string>} */
const RULINGS = {
  hidden: () => t("hidden"),
  restored: () => t("shown again"),
  passed: () => t("let through"),
  kept: () => t("kept"),
};

/** @type {Record<string, () => string>} */
const THINGS = {idea: () => t("An idea"), comment: () => t("A comment"), reservation: () => t("A reservation"), evidence: () => t("A card of evidence"), reply: () => t("A reply")};

/** @param {Thing} a @param {Thing} b */
const latest = (a, b) => b.id - a.id;

/** What was decided, when and why; never whose it was. @param {{room: Scene["room"]}} props */
function Log({room}) {
  const lines = all(room, "decision", latest);
  if (!lines.length) return null;
  const clock = new Intl.DateTimeFormat(document.documentElement.lang || undefined, {hour: "2-digit", minute: "2-digit"});
  return html`
    <details class="fold">
      <summary><${Icon} name="down" />${tn("{n} decision", "{n} decisions", lines.length)}</summary>
      <ul class="lines">${lines.slice(0, 50).map(({id, at, ruling, thing, reason, reports}) => html`
        <li key=${id}><span><time class="num" datetime=${at}>${clock.format(new Date(at))}</time> · ${THINGS[thing]?.()} · <b>${RULINGS[ruling]?.()}</b>${reason && `: ${reasonWord(reason)}`}
          ${reports > 0 && html`<span class="note"> · ${tn("{n} report", "{n} reports", reports)}</span>`}</span></li>`)}</ul>
    </details>`;
}
