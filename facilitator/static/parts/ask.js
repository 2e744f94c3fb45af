// How a vote is opened: what is asked, how it is voted, when it carries, who votes, what is told.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {all, byPosition, here} from "../lib/store.js";
import {Carries, ruleOf, Sectors} from "./ask-rule.js";
import {Choices} from "./ask-choices.js";
import {METHODS} from "./methods.js";
import {field, lastWaiting, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Dots of each, unless said otherwise; and at most. What there is to spend. */
const DOTS = 5, MOST_DOTS = 100, MONEY = 100;
/** Criteria that can be named. */
const CRITERIA = 4;

const COMPARING = ["dots", "approval", "score", "ranking", "budget"];
const ANSWERING = ["yes_no", "consent", "gradients"];

/** The form. @param {Pick<Scene, "room" | "act" | "waiting" | "page">} props */
export function AskForm({room, act, waiting, page}) {
  const themes = all(room, "theme", byPosition).filter(({aside}) => !aside);
  const ideas = all(room, "idea");
  const [subject, setSubject] = useState(themes.length >= 2 ? "themes" : "ideas");
  const [wanted, setMethod] = useState("dots");
  const offered = {themes, ideas}[subject] ?? [];
  const methods = subject === "question" ? ANSWERING : COMPARING;
  const method = methods.includes(wanted) ? wanted : /** @type {string} */ (methods[0]);
  // A second tap would open the same vote again.
  const opening = lastWaiting(waiting, "ballot.open") !== undefined;
  const open = onSubmit((form) => {
    if (opening) return;
    const given = new FormData(form);
    const things = given.getAll("thing").map(Number);
    void act("ballot.open", {
      question: field(form, "question"), lang: lang(), method, subject, things, showing: field(form, "showing"),
      dots: method === "dots" ? Number(field(form, "dots")) : null, ...detailsOf(form, method),
      rule: ruleOf(form), sectors: given.getAll("sector").map(String), fixed: field(form, "fixed") === "on", secret: field(form, "open") !== "on",
    });
  });
  if (here(room)?.phase !== "decide") return null;
  const lacking = subject !== "question" && offered.length < 2;
  return html`
    <section aria-labelledby="ask-title">
      <h3 id="ask-title">${t("Vote on a list, or on a question")}</h3>
      <form class="field" onSubmit=${open}>
        <label for="question">${t("What is asked")}</label>
        <input class="input" id="question" name="question" required maxlength="200" dir="auto" defaultValue=${t("What do we take further?")} />
        <${Choices} legend=${t("Over what")} name="subject" value=${subject} set=${setSubject} options=${[["themes", t("themes")], ["ideas", t("ideas")], ["question", t("the question itself")]]} />
        <${Choices} legend=${t("How")} name="method" value=${method} set=${setMethod} options=${methods.map((name) => [name, METHODS[name]?.name()])} />
        <p class="note">${METHODS[method]?.about()}</p>
        <${Needs} method=${method} offered=${offered} />
        <${Choices} legend=${t("Told while it is open")} name="showing" value=${"live"} options=${[["live", t("the counts")], ["turnout", t("how many voted")], ["hidden", t("nothing")]]} />
        <details class="fold"><summary><${Icon} name="down" />${t("When it carries, and who votes")}</summary>
          <${Carries} answers=${subject === "question"} blocks=${method === "consent" || method === "gradients"} />
          <${Sectors} page=${page} />
        </details>
        ${subject !== "question" && method !== "budget" && html`<${Chosen} subject=${subject} offered=${offered} />`}
        ${lacking && html`<p class="note">${t("A vote needs at least two things to choose from.")}</p>`}
        <button class="btn main" disabled=${lacking || opening}>${t("Open the vote")}</button>
      </form>
    </section>`;
}

/** What stands on the paper. @param {{subject: string, offered: Thing[]}} props */
const Chosen = ({subject, offered}) => html`
  <details class="fold">
    <summary><${Icon} name="down" />${tn("{n} thing on the paper", "{n} things on the paper", offered.length)}</summary>
    <p class="note">${t("Choose some, or none for all of them.")}</p>
    ${offered.map((thing) => html`
      <label key=${`${subject} ${thing.id}`} class="check words" lang=${thing.lang} dir="auto"><input type="checkbox" name="thing" value=${thing.id} />${thing.title ?? thing.text}</label>`)}
  </details>`;

/** What a method needs to know besides. @param {{method: string, offered: Thing[]}} props */
function Needs({method, offered}) {
  if (method === "dots") {
    return html`
      <div class="row"><label for="dots">${t("Dots of each")}</label>
        <input class="input short" id="dots" name="dots" type="number" min="1" max=${MOST_DOTS} defaultValue=${DOTS} required /></div>`;
  }
  if (method === "score") return html`<${Criteria} />`;
  if (method === "ranking") {
    return html`<${Choices} legend=${t("Counted")} name="count" value="schulze" options=${[["schulze", t("two by two (Schulze)")], ["runoff", t("round by round (run-off)")]]} />`;
  }
  return method === "budget" ? html`<${Prices} offered=${offered} />` : null;
}

const Criteria = () => html`
  <details class="fold"><summary><${Icon} name="down" />${t("By several criteria")}</summary>
    ${Array.from({length: CRITERIA}, (_, n) => html`
      <div class="criterion" key=${n}>
        <label class="hidden" for=${`criterion-${n}`}>${t("Criterion {n}", {n: n + 1})}</label>
        <input class="input" id=${`criterion-${n}`} name="criterion" maxlength="60" dir="auto" placeholder=${t("Criterion {n}", {n: n + 1})} />
        <label class="hidden" for=${`weight-${n}`}>${t("Weight of criterion {n}", {n: n + 1})}</label>
        <input class="input short" id=${`weight-${n}`} name="weight" type="number" min="1" max="10" defaultValue="1" />
      </div>`)}
  </details>`;

/** @param {{offered: Thing[]}} props */
const Prices = ({offered}) => html`
  <label for="money">${t("To spend")}</label>
  <input class="input short" id="money" name="money" type="number" min="1" defaultValue=${MONEY} required />
  <p class="note">${t("What has a price is on the paper.")}</p>
  ${offered.map(({id, title, text, lang: spoken}) => html`
    <div class="criterion" key=${id}>
      <label for=${`price-${id}`} class="words" lang=${spoken} dir="auto"><span class="hidden">${t("Price:")} </span>${title ?? text}</label>
      <input class="input short" id=${`price-${id}`} name=${`price-${id}`} type="number" min="1" />
    </div>`)}`;

/** @param {HTMLFormElement} form @param {string} method */
function detailsOf(form, method) {
  const found = new FormData(form);
  if (method === "score") {
    const weights = found.getAll("weight").map(Number);
    const criteria = found.getAll("criterion").map((title, n) => ({title: String(title).trim(), weight: weights[n] || 1}));
    return {criteria: criteria.filter(({title}) => title)};
  }
  if (method === "ranking") return {count: field(form, "count")};
  if (method !== "budget") return {};
  const priced = [...found.entries()].filter(([name, price]) => name.startsWith("price-") && Number(price) > 0);
  const prices = Object.fromEntries(priced.map(([name, price]) => [name.slice("price-".length), Number(price)]));
  return {money: Number(field(form, "money")), prices, things: Object.keys(prices).map(Number)};
}
