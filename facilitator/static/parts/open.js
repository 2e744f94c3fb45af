// From a page to a live room.
import {Announcer} from "../lib/announce.js";
import {html, render} from "../lib/html.js";
import {goLive} from "../lib/live.js";
import {readPage} from "../lib/page.js";
import {unsaved} from "./open-drafts.js";
import {Spoken} from "./spoken.js";

/** @param {import("../lib/status.js").Heard} heard */
function wait({tone, sentence}) {
  const line = document.getElementById("opening");
  if (line && tone) line.textContent = sentence;
}

/**
 * Go live, and draw the room whenever something changes.
 * @param {any} Room the part that is the whole screen
 */
export function openRoom(Room) {
  const page = readPage();
  const leading = page.page === "lead";
  const root = /** @type {HTMLElement} */ (document.getElementById("room"));
  const region = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
  const announcer = new Announcer(region("polite"), region("urgent"));
  let drawn = false;
  let redraw = () => {};

  /** @param {import("../lib/live.js").View} view */
  function draw(view) {
    // Until the room has been seen there stands what the server drew, and why it takes so long.
    if (!view.ready && view.connection.status !== "shut") return wait(view.heard);
    if (!drawn) root.replaceChildren();
    drawn = true;
    const scene = {...view, page, leading, redraw: () => redraw()};
    render(html`<${Spoken} ...${scene} announcer=${announcer} /><${Room} ...${scene} />`, root);
  }

  // A phone may serve several seats in turn: what one has left to send is not the other's.
  const group = `${page.forum} ${page.room} ${page.page} ${page.whose}`;
  void goLive(page, draw, {group, unsaved}).then((live) => {
    redraw = live.redraw;
  });
}
