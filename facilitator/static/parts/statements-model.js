// What a statement vote says, and which statement comes next on this phone. Pure.
import {all, one} from "../lib/store.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {"agree" | "disagree" | "pass"} Answer */
/** @typedef {Record<string, number>} Answers */

/** @type {Record<Answer, number>} */
const MARKS = {agree: 1, pass: 0, disagree: -1};

/** Statements that are still on hand when more are asked for. */
const FEW = 4;

/** The vote under way, else the last there was. @param {Room} room @returns {Thing | undefined} */
export function voteOf(room) {
  const votes = all(room, "statement_vote").reverse();
  return votes.find((vote) => vote.is_open) ?? votes[0];
}

/** What can be answered, in the order of the vote. @param {Room} room @param {Thing} vote */
export const statementsOf = (room, vote) =>
  all(room, "statement", (a, b) => a.number - b.number).filter((said) => said.vote === vote.id && !said.out);

/** One's own answers once everything is sent. @param {Pick<Scene, "mine" | "waiting">} scene @returns {Answers} */
export function answersOf({mine, waiting}) {
  const answers = {...mine.answers};
  for (const {name, payload} of waiting) {
    if (name === "statements.vote") set(answers, payload.statement, payload.answer);
  }
  return answers;
}

/** @param {Answers} answers @param {number} statement @param {Answer | null} answer */
export function set(answers, statement, answer) {
  if (answer === null) delete answers[statement];
  else answers[statement] = MARKS[answer];
}

/**
 * What is still to be answered: first what the server has drawn for this seat, then the others, by
 * an order of one's own.
 * @param {Thing[]} statements @param {Answers} answers @param {number[]} drawn @param {(id: number) => number} rank
 * @returns {number[]}
 */
export function queue(statements, answers, drawn, rank) {
  const left = new Set(statements.map(({id}) => id).filter((id) => answers[id] === undefined));
  const first = drawn.filter((id) => left.has(id));
  const rest = [...left].filter((id) => !first.includes(id)).sort((a, b) => rank(a) - rank(b));
  return [...first, ...rest];
}

/** Whether the server should draw more. @param {Answers} answers @param {number[]} drawn */
export const wantsMore = (answers, drawn) => drawn.filter((id) => answers[id] === undefined).length < FEW;

/** How a closed vote counted a statement. @param {Thing} vote @param {number} id @returns {{agree: number, disagree: number, pass: number, all: number}} */
export function counted(vote, id) {
  const [agree = 0, disagree = 0, pass = 0] = vote.result?.counts[id] ?? [];
  return {agree, disagree, pass, all: agree + disagree + pass};
}

/**
 * The statement vote that the wall shows: one that is open, or the last thing that was voted on.
 * @param {Room} room @param {Thing | undefined} ballot the ballot it would show otherwise
 * @returns {Thing | undefined}
 */
export function voteShown(room, ballot) {
  const vote = voteOf(room);
  if (!vote || (ballot?.is_open && !vote.is_open)) return undefined;
  if (vote.is_open && !ballot?.is_open) return vote;
  return (ballot?.opened_at ?? "") < vote.opened_at ? vote : undefined;
}

/** How many have answered, and how often. @param {Room} room @param {Thing} vote @returns {{voters: number, answers: number}} */
export function turnoutOf(room, vote) {
  const {voters = 0, answers = 0} = vote.result ?? one(room, "turnout", vote.id) ?? {};
  return {voters, answers};
}
