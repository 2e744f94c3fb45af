// What every live page begins with: words, line and outbox, and a drawing whenever something changes.
import {Connection} from "./connection.js";
import {Device} from "./device.js";
import {loadWords} from "./i18n.js";
import {Outbox} from "./outbox.js";
import {heard} from "./status.js";
import {here, learn} from "./store.js";

/** @typedef {import("./outbox.js").Outcome} Outcome */
/**
 * All that a part may need; parts are functions of it.
 * @typedef {object} View
 * @property {import("./store.js").Room} room
 * @property {import("./store.js").Mine} mine
 * @property {(name: string, payload: Record<string, any>) => Promise<Outcome>} act
 * @property {import("./status.js").Heard} heard whether one is heard
 * @property {import("./outbox.js").Act[]} waiting what one did that is not stored yet
 * @property {import("./outbox.js").RefusedAct[]} refused
 * @property {(op: string) => void} dismiss
 * @property {Connection} connection
 * @property {Device} device
 * @property {boolean} ready whether the room has ever been seen
 */

/**
 * Go live, and draw at most once a frame. The page must not be drawn before the words are there.
 * @param {import("./page.js").Page & {screen?: string}} page
 * @param {(view: View) => void} draw
 * @param {{group?: string, unsaved?: () => number}} [options] `group`: whose outbox; a page that
 *   serves several seats in turn adds the seat. `unsaved`: how many open drafts are not stored
 */
export async function goLive(page, draw, {group = `${page.forum} ${page.room} ${page.page}`, unsaved = () => 0} = {}) {
  const [device] = await Promise.all([Device.open(), loadWords(page.lang, page.words)]);
  const connection = new Connection({page: page.page, room: page.room, screen: page.screen});
  /** @type {import("./outbox.js").Tell} */
  const done = ({name, payload}, answer) => connection.learn(learn(connection.room.mine, name, payload, answer, here(connection.room)?.visit));
  const outbox = await Outbox.open({group, connection, device, done});
  /** @param {string} name @param {Record<string, any>} payload */
  async function act(name, payload) {
    const outcome = await outbox.act(name, payload);
    // What is no longer there was seen here: look again.
    if ("refused" in outcome && outcome.code === "gone") void connection.enter();
    return outcome;
  }
  const dismiss = outbox.dismiss.bind(outbox);
  const view = () => ({
    room: connection.room,
    mine: connection.room.mine,
    act,
    dismiss,
    connection,
    device,
    heard: heard({status: connection.status, reason: connection.reason, ...outbox.state, unsaved: unsaved()}),
    waiting: outbox.waiting,
    refused: outbox.refused,
    ready: connection.room.seq > 0 || Object.keys(connection.room.things).length > 0,
  });
  const redraw = oncePerFrame(() => draw(view()));
  connection.listen(redraw);
  outbox.listen(redraw);
  warnBeforeLosing(() => !outbox.state.lasting && outbox.waiting.length + unsaved() > 0);
  redraw();
  return {connection, outbox, device, redraw};
}

/** @param {() => void} draw */
function oncePerFrame(draw) {
  let due = false;
  return () => {
    if (due) return;
    due = true;
    // A hidden page gets no frames, and must not pile up work either.
    requestAnimationFrame(() => {
      due = false;
      draw();
    });
  };
}

/** Where nothing can be kept on the device, closing the page would lose what waits. @param {() => boolean} losing */
function warnBeforeLosing(losing) {
  window.addEventListener("beforeunload", (event) => {
    if (losing()) event.preventDefault();
  });
}
