// What became of a recommendation, in a word with its sign.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";

/** What has become of a recommendation, in a word. @param {{status: string}} props */
export function Outcome({status}) {
  if (status === "voting") return html`<span class="status"><${Icon} name="dot-full" />${t("vote open")}</span>`;
  if (status === "adopted") return html`<span class="status good"><${Icon} name="yes" />${t("adopted")}</span>`;
  if (status === "rejected") return html`<span class="status bad"><${Icon} name="no" />${t("not adopted")}</span>`;
  if (status === "withdrawn") return html`<span class="status"><${Icon} name="undo" />${t("taken back by the organisers")}</span>`;
  return html`<span class="status"><${Icon} name="suggest" />${t("still a draft")}</span>`;
}
