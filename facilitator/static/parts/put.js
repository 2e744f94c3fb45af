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

/** How a form says that is to be voted; the usual way where it says nothing. @param {HTMLFormElement} form */
export const votingOf = (form) => (!field(form, "method") ? {} : {
  method: field(form, "method"), rule: ruleOf(form), showing: field(form, "showing"), fixed: field(form, "fixed") === "on", secret: field(form, "open") !== "on",
  sectors: new FormData(form).getAll("sector").map(String),
});

/** @param {{recommendation: Thing, act: Scene["act"], page: Scene["page"]}} props */
export function Put({recommendation: {id, title}, act, page}) {
  const put = onSubmit((form) => void act("ballot.adopt", {recommendation: id, ...votingOf(form)}));
  return html`<form class="field" onSubmit=${put}><${HowToVote} page=${page} name=${title} word=${t("Put to the vote")} /></form>`;
}

/** The button, and behind it how it is voted. @param {{page: Scene["page"], name: string, word: string}} props */
export function HowToVote({page, name, word}) {
  const [method, setMethod] = useState("yes_no");
  const [otherwise, setOtherwise] = useState(false);
  return html`
    <div class="row"><button class="btn" aria-label=${`${word}: ${name}`}><${Icon} name="yes" />${word}</button>
      <button type="button" class="act push" aria-expanded=${otherwise} onClick=${() => setOtherwise(!otherwise)}><${Icon} name="down" />${t("How")}<span class="hidden">: ${name}</span></button></div>
    ${otherwise && html`
      <${Choices} legend=${t("How")} name="method" value=${method} set=${setMethod} options=${ANSWERING.map((one) => [one, METHODS[one]?.name()])} />
      <p class="note">${METHODS[method]?.about()}</p>
      <${Choices} legend=${t("Told while it is open")} name="showing" value="live" options=${[["live", t("the counts")], ["turnout", t("how many voted")], ["hidden", t("nothing")]]} />
      <${Carries} answers=${true} blocks=${method !== "yes_no"} />
      <${Sectors} page=${page} />`}`;
}
