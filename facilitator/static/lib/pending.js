// The edits of a draft that are not stored yet: in pieces the server takes, and kept on the device.
import {mergeUpdates} from "../vendor/yjs.js";
import {newOp} from "./op.js";
import {LARGEST, split} from "./updates.js";

/** @typedef {import("./device.js").Device} Device */
/** @typedef {{key: string, group: string, epoch: string, pieces: Uint8Array[]}} Left */

/** What is answered sooner is not worth the disk. */
const SOON = 250;

export class Pending {
  /** The first may be on its way. @type {Uint8Array[]} */
  pieces = [];
  /** To which history of the draft they belong. @type {string | null} */
  epoch = null;

  #device;
  #group;
  #key;
  #writing = false;
  #writeAgain = false;
  #written = false;
  /** What the record on the disk holds. @type {Uint8Array[]} */
  #onDisk = [];
  #tell;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;

  /** @param {Device} device @param {string} group names the draft @param {() => void} [tell] it is kept now, or not any more */
  constructor(device, group, tell = () => {}) {
    this.#device = device;
    this.#group = group;
    this.#tell = tell;
    // Each page has a record of its own; the next one takes in what a closed page has left.
    this.#key = `${group} ${newOp()}`;
  }

  /** Whether all of it would be there after this page, by the word of the disk. */
  get kept() {
    return this.pieces.every((piece) => this.#onDisk.includes(piece));
  }

  /** What earlier pages have left, or another tab has not sent yet: sending it twice does no harm. @returns {Promise<Left[]>} */
  async left() {
    return /** @type {any} */ (await this.#device.list("edits", this.#group));
  }

  /**
   * Add an edit. It joins the last piece that waits, unless that is on its way or would grow too large.
   * @param {Uint8Array} update @param {Uint8Array} [flying] the piece that is on its way
   */
  add(update, flying) {
    for (const piece of split(update)) {
      const last = this.pieces.at(-1);
      const joins = last && last !== flying && last.length + piece.length <= LARGEST;
      if (joins) this.pieces.splice(-1, 1, mergeUpdates([last, piece]));
      else this.pieces.push(piece);
    }
  }

  /** Take over what an earlier page left: our record first, so that at no moment there is none. @param {Left} left */
  async adopt({key, pieces}) {
    this.pieces.push(...pieces);
    await this.keep();
    await this.#device.remove("edits", key);
  }

  /** Nothing waits any more. */
  clear() {
    this.pieces = [];
    void this.keep();
  }

  /** Let the device know, unless it is answered at once anyway. */
  keepSoon() {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.keep(), SOON);
  }

  /** Let the device know now, one writing at a time. */
  async keep() {
    clearTimeout(this.#timer);
    this.#writeAgain = true;
    if (this.#writing) return;
    this.#writing = true;
    while (this.#writeAgain) {
      this.#writeAgain = false;
      await this.#keepOnce();
    }
    this.#writing = false;
  }

  async #keepOnce() {
    const record = {key: this.#key, group: this.#group, epoch: this.epoch, pieces: [...this.pieces]};
    if (record.pieces.length) await this.#device.put("edits", record);
    else if (this.#written) await this.#device.remove("edits", this.#key);
    this.#written = record.pieces.length > 0;
    this.#onDisk = this.#device.holds("edits", this.#key) ? record.pieces : [];
    this.#tell();
  }
}
