// Above the field for an idea: others have said something similar, and one can support that instead.
import {html, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {meant, useSimilar} from "./similar.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Characters of a text that says enough to be compared. */
const ENOUGH = 20;
/** Milliseconds without a key: somebody has stopped typing. */
const PAUSE = 700;

/**
 * It never stands in the way of posting.
 * @param {Pick<Scene, "room" | "mine" | "act" | "locked"> & {text: string, write: (text: string) => void}} props
 */
export function Instead({room, mine, act, locked, text, write}) {
  const [hidden, setHidden] = useState(false);
  const [under, setUnder] = useState(/** @type {number | null} */ (null));
  const [done, setDone] = useState(/** @type {{id: number, words: string} | null} */ (null));
  const latest = useRef(text);
  latest.current = text;
  const said = text.trim();
  const fits = (/** @type {number} */ id) => one(room, "idea", id) !== undefined && !mine.ideas.includes(id);
  const {ids, at} = useSimilar([...said].length >= ENOUGH ? said : "", {ideas: all(room, "idea"), wait: PAUSE, fits});
  if (!said && hidden) setHidden(false);
  if (done && said && text !== done.words) setDone(null);
  const supported = done && !said;
  const support = async (/** @type {number} */ id) => {
    setUnder(id);
    const outcome = await act("idea.support", {id, on: true});
    setUnder(null);
    // Who has gone on writing, or has sent it after all, keeps their words.
    if (!("ok" in outcome) || latest.current !== text) return;
    setDone({id, words: text});
    write("");
    document.getElementById("idea")?.focus();
  };
  const undo = () => {
    if (!done) return;
    void act("idea.support", {id: done.id, on: false});
    write(done.words);
    setDone(null);
  };
  const ideas = /** @type {Thing[]} */ (ids.filter(fits).map((id) => one(room, "idea", id)));
  const shown = said && !hidden && !locked ? ideas : [];
  return html`
    <section class="instead" onMouseDown=${stay} aria-label=${shown.length || supported ? t("Similar ideas") : undefined}>
      <div class="row">
        <p role="status">${shown.length > 0
          ? html`<b>${tn("{n} similar idea: add your support instead?", "{n} similar ideas: add your support instead?", shown.length)}</b>`
          : supported && t("You support that idea now. Your own words were not sent.")}</p>
        ${supported && html`<button type="button" class="btn push" onClick=${undo}><${Icon} name="undo" />${t("Undo")}</button>`}
        ${shown.length > 0 && html`<button type="button" class="act push" aria-label=${t("Hide the similar ideas")} onClick=${() => setHidden(true)}><${Icon} name="close" /></button>`}
      </div>
      ${shown.length > 0 && html`
        <ul>${shown.map((idea) => html`<${Other} key=${idea.id} idea=${idea} on=${mine.supports.includes(idea.id)} under=${under} support=${meant(at, () => support(idea.id))} />`)}</ul>`}
    </section>`;
}

/** The field keeps the focus: without it the foot would be lower, and what is tapped would move away. @param {Event} event */
const stay = (event) => event.preventDefault();

/** @param {{idea: Thing, on: boolean, under: number | null, support: (event: MouseEvent) => void}} props */
const Other = ({idea, on, under, support}) => html`
  <li><span class="words" lang=${idea.lang} dir="auto">${idea.text}</span>
    ${on
      ? html`<span class="status good"><${Icon} name="support" />${t("you support this")}</span>`
      : html`<button type="button" class="btn" disabled=${under !== null} onClick=${support}>
          <${Icon} name=${under === idea.id ? "sending" : "support"} />${under === idea.id ? t("sending") : t("Support it")}<span class="hidden">: ${idea.text}</span></button>`}</li>`;
