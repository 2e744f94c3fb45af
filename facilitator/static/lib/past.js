// The past of a draft: its log as the server tells it, and the text of any moment, made from it here.
// Load it with import() when somebody looks back: Yjs comes with it.
import {applyUpdate, ContentString, Doc} from "../vendor/yjs.js";
import {Unanswered} from "./connection.js";
import {addresseesOf, officeOf} from "./addressees.js";
import {FIELDS, rootOf, stepsOf} from "./steps.js";
import {fromBase64} from "./updates.js";

/** A moment one can go to. @typedef {{seq: number, at: string, update: Uint8Array}} Stop */
/** @typedef {{id: number, seq: number, how: "hand" | "step" | "adopted" | "rejected" | "cut", title: string, step: Record<string, string>, at: string}} Version */
/** Words of one page. @typedef {{text: string, client: number}} Piece */
/** @typedef {import("./addressees.js").Asked} Asked */
/** How a draft read: its texts by root, and its rows. @typedef {{roots: Map<string, string>, pieces: Map<string, Piece[]>, steps: {id: string, pos: number}[], addressees: Asked[]}} Moment */
/** Characters of a text, and which row of the shares they belong to. @typedef {{root: string, start: number, end: number, row: number}} Span */
/** @typedef {{rows: {sectors: string[], share: number}[], spans: Span[]} | null} Shares */

/** Milliseconds between two questions: the server does not answer sooner. */
const PAUSE = 600;

export class Past {
  /** @type {Stop[]} */
  stops = [];
  /** @type {Version[]} */
  versions = [];
  /** Client ids of one's own pages. @type {Set<number>} */
  mine = new Set();
  /** Client ids of passages, and their source. @type {Map<number, number>} */
  sources = new Map();
  /** @type {Shares} */
  shares = null;
  /** Why it cannot be told, in the words of the server. */
  reason = "";

  #id;
  #keys;
  #epoch = "";
  #doc = new Doc();
  #upto = -1;
  /** @type {Map<number, Moment>} */
  #moments = new Map();
  #asking = false;
  #again = false;

  /** @param {number} id of the recommendation @param {string[]} keys of its sections */
  constructor(id, keys) {
    this.#id = id;
    this.#keys = keys;
  }

  /** Learn what is new; whether that has come about. @param {import("./connection.js").Connection} connection @returns {Promise<boolean>} */
  async look(connection) {
    this.#again = this.#asking;
    if (this.#asking) return false;
    this.#asking = true;
    try {
      do {
        this.#again = false;
        while (await this.#ask(connection)) await pause();
        if (this.#again) await pause();
      } while (this.#again);
      return true;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      return false;
    } finally {
      this.#asking = false;
    }
  }

  /** Ask for the next part; whether there is more. @param {import("./connection.js").Connection} connection */
  async #ask(connection) {
    const answer = await connection.ask("history", [{recommendation: this.#id, after: this.stops.at(-1)?.seq ?? 0}]);
    if ("refused" in answer) {
      this.reason = answer.retry ? "" : answer.refused;
      return answer.retry;
    }
    return this.#take(answer.ok);
  }

  /** @param {any} told */
  #take({epoch, stops, more, versions, mine, sources, shares}) {
    const fresh = versions.some((/** @type {Version} */ version) => !this.versions.some(({id}) => id === version.id) && this.#within(version.seq));
    if ((this.#epoch && epoch !== this.#epoch) || fresh) {
      // Another history; or a name was given to a moment between two of ours.
      this.#forget();
      this.#epoch = epoch;
      this.versions = versions;
      return true;
    }
    this.#epoch = epoch;
    this.stops.push(...stops.map((/** @type {[number, string, string]} */ [seq, at, update]) => ({seq, at, update: fromBase64(update)})));
    Object.assign(this, {versions, shares, mine: new Set(mine), reason: ""});
    this.sources = new Map(Object.entries(sources).map(([client, source]) => [Number(client), Number(source)]));
    return more;
  }

  /** @param {number} seq */
  #within(seq) {
    return seq < (this.stops.at(-1)?.seq ?? 0) && !this.stops.some((stop) => stop.seq === seq);
  }

  #forget() {
    this.stops = [];
    this.#moments.clear();
    this.#rewind();
  }

  #rewind() {
    this.#doc.destroy();
    this.#doc = new Doc();
    this.#upto = -1;
  }

  /** Where a version stands among the stops. @param {{seq: number}} version */
  placeOf({seq}) {
    return this.stops.filter((stop) => stop.seq <= seq).length - 1;
  }

  /** How the draft read at a stop; -1 is before its beginning. @param {number} place @returns {Moment} */
  at(place) {
    const seq = this.stops[place]?.seq ?? 0;
    const known = this.#moments.get(seq);
    if (known) return known;
    if (place < this.#upto) this.#rewind();
    while (this.#upto < place) applyUpdate(this.#doc, /** @type {Stop} */ (this.stops[this.#upto += 1]).update);
    const moment = this.#read();
    this.#moments.set(seq, moment);
    return moment;
  }

  #read() {
    const [steps, addressees] = [stepsOf(this.#doc), addresseesOf(this.#doc)];
    const names = rootsOf(this.#keys, steps, addressees);
    const pieces = new Map(names.map((root) => [root, piecesOf(this.#doc, root)]));
    const roots = new Map(names.map((root) => [root, this.#doc.getText(root).toString()]));
    return {roots, pieces, steps, addressees};
  }
}

/** The names of the texts that a draft has. @param {string[]} keys of its sections @param {{id: string}[]} steps @param {{id: string}[]} addressees */
export const rootsOf = (keys, steps, addressees) => [
  "title", ...keys.map((key) => `s:${key}`), ...addressees.map(({id}) => officeOf(id)), ...steps.flatMap(({id}) => FIELDS.map((field) => rootOf(id, field))),
];

/** A text in the words of each page. @param {Doc} doc @param {string} root */
function piecesOf(doc, root) {
  /** @type {Piece[]} */
  const found = [];
  for (let item = doc.getText(root)._start; item; item = item.right) {
    if (item.deleted || !(item.content instanceof ContentString)) continue;
    const [{client}, {str: text}, last] = [item.id, item.content, found.at(-1)];
    if (last?.client === client) last.text += text;
    else found.push({text, client});
  }
  return found;
}

const pause = () => new Promise((done) => setTimeout(done, PAUSE));
