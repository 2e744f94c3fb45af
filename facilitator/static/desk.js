// The desk, where the rooms' recommendations become the forum's document.
import {html, render} from "./lib/html.js";
import {goLive} from "./lib/live.js";
import {readPage} from "./lib/page.js";
import {Bench} from "./parts/desk.js";
import {unsaved} from "./parts/open-drafts.js";

const page = readPage();
const place = /** @type {HTMLElement} */ (document.getElementById("desk"));
/** @type {() => void} */
let again = () => {};
const redraw = () => again();

let drawn = false;
const live = await goLive(page, (view) => {
  if (!view.ready) return;
  if (!drawn) place.replaceChildren();
  drawn = true;
  render(html`<${Bench} ...${view} page=${page} redraw=${redraw} />`, place);
}, {unsaved});
again = live.redraw;
