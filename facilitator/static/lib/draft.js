// A draft that several people write at once: this copy of it, and its way to the server.
// Load it with import() when a draft is opened: Yjs comes with it.
import {applyUpdate, decodeStateVector, Doc, encodeStateVector} from "../vendor/yjs.js";
import {between, Unanswered} from "./connection.js";
import {t} from "./i18n.js";
import {newOp} from "./op.js";
import {Pending} from "./pending.js";
import {MAPS} from "./rows.js";
import {fitsAfter, fromBase64, MOST_UNITS, toBase64, wordsIn} from "./updates.js";

/** @typedef {import("./connection.js").Connection} Connection */
/** @typedef {import("./connection.js").DraftFrame} DraftFrame */
/** @typedef {{epoch: string, seq: number, sv: string, update: string, client: number}} Joined */
/** @typedef {"joining" | "saved" | "saving" | "kept" | "waiting" | "away" | "refused"} Standing */
/** Words that could not be stored: offered to whoever wrote them. @typedef {{key: number | string, root: string | null, text: string}} Unsent */

/** Where an update came from: the server has it; or an earlier page left it on the device. */
const SERVER = "server";
const LEFT = "left";
const SAFETY = 45_000;
const LONGEST_PAUSE = 15_000;
/** What is pasted by mistake must not fill the text for everybody: no letter of it can be had back. */
const MOST_AT_ONCE = 100_000;

/** How many copies of each draft a line is joined to. @type {WeakMap<Connection, Map<number, number>>} */
const copies = new WeakMap();

export class Draft {
  /** Replaced, with a new `generation`, when it has to be begun anew: bind again. */
  doc = new Doc();
  generation = 0;
  /** @type {Unsent[]} */
  unsent = [];
  /** Why the unsent were not stored, in the words of the server. */
  refusal = "";
  /** Why it is closed to us, in the words of the server. */
  reason = "";

  #id;
  #connection;
  #device;
  #group;
  /** @type {Set<() => void>} */
  #listeners = new Set();
  #seq = 0;
  #client = 0;
  #joined = false;
  #joining = false;
  /** @type {DraftFrame[]} what came before we had joined */
  #early = [];
  #pending;
  /** On its way, or sent and never answered: to be sent again unchanged. @type {{op: string, update: Uint8Array} | null} */
  #flight = null;
  #sending = false;
  /** How many updates were answered to be stored. */
  #landings = 0;
  #tries = 0;
  #notBefore = 0;
  /** Roots with something of ours that is not stored. @type {Set<string>} */
  #touched = new Set();
  /** What an earlier page left on the device. @type {import("./pending.js").Left[]} */
  #left = [];
  #wasLive = false;
  #closing = false;
  #ended = false;
  /** @type {Record<"join" | "pump", ReturnType<typeof setTimeout> | undefined>} */
  #timers = {join: undefined, pump: undefined};
  #unlisten;

  /**
   * Open a draft, with what was left unsent when the page was last closed.
   * @param {{recommendation: number, connection: Connection, device: import("./device.js").Device}} options
   */
  static async open({recommendation, connection, device}) {
    const draft = new Draft(recommendation, connection, device);
    draft.#left = await draft.#pending.left();
    draft.unsent = /** @type {any} */ (await device.list("edits", `${draft.#group} unsent`));
    draft.#heed();
    return draft;
  }

  /** @param {number} recommendation @param {Connection} connection @param {import("./device.js").Device} device */
  constructor(recommendation, connection, device) {
    this.#id = recommendation;
    this.#connection = connection;
    this.#device = device;
    this.#group = `draft ${recommendation}`;
    this.#pending = new Pending(device, this.#group, () => this.#changed());
    this.#watch();
    count(connection, recommendation, 1);
    const stops = [
      connection.listen(() => this.#heed()),
      connection.listenToDrafts((frame) => frame.id === recommendation && this.#hear(frame)),
      onLeaving(() => this.#pending.keep()),
    ];
    this.#unlisten = () => stops.forEach((stop) => stop());
  }

  /** How things stand. "Saved" only if the server has all of it, "kept" only if the disk has. @returns {Standing} */
  get standing() {
    if (this.reason) return "refused";
    if (this.#pending.epoch === null) return "joining";
    if (this.unsaved) return this.#joined && this.#connection.live ? "saving" : this.kept ? "kept" : "waiting";
    return this.#joined && this.#connection.live ? "saved" : "away";
  }

  /** Whether there are edits that the server has not said to have stored. */
  get unsaved() {
    return this.#pending.pieces.length > 0 || this.#left.length > 0;
  }

  /** Whether what is unsaved outlives this page. */
  get kept() {
    return this.#pending.kept && this.#left.every(({key}) => this.#device.holds("edits", key));
  }

  /** What was written here and is not stored, for whoever cannot send it any more. */
  get words() {
    const {pieces} = this.#pending;
    const texts = pieces.length ? this.#roots.map((root) => this.doc.getText(root).toString()) : [];
    const left = this.#left.map((one) => wordsIn(one.pieces));
    return [...this.unsent.map(({text}) => text), ...texts, ...left].filter((text) => text.trim());
  }

  /** Which of its histories this is a copy of; null until it has been read. */
  get epoch() {
    return this.#pending.epoch;
  }

  /** Whether it has been read, and may be written in. */
  get open() {
    return this.#pending.epoch !== null && !this.reason && !this.#closing;
  }

  /** How many more characters fit, by what the server takes. What was deleted goes on counting. */
  get space() {
    const used = [...decodeStateVector(encodeStateVector(this.doc)).values()].reduce((sum, clock) => sum + clock, 0);
    return Math.max(0, MOST_UNITS - used);
  }

  /** A text of the draft: `title`, `s:<section>`, `p:<step>:<field>` or `a:<addressee>:office`. @param {string} root */
  text(root) {
    return this.doc.getText(root);
  }

  /** Be told when the standing, the unsent or the generation has changed. Returns how to stop it. @param {() => void} tell */
  listen(tell) {
    this.#listeners.add(tell);
    return () => void this.#listeners.delete(tell);
  }

  /** Try once more to get in. */
  again() {
    this.reason = "";
    void this.#join();
    this.#changed();
  }

  /** The person has their words back, or does not want them. @param {Unsent} unsent */
  dismiss(unsent) {
    this.unsent = this.unsent.filter((other) => other !== unsent);
    void this.#device.remove("edits", unsent.key);
    this.#changed();
  }

  /** Stop listening, once all that was written is stored. */
  close() {
    this.#closing = true;
    if (!this.#pending.pieces.length) this.#end();
  }

  // ---- what happens here ----

  #watch() {
    this.doc.on("update", (update, origin, _doc, transaction) => {
      if (origin === SERVER) return;
      const changed = /** @type {Set<unknown>} */ (new Set(transaction.changed.keys()));
      this.doc.share.forEach((type, root) => changed.has(type) && this.#touched.add(root));
      if (origin === LEFT) return;
      this.#pending.add(update, this.#flight?.update);
      if (written(transaction, this.doc.clientID) > MOST_AT_ONCE) {
        this.#startOver(t("That is too much at once: at most {n} characters.", {n: MOST_AT_ONCE}));
        return;
      }
      if (this.#connection.live) this.#pending.keepSoon();
      else void this.#pending.keep();
      void this.#pump();
      this.#changed();
    });
  }

  // ---- joining ----

  #heed() {
    const {live} = this.#connection;
    if (live === this.#wasLive) return;
    this.#wasLive = live;
    this.#joined = false;
    this.#notBefore = 0;
    Object.values(this.#timers).forEach(clearTimeout);
    if (live) void this.#join();
    else void this.#pending.keep();
    this.#changed();
  }

  async #join() {
    if (this.#joining || this.#ended || this.reason || !this.#connection.live) return;
    this.#joining = true;
    clearTimeout(this.#timers.join);
    const [doc, landed] = [this.doc, this.#landings];
    const copy = {recommendation: this.#id, epoch: this.#pending.epoch, sv: toBase64(encodeStateVector(doc))};
    // Begun anew meanwhile: the answer is for a copy that is no more.
    const pause = await this.#asked("join", [copy], (ok) => doc === this.doc && this.#take(ok, landed === this.#landings));
    this.#joining = false;
    if (this.#ended || !this.#connection.live) return;
    // A last frame that got lost leaves no gap behind, so one joins again now and then.
    this.#timers.join = setTimeout(() => this.#join(), pause ?? (this.#joined ? SAFETY : 0));
    void this.#pump();
  }

  /**
   * Ask the server; the outcome is how long to wait before asking again, null when it is answered.
   * @param {string} name @param {any[]} args @param {(ok: any) => void} take @param {(sentence: string) => void} [refuse]
   * @returns {Promise<number | null>}
   */
  async #asked(name, args, take, refuse = (sentence) => this.#shut(sentence)) {
    try {
      const answer = await this.#connection.ask(name, args);
      if (this.#ended) return null;
      // While all writing is paused what is typed waits here.
      if ("refused" in answer && (answer.retry || answer.code === "locked")) return this.#pause();
      this.#tries = 0;
      if ("ok" in answer) take(answer.ok);
      else if (answer.code === "upgrade") this.#connection.outdated(answer.refused);
      else refuse(answer.refused);
      return null;
    } catch (error) {
      if (!(error instanceof Unanswered)) throw error;
      return this.#pause();
    }
  }

  /** @param {Joined} joined @param {boolean} current whether nothing of ours was stored since it was asked for */
  #take({epoch, seq, sv, update, client}, current) {
    if (this.#pending.epoch !== null && epoch !== this.#pending.epoch) {
      // Another history: merging would double every word.
      this.#startOver();
      return;
    }
    if (this.#pending.epoch === null || this.doc.clientID !== this.#client) this.doc.clientID = this.#client = client;
    this.#pending.epoch = epoch;
    this.#seq = seq;
    applyUpdate(this.doc, fromBase64(update), SERVER);
    this.#joined = true;
    this.#adopt();
    const [next] = this.#pending.pieces;
    if (next && current && !fitsAfter(fromBase64(sv), next)) {
      this.#startOver(t("What you wrote does not fit the text any more."));
      return;
    }
    this.#early.splice(0).forEach((frame) => this.#hear(frame));
    this.#changed();
  }

  /** Go on with what an earlier page has left, if it belongs to this history. */
  #adopt() {
    for (const left of this.#left.splice(0)) {
      if (left.epoch === this.#pending.epoch) {
        left.pieces.forEach((piece) => applyUpdate(this.doc, piece, LEFT));
        void this.#pending.adopt(left);
      } else this.#giveUp(left);
    }
  }

  /** @param {import("./pending.js").Left} left */
  #giveUp({key, pieces}) {
    this.#offer(null, wordsIn(pieces));
    void this.#device.remove("edits", key);
  }

  /** @param {DraftFrame} frame */
  #hear(frame) {
    if (!this.#joined) return void this.#early.push(frame);
    for (const [kind, , data] of frame.things) {
      // The other kind there is says that the history is another now.
      if (kind !== "update") return void this.#join();
      applyUpdate(this.doc, fromBase64(data), SERVER);
    }
    if (frame.since > this.#seq) void this.#join();
    else this.#seq = Math.max(this.#seq, frame.seq);
  }

  // ---- sending ----

  async #pump() {
    const [update] = this.#pending.pieces;
    const ready = this.#joined && !this.#sending && Date.now() >= this.#notBefore;
    if (!update || !ready || this.#ended) return;
    this.#sending = true;
    const flight = this.#flight ??= {op: newOp(), update};
    const payload = {recommendation: this.#id, epoch: this.#pending.epoch, update: toBase64(flight.update)};
    const pause = await this.#asked(
      "act", ["draft.update", flight.op, payload], () => this.#landed(flight), (sentence) => void (flight === this.#flight && this.#startOver(sentence)),
    );
    this.#sending = false;
    this.#again(pause);
  }

  /** @param {number | null} pause */
  #again(pause) {
    if (this.#ended || !this.#connection.live) return;
    clearTimeout(this.#timers.pump);
    this.#notBefore = Date.now() + (pause ?? 0);
    if (pause) this.#timers.pump = setTimeout(() => this.#again(0), pause);
    else void this.#pump();
  }

  /** @param {{op: string, update: Uint8Array}} flight */
  #landed(flight) {
    if (flight !== this.#flight) return;
    this.#flight = null;
    this.#landings += 1;
    this.#pending.pieces.shift();
    this.#pending.keepSoon();
    if (!this.#pending.pieces.length) this.#touched.clear();
    this.#changed();
    if (this.#closing && !this.#pending.pieces.length) this.#end();
  }

  #pause() {
    this.#tries += 1;
    const longest = Math.min(LONGEST_PAUSE, 400 * 2 ** this.#tries);
    return between(longest / 2, longest);
  }

  // ---- when it cannot be stored ----

  /** Offer what is not stored as plain text, and begin with a fresh copy. @param {string} [sentence] */
  #startOver(sentence) {
    this.#rescue();
    this.#begin();
    if (sentence) this.refusal = sentence;
    this.#changed();
    void this.#join();
  }

  /** It may not be written or read here any more. @param {string} sentence */
  #shut(sentence) {
    this.#rescue();
    this.reason = sentence;
    this.#changed();
  }

  /** The texts with something of ours that is not stored. */
  get #roots() {
    return [...this.#touched].filter((root) => !MAPS.includes(root));
  }

  #rescue() {
    const {pieces} = this.#pending;
    const roots = pieces.length ? this.#roots : [];
    roots.forEach((root) => this.#offer(root, this.doc.getText(root).toString()));
    if (!roots.length) this.#offer(null, wordsIn(pieces));
    this.#left.splice(0).forEach((left) => this.#giveUp(left));
    this.#pending.clear();
    this.#flight = null;
    this.#touched.clear();
  }

  #begin() {
    this.doc.destroy();
    this.doc = new Doc();
    this.generation += 1;
    this.#pending.epoch = null;
    this.#joined = false;
    this.#early = [];
    this.#watch();
  }

  /** @param {string | null} root @param {string} text */
  #offer(root, text) {
    if (!text.trim()) return;
    const unsent = {key: `${this.#group} ${newOp()}`, root, text};
    this.unsent = [...this.unsent, unsent];
    void this.#device.put("edits", {...unsent, group: `${this.#group} unsent`});
  }

  #end() {
    this.#ended = true;
    Object.values(this.#timers).forEach(clearTimeout);
    this.#unlisten();
    void this.#pending.keep();
    if (count(this.#connection, this.#id, -1)) return;
    this.#connection.ask("leave", [{recommendation: this.#id}]).catch(() => {});
  }

  #changed() {
    this.#listeners.forEach((tell) => tell());
  }
}

/** How much somebody has written at once. @param {import("../vendor/yjs.js").Transaction} transaction @param {number} client */
const written = ({beforeState, afterState}, client) => (afterState.get(client) ?? 0) - (beforeState.get(client) ?? 0);

/** Note a copy more or less; what is left. @param {Connection} connection @param {number} id @param {1 | -1} more */
function count(connection, id, more) {
  const open = copies.get(connection) ?? new Map();
  copies.set(connection, open.set(id, (open.get(id) ?? 0) + more));
  return open.get(id);
}

/** @param {() => void} tell @returns {() => void} how to stop it */
function onLeaving(tell) {
  if (typeof document === "undefined") return () => {};
  const hidden = () => document.visibilityState === "hidden" && tell();
  document.addEventListener("visibilitychange", hidden);
  window.addEventListener("pagehide", tell);
  return () => {
    document.removeEventListener("visibilitychange", hidden);
    window.removeEventListener("pagehide", tell);
  };
}
