// Recommendations: the list of a room, what they say, and whether the room adopts them.
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {finder} from "../lib/marks.js";
import {all, here, one} from "../lib/store.js";
import {Begin} from "./begin.js";
import {EarlierMeetings} from "./earlier.js";
import {Written, writtenIn} from "./draft-progress.js";
import {Asked, Stage} from "./frame.js";
import {fetchAhead, Later, Opening, useLater} from "./later.js";
import {HistoryFold} from "./looking-back.js";
import {isLit, LightButton} from "./light.js";
import {isOpen} from "./motion-model.js";
import {Reading} from "./reading.js";
import {Reopen, Reopened, Wording} from "./reopened.js";
import {Reservations} from "./reservations.js";
import {Outcome} from "./outcome.js";
import {Starting} from "./starting.js";
import {Quiet, Refusals} from "./states.js";
import {TextSize} from "./text-size.js";
import {Twice} from "./twice.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Yjs comes with the editor. */
const editor = () => import("./editor.js").then(({Editor}) => Editor);
const adoption = () => import("./adoption.js").then(({Adoption}) => Adoption);
const motion = () => import("./motion.js").then(({Motion}) => Motion);
const whole = () => import("./motion.js").then(({Whole}) => Whole);
const put = () => import("./put.js").then(({Put}) => Put);

/** The recommendations of a room by their number. @param {Scene["room"]} room */
export const textsOf = (room) => all(room, "recommendation", (a, b) => a.number - b.number);

/** @param {Scene} scene */
export function Texts(scene) {
  const {room, refused, dismiss, leading} = scene;
  const phase = here(room)?.phase;
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const texts = textsOf(room);
  // Whose line is cut before a draft is opened can open it all the same.
  useEffect(() => fetchAhead(phase === "draft" && !scene.later ? [editor, adoption] : [adoption]), [phase]);
  const opened = phase === "draft" ? texts.find(({id, status}) => id === chosen && status === "draft" && !one(room, "motion", id)) : undefined;
  if (opened) return html`<${Writing} ...${scene} recommendation=${opened} back=${() => setChosen(null)} />`;
  return html`
    <${Stage} ...${scene}>
      ${phase === "closed" && html`<${Closed} room=${room} mine=${scene.mine} />`}
      <${Refusals} refused=${refused} dismiss=${dismiss} />
      ${phase === "draft" && html`<${Asked} at=${here(room)} otherwise=${t("What do we recommend?")} />`}
      ${phase === "adopt" && html`<${Asked} at=${here(room)} otherwise=${t("What do we adopt?")} />`}
      ${!texts.length && phase !== "closed" && (here(room)?.sort === "plenary"
        ? html`<${Quiet} title=${t("Nothing is before the plenary yet.")}><p class="small">${t("The organisers put the texts of the document here.")}</p><//>`
        : html`<${Quiet} title=${t("No recommendation has been begun.")} />`)}
      ${all(room, "motion").length > 0 && html`<${Later} load=${whole} ...${scene} />`}
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
  const before = one(room, "motion", id);
  // Nobody writes in a text of the document here.
  const written = phase === "draft" && status === "draft" && !before;
  const ballot = all(room, "ballot").filter((asked) => asked.recommendation === id).at(-1);
  // Opened for the vote, it stays open: nothing closes under the eyes of whoever reads.
  const unfolded = useRef(false);
  unfolded.current ||= Boolean(ballot?.is_open);
  // Who votes has read it first; who leads has the count and its end at hand.
  const vote = ballot && html`<${Later} load=${adoption} ...${scene} recommendation=${recommendation} ballot=${ballot} />`;
  return html`
    <li class=${isLit(room, "recommendation", id) ? "card text lit" : "card text"} id=${`text-${id}`}>
      <p class="note row">${t("Recommendation {n}", {n: number})} <span class="push"><${Outcome} status=${ballot?.is_open ? "voting" : status} /></span>
        ${leading && html`<${LightButton} room=${room} act=${act} kind="recommendation" id=${id} name=${title} />`}</p>
      <h3 class="words" lang=${spoken} dir="auto">${title}</h3>
      <${Starting} imported=${recommendation.imported} />
      <${Wording} hash=${recommendation.hash} />
      <${Reopened} room=${room} id=${id} />
      ${before && html`<${Later} load=${motion} ...${scene} recommendation=${recommendation} motion=${before} />`}
      ${written
        ? html`<div class="row"><button type="button" class="btn" onClick=${open} aria-label=${t("Write: {title}", {title})}><${Icon} name="suggest" />${t("Write")}</button>
          <${Written} template=${recommendation.template} written=${writtenIn(recommendation.template, text)} />
          ${leading && html`<${Twice} class="act push" label=${t("Take out: {title}", {title})} sure=${t("Take it out of the list")} go=${() => act("recommendation.remove", {id})}><${Icon} name="close" /><//>`}</div>`
        : null}
      ${leading && ballot?.is_open && vote}
      <details class="fold" open=${unfolded.current}>
        <summary><${Icon} name="down" />${t("Read it")}<span class="hidden">: ${title}</span></summary>
        <${TextSize} place="page" />
        <${Reading} recommendation=${recommendation} text=${text} find=${finder(room)} />
      </details>
      ${!written && html`<${HistoryFold} room=${room} connection=${scene.connection} act=${act} leading=${leading} recommendation=${recommendation} />`}
      ${(ballot?.is_open ? !leading && !scene.later && phase !== "closed" : ballot) && vote}
      <${Reservations} ...${scene} recommendation=${recommendation} />
      ${leading && ["draft", "adopt"].includes(phase) && ["adopted", "rejected"].includes(status) && !ballot?.is_open && html`<${Reopen} recommendation=${recommendation} act=${act} />`}
      ${leading && phase === "adopt" && status === "draft" && !ballot?.is_open && (!before || isOpen(room, recommendation)) && html`<${Later} load=${put} recommendation=${recommendation} act=${act} page=${scene.page} />`}
    </li>`;
}

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
