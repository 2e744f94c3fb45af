// A paper that puts choices in order: a tap gives the next place, arrows change it. Nothing moves
// under the finger: the numbers change, and the order is read below.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {labelOf} from "./paper.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./methods.js").Marks} Marks */
/** @typedef {import("./papers.js").ControlProps} ControlProps */

/** What is in order, best first. @param {Marks} marks */
export const inOrder = (marks) => Object.keys(marks).sort((a, b) => (marks[a] ?? 0) - (marks[b] ?? 0));

/** @param {string[]} order @returns {Marks} */
const ranked = (order) => Object.fromEntries(order.map((choice, place) => [choice, place + 1]));

/** The next place for what has none; what has one gives it up. @param {Marks} marks @param {string} choice @returns {Marks} */
export function tapped(marks, choice) {
  const order = inOrder(marks);
  return ranked(order.includes(choice) ? order.filter((other) => other !== choice) : [...order, choice]);
}

/** One place up (-1) or down (+1). @param {Marks} marks @param {string} choice @param {number} by @returns {Marks} */
export function shifted(marks, choice, by) {
  const order = inOrder(marks).filter((other) => other !== choice);
  order.splice((marks[choice] ?? 1) - 1 + by, 0, choice);
  return ranked(order);
}

/** @param {ControlProps} props */
export function Order({ballot, marks, set}) {
  const order = inOrder(marks);
  const named = (/** @type {string} */ id) => ballot.choices.find((/** @type {Thing} */ choice) => String(choice.id) === id);
  return html`
    <p class="small">${t("Tap them in the order you like, the best first.")}</p>
    <ul class="ballot">${ballot.choices.map((/** @type {Thing} */ choice) => html`
      <${Row} key=${choice.id} choice=${choice} place=${marks[choice.id] ?? 0} last=${order.length}
        tap=${() => set(tapped(marks, String(choice.id)))} shift=${(/** @type {number} */ by) => set(shifted(marks, String(choice.id), by))} />`)}</ul>
    ${order.length > 0 && html`
      <section class="your-order" aria-label=${t("Your order")} aria-live="polite">
        <ol>${order.map((id) => html`<li key=${id} class="words" lang=${named(id)?.lang} dir="auto">${labelOf(named(id) ?? {})}</li>`)}</ol>
      </section>`}`;
}

/** @param {{choice: Thing, place: number, last: number, tap: () => void, shift: (by: number) => void}} props */
const Row = ({choice, place, last, tap, shift}) => html`
  <li class=${place ? "choice given placed" : "choice placed"}>
    <button type="button" class="btn place num" aria-pressed=${place > 0} onClick=${tap}
      aria-label=${place ? t("Place {n}, tap to take it out: {choice}", {n: place, choice: labelOf(choice)}) : t("Give it the next place: {choice}", {choice: labelOf(choice)})}>${place || html`<${Icon} name="plus" />`}</button>
    <h3 class="words" lang=${choice.lang} dir="auto">${labelOf(choice)}</h3>
    <div class="shift" role="group" aria-label=${labelOf(choice)}>
      <button type="button" class="btn" disabled=${place < 2} aria-label=${t("One place up: {choice}", {choice: labelOf(choice)})} onClick=${() => shift(-1)}><${Icon} name="up" /></button>
      <button type="button" class="btn" disabled=${!place || place === last} aria-label=${t("One place down: {choice}", {choice: labelOf(choice)})} onClick=${() => shift(1)}><${Icon} name="down" /></button>
    </div>
  </li>`;
