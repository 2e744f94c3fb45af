// What cannot be undone is asked twice, on the spot; no dialog stands in the way.
import {html, useState} from "../lib/html.js";
import {t} from "../lib/i18n.js";

/**
 * @param {{go: () => void, sure: string, class?: string, label?: string, children: any}} props
 *   `sure` says what will happen; `label` is for a button that shows but an icon
 */
export function Twice({go, sure, class: more = "act", label, children}) {
  const [asked, setAsked] = useState(false);
  if (!asked) return html`<button type="button" class=${more} aria-label=${label} onClick=${() => setAsked(true)}>${children}</button>`;
  // The way back stands where the finger is.
  return html`
    <button type="button" class=${more} onClick=${() => setAsked(false)}>${t("Cancel")}</button>
    <button type="button" class="btn bad tight" onClick=${go}>${sure}</button>`;
}
