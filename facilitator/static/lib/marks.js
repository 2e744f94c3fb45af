// Marks by which a text cites: [^i12] an idea, [^e3] a card of evidence, [^m4] minutes. Pure.
import {one} from "./store.js";

/** @typedef {import("./store.js").Thing} Thing */
/** @typedef {(mark: string) => Thing | undefined} Find */

const MARK = /\[\^([iem][1-9]\d{0,14})\]/g;

/** @param {"i" | "e" | "m"} letter @param {number} id */
export const markOf = (letter, id) => `[^${letter}${id}]`;

/** The marks in some texts, each once, in order: its place is its number. @param {string[]} texts @returns {string[]} */
export const marksIn = (texts) => [...new Set(texts.flatMap((text) => [...text.matchAll(MARK)].map((found) => /** @type {string} */ (found[1]))))];

/** A text cut at its marks: words and marks in turn, words first. @param {string} text */
export const cut = (text) => text.replace(/ +(?=\[\^[iem][1-9])/g, "").split(MARK);

/** A text without its marks: for what has no notes, such as a step. @param {string} text */
export const bare = (text) => cut(text).filter((_, n) => n % 2 === 0).join("");

/** A text with a number in brackets in the place of each mark, for a comparison of words. @param {string} text @param {string[]} marks */
export const numbered = (text, marks) => cut(text).map((part, n) => (n % 2 ? ` [${marks.indexOf(part) + 1}]` : part)).join("");

/** A text with a sign in the place of each mark: where what it stands for is not at hand. @param {string} text */
export const starred = (text) => cut(text).map((part, n) => (n % 2 ? "*" : part)).join("");

/** Between two figures, which would be one number without it. */
const HAIR = "\u200a";

/** A text with small figures in the place of its marks. @param {string} text @param {string[]} marks */
export const figured = (text, marks) => cut(text).map((part, n) => (n % 2 ? raised(marks.indexOf(part) + 1) : part || (n ? HAIR : ""))).join("").replace(new RegExp(`${HAIR}$`), "");

/** @param {number} number */
const raised = (number) => [...String(number)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");

/** Of which kind is what a mark stands for. @type {Record<string, string>} */
const KINDS = {i: "idea", e: "evidence", m: "minutes"};

/** What a mark stands for in a room, where everybody may see it. @param {import("./store.js").Room} room @returns {Find} */
export const finder = (room) => (mark) => one(room, KINDS[mark[0] ?? ""] ?? "", mark.slice(1));
