// What the board shows of a room: chosen, counted and put in order. Pure.
import {said, t} from "../lib/i18n.js";
import {all, byPosition, here, one} from "../lib/store.js";
import {lit} from "./light.js";
import {ANSWERS, answerWord, favour, sides, TOP} from "./methods.js";
import {labelOf} from "./paper.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {{id: number, sort: string, text: string, lang: string}} Said */
/**
 * `backed`: marks of support; of a theme it is people, each counted once.
 * @typedef {{key: string, title: string, lang?: string, ideas: Said[], backed: number, people?: boolean}} Column
 */

/** @type {Record<string, () => string>} */
const KINDS = {
  need: () => t("Needs"),
  problem: () => t("Problems"),
  solution: () => t("Solutions"),
  practice: () => t("Good practice"),
  question: () => t("Questions"),
};

/** How many support an idea. @param {Room} room @param {number} id */
export const backing = (room, id) => one(room, "echo", id)?.seats ?? 0;

/** @param {Room} room @param {Thing[]} ideas @param {string} key @param {string} title @param {string} [lang] @returns {Column} */
const column = (room, ideas, key, title, lang) => ({
  key,
  title,
  lang,
  ideas: /** @type {Said[]} */ (ideas),
  backed: ideas.reduce((sum, idea) => sum + backing(room, idea.id), 0),
});

/** The newest first: people look for what they have just sent. @param {Thing} a @param {Thing} b */
const newest = (a, b) => b.id - a.id;

/**
 * Columns of the gathering: a question each; without questions, a kind of idea each.
 * @param {Room} room @returns {Column[]}
 */
export function gathered(room) {
  const ideas = all(room, "idea", newest);
  const questions = here(room)?.questions ?? [];
  if (questions.length < 2) return byKind(room, ideas);
  const known = new Set(questions.map((/** @type {Thing} */ question) => question.id));
  const loose = ideas.filter((idea) => !known.has(idea.question));
  const columns = questions.map((/** @type {Thing} */ question) =>
    column(room, ideas.filter((idea) => idea.question === question.id), `q${question.id}`, said(question.text)));
  return loose.length ? [...columns, column(room, loose, "loose", t("Beyond the questions"))] : columns;
}

/** @param {Room} room @param {Thing[]} ideas */
const byKind = (room, ideas) => Object.entries(KINDS)
  .map(([sort, title]) => column(room, ideas.filter((idea) => idea.sort === sort), sort, title()))
  .filter(({ideas: found}) => found.length > 0);

/**
 * The grouping: a column for each theme, what has most support first in each; and what is in none.
 * Before the first theme the ideas stand by kind.
 * @param {Room} room @returns {{columns: Column[], loose: number}}
 */
export function grouped(room) {
  const backed = (/** @type {Thing} */ a, /** @type {Thing} */ b) => backing(room, b.id) - backing(room, a.id) || a.id - b.id;
  const ideas = all(room, "idea", backed);
  const themes = all(room, "theme", byPosition).filter(({aside}) => !aside);
  if (!themes.length) return {columns: byKind(room, ideas), loose: 0};
  const columns = themes.map((theme) => ({
    ...column(room, ideas.filter((idea) => idea.theme === theme.id), `t${theme.id}`, theme.title, theme.lang),
    backed: one(room, "backing", theme.id)?.seats ?? 0,
    people: true,
  }));
  return {columns, loose: ideas.filter((idea) => !one(room, "theme", idea.theme)).length};
}

/** @typedef {{id: number | string, label: string, lang?: string, votes: number | null, share: number, top: boolean, tied: boolean}} Row */
/**
 * A ballot as a hall may see it: what was said of each choice, and no more than that.
 * @typedef {{ballot: Thing, open: boolean, voters: number, rows: Row[], told: boolean}} Vote
 */

/** The ballot under way, else the last that was closed. @param {Room} room @param {boolean} adoption @returns {Thing | undefined} */
export function ballotShown(room, adoption) {
  const asked = all(room, "ballot").filter((ballot) => (ballot.recommendation !== null || Boolean(ballot.whole)) === adoption).reverse();
  return asked.find((ballot) => ballot.is_open) ?? asked[0];
}

/**
 * The choices or answers with their figures. While it is open nothing changes its place; answers
 * never do.
 * @param {Room} room @param {Thing} ballot @returns {Vote}
 */
export function vote(room, ballot) {
  const told = ballot.result ?? one(room, "tally", ballot.id) ?? {voters: 0, counts: null};
  const {counts, order} = told;
  const whole = wholeOf(ballot, told);
  const rows = printed(ballot).map(({id, label, lang}) => {
    const votes = counts ? counts[id] ?? 0 : null;
    return {id, label, lang, votes, share: whole ? (votes ?? 0) / whole : 0, top: !ballot.is_open && isTop(ballot, told, String(id)), tied: !ballot.is_open && isTied(told, String(id))};
  });
  const place = (/** @type {Row} */ row) => order?.length ? order.findIndex((/** @type {string[]} */ tied) => tied.includes(String(row.id))) : -(row.votes ?? 0);
  if (!ballot.is_open && ballot.choices.length) rows.sort((a, b) => place(a) - place(b));
  return {ballot, open: ballot.is_open, voters: told.voters, rows, told: counts !== null};
}

/** What stands on the paper. @param {Thing} ballot @returns {{id: any, label: string, lang?: string}[]} */
const printed = ({method, choices}) => (choices.length ? choices.map((/** @type {Thing} */ choice) => ({...choice, label: labelOf(choice)}))
  : (ANSWERS[method] ?? []).map(([answer]) => ({id: answer, label: answerWord(answer)})));

/** What a full bar stands for. @param {Thing} ballot @param {Thing} told */
function wholeOf({method, choices}, {counts, voters}) {
  if (method === "score") return TOP;
  return choices.length ? Math.max(0, .../** @type {number[]} */ (Object.values(counts ?? {}))) : voters;
}

/** What shares the first place, or the last money, with others. @param {Thing} told @param {string} id */
const isTied = ({order, detail}, id) =>
  (detail?.tied ? detail.tied.includes(id) : order?.[0]?.length > 1 && order[0].includes(id));

/** What came first, or is paid for. @param {Thing} ballot @param {Thing} told @param {string} id */
function isTop({choices}, {counts, order, detail}, id) {
  if (!counts || !choices.length) return false;
  if (detail?.funded) return detail.funded.includes(id);
  const most = Math.max(0, .../** @type {number[]} */ (Object.values(counts)));
  return most > 0 && (order?.length ? order[0].includes(id) : counts[id] === most);
}

/** For, against and abstained, and the share of all papers that is for. @param {Room} room @param {Thing} ballot */
export function adoption(room, ballot) {
  const told = ballot.result ?? one(room, "tally", ballot.id) ?? {voters: 0, counts: null};
  const {yes = 0, no = 0, abstain = 0} = told.counts ?? {};
  return {yes, no, abstain, voters: told.voters, told: told.counts !== null, share: told.voters ? favour(ballot, told.counts ?? {}) / told.voters : 0};
}

/**
 * What a screen shows, of what, and how often its page was turned.
 * @typedef {{show: string, thing: number | null, page: number}} Shown
 */

/** What kind of thing each view is of, where it is of one. @type {Record<string, string>} */
const OF = {theme: "theme", idea: "idea", ballot: "ballot", draft: "recommendation"};

/**
 * What a screen shows now. One that follows the room keeps to what was chosen for as long as the
 * step lasts; what is gone gives way to what the room is doing.
 * @param {Room} room @param {Thing | undefined} screen @returns {Shown}
 */
export function onScreen(room, screen) {
  const auto = litOr(room, {show: "auto", thing: null, page: screen?.page ?? 0});
  if (!screen || screen.show === "auto" || (screen.follows && screen.visit !== here(room)?.visit)) return auto;
  const {show, thing, page} = screen;
  if (thing !== null && !one(room, OF[show] ?? "", thing)) return auto;
  return {show, thing, page};
}

/** What all are brought to stands on the wall as well. @param {Room} room @param {Shown} shown @returns {Shown} */
function litOr(room, shown) {
  const found = lit(room);
  const view = found && Object.keys(OF).find((name) => OF[name] === found.light.kind);
  return view ? {...shown, show: view, thing: found.thing.id} : shown;
}

/**
 * What rooms report back: a plenary has been given the slides of all, a group shows its own.
 * @param {Room} room @returns {Thing[]}
 */
export function slides(room) {
  if (here(room)?.sort === "plenary") return all(room, "slide", byPosition);
  const {id, title, number} = here(room) ?? {};
  const texts = all(room, "recommendation").filter(({status}) => status === "adopted").map((adopted) => ({
    ...adopted,
    text: beginning(one(room, "text", adopted.id), adopted.template),
    result: resultOf(room, adopted.id),
  }));
  return [{id, title, number, texts, ideas: all(room, "idea").length, themes: all(room, "theme").length}];
}

/** What is recommended, or the first section that says anything. @param {Thing | undefined} text @param {Thing[]} template */
function beginning(text, template) {
  const keys = template.map(({key}) => key);
  const first = keys.filter((key) => ["recommendation", "proposal"].includes(key));
  const found = [...first, ...keys].map((key) => text?.sections?.[key] ?? "").find((words) => words.trim()) ?? "";
  return found.replace(/\s+/g, " ").trim();
}

/** @param {Room} room @param {number} id */
function resultOf(room, id) {
  const ballot = all(room, "ballot").findLast(({recommendation, result}) => recommendation === id && result);
  if (!ballot) return null;
  return {voters: ballot.result.voters, ...sides(ballot, ballot.result.counts)};
}

/**
 * A text in pieces that a column can hold whole or leave out: paragraphs, and long ones by sentence.
 * @param {string} text @param {number} [longest] characters
 * @returns {string[]}
 */
export function pieces(text, longest = 240) {
  return text.split(/\n+/).map((line) => line.trim()).filter(Boolean)
    .flatMap((line) => (line.length <= longest ? [line] : bySentence(line, longest)));
}

/** @param {string} line @param {number} longest */
function bySentence(line, longest) {
  const sentences = line.match(/[^.!?…]+[.!?…]*\s*/g) ?? [line];
  return sentences.reduce((/** @type {string[]} */ found, sentence) => {
    const last = found.at(-1);
    if (last !== undefined && last.length + sentence.length <= longest) found[found.length - 1] = last + sentence;
    else found.push(sentence);
    return found;
  }, []).map((piece) => piece.trim()).filter(Boolean);
}

/**
 * How columns stand on a wall: up to four side by side, five and six in two rows, more page by page.
 * @param {number} count @returns {{rows: number, columns: number, perPage: number}}
 */
export function layout(count) {
  if (count === 5 || count === 6) return {rows: 2, columns: 3, perPage: 6};
  return {rows: 1, columns: Math.min(4, Math.max(1, count)), perPage: 4};
}
