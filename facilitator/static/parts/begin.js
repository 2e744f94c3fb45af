// Beginning a recommendation.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {all, byPosition} from "../lib/store.js";
import {field, onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** Characters of a title, at most. */
const LONGEST = 300;

/** Begin a recommendation, from a theme or from nothing. @param {{room: Scene["room"], act: Scene["act"], begun?: (id: number) => void}} props */
export function Begin({room, act, begun}) {
  const themes = all(room, "theme", byPosition).filter(({aside}) => !aside);
  const begin = onSubmit(async (form) => {
    const title = field(form, "title");
    if (!title) return;
    const theme = Number(field(form, "theme")) || null;
    const asked = act("recommendation.start", {title, lang: lang(), theme});
    form.reset();
    const outcome = await asked;
    if ("ok" in outcome) begun?.(outcome.ok.id);
  });
  return html`
    <form class="field begin" onSubmit=${begin} aria-labelledby="begin">
      <h3 id="begin">${t("Begin a recommendation")}</h3>
      <label for="text-title">${t("Its title: what should be done")}</label>
      <input class="input words" id="text-title" name="title" required maxlength=${LONGEST} dir="auto" autocomplete="off" />
      ${themes.length > 0 && html`
        <label for="text-theme">${t("From which theme")}</label>
        <select class="input" id="text-theme" name="theme">
          <option value="">${t("none")}</option>
          ${themes.map(({id, title}) => html`<option key=${id} value=${id}>${title}</option>`)}
        </select>`}
      <button class="btn main"><${Icon} name="plus" />${t("Begin")}</button>
    </form>`;
}
