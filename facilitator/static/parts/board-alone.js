// One thing on the whole wall: a question, a theme, an idea, the time, the agenda, a break.
import {countdown} from "../lib/clock.js";
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, said, t, tn} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";
import {stepOf, stepTitle, stepWord} from "./agenda.js";
import {Ask, step} from "./board-ask.js";
import {usePages} from "./board-columns.js";
import {backing, grouped} from "./board-model.js";
import {Nothing} from "./board-nothing.js";
import {Paged} from "./fit.js";
import {kindWord} from "./kinds.js";
import {isHeld, nearness, spokenTime, useTimeLeft} from "./time.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("../lib/connection.js").Connection} Connection */

/** All questions, then one after the other. @param {{room: Room}} props */
export function Questions({room}) {
  const questions = /** @type {Thing[]} */ (here(room)?.questions ?? []);
  const pages = questions.length > 1 ? [questions, ...questions.map((question) => [question])] : [questions];
  const {page, pager} = usePages(pages.length, 1);
  const shown = pages[page] ?? [];
  if (!questions.length) return html`<${Ask} room=${room} title=${step(room)} />`;
  if (shown.length === 1) {
    const place = questions.indexOf(/** @type {Thing} */ (shown[0])) + 1;
    return html`
      <${Ask} room=${room} title=${step(room)} />
      <div class="alone-words">
        ${questions.length > 1 && html`<p class="nth">${t("Question {n} of {total}", {n: place, total: questions.length})}</p>`}
        <p class="huge words" dir="auto">${said(shown[0]?.text)}</p>
      </div>${pager}`;
  }
  return html`
    <${Ask} room=${room} title=${step(room)} />
    <ol class="questions">${questions.map(({id, text}, n) => html`<li key=${id}><b class="num">${n + 1}</b><span class="words" dir="auto">${said(text)}</span></li>`)}</ol>${pager}`;
}

/** A theme with its ideas, large, page by page. @param {{room: Room, id: number, turned: number}} props */
export function OneTheme({room, id, turned}) {
  const column = grouped(room).columns.find(({key}) => key === `t${id}`);
  if (!column) return html`<${Nothing} said=${t("This is no longer here.")} />`;
  const {title, lang: its, ideas, backed} = column;
  return html`
    <${Ask} room=${room} title=${title} lang=${its} />
    <p class="figures"><b class="num">${ideas.length}</b> ${tn("idea", "ideas", ideas.length)}
      ${backed > 0 && html`<span class="backed"><${Icon} name="support" /> <b class="num">${backed}</b> <span>${tn("person supports it", "people support it", backed)}</span></span>`}</p>
    ${ideas.length ? html`<${Paged} class="large-ideas" items=${ideas} page=${turned} draw=${(/** @type {Thing} */ idea) => html`
      <li key=${idea.id} lang=${idea.lang}><${Icon} name=${idea.sort} /><span class="hidden">${kindWord(idea.sort)}: </span><span dir="auto">${idea.text}</span></li>`} />`
      : html`<${Nothing} said=${t("There is no idea in this theme yet.")} />`}`;
}

/** One idea, lit. @param {{room: Room, id: number}} props */
export function Lit({room, id}) {
  const idea = one(room, "idea", id);
  if (!idea) return html`<${Nothing} said=${t("This is no longer here.")} />`;
  const theme = one(room, "theme", idea.theme);
  const marks = backing(room, id);
  return html`
    <${Ask} room=${room} title=${theme?.title ?? step(room)} lang=${theme?.lang} />
    <article class=${`lit-idea ${idea.text.length > 280 ? "long" : ""}`}>
      <p class="sort"><${Icon} name=${idea.sort} />${kindWord(idea.sort)}</p>
      <p class="words" lang=${idea.lang} dir="auto">${idea.text}</p>
      ${marks > 0 && html`<p class="sort"><${Icon} name="support" />${tn("{n} person supports this", "{n} people support this", marks)}</p>`}
    </article>`;
}

/** The time and nothing else. @param {{room: Room, connection: Connection}} props */
export function WholeTimer({room, connection}) {
  const at = /** @type {Thing} */ (here(room) ?? {agenda: []});
  const left = useTimeLeft(connection, at);
  const next = at.agenda[at.at + 1];
  return html`
    <${Ask} room=${room} title=${step(room)} />
    <div class="alone-words whole-timer">
      ${left === null ? html`<p class="huge">${t("No time is running.")}</p>` : html`<${Huge} left=${left} planned=${(stepOf(at).minutes ?? 0) * 60_000} held=${isHeld(/** @type {any} */ (at))} />`}
      ${next && html`<p class="after">${t("Next: {step}", {step: [stepWord(at, at.at + 1), stepTitle(next)].filter(Boolean).join(" – ")})}</p>`}
    </div>`;
}

/** @param {{left: number, planned: number, held: boolean}} props */
function Huge({left, planned, held}) {
  const {text, datetime, over} = countdown(left);
  const share = Math.max(0, Math.min(1, left / Math.max(planned, left, 1)));
  const state = nearness(left, held);
  return html`
    <time class=${`enormous num ${state}`} datetime=${datetime}><span class="hidden">${spokenTime(left)}</span><span aria-hidden="true">${text}</span></time>
    ${held && html`<p class="after">${t("paused")}</p>`}
    ${over ? html`<p class="huge over">${t("time is up")}</p>`
      : html`<svg class="time-line" viewBox="0 0 100 3" preserveAspectRatio="none" aria-hidden="true"><rect class="all" width="100" height="3" /><rect class="left" width=${(share * 100).toFixed(1)} height="3" /></svg>`}`;
}

/** The day of the room: its steps, and where it is. @param {{room: Room, connection: Connection, turned: number}} props */
export function Agenda({room, connection, turned}) {
  const at = /** @type {Thing} */ (here(room) ?? {agenda: []});
  const left = useTimeLeft(connection, at);
  const minutes = at.agenda.reduce((/** @type {number} */ sum, /** @type {Thing} */ {phase, minutes: many}) => sum + (phase === "closed" ? 0 : many ?? 0), 0);
  return html`
    <${Ask} room=${room} title=${t("What we do today")} />
    <${Paged} tag="ol" class="day" items=${at.agenda.map((/** @type {Thing} */ one_, /** @type {number} */ place) => ({...one_, place}))} page=${turned} draw=${(/** @type {Thing} */ one_) => html`
      <li key=${one_.place} class=${one_.place < at.at ? "done" : one_.place === at.at ? "now" : ""} aria-current=${one_.place === at.at ? "step" : undefined}>
        <span class="knot"></span>
        <span class="what"><b>${stepWord(at, one_.place)}</b>${stepTitle(one_) && html` <span class="words">${stepTitle(one_)}</span>`}</span>
        <span class="num">${one_.place === at.at && left !== null && left > 0 ? spokenTime(left) : one_.minutes > 0 && one_.phase !== "closed" && tn("{n} minute", "{n} minutes", one_.minutes)}</span>
      </li>`} />
    ${minutes > 0 && html`<p class="loose">${t("Planned together: {time}", {time: tn("{n} minute", "{n} minutes", minutes)})}</p>`}`;
}

/** A break: calm, and when it ends. @param {{room: Room, page: Record<string, any>}} props */
export function Pause({room, page}) {
  const {ends_at: ends, paused} = here(room) ?? {};
  const when = ends && new Intl.DateTimeFormat(lang(), {hour: "numeric", minute: "2-digit"}).format(new Date(ends));
  return html`
    <div class="pause">
      <svg class="threads pause-threads" viewBox="0 0 1100 460" preserveAspectRatio="none" aria-hidden="true"><path class="t1" d="M0 20C420 20 560 230 1100 230" /><path class="t2" d="M0 100C420 100 600 230 1100 230" /><path class="t3" d="M0 190C420 190 640 230 1100 230" /><path class="t4" d="M0 270C420 270 640 230 1100 230" /><path class="t5" d="M0 360C420 360 600 230 1100 230" /><path class="t6" d="M0 440C420 440 560 230 1100 230" /><path d="M900 230H1100" /></svg>
      <div class="ask"><p dir="auto">${page.title}</p><h1>${paused ? t("The forum pauses for a moment.") : t("Break")}</h1></div>
      <p class="huge">${when ? t("We go on at {time}", {time: when}) : t("We go on soon.")}</p>
    </div>`;
}

