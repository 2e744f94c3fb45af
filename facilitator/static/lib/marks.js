// Marks by which a text cites: [^i12] an idea, [^e3] a card of evidence. Pure.
import {one} from "./store.js";

/** @typedef {import("./store.js").Thing} Thing */
/** @typedef {(mark: string) => Thing | undefined} Find */

const MARK = /\[\^([ie][1-9]\d{0,14})\]/g;

/** @param {"i" | "e"} letter @param {number} id */
export const markOf = (letter, id) => `[^${letter}${id}]`;

/** The marks in some texts, each once, in order: its place is its number. @param {string[]} texts @returns {string[]} */
export const marksIn = (texts) => [...new Set(texts.flatMap((text) => [...text.matchAll(MARK)].map((found) => /** @type {string} */ (found[1]))))];

/** A text cut at its marks: words and marks in turn, words first. @param {string} text */
export const cut = (text) => text.replace(/ +(?=\[\^[ie][1-9])/g, "").split(MARK);

/** A text without its marks: for what has no notes, such as a step. @param {string} text */
export const bare = (text) => cut(text).filter((_, n) => n % 2 === 0).join("");

/** Between two figures, which would be one number without it. */
const HAIR = "\u200a";

/** A text with small figures in the place of its marks. @param {string} text @param {string[]} marks */
export const figured = (text, marks) => cut(text).map((part, n) => (n % 2 ? raised(marks.indexOf(part) + 1) : part || (n ? HAIR : ""))).join("").replace(new RegExp(`${HAIR}$`), "");

/** @param {number} number */
const raised = (number) => [...String(number)].map((digit) => "⁰¹²³⁴⁵⁶⁷⁸⁹"[Number(digit)]).join("");

/** What a mark stands for in a room, where everybody may see it. @param {import("./store.js").Room} room @returns {Find} */
export const finder = (room) => (mark) => one(room, mark.startsWith("i") ? "idea" : "evidence", mark.slice(1));
