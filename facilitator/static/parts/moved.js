// This seat is at another table now: say where, and go there with all that was not sent yet.
import {carry, carryJotted} from "../lib/carry.js";
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {jotted} from "../lib/jotted.js";
import {roomName} from "./agenda.js";
import {kept, unsaved, wordsLeft} from "./open-drafts.js";
import {Left, Quiet} from "./states.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** Milliseconds to read where one goes. */
const MOMENT = 4000;

/** @param {Scene & {there: import("../lib/connection.js").There}} props */
export function Moved({there, page, waiting, device}) {
  const [going, setGoing] = useState(false);
  const begun = jotted(`idea ${page.room} ${page.page}`);
  const writing = unsaved() > 0;
  const go = () => {
    if (going) return;
    setGoing(true);
    void follow(page, there.room, device);
  };
  useEffect(() => {
    // Whoever is in the middle of a sentence goes when they are ready.
    if (begun || writing) return undefined;
    const timer = setTimeout(go, MOMENT);
    return () => clearTimeout(timer);
  }, []);
  const room = roomName(there, there.tables);
  return html`
    <div class="hall"><main id="main" tabindex="-1">
      <${Quiet} art="joined" title=${t("You are now at: {room}", {room})} alone>
        <p class="status good"><${Icon} name="saved" />${t("nothing is lost")}</p>
        <p class="small" role="status">${begun || writing ? t("Go there when you are ready.") : t("This page goes there by itself in a moment.")}</p>
        ${waiting.length > 0 && html`<p class="small">${tn("{n} thing that was not sent yet comes along.", "{n} things that were not sent yet come along.", waiting.length)}</p>`}
        ${begun && html`<div class="idea unsent"><p class="note">${t("What you had begun to write comes along:")}</p><p class="words" dir="auto">${begun}</p></div>`}
        ${writing && !kept() && html`<${Left} words=${wordsLeft()} />`}
        ${writing && kept() && html`<p class="banner warn"><${Icon} name="waiting" />${t("Your last words in a recommendation are kept on this device. Go back into that room to save them.")}</p>`}
        <button type="button" class="btn main wide" onClick=${go}>${t("Go there")} <${Icon} name="next" /></button>
        <a class="btn quiet" href=${`/f/${page.forum}/rooms`}>${t("Choose a room")}</a>
      <//>
    </main></div>`;
}

/** @param {Scene["page"]} page @param {string} room @param {Scene["device"]} device */
async function follow(page, room, device) {
  const group = (/** @type {string} */ uuid) => `${page.forum} ${uuid} ${page.page} ${page.whose}`;
  await carry(device, group(page.room), group(room)).catch(() => {});
  carryJotted(`idea ${page.room} ${page.page}`, `idea ${room} ${page.page}`);
  location.assign(`/f/${page.forum}/room/${room}`);
}
