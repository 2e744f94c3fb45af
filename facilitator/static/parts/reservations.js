// Reservations under a recommendation: what some do not agree with, to read and to write.
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {jot, jotted} from "../lib/jotted.js";
import {readPage} from "../lib/page.js";
import {all, here, one} from "../lib/store.js";
import {StateWord, useMenu, Withdrawn} from "./moderating.js";
import {onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Characters of a reservation. */
const LONGEST = 1000;

/** What everybody sees on a recommendation. @param {Scene["room"]} room @param {number} id @returns {Thing[]} */
export const reservationsOn = (room, id) => all(room, "reservation").filter(({recommendation}) => recommendation === id);

/** How many there are, in words. @param {number} many */
export const manyReservations = (many) => tn("{n} reservation in the document", "{n} reservations in the document", many);

/** @param {Scene & {recommendation: Thing}} props */
export function Reservations({recommendation, ...scene}) {
  const {room, mine, waiting} = scene;
  const {id} = recommendation;
  const apart = mine.unshown.filter((words) => words.thing === "reservation" && words.recommendation === id && !one(room, "reservation", words.id));
  const found = [...reservationsOn(room, id), ...apart].sort((a, b) => a.id - b.id);
  const unsent = waiting.filter(({name, payload}) => name === "reservation.make" && payload.recommendation === id);
  const open = here(room)?.phase !== "closed" && !scene.later;
  if (!found.length && !unsent.length && !open) return null;
  return html`
    <section class="reservations" aria-label=${`${t("Reservations")}: ${recommendation.title}`}>
      ${found.length + unsent.length > 0 && html`
        <h4><${Icon} name="reserve" />${tn("{n} reservation", "{n} reservations", found.length + unsent.length)}</h4>
        <ul>
          ${found.map((one) => html`<${Reservation} key=${one.id} reservation=${one} open=${open} ...${scene} />`)}
          ${unsent.map(({op, payload}) => html`
            <li key=${op} class="reservation unsent"><p class="words" lang=${payload.lang} dir="auto">${payload.text}</p>
              <span class="status"><${Icon} name=${scene.heard.tone === "warn" ? "waiting" : "sending"} />${scene.heard.tone === "warn" ? t("waiting") : t("sending")}</span></li>`)}
        </ul>`}
      ${open && html`<${Write} recommendation=${recommendation} ...${scene} />`}
    </section>`;
}

/** The name of a sector, as this page knows it. @param {string} uuid */
const sectorName = (uuid) => readPage().sectors?.[uuid] ?? "";

/** One that everybody sees. @param {{reservation: Thing, children?: any}} props */
const Said = ({reservation: {text, lang: spoken, sector}, children}) => html`
  <p class="words" lang=${spoken} dir="auto">${text}</p>
  ${sector && sectorName(sector) && html`<p class="note" dir="auto">${sectorName(sector)}</p>`}
  ${children}`;

/** What some do not agree with. @param {{reservations: Thing[]}} props */
export const Listed = ({reservations}) => reservations.length > 0 && html`
  <section class="reservations"><h4><${Icon} name="reserve" />${t("Reservations")}</h4>
    <ul>${reservations.map((reservation) => html`<li key=${reservation.id} class="reservation"><${Said} reservation=${reservation} /></li>`)}</ul></section>`;

/** @param {Scene & {reservation: Thing, open: boolean}} props */
function Reservation({reservation, open, ...scene}) {
  const {id, state} = reservation;
  const own = scene.mine.reservations.includes(id);
  const menu = useMenu({...scene, kind: "reservation", id, own});
  if (state === "withdrawn") return html`<${Withdrawn} words=${reservation} kind="reservation" act=${scene.act} />`;
  return html`
    <li class=${state ? "reservation apart" : "reservation"}>
      <${Said} reservation=${reservation} />
      <div class="acts">
        <${StateWord} words=${reservation} />
        ${own && html`<span class="status">${t("yours")}</span>`}
        ${own && open && state !== "hidden" && html`<button type="button" class="act" onClick=${() => scene.act("reservation.withdraw", {id})}>${t("Withdraw")}</button>`}
        ${!state && menu.button}
      </div>
      ${!state && menu.menu}
    </li>`;
}

/** @param {Scene & {recommendation: Thing}} props */
function Write({recommendation: {id, title}, act, page, locked, leading, connection}) {
  const key = `reservation ${page.room} ${page.page} ${id}`;
  const [open, setOpen] = useState(() => Boolean(jotted(key)));
  const [text, setText] = useState(() => jotted(key));
  const [named, setNamed] = useState(false);
  const voice = useVoice(connection, open && !leading);
  const write = (/** @type {string} */ next) => {
    setText(next);
    jot(key, next);
  };
  const send = () => {
    const said = text.trim();
    if (!said || locked) return;
    void act("reservation.make", {recommendation: id, text: said, lang: lang(), named: named && Boolean(voice?.enough)});
    write("");
    setOpen(false);
  };
  if (!open) return html`
    <button type="button" class="btn quiet tight" onClick=${() => setOpen(true)}><${Icon} name="reserve" />${t("Write a reservation")}<span class="hidden">: ${title}</span></button>`;
  return html`
    <form class="field reserve" aria-label=${t("Your reservation")} onSubmit=${onSubmit(send)}>
      <label for=${`reserve-${id}`}>${t("What do you not agree with, and why?")}</label>
      <textarea class="input words" id=${`reserve-${id}`} rows="3" maxlength=${LONGEST} required dir="auto" lang=${lang()} value=${text}
        ref=${(/** @type {HTMLElement | null} */ area) => area && !text && area.focus()}
        onInput=${(/** @type {InputEvent} */ event) => write(/** @type {HTMLTextAreaElement} */ (event.target).value)}></textarea>
      <p class="note">${t("It stays with the recommendation and is printed in the document. Nobody learns who wrote it.")}</p>
      ${voice && html`<${Voice} voice=${voice} named=${named} set=${setNamed} />`}
      <div class="row">
        <button class="btn main" disabled=${locked}><${Icon} name="send" />${t("Send the reservation")}</button>
        <button type="button" class="btn quiet" onClick=${() => setOpen(false)}>${t("Cancel")}</button>
      </div>
    </form>`;
}

/** @typedef {{sector: string | null, enough: boolean, least: number}} Voice */

/** For whom one may speak; asked when it matters, for people come and go. @param {Scene["connection"]} connection @param {boolean} wanted @returns {Voice | null} */
function useVoice(connection, wanted) {
  const [voice, setVoice] = useState(/** @type {Voice | null} */ (null));
  useEffect(() => {
    if (!wanted) return undefined;
    let late = false;
    connection.ask("voice", []).then((answer) => {
      if (!late && "ok" in answer) setVoice(answer.ok);
    }, () => {});
    return () => {
      late = true;
    };
  }, [connection, wanted]);
  return voice;
}

/** @param {{voice: Voice, named: boolean, set: (on: boolean) => void}} props */
function Voice({voice: {sector, enough, least}, named, set}) {
  if (!sector) return null;
  if (!enough) return html`<p class="note">${t("It goes without your sector: fewer than {n} people of it are here, and others could guess who wrote it.", {n: least})}</p>`;
  return html`<label class="check"><input type="checkbox" checked=${named} onChange=${() => set(!named)} />${t("Say that it comes from my sector: {sector}", {sector: sectorName(sector)})}</label>`;
}
