// The text of one of the forum's recommendations, written together by those at the desk.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {origins} from "./desk-text.js";
import {Field, Section, STANDINGS, Steps, Unsent, useDraft} from "./editor.js";
import {HistoryFold} from "./looking-back.js";

/** @param {{entry: import("../lib/store.js").Thing, desk: import("./desk.js").Desk}} props */
export function Writing({entry, desk}) {
  const draft = useDraft(/** @type {any} */ (desk), entry.id);
  const {room} = desk;
  const [icon, tone, word] = STANDINGS[draft?.standing ?? "joining"] ?? ["sending", "", () => ""];
  return html`
    <div class="writing">
      <p class=${`status ${tone}`}><${Icon} name=${icon} />${word()}</p>
      ${draft && html`<${Unsent} draft=${draft} />`}
      <div><h3 class="label" id="title-of">${t("Title")}</h3><${Field} draft=${draft} root="title" label="title-of" lang=${entry.lang} class="title" line /></div>
      ${entry.template.map((/** @type {any} */ section) => html`<${Section} key=${section.key} section=${section} draft=${draft} lang=${entry.lang} />`)}
      ${draft && html`<${Steps} key=${draft.generation} draft=${draft} lang=${entry.lang} />`}
      <${HistoryFold} room=${room} connection=${desk.connection} act=${desk.act} leading recommendation=${entry} draft=${draft} sources=${origins(entry, one(room, "text", entry.id), (id) => one(room, "card", id))} />
      <p class="note">${t("Words that came from a room keep their source, wherever you move them within a field. What you write yourself is marked as written at the desk.")}</p>
    </div>`;
}
