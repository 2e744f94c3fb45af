// The room, for who leads it: all of it at once, on one screen.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {all} from "../lib/store.js";
import {Agenda, NextStep, roomName, stepOf, Steps, stepTitle} from "./agenda.js";
import {AskedAgain} from "./asked-again.js";
import {Begin} from "./begin.js";
import {BringIn} from "./bring.js";
import {Heard} from "./frame.js";
import {Later} from "./later.js";
import {groups} from "./theme-model.js";
import {KINDS, kindWord} from "./kinds.js";
import {Hands} from "./lead-hands.js";
import {People, WayIn, watchOf} from "./lead-people.js";
import {Help, Lock, OnAllPhones, Say} from "./lead-voice.js";
import {Panel} from "./panel.js";
import {Parked} from "./parked.js";
import {Timer, Thread, useTimeLeft} from "./time.js";

/** What the first view can do without comes after it. */
const held = () => import("./held.js").then(({Held}) => Held);
const screens = () => import("./screens.js").then(({Screens}) => Screens);

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** @param {Scene & {at: Thing, looks: any, part: any}} props */
export function Lead({at, looks, part, ...scene}) {
  const {heard, page, connection, act, waiting} = scene;
  const left = useTimeLeft(connection, at);
  return html`
    <div class="desk">
      <header class="top">
        <div class="top-in">
          <a class="brand" href=${page.organiser ? `/f/${page.forum}/organise` : `/f/${page.forum}/lead`}><${Icon} name="mark" /><span class="laptop-only">Facilitator</span><span class="hidden">: ${t("all rooms")}</span></a>
          <div class="where"><h1>${roomName(at, page.tables)}</h1><span>${at.meeting && `${at.meeting} · `}${page.forum_title}</span></div>
          <${Heard} heard=${heard} class="push" />
          <a class="btn quiet tight" href=${`/f/${page.forum}/room/${page.room}/record`}><${Icon} name="download" />${t("Record")}</a>
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
          <${Agenda} at=${at} act=${act} connection=${connection} />
          <${Timer} at=${at} act=${act} connection=${connection} waiting=${waiting} />
          <${NextStep} at=${at} act=${act} />
        </div>
      </section>
      <aside class="col left" tabindex="0" aria-label=${t("People")}>
        <${People} ...${scene} at=${at} />
        <${Hands} ...${scene} />
        <${Panel} name="way-in" column="left" title=${t("The way in")}><${WayIn} page=${page} at=${at} /><${BringIn} act=${scene.act} /><//>
      </aside>
      <div class="middle">${looks}${part}</div>
      <aside class="col right" tabindex="0" aria-label=${t("Tools")}><${Tools} ...${scene} at=${at} /></aside>
    </div>`;
}

/**
 * The right column, from what waits for an answer to what can wait. Each is a Panel; one is open at
 * a time.
 * @param {Scene & {at: Thing}} scene
 */
function Tools({at, ...scene}) {
  const {room, act, connection} = scene;
  const help = watchOf(room).help ?? null;
  return html`
    <${Later} load=${held} ...${scene} at=${at} />
    <${AskedAgain} ...${scene} />
    <${OnAllPhones} room=${room} act=${act} connection=${connection} />
    <${Panel} name="phase" title=${t("In this step")} open><${OfPhase} ...${scene} at=${at} /><//>
    <${Later} load=${screens} ...${scene} />
    <${Panel} name="say" title=${t("Say something to all")}><${Say} act=${act} /><//>
    <${Parked} ...${scene} />
    <${Panel} name="help" title=${t("Help")} note=${help === null ? undefined : t("asked for")}><${Help} room=${room} act=${act} /><//>
    <${Lock} at=${at} act=${act} />`;
}

/** What this phase asks of who leads. @param {Scene & {at: Thing}} props */
function OfPhase({at, ...scene}) {
  const {room, act} = scene;
  if (at.phase === "draft") return html`<${Begin} room=${room} act=${act} /><${ThemeList} room=${room} />`;
  if (at.phase === "adopt") return html`<section><h3>${t("Adopting")}</h3><p class="small">${t("Put each recommendation to the vote in the middle. Its rule decides, once you close the vote.")}</p></section>`;
  // Once there are themes they say more of what has come in than its kinds.
  if (["group", "decide"].includes(at.phase) && all(room, "theme").length) return html`<${ThemeList} room=${room} />`;
  return html`
    <section>
      <h3>${t("What comes in")}</h3>
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
      <h3>${t("Themes")}</h3>
      <ul class="lines">${themes.map(({theme, ideas}) => theme && html`
        <li key=${theme.id}><span class="words" lang=${theme.lang} dir="auto">${theme.title}</span><b class="num push">${ideas.length}</b></li>`)}
        ${loose.ideas.length > 0 && html`<li><span>${t("Not in a theme yet")}</span><b class="num push">${loose.ideas.length}</b></li>`}</ul>
    </section>`;
}
