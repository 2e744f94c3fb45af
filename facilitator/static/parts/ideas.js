// The ideas of a room, and the gathering of them. Others' ideas wait until they are asked for.
import {html, useReducer, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, said, t, tn} from "../lib/i18n.js";
import {all, here} from "../lib/store.js";
import {stepOf, stepTitle} from "./agenda.js";
import {Composer, useJotted} from "./composer.js";
import {Stage} from "./frame.js";
import {Idea, Unsent} from "./idea.js";
import {Quiet, Refusals} from "./states.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** So many are drawn at once, and more when asked for. */
const PAGE = 60;

/** @param {Thing} a @param {Thing} b */
const newest = (a, b) => b.id - a.id;

/**
 * What is to be seen, and what waits: one's own at once, that of others when it is asked for.
 * @param {Thing[]} ideas newest first @param {Set<number>} shown ids @param {number[]} own
 * @param {string[]} sending the words of one's own that are on their way
 */
export function sorted(ideas, shown, own, sending = []) {
  const seen = ideas.filter(({id}) => shown.has(id) || own.includes(id));
  const fresh = ideas.filter(({id, text}) => !shown.has(id) && !own.includes(id) && !sending.includes(text));
  return {seen, fresh};
}

/** @param {Thing[]} ideas @param {Scene} scene */
function useShown(ideas, {mine, waiting}) {
  const shown = useRef(/** @type {Set<number> | null} */ (null));
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const known = shown.current ??= new Set(ideas.map(({id}) => id));
  const sending = waiting.filter(({name}) => name === "idea.post").map(({payload}) => payload.text);
  const show = () => {
    ideas.forEach(({id}) => known.add(id));
    again(0);
  };
  return {...sorted(ideas, known, mine.ideas, sending), show};
}

/** Which sub-question is being talked about: one of them, or "all". @param {Scene["room"]} room */
function useQuestion(room) {
  const questions = /** @type {Thing[]} */ (here(room)?.questions ?? []);
  const [chosen, setChosen] = useState(/** @type {number | "all"} */ (questions[0]?.id ?? "all"));
  const known = questions.some(({id}) => id === chosen);
  return {questions, asked: known ? chosen : "all", setAsked: setChosen};
}

/** Ideas, and while they are gathered a place to write them. @param {Scene} scene */
export function Ideas(scene) {
  const {room, page, act, leading, refused, dismiss} = scene;
  const phase = here(room)?.phase;
  const {questions, asked, setAsked} = useQuestion(room);
  const {text, write} = useJotted(page);
  const [sort, setSort] = useState("need");
  const open = phase === "gather";
  const again = (/** @type {any} */ refusal) => {
    write(refusal.payload.text);
    setSort(refusal.payload.sort);
    dismiss(refusal.op);
    document.getElementById("idea")?.focus();
  };
  const post = (/** @type {string} */ name, /** @type {Record<string, any>} */ payload) => {
    setTimeout(() => document.querySelector(".list-head")?.scrollIntoView({block: "nearest"}), 50);
    return act(name, payload);
  };
  const foot = open && html`<${Composer} act=${post} question=${asked === "all" ? null : asked} text=${text} write=${write} sort=${sort} setSort=${setSort} leading=${leading} />`;
  return html`
    <${Stage} ...${scene} foot=${foot}>
      <${Question} room=${room} questions=${questions} asked=${asked} setAsked=${setAsked} />
      <${Refusals} refused=${refused} dismiss=${dismiss} again=${open ? again : undefined} />
      <${List} key=${asked} ...${scene} asked=${asked} phase=${phase} />
    <//>`;
}

/** @param {{room: Scene["room"], questions: Thing[], asked: number | "all", setAsked: (asked: number | "all") => void}} props */
function Question({room, questions, asked, setAsked}) {
  const ideas = all(room, "idea");
  const place = questions.findIndex(({id}) => id === asked);
  const at = here(room) ?? {};
  const step = at.phase === "gather" ? stepTitle(stepOf(at)) : "";
  const title = place < 0 ? step || t("Ideas") : said(questions[place]?.text);
  const many = (/** @type {number | "all"} */ id) => (id === "all" ? ideas : ideas.filter(({question}) => question === id)).length;
  return html`
    <div class="question">
      ${place >= 0 && html`<p class="note">${t("Question {n} of {total}", {n: place + 1, total: questions.length})}${step && ` · ${step}`}</p>`}
      <h2 class="words">${title}</h2>
      ${questions.length > 1 && html`
        <div class="asked" role="group" aria-label=${t("Questions")}>
          ${questions.map(({id, text}, n) => html`<${Go} key=${id} word=${number(n + 1)} whole=${said(text)} many=${many(id)} on=${id === asked} go=${() => setAsked(id)} />`)}
          <${Go} word=${t("all")} whole=${t("All questions")} many=${many("all")} on=${asked === "all"} go=${() => setAsked("all")} />
        </div>`}
    </div>`;
}

/** To one of the questions. @param {{word: string, whole: string, many: number, on: boolean, go: () => void}} props */
const Go = ({word, whole, many, on, go}) => html`
  <button type="button" class="btn" aria-pressed=${on} title=${whole} onClick=${go}>${word}<span class="hidden">: ${whole},</span>
    <span class="many num">${number(many)}<span class="hidden"> ${tn("idea", "ideas", many)}</span></span></button>`;

/** @param {Scene & {asked: number | "all", phase: string}} props */
function List({asked, phase, ...scene}) {
  const {room, waiting, heard, page} = scene;
  const [limit, setLimit] = useState(PAGE);
  const ideas = all(room, "idea", newest).filter(({question}) => asked === "all" || question === asked);
  const {seen, fresh, show} = useShown(ideas, scene);
  const unsent = waiting.filter(({name, payload}) => name === "idea.post" && (asked === "all" || payload.question === asked)).reverse();
  const reveal = () => {
    show();
    document.querySelector(".list-head")?.scrollIntoView({block: "start"});
  };
  if (!seen.length && !unsent.length) return html`<${Nobody} fresh=${fresh.length} show=${show} open=${phase === "gather"} />`;
  return html`
    <div class="fresh-place">${fresh.length > 0 && html`
      <button type="button" class="fresh" onClick=${reveal}><${Icon} name="up" />${tn("{n} new", "{n} new", fresh.length)}</button>`}</div>
    <div class="list-head"><h3>${tn("{n} idea", "{n} ideas", seen.length + unsent.length)}</h3></div>
    <ul class="ideas" aria-label=${t("Ideas")}>
      ${unsent.map((act) => html`<${Unsent} key=${act.op} unsent=${act} heard=${heard} />`)}
      ${seen.slice(0, limit).map((idea) => html`<${Idea} key=${idea.id} ...${scene} page=${page} idea=${idea} phase=${phase} />`)}
    </ul>
    ${seen.length > limit && html`<button type="button" class="btn" onClick=${() => setLimit(limit + PAGE)}><${Icon} name="down" />${tn("Show {n} more", "Show {n} more", Math.min(PAGE, seen.length - limit))}</button>`}`;
}

/** @param {{fresh: number, show: () => void, open: boolean}} props */
const Nobody = ({fresh, show, open}) => (fresh
  ? html`<${Quiet} title=${t("The first ideas are here.")}>
      <button type="button" class="btn main wide" onClick=${show}><${Icon} name="up" />${tn("{n} new", "{n} new", fresh)}</button><//>`
  : html`<${Quiet} title=${open ? t("Nobody has written yet. Begin.") : t("Nobody has written here.")}>
      ${open && html`<p class="small">${t("One sentence is enough. Nobody sees who wrote it.")}</p>
        <button type="button" class="btn wide" onClick=${() => document.getElementById("idea")?.focus()}><${Icon} name="plus" />${t("Write the first idea")}</button>`}<//>`);
