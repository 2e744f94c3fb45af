// Whether one is heard: an icon and a word for the header, a sentence for ears.
import {t, tn} from "./i18n.js";

/** @typedef {{icon: string, tone: "" | "good" | "warn" | "bad", word: string, sentence: string}} Heard */
/**
 * What the word is made from; `unsaved` counts drafts that are open with edits not yet stored.
 * @typedef {object} Standing
 * @property {import("./connection.js").Status} status
 * @property {string} reason
 * @property {number} waiting
 * @property {boolean} lasting
 * @property {number} [unsaved]
 */

/** "Saved" only when everything is. @param {Standing} standing @returns {Heard} */
export function heard({status, reason, waiting, lasting, unsaved = 0}) {
  const open = waiting + unsaved;
  if (status === "upgrade") return said("warn", "warn", t("reload"), reason || t("There is a newer version of this page. Reload it."));
  if (status === "shut") return said("refused", "bad", t("not connected"), reason);
  if (status === "away" || (status === "connecting" && open)) return away(open, lasting);
  if (status === "connecting") return said("sending", "", t("connecting"), t("Connecting."));
  if (open) return said("sending", "", t("sending"), t("Sending."));
  return said("saved", "good", t("saved"), t("Everything is saved."));
}

/** @param {number} open @param {boolean} lasting @returns {Heard} */
function away(open, lasting) {
  if (!open) return said("waiting", "warn", t("no connection"), t("No connection. What you write is kept and sent later."));
  const kept = lasting
    ? tn("{n} thing waits on this device and is sent as soon as there is a connection.", "{n} things wait on this device and are sent as soon as there is a connection.", open)
    : tn("{n} thing waits. Do not close this page until there is a connection.", "{n} things wait. Do not close this page until there is a connection.", open);
  return said("waiting", "warn", t("waiting {n}", {n: open}), kept);
}

/** @param {string} icon @param {Heard["tone"]} tone @param {string} word @param {string} sentence @returns {Heard} */
const said = (icon, tone, word, sentence) => ({icon, tone, word, sentence});
