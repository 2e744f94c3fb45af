// What is said to those who listen instead of look: one summary now and then, never a flood.

const PAUSE = 5000;

export class Announcer {
  #polite;
  #assertive;
  /** @type {Map<string, string>} the last word on each subject */
  #news = new Map();
  #last = -PAUSE;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /**
   * @param {{textContent: string | null}} polite the page's one region with aria-live="polite"
   * @param {{textContent: string | null}} assertive the one with role="alert"
   */
  constructor(polite, assertive) {
    this.#polite = polite;
    this.#assertive = assertive;
  }

  /**
   * Say it when there is time, at most every five seconds; of one subject only the last is said.
   * @param {string} subject @param {string} sentence
   */
  tell(subject, sentence) {
    this.#news.set(subject, sentence);
    this.#timer ??= setTimeout(() => this.#say(), Math.max(0, this.#last + PAUSE - Date.now()));
  }

  /** Say it at once: something was refused, or time is up. @param {string} sentence */
  interrupt(sentence) {
    // The same sentence twice is a change only if something was between.
    this.#assertive.textContent = "";
    setTimeout(() => { this.#assertive.textContent = sentence; }, 50);
  }

  #say() {
    this.#polite.textContent = [...this.#news.values()].join(" ");
    this.#news.clear();
    this.#last = Date.now();
    this.#timer = undefined;
  }
}
