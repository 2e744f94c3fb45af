// A vote on statements on the wall: how many take part; afterwards what the room thinks, and the map.
import {html} from "../lib/html.js";
import {number, t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {Bar, listsOf, Said, whyNot} from "./opinions.js";
import {Legend, OpinionMap} from "./opinion-map.js";
import {counted, statementsOf, turnoutOf} from "./statements-model.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */

/** Statements of each list; where a map stands beside them, and where none does. */
const MOST = 2, ALONE = 4;

/** @param {{room: Room, vote: Thing, head: any}} props */
export function OnStatements({room, vote, head: Ask}) {
  return html`
    <${Ask} room=${room} title=${vote.question} lang=${vote.lang} />
    ${vote.is_open ? html`<${Under} room=${room} vote=${vote} />` : html`<${Told} room=${room} vote=${vote} />`}`;
}

/** @param {{room: Room, vote: Thing}} props */
function Under({room, vote}) {
  const {answers} = turnoutOf(room, vote);
  const statements = statementsOf(room, vote).length;
  return html`
    <div class="wall-asking">
      <p class="huge num">${number(answers)}</p>
      <p>${tn("answer so far", "answers so far", answers)}</p>
      <p class="small">${tn("One statement at a time, on your phone: agree, disagree or pass. There is {n}.", "One statement at a time, on your phone: agree, disagree or pass. There are {n}.", statements)}</p>
      <p class="small">${t("What was answered is told when the vote is closed.")}</p>
    </div>`;
}

/** @param {{room: Room, vote: Thing}} props */
function Told({room, vote}) {
  const {opinions} = vote;
  if (!opinions) return html`<p class="vote-state">${t("What the room thinks is being worked out.")}</p>`;
  const mapped = !opinions.why;
  return html`
    <div class=${mapped ? "wall-opinions" : "wall-opinions alone"}>
      ${mapped && html`
        <section class="wall-map" aria-labelledby="wall-map">
          <h2 id="wall-map">${t("Opinion groups (exploratory)")}</h2>
          <${OpinionMap} opinions=${opinions} />
          <${Legend} opinions=${opinions} />
        </section>`}
      <div class="wall-lists">
        ${listsOf(opinions).filter(({key}) => key !== "sectors" || !mapped).map((list) => html`<${Short} key=${list.key} room=${room} vote=${vote} list=${list} most=${mapped ? MOST : ALONE} />`)}
        ${!mapped && html`<p class="small">${whyNot(opinions)}</p>`}
      </div>
    </div>`;
}

/** The first of a list. @param {{room: Room, vote: Thing, list: import("./opinions.js").List, most: number}} props */
function Short({room, vote, list, most}) {
  const left = list.items.length - most;
  return html`
    <section aria-labelledby=${`wall-${list.key}`}>
      <h2 id=${`wall-${list.key}`}>${list.title}</h2>
      ${list.items.length === 0 && html`<p class="small">${list.none}</p>`}
      <ol>${list.items.slice(0, most).map(([id, answer]) => html`<${Row} key=${id} said=${one(room, "statement", id)} answer=${answer} counts=${counted(vote, id)} />`)}</ol>
      ${left > 0 && html`<p class="small">${t("and {n} more", {n: number(left)})}</p>`}
    </section>`;
}

/** @param {{said: Thing | undefined, answer: string, counts: ReturnType<typeof counted>}} props */
const Row = ({said, answer, counts}) => said && !said.out && html`
  <li>
    <p class="words" lang=${said.lang} dir="auto">${said.text}</p>
    <${Bar} counts=${counts} />
    <p class="small num">${answer && html`<${Said} answer=${answer} /> · `}${tn("{n} agrees", "{n} agree", counts.agree)} · ${tn("{n} disagrees", "{n} disagree", counts.disagree)} · ${tn("{n} passes", "{n} pass", counts.pass)}</p>
  </li>`;
