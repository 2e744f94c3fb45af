// A few words to choose one of.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";

/** Without `set` the form itself remembers. @param {{legend: string, name: string, value: string, set?: (value: string) => void, options: [string, string][]}} props */
export const Choices = ({legend, name, value, set, options}) => html`
  <fieldset class="pick">
    <legend>${legend}</legend>
    ${options.map(([key, word]) => html`
      <label key=${key}>${set
        ? html`<input type="radio" name=${name} value=${key} checked=${key === value} onChange=${() => set(key)} />`
        : html`<input type="radio" name=${name} value=${key} defaultChecked=${key === value} />`}<${Icon} name="support" class="on" />${word}</label>`)}
  </fieldset>`;
