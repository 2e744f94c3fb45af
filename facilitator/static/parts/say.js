// A line in which something is said of what stands above it: of an idea, of a suggestion.
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t} from "../lib/i18n.js";
import {jot, jotted} from "../lib/jotted.js";
import {onSubmit} from "./scene.js";

/** Characters of what is said at once. */
export const LONGEST = 400;

/**
 * What is typed outlives a reload under the name `jot`.
 * @param {{jot: string, name: string, asked: string, eager: boolean, locked?: boolean, send: (text: string) => void}} props
 *   `name` of the form; `asked` is the label of its field
 */
export function Say({jot: key, name, asked, eager, locked, send}) {
  const [text, setText] = useState(() => jotted(key));
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => {
    if (eager) input.current?.focus();
  }, []);
  const write = (/** @type {string} */ next) => {
    setText(next);
    jot(key, next);
  };
  const post = () => {
    const said = text.trim();
    if (locked) return;
    if (said) send(said);
    if (said) write("");
    input.current?.focus();
  };
  return html`
    <form class="write" aria-label=${name} onSubmit=${onSubmit(post)}>
      <input ref=${input} class="input" type="text" maxlength=${LONGEST} autocomplete="off" enterkeyhint="send" dir="auto" lang=${lang()}
        aria-label=${asked} placeholder=${asked} value=${text}
        onInput=${(/** @type {InputEvent} */ event) => write(/** @type {HTMLInputElement} */ (event.target).value)} />
      <button class="btn" disabled=${locked} aria-label=${t("Send")}><${Icon} name="send" /></button>
    </form>`;
}
