// How to come in, as large as a wall: while nobody is in the room, or when asked for.
import {html} from "../lib/html.js";
import {day, said, t} from "../lib/i18n.js";
import {here} from "../lib/store.js";
import {useWayIn} from "./board-rail.js";

/** @param {{room: import("../lib/store.js").Room, page: Record<string, any>}} props */
export function Arrival({room, page}) {
  const {title, code, meeting} = here(room) ?? {};
  const when = page.on ? day(`${page.on}T12:00`) : "";
  const where = [page.title, [meeting, when].filter(Boolean).join(", ")].filter(Boolean).join(" · ");
  const [before, after] = t("open {host} and type the code").split("{host}");
  return html`
    <svg class="threads arrive-threads" viewBox="0 0 1100 150" preserveAspectRatio="none" aria-hidden="true"><path class="t1" d="M0 8C500 8 700 75 1100 75" /><path class="t2" d="M0 35C500 35 700 75 1100 75" /><path class="t3" d="M0 62C500 62 700 75 1100 75" /><path class="t4" d="M0 89C500 89 700 75 1100 75" /><path class="t5" d="M0 116C500 116 700 75 1100 75" /><path class="t6" d="M0 143C500 143 700 75 1100 75" /><path d="M960 75H1100" /></svg>
    <div class="arrive">
      <div class="how">
        <div class="ask"><p dir="auto">${where}</p><h1 class="words" dir="auto">${said(title) || page.title}</h1></div>
        <ol>
          <li>${t("Scan with your phone, or")}</li>
          <li>${before}<b class="host">${page.host}</b>${after} <span class="code marked">${code}</span></li>
          <li>${t("No account, no e-mail, no app")}</li>
        </ol>
      </div>
      <img class="qr" src=${useWayIn(page, code)} alt=${t("QR code: {host}, code {code}", {host: page.host, code})} width="640" height="640" />
    </div>
    <div class="tongues">${page.tongues.map((/** @type {[string, string]} */ [lang, words]) => html`<span key=${lang} lang=${lang}>${words}</span>`)}</div>`;
}
