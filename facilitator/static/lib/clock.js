// The time of the server, and what is left of a step. Nothing closes at zero: people decide.

/** What the server's clock says, learnt from answers that carry `now`; else our own clock. */
export class Clock {
  #offset = 0;
  #doubt = Infinity;

  /**
   * Learn from an answer. The quicker it came, the better it tells the time; what was learnt grows
   * old, so that a phone that slept learns anew.
   * @param {string | undefined} now as in the answer @param {number} asked @param {number} answered
   */
  learn(now, asked, answered) {
    const told = Date.parse(now ?? "");
    const doubt = answered - asked;
    this.#doubt *= 1.2;
    if (Number.isNaN(told) || doubt > this.#doubt) return;
    this.#doubt = Math.max(doubt, 1);
    this.#offset = told - (asked + answered) / 2;
  }

  /** Milliseconds since 1970, by the server. */
  now() {
    return Date.now() + this.#offset;
  }

  /** Milliseconds until `ends` (ISO); negative when it is over, null without an end. @param {string | null | undefined} ends */
  left(ends) {
    return ends ? Date.parse(ends) - this.now() : null;
  }

  /**
   * Call `tell` now and at each full second of what is left. Returns how to stop it.
   * @param {string | null | undefined} ends @param {(left: number | null) => void} tell
   */
  count(ends, tell) {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    const tick = () => {
      const left = this.left(ends);
      tell(left);
      if (left !== null) timer = setTimeout(tick, (((left % 1000) + 1000) % 1000) + 5);
    };
    tick();
    return () => clearTimeout(timer);
  }
}

/**
 * What is left, for eyes, machines and ears: "6:42", "PT6M42S", whole minutes and seconds.
 * After the end it counts how long it is over.
 * @param {number} left milliseconds
 */
export function countdown(left) {
  const over = left < 0;
  const seconds = over ? Math.floor(-left / 1000) : Math.ceil(left / 1000);
  const [whole, rest] = [Math.floor(seconds / 60), seconds % 60];
  return {
    over,
    minutes: whole,
    seconds: rest,
    text: `${over ? "+" : ""}${whole}:${String(rest).padStart(2, "0")}`,
    datetime: `PT${whole}M${rest}S`,
  };
}
