// The veil: others' ideas are hidden until the facilitator reveals them. How many is no secret.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";

/** @param {import("../lib/store.js").Room} room what the veil hides, in a sentence; nothing where there is none */
export function veiledWords(room) {
  const at = here(room);
  const many = at?.veiled && (one(room, "veil", at.id)?.ideas ?? 0);
  if (many === undefined || many === false) return "";
  return many
    ? tn("{n} idea is hidden until the facilitator reveals it", "{n} ideas are hidden until the facilitator reveals them", many)
    : t("New ideas are hidden until the facilitator reveals them");
}

/** @param {{room: import("../lib/store.js").Room}} props */
export function Veil({room}) {
  const words = veiledWords(room);
  return words && html`<p class="veil"><${Icon} name="hide" />${words}</p>`;
}
