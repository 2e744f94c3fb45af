// Where a text stood that came in from elsewhere, and what was decided on it there.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";

/** @param {{imported?: {name: string, number: number, version?: string, standing?: string} | null}} props */
export function Starting({imported}) {
  if (!imported) return null;
  const {name, number, version, standing} = imported;
  const where = version
    ? t("Starting material: “{name}”, edition {version}, recommendation {n}", {name, version, n: number})
    : t("Starting material: {name}, row {n}", {name, n: number});
  return html`<p class="small starting" dir="auto"><${Icon} name="doc" /> ${where}${standing && ` (${decided(standing)})`}</p>`;
}

/** @param {string} standing */
function decided(standing) {
  if (standing === "adopted") return t("adopted there");
  return standing === "rejected" ? t("not adopted there") : t("not voted on there");
}
