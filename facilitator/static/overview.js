// All rooms at once, live; and the links, to be copied.
import {html, render} from "./lib/html.js";
import {Icon} from "./lib/icon.js";
import {t} from "./lib/i18n.js";
import {goLive} from "./lib/live.js";
import {readPage} from "./lib/page.js";
import {copyButtons} from "./parts/copying.js";
import {Figures, Rooms, useNow} from "./parts/overview.js";

const page = readPage();
const place = /** @type {HTMLElement} */ (document.getElementById("overview"));
const heading = /** @type {HTMLElement} */ (place.querySelector("header"));
const figures = heading.appendChild(document.createElement("div"));
const rooms = place.appendChild(document.createElement("div"));
const status = /** @type {HTMLElement} */ (document.getElementById("heard"));
figures.className = "push";
rooms.className = "all-rooms";
copyButtons(document.body);

/** @param {import("./lib/live.js").View} view */
function Live(view) {
  const now = useNow(() => view.connection.clock.now());
  return html`<${Rooms} ...${view} page=${page} now=${now} />`;
}

/** @param {{heard: import("./lib/status.js").Heard}} props */
const Heard = ({heard}) => html`<${Icon} name=${heard.icon} />${heard.tone === "good" ? t("live") : heard.word}`;

void goLive(page, (view) => {
  status.className = `status push ${view.heard.tone}`;
  render(html`<${Heard} heard=${view.heard} />`, status);
  if (!view.ready) return;
  render(html`<${Figures} room=${view.room} />`, figures);
  render(html`<${Live} ...${view} />`, rooms);
});
