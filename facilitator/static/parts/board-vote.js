// Votes on the wall: the question, how many have voted, and the counts where they may be told.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {adoption, vote} from "./board-model.js";
import {BySector} from "./by-sector.js";
import {Nothing} from "./board-nothing.js";
import {TextOf} from "./board-drafts.js";
import {OnStatements} from "./board-statements.js";
import {Fitted} from "./fit.js";
import {voteShown} from "./statements-model.js";
import {figure, how, ruleWords, told as say} from "./methods.js";
import {manyReservations, reservationsOn} from "./reservations.js";
import {Conclusion, mayVote, Passed, Why} from "./results.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./board-model.js").Row} Row */

/**
 * What the room decides on: statements, where those are what is voted on now; else a ballot.
 * @param {{room: Room, head: any, ballot: Thing | undefined}} props
 */
export function Voting({room, head, ballot}) {
  const statements = voteShown(room, ballot);
  return statements
    ? html`<${OnStatements} room=${room} vote=${statements} head=${head} />`
    : html`<${Deciding} room=${room} head=${head} ballot=${ballot} />`;
}

/** A ballot over themes or ideas. @param {{room: Room, head: any, ballot: Thing | undefined}} props */
export function Deciding({room, head: Ask, ballot}) {
  if (!ballot) {
    return html`<${Ask} room=${room} title=${t("What matters most?")} /><${Nothing} said=${t("The vote has not been opened yet.")} />`;
  }
  const {open, voters, rows, told} = vote(room, ballot);
  const silent = open && ballot.showing === "hidden";
  return html`
    <${Ask} room=${room} title=${ballot.question} lang=${ballot.lang} />
    <p class="vote-state">
      ${open ? html`<b>${t("The vote is open")}</b>` : html`<span class="marked"><b>${t("Result")}</b></span>`}
      <span>${how(ballot)}</span>
      ${!silent && html`<span class="num">${tn("{n} person has voted", "{n} people have voted", voters)}</span>`}
      ${open && !told && html`<span class="status"><${Icon} name="hide" />${t("Counts are shown when the vote is closed")}</span>`}
    </p>
    ${open ? ruleWords(ballot) && html`<p class="rule">${ruleWords(ballot)}</p>` : !ballot.result?.sectors?.length && html`<${Judged} ballot=${ballot} />`}
    ${ballot.result?.sectors?.length
      ? html`<div class="result">
          <section class="verdict" aria-label=${t("Result")}><${Answered} rows=${rows} /><${Judged} ballot=${ballot} /></section>
          <${BySector} ballot=${ballot} />
        </div>`
      : html`<${Fitted} class=${told ? "race" : "race untold"} items=${rows.map((row) => ({...row, shown: row.votes === null ? "" : figure(ballot, row.votes)}))} draw=${Choice} count=${(/** @type {number} */ n) => t("and {n} more", {n})} most=${40} />`}`;
}

/** A closed vote in words: whether it carries and why, how to read it, and what it means. @param {{ballot: Thing}} props */
const Judged = ({ballot}) => html`
  <div class="judged">
    ${ballot.result && ballot.result.passed !== null && html`<${Passed} passed=${ballot.result.passed} />`}
    ${ballot.result?.said && html`<p>${say(ballot.result.said)}</p>`}
    <${Why} ballot=${ballot} />
    <${Conclusion} ballot=${ballot} />
  </div>`;

/** @param {Row & {shown: string}} row */
const Choice = ({id, label, lang, votes, shown, share, top}) => html`
  <li key=${id} class=${top ? "top" : ""}>
    <span class="words" lang=${lang} dir="auto">${label}</span>
    ${votes !== null && html`
      <svg class="bars" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect width="100" height="8" class="bar-all" /><rect width=${(100 * share).toFixed(1)} height="8" class="bar-yes" /></svg>
      <b class=${top ? "votes marked" : "votes"}>${shown}${top && html`<span class="hidden"> ${t("first")}</span>`}</b>`}
  </li>`;

/** Recommendations put to the room. @param {{room: Room, head: any, ballot: Thing | undefined, title: string}} props */
export function Adopting({room, head: Ask, ballot, title}) {
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
      <${BySector} ballot=${ballot} />
      ${recommendation && !ballot.result?.sectors?.length && html`<section class="put" aria-label=${t("What is voted on")}><${TextOf} room=${room} recommendation=${recommendation} /></section>`}
    </div>`;
}

/** @param {{room: Room, ballot: Thing, drafts: Thing[]}} props */
export function Verdict({room, ballot, drafts}) {
  const {yes, no, abstain, voters, told} = adoption(room, ballot);
  const seats = mayVote(room, ballot);
  // Open again after its vote: what was decided is not about what is written now.
  const reopened = !ballot.is_open && one(room, "recommendation", ballot.recommendation)?.status === "draft";
  const reserved = reservationsOn(room, ballot.recommendation).length;
  const decided = drafts.filter(({status}) => status !== "draft").length;
  return html`
    <section class="verdict" aria-label=${t("Result")}>
      ${reopened
        ? html`<p class="said not"><${Icon} name="undo" />${t("Opened again")}</p><p class="small">${t("A vote about an earlier wording")}</p>`
        : html`<${Word} ballot=${ballot} />`}
      ${told && ballot.method !== "yes_no" && html`<${Answered} rows=${vote(room, ballot).rows} />`}
      ${told && ballot.method === "yes_no" && html`<dl><div><dt>${t("for")}</dt><dd>${yes}</dd></div><div><dt>${t("against")}</dt><dd>${no}</dd></div><div><dt>${t("abstained")}</dt><dd>${abstain}</dd></div></dl>`}
      <p class="small">${ballot.is_open && ballot.showing === "hidden" ? ruleWords(ballot) : ballot.is_open
        ? t("{n} of {seats} people in the room have voted. You can change your vote until it is closed.", {n: voters, seats: Math.max(seats, voters)})
        : ballot.secret === false ? tn("{n} paper. Open vote.", "{n} papers. Open vote.", voters) : tn("{n} paper. Secret ballot.", "{n} papers. Secret ballot.", voters)}</p>
      <${Why} ballot=${ballot} />
      <${Conclusion} ballot=${ballot} />
      ${reserved > 0 && html`<p class="small row"><${Icon} name="reserve" />${manyReservations(reserved)}</p>`}
      <p class="small">${t("{n} of {all} recommendations are decided", {n: decided, all: drafts.length})}</p>
    </section>`;
}

/** How many gave each answer. @param {{rows: Row[]}} props */
const Answered = ({rows}) => html`
  <dl class="answers-told">${rows.map(({id, label, votes}) => html`<div key=${id}><dt>${label}</dt><dd>${votes}</dd></div>`)}</dl>`;

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
