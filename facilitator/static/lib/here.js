// In which part of a draft one is writing, and how many others are where. Nobody has a name in it.
import {Unanswered} from "./connection.js";

/** @typedef {import("./connection.js").Connection} Connection */

/** Milliseconds between two messages; and after which one says again that one is still here. */
const PACE = 400;
const AGAIN = 10_000;

export class Here {
  /** Where the server knows us to be. @type {string | null} */
  part = null;

  #connection;
  #id;
  #changed;
  /** How many write in each part, with ourselves. @type {Record<string, number>} */
  #parts = {};
  /** @type {string | null} */
  #wanted = null;
  #last = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #due;
  #again;
  #live = false;
  #stops;

  /** @param {{connection: Connection, recommendation: number, changed: () => void}} options */
  constructor({connection, recommendation, changed}) {
    this.#connection = connection;
    this.#id = recommendation;
    this.#changed = changed;
    this.#again = setInterval(() => this.#wanted && document.visibilityState === "visible" && this.#say(), AGAIN);
    this.#stops = [
      connection.listenTo("here", ({id, things}) => id === recommendation && this.#hear(things.at(-1)[2])),
      connection.listen(() => this.#heed()),
    ];
    this.#heed();
  }

  /** How many others write in a part. @param {string} part */
  others(part) {
    return Math.max(0, (this.#parts[part] ?? 0) - (part === this.part ? 1 : 0));
  }

  /** One writes here now; null is nowhere. @param {string | null} part */
  move(part) {
    if (part === this.#wanted) return;
    this.#wanted = part;
    this.#due ??= setTimeout(() => this.#say(), Math.max(0, this.#last + PACE - Date.now()));
  }

  /** Listen no longer. That one has left is said by the draft, once all of it is stored. */
  close() {
    clearInterval(this.#again);
    clearTimeout(this.#due);
    this.#stops.forEach((stop) => stop());
  }

  /** After the line was down the server knows nothing of us. */
  #heed() {
    const {live} = this.#connection;
    if (live && !this.#live) void this.#say();
    this.#live = live;
  }

  async #say() {
    clearTimeout(this.#due);
    this.#due = undefined;
    this.#last = Date.now();
    const part = this.#wanted;
    try {
      const answer = await this.#connection.ask("here", [{recommendation: this.#id, part}]);
      if (!("ok" in answer)) return;
      this.part = part;
      this.#hear(answer.ok.parts);
    } catch (error) {
      // It is said again when the line is back.
      if (!(error instanceof Unanswered)) throw error;
    }
  }

  /** @param {Record<string, number>} parts */
  #hear(parts) {
    this.#parts = parts;
    this.#changed();
  }
}
