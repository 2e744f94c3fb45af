// The text of one of the forum's recommendations, written together by those at the desk.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {Cite} from "./cite.js";
import {Code, CodeSwitch, useCode} from "./code-choice.js";
import {origins} from "./desk-text.js";
import {Field, OnAddressee, OnStep, Section, STANDINGS, Steps, Unsent, useDraft} from "./editor.js";
import {CaretsOfOthers, useHere} from "./here.js";
import {HistoryFold} from "./looking-back.js";
import {LookSwitch} from "./preview.js";
import {Suggestions} from "./suggestions.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./scene.js").Scene} Scene */

/** @param {{entry: Thing, desk: import("./desk.js").Desk, citable: import("./cite.js").Elsewhere | null, notes: Record<string, Thing>}} props */
export function Writing({entry, desk, citable, notes}) {
  const scene = /** @type {Scene} */ (/** @type {any} */ ({...desk, leading: true}));
  const draft = useDraft(scene, entry.id);
  const {here, paper} = useHere(desk.connection, entry.id);
  const code = useCode();
  const [looks, setLooks] = useState(false);
  const {room} = desk;
  const [icon, tone, word] = STANDINGS[draft?.standing ?? "joining"] ?? ["sending", "", () => ""];
  const on = {...scene, draft, recommendation: entry};
  return html`
    <${Code.Provider} value=${code.choice}><div class="writing" ref=${paper}>
      <div class="row"><p class=${`status ${tone}`}><${Icon} name=${icon} />${word()}</p><span class="push row"><${CodeSwitch} ...${code} /><${LookSwitch} on=${looks} set=${setLooks} /></span></div>
      ${draft && html`<${Unsent} draft=${draft} />`}
      <div><h3 class="label" id="title-of">${t("Title")}</h3><${Field} draft=${draft} root="title" label="title-of" lang=${entry.lang} class="title" line />
        <div class="part-acts"><${Suggestions} ...${on} parts=${[{root: "title", name: t("Title")}]} name=${t("Title")} /></div></div>
      ${entry.template.map((/** @type {Thing} */ section) => html`
        <${Section} key=${section.key} section=${section} draft=${draft} lang=${entry.lang} looks=${looks} here=${here}
          below=${(/** @type {string} */ id, /** @type {number} */ place) => html`<${OnAddressee} ...${on} id=${id} place=${place} />`}>
          <div class="part-acts">
            ${draft && citable && html`<${Cite} ...${on} part=${section.key} theme=${null} from=${citable} />`}
            <${Suggestions} ...${on} parts=${[{root: `s:${section.key}`, name: said(section.title)}]} name=${said(section.title)} />
          </div>
        <//>`)}
      ${draft && html`<${Steps} key=${draft.generation} draft=${draft} lang=${entry.lang} here=${here}
        below=${(/** @type {string} */ id, /** @type {number} */ place) => html`<${OnStep} ...${on} id=${id} place=${place} />`} />`}
      <${HistoryFold} room=${room} connection=${desk.connection} act=${desk.act} leading recommendation=${entry} draft=${draft} find=${(/** @type {string} */ mark) => notes[mark]} sources=${origins(entry, one(room, "text", entry.id), (id) => one(room, "card", id))} />
      <p class="note">${t("Words that came from a room keep their source, wherever you move them within a field. What you write yourself is marked as written at the desk.")}</p>
      ${draft && code.laptop && html`<${CaretsOfOthers} connection=${desk.connection} recommendation=${entry.id} draft=${draft} />`}
    </div><//>`;
}
