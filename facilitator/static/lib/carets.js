// Where the carets of others stand in a draft, and saying where one's own does. Nobody has a name in it.
import {Presence} from "./presence.js";

/** @typedef {import("./connection.js").Connection} Connection */
/** Before which unit of which text; without one at its end. @typedef {{root: string, unit: [client: number, clock: number] | null}} Stand */
/** A caret of somebody: where, and how it looks. @typedef {Stand & {look: number}} Other */

/** Milliseconds after which nobody need see a caret that rests. */
const REST = 60_000;
/** In so many ways a caret can look. */
export const LOOKS = 6;

export class Carets {
  /** The others' by their numbers. @type {Map<string, Other>} */
  others = new Map();

  #changed;
  /** @type {number | null} */
  #own = null;
  /** @type {Stand | null} */
  #stand = null;
  #moved = 0;
  #presence;

  /** @param {{connection: Connection, recommendation: number, changed: () => void}} options */
  constructor({connection, recommendation, changed}) {
    this.#changed = changed;
    this.#presence = new Presence({
      connection, recommendation, message: "caret", channel: "carets",
      where: () => this.#stand ?? {root: null, unit: null},
      answered: ({own, carets}) => {
        this.#own = own;
        this.#hear(carets);
      },
      hear: (told) => this.#hear(told),
      still: () => this.#still(),
    });
  }

  /** One's caret stands here now; null is nowhere. @param {Stand | null} stand */
  move(stand) {
    if (same(stand, this.#stand)) return;
    this.#stand = stand;
    this.#moved = Date.now();
    this.#presence.soon();
  }

  /** Be seen no longer. */
  close() {
    this.#presence.close();
    this.#changed = () => {};
    if (this.#stand === null) return;
    this.#stand = null;
    void this.#presence.now();
  }

  #still() {
    if (Date.now() - this.#moved > REST) this.move(null);
    return this.#stand !== null;
  }

  /** @param {Record<string, any[]>} told */
  #hear(told) {
    this.others = looked(told, this.#own, this.others);
    this.#changed();
  }
}

/** @param {Stand | null} a @param {Stand | null} b */
const same = (a, b) => a?.root === b?.root && `${a?.unit}` === `${b?.unit}`;

/**
 * The carets of others as they look: each keeps its look, a new one gets the first that nobody has.
 * On another screen it may be another: nobody is "the green one" to all.
 * @param {Record<string, any[]>} told @param {number | null} own the number of one's own @param {Map<string, Other>} before
 * @returns {Map<string, Other>}
 */
export function looked(told, own, before) {
  const numbers = Object.keys(told).filter((number) => number !== `${own}`);
  const taken = numbers.flatMap((number) => before.get(number)?.look ?? []);
  return new Map(numbers.map((number, place) => {
    const [root, client, clock] = told[number] ?? [];
    let look = before.get(number)?.look;
    if (look === undefined) {
      look = [...Array(LOOKS).keys()].find((one) => !taken.includes(one)) ?? place % LOOKS;
      taken.push(look);
    }
    return [number, {root, unit: client === undefined ? null : [client, clock], look}];
  }));
}
