// Texts that say something similar: how alike they are by their words, and which words those are. Pure.
// The same as consolidation/similar.py, where it is explained; a test holds the two together.

const RUNS = [3, 4, 5];
const STEM = 5;
const [MANY, SHARE] = [20, 10];

/** @type {Record<string, string>} letters that have no mark which could be taken off */
const UNMARKED = {ł: "l", đ: "d", ø: "o"};

/** The words of a text in small letters, without marks on them; the shortest say nothing. @param {string} text @returns {string[]} */
export function wordsOf(text) {
  const bare = text.toLowerCase().normalize("NFKD").replace(/\p{M}/gu, "").replace(/[łđø]/g, (letter) => UNMARKED[letter] ?? letter);
  return bare.match(/[\p{L}\p{N}_]{3,}/gu) ?? [];
}

/** The beginning of each word. @param {string[]} words */
const stems = (words) => words.map((word) => word.slice(0, STEM));

/** The runs of characters within each word, of which its edges are blanks. @param {string[]} words */
const runs = (words) => words.flatMap((word) => {
  const whole = ` ${word} `;
  /** @type {string[]} */
  const found = [];
  for (const length of RUNS) {
    if (whole.length <= length) return [...found, whole];
    for (let at = 0; at + length <= whole.length; at += 1) found.push(whole.slice(at, at + length));
  }
  return found;
});

/** What a piece weighs that stands in `having` of `texts`; nothing where it tells none from another. @param {number} texts @param {number} having */
const weight = (texts, having) => (having > Math.max(MANY, Math.floor(texts / SHARE)) ? 0 : Math.log((1 + texts) / (1 + having)) + 1);

/** How often each piece stands there. @param {string[]} pieces @returns {Map<string, number>} */
function counted(pieces) {
  /** @type {Map<string, number>} */
  const counts = new Map();
  for (const piece of pieces) counts.set(piece, (counts.get(piece) ?? 0) + 1);
  return counts;
}

/** Which text has which pieces of one sort. */
class Index {
  /** @type {Map<string, number[]>} of each piece: a text, how often it has it, the next text … */
  #where = new Map();
  #lengths = new Float64Array(0);
  /** @type {(words: string[]) => string[]} */
  #cut;

  /** @param {(words: string[]) => string[]} cut */
  constructor(cut) {
    this.#cut = cut;
  }

  /** @param {number} place @param {string[]} words */
  add(place, words) {
    for (const [piece, many] of counted(this.#cut(words))) {
      const where = this.#where.get(piece);
      if (where) where.push(place, many);
      else this.#where.set(piece, [place, many]);
    }
  }

  /** Know how long the vector of each text is; a few pieces at a time. @param {number} texts */
  * settle(texts) {
    const squares = new Float64Array(texts);
    let done = 0;
    for (const where of this.#where.values()) {
      const rare = weight(texts, where.length / 2);
      for (let at = 0; rare && at < where.length; at += 2) {
        const place = /** @type {number} */ (where[at]);
        squares[place] = /** @type {number} */ (squares[place]) + (/** @type {number} */ (where[at + 1]) * rare) ** 2;
      }
      if ((done += 1) % 500 === 0) yield;
    }
    this.#lengths = squares.map(Math.sqrt);
  }

  /** Add the cosine of these words with each text. @param {string[]} words @param {Float64Array} sums */
  compare(words, sums) {
    const texts = sums.length;
    const own = new Float64Array(texts);
    let square = 0;
    for (const [piece, many] of counted(this.#cut(words))) {
      const where = this.#where.get(piece) ?? [];
      const rare = weight(texts, where.length / 2);
      square += (many * rare) ** 2;
      for (let at = 0; rare && at < where.length; at += 2) {
        const place = /** @type {number} */ (where[at]);
        own[place] = /** @type {number} */ (own[place]) + many * rare * rare * /** @type {number} */ (where[at + 1]);
      }
    }
    const length = Math.sqrt(square);
    own.forEach((sum, place) => {
      if (sum) sums[place] = /** @type {number} */ (sums[place]) + sum / length / /** @type {number} */ (this.#lengths[place]);
    });
  }
}

/** Texts under their ids, to be asked which of them are like another. */
export class Alike {
  /** @type {number[]} the id of each text by its place */
  #ids = [];
  /** @type {Map<number, {place: number, text: string}>} */
  #last = new Map();
  #indexes = [new Index(stems), new Index(runs)];
  #settled = 0;

  /**
   * Take in what is new or reads otherwise. It rests after each of its small steps: a phone has
   * other things to do. Ask `near` when it is through.
   * @param {Iterable<{id: number, text: string}>} texts
   */
  * learn(texts) {
    for (const {id, text} of texts) {
      if (this.#last.get(id)?.text === text) continue;
      const place = this.#ids.push(id) - 1;
      this.#last.set(id, {place, text});
      const words = wordsOf(text);
      this.#indexes.forEach((index) => index.add(place, words));
      yield;
    }
    if (this.#settled === this.#ids.length) return;
    for (const index of this.#indexes) yield* index.settle(this.#ids.length);
    this.#settled = this.#ids.length;
  }

  /**
   * The texts most like this one, best first.
   * @param {string} text
   * @param {{most?: number, least?: number, fits?: (id: number) => boolean}} [which]
   * @returns {number[]} ids
   */
  near(text, {most = 3, least = 0, fits = () => true} = {}) {
    const sums = new Float64Array(this.#settled);
    const words = wordsOf(text);
    this.#indexes.forEach((index) => index.compare(words, sums));
    /** @type {{id: number, score: number}[]} */
    const found = [];
    sums.forEach((sum, place) => {
      const id = /** @type {number} */ (this.#ids[place]);
      const score = sum / this.#indexes.length;
      if (score > 0 && score >= least && this.#last.get(id)?.place === place && fits(id)) found.push({id, score});
    });
    return found.sort((a, b) => b.score - a.score).slice(0, most).map(({id}) => id);
  }
}

/**
 * A text in pieces, and which of them are words with one of these stems.
 * @param {string} text @param {string[]} shared
 * @returns {{text: string, on: boolean}[]}
 */
export function marked(text, shared) {
  const wanted = new Set(shared);
  return text.split(/([\p{L}\p{N}\p{M}_]+)/u).map((piece, place) => ({text: piece, on: place % 2 === 1 && stems(wordsOf(piece)).some((stem) => wanted.has(stem))})).filter((piece) => piece.text);
}
