// What the ways of voting are called, what each does in one sentence, and what can be answered.
import {number, t, tn} from "../lib/i18n.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {Record<string, number>} Marks */
/** A sentence of the server with what to put in place. @typedef {[sentence: string, values: Record<string, string | number>]} Said */

/** The best score. */
export const TOP = 5;

/** @type {Record<string, {name: () => string, about: () => string}>} */
export const METHODS = {
  dots: {name: () => t("dots"), about: () => t("Everyone shares out a number of dots: shows what matters most.")},
  approval: {name: () => t("yes to any"), about: () => t("Everyone says yes to as many as they like: the quickest.")},
  score: {name: () => t("scores"), about: () => t("Everyone scores from 0 to 5, also by several criteria: shows how good each is.")},
  ranking: {name: () => t("ranking"), about: () => t("Everyone puts them in order: finds what most would choose over any other.")},
  budget: {name: () => t("budget"), about: () => t("Everyone spends the same sum on things with a price: shows what to pay for.")},
  yes_no: {name: () => t("yes or no"), about: () => t("Everyone says yes, no, or abstains: decides one question.")},
  consent: {name: () => t("consent"), about: () => t("Goes ahead unless somebody blocks it with a reason: for small groups.")},
  gradients: {name: () => t("degrees of agreement"), about: () => t("Eight degrees from full support to a veto: shows how firm an agreement is.")},
};

/** What can be answered, with a sign of its own. @type {Record<string, [answer: string, icon: string, word: () => string][]>} */
export const ANSWERS = {
  yes_no: [["yes", "yes", () => t("Yes")], ["no", "no", () => t("No")], ["abstain", "abstain", () => t("I abstain")]],
  consent: [
    ["agree", "yes", () => t("agree")], ["reservation", "reserve", () => t("agree with a reservation")],
    ["aside", "abstain", () => t("stand aside")], ["block", "no", () => t("block")],
  ],
  gradients: [
    ["endorse", "yes", () => t("full support")], ["minor_point", "yes", () => t("agree, with a minor point")],
    ["support_reserved", "reserve", () => t("support with reservations")], ["neutral", "abstain", () => t("no opinion")],
    ["discuss", "comment", () => t("needs more discussion")], ["dislike_support", "support", () => t("dislike it, will support it")],
    ["disagree", "warn", () => t("serious disagreement")], ["veto", "no", () => t("veto")],
  ],
};

/** The answers that need a reason. */
export const REASONED = ["reservation", "block", "veto"];

/** @param {string} answer */
export const answerWord = (answer) => Object.values(ANSWERS).flat().find(([name]) => name === answer)?.[2]() ?? answer;

/** A sentence of the server in the language of the reader. @param {Said} said */
export const told = ([sentence, values]) => t(sentence, values);

/** How one votes, in a few words. @param {Thing} ballot */
export function how({method, options}) {
  switch (method) {
    case "dots": return tn("{n} dot each", "{n} dots each", options.dots);
    case "approval": return t("as many as you like");
    case "score": return t("scores from 0 to {top}", {top: TOP});
    case "ranking": return t("in order, best first");
    case "budget": return t("{sum} to spend", {sum: number(options.sum)});
    default: return METHODS[method]?.name() ?? "";
  }
}

/** When it carries, in the words of its rule. @param {Thing} ballot */
export const ruleWords = (ballot) => (ballot.rule?.said ?? []).map(told).join(" ");

/** A figure of a result as people read it. @param {Thing} ballot @param {number} figure */
export const figure = (ballot, figure) => (ballot.method === "score" ? number(figure, {minimumFractionDigits: 1, maximumFractionDigits: 2}) : number(figure));

/** What a figure counts. @param {Thing} ballot @param {number} n */
export function unit({method}, n) {
  if (method === "score") return t("of {top} on average", {top: TOP});
  if (method === "ranking") return t("points");
  return tn("vote", "votes", n);
}

/** The answers for, against, and neither. @type {Record<string, {yes: string[], no: string[], abstain: string[]}>} */
const SIDES = {
  yes_no: {yes: ["yes"], no: ["no"], abstain: ["abstain"]},
  consent: {yes: ["agree", "reservation"], no: ["block"], abstain: ["aside"]},
  gradients: {yes: ["endorse", "minor_point", "support_reserved"], no: ["disagree", "veto"], abstain: ["neutral", "discuss", "dislike_support"]},
};

/** How many are for, against, and neither. @param {Thing} ballot @param {Marks} counts */
export function sides({method}, counts) {
  const {yes, no, abstain} = SIDES[method] ?? {yes: [], no: [], abstain: []};
  const sum = (/** @type {string[]} */ answers) => answers.reduce((all, answer) => all + (counts[answer] ?? 0), 0);
  return {yes: sum(yes), no: sum(no), abstain: sum(abstain)};
}

/** How many are in favour. @param {Thing} ballot @param {Marks} counts */
export const favour = (ballot, counts) => ballot.result?.favour ?? sides(ballot, counts).yes;
