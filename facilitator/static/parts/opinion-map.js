// The map of opinions: outlines of groups with letters and hatching, and where many people are.
// Never where one person is: the server tells of five and more.
import {html, useId} from "../lib/html.js";
import {t, tn} from "../lib/i18n.js";

/** @typedef {import("../lib/store.js").Thing} Thing */

/** The map is so many units wide, and so many squares. */
const SIDE = 200, SQUARES = 9;

/** Radius of a dot that stands for some, more and many people. */
const DOTS = [0, 3, 5, 8];

/** How an area of a group is hatched: one way for each. */
const HATCHES = [
  html`<path d="M0 8L8 0" />`,
  html`<circle cx="4" cy="4" r="1.2" />`,
  html`<path d="M0 4H8" />`,
  html`<path d="M0 8L8 0M0 0L8 8" />`,
  html`<path d="M4 0V8" />`,
];

/** What a group is called. @param {number} n */
export const letter = (n) => String.fromCharCode(65 + n);

/** @param {number} n how many people @param {number} group */
const words = (n, group) => tn("Group {letter}: {n} person", "Group {letter}: {n} people", n, {letter: letter(group)});

/** From -1…1 to the units of the map. @param {number} value */
const at = (value) => Math.round((value + 1) * SIDE) / 2;

/** How far an outline reaches above its middle. @param {number} along @param {number} across @param {number} turn in degrees */
const reach = (along, across, turn) =>
  (Math.hypot(along * Math.sin((turn * Math.PI) / 180), across * Math.cos((turn * Math.PI) / 180)) * SIDE) / 2;

/** @param {{name: string}} props */
const Hatches = ({name}) => html`<defs>${HATCHES.map((lines, n) => html`
  <pattern key=${n} id=${`${name}-${n}`} class="hatch" width="8" height="8" patternUnits="userSpaceOnUse">${lines}</pattern>`)}</defs>`;

/** @param {{opinions: Thing}} props */
export function OpinionMap({opinions}) {
  const name = `hatch-${useId()}`;
  const label = opinions.groups.map((/** @type {Thing} */ {size}, /** @type {number} */ n) => words(size, n)).join(", ");
  return html`
    <svg class="opinion-map" viewBox="-30 -42 260 272" role="img" aria-label=${t("Map of opinions. {groups}. Who stands close has answered alike.", {groups: label})}>
      <${Hatches} name=${name} />
      ${opinions.groups.map((/** @type {Thing} */ {outline: [x, y, along, across, turn]}, /** @type {number} */ n) => html`
        <ellipse key=${n} class=${`group-area t${n + 1}`} cx=${at(x)} cy=${at(-y)} rx=${(along * SIDE) / 2} ry=${(across * SIDE) / 2} transform=${`rotate(${-turn} ${at(x)} ${at(-y)})`} fill=${`url(#${name}-${n})`} />`)}
      ${opinions.places.map((/** @type {[number, number, number]} */ [x, y, step]) => html`
        <circle key=${`${x} ${y}`} class="many" cx=${((x + 0.5) * SIDE) / SQUARES} cy=${SIDE - ((y + 0.5) * SIDE) / SQUARES} r=${DOTS[step]} />`)}
      ${opinions.groups.map((/** @type {Thing} */ {outline: [x, y, along, across, turn]}, /** @type {number} */ n) => html`
        <text key=${n} class="group-letter" x=${at(x)} y=${at(-y) - reach(along, across, turn) - 5} text-anchor="middle">${letter(n)}</text>`)}
    </svg>`;
}

/** What letters, hatches and dots mean. @param {{opinions: Thing}} props */
export function Legend({opinions}) {
  const name = `key-${useId()}`;
  return html`
    <ul class="opinion-legend">
      ${opinions.groups.map((/** @type {Thing} */ {size}, /** @type {number} */ n) => html`
        <li key=${n}><svg viewBox="0 0 24 16" aria-hidden="true">${n === 0 && html`<${Hatches} name=${name} />`}<rect class=${`group-area t${n + 1}`} x="1" y="1" width="22" height="14" rx="3" fill=${`url(#${name}-${n})`} /></svg>
          ${words(size, n)}</li>`)}
      <li><svg viewBox="0 0 24 16" aria-hidden="true"><circle class="many" cx="12" cy="8" r="3" /></svg>${t("5 to 9 people")}</li>
      <li><svg viewBox="0 0 24 16" aria-hidden="true"><circle class="many" cx="12" cy="8" r="5" /></svg>${t("10 to 19")}</li>
      <li><svg viewBox="0 0 24 16" aria-hidden="true"><circle class="many" cx="12" cy="8" r="7.5" /></svg>${t("20 and more")}</li>
    </ul>`;
}
