// The ends of a wall: the room is closed, or this screen is no longer part of it.
import {html} from "../lib/html.js";
import {t, tn} from "../lib/i18n.js";
import {all} from "../lib/store.js";
import {Ask} from "./board-ask.js";

/** Many come in, one goes on. */
export const Threads = () => html`
  <svg class="threads arrive-threads" viewBox="0 0 1100 150" preserveAspectRatio="none" aria-hidden="true"><path class="t1" d="M0 8C500 8 700 75 1100 75" /><path class="t2" d="M0 35C500 35 700 75 1100 75" /><path class="t3" d="M0 62C500 62 700 75 1100 75" /><path class="t4" d="M0 89C500 89 700 75 1100 75" /><path class="t5" d="M0 116C500 116 700 75 1100 75" /><path class="t6" d="M0 143C500 143 700 75 1100 75" /><path d="M960 75H1100" /></svg>`;

/** @param {{room: import("../lib/store.js").Room}} props */
export function Closed({room}) {
  const adopted = all(room, "recommendation").filter(({status}) => status === "adopted");
  const ideas = all(room, "idea").length;
  return html`
    <${Threads} />
    <${Ask} room=${room} title=${ideas ? tn("The room is closed. Thank you for {n} idea.", "The room is closed. Thank you for {n} ideas.", ideas) : t("The room is closed.")} />
    ${adopted.length > 0 && html`
      <section class="going-on" aria-labelledby="going-on">
        <h2 id="going-on">${tn("{n} recommendation goes on", "{n} recommendations go on", adopted.length)}</h2>
        <ol>${adopted.slice(0, 8).map(({id, title, lang}) => html`<li key=${id} lang=${lang} dir="auto">${title || t("Without a title")}</li>`)}</ol>
      </section>`}`;
}

/** Whoever walks past need not worry, and whoever leads knows what to do. @param {{reason: string}} props */
export const Taken = ({reason}) => html`
  <div class="wall alone">
    <main>
      <${Threads} />
      <div class="ask"><h1>${t("This screen rests.")}</h1></div>
      <p class="calm-word">${reason}</p>
      <p class="calm-word">${t("Whoever leads the room has a new link for it on their desk.")}</p>
    </main>
  </div>`;
