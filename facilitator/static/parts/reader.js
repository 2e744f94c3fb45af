// The room for those who read along without a seat. A rapporteur writes recommendations, too.
import {html, useErrorBoundary, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t} from "../lib/i18n.js";
import {finder} from "../lib/marks.js";
import {all, byPosition, here, one} from "../lib/store.js";
import {progress, roomName, stepWord} from "./agenda.js";
import {Begin} from "./begin.js";
import {Heard} from "./frame.js";
import {kindWord} from "./kinds.js";
import {HistoryFold} from "./looking-back.js";
import {Reading} from "./reading.js";
import {Reopened, Wording} from "./reopened.js";
import {Listed, reservationsOn} from "./reservations.js";
import {Outcome} from "./outcome.js";
import {Results, Turnout} from "./results.js";
import {Starting} from "./starting.js";
import {Knot, Offline, Quiet, Refusals} from "./states.js";
import {TextSize} from "./text-size.js";
import {textsOf, Writing} from "./texts.js";
import {Figure, Thread, useTimeLeft} from "./time.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** @param {Scene} scene */
export function Reader(scene) {
  const [error] = useErrorBoundary();
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const {room, connection, page, mine} = scene;
  const at = here(room);
  if (error) return html`<${Knot} again=${() => location.reload()} />`;
  if (connection.status === "shut") return html`<${Away} reason=${connection.reason} />`;
  if (!at) return null;
  const writes = mine.role === "rapporteur" && at.phase === "draft";
  const opened = writes ? textsOf(room).find(({id, status}) => id === chosen && status === "draft") : undefined;
  return html`
    <div class="hall reads">
      <${Head} ...${scene} at=${at} />
      ${opened
        ? html`<${Writing} ...${scene} leading recommendation=${opened} back=${() => setChosen(null)} />`
        : html`
          <main id="main" tabindex="-1">
            <p class="status"><${Icon} name="eye" />${mine.role === "rapporteur" ? t("You read along, and write recommendations.") : t("You read along. Nobody counts you in.")}</p>
            <${Refusals} refused=${scene.refused} dismiss=${scene.dismiss} />
            ${textsOf(room).length > 0 && html`<${TextSize} place="page" />`}
            <${Texts} ...${scene} write=${writes ? setChosen : undefined} />
            ${writes && html`<${Begin} room=${room} act=${scene.act} begun=${setChosen} />`}
            <${Votes} room=${room} />
            <${Ideas} room=${room} at=${at} />
            <p class="note around"><a href=${`/f/${page.forum}/read`}>${t("Change the room")}</a> <a href=${`/f/${page.forum}/programme`}>${t("Programme")}</a></p>
          </main>
          <div class="below"><${Offline} heard=${scene.heard} connection=${connection} /></div>`}
    </div>`;
}

/** @param {Scene & {at: Thing}} props */
function Head({at, heard, connection, page}) {
  const left = useTimeLeft(connection, at);
  return html`
    <header class="top"><div class="head">
      <div class="where"><h1>${roomName(at, page.tables)}</h1><span>${[stepWord(at), progress(at)].filter(Boolean).join(" · ")}</span></div>
      <div class="time">${left !== null && html`<${Figure} left=${left} />`}<${Heard} heard=${heard} /></div>
      <${Thread} at=${at} left=${left} />
    </div></header>`;
}

/** @param {{reason: string}} props */
const Away = ({reason}) => html`
  <div class="hall"><main id="main" tabindex="-1"><${Quiet} title=${reason} alone>
    <button type="button" class="btn main wide" onClick=${() => location.reload()}>${t("Try again")}</button>
  <//></main></div>`;

/** Ideas theme by theme, then those in none by question. @param {{room: Scene["room"], at: Thing}} props */
function Ideas({room, at}) {
  const ideas = all(room, "idea");
  if (!ideas.length) return html`<${Quiet} title=${t("No idea has been written yet.")} />`;
  const loose = ideas.filter(({theme}) => !theme);
  const asked = [...at.questions, null];
  return html`
    ${all(room, "theme", byPosition).map((theme) => html`<${Group} key=${`theme-${theme.id}`} room=${room} title=${theme.title} lang=${theme.lang} ideas=${ideas.filter((idea) => idea.theme === theme.id)} />`)}
    ${asked.map((question) => html`<${Group} key=${`question-${question?.id}`} room=${room} title=${question ? said(question.text) : t("Other ideas")} ideas=${loose.filter((idea) => (idea.question ?? null) === (question?.id ?? null))} />`)}`;
}

/** @param {{room: Scene["room"], title: string, lang?: string, ideas: Thing[]}} props */
const Group = ({room, title, lang, ideas}) => ideas.length > 0 && html`
  <section class="read-group">
    <h2 class="words" lang=${lang} dir="auto">${title}</h2>
    <ul>${ideas.map((idea) => html`
      <li class="idea" key=${idea.id}>
        <p class="kind"><${Icon} name=${idea.sort} />${kindWord(idea.sort)} <span class="push num"><${Icon} name="support" />${one(room, "echo", idea.id)?.seats ?? 0}<span class="hidden"> ${t("Support")}</span></span></p>
        <p class="words" lang=${idea.lang} dir="auto">${idea.text}</p>
      </li>`)}</ul>
  </section>`;

/** @param {{room: Scene["room"]}} props */
const Votes = ({room}) => all(room, "ballot").filter(({recommendation}) => recommendation === null).map((ballot) => html`
  <section class="read-group" key=${ballot.id}>
    <h2 class="words" lang=${ballot.lang} dir="auto">${ballot.question}</h2>
    <p class="note"><${Turnout} room=${room} ballot=${ballot} /></p>
    <${Results} room=${room} ballot=${ballot} />
  </section>`);

/** @param {Scene & {write?: (id: number) => void}} props */
const Texts = ({room, write, connection, act}) => textsOf(room).map((text) => html`
  <section class="card text" key=${text.id}>
    <p class="note row">${t("Recommendation {n}", {n: text.number})} <span class="push"><${Outcome} status=${text.status} /></span></p>
    <h2 class="words" lang=${text.lang} dir="auto">${text.title}</h2>
    <${Starting} imported=${text.imported} />
    <${Wording} hash=${text.hash} />
    <${Reopened} room=${room} id=${text.id} />
    <${Reading} recommendation=${text} text=${one(room, "text", text.id)} find=${finder(room)} />
    <${Listed} reservations=${reservationsOn(room, text.id)} />
    <${HistoryFold} room=${room} connection=${connection} act=${act} recommendation=${text} />
    ${write && text.status === "draft" && html`<button type="button" class="btn" onClick=${() => write(text.id)}><${Icon} name="suggest" />${t("Write")}<span class="hidden">: ${text.title}</span></button>`}
  </section>`);
