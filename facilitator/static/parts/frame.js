// The frame of a room on a phone: where we are, what time it is, whether one is heard.
import {html, useEffect, useRef} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {all, here} from "../lib/store.js";
import {progress, roomName, stepOf, stepTitle, stepWord, Today} from "./agenda.js";
import {Begun} from "./composer.js";
import {HandButton} from "./hand.js";
import {Message} from "./message.js";
import {Locked} from "./notices.js";
import {Parking} from "./parked.js";
import {Offline} from "./states.js";
import {Figure, isHeld, Thread, useTimeLeft} from "./time.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Saved, sending, waiting: always in the same place. @param {{heard: Scene["heard"], class?: string}} props */
export const Heard = ({heard, class: more = ""}) => html`
  <span class=${`status ${heard.tone} ${more}`}><${Icon} name=${heard.icon} /><span class="hidden">${t("Your words:")} </span>${heard.word}</span>`;

/** @param {Scene & {at: Thing}} props */
export function Head({at, ...scene}) {
  const {heard, connection, page} = scene;
  const left = useTimeLeft(connection, at);
  const line = [progress(at), page.tables > 1 && t("table {n}", {n: at.number}), roomName(at, 1)].filter(Boolean).join(" · ");
  return html`
    <header class="top">
      <div class="head">
        <div class="where"><h1>${stepWord(at)}</h1><span>${line}</span></div>
        <div class="time">${left !== null && html`<${Figure} left=${left} held=${isHeld(at)} />`}<${Heard} heard=${heard} /></div>
        <${HandButton} ...${scene} />
        <${Thread} at=${at} left=${left} />
      </div>
    </header>`;
}

/** What the step is called, over the part that it is about. @param {{at: Thing, otherwise: string, note?: any}} props */
export const Asked = ({at, otherwise, note}) => html`
  <div class="question">${note && html`<p class="note">${note}</p>`}<h2 class="words">${stepTitle(stepOf(at)) || otherwise}</h2></div>`;

/** What there is to look at in a room, besides what it is doing now. */
export const LOOKS = ["minutes", "ideas", "themes", "votes", "texts"];

/** What each phase is about. @type {Record<string, string>} */
export const LOOK_OF = {gather: "ideas", group: "themes", decide: "votes", draft: "texts", adopt: "texts", closed: "texts"};

/** @type {Record<string, () => string>} */
const NAMES = {
  minutes: () => t("Meeting minutes"),
  ideas: () => t("Ideas"),
  themes: () => t("Themes"),
  votes: () => t("Votes"),
  texts: () => t("Recommendations"),
};

/** @param {Scene["room"]} room @returns {Record<string, number>} */
const counts = (room) => ({
  minutes: all(room, "minutes").length,
  ideas: all(room, "idea").length,
  themes: all(room, "theme").length,
  votes: all(room, "ballot").filter((ballot) => ballot.recommendation === null).length + all(room, "statement_vote").length,
  texts: all(room, "recommendation").length,
});

/** Look at something else; what the room is doing now comes back by itself. @param {{room: Scene["room"], phase: string, look: string, setLook: (look: string) => void, kept?: boolean}} props `kept`: minutes can be begun */
export function Looks({room, phase, look, setLook, kept = false}) {
  const many = counts(room);
  const shown = LOOKS.filter((name) => many[name] || name === LOOK_OF[phase] || (kept && name === "minutes"));
  if (shown.length < 2) return null;
  return html`
    <nav class="looks" aria-label=${t("Parts of the room")}>
      ${shown.map((name) => html`
        <button key=${name} type="button" aria-current=${name === look ? "page" : undefined} onClick=${() => setLook(name)}>
          ${NAMES[name]?.()} <span class="num">${many[name]}</span></button>`)}
    </nav>`;
}

/**
 * The main part of a screen, with what stays at its foot. That the line is down is said there too:
 * it covers, and moves nothing.
 * @param {Scene & {foot?: any, children?: any}} scene
 */
export function Stage({foot, children, later, ...scene}) {
  const {room, leading, heard, connection, page} = scene;
  const below = html`<div class="below"><${Offline} heard=${heard} connection=${connection} />${!leading && html`<${Locked} room=${room} />`}${foot}</div>`;
  const shape = [leading && "col mid", later && "later"].filter(Boolean).join(" ");
  return html`
    <main id="main" tabindex=${leading ? "0" : "-1"} class=${shape || undefined}>
      <${Message} room=${room} />
      ${later && html`<p class="kept"><${Icon} name="history" />${t("Made in a later step. It is kept, and goes on when it is time again: {step}.", {step: later})}</p>`}
      ${here(room)?.phase !== "gather" && html`<${Begun} page=${page} />`}
      ${children}
      ${leading ? below : html`
        <${Today} at=${here(room)} />
        <${Parking} ...${scene} />
        <p class="note around">
          ${scene.mine?.seat?.number && html`<span>${t("Your seat:")} <b class="num">${scene.mine.seat.number}</b></span>`}
          <a href=${`/f/${page.forum}/programme`}>${t("Programme")}</a>
          <a href=${`/f/${page.forum}/rooms`}>${t("Change the room")}</a>
          <a href=${`/f/${page.forum}/join`}>${t("Your language, sector and nickname")}</a>
        </p>`}
    </main>
    ${!leading && below}`;
}

/**
 * When the room goes on, the focus goes along, unless somebody is writing in what is still there.
 * @param {string} place what has changed
 */
export function useFocusOn(place) {
  const last = useRef(place);
  useEffect(() => {
    if (last.current === place) return;
    last.current = place;
    const {activeElement} = document;
    if (!activeElement || activeElement === document.body) document.getElementById("main")?.focus({preventScroll: true});
    window.scrollTo(0, 0);
  }, [place]);
}
