// The browser's copy of one room. Pure: no socket, no DOM.

/** @typedef {Record<string, any>} Thing */
/** @typedef {[kind: string, id: string, data: Thing | null]} Line */
/** @typedef {{lang: string, nickname: string | null, sector: string | null}} Seat */
/**
 * What only this seat may see.
 * @typedef {object} Mine
 * @property {string} role
 * @property {Seat | null} seat
 * @property {number[]} ideas
 * @property {number[]} comments
 * @property {number[]} supports
 * @property {Record<string, Record<string, number>>} papers
 */
/** @typedef {{since: number | null, seq: number, things: Line[], mine?: Mine, now?: string}} Frame */
/** @typedef {{seq: number, things: Record<string, Record<string, Thing>>, mine: Mine}} Room */

/** Something was missed: ask for what came after one's own seq. */
export class Gap extends Error {}

/** @type {Mine} */
export const NOBODY = {role: "guest", seat: null, ideas: [], comments: [], supports: [], papers: {}};

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
  const mine = frame.mine ?? room.mine;
  if (frame.since === null) return {seq: frame.seq, things: placed({}, frame.things), mine};
  if (frame.since > room.seq) throw new Gap();
  if (frame.seq <= room.seq) return frame.mine ? {...room, mine} : room;
  return {seq: frame.seq, things: placed(room.things, frame.things), mine};
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

/**
 * Everything of one kind, oldest first unless another order is given.
 * @param {Room} room @param {string} kind @param {(a: Thing, b: Thing) => number} [order]
 */
export const all = (room, kind, order = byAge) => Object.values(room.things[kind] ?? {}).sort(order);

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
 * @returns {Mine}
 */
export function learn(mine, name, payload, answer) {
  switch (name) {
    case "idea.post": return {...mine, ideas: withId(mine.ideas, answer?.id, true)};
    case "idea.withdraw": return {...mine, ideas: withId(mine.ideas, payload.id, false)};
    case "comment.post": return {...mine, comments: withId(mine.comments, answer?.id, true)};
    case "comment.withdraw": return {...mine, comments: withId(mine.comments, payload.id, false)};
    case "idea.support": return {...mine, supports: withId(mine.supports, payload.id, payload.on)};
    case "ballot.cast": return {...mine, papers: {...mine.papers, [payload.ballot]: payload.marks}};
    case "seat.edit": return {...mine, seat: {...mine.seat, .../** @type {Seat} */ (payload)}};
    default: return mine;
  }
}

/** @param {number[]} ids @param {number | undefined} id @param {boolean} on */
function withId(ids, id, on) {
  const others = ids.filter((other) => other !== id);
  return on && id !== undefined ? [...others, id] : others;
}
