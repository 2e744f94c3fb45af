// What a voter is told before voting: who will learn of it, and what is not promised.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";

/** @typedef {import("./scene.js").Thing} Thing */

/** @param {{ballot: Thing, seat: import("../lib/store.js").Seat | null}} props */
export function Promised({ballot, seat}) {
  if (ballot.secret === false) {
    return html`<p class="status warn long"><${Icon} name="eye" /><span>${seat?.nickname
      ? t("Open vote: after closing everybody in the room sees your nickname, {name}, beside your answer.", {name: seat.nickname})
      : t("Open vote: after closing everybody in the room sees the answers by nickname. You have none, so yours stands there without a name.")}</span></p>`;
  }
  return html`
    <details class="fold promised">
      <summary><${Icon} name="down" />${t("Secret vote: what is promised")}</summary>
      <p class="small">${t("Once the vote is closed, nothing that we keep ties your paper to you: not for who leads, not for the organisers, not with a copy of all our data.")}</p>
      <p class="small">${t("Not promised: that whoever runs the server, or takes a copy of it before closing, could not read papers; that nobody looks over your shoulder; that equal answers of all say nothing of each.")}</p>
    </details>`;
}
