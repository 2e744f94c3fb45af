// What one had not sent yet goes along to another room: nobody's words are left behind.
import {jot, jotted} from "./jotted.js";

/** @typedef {import("./device.js").Device} Device */

/**
 * Hand what waits in the outbox of one room to that of another. An act keeps its name, so that what
 * the first room has stored after all is not stored again by the second.
 * @param {Device} device @param {string} from @param {string} to the groups of the two outboxes
 */
export async function carry(device, from, to) {
  for (const act of await device.list("acts", from)) await device.put("acts", {...act, group: to});
  for (const act of await device.list("acts", `${from} refused`)) {
    const late = act.code === "gone" && act.name === "idea.post";
    await device.put("acts", {...act, group: late ? to : `${to} refused`});
  }
}

/** What was begun to be typed goes along too, unless something stands there. @param {string} from @param {string} to */
export function carryJotted(from, to) {
  const begun = jotted(from);
  if (!begun || jotted(to)) return;
  jot(to, begun);
  jot(from, "");
}
