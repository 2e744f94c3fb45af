// The line to the server: it comes in, keeps the room up to date, and comes back by itself.
import {io} from "../vendor/socket.io.js";
import {Clock} from "./clock.js";
import {apply, empty, Gap} from "./store.js";

/** @typedef {import("./store.js").Room} Room */
/** @typedef {import("./store.js").Frame} Frame */
/** @typedef {import("./store.js").Line} Line */
/** @typedef {{room: string, title: Record<string, string>, number: number, tables: number}} There */
/** @typedef {{ok: any} | {refused: string, code: string, retry: boolean, there?: There | null}} Answer */
/** @typedef {"connecting" | "live" | "away" | "shut" | "upgrade"} Status */
/** @typedef {{id: number, since: number, seq: number, things: [string, string, string][]}} DraftFrame */

/** No answer came: nobody knows whether it was done. */
export class Unanswered extends Error {}

const PATIENCE = 8000;
/** A phone that wakes up may hold a dead line, and should not wait long to find out. */
const PATIENCE_AWAKE = 3000;

/** Some milliseconds between `least` and `most`: a hall must not knock in step. @param {number} least @param {number} most */
export const between = (least, most) => least + Math.random() * (most - least);

export class Connection {
  /** @type {Room} */
  room = empty();
  /** @type {Status} */
  status = "connecting";
  /** Why it is shut, in the words of the server. */
  reason = "";
  /** Where this seat is now, once it has been sent elsewhere. @type {There | null} */
  there = null;
  clock = new Clock();

  /** @type {Set<() => void>} */
  #listeners = new Set();
  /** @type {Set<(frame: DraftFrame) => void>} */
  #drafts = new Set();
  /** @type {Frame[] | null} what came while we were coming in */
  #early = null;
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  #timer;
  #socket;
  #stop;

  /**
   * @param {{page: string, room: string, screen?: string}} auth which page this is, of which room, on which screen
   * @param {import("../vendor/socket.io.js").Socket} [socket] for tests
   */
  constructor(auth, socket = dial(auth)) {
    this.#socket = socket;
    socket.on("connect", () => this.enter());
    socket.on("disconnect", (why) => this.#lost(why));
    socket.on("connect_error", (error) => this.#turnedAway(error));
    socket.on("news", (frame) => this.#hear(frame));
    socket.on("draft", (frame) => this.#drafts.forEach((tell) => tell(frame)));
    this.#stop = onWaking(() => this.wake());
    socket.connect();
  }

  /** Be told whenever the room or the status has changed. Returns how to stop it. @param {() => void} tell */
  listen(tell) {
    this.#listeners.add(tell);
    return () => void this.#listeners.delete(tell);
  }

  /** Be told of the news of drafts. Returns how to stop it. @param {(frame: DraftFrame) => void} tell */
  listenToDrafts(tell) {
    this.#drafts.add(tell);
    return () => void this.#drafts.delete(tell);
  }

  /** Be told of another message of the server. Returns how to stop it. @param {string} message @param {(frame: any) => void} tell */
  listenTo(message, tell) {
    this.#socket.on(message, tell);
    return () => void this.#socket.off(message, tell);
  }

  /** Whether the room is up to date and can be spoken to. */
  get live() {
    return this.status === "live";
  }

  /**
   * Ask the server, and wait for its answer.
   * @param {string} name @param {unknown[]} args @param {number} [patience] milliseconds
   * @returns {Promise<Answer>}
   * @throws {Unanswered}
   */
  async ask(name, args, patience = PATIENCE) {
    if (!this.#socket.connected) throw new Unanswered(name);
    try {
      return await this.#socket.timeout(patience).emitWithAck(name, ...args);
    } catch {
      throw new Unanswered(name);
    }
  }

  /** Come in, or catch up: learn what was missed and what is one's own. */
  async enter(patience = PATIENCE) {
    if (this.#early) return;
    this.#early = [];
    clearTimeout(this.#timer);
    const asked = Date.now();
    const since = this.#knows ? this.room.seq : null;
    try {
      this.#let(await this.ask("enter", [{since}], patience), asked);
    } catch {
      // A line that is up and says nothing is dead. One that is down comes back by itself, in its time.
      if (this.#socket.connected) this.#redial();
    } finally {
      this.#early = null;
    }
  }

  /** The phone was asleep, or the network is back: find out at once how things are. */
  wake() {
    if (this.status === "upgrade") return;
    if (this.#socket.connected) void this.enter(PATIENCE_AWAKE);
    else this.#redial();
  }

  /** What one knows better than the room, because it was answered to oneself. @param {Room["mine"]} mine */
  learn(mine) {
    this.room = {...this.room, mine};
    this.#changed();
  }

  /** This page is too old for the server: only a reload helps. @param {string} sentence */
  outdated(sentence) {
    this.#become("upgrade", sentence);
  }

  /** Hang up for good. */
  close() {
    clearTimeout(this.#timer);
    this.#stop();
    this.#socket.disconnect();
  }

  get #knows() {
    return this.room.seq > 0 || Object.keys(this.room.things).length > 0;
  }

  /** @param {Answer} answer @param {number} asked */
  #let(answer, asked) {
    if ("ok" in answer) {
      this.clock.learn(answer.ok.now, asked, Date.now());
      this.#take([answer.ok, ...(this.#early ?? [])]);
      return;
    }
    if (answer.code === "upgrade") return this.outdated(answer.refused);
    this.there = answer.there ?? null;
    if (!answer.retry) return this.#become("shut", answer.refused);
    this.#later(between(1000, 4000));
  }

  /** @param {Frame} frame */
  #hear(frame) {
    if (this.#early) this.#early.push(frame);
    else if (this.live) this.#take([frame]);
  }

  /** @param {Frame[]} frames */
  #take(frames) {
    try {
      this.room = frames.reduce(apply, this.room);
    } catch (error) {
      if (!(error instanceof Gap)) throw error;
      return this.#later(between(0, 300));
    }
    // A lost last frame leaves no gap behind, so one asks now and then.
    this.#later(this.room.stale ? between(0, 300) : between(30_000, 60_000));
    this.#become("live");
  }

  /** @param {number} wait */
  #later(wait) {
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#socket.connected && this.enter(), wait);
  }

  /** @param {string} why */
  #lost(why) {
    if (this.status === "live" || this.status === "connecting") this.#become("away");
    if (why !== "io server disconnect") return;
    // The library leaves it to us to come back when the server has hung up.
    clearTimeout(this.#timer);
    this.#timer = setTimeout(() => this.#socket.connect(), between(1000, 5000));
  }

  /** @param {Error} error */
  #turnedAway(error) {
    if (this.#socket.active) this.#become("away");
    else this.#become("shut", error.message);
  }

  #redial() {
    this.#socket.disconnect();
    this.#socket.connect();
  }

  /** @param {Status} status @param {string} [reason] */
  #become(status, reason = "") {
    if (this.status === "upgrade") return;
    this.status = status;
    this.reason = reason;
    this.#changed();
  }

  #changed() {
    this.#listeners.forEach((tell) => tell());
  }
}

/** @param {{page: string, room: string, screen?: string}} auth */
const dial = (auth) => io({
  auth,
  autoConnect: false,
  // Some networks let no WebSocket through; then the slow way.
  transports: ["websocket", "polling"],
  tryAllTransports: true,
  reconnectionDelay: 700,
  reconnectionDelayMax: 6000,
  randomizationFactor: 0.6,
  timeout: 8000,
});

/** @param {() => void} wake @returns {() => void} how to stop it */
function onWaking(wake) {
  if (typeof document === "undefined") return () => {};
  const seen = () => document.visibilityState === "visible" && wake();
  const shown = (/** @type {PageTransitionEvent} */ event) => event.persisted && wake();
  document.addEventListener("visibilitychange", seen);
  // A page that was frozen in the background is not always told that it is seen again.
  document.addEventListener("resume", wake);
  window.addEventListener("online", wake);
  window.addEventListener("pageshow", shown);
  return () => {
    document.removeEventListener("visibilitychange", seen);
    document.removeEventListener("resume", wake);
    window.removeEventListener("online", wake);
    window.removeEventListener("pageshow", shown);
  };
}
