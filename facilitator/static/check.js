// Before the day: whether the hall is ready, asked again every few seconds.
import {html, render} from "./lib/html.js";
import {Icon} from "./lib/icon.js";
import {loadWords, t} from "./lib/i18n.js";
import {readPage} from "./lib/page.js";
import {io} from "./vendor/socket.io.js";
import {checks} from "./parts/check-model.js";

/** Milliseconds between two looks. */
const PAUSE = 4000;
const ICONS = {good: "saved", warn: "warn", bad: "refused"};

const page = readPage();
const place = /** @type {HTMLElement} */ (document.getElementById("signs"));
// A real line, as phones have it; nothing is done through it.
const socket = io({auth: {page: page.page, room: page.room}, transports: ["websocket", "polling"], tryAllTransports: true});

/** @param {"good" | "warn" | "bad"} grade */
const word = (grade) => ({good: t("good"), warn: t("look at it"), bad: t("mend it")})[grade];

/** How long an answer takes through the line; null: there is none. */
async function line() {
  if (!socket.connected) return null;
  const asked = performance.now();
  try {
    await socket.timeout(3000).emitWithAck("enter", {since: 0});
  } catch {
    return null;
  }
  return {transport: /** @type {any} */ (socket).io.engine.transport.name, trip: performance.now() - asked};
}

/** @param {{found: import("./parts/check-model.js").Check[], version: string}} props */
const Checks = ({found, version}) => html`
  <ul class="checks">${found.map(({name, grade, says, todo}) => html`
    <li key=${name} class=${grade}><span class=${`status ${grade}`}><${Icon} name=${ICONS[grade]} />${word(grade)}</span>
      <div><b>${name}</b><p class="small">${says}</p>${todo && html`<p>${todo}</p>`}</div></li>`)}</ul>
  <p class="note num">Facilitator ${version}</p>`;

async function look() {
  try {
    const asked = Date.now();
    const signs = await fetch(page.signs).then((answer) => answer.json());
    const middle = (asked + Date.now()) / 2;
    const found = checks(signs, await line(), Date.parse(signs.now) - middle, Date.now());
    render(html`<${Checks} found=${found} version=${signs.version} />`, place);
  } catch {
    render(html`<p class="banner bad" role="alert">${t("The server does not answer.")}</p>`, place);
  }
  setTimeout(look, PAUSE);
}

void loadWords(page.lang, page.words).then(look);
