// A wall of a room: left the words, right the rail. A function of the room; nothing private.
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {bare} from "../lib/marks.js";
import {all, here, one} from "../lib/store.js";
import {Agenda, Lit, OneTheme, Pause, Questions, WholeTimer} from "./board-alone.js";
import {Ask, step, Tables} from "./board-ask.js";
import {Columns, IdeaLine, Turned} from "./board-columns.js";
import {Closed, Taken} from "./board-end.js";
import {Nothing} from "./board-nothing.js";
import {Arrival} from "./board-join.js";
import {adoption, ballotShown, gathered, grouped, onScreen} from "./board-model.js";
import {Rail} from "./board-rail.js";
import {isLit, steerOf} from "./light.js";
import {Slides} from "./board-slides.js";
import {turnoutOf, voteShown} from "./statements-model.js";
import {Adopting, Deciding, Voting} from "./board-vote.js";
import {Drafts, Reading} from "./board-drafts.js";
import {Message, sentences} from "./message.js";
import {TextSize, useTextSize} from "./text-size.js";
import {veiledWords} from "./veil.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./board-model.js").Shown} Shown */
/** @typedef {import("../lib/live.js").View & {page: import("../lib/page.js").Page & Record<string, any>}} Props */

/** The whole wall. @param {Props} props */
export function Board({room, page, heard, connection, ready}) {
  const [large, setLarge] = useState(false);
  const screen = page.screen_id ? one(room, "screen", page.screen_id) : undefined;
  useLight(page.dark || Boolean(screen?.dark), Boolean(page.screen_id));
  useTextSize("wall");
  if (connection.status === "shut") return html`<${Taken} reason=${connection.reason} />`;
  if (!ready) return null;
  if (page.screen_id && !screen) return html`<${Taken} reason=${t("This screen has been taken down.")} />`;
  const shown = large ? {show: "join", thing: null, page: 0} : arriving(room, onScreen(room, screen));
  if (shown.show === "blank") return html`<div class="wall blank"><main><h1 class="hidden">${t("Nothing is shown")}</h1></main></div>`;
  return html`
    <${Tables.Provider} value=${page.tables}><${Turned.Provider} value=${shown.page}><div class=${`wall shows-${shown.show}`}>
      <main key=${`${shown.show} ${shown.thing}`}><${Message} room=${room} paused /><${Said} room=${room} />${shown.show !== "join" && html`<${Speaking} room=${room} />`}${view({room, page, connection, shown})}</main>
      <${Rail} room=${room} page=${page} heard=${heard} clock=${connection.clock} figure=${figure(room, shown)} timed=${shown.show !== "timer"} bare=${shown.show === "join"} />
      <${Tools} page=${page} reads=${reads(room, shown)} large=${large} onLarge=${() => setLarge(!large)} />
    </div><//><//>`;
}

/** Whether there are recommendations to be read on it. @param {Room} room @param {Shown} shown */
const reads = (room, {show}) => show === "draft" || show === "ballot" || (show === "auto" && ["draft", "adopt"].includes(here(room)?.phase));

/** In an empty room there is nothing but the way in. @param {Room} room @param {Shown} shown @returns {Shown} */
function arriving(room, shown) {
  const empty = (one(room, "people", here(room)?.id ?? 0)?.seats ?? 0) === 0 && all(room, "idea").length === 0 && !veiledWords(room) && !spokenAbout(room);
  return shown.show === "auto" && empty && here(room)?.phase === "gather" ? {...shown, show: "join"} : shown;
}

/** @param {{room: Room, page: Props["page"], connection: Props["connection"], shown: Shown}} of */
function view({room, page, connection, shown: {show, thing, page: turned}}) {
  switch (show) {
    case "join": return html`<${Arrival} room=${room} page=${page} />`;
    case "question": return html`<${Questions} room=${room} />`;
    case "ideas": return html`<${Gathering} room=${room} />`;
    case "themes": return html`<${Grouping} room=${room} />`;
    case "theme": return html`<${OneTheme} room=${room} id=${thing} turned=${turned} />`;
    case "idea": return html`<${Lit} room=${room} id=${thing} />`;
    case "ballot": return html`<${Ballot} room=${room} id=${thing} />`;
    case "draft":
      if (thing === null) return html`<${Drafts} room=${room} head=${Ask} title=${step(room)} />`;
      return voteOn(room, thing)
        ? html`<${Adopting} room=${room} head=${Ask} ballot=${voteOn(room, thing)} title=${step(room)} />`
        : html`<${Reading} room=${room} id=${thing} turned=${turned} />`;
    case "timer": return html`<${WholeTimer} room=${room} connection=${connection} />`;
    case "agenda": return html`<${Agenda} room=${room} connection=${connection} turned=${turned} />`;
    case "slides": return html`<${Slides} room=${room} />`;
    case "pause": return html`<${Pause} room=${room} page=${page} />`;
    default: return html`<${Words} room=${room} />`;
  }
}

/** The hall is light or dark, as the desk says. @param {boolean} dark @param {boolean} steered */
function useLight(dark, steered) {
  useEffect(() => {
    if (steered) document.documentElement.dataset.theme = dark ? "projector-dark" : "projector";
  }, [dark, steered]);
}

/** A sentence to all. @param {{room: Room}} props */
function Said({room}) {
  const {notice} = steerOf(room);
  return html`
    ${notice && html`<p class="said-to-all" lang=${notice.lang} dir="auto"><${Icon} name="comment" />${notice.text}</p>`}`;
}

/** The item of its agenda that a meeting is at. @param {Room} room */
const spokenAbout = (room) => all(room, "minutes").find(({now}) => now);

/** What the meeting speaks about now. @param {{room: Room}} props */
function Speaking({room}) {
  const item = spokenAbout(room);
  return item && html`
    <p class="said-to-all speaking" lang=${item.lang} dir="auto"><${Icon} name="doc" /><span>${bare(one(room, "text", item.id)?.title || item.title)}${item.by && html` <span class="by">${item.by}</span>`}</span></p>`;
}

/** One idea, with the marker where it is lit. @param {Room} room */
const line = (room) => (/** @type {import("./board-model.js").Said} */ idea) => html`<${IdeaLine} key=${idea.id} ...${idea} lit=${isLit(room, "idea", idea.id)} />`;

/**
 * What one does with a wall. Seen while somebody is at its laptop: not by the hall.
 * @param {{page: Props["page"], reads: boolean, large: boolean, onLarge: () => void}} props
 */
function Tools({page, reads, large, onLarge}) {
  const awake = useAwake();
  const fill = () => void document.documentElement.requestFullscreen?.();
  return html`
    <nav class=${awake ? "tools awake" : "tools"} aria-label=${t("This screen")}>
      <button class="btn tight" type="button" onClick=${fill}><${Icon} name="screen" />${t("Full screen")}</button>
      <button class="btn tight" type="button" aria-pressed=${large} onClick=${onLarge}><${Icon} name="link" />${t("Large code")}</button>
      ${reads && html`<${TextSize} place="wall" />`}
      ${page.other && html`<a class="btn tight" href=${page.other}><${Icon} name="eye" />${page.dark ? t("Light hall") : t("Dark hall")}</a>`}
    </nav>`;
}

/** Whether somebody has moved the pointer or pressed a key a moment ago. */
function useAwake() {
  const [awake, setAwake] = useState(true);
  useEffect(() => {
    let timer = setTimeout(() => setAwake(false), 6000);
    const wake = () => {
      setAwake(true);
      clearTimeout(timer);
      timer = setTimeout(() => setAwake(false), 4000);
    };
    const signs = ["pointermove", "pointerdown", "keydown"];
    signs.forEach((sign) => window.addEventListener(sign, wake));
    return () => {
      clearTimeout(timer);
      signs.forEach((sign) => window.removeEventListener(sign, wake));
    };
  }, []);
  return awake;
}

/** @param {{room: Room}} props */
function Words({room}) {
  switch (here(room)?.phase) {
    case "gather": return html`<${Gathering} room=${room} />`;
    case "group": return html`<${Grouping} room=${room} />`;
    case "decide": return html`<${Voting} room=${room} head=${Ask} ballot=${ballotShown(room, false)} />`;
    case "draft": return html`<${Drafts} room=${room} head=${Ask} title=${step(room)} />`;
    case "adopt": return html`<${Adopting} room=${room} head=${Ask} ballot=${ballotShown(room, true)} title=${step(room)} />`;
    default: return html`<${Closed} room=${room} />`;
  }
}

/**
 * The vote on a text of the document: the wall that shows the text goes over to it by itself, and
 * stays with what came of it.
 * @param {Room} room @param {number} id @returns {Thing | undefined}
 */
function voteOn(room, id) {
  const motion = one(room, "motion", id);
  const ballot = motion && all(room, "ballot").findLast(({id: number, recommendation}) => recommendation === id || number === motion.whole);
  const decided = ["adopted", "rejected"].includes(one(room, "recommendation", id)?.status);
  return ballot && (ballot.is_open || decided) ? ballot : undefined;
}

/** @param {{room: Room}} props */
function Gathering({room}) {
  const questions = here(room)?.questions ?? [];
  const columns = gathered(room);
  const veil = veiledWords(room);
  return html`
    <${Ask} room=${room} title=${step(room, questions)} />
    ${columns.some(({ideas}) => ideas.length) || (questions.length > 1 && !veil)
      ? html`<${Columns} columns=${columns} draw=${line(room)} note=${veil} />`
      : html`<${Nothing} said=${veil || t("Nobody has written yet. Begin.")} />`}`;
}

/** @param {{room: Room}} props */
function Grouping({room}) {
  const {columns, loose} = grouped(room);
  const note = loose ? tn("{n} idea is not in a theme yet", "{n} ideas are not in a theme yet", loose) : "";
  return html`
    <${Ask} room=${room} title=${step(room)} />
    ${columns.length ? html`<${Columns} columns=${columns} draw=${line(room)} note=${note} />` : html`<${Nothing} said=${t("There are no ideas to group.")} />`}`;
}

/** A ballot and its result: the one that was chosen, else what is voted on now. @param {{room: Room, id: number | null}} props */
function Ballot({room, id}) {
  const ballot = id === null ? latest(room) : one(room, "ballot", id);
  if (ballot?.method === "yes_no" && (id !== null || !voteShown(room, ballot))) {
    return html`<${Adopting} room=${room} head=${Ask} ballot=${ballot} title=${step(room)} />`;
  }
  const draw = id === null ? Voting : Deciding;
  return html`<${draw} room=${room} head=${Ask} ballot=${ballot} />`;
}

/** The ballot under way, else the last of any kind. @param {Room} room @returns {Thing | undefined} */
function latest(room) {
  const asked = all(room, "ballot");
  return asked.findLast((ballot) => ballot.is_open) ?? asked.at(-1);
}

/** The one figure that matters now, when no time is running. @param {Room} room @param {Shown} shown */
function figure(room, {show, thing}) {
  const chosen = show === "ballot" && thing !== null;
  const ballot = chosen ? one(room, "ballot", thing) : ofPhase(room, show);
  const vote = !chosen && decides(room, show) ? voteShown(room, ballot) : undefined;
  if (vote?.is_open) return {big: String(turnoutOf(room, vote).voters), note: t("have voted")};
  if (ballot?.is_open) return {big: String(one(room, "tally", ballot.id)?.voters ?? 0), note: t("have voted")};
  if (ballot?.method === "yes_no" && ballot.result) {
    return {big: `${Math.round(100 * adoption(room, ballot).share)} %`, note: t("for, of all papers")};
  }
  const seats = one(room, "people", here(room)?.id ?? 0)?.seats ?? 0;
  return {big: String(seats), note: tn("person in the room", "people in the room", seats)};
}

/** Whether a view is of what the room decides now. @param {Room} room @param {string} show */
const decides = (room, show) => show === "ballot" || (show === "auto" && here(room)?.phase === "decide");

/** @param {Room} room @param {string} show @returns {Thing | undefined} */
function ofPhase(room, show) {
  if (show === "ballot") return latest(room);
  const phase = here(room)?.phase ?? "";
  return show === "auto" && ["decide", "adopt"].includes(phase) ? ballotShown(room, phase === "adopt") : undefined;
}

/** What is told to those who listen: when the step of the day changes. @param {Room} room @param {import("../lib/announce.js").Announcer} announcer */
export function useAnnouncements(room, announcer) {
  const phase = here(room)?.phase;
  useEffect(() => {
    if (phase) announcer.tell("phase", step(room));
  }, [phase]);
  const told = sentences(room);
  useEffect(() => {
    if (told) announcer.tell("told", told);
  }, [told]);
}
