// Deciding: the ballots over questions, themes and ideas, open and closed.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";
import {Stage} from "./frame.js";
import {Later} from "./later.js";
import {ShowOfHands} from "./lead-show.js";
import {LightButton} from "./light.js";
import {how, ruleWords} from "./methods.js";
import {filled, labelOf, paperOf} from "./paper.js";
import {Answers} from "./paper-answers.js";
import {Paper} from "./papers.js";
import {Promised} from "./promised.js";
import {Conclusion, Passed, Results, Turnout, Verdict} from "./results.js";
import {Roll} from "./roll.js";
import {field, onSubmit} from "./scene.js";
import {Quiet, Refusals} from "./states.js";
import {Statements, StatementsForm} from "./statements.js";
import {voteOf} from "./statements-model.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** The newest first, what is open before what is closed. @param {Thing} a @param {Thing} b */
const order = (a, b) => Number(b.is_open) - Number(a.is_open) || b.id - a.id;

/** @param {Scene["room"]} room */
export const ballotsOf = (room) => all(room, "ballot", order).filter(({recommendation, whole}) => recommendation === null && !whole);

/** The same may be asked again: what tells votes apart is their number, the first one is 1. @param {Scene["room"]} room @param {Thing} ballot */
const which = (room, ballot) => ballotsOf(room).filter(({id}) => id <= ballot.id).length;

/** @param {Scene} scene */
export function Votes(scene) {
  const {room, leading, refused, dismiss} = scene;
  const ballots = ballotsOf(room);
  const opens = leading && here(room)?.phase === "decide";
  return html`
    <${Stage} ...${scene}>
      <${Refusals} refused=${refused} dismiss=${dismiss} />
      ${opens ? html`<${Opener} ...${scene} />` : !ballots.length && !voteOf(room) && html`<${Quiet} title=${t("No vote has been opened yet.")}>
        ${!leading && html`<p class="small">${t("As soon as there is one, it appears here.")}</p>`}<//>`}
      <${Statements} ...${scene} />
      ${ballots.map((ballot) => html`<${Ballot} key=${ballot.id} ...${scene} ballot=${ballot} />`)}
    <//>`;
}

/** Only who leads needs the form. */
const askForm = () => import("./ask.js").then(({AskForm}) => AskForm);

/** How a vote is opened: at hand before the first, folded over those that there are. @param {Scene} scene */
function Opener({room, act, waiting, page}) {
  const some = ballotsOf(room).length > 0 || Boolean(voteOf(room));
  return html`
    <details class="card opener" key=${some} open=${!some}>
      <summary><${Icon} name="plus" /><h2>${some ? t("Open another vote") : t("Open a vote")}</h2><${Icon} name="down" /></summary>
      <div class="ways">
        <${Later} load=${askForm} room=${room} act=${act} waiting=${waiting} page=${page} />
        <${StatementsForm} room=${room} act=${act} waiting=${waiting} />
      </div>
    </details>`;
}

/** How it is voted, and what is told meanwhile. @param {Thing} ballot */
function manner(ballot) {
  if (ballot.secret === false) return ballot.showing === "live" ? t("Open vote · {how}", {how: how(ballot)}) : t("Open vote · {how} · result after closing", {how: how(ballot)});
  return ballot.showing === "live" ? t("Secret vote · {how}", {how: how(ballot)}) : t("Secret vote · {how} · result after closing", {how: how(ballot)});
}

/** @param {Scene & {ballot: Thing}} props */
function Ballot({ballot, ...scene}) {
  const {room, leading, act, later} = scene;
  const note = (/** @type {Thing} */ choice) => {
    const ideas = choice.theme ? all(room, "idea").filter(({theme}) => theme === choice.theme).length : 0;
    return ideas > 0 && tn("{n} idea", "{n} ideas", ideas);
  };
  // Live results are for those who have voted: nobody should vote after the others.
  const told = ballot.showing === "live" && filled(paperOf(scene, ballot).marks);
  const Found = ballot.choices.length ? Results : Verdict;
  return html`
    <section class="vote" id=${`ballot-${ballot.id}`} aria-label=${t("Vote {n}: {question}", {n: which(room, ballot), question: ballot.question})}>
      <div class="question">
        <p class="note">${ballot.is_open ? manner(ballot) : html`${t("Closed")} · <${Turnout} room=${room} ballot=${ballot} />`}</p>
        <h2 class="words" id=${`ask-${ballot.id}`} lang=${ballot.lang} dir="auto">${ballot.question}</h2>
        <${Earlier} room=${room} ballot=${ballot} />
        ${ruleWords(ballot) && html`<p class="small">${ruleWords(ballot)}</p>`}
      </div>
      ${ballot.is_open && !leading && later && html`<p class="note">${t("Papers that are in stay in. Voting goes on when this step comes again.")}</p>
        <ul class="ballot">${ballot.choices.map((/** @type {Thing} */ choice) => html`<li key=${choice.id} class="choice"><h3 class="words" lang=${choice.lang} dir="auto">${labelOf(choice)}</h3></li>`)}</ul>`}
      ${ballot.is_open && !leading && !later && html`<${Voting} ...${scene} ballot=${ballot} note=${note} />`}
      ${ballot.is_open && leading && html`
        <div class="row"><b><${Turnout} room=${room} ballot=${ballot} /></b>
          <button type="button" class="btn push" onClick=${() => act("ballot.close", {ballot: ballot.id})}><${Icon} name="lock" />${t("Close the vote")}</button>
          <${LightButton} ...${scene} kind="ballot" id=${ballot.id} name=${ballot.question} /></div>
        <${ShowOfHands} ...${scene} ballot=${ballot} />`}
      ${ballot.result && ballot.result.passed !== null && html`<${Passed} passed=${ballot.result.passed} />`}
      ${(leading || !ballot.is_open || told) && html`<${Found} room=${room} ballot=${ballot} />`}
      ${!ballot.is_open && html`<${Closing} ...${scene} ballot=${ballot} />`}
    </section>`;
}

/** The vote that this one repeats, with a way to it. @param {{room: Scene["room"], ballot: Thing}} props */
function Earlier({room, ballot}) {
  if (!one(room, "ballot", ballot.earlier)) return null;
  return html`<p class="note"><a href=${`#ballot-${ballot.earlier}`}>${t("A vote on the same was held before")}</a></p>`;
}

/** The paper, for whom it is. @param {Scene & {ballot: Thing, note?: (choice: Thing) => any}} props */
export function Voting({ballot, ...scene}) {
  const {seat} = scene.mine;
  if (ballot.sectors.length && !ballot.sectors.includes(seat?.sector)) return html`<p class="note">${t("This vote is for other sectors than yours.")}</p>`;
  const promised = html`<${Promised} ballot=${ballot} seat=${seat} />`;
  return html`
    ${ballot.secret === false && promised}
    ${ballot.method === "yes_no" ? html`<${Answers} ...${scene} ballot=${ballot} />` : html`<${Paper} ...${scene} ballot=${ballot} />`}
    ${ballot.secret !== false && promised}`;
}

/** After a vote: what it means, and voting again. @param {Scene & {ballot: Thing}} props */
export function Closing({ballot, ...scene}) {
  const {room, leading, act, connection} = scene;
  if (!leading || here(room)?.phase === "closed") return html`<${Conclusion} ballot=${ballot} /><${Roll} ballot=${ballot} connection=${connection} />`;
  const conclude = onSubmit((form) => void act("ballot.conclude", {ballot: ballot.id, text: field(form, "conclusion"), lang: lang()}));
  const again = ["decide", "adopt"].includes(here(room)?.phase);
  return html`
    <${Conclusion} ballot=${ballot} />
    <${Roll} ballot=${ballot} connection=${connection} />
    <details class="fold">
      <summary><${Icon} name="suggest" />${ballot.conclusion ? t("Change what it means") : t("Say what it means")}</summary>
      <form class="field" onSubmit=${conclude}>
        <label for=${`conclusion-${ballot.id}`}>${t("What the result means, for everybody and for the document")}</label>
        <textarea class="input words" id=${`conclusion-${ballot.id}`} name="conclusion" maxlength="2000" rows="3" dir="auto" defaultValue=${ballot.conclusion?.text ?? ""}></textarea>
        <button class="btn">${t("Save it")}</button>
      </form>
    </details>
    ${again && html`<div class="row"><button type="button" class="btn" onClick=${() => act("ballot.again", {ballot: ballot.id})}><${Icon} name="history" />${t("Vote again")}<span class="hidden">: ${ballot.question}</span></button></div>`}`;
}
