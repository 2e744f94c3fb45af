// Recommendations: the list of a room, what they say, and whether the room adopts them.
import {html, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {finder} from "../lib/marks.js";
import {all, here, one} from "../lib/store.js";
import {Begin} from "./begin.js";
import {EarlierMeetings} from "./earlier.js";
import {Written, writtenIn} from "./draft-progress.js";
import {Asked, Stage} from "./frame.js";
import {Opening, useLater} from "./later.js";
import {HistoryFold} from "./looking-back.js";
import {ShowOfHands} from "./lead-show.js";
import {isLit, LightButton} from "./light.js";
import {Reading} from "./reading.js";
import {Reopen, Reopened, Wording} from "./reopened.js";
import {Reservations} from "./reservations.js";
import {Outcome, Turnout, Verdict} from "./results.js";
import {Put} from "./put.js";
import {ruleWords} from "./methods.js";
import {Quiet, Refusals} from "./states.js";
import {Twice} from "./twice.js";
import {Closing, Voting} from "./votes.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** The recommendations of a room by their number. @param {Scene["room"]} room */
export const textsOf = (room) => all(room, "recommendation", (a, b) => a.number - b.number);

/** @param {Scene} scene */
export function Texts(scene) {
  const {room, refused, dismiss, leading} = scene;
  const phase = here(room)?.phase;
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const texts = textsOf(room);
  const opened = phase === "draft" ? texts.find(({id, status}) => id === chosen && status === "draft") : undefined;
  if (opened) return html`<${Writing} ...${scene} recommendation=${opened} back=${() => setChosen(null)} />`;
  return html`
    <${Stage} ...${scene}>
      ${phase === "closed" && html`<${Closed} room=${room} mine=${scene.mine} />`}
      <${Refusals} refused=${refused} dismiss=${dismiss} />
      ${phase === "draft" && html`<${Asked} at=${here(room)} otherwise=${t("What do we recommend?")} />`}
      ${phase === "adopt" && html`<${Asked} at=${here(room)} otherwise=${t("What do we adopt?")} />`}
      ${!texts.length && phase !== "closed" && html`<${Quiet} title=${t("No recommendation has been begun.")} />`}
      <ul class="texts">${texts.map((text) => html`<${Text} key=${text.id} ...${scene} recommendation=${text} phase=${phase} open=${() => setChosen(text.id)} />`)}</ul>
      ${phase === "draft" && html`<${EarlierMeetings} room=${room} act=${scene.act} page=${scene.page} leading=${leading} />`}
      ${phase === "draft" && !leading && html`<${Begin} room=${room} act=${scene.act} begun=${setChosen} />`}
    <//>`;
}

/** @param {{room: Scene["room"], mine: Scene["mine"]}} props */
const Closed = ({room, mine}) => html`
  <${Quiet} art="joined" title=${tn("The room is closed. Thank you for {n} idea.", "The room is closed. Thank you for {n} ideas.", all(room, "idea").length)}>
    <p class="small">${t("Everything stays here to be read. The organisers take the recommendations further.")}</p>
    ${mine.ideas.length > 0 && html`<p class="small">${tn("{n} of the ideas is yours.", "{n} of the ideas are yours.", mine.ideas.length)}</p>`}
  <//>`;

/** @param {Scene & {recommendation: Thing, phase: string, open: () => void}} props */
function Text({recommendation, phase, open, ...scene}) {
  const {room, leading, act} = scene;
  const {id, number, title, lang: spoken, status} = recommendation;
  const text = one(room, "text", id);
  const ballot = all(room, "ballot").filter((asked) => asked.recommendation === id).at(-1);
  // Opened for the vote, it stays open: nothing closes under the eyes of whoever reads.
  const unfolded = useRef(false);
  unfolded.current ||= Boolean(ballot?.is_open);
  // Who votes has read it first; who leads has the count and its end at hand.
  const vote = ballot?.is_open && html`<${Adoption} ...${scene} ballot=${ballot} />`;
  return html`
    <li class=${isLit(room, "recommendation", id) ? "card text lit" : "card text"} id=${`text-${id}`}>
      <p class="note row">${t("Recommendation {n}", {n: number})} <span class="push"><${Outcome} status=${ballot?.is_open ? "voting" : status} /></span>
        ${leading && html`<${LightButton} room=${room} act=${act} kind="recommendation" id=${id} name=${title} />`}</p>
      <h3 class="words" lang=${spoken} dir="auto">${text?.title || title}</h3>
      <${Wording} hash=${recommendation.hash} />
      <${Reopened} room=${room} id=${id} />
      ${phase === "draft" && status === "draft"
        ? html`<div class="row"><button type="button" class="btn" onClick=${open} aria-label=${t("Write: {title}", {title})}><${Icon} name="suggest" />${t("Write")}</button>
          <${Written} template=${recommendation.template} written=${writtenIn(recommendation.template, text)} />
          ${leading && html`<${Twice} class="act push" label=${t("Take out: {title}", {title})} sure=${t("Take it out of the list")} go=${() => act("recommendation.remove", {id})}><${Icon} name="close" /><//>`}</div>`
        : null}
      ${leading && vote}
      <details class="fold" open=${unfolded.current}>
        <summary><${Icon} name="down" />${t("Read it")}<span class="hidden">: ${title}</span></summary>
        <${Reading} recommendation=${recommendation} text=${text} find=${finder(room)} />
      </details>
      ${!(phase === "draft" && status === "draft") && html`<${HistoryFold} room=${room} connection=${scene.connection} act=${act} leading=${leading} recommendation=${recommendation} />`}
      ${!leading && !scene.later && phase !== "closed" && vote}
      ${ballot && !ballot.is_open && status !== "draft" && html`<${Verdict} room=${room} ballot=${ballot} /><${Closing} ...${scene} ballot=${ballot} />`}
      ${ballot && !ballot.is_open && status === "draft" && html`<${Earlier} room=${room} ballot=${ballot} title=${title} />`}
      <${Reservations} ...${scene} recommendation=${recommendation} />
      ${leading && ["draft", "adopt"].includes(phase) && status !== "draft" && !ballot?.is_open && html`<${Reopen} recommendation=${recommendation} act=${act} />`}
      ${leading && phase === "adopt" && status === "draft" && !ballot?.is_open && html`<${Put} recommendation=${recommendation} act=${act} page=${scene.page} />`}
    </li>`;
}

/** The vote on a text that was opened again since. @param {{room: Scene["room"], ballot: Thing, title: string}} props */
const Earlier = ({room, ballot, title}) => html`
  <details class="fold">
    <summary><${Icon} name="history" />${t("A vote about an earlier wording")}<span class="hidden">: ${title}</span></summary>
    <${Verdict} room=${room} ballot=${ballot} />
  </details>`;

/** A vote on one recommendation, while it is open. @param {Scene & {ballot: Thing}} props */
function Adoption({ballot, ...scene}) {
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

/** The editor comes with Yjs, when the first draft is opened. */
const editor = () => import("./editor.js").then(({Editor}) => Editor);

/** @param {Scene & {recommendation: Thing, back: () => void}} props */
export function Writing(props) {
  const {loaded, failed} = useLater(editor);
  if (loaded) return html`<${loaded} key=${props.recommendation.id} ...${props} />`;
  return html`
    <${Stage} ...${props}>
      <${Opening} failed=${failed} />
      <${Reading} recommendation=${props.recommendation} text=${one(props.room, "text", props.recommendation.id)} find=${finder(props.room)} />
    <//>`;
}
