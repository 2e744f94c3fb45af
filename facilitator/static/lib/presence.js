// When to say where one is in a draft: often enough for the others, and again after the line was down.
import {Unanswered} from "./connection.js";

/** Milliseconds between two messages; and after which one says again that one is still here. */
const PACE = 400;
const AGAIN = 10_000;

/**
 * @typedef {{
 *   connection: import("./connection.js").Connection, recommendation: number, message: string, channel: string,
 *   where: () => Record<string, any>, answered: (answer: any, asked: any) => void, hear: (told: any) => void, still: () => boolean,
 * }} Options what is said and heard; and whether one is still anywhere
 */

export class Presence {
  #options;
  #last = 0;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #due;
  #again;
  #live = false;
  #stops;

  /** @param {Options} options */
  constructor(options) {
    const {connection, recommendation, channel, hear, still} = this.#options = options;
    this.#again = setInterval(() => still() && document.visibilityState === "visible" && this.soon(), AGAIN);
    this.#stops = [
      connection.listenTo(channel, ({id, things}) => id === recommendation && hear(things.at(-1)[2])),
      connection.listen(() => this.#heed()),
    ];
    this.#heed();
  }

  /** Say it, but not oftener than anybody can follow. */
  soon() {
    this.#due ??= setTimeout(() => this.now(), Math.max(0, this.#last + PACE - Date.now()));
  }

  /** Say it at once. */
  async now() {
    clearTimeout(this.#due);
    this.#due = undefined;
    this.#last = Date.now();
    const {connection, recommendation, message, where, answered} = this.#options;
    const asked = {recommendation, ...where()};
    try {
      const answer = await connection.ask(message, [asked]);
      if ("ok" in answer) answered(answer.ok, asked);
      else if (answer.retry) this.soon();
    } catch (error) {
      // It is said again when the line is back.
      if (!(error instanceof Unanswered)) throw error;
    }
  }

  /** Listen no longer, and say nothing more by oneself. */
  close() {
    clearInterval(this.#again);
    clearTimeout(this.#due);
    this.#stops.forEach((stop) => stop());
  }

  /** After the line was down the server knows nothing of us. */
  #heed() {
    const {live} = this.#options.connection;
    if (live && !this.#live) void this.now();
    this.#live = live;
  }
}
