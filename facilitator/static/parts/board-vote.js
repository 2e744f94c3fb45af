// Votes on the wall: the question, how many have voted, and the counts where they may be told.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";
import {adoption, ballotShown, vote} from "./board-model.js";
import {Nothing} from "./board-nothing.js";
import {TextOf} from "./board-drafts.js";
import {Fitted} from "./fit.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./board-model.js").Row} Row */

/** A ballot over themes or ideas. @param {{room: Room, head: any}} props */
export function Deciding({room, head: Ask}) {
  const ballot = ballotShown(room, false);
  if (!ballot) {
    return html`<${Ask} room=${room} title=${t("What matters most?")} /><${Nothing} said=${t("The vote has not been opened yet.")} />`;
  }
  const {open, voters, rows, told} = vote(room, ballot);
  return html`
    <${Ask} room=${room} title=${ballot.question} lang=${ballot.lang} />
    <p class="vote-state">
      ${open ? html`<b>${t("The vote is open")}</b>` : html`<span class="marked"><b>${t("Result")}</b></span>`}
      <span>${method(ballot)}</span>
      <span class="num">${tn("{n} person has voted", "{n} people have voted", voters)}</span>
      ${open && !told && html`<span class="status"><${Icon} name="hide" />${t("Counts are shown when the vote is closed")}</span>`}
    </p>
    <${Fitted} class=${told ? "race" : "race untold"} items=${rows} draw=${Choice} count=${(/** @type {number} */ n) => t("and {n} more", {n})} most=${40} />`;
}

/** @param {Thing} ballot */
const method = ({method: name, options}) => (name === "dots"
  ? tn("{n} dot each", "{n} dots each", options.dots)
  : t("Choose as many as you like"));

/** @param {Row} row */
const Choice = ({id, label, lang, votes, share, top}) => html`
  <li key=${id} class=${top ? "top" : ""}>
    <span class="words" lang=${lang} dir="auto">${label}</span>
    ${votes !== null && html`
      <svg class="bars" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" class="bar-all" /><rect width=${(100 * share).toFixed(1)} height="8" class="bar-yes" /></svg>
      <b class=${top ? "votes marked" : "votes"}>${votes}${top && html`<span class="hidden"> ${t("most votes")}</span>`}</b>`}
  </li>`;

/** Recommendations put to the room. @param {{room: Room, head: any, title: string}} props */
export function Adopting({room, head: Ask, title}) {
  const ballot = ballotShown(room, true);
  const drafts = all(room, "recommendation");
  if (!ballot) {
    return html`
      <${Ask} room=${room} title=${title} />
      ${drafts.length ? html`<${Standing} drafts=${drafts} />` : html`<${Nothing} said=${t("There is no recommendation to vote on.")} />`}`;
  }
  const recommendation = one(room, "recommendation", ballot.recommendation);
  return html`
    <${Ask} room=${room} title=${ballot.question || t("Without a title")} lang=${ballot.lang} />
    <div class="result">
      <${Verdict} room=${room} ballot=${ballot} drafts=${drafts} />
      ${recommendation && html`<section class="put" aria-label=${t("What is voted on")}><${TextOf} room=${room} recommendation=${recommendation} /></section>`}
    </div>`;
}

/** @param {{room: Room, ballot: Thing, drafts: Thing[]}} props */
function Verdict({room, ballot, drafts}) {
  const {yes, no, abstain, voters, told} = adoption(room, ballot);
  const seats = one(room, "people", here(room)?.id ?? 0)?.seats ?? 0;
  const decided = drafts.filter(({status}) => status !== "draft").length;
  return html`
    <section class="verdict" aria-label=${t("Result")}>
      <${Word} ballot=${ballot} />
      ${told && html`<dl><div><dt>${t("for")}</dt><dd>${yes}</dd></div><div><dt>${t("against")}</dt><dd>${no}</dd></div><div><dt>${t("abstained")}</dt><dd>${abstain}</dd></div></dl>`}
      <p class="small">${ballot.is_open
        ? t("{n} of {seats} people in the room have voted. You can change your vote until it is closed.", {n: voters, seats: Math.max(seats, voters)})
        : tn("{n} paper. Secret ballot.", "{n} papers. Secret ballot.", voters)}</p>
      <p class="small">${t("{n} of {all} recommendations are decided", {n: decided, all: drafts.length})}</p>
    </section>`;
}

/** @param {{ballot: Thing}} props */
function Word({ballot}) {
  if (ballot.is_open) return html`<p class="said open"><${Icon} name="yes" />${t("Do we adopt it?")}</p>`;
  return ballot.result?.passed
    ? html`<p class="said marked"><${Icon} name="yes" />${t("Adopted")}</p>`
    : html`<p class="said not"><${Icon} name="no" />${t("Not adopted")}</p>`;
}

/** How far each recommendation is, before the first vote. @param {{drafts: Thing[]}} props */
const Standing = ({drafts}) => html`
  <${Fitted} class="race untold" items=${drafts} count=${(/** @type {number} */ n) => t("and {n} more", {n})} draw=${(/** @type {Thing} */ {id, number, title, lang}) => html`
    <li key=${id}><span class="words" lang=${lang} dir="auto">${number}. ${title || t("Without a title")}</span></li>`} />`;
