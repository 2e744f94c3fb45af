// Deciding: the ballots over themes and ideas, open and closed; and how one is opened.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {all, byPosition, here} from "../lib/store.js";
import {Stage} from "./frame.js";
import {Paper, paperOf, spent} from "./papers.js";
import {Results, Turnout} from "./results.js";
import {field, onSubmit} from "./scene.js";
import {Quiet, Refusals} from "./states.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Dots of each, unless said otherwise; and at most. */
const DOTS = 5, MOST_DOTS = 100;

/** The newest first, what is open before what is closed. @param {Thing} a @param {Thing} b */
const order = (a, b) => Number(b.is_open) - Number(a.is_open) || b.id - a.id;

/** @param {Scene["room"]} room */
export const ballotsOf = (room) => all(room, "ballot", order).filter(({method}) => method !== "yes_no");

/** @param {Scene} scene */
export function Votes(scene) {
  const {room, leading, refused, dismiss} = scene;
  const ballots = ballotsOf(room);
  return html`
    <${Stage} ...${scene}>
      <${Refusals} refused=${refused} dismiss=${dismiss} />
      ${!ballots.length && html`<${Quiet} title=${t("No vote has been opened yet.")}>
        <p class="small">${leading ? t("Open one beside this: over themes or over ideas.") : t("As soon as there is one, it appears here.")}</p><//>`}
      ${ballots.map((ballot) => html`<${Ballot} key=${ballot.id} ...${scene} ballot=${ballot} />`)}
    <//>`;
}

/** @param {Thing} ballot */
function method({method: name, options, hidden}) {
  const how = name === "dots" ? tn("{n} dot each", "{n} dots each", options.dots) : t("as many as you like");
  return hidden ? t("Secret vote · {how} · result after closing", {how}) : t("Secret vote · {how}", {how});
}

/** @param {Scene & {ballot: Thing}} props */
function Ballot({ballot, ...scene}) {
  const {room, leading, act} = scene;
  const note = (/** @type {Thing} */ choice) => {
    const ideas = choice.theme ? all(room, "idea").filter(({theme}) => theme === choice.theme).length : 0;
    return ideas > 0 && tn("{n} idea", "{n} ideas", ideas);
  };
  // Live results are for those who have voted: nobody should vote after the others.
  const told = !ballot.hidden && spent(paperOf(scene, ballot).marks) > 0;
  return html`
    <section class="vote" id=${`ballot-${ballot.id}`} aria-labelledby=${`ask-${ballot.id}`}>
      <div class="question">
        <p class="note">${ballot.is_open ? method(ballot) : html`${t("Closed")} · <${Turnout} room=${room} ballot=${ballot} />`}</p>
        <h2 class="words" id=${`ask-${ballot.id}`} lang=${ballot.lang} dir="auto">${ballot.question}</h2>
      </div>
      ${ballot.is_open && !leading && html`<${Paper} ...${scene} ballot=${ballot} note=${note} />`}
      ${ballot.is_open && leading && html`
        <div class="row"><b><${Turnout} room=${room} ballot=${ballot} /></b>
          <button type="button" class="btn push" onClick=${() => act("ballot.close", {ballot: ballot.id})}><${Icon} name="lock" />${t("Close the vote")}</button></div>`}
      ${(leading || !ballot.is_open || told) && html`<${Results} room=${room} ballot=${ballot} />`}
    </section>`;
}

/** How a vote is opened. @param {Pick<Scene, "room" | "act">} props */
export function AskForm({room, act}) {
  const themes = all(room, "theme", byPosition);
  const ideas = all(room, "idea");
  const [subject, setSubject] = useState(themes.length >= 2 ? "themes" : "ideas");
  const [method, setMethod] = useState("dots");
  const offered = subject === "themes" ? themes : ideas;
  const open = onSubmit((form) => {
    const things = new FormData(form).getAll("thing").map(Number);
    void act("ballot.open", {
      question: field(form, "question"), lang: lang(), method, subject, things,
      dots: method === "dots" ? Number(field(form, "dots")) : null, hidden: field(form, "hidden") === "on",
    });
  });
  if (here(room)?.phase !== "decide") return null;
  return html`
    <section aria-labelledby="ask-title">
      <h2 id="ask-title">${t("Open a vote")}</h2>
      <form class="field" onSubmit=${open}>
        <label for="question">${t("What is asked")}</label>
        <input class="input" id="question" name="question" required maxlength="200" dir="auto" defaultValue=${t("What do we take further?")} />
        <${Choices} legend=${t("Over what")} name="subject" value=${subject} set=${setSubject} options=${[["themes", t("themes")], ["ideas", t("ideas")]]} />
        <${Choices} legend=${t("How")} name="method" value=${method} set=${setMethod} options=${[["dots", t("dots")], ["approval", t("yes to any")]]} />
        ${method === "dots" && html`
          <label for="dots">${t("Dots of each")}</label>
          <input class="input short" id="dots" name="dots" type="number" min="1" max=${MOST_DOTS} defaultValue=${DOTS} required />`}
        <label class="check"><input type="checkbox" name="hidden" />${t("Show the result only after closing")}</label>
        <details class="fold">
          <summary><${Icon} name="down" />${tn("{n} thing on the paper", "{n} things on the paper", offered.length)}</summary>
          <p class="note">${t("Choose some, or none for all of them.")}</p>
          ${offered.map((/** @type {Thing} */ thing) => html`
            <label key=${`${subject} ${thing.id}`} class="check words" lang=${thing.lang} dir="auto"><input type="checkbox" name="thing" value=${thing.id} />${thing.title ?? thing.text}</label>`)}
        </details>
        ${offered.length < 2 && html`<p class="note">${t("A vote needs at least two things to choose from.")}</p>`}
        <button class="btn main" disabled=${offered.length < 2}>${t("Open the vote")}</button>
      </form>
    </section>`;
}

/** @param {{legend: string, name: string, value: string, set: (value: string) => void, options: [string, string][]}} props */
const Choices = ({legend, name, value, set, options}) => html`
  <fieldset class="pick">
    <legend>${legend}</legend>
    ${options.map(([key, word]) => html`
      <label key=${key}><input type="radio" name=${name} value=${key} checked=${key === value} onChange=${() => set(key)} /><${Icon} name="support" class="on" />${word}</label>`)}
  </fieldset>`;
