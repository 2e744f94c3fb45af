// A server and its sockets in memory, as the contract has them, for tests that need drops on command.
// What the real server does is tested over real sockets elsewhere.
import {applyUpdate, Doc, encodeStateAsUpdate, encodeStateVector} from "../../facilitator/static/vendor/yjs.js";
import {fromBase64, toBase64} from "../../facilitator/static/lib/updates.js";

/** Numbers that are the same in each run. */
export function seeded(seed) {
  let state = seed;
  const random = () => {
    state = (state + 0x6d2b79f5) | 0;
    let mixed = Math.imul(state ^ (state >>> 15), 1 | state);
    mixed = (mixed + Math.imul(mixed ^ (mixed >>> 7), 61 | mixed)) ^ mixed;
    return ((mixed ^ (mixed >>> 14)) >>> 0) / 4294967296;
  };
  return Object.assign(random, {below: (n) => Math.floor(random() * n)});
}

export const pause = (ms) => new Promise((resolve) => setTimeout(resolve, ms));

/** Wait until something holds. */
export async function until(holds, what = String(holds), patience = 8000) {
  const end = Date.now() + patience;
  while (!holds()) {
    if (Date.now() > end) throw new Error(`Never: ${what}`);
    await pause(3);
  }
}

const copied = (value) => JSON.parse(JSON.stringify(value));

export class Server {
  seq = 0;
  /** One [kind, id, data] per seq, from 1. */
  log = [];
  mine = {role: "participant", seat: null, ideas: [], supports: [], papers: {}};
  answers = new Map();
  /** What was done, in order: one entry for each operation that had an effect. */
  done = [];
  /** Every act that came in, repeats as well. */
  heard = [];
  sockets = new Set();
  drafts = new Map();
  /** May refuse: (name, payload) → answer or nothing. */
  refusing = () => undefined;
  closed = null;

  publish(kind, id, data) {
    this.seq += 1;
    this.log.push([kind, String(id), data]);
    this.tell("news", {since: this.seq - 1, seq: this.seq, things: [this.log.at(-1)]});
  }

  tell(event, frame, to = this.sockets) {
    for (const socket of [...to]) socket.hear(event, copied(frame));
  }

  answer(socket, name, args) {
    if (name === "enter") return {ok: this.enter(args[0])};
    if (name === "act") return this.act(socket, ...args);
    if (name === "join") return this.join(socket, args[0]);
    if (name === "leave") return {ok: this.drafts.get(args[0].recommendation).copies.delete(socket) && null};
    throw new Error(name);
  }

  enter({since}) {
    const own = {seq: this.seq, mine: this.mine, now: new Date().toISOString()};
    if (since !== null) return {...own, since, things: this.log.slice(since)};
    const last = new Map(this.log.map((line) => [`${line[0]} ${line[1]}`, line]));
    return {...own, since: null, things: [...last.values()].filter((line) => line[2] !== null)};
  }

  act(socket, name, op, payload) {
    this.heard.push({name, op, payload});
    const refused = this.refusing(name, payload);
    if (refused) return refused;
    if (name === "draft.update") return this.write(payload);
    if (!this.answers.has(op)) {
      this.done.push({name, payload});
      this.answers.set(op, {ok: {id: this.done.length}});
      this.publish("idea", this.done.length, {id: this.done.length, ...payload});
    }
    return this.answers.get(op);
  }

  draft(id) {
    if (!this.drafts.has(id)) this.drafts.set(id, {doc: new Doc(), seq: 0, epoch: "e1", copies: new Set(), sizes: []});
    return this.drafts.get(id);
  }

  /** Begin the history of a draft anew, with a text in it. */
  anew(id, epoch, text) {
    const draft = this.draft(id);
    draft.doc = new Doc();
    draft.doc.getText("s:a").insert(0, text);
    draft.epoch = epoch;
    draft.seq += 1;
    const line = ["epoch", String(draft.seq), epoch];
    this.tell("draft", {id, since: draft.seq - 1, seq: draft.seq, things: [line]}, draft.copies);
  }

  join(socket, {recommendation, epoch, sv}) {
    const draft = this.draft(recommendation);
    if (this.closed) return {refused: this.closed, code: "gone", retry: false};
    draft.copies.add(socket);
    const has = epoch === draft.epoch ? fromBase64(sv) : undefined;
    return {ok: {
      epoch: draft.epoch,
      seq: draft.seq,
      sv: toBase64(encodeStateVector(draft.doc)),
      update: toBase64(encodeStateAsUpdate(draft.doc, has)),
      client: 1 + Math.floor(Math.random() * 2 ** 31),
    }};
  }

  write({recommendation, epoch, update}) {
    const draft = this.draft(recommendation);
    if (epoch !== draft.epoch) return {refused: "Begun anew.", code: "conflict", retry: false};
    const bytes = fromBase64(update);
    draft.sizes.push(bytes.length);
    if (bytes.length > 32 * 1024) return {refused: "Too large.", code: "too_long", retry: false};
    let fresh = false;
    draft.doc.once("update", () => { fresh = true; });
    applyUpdate(draft.doc, bytes);
    if (draft.doc.store.pendingStructs || draft.doc.store.pendingDs) throw new Error("an edit came before what it builds on");
    if (!fresh) return {ok: {seq: 0}};
    draft.seq += 1;
    const line = ["update", String(draft.seq), update];
    this.tell("draft", {id: recommendation, since: draft.seq - 1, seq: draft.seq, things: [line]}, draft.copies);
    return {ok: {seq: draft.seq}};
  }
}

/** A socket as the library has it, as far as we use it. `trouble` is how often a message is lost. */
export class Socket {
  connected = false;
  active = false;
  #handlers = new Map();
  #asking = new Set();

  constructor(server, {trouble = 0, random = seeded(1), comeBack = true} = {}) {
    Object.assign(this, {server, trouble, random, comeBack});
  }

  on(name, handler) {
    this.#handlers.set(name, handler);
  }

  fire(name, ...args) {
    this.#handlers.get(name)?.(...args);
  }

  connect() {
    this.active = true;
    setTimeout(() => {
      if (!this.active || this.connected) return;
      this.connected = true;
      this.server.sockets.add(this);
      this.fire("connect");
    }, 1);
  }

  disconnect() {
    this.active = false;
    this.#cut("io client disconnect");
  }

  /** The network is gone; the library comes back by itself. */
  drop(after = 5) {
    this.#cut("transport close");
    if (this.comeBack) setTimeout(() => this.active && this.connect(), after);
  }

  #cut(why) {
    if (!this.connected) return;
    this.connected = false;
    this.server.sockets.delete(this);
    this.server.drafts.forEach(({copies}) => copies.delete(this));
    [...this.#asking].forEach((reject) => reject(new Error("socket has been disconnected")));
    this.fire("disconnect", why);
  }

  hear(event, frame) {
    if (this.random() < this.trouble) return;
    setTimeout(() => this.connected && this.fire(event, frame), this.random.below(3));
  }

  timeout() {
    return {emitWithAck: (name, ...args) => new Promise((resolve, reject) => {
      const fail = (error) => {
        this.#asking.delete(fail);
        reject(error);
      };
      this.#asking.add(fail);
      setTimeout(() => this.#deliver(name, copied(args), (answer) => {
        this.#asking.delete(fail);
        resolve(answer);
      }), this.random.below(3));
    })};
  }

  /** Lost on the way there, or on the way back: either way the line is cut, as TCP does it. */
  #deliver(name, args, answered) {
    if (!this.connected) return;
    if (this.random() < this.trouble) return this.drop();
    const answer = copied(this.server.answer(this, name, args));
    if (this.random() < this.trouble) return this.drop();
    setTimeout(() => this.connected && answered(answer), this.random.below(3));
  }
}
