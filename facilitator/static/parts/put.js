// How a recommendation is put to the vote: by yes and no at once, or otherwise with its rule.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {Choices} from "./ask-choices.js";
import {Carries, ruleOf, Sectors} from "./ask-rule.js";
import {METHODS} from "./methods.js";
import {field, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

const ANSWERING = ["yes_no", "consent", "gradients"];

/** @param {{recommendation: Thing, act: Scene["act"], page: Scene["page"]}} props */
export function Put({recommendation, act, page}) {
  const {id, title} = recommendation;
  const [method, setMethod] = useState("yes_no");
  const [otherwise, setOtherwise] = useState(false);
  const put = onSubmit((form) => {
    const how = otherwise ? {
      method, rule: ruleOf(form), showing: field(form, "showing"), fixed: field(form, "fixed") === "on", secret: field(form, "open") !== "on",
      sectors: new FormData(form).getAll("sector").map(String),
    } : {};
    void act("ballot.adopt", {recommendation: id, ...how});
  });
  return html`
    <form class="field" onSubmit=${put}>
      <div class="row"><button class="btn" aria-label=${t("Put to the vote: {title}", {title})}><${Icon} name="yes" />${t("Put to the vote")}</button>
        <button type="button" class="act push" aria-expanded=${otherwise} onClick=${() => setOtherwise(!otherwise)}><${Icon} name="down" />${t("How")}<span class="hidden">: ${title}</span></button></div>
      ${otherwise && html`
        <${Choices} legend=${t("How")} name="method" value=${method} set=${setMethod} options=${ANSWERING.map((name) => [name, METHODS[name]?.name()])} />
        <p class="note">${METHODS[method]?.about()}</p>
        <${Choices} legend=${t("Told while it is open")} name="showing" value="live" options=${[["live", t("the counts")], ["turnout", t("how many voted")], ["hidden", t("nothing")]]} />
        <${Carries} answers=${true} blocks=${method !== "yes_no"} />
        <${Sectors} page=${page} />`}
    </form>`;
}
