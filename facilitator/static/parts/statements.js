// Votes on statements in a room: asked on phones, led from the desk, told to all when closed.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {all, here} from "../lib/store.js";
import {Asking, turnoutWords} from "./asking.js";
import {Opinions} from "./opinions.js";
import {field, lastWaiting, onSubmit} from "./scene.js";
import {statementsOf, turnoutOf, voteOf} from "./statements-model.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** The vote on statements of a room, if there is one. @param {Scene} scene */
export function Statements(scene) {
  const {room, leading} = scene;
  const vote = voteOf(room);
  if (!vote) return null;
  return html`
    <section class="vote" id=${`statements-${vote.id}`} aria-labelledby=${`statements-ask-${vote.id}`}>
      <div class="question">
        <p class="note">${vote.is_open ? t("Vote on statements · secret · told after closing") : html`${t("Closed")} · ${turnoutWords(turnoutOf(room, vote))}`}</p>
        <h2 class="words" id=${`statements-ask-${vote.id}`} lang=${vote.lang} dir="auto">${vote.question}</h2>
      </div>
      ${vote.is_open && !leading && html`<${Asking} key=${vote.id} ...${scene} vote=${vote} />`}
      ${vote.is_open && leading && html`<${Leading} ...${scene} vote=${vote} />`}
      ${!vote.is_open && html`<${Opinions} room=${room} vote=${vote} />`}
    </section>`;
}

/** @param {Scene & {vote: Thing}} props */
function Leading({room, vote, act}) {
  const statements = all(room, "statement", (a, b) => a.number - b.number).filter((said) => said.vote === vote.id);
  const asked = statementsOf(room, vote).length;
  return html`
    <div class="row"><b class="num">${turnoutWords(turnoutOf(room, vote))}</b>
      <button type="button" class="btn push" onClick=${() => act("statements.close", {vote: vote.id})}><${Icon} name="lock" />${t("Close the vote")}</button></div>
    <details class="fold">
      <summary><${Icon} name="down" />${tn("{n} statement is asked", "{n} statements are asked", asked)}</summary>
      <ol class="lines">${statements.map((said) => html`
        <li key=${said.id}><span class=${said.out ? "words taken-out" : "words"} lang=${said.lang} dir="auto">${said.text || t("A statement that was taken out")}</span>
          <button type="button" class="act push" aria-label=${said.out ? undefined : t("Take out: {statement}", {statement: said.text})} onClick=${() => act("statements.take_out", {statement: said.id, out: !said.out})}>${said.out ? t("Ask again") : t("Take out")}</button></li>`)}</ol>
    </details>`;
}

/** How a vote on statements is opened. @param {Pick<Scene, "room" | "act" | "waiting">} props */
export function StatementsForm({room, act, waiting}) {
  const ideas = all(room, "idea").length;
  const busy = voteOf(room)?.is_open || lastWaiting(waiting, "statements.open") !== undefined;
  if (here(room)?.phase !== "decide") return null;
  const open = onSubmit((form) => {
    if (!busy) void act("statements.open", {question: field(form, "statements-question"), lang: lang(), ideas: []});
  });
  return html`
    <section aria-labelledby="statements-title">
      <h3 id="statements-title">${t("Vote on statements")}</h3>
      <form class="field" onSubmit=${open}>
        <p class="small">${t("For large rooms: each phone shows one idea at a time, to agree, disagree or pass.")}</p>
        <label for="statements-question">${t("What it is about")}</label>
        <input class="input" id="statements-question" name="statements-question" required maxlength="200" dir="auto" defaultValue=${t("What do we think of these ideas?")} />
        ${ideas < 2 && html`<p class="note">${t("A vote needs at least two things to choose from.")}</p>`}
        <button class="btn" disabled=${ideas < 2 || busy}>${tn("Ask about {n} idea", "Ask about {n} ideas", ideas)}</button>
      </form>
    </section>`;
}
