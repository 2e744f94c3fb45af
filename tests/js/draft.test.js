import assert from "node:assert/strict";
import test from "node:test";
import {IDBFactory, IDBObjectStore} from "fake-indexeddb";
import {Connection} from "../../facilitator/static/lib/connection.js";
import {Device} from "../../facilitator/static/lib/device.js";
import {Draft} from "../../facilitator/static/lib/draft.js";
import {addStep, stepsOf} from "../../facilitator/static/lib/steps.js";
import {wordsIn} from "../../facilitator/static/lib/updates.js";
import {pause, seeded, Server, Socket, until} from "./fakes.mjs";

const ID = 7;

/** A page with the draft open, on a disk that pages may share. */
async function page(context, server, {disk = new IDBFactory(), ...options} = {}) {
  const socket = new Socket(server, options);
  const connection = new Connection({page: "room", room: "r"}, socket);
  const device = await Device.open(disk);
  const draft = await Draft.open({recommendation: ID, connection, device});
  /** As when the tab is closed: nothing more happens here, and what is on the disk stays. */
  const close = () => {
    socket.comeBack = false;
    connection.close();
  };
  context.after(() => {
    close();
    draft.close();
  });
  return {socket, connection, draft, device, disk, close};
}

const write = (draft, text, at = 0, root = "s:a") => draft.doc.transact(() => draft.text(root).insert(at, text), "person");
const read = (draft, root = "s:a") => draft.text(root).toString();
const stored = (server, root = "s:a") => server.draft(ID).doc.getText(root).toString();
const everything = ({doc}) => JSON.stringify([["title", "s:a", "s:b"].map((root) => doc.getText(root).toString()), Object.entries(doc.getMap("steps").toJSON()).sort()]);

test("what one writes is stored and on the other screen, under the id that was leased", async (context) => {
  const server = new Server();
  const [ana, ben] = await Promise.all([page(context, server), page(context, server)]);
  assert.equal(ana.draft.standing, "joining");
  await until(() => ana.draft.open && ben.draft.open);
  const leased = ana.draft.doc.clientID;
  write(ana.draft, "Hello");
  assert.equal(ana.draft.standing, "saving");
  await until(() => read(ben.draft) === "Hello");
  await until(() => ana.draft.standing === "saved");
  assert.deepEqual([stored(server), ana.draft.doc.clientID], ["Hello", leased]);
  assert.deepEqual([...server.draft(ID).doc.store.clients.keys()], [leased]);
});

test("who comes later reads what was written before", async (context) => {
  const server = new Server();
  server.draft(ID).doc.getText("title").insert(0, "A school for all");
  const {draft} = await page(context, server);
  await until(() => draft.standing === "saved");
  assert.equal(read(draft, "title"), "A school for all");
});

test("one update is on its way at a time; what is typed meanwhile goes as one", async (context) => {
  const server = new Server();
  const {draft} = await page(context, server);
  await until(() => draft.open);
  for (let i = 0; i < 50; i += 1) write(draft, "x", i);
  await until(() => draft.standing === "saved");
  assert.equal(stored(server), "x".repeat(50));
  assert.equal(server.heard.length, 2);
});

test("a large paste, and undoing to have taken it out, goes in pieces the server takes", async (context) => {
  const server = new Server();
  const {draft} = await page(context, server);
  await until(() => draft.open);
  write(draft, "ж".repeat(60_000));
  await until(() => draft.standing === "saved");
  assert.equal(stored(server).length, 60_000);
  assert.ok(server.draft(ID).sizes.length > 3);
  assert.ok(Math.max(...server.draft(ID).sizes) <= 32 * 1024);
});

test("'saved' is shown only if the server has it, over a line that is cut and loses news; copies converge; nothing is lost", async (context) => {
  for (const seed of [1, 2, 3]) {
    const random = seeded(seed);
    const server = new Server();
    const pages = await Promise.all([0, 1, 2].map((i) => page(context, server, {trouble: 0.06, random: seeded(seed * 10 + i)})));
    const lies = [];
    for (const {draft} of pages) {
      draft.listen(() => {
        if (draft.standing !== "saved") return;
        const own = draft.doc.store.clients.get(draft.doc.clientID)?.at(-1);
        const has = server.draft(ID).doc.store.clients.get(draft.doc.clientID)?.at(-1);
        if ((own ? own.id.clock + own.length : 0) > (has ? has.id.clock + has.length : 0)) lies.push(seed);
      });
    }
    await until(() => pages.every(({draft}) => draft.open), undefined, 20_000);
    const tokens = [];
    for (let i = 0; i < 150; i += 1) {
      const {draft, socket} = pages[random.below(3)];
      const token = `<${i}😀>`;
      const root = ["title", "s:a", "s:b"][random.below(3)];
      const ends = [...read(draft, root).matchAll(/>/g)].map(({index}) => index + 1);
      if (random() < 0.85) {
        tokens.push(token);
        write(draft, token, [0, ...ends][random.below(ends.length + 1)], root);
      } else if (random() < 0.5) addStep(draft.doc);
      else socket.drop(random.below(40));
      if (random() < 0.5) await pause(random.below(5));
    }
    pages.forEach(({socket}) => {
      socket.trouble = 0;
      socket.drop();
    });
    await until(() => pages.every(({draft}) => draft.standing === "saved"), "all saved", 20_000);
    await until(() => pages.every(({draft}) => everything(draft) === everything(server.draft(ID))), "one text");
    const all = everything(server.draft(ID));
    assert.deepEqual(tokens.filter((token) => all.split(token).length !== 2), []);
    assert.deepEqual(lies, []);
    assert.deepEqual(pages.flatMap(({draft}) => draft.unsent), []);
  }
});

test("without a line it says that it waits, and never that it is saved", async (context) => {
  const server = new Server();
  const {draft, socket} = await page(context, server, {comeBack: false});
  await until(() => draft.standing === "saved");
  socket.drop();
  assert.equal(draft.standing, "away");
  write(draft, "offline");
  assert.equal(draft.standing, "waiting");
  socket.connect();
  await until(() => draft.standing === "saved");
  assert.equal(stored(server), "offline");
});

test("what was written without a line survives the page, and what others wrote meanwhile", async (context) => {
  const server = new Server();
  const first = await page(context, server, {comeBack: false});
  await until(() => first.draft.open);
  write(first.draft, "stored ");
  await until(() => first.draft.standing === "saved");
  first.socket.drop();
  write(first.draft, "offline ", 7);
  await pause(5);
  write(first.draft, "twice", 15);
  await pause(20);
  first.close();
  server.draft(ID).doc.getText("s:a").insert(0, "meanwhile ");
  const second = await page(context, server, {disk: first.disk});
  await until(() => second.draft.standing === "saved");
  assert.equal(stored(server), "meanwhile stored offline twice");
  write(second.draft, "!", 30);
  await until(() => second.draft.standing === "saved");
  assert.equal(stored(server), "meanwhile stored offline twice!");
  const third = await page(context, server, {disk: first.disk});
  await until(() => third.draft.standing === "saved");
  assert.deepEqual([read(third.draft), third.draft.unsent], [stored(server), []]);
});

test("an answer that got lost leaves the text once", async (context) => {
  const server = new Server();
  const {draft, socket} = await page(context, server);
  await until(() => draft.open);
  const act = server.act.bind(server);
  server.act = (...asked) => {
    server.act = act;
    act(...asked);
    socket.drop();
    return null;
  };
  write(draft, "once");
  await until(() => draft.standing === "saved");
  assert.deepEqual([stored(server), read(draft)], ["once", "once"]);
  const [sent, again] = server.heard;
  assert.deepEqual(again, sent);
});

test("two tabs with the same unsent edits store them once", async (context) => {
  const server = new Server();
  const first = await page(context, server, {comeBack: false});
  await until(() => first.draft.open);
  first.socket.drop();
  write(first.draft, "once");
  await pause(20);
  const second = await page(context, server, {disk: first.disk, comeBack: false});
  first.socket.connect();
  await until(() => first.draft.standing === "saved" && second.draft.standing === "saved");
  await until(() => read(second.draft) === "once");
  assert.deepEqual([stored(server), read(first.draft)], ["once", "once"]);
});

test("another history is never merged with; what was not stored is offered as text", async (context) => {
  const server = new Server();
  const {draft, socket} = await page(context, server, {comeBack: false});
  await until(() => draft.open);
  write(draft, "common");
  await until(() => draft.standing === "saved");
  const before = draft.doc;
  socket.drop();
  write(draft, " and mine", 6);
  server.anew(ID, "e2", "common");
  socket.connect();
  await until(() => draft.standing === "saved");
  assert.notEqual(draft.doc, before);
  assert.deepEqual([draft.generation, read(draft), stored(server)], [1, "common", "common"]);
  assert.deepEqual(draft.unsent.map(({root, text}) => [root, text]), [["s:a", "common and mine"]]);
});

test("a new history is heard of at once, also by who has nothing unsent", async (context) => {
  const server = new Server();
  const {draft} = await page(context, server);
  await until(() => draft.standing === "saved");
  server.anew(ID, "e2", "mended");
  await until(() => draft.generation === 1 && read(draft) === "mended");
  assert.deepEqual(draft.unsent, []);
  write(draft, "and on ");
  await until(() => draft.standing === "saved");
  assert.equal(stored(server), "and on mended");
});

test("unsent edits of another history, left by a closed page, are offered as words until dismissed", async (context) => {
  const server = new Server();
  const first = await page(context, server, {comeBack: false});
  await until(() => first.draft.open);
  first.socket.drop();
  write(first.draft, "my words");
  await pause(20);
  first.close();
  server.anew(ID, "e2", "new");
  const second = await page(context, server, {disk: first.disk});
  await until(() => second.draft.unsent.length === 1);
  assert.deepEqual([second.draft.unsent[0].text, read(second.draft)], ["my words", "new"]);
  await pause(20);
  const third = await page(context, server, {disk: first.disk});
  await until(() => third.draft.open);
  assert.deepEqual(third.draft.unsent.map(({text}) => text), ["my words"]);
  third.draft.dismiss(third.draft.unsent[0]);
  await pause(20);
  const fourth = await page(context, server, {disk: first.disk});
  await until(() => fourth.draft.open);
  assert.deepEqual(fourth.draft.unsent, []);
});

test("a refused edit is offered as text, and the copy is again that of the server", async (context) => {
  const server = new Server();
  const {draft} = await page(context, server);
  await until(() => draft.open);
  write(draft, "good");
  await until(() => draft.standing === "saved");
  server.refusing = (name) => name === "draft.update" ? {refused: "Closed.", code: "closed", retry: false} : undefined;
  write(draft, " bad", 4);
  await until(() => draft.generation === 1 && draft.standing === "saved");
  assert.deepEqual([read(draft), draft.refusal, draft.unsent.map(({text}) => text)], ["good", "Closed.", ["good bad"]]);
  const asked = server.heard.length;
  await pause(50);
  assert.equal(server.heard.length, asked, "it must not go on trying");
  server.refusing = () => undefined;
  write(draft, "very ");
  await until(() => stored(server) === "very good");
});

test("an edit and a safety join that cross a new history leave the new one, whole", async (context) => {
  const random = seeded(9);
  for (let i = 0; i < 30; i += 1) {
    const server = new Server();
    const {draft, socket} = await page(context, server, {random: seeded(i)});
    await until(() => draft.standing === "saved");
    write(draft, "old words");
    await pause(random.below(6));
    if (random() < 0.5) socket.drop(1);
    server.anew(ID, "e2", "mended");
    await pause(random.below(6));
    write(draft, "new ");
    await until(() => draft.generation === 1 && draft.standing === "saved");
    await until(() => read(draft) === stored(server));
    // Typed before one knew: offered. Typed afterwards: stored. Never lost, never merged with the old.
    assert.ok(["mended", "new mended", "mendednew "].includes(read(draft)), read(draft));
    if (read(draft) === "mended") assert.match(draft.unsent.map(({text}) => text).join(), /new /);
    draft.close();
  }
});

test("what may be tried again is tried again", async (context) => {
  const server = new Server();
  let times = 0;
  server.refusing = () => (times += 1) <= 2 ? {refused: "Busy.", code: "rate", retry: true} : undefined;
  const {draft} = await page(context, server);
  await until(() => draft.open);
  write(draft, "a");
  await until(() => draft.standing === "saved");
  assert.deepEqual([stored(server), server.heard.length], ["a", 3]);
});

test("a draft that is closed to us says why, and keeps the words", async (context) => {
  const server = new Server();
  const {draft, socket} = await page(context, server, {comeBack: false});
  await until(() => draft.open);
  socket.drop();
  write(draft, "words");
  server.closed = "This text is no longer here.";
  socket.connect();
  await until(() => draft.standing === "refused");
  assert.deepEqual([draft.reason, draft.open, draft.unsent.map(({text}) => text)], [server.closed, false, ["words"]]);
  server.closed = null;
  draft.again();
  await until(() => draft.open);
});

test("if the server has lost what edits build on, they are offered as text instead of sent for ever", async (context) => {
  const server = new Server();
  const {draft, socket} = await page(context, server, {comeBack: false});
  await until(() => draft.open);
  write(draft, "lost by the server");
  await until(() => draft.standing === "saved");
  socket.drop();
  write(draft, " and more", 18);
  server.draft(ID).doc = new (draft.doc.constructor)();
  socket.connect();
  await until(() => draft.standing === "saved" && draft.generation === 1);
  assert.deepEqual(draft.unsent.map(({text}) => text), ["lost by the server and more"]);
});

test("closing leaves, but not before all is stored; opening again meanwhile goes on hearing", async (context) => {
  const server = new Server();
  const {draft, connection, device, socket} = await page(context, server);
  await until(() => draft.open);
  write(draft, "last words");
  draft.close();
  assert.ok(!draft.open);
  const again = await Draft.open({recommendation: ID, connection, device});
  await until(() => stored(server) === "last words" && read(again) === "last words");
  await pause(20);
  assert.ok(server.draft(ID).copies.has(socket));
  again.close();
  await until(() => !server.draft(ID).copies.has(socket));
});

test("steps of two people stay two steps", async (context) => {
  const server = new Server();
  const [ana, ben] = await Promise.all([page(context, server), page(context, server)]);
  await until(() => ana.draft.open && ben.draft.open);
  addStep(ana.draft.doc);
  addStep(ben.draft.doc);
  await until(() => stepsOf(ana.draft.doc).length === 2 && stepsOf(ben.draft.doc).length === 2);
  assert.deepEqual(stepsOf(ana.draft.doc), stepsOf(ben.draft.doc));
});

test("'kept on this device' is said only once the disk has it", async (context) => {
  const server = new Server();
  const {draft, socket, disk} = await page(context, server, {comeBack: false});
  await until(() => draft.open);
  socket.drop();
  const claims = [];
  draft.listen(() => {
    if (draft.standing !== "kept") return;
    const words = read(draft);
    // A look that begins now sees what was finished before, and no more.
    claims.push(Device.open(disk).then((other) => other.list("edits", `draft ${ID}`)).then((kept) => [words, wordsIn(kept.flatMap(({pieces}) => pieces))]));
  });
  for (const letter of "abc") {
    write(draft, letter, read(draft).length);
    assert.equal(draft.standing, "waiting");
    await until(() => draft.standing === "kept");
  }
  for (const [words, kept] of await Promise.all(claims)) assert.ok(kept.startsWith(words), `${words}: ${kept}`);
  assert.ok(claims.length >= 3);
  socket.connect();
  await until(() => draft.standing === "saved");
});

test("what an earlier page has left is kept, also before it is known whether it fits", async (context) => {
  const server = new Server();
  const first = await page(context, server, {comeBack: false});
  await until(() => first.draft.open);
  first.socket.drop();
  write(first.draft, "left");
  await until(() => first.draft.standing === "kept");
  first.close();
  const second = await page(context, server, {disk: first.disk, comeBack: false});
  assert.deepEqual([second.draft.unsaved, second.draft.kept], [true, true]);
  await until(() => stored(server) === "left");
});

test("without a disk, or with a full one, nothing is said to be kept", async (context) => {
  const server = new Server();
  const private_ = await page(context, server, {disk: null, comeBack: false});
  const full = await page(context, server, {comeBack: false});
  await until(() => private_.draft.open && full.draft.open);
  const {put} = IDBObjectStore.prototype;
  context.after(() => { IDBObjectStore.prototype.put = put; });
  IDBObjectStore.prototype.put = () => { throw new DOMException("full", "QuotaExceededError"); };
  for (const {draft, socket, device} of [private_, full]) {
    socket.drop();
    write(draft, "words ");
    await pause(50);
    assert.deepEqual([draft.standing, draft.kept, device.lasting], ["waiting", false, false]);
  }
  IDBObjectStore.prototype.put = put;
  // There is room again: what comes next is kept with what came before.
  write(full.draft, "more ");
  await until(() => full.draft.standing === "kept");
  for (const {socket} of [private_, full]) socket.connect();
  await until(() => private_.draft.standing === "saved" && full.draft.standing === "saved");
  await pause(400); // what is answered at once is not worth the disk
  const kept = await Promise.all([private_, full].map(({device}) => device.list("edits", `draft ${ID}`)));
  assert.deepEqual(kept, [[], []]);
});

test("what is far too much at once is not sent, and offered with the limit; what was there goes on", async (context) => {
  const server = new Server();
  const {draft} = await page(context, server);
  await until(() => draft.open);
  write(draft, "good ");
  await until(() => draft.standing === "saved");
  write(draft, "ż".repeat(1_000_000), 5);
  assert.deepEqual([draft.generation, draft.unsent.length, draft.unsent[0].text.length], [1, 1, 1_000_005]);
  assert.match(draft.refusal, /100000/);
  await until(() => draft.standing === "saved");
  assert.deepEqual([read(draft), stored(server), server.heard.length], ["good ", "good ", 1]);
  write(draft, "words", 5);
  await until(() => stored(server) === "good words");
});

test("words that cannot be sent are told, once, whatever becomes of them", async (context) => {
  const server = new Server();
  const {draft, socket} = await page(context, server, {comeBack: false});
  await until(() => draft.open);
  write(draft, "stored ");
  await until(() => draft.standing === "saved");
  assert.deepEqual(draft.words, []);
  socket.drop();
  write(draft, "and not", 7);
  assert.deepEqual(draft.words, ["stored and not"]);
  server.closed = "This link or seat is no longer valid.";
  socket.connect();
  await until(() => draft.standing === "refused");
  assert.deepEqual(draft.words, ["stored and not"]);
  draft.dismiss(draft.unsent[0]);
  assert.deepEqual(draft.words, []);
});
