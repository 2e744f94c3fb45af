// In which part of a draft one is writing, and how many others are where. Nobody has a name in it.
import {Presence} from "./presence.js";

/** @typedef {import("./connection.js").Connection} Connection */

export class Here {
  /** Where the server knows us to be. @type {string | null} */
  part = null;

  /** How many write in each part, with ourselves. @type {Record<string, number>} */
  #parts = {};
  /** @type {string | null} */
  #wanted = null;
  #presence;

  /** @param {{connection: Connection, recommendation: number, changed: () => void}} options */
  constructor({connection, recommendation, changed}) {
    const hear = (/** @type {Record<string, number>} */ parts) => {
      this.#parts = parts;
      changed();
    };
    this.#presence = new Presence({
      connection, recommendation, message: "here", channel: "here", hear,
      where: () => ({part: this.#wanted}),
      answered: ({parts}, {part}) => {
        this.part = part;
        hear(parts);
      },
      still: () => this.#wanted !== null,
    });
  }

  /** How many others write in a part. @param {string} part */
  others(part) {
    return Math.max(0, (this.#parts[part] ?? 0) - (part === this.part ? 1 : 0));
  }

  /** One writes here now; null is nowhere. @param {string | null} part */
  move(part) {
    if (part === this.#wanted) return;
    this.#wanted = part;
    this.#presence.soon();
  }

  /** Listen no longer. That one has left is said by the draft, once all of it is stored. */
  close() {
    this.#presence.close();
  }
}
