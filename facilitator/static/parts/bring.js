// Bring somebody into this room who stands in front of whoever leads: by the number on their phone.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {field, onSubmit} from "./scene.js";

/** @param {Pick<import("./scene.js").Scene, "act">} props */
export function BringIn({act}) {
  const [said, setSaid] = useState("");
  const bring = onSubmit(async (form) => {
    const number = Number(field(form, "number").replace(/\D/g, ""));
    if (!number) return;
    const outcome = await act("seat.assign", {number});
    setSaid("ok" in outcome ? t("Seat {number} comes into this room.", {number}) : outcome.refused);
    if ("ok" in outcome) form.reset();
  });
  return html`
    <form class="field" onSubmit=${bring}>
      <label for="bring">${t("Bring somebody in: the number on their phone")}</label>
      <div class="row"><input class="input" id="bring" name="number" inputmode="numeric" autocomplete="off" maxlength="9" required />
        <button class="btn"><${Icon} name="people" />${t("Bring in")}</button></div>
      <p class="note" role="status">${said}</p>
    </form>`;
}
