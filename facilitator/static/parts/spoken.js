// What is said to ears when the room changes: summaries, never a flood.
import {html, useEffect, useRef} from "../lib/html.js";
import {t, tn} from "../lib/i18n.js";
import {all, here} from "../lib/store.js";
import {stepName, stepOf} from "./agenda.js";
import {spokenTime} from "./time.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {{subject: string, sentence: string, urgent?: boolean}} Said */

/** Seconds before the end at which the time is said. */
const WARNINGS = [60, 10];

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
  if (fresh(before, after)) said.push({subject: "ideas", sentence: summary(since, after)});
  for (const ballot of all(after, "ballot")) {
    const open = before.things.ballot?.[ballot.id]?.is_open ?? false;
    if (ballot.is_open && !open) said.push({subject: `ballot ${ballot.id}`, sentence: t("A vote is open: {question}", {question: ballot.question}), urgent: true});
    if (!ballot.is_open && open) said.push({subject: `ballot ${ballot.id}`, sentence: t("The vote is closed: {question}", {question: ballot.question}), urgent: true});
  }
  return said;
}

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
  useEffect(() => connection.clock.count(ends, (left) => {
    const seconds = left === null ? -1 : Math.round(left / 1000);
    if (WARNINGS.includes(seconds)) announcer.interrupt(spokenTime(seconds * 1000));
  }), [connection, ends]);
  return html``;
}
