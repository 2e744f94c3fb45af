// What people did waits here until the server has said that it is stored.
// One thing goes at a time, in order, and is sent again under the same name until it is answered.
import {between, Unanswered} from "./connection.js";
import {Device} from "./device.js";
import {newOp} from "./op.js";

/** @typedef {import("./connection.js").Connection} Connection */
/** @typedef {Record<string, any>} Payload */
/** @typedef {{key: number | string, group: string, op: string, name: string, payload: Payload, since: number}} Act */
/** @typedef {{ok: any} | {refused: string, code: string}} Outcome */
/** @typedef {Act & {refused: string, code: string}} RefusedAct */
/** @typedef {{waiting: number, sending: boolean, slow: boolean, lasting: boolean}} State */
/** @typedef {(act: Act, answer: any) => void} Tell */

/** Another tab has this one until then; after that it may have been closed. */
const ORPHANED = 20_000;
const LONGEST_PAUSE = 15_000;

export class Outbox {
  /** What waits, oldest first: to be shown as not yet sent. @type {Act[]} */
  waiting = [];
  /** What was refused, with the words of the server: to be shown, with the person's own, until dismissed. @type {RefusedAct[]} */
  refused = [];

  #group;
  #connection;
  #device;
  #done;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Map<string, (outcome: Outcome) => void>} those who wait for an answer */
  #asking = new Map();
  /** @type {Set<string>} handled here already, for a sweep that reads behind our back */
  #seen = new Set();
  #tries = 0;
  #notBefore = 0;
  #wasLive = false;
  #sending = false;
  #closed = false;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #sweeper;
  #unlisten;

  /**
   * Open the outbox of a page, with what was left in it when it was last closed.
   * @param {{group: string, connection: Connection, device?: Device, done?: Tell}} options
   *   `group` names forum, room, page and seat; `done` is told of each answer, also to what was
   *   done before a reload
   */
  static async open({group, connection, device, done}) {
    const outbox = new Outbox(group, connection, device ?? await Device.open(), done);
    outbox.refused = /** @type {RefusedAct[]} */ (await outbox.#device.list("acts", outbox.#aside));
    await outbox.#sweep(0);
    return outbox;
  }

  /** @param {string} group @param {Connection} connection @param {Device} device @param {Tell} [done] */
  constructor(group, connection, device, done = () => {}) {
    this.#group = group;
    this.#connection = connection;
    this.#device = device;
    this.#done = done;
    this.#unlisten = connection.listen(() => this.#heed());
    this.#sweeper = setInterval(() => this.#sweep(ORPHANED), ORPHANED);
  }

  /** How things stand, for the header. @returns {State} */
  get state() {
    return {
      waiting: this.waiting.length,
      sending: this.waiting.length > 0 && this.#connection.live,
      slow: this.#tries > 1,
      lasting: this.#device.lasting,
    };
  }

  /** Be told when anything here has changed. Returns how to stop it. @param {() => void} tell */
  listen(tell) {
    this.#listeners.add(tell);
    return () => void this.#listeners.delete(tell);
  }

  /**
   * Do something. The answer comes when it is stored or refused; until then, and over a reload, it waits.
   * @param {string} name @param {Payload} payload @returns {Promise<Outcome>}
   */
  act(name, payload) {
    return this.put(name, payload).answer;
  }

  /**
   * The same, for who wants to know as well when it is safe on the device (as far as it can be).
   * @param {string} name @param {Payload} payload
   */
  put(name, payload) {
    // Kept by itself as in the moment of asking: the form may go on changing.
    const act = /** @type {Act} */ ({group: this.#group, op: newOp(), name, payload: structuredCopy(payload), since: Date.now()});
    /** @type {Promise<Outcome>} */
    const answer = new Promise((resolve) => this.#asking.set(act.op, resolve));
    this.#seen.add(act.op);
    this.waiting = [...this.waiting, act];
    this.#changed();
    return {op: act.op, kept: this.#keep(act), answer};
  }

  /** The person has seen that it was refused, and has their words back. @param {string} op */
  dismiss(op) {
    const act = this.refused.find((other) => other.op === op);
    this.refused = this.refused.filter((other) => other !== act);
    if (act) void this.#device.remove("acts", act.key);
    this.#changed();
  }

  /** Stop; what waits stays on the device. */
  close() {
    this.#closed = true;
    clearTimeout(this.#timer);
    clearInterval(this.#sweeper);
    this.#unlisten();
  }

  /** @param {Act} act */
  async #keep(act) {
    act.key = await this.#device.put("acts", act);
    void this.#pump();
  }

  /** Take in what lies on the device and is nobody's: left by a closed tab. @param {number} age */
  async #sweep(age) {
    const kept = /** @type {Act[]} */ (await this.#device.list("acts", this.#group));
    const found = kept.filter(({op, since}) => !this.#seen.has(op) && since <= Date.now() - age);
    if (!found.length || this.#closed) return;
    found.forEach(({op}) => this.#seen.add(op));
    this.waiting = [...found, ...this.waiting];
    this.#changed();
    void this.#pump();
  }

  /** A line that is up again ends the pause; mere news does not. */
  #heed() {
    const {live} = this.#connection;
    if (live && !this.#wasLive) this.#notBefore = 0;
    if (live !== this.#wasLive) this.#changed();
    this.#wasLive = live;
    void this.#pump();
  }

  async #pump() {
    const act = this.waiting[0];
    const ready = this.#connection.live && Date.now() >= this.#notBefore;
    if (this.#sending || this.#closed || !ready || act?.key === undefined) return;
    this.#sending = true;
    clearTimeout(this.#timer);
    const pause = await this.#send(act);
    this.#sending = false;
    this.#again(pause);
  }

  /** @param {number} pause */
  #again(pause) {
    if (this.#closed) return;
    this.#notBefore = Date.now() + pause;
    if (pause) this.#timer = setTimeout(() => this.#again(0), pause);
    else void this.#pump();
  }

  /**
   * Send one; the outcome is how long to wait before the next. Another tab may send it as well: the
   * server knows it by its name and gives both the same answer.
   * @param {Act} act @returns {Promise<number>}
   */
  async #send(act) {
    try {
      return await this.#heard(act, await this.#connection.ask("act", [act.name, act.op, act.payload]));
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      return this.#pause();
    }
  }

  /** @param {Act} act @param {import("./connection.js").Answer} answer @returns {Promise<number>} */
  async #heard(act, answer) {
    if ("refused" in answer && answer.code === "upgrade") {
      this.#connection.outdated(answer.refused);
      return LONGEST_PAUSE;
    }
    if ("refused" in answer && answer.retry) return this.#pause();
    this.#tries = 0;
    if ("ok" in answer) {
      await this.#device.remove("acts", act.key);
      this.#done(act, answer.ok);
    } else await this.#refuse(act, answer);
    this.#settle(act, answer);
    return 0;
  }

  /** Put it aside with the person's words, also over a reload. @param {Act} act @param {{refused: string, code: string}} answer */
  async #refuse(act, {refused, code}) {
    const aside = {...act, refused, code, group: this.#aside};
    this.refused = [...this.refused, aside];
    await this.#device.put("acts", aside);
  }

  /** @param {Act} act @param {Outcome} outcome */
  #settle(act, outcome) {
    this.waiting = this.waiting.filter((other) => other !== act);
    this.#asking.get(act.op)?.(outcome);
    this.#asking.delete(act.op);
    this.#changed();
  }

  #pause() {
    this.#tries += 1;
    this.#changed();
    const longest = Math.min(LONGEST_PAUSE, 400 * 2 ** this.#tries);
    return between(longest / 2, longest);
  }

  get #aside() {
    return `${this.#group} refused`;
  }

  #changed() {
    this.#listeners.forEach((tell) => tell());
  }
}

/** @param {Payload} payload @returns {Payload} */
const structuredCopy = (payload) => JSON.parse(JSON.stringify(payload));
