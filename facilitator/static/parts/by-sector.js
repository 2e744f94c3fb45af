// What may be told of a vote sector by sector: the server has decided what that is.
import {html} from "../lib/html.js";
import {number, t} from "../lib/i18n.js";
import {readPage} from "../lib/page.js";

/**
 * A sector, or several counted together; those in favour lie between two figures.
 * @typedef {{sectors: string[], voters: number, low: number, high: number}} Row
 */

/** How many are in favour, as far as that may be told. @param {Row} row */
export function inFavour({voters, low, high}) {
  const values = {low: number(low), next: number(high + 1), voters: number(voters)};
  if (low === high) return t("{low} of {voters}", values);
  if (low > 0) return t("at least {low} of {voters}", values);
  if (high < voters) return t("fewer than {next} of {voters}", values);
  return t("not told, of {voters}", values);
}

/** A table with a bar for each row; nothing where there may be no breakdown. @param {{ballot: {result: {sectors?: Row[]} | null, rule?: {sectors?: number}}}} props */
export function BySector({ballot: {result, rule}}) {
  const rows = result?.sectors ?? [];
  const asked = rule?.sectors ?? 0;
  if (!rows.length) return null;
  const page = readPage();
  const names = (/** @type {string[]} */ sectors) => sectors.map((uuid) => (uuid ? page.sectors?.[uuid] ?? uuid : t("no sector"))).join(", ");
  return html`
    <figure class="told-sectors">
      <table class="by-sector">
        <caption>${t("In favour, by sector")}</caption>
        <thead class="hidden"><tr><th scope="col">${t("Sector")}</th><th scope="col">${t("In favour")}</th></tr></thead>
        <tbody>${rows.map((row) => html`
          <tr key=${row.sectors.join()}>
            <th scope="row" dir="auto">${names(row.sectors)}</th>
            <td><div class="favour"><${Bar} row=${row} asked=${asked} /><span class="num">${inFavour(row)}</span></div></td>
          </tr>`)}</tbody>
      </table>
      <figcaption class="small">${asked > 0 && html`${t("The line stands at {percent} %, which the rule asks of every sector.", {percent: asked})} `}${t("Small sectors are counted together. Counts below {n} are not told, nor can they be worked out; the light part of a bar is what stays open.", {n: page.least ?? 5})}</figcaption>
    </figure>`;
}

/** @param {{row: Row, asked: number}} props */
const Bar = ({row: {voters, low, high}, asked}) => {
  const at = (/** @type {number} */ n) => ((100 * n) / voters).toFixed(1);
  return html`
    <svg class="stack" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true">
      <rect class="no" width="100" height="10" /><rect class="open" x=${at(low)} width=${at(high - low)} height="10" /><rect class="yes" width=${at(low)} height="10" />
      ${asked > 0 && html`<path class="half" d=${`M${asked} -1V11`} />`}
    </svg>`;
};
