// Pasting into a section: what comes from a word processor becomes Markdown, what is too long stays out.
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t} from "../lib/i18n.js";
import {beginsBlock, markdownOf} from "../lib/paste.js";

/** @typedef {import("../lib/draft.js").Draft} Draft */
/** @typedef {import("../lib/binding.js").Binding} Binding */

/**
 * Watch what is pasted into a field. Returns how much was too much, until something else is written.
 * @param {Binding | null} binding @param {Draft | null} draft @returns {{room: number} | null}
 */
export function usePasting(binding, draft) {
  const [refused, setRefused] = useState(/** @type {{room: number} | null} */ (null));
  useEffect(() => {
    if (!binding || !draft?.open) return undefined;
    const {element} = binding;
    let plain = false;
    const fits = (/** @type {Event} */ event, /** @type {string} */ text) => {
      const room = draft.space;
      setRefused(text.length > room ? {room} : null);
      if (text.length > room) event.preventDefault();
      return text.length <= room;
    };
    const pasted = (/** @type {ClipboardEvent} */ event) => {
      const data = event.clipboardData;
      const [page, words] = [data?.getData("text/html") ?? "", data?.getData("text/plain") ?? ""];
      const text = page && !plain ? markdownOf(page) : "";
      if (!fits(event, text || words) || !text || text === words.trim()) return;
      event.preventDefault();
      const {from, to, value} = binding;
      const inLine = value.slice(value.lastIndexOf("\n", from - 1) + 1, from).trim() !== "";
      binding.write(from, to, inLine && beginsBlock(text) ? `\n\n${text}` : text);
    };
    // What is dropped, or put in by a keyboard, comes this way.
    const typed = (/** @type {InputEvent} */ event) => event.cancelable && fits(event, event.data ?? "");
    const pressed = (/** @type {KeyboardEvent} */ event) => { plain = event.shiftKey; };
    // Before the field itself takes it.
    element.addEventListener("paste", pasted, true);
    element.addEventListener("beforeinput", typed);
    element.addEventListener("keydown", pressed);
    return () => {
      element.removeEventListener("paste", pasted, true);
      element.removeEventListener("beforeinput", typed);
      element.removeEventListener("keydown", pressed);
    };
  }, [binding, draft, draft?.open]);
  return refused;
}

/** @param {{refused: {room: number} | null}} props */
export const TooLong = ({refused}) => html`
  <div role="alert">${refused && html`<p class="banner bad"><${Icon} name="refused" /><span>${t("This is too long, and was not put in: {n} more characters fit into this text.", {n: number(refused.room)})}</span></p>`}</div>`;
