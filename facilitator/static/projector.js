// A screen on the wall.
import {Announcer} from "./lib/announce.js";
import {html, render} from "./lib/html.js";
import {goLive} from "./lib/live.js";
import {paced} from "./lib/pace.js";
import {readPage} from "./lib/page.js";
import {keepWatch, stayAwake} from "./lib/vigil.js";
import {Board, useAnnouncements} from "./parts/board.js";

/** Milliseconds between two drawings: with the seconds of a timer no more than ten a second. */
const PACE = 125;

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
const draw = paced((/** @type {import("./lib/live.js").View} */ view) => {
  // Until the room is there, the way in stands as the server has drawn it.
  if (!view.ready && view.connection.status !== "shut") return;
  if (!drawn) wall.replaceChildren();
  drawn = true;
  render(html`<${Wall} ...${view} />`, wall);
}, PACE);

stayAwake();
void goLive(page, draw).then(({connection}) => keepWatch(connection, page.version));
