// The ideas of a room, and the gathering of them.
import {html, useEffect, useState} from "../lib/html.js";
import {number, said, t, tn} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";
import {stepOf, stepTitle} from "./agenda.js";
import {Composer, useJotted} from "./composer.js";
import {Instead} from "./composer-similar.js";
import {Stage} from "./frame.js";
import {IdeaList} from "./idea-list.js";
import {Refusals} from "./states.js";
import {Veil} from "./veil.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Which sub-question is being talked about: one of them, or "all". @param {Scene["room"]} room @param {Scene["goal"]} goal */
function useQuestion(room, goal) {
  const questions = /** @type {Thing[]} */ (here(room)?.questions ?? []);
  const [chosen, setChosen] = useState(/** @type {number | "all"} */ (questions[0]?.id ?? "all"));
  useEffect(() => {
    if (goal?.kind === "idea") setChosen(one(room, "idea", goal.id)?.question ?? "all");
  }, [goal]);
  const known = questions.some(({id}) => id === chosen);
  return {questions, asked: known ? chosen : "all", setAsked: setChosen};
}

/** Ideas, and while they are gathered a place to write them. @param {Scene} scene */
export function Ideas(scene) {
  const {room, page, act, leading, refused, dismiss, locked} = scene;
  const phase = here(room)?.phase;
  const {questions, asked, setAsked} = useQuestion(room, scene.goal);
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
  const foot = open && html`
    ${!leading && html`<${Instead} ...${scene} text=${text} write=${write} />`}
    <${Composer} act=${post} question=${asked === "all" ? null : asked} text=${text} write=${write} sort=${sort} setSort=${setSort} leading=${leading} locked=${locked} />`;
  return html`
    <${Stage} ...${scene} foot=${foot}>
      <${Question} room=${room} questions=${questions} asked=${asked} setAsked=${setAsked} />
      <${Refusals} refused=${refused} dismiss=${dismiss} again=${open ? again : undefined} />
      <${Veil} room=${room} />
      <${IdeaList} key=${asked} ...${scene} asked=${asked} phase=${phase} />
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
