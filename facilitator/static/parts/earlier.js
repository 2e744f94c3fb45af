// What the track left at earlier meetings: to be read again, and to go on with.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {all} from "../lib/store.js";
import {Outcome} from "./outcome.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** The texts of this room that go on with one of another meeting. @param {Scene["room"]} room @returns {Set<number>} */
const takenUp = (room) => new Set(all(room, "recommendation").flatMap(({sources}) => sources.map((/** @type {Thing} */ {origin}) => origin)));

/** @param {Pick<Scene, "room" | "act" | "page" | "leading">} scene */
export function EarlierMeetings({room, act, page, leading}) {
  /** @type {Thing[]} */
  const left = page.earlier ?? [];
  if (!left.length) return null;
  const here = takenUp(room);
  return html`
    <details class="fold earlier">
      <summary><${Icon} name="down" />${t("From earlier meetings")} <span class="num">${left.length}</span></summary>
      <ul class="texts">${left.map(({id, title, lang, status, meeting}) => html`
        <li key=${id} class="card text">
          <p class="note row">${meeting} <span class="push"><${Outcome} status=${status} /></span></p>
          <h3 class="words" lang=${lang} dir="auto">${title}</h3>
          ${here.has(id)
            ? html`<p class="status good"><${Icon} name="saved" />${t("taken up here")}</p>`
            : leading && html`<div class="row"><button type="button" class="btn" onClick=${() => act("recommendation.carry", {recommendation: id})}><${Icon} name="plus" />${t("Go on with it")}<span class="hidden">: ${title}</span></button></div>`}
        </li>`)}</ul>
    </details>`;
}
