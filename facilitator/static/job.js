// A file that is being made: how far it is, until it is there. The page works without this.
import {readPage} from "./lib/page.js";

const page = readPage();
const bar = /** @type {HTMLProgressElement | null} */ (document.getElementById("bar"));
const sentence = /** @type {HTMLElement} */ (document.getElementById("sentence"));

/** Ask how things stand, and again a little later while they may change. @param {number} pause milliseconds */
async function look(pause) {
  const now = await fetch(page.state).then((answer) => (answer.ok ? answer.json() : null)).catch(() => null);
  if (now && now.state !== "queued" && now.state !== "running") return location.reload();
  if (now && sentence.textContent !== now.sentence) sentence.textContent = now.sentence;
  if (now && bar) bar.value = now.progress;
  setTimeout(look, pause, Math.min(pause * 1.3, 4000));
  return undefined;
}

if (bar) void look(600);
