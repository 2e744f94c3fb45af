// In a plenary: a text of the document that the desk has put there, and one vote on all of them.
// Load it with import(): other rooms have none.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";
import {Difference} from "./difference.js";
import {Later} from "./later.js";
import {ruleWords} from "./methods.js";
import {differing, isOpen} from "./motion-model.js";
import {HowToVote, votingOf} from "./put.js";
import {shortHash} from "./reopened.js";
import {Conclusion, Turnout, Verdict} from "./results.js";
import {onSubmit} from "./scene.js";
import {difference, shortened, suggestionsOn} from "./suggestions-model.js";
import {Closing, Voting} from "./votes.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** It comes with Yjs, when the first text is opened. */
const floor = () => import("./floor.js").then(({Floor}) => Floor);

/** What a text of the document is besides, and the way to suggest other words. @param {Scene & {recommendation: Thing, motion: Thing}} props */
export function Motion({recommendation, motion, ...scene}) {
  const {room} = scene;
  const [talking, setTalking] = useState(false);
  const made = suggestionsOn(room, recommendation.id).filter(({outcome}) => outcome === "open").length;
  const open = isOpen(room, recommendation);
  return html`
    <p class="note row"><${Icon} name="doc" />${t("A text of the document")} · ${t("wording")} <code class="num">${shortHash(motion.hash)}</code></p>
    ${recommendation.status === "draft" && motion.was && html`<${Since} motion=${motion} recommendation=${recommendation} text=${one(room, "text", recommendation.id)} />`}
    ${(open || made > 0) && html`
      <details class="fold floor" open=${talking} onToggle=${(/** @type {Event} */ event) => setTalking(/** @type {HTMLDetailsElement} */ (event.currentTarget).open)}>
        <summary><${Icon} name="suggest" /><span>${t("From the floor: other words")}${made > 0 && html` <span class="num">${tn("{n} open suggestion", "{n} open suggestions", made)}</span>`}<span class="hidden">: ${recommendation.title}</span></span></summary>
        ${talking && html`<${Later} load=${floor} ...${scene} recommendation=${recommendation} />`}
      </details>`}`;
}

/** How the wording differs from the one that was voted on before. @param {{motion: Thing, recommendation: Thing, text: Thing | undefined}} props */
function Since({motion, recommendation: {template, lang: spoken}, text}) {
  const changed = differing(template, motion.was, text);
  return html`
    <details class="fold" open><summary><${Icon} name="history" />${t("What differs from the wording that was voted on before")}</summary>
      ${changed.map(([heading, before, after]) => html`<section key=${heading}><h4>${heading}</h4><${Difference} pieces=${shortened(difference(before, after), 120)} lang=${spoken} /></section>`)}
      ${!changed.length && html`<p class="note">${t("Both read the same.")}</p>`}
    </details>`;
}

// ---- the whole ----

/** Votes on the whole, the last first. @param {Scene["room"]} room */
const wholes = (room) => all(room, "ballot").filter(({whole}) => whole).reverse();

/** One vote on all that lies before the plenary. @param {Scene} scene */
export function Whole(scene) {
  const {room, leading} = scene;
  const [last] = wholes(room);
  const waiting = all(room, "recommendation").filter((text) => one(room, "motion", text.id) && isOpen(room, text));
  const opens = leading && here(room)?.phase === "adopt" && !last?.is_open && waiting.length > 0;
  if (!last && !opens) return null;
  return html`
    <section class="card text" id=${last && `ballot-${last.id}`} aria-labelledby="whole-h">
      <h3 id="whole-h" class="words" dir="auto">${last?.question ?? t("The document as a whole")}</h3>
      ${last && html`<${WholeVote} ...${scene} ballot=${last} />`}
      ${opens && html`<${PutWhole} ...${scene} many=${waiting.length} />`}
    </section>`;
}

/** @param {Scene & {ballot: Thing}} props */
function WholeVote({ballot, ...scene}) {
  const {room, leading, act} = scene;
  const texts = all(room, "motion").filter(({whole}) => whole === ballot.id).length;
  return html`
    <p class="note">${tn("One vote on {n} text", "One vote on {n} texts", texts)} · <${Turnout} room=${room} ballot=${ballot} /></p>
    ${ruleWords(ballot) && html`<p class="small">${ruleWords(ballot)}</p>`}
    ${ballot.is_open && !leading && !scene.later && html`<${Voting} ...${scene} ballot=${ballot} />`}
    ${(leading || !ballot.is_open) && html`<${Verdict} room=${room} ballot=${ballot} />`}
    ${ballot.is_open && leading && html`<div class="row"><button type="button" class="btn" onClick=${() => act("ballot.close", {ballot: ballot.id})}><${Icon} name="lock" />${t("Close the vote")}</button></div>`}
    ${!ballot.is_open && html`<${Closing} ...${scene} ballot=${ballot} />`}
    ${ballot.is_open && html`<${Conclusion} ballot=${ballot} />`}`;
}

/** @param {Scene & {many: number}} props */
function PutWhole({act, page, many}) {
  const question = t("Do we adopt the document as a whole?");
  const put = onSubmit((form) => void act("ballot.adopt_whole", {question, lang: lang(), ...votingOf(form)}));
  return html`
    <form class="field" onSubmit=${put}>
      <p class="small">${tn("{n} text is not decided yet.", "{n} texts are not decided yet.", many)} ${t("All of them can be adopted in one vote.")}</p>
      <${HowToVote} page=${page} name=${t("The document as a whole")} word=${t("Vote on the whole")} />
    </form>`;
}
