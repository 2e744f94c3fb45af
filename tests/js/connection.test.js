import assert from "node:assert/strict";
import test from "node:test";
import {Connection, Unanswered} from "../../facilitator/static/lib/connection.js";
import {all} from "../../facilitator/static/lib/store.js";
import {pause, seeded, Server, Socket, until} from "./fakes.mjs";

function phone(context, server, options) {
  const socket = new Socket(server, options);
  const connection = new Connection({page: "room", room: "r"}, socket);
  context.after(() => connection.close());
  return {socket, connection};
}

const texts = (connection) => all(connection.room, "idea").map(({text}) => text);

test("coming in gives the room, and news keep it up to date", async (context) => {
  const server = new Server();
  server.publish("idea", 1, {id: 1, text: "a"});
  const {connection} = phone(context, server);
  assert.equal(connection.status, "connecting");
  await until(() => connection.live);
  server.publish("idea", 2, {id: 2, text: "b"});
  await until(() => texts(connection).join() === "a,b");
});

test("what comes while coming in is not lost", async (context) => {
  const server = new Server();
  const {socket, connection} = phone(context, server);
  const answer = server.answer.bind(server);
  server.answer = (...asked) => {
    const answered = answer(...asked);
    server.answer = answer;
    socket.fire("news", {since: 0, seq: 1, things: [["idea", "1", {id: 1, text: "meanwhile"}]]});
    return answered;
  };
  await until(() => connection.live);
  assert.deepEqual(texts(connection), ["meanwhile"]);
});

test("a gap is filled by asking", async (context) => {
  const server = new Server();
  const {socket, connection} = phone(context, server);
  await until(() => connection.live);
  socket.trouble = 1;
  server.publish("idea", 1, {id: 1, text: "lost"});
  socket.trouble = 0;
  server.publish("idea", 2, {id: 2, text: "heard"});
  await until(() => texts(connection).join() === "lost,heard");
});

test("after a cut it says so, comes back and catches up", async (context) => {
  const server = new Server();
  const {socket, connection} = phone(context, server);
  await until(() => connection.live);
  socket.drop(30);
  assert.equal(connection.status, "away");
  server.publish("idea", 1, {id: 1, text: "missed"});
  await until(() => connection.live);
  assert.deepEqual(texts(connection), ["missed"]);
});

test("a hundred changes over a bad line leave the same room as a fresh start", async (context) => {
  const server = new Server();
  const {socket, connection} = phone(context, server, {trouble: 0.05, random: seeded(4)});
  const random = seeded(5);
  for (let i = 0; i < 100; i += 1) {
    const id = 1 + random.below(10);
    server.publish("idea", id, random() < 0.3 ? null : {id, text: String(i)});
    if (random() < 0.05) socket.drop();
    await pause(random.below(4));
  }
  socket.trouble = 0;
  socket.drop();
  await until(() => connection.live && connection.room.seq === server.seq);
  const {connection: fresh} = phone(context, server);
  await until(() => fresh.live);
  assert.deepEqual(all(connection.room, "idea"), all(fresh.room, "idea"));
});

test("a refused door is told in the words of the server and not knocked at again", async (context) => {
  const server = new Server();
  const {socket, connection} = phone(context, server, {comeBack: false});
  socket.active = false;
  socket.fire("connect_error", new Error("Scan the code again."));
  assert.deepEqual([connection.status, connection.reason], ["shut", "Scan the code again."]);
});

test("a refused entry is told; one that may be tried again is tried again", async (context) => {
  const server = new Server();
  const answers = [{refused: "Busy.", code: "rate", retry: true}, {refused: "You are in another room now.", code: "gone", retry: false}];
  const answer = server.answer.bind(server);
  server.answer = (...asked) => answers.shift() ?? answer(...asked);
  const {connection} = phone(context, server);
  await until(() => connection.status === "shut");
  assert.equal(connection.reason, "You are in another room now.");
  connection.wake();
  await until(() => connection.live);
});

test("an old page says that it is old, and goes on saying so", async (context) => {
  const server = new Server();
  const {connection} = phone(context, server);
  await until(() => connection.live);
  connection.outdated("Reload it.");
  await connection.enter();
  assert.deepEqual([connection.status, connection.reason], ["upgrade", "Reload it."]);
});

test("asking without a line is not answered", async (context) => {
  const {connection, socket} = phone(context, new Server(), {comeBack: false});
  await until(() => connection.live);
  const asked = connection.ask("act", ["idea.post", "op", {}]);
  socket.drop();
  await assert.rejects(asked, Unanswered);
  await assert.rejects(connection.ask("enter", []), Unanswered);
});

test("the clock of the server is learnt on the way", async (context) => {
  const server = new Server();
  const enter = server.enter.bind(server);
  server.enter = (asked) => ({...enter(asked), now: new Date(Date.now() + 3_600_000).toISOString()});
  const {connection} = phone(context, server);
  await until(() => connection.live);
  assert.ok(Math.abs(connection.clock.now() - Date.now() - 3_600_000) < 1000);
});
