// A wall that is open for days: it stays awake, comes back by itself, and renews itself.

/** @typedef {import("./connection.js").Connection} Connection */

/** Seconds until a shut door is tried again: a server that restarts shuts it as well. */
const AGAIN = 20;
/** Seconds without a change in the room before a wall reloads itself, and how long it waits for that. */
const CALM = 8;
const PATIENCE = 120;

/** Ask the machine not to darken its screen; asked again whenever the page is seen again. */
export function stayAwake() {
  const ask = () => {
    if (document.visibilityState === "visible") navigator.wakeLock?.request("screen").catch(() => {});
  };
  document.addEventListener("visibilitychange", ask);
  ask();
}

/**
 * Try a shut door again now and then, and look for a newer version of this page whenever the line
 * has come back.
 * @param {Connection} connection @param {string} version of this page
 * @param {{find?: () => Promise<string>, reload?: () => void}} [world] for tests
 */
export function keepWatch(connection, version, {find = newest, reload = () => location.reload()} = {}) {
  let before = connection.status;
  let changed = Date.now();
  /** @type {ReturnType<typeof setTimeout> | undefined} */
  let knock;

  const renew = async () => {
    if ((await find()) === version) return;
    const found = Date.now();
    const look = () => {
      const calm = Date.now() - changed > CALM * 1000 || Date.now() - found > PATIENCE * 1000;
      if (calm && connection.live) reload();
      else setTimeout(look, 1000);
    };
    look();
  };

  return connection.listen(() => {
    changed = Date.now();
    const {status} = connection;
    if (status === before) return;
    before = status;
    clearTimeout(knock);
    if (status === "shut") knock = setTimeout(function again() {
      connection.wake();
      knock = setTimeout(again, AGAIN * 1000);
    }, AGAIN * 1000);
    if (status === "live" || status === "upgrade") void renew().catch(() => {});
  });
}

/** Which version the server has now. @returns {Promise<string>} */
async function newest() {
  const answer = await fetch("/version", {cache: "no-store"});
  return (await answer.json()).version;
}
