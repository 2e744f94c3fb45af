// What came of a ballot, in figures, with bars beside them.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t, tn} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";
import {adoption, vote} from "./board-model.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** How many papers are in. @param {{room: Scene["room"], ballot: Thing}} props */
export function Turnout({room, ballot}) {
  const {voters} = vote(room, ballot);
  const seats = one(room, "people", here(room)?.id)?.seats ?? 0;
  return seats >= voters && ballot.is_open
    ? t("{n} of {total} have voted", {n: number(voters), total: number(seats)})
    : tn("{n} has voted", "{n} have voted", voters);
}

/** The choices with their votes; the order is that of the paper until the vote is closed. @param {{room: Scene["room"], ballot: Thing}} props */
export function Results({room, ballot}) {
  const {rows, told} = vote(room, ballot);
  if (!told) return html`<p class="note">${t("The result is shown when the vote is closed.")}</p>`;
  return html`
    <ol class="tally">${rows.map((/** @type {Thing} */ row) => html`
      <li key=${row.id} class=${row.top ? "top-choice" : ""}>
        <span class="words" lang=${row.lang} dir="auto">${row.label}</span>
        <b class="num">${number(row.votes)}<span class="hidden"> ${tn("vote", "votes", row.votes)}</span></b>
        <svg class="bars" viewBox="0 0 100 8" preserveAspectRatio="none" aria-hidden="true"><rect class="bar-all" width="100" height="8" /><rect class="bar-yes" width=${(row.share * 100).toFixed(1)} height="8" /></svg>
      </li>`)}</ol>`;
}

/** Yes, no, abstained. @param {{room: Scene["room"], ballot: Thing}} props */
export function Verdict({room, ballot}) {
  const {yes, no, abstain, told} = adoption(room, ballot);
  if (!told) return html`<p class="note">${t("The result is shown when the vote is closed.")}</p>`;
  return html`
    <dl class="figures">
      <div><dt>${t("yes")}</dt><dd>${number(yes)}</dd></div>
      <div><dt>${t("no")}</dt><dd>${number(no)}</dd></div>
      <div><dt>${t("abstained")}</dt><dd>${number(abstain)}</dd></div>
    </dl>`;
}

/** What has become of a recommendation, in a word. @param {{status: string}} props */
export function Outcome({status}) {
  if (status === "voting") return html`<span class="status"><${Icon} name="dot-full" />${t("vote open")}</span>`;
  if (status === "adopted") return html`<span class="status good"><${Icon} name="yes" />${t("adopted")}</span>`;
  if (status === "rejected") return html`<span class="status bad"><${Icon} name="no" />${t("not adopted")}</span>`;
  return html`<span class="status"><${Icon} name="suggest" />${t("still a draft")}</span>`;
}
