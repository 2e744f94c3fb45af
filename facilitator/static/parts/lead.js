// The room, for who leads it: all of it at once, on one screen.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {NextStep, roomName, stepOf, Steps, stepTitle} from "./agenda.js";
import {Heard} from "./frame.js";
import {groups} from "./grouping.js";
import {KINDS, kindWord} from "./kinds.js";
import {Begin} from "./texts.js";
import {Timer, Thread, useTimeLeft} from "./time.js";
import {AskForm} from "./votes.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** @param {Scene & {at: Thing, looks: any, part: any}} props */
export function Lead({at, looks, part, ...scene}) {
  const {heard, page, connection, act} = scene;
  const left = useTimeLeft(connection, at.ends_at);
  return html`
    <div class="desk">
      <header class="top">
        <div class="top-in">
          <a class="brand" href=${page.organiser ? `/f/${page.forum}/organise` : `/f/${page.forum}/lead`}><${Icon} name="mark" /><span class="laptop-only">Facilitator</span><span class="hidden">: ${t("all rooms")}</span></a>
          <div class="where"><h1>${roomName(at, page.tables)}</h1><span>${at.meeting && `${at.meeting} · `}${page.forum_title}</span></div>
          <${Heard} heard=${heard} class="push" />
          <a class="btn tight" href=${page.screen} target="_blank" rel="noopener"><${Icon} name="screen" />${t("Projector")}</a>
          <span class="marked num"><span class="hidden">${t("Code of the room:")} </span><b>${at.code}</b></span>
        </div>
        <${Thread} at=${at} left=${left} />
      </header>
      <section class="steer" aria-label=${t("Phase and time")}>
        <div class="line">
          <${Steps} at=${at} act=${act} />
          ${stepTitle(stepOf(at)) && html`<p class="small">${stepTitle(stepOf(at))}</p>`}
        </div>
        <div class="row">
          <${Timer} at=${at} act=${act} connection=${connection} />
          <${NextStep} at=${at} act=${act} />
        </div>
      </section>
      <aside class="col left" tabindex="0" aria-label=${t("People")}><${People} ...${scene} at=${at} /></aside>
      <div class="middle">${looks}${part}</div>
      <aside class="col right" tabindex="0" aria-label=${t("Tools of this phase")}><${Tools} ...${scene} at=${at} /></aside>
    </div>`;
}

/** @param {Scene & {at: Thing}} props */
function People({room, page, at}) {
  const seats = one(room, "people", at.id)?.seats ?? 0;
  return html`
    <section>
      <h2>${t("People")}</h2>
      <p class="big num"><${Icon} name="people" />${seats} <span class="note">${tn("person in the room", "people in the room", seats)}</span></p>
    </section>
    <section class="come-in">
      <h2>${t("The way in")}</h2>
      <img src=${page.qr.replace("CODE", at.code)} alt=${t("QR code to come in")} width="240" height="240" />
      <p class="small">${t("Or type the code at")}<br /><b>${page.address}</b></p>
      <p class="code num">${at.code}</p>
    </section>
    ${at.questions.length > 0 && html`<${ByQuestion} room=${room} at=${at} />`}`;
}

/** How much has been said of each question. @param {{room: Scene["room"], at: Thing}} props */
function ByQuestion({room, at}) {
  const ideas = all(room, "idea");
  return html`
    <section>
      <h2>${t("Ideas by question")}</h2>
      <ol class="lines">${at.questions.map((/** @type {Thing} */ question, /** @type {number} */ n) => html`
        <li key=${question.id}><span>${t("Question {n}", {n: n + 1})}</span><b class="num push">${ideas.filter((idea) => idea.question === question.id).length}</b></li>`)}</ol>
    </section>`;
}

/** What this phase asks of who leads. @param {Scene & {at: Thing}} props */
function Tools({at, ...scene}) {
  const {room, act} = scene;
  if (at.phase === "decide") return html`<${AskForm} room=${room} act=${act} />`;
  if (at.phase === "draft") return html`<${Begin} room=${room} act=${act} /><${ThemeList} room=${room} />`;
  if (at.phase === "adopt") return html`<section><h2>${t("Adopting")}</h2><p class="small">${t("Put each recommendation to the vote in the middle. More yes than no adopts it, once you close the vote.")}</p></section>`;
  return html`
    <section>
      <h2>${t("What comes in")}</h2>
      <ul class="lines">${KINDS.map((kind) => html`
        <li key=${kind}><${Icon} name=${kind} /><span>${kindWord(kind)}</span><b class="num push">${all(room, "idea").filter(({sort}) => sort === kind).length}</b></li>`)}</ul>
    </section>
    <${ThemeList} room=${room} />`;
}

/** @param {{room: Scene["room"]}} props */
function ThemeList({room}) {
  const {themes, loose} = groups(room);
  if (!themes.length) return null;
  return html`
    <section>
      <h2>${t("Themes")}</h2>
      <ul class="lines">${themes.map(({theme, ideas}) => theme && html`
        <li key=${theme.id}><span class="words" lang=${theme.lang} dir="auto">${theme.title}</span><b class="num push">${ideas.length}</b></li>`)}
        ${loose.ideas.length > 0 && html`<li><span>${t("Not in a theme yet")}</span><b class="num push">${loose.ideas.length}</b></li>`}</ul>
    </section>`;
}
