// What a vote says of a recommendation: the one that is open, and what came of those that were held.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {ShowOfHands} from "./lead-show.js";
import {ruleWords} from "./methods.js";
import {Turnout, Verdict} from "./results.js";
import {Closing, Voting} from "./votes.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** The newest vote on a recommendation. @param {Scene & {recommendation: Thing, ballot: Thing}} props */
export function Adoption({recommendation, ballot, ...scene}) {
  if (ballot.is_open) return html`<${Open} ...${scene} ballot=${ballot} />`;
  if (recommendation.status === "draft") return html`<${Earlier} room=${scene.room} ballot=${ballot} title=${recommendation.title} />`;
  return html`<${Verdict} room=${scene.room} ballot=${ballot} /><${Closing} ...${scene} ballot=${ballot} />`;
}

/** The vote on a text that was opened again since. @param {{room: Scene["room"], ballot: Thing, title: string}} props */
const Earlier = ({room, ballot, title}) => html`
  <details class="fold">
    <summary><${Icon} name="history" />${t("A vote about an earlier wording")}<span class="hidden">: ${title}</span></summary>
    <${Verdict} room=${room} ballot=${ballot} />
  </details>`;

/** @param {Scene & {ballot: Thing}} props */
function Open({ballot, ...scene}) {
  const {room, leading, act} = scene;
  return html`
    <div class="adoption">
      <p class="row"><b><${Turnout} room=${room} ballot=${ballot} /></b></p>
      ${ruleWords(ballot) && html`<p class="small">${ruleWords(ballot)}</p>`}
      ${leading
        ? html`<${Verdict} room=${room} ballot=${ballot} />
          <div class="row"><button type="button" class="btn" onClick=${() => act("ballot.close", {ballot: ballot.id})}><${Icon} name="lock" />${t("Close the vote")}</button></div>
          <${ShowOfHands} ...${scene} ballot=${ballot} />`
        : html`<${Voting} ...${scene} ballot=${ballot} />`}
    </div>`;
}
