// The speakers' list, for who leads: who is offered the floor next, and why.
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {countdown} from "../lib/clock.js";
import {t, tn} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";
import {firstTap} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** @param {Scene["room"]} room @returns {{floor: Thing | null, queue: Thing[]}} */
export const speakersOf = (room) => /** @type {any} */ (one(room, "speakers", here(room)?.id ?? 0)) ?? {floor: null, queue: []};

/** @param {Thing} hand */
const nameOf = ({hand, name}) => name || t("Hand {n}", {n: hand});

/** @param {Thing} hand */
const spokenFor = ({spoken}) => (spoken ? tn("has spoken {n} min", "has spoken {n} min", Math.ceil(spoken / 60)) : t("has not spoken yet"));

/** @param {Pick<Scene, "room" | "act" | "page" | "connection">} props */
export function Hands({room, act, page, connection}) {
  const {floor, queue} = speakersOf(room);
  return html`
    <section class="hands">
      <h2>${t("Raised hands")} <span class="note push num">${queue.length}</span></h2>
      ${floor && html`<${Speaking} floor=${floor} sectors=${page.sectors ?? {}} act=${act} connection=${connection} />`}
      ${queue.length > 0 ? html`
        <ol class="lines">${queue.map((hand, place) => html`
          <li key=${hand.hand}>
            <${Who} hand=${hand} sectors=${page.sectors ?? {}} /><span class="note">${spokenFor(hand)}</span>
            <button type="button" class=${`btn tight ${place ? "quiet" : ""}`} onClick=${firstTap(() => void act("hand.call", {hand: hand.hand}))}>${t("Give floor")}<span class="hidden">: ${nameOf(hand)}</span></button>
            <button type="button" class="act" aria-label=${t("Take down: {who}", {who: nameOf(hand)})} onClick=${() => act("hand.lower", {hand: hand.hand})}><${Icon} name="close" /></button>
          </li>`)}</ol>
        <p class="note">${t("Who has spoken least comes first; sectors take turns.")}</p>`
      : !floor && html`<p class="note">${t("Nobody waits to speak.")}</p>`}
    </section>`;
}

/** @param {{hand: Thing, sectors: Record<string, string>}} props */
const Who = ({hand, sectors}) => html`<span class="speaker"><b>${nameOf(hand)}</b>${hand.sector && ` · ${sectors[hand.sector] ?? ""}`}</span>`;

/** @param {{floor: Thing, sectors: Record<string, string>, act: Scene["act"], connection: Scene["connection"]}} props */
const Speaking = ({floor, sectors, act, connection}) => html`
  <div class="speaking">
    <${Who} hand=${floor} sectors=${sectors} /><span class="note">${t("has the floor")} · <${Since} moment=${floor.since} connection=${connection} /></span>
    <button type="button" class="btn tight" onClick=${firstTap(() => void act("hand.end", {}))}>${t("Has spoken")}</button>
  </div>`;

/** For how long something has been so: 2:10. @param {{moment: string, connection: Scene["connection"]}} props */
export function Since({moment, connection}) {
  const [, again] = useState(0);
  useEffect(() => {
    const timer = setInterval(() => again((n) => n + 1), 1000);
    return () => clearInterval(timer);
  }, []);
  return html`<span class="num">${countdown(Math.max(0, connection.clock.now() - Date.parse(moment))).text}</span>`;
}
