// Where an idea is written: always the last thing on the screen, above the keyboard.
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {jot, jotted} from "../lib/jotted.js";
import {KINDS, kindWord} from "./kinds.js";
import {LONGEST} from "./idea.js";
import {onSubmit} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** So many characters before the end it is said how many are left. */
const NEAR = 100;

/** What is being written here, kept over a reload. @param {Scene["page"]} page */
export function useJotted(page) {
  const key = `idea ${page.room} ${page.page}`;
  const [text, setText] = useState(() => jotted(key));
  return {text, write: (/** @type {string} */ next) => {
    setText(next);
    jot(key, next);
  }};
}

/** Words that were begun before the room went on: nobody's sentence is lost by a tap of somebody else. @param {Pick<Scene, "page">} props */
export function Begun({page}) {
  const {text, write} = useJotted(page);
  return text && html`
    <section class="refusal" aria-label=${t("Not sent")}>
      <div class="banner warn"><${Icon} name="waiting" /><p>${t("The room has gone on. What you had begun to write is still here.")}</p></div>
      <div class="idea unsent"><p class="words" dir="auto">${text}</p></div>
      <div class="row"><button type="button" class="btn quiet" onClick=${() => write("")}>${t("Throw it away")}</button></div>
    </section>`;
}

/**
 * @param {{act: Scene["act"], question: number | null, text: string, write: (text: string) => void, sort: string, setSort: (sort: string) => void, leading: boolean, locked?: boolean}} props
 *   `locked`: one may go on typing, and send later
 */
export function Composer({act, question, text, write, sort, setSort, leading, locked = false}) {
  const area = useRef(/** @type {HTMLTextAreaElement | null} */ (null));
  const [here, setHere] = useState(false);
  const [via, setVia] = useState({via: "spoken", slip: ""});
  const post = () => {
    const said = text.trim();
    if (locked) return;
    if (!said) return area.current?.focus();
    const source = leading ? {via: via.via, slip: (via.via === "slip" && Number(via.slip)) || null} : {};
    void act("idea.post", {sort, question, text: said, lang: lang(), ...source});
    if (via.slip) setVia({...via, slip: String(Number(via.slip) + 1)});
    write("");
    area.current?.focus();
  };
  // A phone keyboard has no other way to say "send"; a line more would be lost anyway.
  const press = (/** @type {KeyboardEvent} */ event) => {
    if (event.key !== "Enter" || event.shiftKey || event.isComposing) return;
    event.preventDefault();
    post();
  };
  const leave = (/** @type {FocusEvent} */ event) => {
    const form = /** @type {HTMLElement} */ (event.currentTarget);
    if (!form.contains(/** @type {Node | null} */ (event.relatedTarget))) setHere(false);
  };
  useGrowing(area, text);
  const label = leading ? t("Write for somebody without a phone, in their words") : t("Write your idea");
  const left = LONGEST - [...text].length;
  return html`
    <form class="composer" id="write" aria-label=${t("Your idea")} onSubmit=${onSubmit(post)} onFocusIn=${() => setHere(true)} onFocusOut=${leave}>
      ${(here || text) && html`
        <fieldset class="kinds">
          <legend class="hidden">${t("What is it?")}</legend>
          ${KINDS.map((kind) => html`
            <label key=${kind}><input type="radio" name="kind" value=${kind} checked=${kind === sort} onChange=${() => setSort(kind)} />
              <${Icon} name=${kind} />${kindWord(kind)}</label>`)}
        </fieldset>
        ${leading && html`<${Source} ...${via} set=${setVia} />`}`}
      <div class="write">
        <textarea ref=${area} class="input" id="idea" rows="1" maxlength=${LONGEST} enterkeyhint="send" dir="auto" lang=${lang()}
          aria-label=${label} placeholder=${label} value=${text} aria-describedby=${left <= NEAR ? "idea-left" : undefined}
          onInput=${(/** @type {InputEvent} */ event) => write(/** @type {HTMLTextAreaElement} */ (event.target).value)} onKeyDown=${press}></textarea>
        <button class="btn main" disabled=${locked} aria-label=${t("Send")}><${Icon} name="send" /></button>
      </div>
      ${left <= NEAR && html`<p class="count num" id="idea-left">${tn("{n} character left", "{n} characters left", Math.max(0, left))}</p>`}
    </form>`;
}

/** Where the words of somebody without a phone come from: the next slip has the next number. @param {{via: string, slip: string, set: (next: {via: string, slip: string}) => void}} props */
const Source = ({via, slip, set}) => html`
  <fieldset class="kinds source">
    <legend class="hidden">${t("How did it come to you?")}</legend>
    ${[["spoken", t("spoken")], ["slip", t("paper slip")]].map(([key, word]) => html`
      <label key=${key}><input type="radio" name="via" value=${key} checked=${key === via} onChange=${() => set({via: String(key), slip})} />
        <${Icon} name=${key} />${word}</label>`)}
    ${via === "slip" && html`
      <input class="input num" type="number" inputmode="numeric" min="1" max="99999" aria-label=${t("Number on the slip")} placeholder=${t("No.")} value=${slip}
        onInput=${(/** @type {InputEvent} */ event) => set({via, slip: /** @type {HTMLInputElement} */ (event.target).value})} />`}
  </fieldset>`;

/** Let a field be as high as its words where the style sheet cannot. @param {{current: HTMLTextAreaElement | null}} area @param {string} text */
function useGrowing(area, text) {
  useEffect(() => {
    const field = area.current;
    if (!field || CSS.supports("field-sizing", "content")) return;
    field.rows = Math.min(5, Math.max(2, Math.ceil(text.length / 30)));
  }, [text]);
}
