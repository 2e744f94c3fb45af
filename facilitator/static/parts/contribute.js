// What a speaker has said at a meeting: put down as a line of the minutes, by sector or organisation.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {field, onSubmit} from "./scene.js";

/** @typedef {import("../lib/draft.js").Draft} Draft */

/** Characters of a name, and of what was said. */
const NAME = 80, SAID = 600;

/** A line at the end of the contributions. @param {Draft} draft @param {string} who @param {string} said */
export function contribute(draft, who, said) {
  const text = draft.text("s:contributions");
  const before = text.toString();
  text.insert(text.length, `${before && !before.endsWith("\n") ? "\n" : ""}- **${who}:** ${said}`);
}

/** @param {{draft: Draft, sectors?: Record<string, string>}} props */
export function Contribute({draft, sectors = {}}) {
  const add = onSubmit((form) => {
    contribute(draft, field(form, "who").replace(/[*:]+/g, " ").trim(), field(form, "said").replace(/\s+/g, " "));
    form.reset();
    form.querySelector("input")?.focus();
  });
  return html`
    <form class="contribute" aria-label=${t("Add a contribution")} onSubmit=${add}>
      <label class="field"><span class="label">${t("Sector or organisation")}</span>
        <input class="input" name="who" list="who-speaks" required maxlength=${NAME} autocomplete="off" dir="auto" /></label>
      <datalist id="who-speaks">${Object.values(sectors).map((name) => html`<option key=${name} value=${name}></option>`)}</datalist>
      <label class="field"><span class="label">${t("What was said")}</span>
        <textarea class="input words" name="said" rows="2" required maxlength=${SAID} dir="auto"></textarea></label>
      <button class="btn" disabled=${!draft.open}><${Icon} name="plus" />${t("Add a contribution")}</button>
    </form>`;
}
