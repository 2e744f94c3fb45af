// What a wall is about, above everything.
import {createContext, html, useContext} from "../lib/html.js";
import {said, t} from "../lib/i18n.js";
import {here} from "../lib/store.js";

/** @typedef {import("../lib/store.js").Room} Room */

/** How many tables work on the same: only then they have numbers. */
export const Tables = createContext(1);

/** What the room is about, above everything. @param {{room: Room, title: string, lang?: string}} props */
export const Ask = ({room, title, lang}) => html`
  <div class=${isLong(title) ? "ask long" : "ask"}>
    <p dir="auto">${place(room, useContext(Tables))}</p>
    <h1 lang=${lang} dir="auto">${title}</h1>
  </div>`;

/** More than two lines of a large heading are a sentence, and set as one. @param {string} title */
export const isLong = (title) => title.length > 90;

/** "Lublin · Language and school, table 3" @param {Room} room @param {number} tables */
function place(room, tables) {
  const {title, meeting, number, sort} = here(room) ?? {};
  const name = said(title) || (sort === "plenary" ? t("Plenary") : "");
  return [meeting, tables > 1 ? t("{title}, table {n}", {title: name, n: number}) : name].filter(Boolean).join(" · ");
}

/**
 * What the step of the day is called, or the question if there is but one.
 * @param {Room} room @param {import("../lib/store.js").Thing[]} [questions]
 */
export const step = (room, questions = []) => (questions.length === 1
  ? said(questions[0]?.text)
  : said(here(room)?.agenda[here(room)?.at]?.title) || said(here(room)?.title));
