// The board on the wall.
import {Announcer} from "./lib/announce.js";
import {html, render} from "./lib/html.js";
import {goLive} from "./lib/live.js";
import {readPage} from "./lib/page.js";
import {Board, useAnnouncements} from "./parts/board.js";

const page = readPage();
const wall = /** @type {HTMLElement} */ (document.getElementById("wall"));
const region = (/** @type {string} */ id) => /** @type {HTMLElement} */ (document.getElementById(id));
const announcer = new Announcer(region("said"), region("alarm"));

/** @param {import("./lib/live.js").View} view */
function Wall(view) {
  useAnnouncements(view.room, announcer);
  return html`<${Board} ...${view} page=${page} />`;
}

let drawn = false;
void goLive(page, (view) => {
  if (!view.ready) return;  // the server has drawn the way in already
  if (!drawn) wall.replaceChildren();
  drawn = true;
  render(html`<${Wall} ...${view} />`, wall);
});
