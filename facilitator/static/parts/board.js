// The board on the wall: left the words, right the rail. A function of the room; nothing private.
import {createContext, html, useContext, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t, tn} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";
import {Columns, IdeaLine} from "./board-columns.js";
import {Nothing} from "./board-nothing.js";
import {Arrival} from "./board-join.js";
import {adoption, ballotShown, gathered, grouped} from "./board-model.js";
import {Rail} from "./board-rail.js";
import {Adopting, Deciding} from "./board-vote.js";
import {Drafts} from "./board-drafts.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/live.js").View & {page: import("../lib/page.js").Page & Record<string, any>}} Props */

/** How many tables work on the same: only then they have numbers. */
const Tables = createContext(1);

/** The whole wall. @param {Props} props */
export function Board({room, page, heard, connection, ready}) {
  const [large, setLarge] = useState(false);
  if (!ready) return null;
  const empty = (one(room, "people", here(room)?.id ?? 0)?.seats ?? 0) === 0 && all(room, "idea").length === 0;
  const arriving = large || (empty && here(room)?.phase === "gather");
  return html`
    <${Tables.Provider} value=${page.tables}><div class="wall">
      <main>${arriving ? html`<${Arrival} room=${room} page=${page} />` : html`<${Words} room=${room} />`}</main>
      <${Rail} room=${room} page=${page} heard=${heard} clock=${connection.clock} figure=${figure(room)} bare=${arriving} />
      <${Tools} page=${page} large=${large} onLarge=${() => setLarge(!large)} />
    </div><//>`;
}

/**
 * What one does with a wall. Seen while somebody is at its laptop: not by the hall.
 * @param {{page: Props["page"], large: boolean, onLarge: () => void}} props
 */
function Tools({page, large, onLarge}) {
  const awake = useAwake();
  const fill = () => void document.documentElement.requestFullscreen?.();
  return html`
    <nav class=${awake ? "tools awake" : "tools"} aria-label=${t("This screen")}>
      <button class="btn tight" type="button" onClick=${fill}><${Icon} name="screen" />${t("Full screen")}</button>
      <button class="btn tight" type="button" aria-pressed=${large} onClick=${onLarge}><${Icon} name="link" />${t("Large code")}</button>
      <a class="btn tight" href=${page.other}><${Icon} name="eye" />${page.dark ? t("Light hall") : t("Dark hall")}</a>
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

/** What the room is about, above everything. @param {{room: Room, title: string, lang?: string}} props */
export function Ask({room, title, lang}) {
  return html`
    <div class="ask">
      <p dir="auto">${place(room, useContext(Tables))}</p>
      <h1 lang=${lang} dir="auto">${title}</h1>
    </div>`;
}

/** "Lublin · Language and school, table 3" @param {Room} room @param {number} tables */
function place(room, tables) {
  const {title, meeting, number, sort} = here(room) ?? {};
  const name = said(title) || (sort === "plenary" ? t("Plenary") : "");
  return [meeting, tables > 1 ? t("{title}, table {n}", {title: name, n: number}) : name].filter(Boolean).join(" · ");
}

/** @param {{room: Room}} props */
function Words({room}) {
  switch (here(room)?.phase) {
    case "gather": return html`<${Gathering} room=${room} />`;
    case "group": return html`<${Grouping} room=${room} />`;
    case "decide": return html`<${Deciding} room=${room} head=${Ask} />`;
    case "draft": return html`<${Drafts} room=${room} head=${Ask} title=${step(room)} />`;
    case "adopt": return html`<${Adopting} room=${room} head=${Ask} title=${step(room)} />`;
    default: return html`<${Closed} room=${room} />`;
  }
}

/** What the step of the day is called. @param {Room} room */
const step = (room) => said(here(room)?.agenda[here(room)?.at]?.title) || said(here(room)?.title);

/** @param {{room: Room}} props */
function Gathering({room}) {
  const questions = here(room)?.questions ?? [];
  const title = questions.length === 1 ? said(questions[0].text) : step(room);
  const columns = gathered(room);
  return html`
    <${Ask} room=${room} title=${title} />
    ${columns.length ? html`<${Columns} columns=${columns} draw=${IdeaLine} />` : html`<${Nothing} said=${t("Nobody has written yet. Begin.")} />`}`;
}

/** @param {{room: Room}} props */
function Grouping({room}) {
  const {columns, loose} = grouped(room);
  const note = loose ? tn("{n} idea is not in a theme yet", "{n} ideas are not in a theme yet", loose) : "";
  return html`
    <${Ask} room=${room} title=${step(room)} />
    ${columns.length ? html`<${Columns} columns=${columns} draw=${IdeaLine} note=${note} />` : html`<${Nothing} said=${t("There are no ideas to group.")} />`}`;
}

/** @param {{room: Room}} props */
function Closed({room}) {
  const adopted = all(room, "recommendation").filter(({status}) => status === "adopted");
  const ideas = all(room, "idea").length;
  return html`
    <svg class="threads arrive-threads" viewBox="0 0 1100 150" preserveAspectRatio="none" aria-hidden="true"><path class="t1" d="M0 8C500 8 700 75 1100 75" /><path class="t2" d="M0 35C500 35 700 75 1100 75" /><path class="t3" d="M0 62C500 62 700 75 1100 75" /><path class="t4" d="M0 89C500 89 700 75 1100 75" /><path class="t5" d="M0 116C500 116 700 75 1100 75" /><path class="t6" d="M0 143C500 143 700 75 1100 75" /><path d="M960 75H1100" /></svg>
    <${Ask} room=${room} title=${ideas ? tn("The room is closed. Thank you for {n} idea.", "The room is closed. Thank you for {n} ideas.", ideas) : t("The room is closed.")} />
    ${adopted.length > 0 && html`
      <section class="going-on" aria-labelledby="going-on">
        <h2 id="going-on">${tn("{n} recommendation goes on", "{n} recommendations go on", adopted.length)}</h2>
        <ol>${adopted.slice(0, 8).map(({id, title, lang}) => html`<li key=${id} lang=${lang} dir="auto">${title || t("Without a title")}</li>`)}</ol>
      </section>`}`;
}

/** The one figure that matters now, when no time is running. @param {Room} room */
function figure(room) {
  const phase = here(room)?.phase ?? "";
  const ballot = ["decide", "adopt"].includes(phase) ? ballotShown(room, phase === "adopt") : undefined;
  if (ballot?.is_open) return {big: String(one(room, "tally", ballot.id)?.voters ?? 0), note: t("have voted")};
  if (ballot && phase === "adopt" && ballot.result) {
    return {big: `${Math.round(100 * adoption(room, ballot).share)} %`, note: t("for, of all papers")};
  }
  const seats = one(room, "people", here(room)?.id ?? 0)?.seats ?? 0;
  return {big: String(seats), note: tn("person in the room", "people in the room", seats)};
}

/** What is told to those who listen: when the step of the day changes. @param {Room} room @param {import("../lib/announce.js").Announcer} announcer */
export function useAnnouncements(room, announcer) {
  const phase = here(room)?.phase;
  useEffect(() => {
    if (phase) announcer.tell("phase", step(room));
  }, [phase]);
}
