// What is said to ears when the room changes: summaries, never a flood.
import {html, useEffect, useRef} from "../lib/html.js";
import {t, tn} from "../lib/i18n.js";
import {all, here} from "../lib/store.js";
import {stepName, stepOf} from "./agenda.js";
import {lit, steerOf, wordsOf} from "./light.js";
import {isNudged, whyLocked} from "./notices.js";
import {ownHand} from "./hand.js";
import {told} from "./message.js";
import {spokenTime} from "./time.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {{subject: string, sentence: string, urgent?: boolean}} Said */

/** Seconds before the end at which the time is said, each once. */
const WARNINGS = [60, 10, 0];

/** Milliseconds in which what comes in is summed up. */
const BREATH = 5000;

/** What others have posted since. @param {Room} before @param {Room} after */
const fresh = (before, after) => all(after, "idea").filter(({id}) => !before.things.idea?.[id] && !after.mine.ideas.includes(id)).length;

/** How many ideas are new, in one sentence. @param {Room} before @param {Room} after */
export const summary = (before, after) =>
  t("{new}, {all} in all.", {new: tn("{n} new idea", "{n} new ideas", fresh(before, after)), all: all(after, "idea").length});

/**
 * What is new in a room, as sentences; `since` is how it was when the ideas were last summed up.
 * @param {Room} before @param {Room} after @param {Room} [since] @returns {Said[]}
 */
export function news(before, after, since = before) {
  const [was, is] = [here(before), here(after)];
  if (!was || !is) return [];
  /** @type {Said[]} */
  const said = [];
  if (was.at !== is.at) said.push({subject: "phase", sentence: t("Now: {step}", {step: stepName(stepOf(is))}), urgent: true});
  const words = told(after).text;
  if (words && words !== told(before).text) said.push({subject: "told", sentence: t("From the organisers: {text}", {text: words})});
  if (fresh(before, after)) said.push({subject: "ideas", sentence: summary(since, after)});
  for (const [kind, ballot] of ["ballot", "statement_vote"].flatMap((name) => all(after, name).map((one) => /** @type {const} */ ([name, one])))) {
    const open = before.things[kind]?.[ballot.id]?.is_open ?? false;
    if (ballot.is_open && !open) said.push({subject: `${kind} ${ballot.id}`, sentence: t("A vote is open: {question}", {question: ballot.question}), urgent: true});
    if (!ballot.is_open && open) said.push({subject: `${kind} ${ballot.id}`, sentence: t("The vote is closed: {question}", {question: ballot.question}), urgent: true});
  }
  return [...said, ...steering(before, after)];
}

/** What whoever leads has asked of all screens since. @param {Room} before @param {Room} after @returns {Said[]} */
function steering(before, after) {
  const [was, is] = [steerOf(before), steerOf(after)];
  /** @type {Said[]} */
  const said = [];
  const shown = lit(after);
  if (is.notice && is.notice.at !== was.notice?.at) said.push({subject: "notice", sentence: is.notice.text, urgent: true});
  if (shown && shown.light.since !== was.light?.since) {
    said.push({subject: "light", sentence: t("The facilitator is showing this: {what}", {what: wordsOf(shown.thing)})});
  }
  if (whyLocked(before) !== whyLocked(after)) said.push({subject: "lock", sentence: whyLocked(after) || t("Everybody can write again.")});
  return after.mine.seat ? [...said, ...toOneself(before, after)] : said;
}

/** What is said to one phone alone. @param {Room} before @param {Room} after @returns {Said[]} */
function toOneself(before, after) {
  const floor = (/** @type {Room} */ room) => ownHand({room, mine: room.mine, waiting: []}).floor;
  const nudged = (/** @type {Room} */ room) => isNudged({room, mine: room.mine});
  /** @type {Said[]} */
  const said = [];
  if (floor(after) && !floor(before)) said.push({subject: "floor", sentence: t("You have the floor"), urgent: true});
  if (nudged(after) && !nudged(before)) said.push({subject: "nudge", sentence: t("The room would like to hear you too. One sentence is enough.")});
  return said;
}

/**
 * The warning that has come due since the time was last looked at, in seconds; a page that was
 * asleep says the last one only.
 * @param {number | null} before milliseconds left @param {number | null} left @returns {number | undefined}
 */
export const due = (before, left) => (before === null || left === null ? undefined
  : WARNINGS.filter((seconds) => before > seconds * 1000 + 500 && left <= seconds * 1000 + 500).at(-1));

/** Say it. @param {Scene & {announcer: import("../lib/announce.js").Announcer}} props */
export function Spoken({room, heard, connection, announcer}) {
  const before = useRef(room);
  const since = useRef({room, at: 0});
  const told = useRef(heard.sentence);
  const ends = here(room)?.ends_at ?? null;
  useEffect(() => {
    if (Date.now() - since.current.at > BREATH) since.current = {room: before.current, at: Date.now()};
    for (const {subject, sentence, urgent} of news(before.current, room, since.current.room)) {
      if (urgent) announcer.interrupt(sentence);
      else announcer.tell(subject, sentence);
    }
    before.current = room;
    if (told.current !== heard.sentence && heard.tone) announcer.tell("heard", heard.sentence);
    told.current = heard.sentence;
  });
  useEffect(() => {
    /** @type {number | null} */
    let last = null;
    return connection.clock.count(ends, (left) => {
      const warning = due(last, left);
      if (warning !== undefined) announcer.interrupt(warning ? spokenTime(warning * 1000) : t("Time is up."));
      last = left;
    });
  }, [connection, ends]);
  return html``;
}
