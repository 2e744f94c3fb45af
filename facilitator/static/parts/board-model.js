// What the board shows of a room: chosen, counted and put in order. Pure.
import {said, t} from "../lib/i18n.js";
import {all, byPosition, here, one} from "../lib/store.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {{id: number, sort: string, text: string, lang: string}} Said */
/** @typedef {{key: string, title: string, lang?: string, ideas: Said[], backed: number}} Column */

/** @type {Record<string, () => string>} */
const KINDS = {
  need: () => t("Needs"),
  problem: () => t("Problems"),
  solution: () => t("Solutions"),
  practice: () => t("Good practice"),
  question: () => t("Questions"),
};

/** How many support an idea. @param {Room} room @param {number} id */
const seats = (room, id) => one(room, "echo", id)?.seats ?? 0;

/** @param {Room} room @param {Thing[]} ideas @param {string} key @param {string} title @param {string} [lang] @returns {Column} */
const column = (room, ideas, key, title, lang) => ({
  key,
  title,
  lang,
  ideas: /** @type {Said[]} */ (ideas),
  backed: ideas.reduce((sum, idea) => sum + seats(room, idea.id), 0),
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
  const backed = (/** @type {Thing} */ a, /** @type {Thing} */ b) => seats(room, b.id) - seats(room, a.id) || a.id - b.id;
  const ideas = all(room, "idea", backed);
  const themes = all(room, "theme", byPosition);
  if (!themes.length) return {columns: byKind(room, ideas), loose: 0};
  const columns = themes.map((theme) =>
    column(room, ideas.filter((idea) => idea.theme === theme.id), `t${theme.id}`, theme.title, theme.lang));
  return {columns, loose: ideas.filter((idea) => !one(room, "theme", idea.theme)).length};
}

/** @typedef {{id: number, label: string, lang: string, votes: number | null, share: number, top: boolean}} Row */
/**
 * A ballot as a hall may see it: what was said of each choice, and no more than that.
 * @typedef {{ballot: Thing, open: boolean, voters: number, rows: Row[], told: boolean}} Vote
 */

/** The ballot under way, else the last that was closed. @param {Room} room @param {boolean} adoption @returns {Thing | undefined} */
export function ballotShown(room, adoption) {
  const asked = all(room, "ballot").filter((ballot) => (ballot.method === "yes_no") === adoption).reverse();
  return asked.find((ballot) => ballot.is_open) ?? asked[0];
}

/**
 * The choices with their votes. While it is open nothing changes its place.
 * @param {Room} room @param {Thing} ballot @returns {Vote}
 */
export function vote(room, ballot) {
  const told = ballot.result ?? one(room, "tally", ballot.id) ?? {voters: 0, counts: null};
  const counts = told.counts;
  const most = Math.max(0, ...Object.values(counts ?? {}));
  const rows = ballot.choices.map((/** @type {Thing} */ choice) => {
    const votes = counts ? counts[choice.id] ?? 0 : null;
    return {id: choice.id, label: choice.label, lang: choice.lang, votes, share: most ? (votes ?? 0) / most : 0, top: !ballot.is_open && most > 0 && votes === most};
  });
  if (!ballot.is_open) rows.sort((/** @type {Row} */ a, /** @type {Row} */ b) => (b.votes ?? 0) - (a.votes ?? 0));
  return {ballot, open: ballot.is_open, voters: told.voters, rows, told: counts !== null};
}

/** For, against and abstained, and the share of all papers that is for. @param {Room} room @param {Thing} ballot */
export function adoption(room, ballot) {
  const told = ballot.result ?? one(room, "tally", ballot.id) ?? {voters: 0, counts: null};
  const {yes = 0, no = 0, abstain = 0} = told.counts ?? {};
  return {yes, no, abstain, voters: told.voters, told: told.counts !== null, share: told.voters ? yes / told.voters : 0};
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
