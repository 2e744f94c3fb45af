// A phone is asked one statement at a time: three large buttons, a swipe as an extra, and a way back.
import {html, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {firstTap} from "./scene.js";
import {answersOf, queue, statementsOf, wantsMore} from "./statements-model.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./statements-model.js").Answer} Answer */

/** In the order of the buttons: a swipe to a side means what stands there. @type {[Answer, string, () => string][]} */
export const ANSWERS = [
  ["disagree", "no", () => t("Disagree")],
  ["pass", "abstain", () => t("Pass")],
  ["agree", "yes", () => t("Agree")],
];

/** Pixels of a swipe: across at least, along the page at most. */
const ACROSS = 90, ALONG = 70;

/** What a move of a finger means. @param {number} dx @param {number} dy @returns {Answer | null} */
export function meant(dx, dy) {
  if (Math.abs(dy) > ALONG || Math.abs(dx) < ACROSS) return null;
  return dx > 0 ? "agree" : "disagree";
}

/** An order of one's own, so that not everybody begins with the same. @returns {(id: number) => number} */
function useRank() {
  const ranks = useRef(/** @type {Map<number, number>} */ (new Map()));
  return (id) => {
    if (!ranks.current.has(id)) ranks.current.set(id, Math.random());
    return /** @type {number} */ (ranks.current.get(id));
  };
}

/** @param {Scene & {vote: Thing}} props */
export function Asking({vote, act, ...scene}) {
  const {room, mine, locked} = scene;
  const rank = useRank();
  // What was answered here, the last at the end; and what somebody has gone back to.
  const [past, setPast] = useState(/** @type {number[]} */ ([]));
  const [again, setAgain] = useState(/** @type {number | null} */ (null));
  const statements = statementsOf(room, vote);
  const answers = answersOf(scene);
  const waiting = queue(statements, answers, mine.next ?? [], rank);
  const shown = again !== null && waiting.includes(again) ? again : waiting[0];
  const asked = shown === undefined ? undefined : one(room, "statement", shown);
  const say = (/** @type {Answer} */ answer) => {
    if (!asked || locked) return;
    void act("statements.vote", {statement: asked.id, answer, more: wantsMore({...answers, [asked.id]: 0}, mine.next ?? [])});
    setPast([...past.filter((id) => id !== asked.id), asked.id]);
    setAgain(null);
  };
  const undo = () => {
    const last = past.at(-1);
    if (last === undefined) return;
    void act("statements.vote", {statement: last, answer: null, more: false});
    setPast(past.slice(0, -1));
    setAgain(last);
  };
  return html`
    <div class="asking">
      <${Progress} done=${statements.length - waiting.length} all=${statements.length} />
      ${asked ? html`<${Card} asked=${asked} say=${say} locked=${locked} />` : html`<${Done} />`}
      <button type="button" class="act" disabled=${!past.length || locked} onClick=${firstTap(undo)}><${Icon} name="undo" />${t("Take the last answer back")}</button>
      <p class="note">${t("You can stop at any time. Until the vote is closed nobody sees an answer, and then nobody can tie one to you.")}</p>
    </div>`;
}

/** @param {{done: number, all: number}} props */
const Progress = ({done, all}) => html`
  <div class="asked-of">
    <p class="note num">${t("{n} of {total} answered", {n: number(done), total: number(all)})}</p>
    <svg class="bars" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="8" /><rect class="bar-yes" width=${(all ? (100 * done) / all : 0).toFixed(1)} height="8" /></svg>
  </div>`;

/** @param {{asked: Thing, say: (answer: Answer) => void, locked?: boolean}} props */
function Card({asked, say, locked}) {
  const swipe = useSwipe(say);
  return html`
    <div class="card-room" ...${swipe}>
      <blockquote class="statement words" lang=${asked.lang} dir="auto" aria-live="polite" aria-atomic="true">${asked.text}</blockquote>
    </div>
    <div class="says" role="group" aria-label=${t("Your answer")}>
      ${ANSWERS.map(([answer, icon, word]) => html`
        <button key=${answer} type="button" class="btn" disabled=${locked} onClick=${firstTap(() => say(answer))}><${Icon} name=${icon} />${word()}</button>`)}
    </div>`;
}

/** @param {(answer: Answer) => void} say */
function useSwipe(say) {
  const begun = useRef(/** @type {{x: number, y: number} | null} */ (null));
  const show = (/** @type {PointerEvent} */ event, /** @type {number} */ dx, /** @type {Answer | null} */ answer) => {
    const place = /** @type {HTMLElement} */ (event.currentTarget);
    place.style.setProperty("--dx", `${Math.round(dx / 2)}px`);
    place.dataset.meant = answer ?? "";
  };
  const moved = (/** @type {PointerEvent} */ event) => begun.current && {dx: event.clientX - begun.current.x, dy: event.clientY - begun.current.y};
  const end = (/** @type {PointerEvent} */ event, /** @type {boolean} */ done) => {
    const way = moved(event);
    begun.current = null;
    if (!way) return;
    show(event, 0, null);
    const answer = meant(way.dx, way.dy);
    if (done && answer) say(answer);
  };
  return {
    onPointerDown: (/** @type {PointerEvent} */ event) => {
      if (event.pointerType !== "mouse") begun.current = {x: event.clientX, y: event.clientY};
    },
    onPointerMove: (/** @type {PointerEvent} */ event) => {
      const way = moved(event);
      if (way) show(event, way.dx, meant(way.dx, way.dy));
    },
    onPointerUp: (/** @type {PointerEvent} */ event) => end(event, true),
    onPointerCancel: (/** @type {PointerEvent} */ event) => end(event, false),
  };
}

const Done = () => html`
  <div class="lull" role="status"><h3>${t("You have answered everything. Thank you.")}</h3>
    <p class="small">${t("New statements appear here by themselves.")}</p></div>`;

/** How many have answered, in words. @param {{voters: number, answers: number}} turnout */
export const turnoutWords = ({voters, answers}) =>
  `${tn("{n} has voted", "{n} have voted", voters)} · ${tn("{n} answer", "{n} answers", answers)}`;
