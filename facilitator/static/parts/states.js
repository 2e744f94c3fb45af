// What a screen says when there is nothing, or when something went wrong: what happened, what is
// safe, what to do next, in this order.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {kindWord} from "./kinds.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../lib/outbox.js").RefusedAct} RefusedAct */

/** Threads for a quiet moment: one that goes on, a knot, many that came together. @type {Record<string, any>} */
const ART = {
  empty: html`<path d="M2 32H150" /><path class="t2" d="M170 32H258" />`,
  knot: html`<path d="M2 32H100C150 32 150 8 128 8S112 56 150 56 168 32 190 32H258" />`,
  joined: html`<path class="t1" d="M2 6C80 6 90 32 150 32" /><path class="t2" d="M2 23C80 23 90 32 150 32" /><path class="t4" d="M2 41C80 41 90 32 150 32" /><path class="t6" d="M2 58C80 58 90 32 150 32" /><path d="M148 32H258" />`,
};

/** @param {{art?: string, title: string, alone?: boolean, children?: any}} props `alone`: nothing else is on the page */
export const Quiet = ({art = "empty", title, alone = false, children}) => html`
  <section class="lull">
    <svg class="art threads" viewBox="0 0 260 64" preserveAspectRatio="xMinYMid meet" aria-hidden="true">${ART[art]}</svg>
    ${alone ? html`<h1 class="words">${title}</h1>` : html`<h2 class="words">${title}</h2>`}
    ${children}
  </section>`;

/** The line is down: what waits, and that it is safe. @param {Pick<Scene, "heard" | "connection">} props */
export function Offline({heard, connection}) {
  if (connection.status === "upgrade") return html`
    <aside class="banner warn" aria-label=${heard.word}><${Icon} name="warn" /><p>${heard.sentence}</p>
      <button type="button" class="btn push" onClick=${() => location.reload()}><${Icon} name="undo" />${t("Reload")}</button></aside>`;
  if (connection.status !== "away") return null;
  return html`
    <aside class="banner warn" aria-label=${heard.word}><${Icon} name="waiting" /><p>${heard.sentence}</p>
      <button type="button" class="btn push" onClick=${() => connection.wake()}><${Icon} name="undo" />${t("Try now")}</button></aside>`;
}

/** The door is shut for this page: moved to another room, or the ticket is gone. @param {{reason: string, page: Scene["page"], leading: boolean, words: string[]}} props */
export const TurnedAway = ({reason, page, leading, words}) => html`
  <div class="hall"><main id="main" tabindex="-1">
    <${Quiet} art="joined" title=${reason} alone>
      ${words.length > 0 ? html`<${Left} words=${words} />` : html`<p class="status good"><${Icon} name="saved" />${t("nothing is lost")}</p>`}
      <p class="small">${t("What you sent is stored, and stays where you wrote it.")}</p>
      ${leading
        ? html`<button type="button" class="btn main wide" onClick=${() => location.reload()}>${t("Try again")}</button>`
        : html`<a class="btn main wide" href=${`/f/${page.forum}/rooms`}>${t("Choose a room")} <${Icon} name="next" /></a>`}
      <a class="btn quiet" href="/">${t("Enter a code")}</a>
    <//>
  </main></div>`;

/** What somebody wrote and cannot send from here any more, to take along. @param {{words: string[]}} props */
export const Left = ({words}) => html`
  <section class="refusal" aria-label=${t("Not sent")}>
    <div class="banner bad"><${Icon} name="refused" /><p><b>${t("Not sent:")}</b> ${t("Your words are still here.")}</p></div>
    ${words.map((text) => html`
      <div class="idea unsent"><p class="words tall" dir="auto" tabindex="0">${text}</p></div>
      ${navigator.clipboard && html`<button type="button" class="btn" onClick=${() => navigator.clipboard.writeText(text)}><${Icon} name="cite" />${t("Copy")}</button>`}`)}
  </section>`;

/** A fault of ours. @param {{again: () => void}} props */
export const Knot = ({again}) => html`
  <div class="hall"><main id="main" tabindex="-1">
    <${Quiet} art="knot" title=${t("This page has a knot.")} alone>
      <p class="small">${t("The fault is ours. What you sent before is stored.")}</p>
      <button type="button" class="btn main wide" onClick=${again}><${Icon} name="undo" />${t("Reload")}</button>
    <//>
  </main></div>`;

/** The words in something that was refused. @param {RefusedAct} act */
const wordsOf = ({payload}) => payload.put ?? payload.text ?? payload.title ?? payload.question ?? "";

/** Everything that was refused, with the person's own words. @param {Pick<Scene, "refused" | "dismiss"> & {again?: (act: RefusedAct) => void}} props */
export const Refusals = ({refused, dismiss, again}) => refused.map((act) => {
  const words = wordsOf(act);
  return html`
    <section key=${act.op} class="refusal" aria-label=${t("Not sent")}>
      <div class="banner bad"><${Icon} name="refused" /><p><b>${t("Not sent:")}</b> ${act.refused} ${words && t("Your words are still here.")}</p></div>
      ${words && html`
        <div class="idea unsent">
          <p class="kind">${act.payload.sort && html`<${Icon} name=${act.payload.sort} />${kindWord(act.payload.sort)} · `}${t("yours")}
            <span class="status bad push"><${Icon} name="refused" />${t("not sent")}</span></p>
          <p class="words" dir="auto" lang=${act.payload.lang}>${words}</p>
        </div>`}
      <div class="row">
        ${again && act.name === "idea.post" && html`<button type="button" class="btn" onClick=${() => again(act)}><${Icon} name="suggest" />${t("Edit and send again")}</button>`}
        ${words && navigator.clipboard && html`<button type="button" class="btn" onClick=${() => navigator.clipboard.writeText(words)}><${Icon} name="cite" />${t("Copy")}</button>`}
        <button type="button" class="btn quiet" onClick=${() => dismiss(act.op)}>${words ? t("Throw it away") : t("I see")}</button>
      </div>
    </section>`;
});
