// Papers with a row for each choice: dots by plus and minus, yes to any, and what the money buys.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t} from "../lib/i18n.js";
import {labelOf, marked, spent} from "./paper.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./papers.js").ControlProps} ControlProps */

/** @param {ControlProps} props */
export function Dots({ballot, marks, set, note}) {
  const left = ballot.options.dots - spent(marks);
  return html`<ul class="ballot">${ballot.choices.map((/** @type {Thing} */ choice) => {
    const n = marks[choice.id] ?? 0;
    return html`
      <li key=${choice.id} class=${n ? "choice given" : "choice"}>
        <h3 class="words" lang=${choice.lang} dir="auto">${labelOf(choice)}</h3>
        <div class="stepper" role="group" aria-label=${labelOf(choice)}>
          <button type="button" class="btn" disabled=${n <= 0} aria-label=${t("One dot less: {choice}", {choice: labelOf(choice)})} onClick=${() => set(marked(marks, choice.id, n - 1))}><${Icon} name="minus" /></button>
          <output aria-label=${t("Your dots")}>${n}</output>
          <button type="button" class="btn" disabled=${left <= 0} aria-label=${t("One dot more: {choice}", {choice: labelOf(choice)})} onClick=${() => set(marked(marks, choice.id, n + 1))}><${Icon} name="plus" /></button>
        </div>
        <p class="note">${note(choice)}</p>
      </li>`;
  })}</ul>`;
}

/** @param {ControlProps} props */
export const Ticks = ({ballot, marks, set, note}) => html`
  <ul class="ballot">${ballot.choices.map((/** @type {Thing} */ choice) => html`
    <${Tick} key=${choice.id} choice=${choice} on=${Boolean(marks[choice.id])} label=${t("I am for it: {choice}", {choice: labelOf(choice)})}
      flip=${() => set(marked(marks, choice.id, marks[choice.id] ? 0 : 1))} note=${note(choice)} />`)}</ul>`;

/** @param {ControlProps} props */
export function Basket({ballot, marks, set}) {
  const {prices, sum: money} = ballot.options;
  const left = money - Object.keys(marks).reduce((all, choice) => all + prices[choice], 0);
  return html`
    <ul class="ballot">${ballot.choices.map((/** @type {Thing} */ choice) => {
      const price = prices[choice.id], on = Boolean(marks[choice.id]);
      return html`
        <${Tick} key=${choice.id} choice=${choice} on=${on} closed=${!on && price > left} label=${t("Buy for {price}: {choice}", {price: number(price), choice: labelOf(choice)})}
          flip=${() => set(marked(marks, choice.id, on ? 0 : 1))}
          note=${!on && price > left ? t("{price}: more than is left", {price: number(price)}) : t("costs {price}", {price: number(price)})} />`;
    })}</ul>`;
}

/** @param {{choice: Thing, on: boolean, closed?: boolean, label: string, flip: () => void, note: any}} props */
const Tick = ({choice, on, closed = false, label, flip, note}) => html`
  <li class=${on ? "choice given" : "choice"}>
    <h3 class="words" lang=${choice.lang} dir="auto">${labelOf(choice)}</h3>
    <button type="button" class="act approve" aria-pressed=${on} disabled=${closed} aria-label=${label} onClick=${flip}>
      <span class="tick"><${Icon} name="support" /></span></button>
    <p class="note">${note}</p>
  </li>`;
