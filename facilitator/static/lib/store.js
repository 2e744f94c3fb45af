// The browser's copy of one room. Pure: no socket, no DOM.
import {isLost, isWords, kept, LISTS, remembered, told} from "./own.js";

/** @typedef {Record<string, any>} Thing */
/** @typedef {[kind: string, id: string, data: Thing | null]} Line */
/** @typedef {{lang: string, nickname: string | null, sector: string | null, number?: number | null}} Seat */
/**
 * What only this seat may see.
 * @typedef {object} Mine
 * @property {string} role
 * @property {Seat | null} seat
 * @property {number[]} ideas
 * @property {number[]} comments
 * @property {number[]} reservations
 * @property {number[]} evidence
 * @property {number[]} [replies]
 * @property {number[]} [suggestions]
 * @property {Record<string, boolean>} [stances] whether one agrees with suggestions
 * @property {Thing[]} unshown one's own words that not everybody sees, with their `thing` and `state`
 * @property {number[]} supports
 * @property {string[]} reported what one has asked the facilitator to look at: "idea-5"
 * @property {Record<string, Record<string, number>>} papers
 * @property {Record<string, number>} answers to statements: 1, 0 or -1
 * @property {number[]} [next] the statements that were drawn for this seat
 * @property {Record<string, string>} reasons
 * @property {Record<string, {reason: string | null}>} [consulted] what one answered to the desk's questions
 * @property {number | null} hand the number of one's raised hand
 * @property {number | null} visit the room's visit to a step in which one has contributed last
 * @property {import("../parts/theme-model.js").Step[]} steps what one did to the themes, oldest first
 * @property {number[]} [parked]
 */
/** @typedef {{since: number | null, seq: number, things: Line[], mine?: Mine, now?: string}} Frame */
/**
 * `stale`: something became of one's own words, and only the server can say what.
 * @typedef {{seq: number, things: Record<string, Record<string, Thing>>, mine: Mine, stale?: boolean}} Room
 */

/** Something was missed: ask for what came after one's own seq. */
export class Gap extends Error {}

/** @type {Mine} */
export const NOBODY = {
  role: "guest", seat: null, ideas: [], comments: [], reservations: [], evidence: [], unshown: [], supports: [], reported: [], papers: {}, reasons: {}, answers: {}, hand: null, visit: null, steps: [],
};

/** A room of which nothing is known yet. @returns {Room} */
export const empty = () => ({seq: 0, things: {}, mine: NOBODY});

/**
 * Bring `room` up to date with one frame. What did not change stays the very same object, so that
 * a part may compare by identity. A frame that is already known changes nothing but `mine`.
 * @param {Room} room @param {Frame} frame
 * @returns {Room}
 * @throws {Gap} when lines between the room and the frame are missing
 */
export function apply(room, frame) {
  const mine = frame.mine ? remembered(frame.mine, room.mine, room.things) : room.mine;
  if (frame.since === null) return {seq: frame.seq, things: placed({}, frame.things), mine};
  if (frame.since > room.seq) throw new Gap();
  if (frame.seq <= room.seq) return frame.mine ? {...room, mine, stale: false} : room;
  const things = placed(room.things, frame.things);
  if (frame.mine) return {seq: frame.seq, things, mine};
  const stale = room.stale || isLost(mine, frame.things);
  return {seq: frame.seq, things, mine: kept(mine, room.things, frame.things), stale};
}

/**
 * The things with the lines put in their places.
 * @param {Room["things"]} things @param {Line[]} lines
 */
function placed(things, lines) {
  const next = {...things};
  for (const [kind, id, data] of lines) {
    if (next[kind] === things[kind]) next[kind] = {...things[kind]};
    const shelf = /** @type {Record<string, Thing>} */ (next[kind]);
    if (data === null) delete shelf[id];
    else shelf[id] = data;
  }
  return next;
}

/** @param {Thing} a @param {Thing} b */
const byAge = (a, b) => a.id - b.id;

/** @type {WeakMap<Record<string, Thing>, WeakMap<Function, Thing[]>>} a shelf that did not change need not be put in order again */
const inOrder = new WeakMap();

/**
 * Everything of one kind, oldest first unless another order is given. It is shared: do not change it.
 * @param {Room} room @param {string} kind @param {(a: Thing, b: Thing) => number} [order]
 * @returns {Thing[]}
 */
export function all(room, kind, order = byAge) {
  const shelf = room.things[kind];
  if (!shelf) return [];
  let orders = inOrder.get(shelf);
  if (!orders) inOrder.set(shelf, orders = new WeakMap());
  let things = orders.get(order);
  if (!things) orders.set(order, things = Object.values(shelf).sort(order));
  return things;
}

/**
 * One thing, or nothing.
 * @param {Room} room @param {string} kind @param {string | number} id
 * @returns {Thing | undefined}
 */
export const one = (room, kind, id) => room.things[kind]?.[id];

/** The room itself: what it is about and where it is in its day. @param {Room} room */
export const here = (room) => all(room, "room")[0];

/** For lists that people have put in order. @param {Thing} a @param {Thing} b */
export const byPosition = (a, b) => a.position - b.position || a.id - b.id;

/**
 * What is one's own after something one did was stored. Until the next `enter` says so as well.
 * @param {Mine} mine @param {string} name @param {Thing} payload @param {any} answer
 * @param {number | null} [visit] the room's present visit to a step
 * @returns {Mine}
 */
export function learn(mine, name, payload, answer, visit = mine.visit) {
  const known = learnt(mine, name, payload, answer);
  return CONTRIBUTIONS.test(name) ? {...known, visit} : known;
}

/** What counts as contributing; the server knows exactly, and says so at the next `enter`. */
const CONTRIBUTIONS = /^(idea|comment|reservation|evidence|reply|suggestion|theme|ballot|statements|recommendation|hand)[.](?!withdraw|restore|report|lower)/;

/** @param {Mine} mine @param {string} name @param {Thing} payload @param {any} answer @returns {Mine} */
function learnt(mine, name, payload, answer) {
  const [kind, verb] = /** @type {[string, string]} */ (name.split("."));
  if (isWords(kind)) return learnOfWords(mine, kind, verb, payload, answer);
  switch (name) {
    case "park.add": return {...mine, parked: withId(mine.parked ?? [], answer?.id, true)};
    case "ballot.cast": return {...mine, papers: {...mine.papers, [payload.ballot]: payload.marks}, reasons: {...mine.reasons, [payload.ballot]: payload.reason ?? ""}};
    case "consultation.answer": return {...mine, consulted: {...mine.consulted, [payload.consultation]: {reason: payload.reason}}};
    case "statements.vote": return {...mine, answers: answered(mine.answers, payload), next: answer?.next ?? mine.next};
    case "suggestion.make": return suggested(mine, answer);
    case "suggestion.back": return {...mine, stances: {...mine.stances, [payload.id]: payload.agrees}};
    case "hand.raise": return {...mine, hand: answer?.hand ?? null};
    case "hand.lower": return {...mine, hand: null};
    case "seat.edit": return {...mine, seat: {...mine.seat, .../** @type {Seat} */ (payload)}};
    case "theme.undo":
    case "theme.redo": return {...mine, steps: mine.steps.map((known) => (known.id === answer.step.id ? answer.step : known))};
    default: return name.startsWith("theme.") && answer?.step ? {...mine, steps: withStep(mine.steps, answer.step)} : mine;
  }
}

/** @param {Mine["steps"]} steps @param {Mine["steps"][number]} step */
const withStep = (steps, step) => [...steps.filter(({id}) => id !== step.id), step];

/** The same of what one wrote. @param {Mine} mine @param {keyof typeof LISTS} kind @param {string} verb @param {Thing} payload @param {any} answer @returns {Mine} */
function learnOfWords(mine, kind, verb, payload, answer) {
  const id = payload.id ?? answer?.id;
  switch (verb) {
    case "post": case "make": case "add": return told({...mine, [LISTS[kind]]: withId(mine[LISTS[kind]] ?? [], id, true)}, kind, id, answer?.state ? answer : null);
    case "edit": case "change": case "restore": return told(mine, kind, id, answer?.state ? answer : null);
    case "withdraw": return told(mine, kind, id, {state: "withdrawn"});
    case "support": return {...mine, supports: withId(mine.supports, id, payload.on)};
    case "report": return {...mine, reported: withId(mine.reported, `${kind}-${id}`, payload.on)};
    default: return mine;
  }
}

/** One more suggestion, and with it perhaps a reply. @param {Mine} mine @param {any} answer @returns {Mine} */
function suggested(mine, answer) {
  const known = {...mine, suggestions: withId(mine.suggestions ?? [], answer?.id, true)};
  return answer?.reply ? learnOfWords(known, "reply", "post", {}, answer.reply) : known;
}

/** The answers with one more, or one less. @param {Record<string, number>} answers @param {Thing} payload */
function answered(answers, {statement, answer}) {
  const {[statement]: _, ...others} = answers;
  return answer === null ? others : {...others, [statement]: {agree: 1, pass: 0, disagree: -1}[/** @type {"agree"} */ (answer)]};
}

/**
 * @template T
 * @param {T[]} ids @param {T | undefined} id @param {boolean} on
 */
function withId(ids, id, on) {
  const others = ids.filter((other) => other !== id);
  return on && id !== undefined ? [...others, id] : others;
}
