// What a room thinks, after a vote on statements: three lists, and where it falls apart, a map.
import {html, useId} from "../lib/html.js";
import {number, t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {Legend, OpinionMap, letter} from "./opinion-map.js";
import {counted} from "./statements-model.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {[id: number, answer: string]} Meant */
/** @typedef {{key: string, title: string, none: string, items: Meant[]}} List */

/** The lists of a closed vote. @param {Thing} opinions @returns {List[]} */
export function listsOf(opinions) {
  const plain = (/** @type {number[]} */ ids) => ids.map((id) => /** @type {Meant} */ ([id, ""]));
  const lists = [
    {key: "agreed", title: t("Agreed by everybody"), none: t("There is nothing that everybody agrees on."), items: opinions.agreed},
    {key: "divides", title: t("Divides the room"), none: t("Nothing divides the room clearly."), items: plain(opinions.divides)},
    {key: "undecided", title: t("Nobody has decided"), none: t("There is nothing that most have passed."), items: plain(opinions.undecided)},
  ];
  if (opinions.sectors) lists.splice(1, 0, {key: "sectors", title: t("Agreed in every sector"), none: t("There is nothing that every sector agrees on."), items: opinions.sectors});
  return lists;
}

/** Why there are no groups, in a sentence. @param {Thing} opinions */
export const whyNot = ({why}) => why === "few"
  ? t("Opinion groups are shown from 20 people with 7 answers each.")
  : t("The room does not fall into clear opinion groups.");

/** Everything that came of a vote. @param {{room: Room, vote: Thing}} props */
export function Opinions({room, vote}) {
  const {opinions} = vote;
  if (!opinions) return html`<p class="note" role="status">${t("What the room thinks is being worked out.")}</p>`;
  return html`
    <div class="opinions">
      ${listsOf(opinions).map((list) => html`<${ListOf} key=${list.key} room=${room} vote=${vote} list=${list} />`)}
      <${Groups} room=${room} vote=${vote} />
      <${Everything} room=${room} vote=${vote} />
    </div>`;
}

/** @param {{room: Room, vote: Thing, list: List}} props */
const ListOf = ({room, vote, list}) => html`
  <section class="opinion-list" aria-labelledby=${`opinions-${vote.id}-${list.key}`}>
    <h3 id=${`opinions-${vote.id}-${list.key}`}>${list.title}</h3>
    ${list.items.length === 0 && html`<p class="note">${list.none}</p>`}
    <ol class="tally">${list.items.map(([id, answer]) => html`<${Line} key=${id} room=${room} vote=${vote} id=${id} answer=${answer} />`)}</ol>
  </section>`;

/** A statement with how it was answered. @param {{room: Room, vote: Thing, id: number, answer?: string}} props */
function Line({room, vote, id, answer}) {
  const said = one(room, "statement", id);
  const counts = counted(vote, id);
  if (!said || said.out) return null;
  return html`
    <li>
      <span class="words" lang=${said.lang} dir="auto">${said.text}</span>
      ${answer && html`<${Said} answer=${answer} />`}
      <${Bar} counts=${counts} />
      <p class="note num">${tn("{n} agrees", "{n} agree", counts.agree)} · ${tn("{n} disagrees", "{n} disagree", counts.disagree)} · ${tn("{n} passes", "{n} pass", counts.pass)}</p>
    </li>`;
}

/** For it or against it, as a word. @param {{answer: string}} props */
export const Said = ({answer}) => answer === "disagree" ? html`<b class="status">${t("against")}</b>` : html`<b class="status">${t("for")}</b>`;

/** Solid agrees, striped disagrees, empty passes: the figures stand beside it. @param {{counts: ReturnType<typeof counted>}} props */
export function Bar({counts}) {
  const share = (/** @type {number} */ n) => (counts.all ? (100 * n) / counts.all : 0);
  const stripes = `stripes-${useId()}`;
  return html`
    <svg class="bars opinion-bar" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true">
      <defs><pattern id=${stripes} width="1.6" height="8" patternUnits="userSpaceOnUse"><rect class="stripe" width=".8" height="8" /></pattern></defs>
      <rect class="bar-all" width="100" height="8" />
      <rect class="bar-yes" width=${share(counts.agree).toFixed(1)} height="8" />
      <rect class="bar-no" fill=${`url(#${stripes})`} x=${share(counts.agree).toFixed(1)} width=${share(counts.disagree).toFixed(1)} height="8" />
    </svg>`;
}

/** The groups: exploratory, and never who is where. @param {{room: Room, vote: Thing}} props */
function Groups({room, vote}) {
  const {opinions} = vote;
  return html`
    <section class="opinion-list" aria-labelledby=${`groups-${vote.id}`}>
      <h3 id=${`groups-${vote.id}`}>${t("Opinion groups (exploratory)")}</h3>
      ${opinions.why ? html`<p class="note">${whyNot(opinions)}</p>` : html`
        <p class="small">${t("Found by who answered alike. Nobody can see who is where, and another vote may find other groups.")}</p>
        <${OpinionMap} opinions=${opinions} />
        <${Legend} opinions=${opinions} />
        ${opinions.groups.map((/** @type {Thing} */ group, /** @type {number} */ n) => html`
          <div class="stands-for" key=${n}>
            <h4>${t("What group {letter} stands for", {letter: letter(n)})}</h4>
            <ol class="plain-list">${group.stands_for.map((/** @type {Meant} */ [id, answer]) => {
              const said = one(room, "statement", id);
              return said && !said.out && html`<li key=${id}><span class="words" lang=${said.lang} dir="auto">${said.text}</span> <${Said} answer=${answer} /></li>`;
            })}</ol>
            ${group.stands_for.length === 0 && html`<p class="note">${t("Nothing tells it clearly from the others.")}</p>`}
          </div>`)}`}
    </section>`;
}

/** Every statement, in the order of the vote. @param {{room: Room, vote: Thing}} props */
function Everything({room, vote}) {
  const ids = Object.keys(vote.result.counts).map(Number);
  return html`
    <details class="fold">
      <summary>${t("All statements ({n})", {n: number(ids.length)})}</summary>
      <ol class="tally">${ids.map((id) => html`<${Line} key=${id} room=${room} vote=${vote} id=${id} />`)}</ol>
    </details>`;
}
