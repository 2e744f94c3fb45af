import assert from "node:assert/strict";
import test from "node:test";
import {IDBFactory, IDBObjectStore} from "fake-indexeddb";
import {Connection} from "../../facilitator/static/lib/connection.js";
import {Device} from "../../facilitator/static/lib/device.js";
import {newOp} from "../../facilitator/static/lib/op.js";
import {Outbox} from "../../facilitator/static/lib/outbox.js";
import {pause, seeded, Server, Socket, until} from "./fakes.mjs";

/** A page with its own line, on a disk that pages may share. */
async function page(context, server, {disk = new IDBFactory(), group = "forum room", done, ...options} = {}) {
  const socket = new Socket(server, options);
  const connection = new Connection({page: "room", room: "r"}, socket);
  const outbox = await Outbox.open({group, connection, device: await Device.open(disk), done});
  const close = () => {
    outbox.close();
    connection.close();
  };
  context.after(close);
  return {socket, connection, outbox, disk, close};
}

const texts = (server) => server.done.map(({payload}) => payload.text);
const post = (outbox, text) => outbox.act("idea.post", {text});

test("what is done is answered when it is stored", async (context) => {
  const server = new Server();
  const {outbox} = await page(context, server);
  const asked = post(outbox, "a");
  assert.deepEqual(outbox.waiting.map(({payload}) => payload), [{text: "a"}]);
  assert.deepEqual(await asked, {ok: {id: 1}});
  assert.deepEqual(outbox.state, {waiting: 0, sending: false, slow: false, lasting: true});
  assert.deepEqual(texts(server), ["a"]);
});

test("things are done in the order in which they were asked, one at a time", async (context) => {
  const server = new Server();
  const {outbox} = await page(context, server, {random: seeded(3)});
  const names = Array.from({length: 20}, (_, i) => String(i));
  await Promise.all(names.map((name) => post(outbox, name)));
  assert.deepEqual(texts(server), names);
});

test("over a line that is cut at random everything is done once, in order", async (context) => {
  const server = new Server();
  const {socket, outbox} = await page(context, server, {trouble: 0.15, random: seeded(8)});
  const names = Array.from({length: 40}, (_, i) => String(i));
  const asked = Promise.all(names.map((name) => post(outbox, name)));
  await until(() => outbox.waiting.length < 5, undefined, 20_000);
  socket.trouble = 0;
  await asked;
  assert.deepEqual(texts(server), names);
  assert.ok(server.heard.length > names.length, "nothing was sent twice, so this showed nothing");
});

test("without a line it waits and says so; with one it goes", async (context) => {
  const server = new Server();
  const {socket, connection, outbox} = await page(context, server, {comeBack: false});
  await until(() => connection.live);
  socket.drop();
  const asked = post(outbox, "a");
  await pause(20);
  assert.deepEqual([outbox.state.waiting, outbox.state.sending, server.done.length], [1, false, 0]);
  socket.connect();
  assert.deepEqual(await asked, {ok: {id: 1}});
});

test("an answer that got lost is asked for again under the same name", async (context) => {
  const server = new Server();
  const {socket, outbox, connection} = await page(context, server);
  await until(() => connection.live);
  const act = server.act.bind(server);
  server.act = (...asked) => {
    server.act = act;
    act(...asked);
    socket.drop();
    return null;
  };
  await post(outbox, "a");
  assert.deepEqual(texts(server), ["a"]);
  assert.equal(server.heard.length, 2);
  assert.equal(server.heard[0].op, server.heard[1].op);
});

test("what waits survives the page, and its answer is told to the next one", async (context) => {
  const server = new Server();
  const first = await page(context, server, {comeBack: false});
  await until(() => first.connection.live);
  first.socket.drop();
  const {kept} = first.outbox.put("idea.post", {text: "a"});
  post(first.outbox, "b");
  await kept;
  await pause(10);
  first.close();
  const told = [];
  const second = await page(context, server, {disk: first.disk, done: (act, answer) => told.push([act.payload.text, answer])});
  await until(() => second.outbox.waiting.length === 0);
  assert.deepEqual(texts(server), ["a", "b"]);
  assert.deepEqual(told, [["a", {id: 1}], ["b", {id: 2}]]);
  const third = await page(context, server, {disk: first.disk});
  assert.deepEqual(third.outbox.waiting, []);
});

test("what another room or seat left waits for its own page", async (context) => {
  const server = new Server();
  const first = await page(context, server, {comeBack: false, group: "one"});
  await until(() => first.connection.live);
  first.socket.drop();
  await first.outbox.put("idea.post", {text: "a"}).kept;
  first.close();
  const other = await page(context, server, {disk: first.disk, group: "two"});
  assert.deepEqual(other.outbox.waiting, []);
});

test("two tabs that send the same thing do it once, and both have the answer", async (context) => {
  const server = new Server();
  const first = await page(context, server, {comeBack: false});
  await until(() => first.connection.live);
  first.socket.drop();
  const {kept, answer} = first.outbox.put("idea.post", {text: "a"});
  await kept;
  const second = await page(context, server, {disk: first.disk});
  first.socket.connect();
  assert.deepEqual(await answer, {ok: {id: 1}});
  await until(() => second.outbox.waiting.length === 0);
  assert.deepEqual(texts(server), ["a"]);
});

test("a refusal is told, keeps the words until dismissed, and holds nobody up", async (context) => {
  const server = new Server();
  server.refusing = (_, {text}) => text === "bad" ? {refused: "Too long.", code: "too_long", retry: false} : undefined;
  const {outbox, disk} = await page(context, server);
  const [refused, done] = await Promise.all([post(outbox, "bad"), post(outbox, "good")]);
  assert.deepEqual([refused.refused, done], ["Too long.", {ok: {id: 1}}]);
  assert.deepEqual(outbox.refused.map(({payload, refused, code}) => [payload.text, refused, code]), [["bad", "Too long.", "too_long"]]);
  const later = await page(context, server, {disk});
  assert.deepEqual(later.outbox.refused.map(({payload}) => payload.text), ["bad"]);
  assert.deepEqual(later.outbox.waiting, []);
  later.outbox.dismiss(later.outbox.refused[0].op);
  assert.deepEqual(later.outbox.refused, []);
  await pause(20);
  assert.deepEqual((await page(context, server, {disk})).outbox.refused, []);
});

test("what may be tried again is tried again, slower, with the same name, news or not", async (context) => {
  const server = new Server();
  let times = 0;
  server.refusing = () => (times += 1) <= 2 ? {refused: "Busy.", code: "rate", retry: true} : undefined;
  const {outbox} = await page(context, server);
  const asked = post(outbox, "a");
  const chatter = setInterval(() => server.publish("echo", 1, {id: 1}), 10);
  await asked;
  clearInterval(chatter);
  assert.equal(new Set(server.heard.map(({op}) => op)).size, 1);
  assert.equal(server.heard.length, 3);
});

test("an old page keeps what it cannot send", async (context) => {
  const server = new Server();
  server.refusing = () => ({refused: "Reload it.", code: "upgrade", retry: false});
  const {outbox, connection, disk} = await page(context, server);
  post(outbox, "a");
  await until(() => connection.status === "upgrade");
  assert.equal(outbox.waiting.length, 1);
  server.refusing = () => undefined;
  await page(context, server, {disk});
  await until(() => texts(server).length === 1);
});

test("without a disk it works in memory, and says so", async (context) => {
  const broken = {open: () => { throw new Error("private"); }};
  const {outbox} = await page(context, new Server(), {disk: broken});
  assert.equal(outbox.state.lasting, false);
  assert.deepEqual(await post(outbox, "a"), {ok: {id: 1}});
});

test("a disk that never answers does not hold anybody up for long", async (context) => {
  const dead = {open: () => ({})};
  const {outbox} = await page(context, new Server(), {disk: dead});
  assert.deepEqual(await post(outbox, "a"), {ok: {id: 1}});
  assert.equal(outbox.state.lasting, false);
});

test("a disk that fills up later is noticed, and nothing is lost while the page is open", async (context) => {
  const server = new Server();
  const {outbox, connection, socket} = await page(context, server, {comeBack: false});
  await until(() => connection.live);
  socket.drop();
  const full = fillUp();
  const {kept} = outbox.put("idea.post", {text: "a"});
  await kept;
  assert.equal(outbox.state.lasting, false);
  full.restore();
  socket.connect();
  await until(() => outbox.waiting.length === 0);
  assert.deepEqual(texts(server), ["a"]);
});

/** Let every writing to the disk fail, until restored. */
function fillUp() {
  const {prototype} = IDBObjectStore;
  const {put} = prototype;
  prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
  return {restore: () => { prototype.put = put; }};
}

test("the payload is what it was when it was asked for", async (context) => {
  const server = new Server();
  const {outbox} = await page(context, server);
  const payload = {text: "a"};
  const asked = outbox.act("idea.post", payload);
  payload.text = "changed";
  await asked;
  assert.deepEqual(texts(server), ["a"]);
});

test("names of operations are such as the server takes, and differ", () => {
  const names = new Set(Array.from({length: 1000}, newOp));
  assert.equal(names.size, 1000);
  for (const name of names) assert.match(name, /^[0-9a-v]{26}$/);
});
