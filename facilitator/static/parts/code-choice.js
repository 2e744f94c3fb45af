// On laptops: another kind of field for the same text, with the marks of Markdown in colour. Remembered on the device.
import {focused} from "../lib/binding.js";
import {createContext, html, useEffect, useMemo, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {jot, jotted} from "../lib/jotted.js";
import {useLaptop} from "./laptop.js";

/** @typedef {import("../lib/binding.js").Text} Text */
/** @typedef {import("../lib/binding.js").Binding} Binding */
/** @typedef {typeof import("../lib/code.js")} Kit */
/** `resume` gives a field that is bound anew the caret that the one before it had. @typedef {{kit: Kit | null, resume: (text: Text, field: Binding) => void}} Choice */

const KEY = "facilitator code";

/** What the fields of a draft are; without a provider they are plain. */
export const Code = createContext(/** @type {Choice} */ ({kit: null, resume() {}}));

/** The choice of this device, and how to change it. */
export function useCode() {
  const laptop = useLaptop();
  const [wanted, setWanted] = useState(() => jotted(KEY) !== "");
  const [kit, setKit] = useState(/** @type {Kit | null} */ (null));
  const [failed, setFailed] = useState(false);
  const left = useRef(/** @type {{text: Text, from: number, to: number} | null} */ (null));
  const on = laptop && wanted;
  const leave = () => {
    const [text, field] = focused() ?? [];
    left.current = text && field ? {text, from: field.from, to: field.to} : null;
  };
  useEffect(() => {
    let gone = false;
    if (on && !kit && !failed) {
      import("../lib/code.js").then((found) => {
        if (gone) return;
        leave();
        setKit(found);
      }, () => setFailed(true));
    }
    return () => { gone = true; };
  }, [on, kit, failed]);
  const turn = () => {
    if (failed) return setFailed(false);
    leave();
    jot(KEY, wanted ? "" : "on");
    setWanted(!wanted);
    setKit(null);
  };
  const used = on ? kit : null;
  const choice = useMemo(() => ({
    kit: used,
    resume: (/** @type {Text} */ text, /** @type {Binding} */ field) => {
      if (left.current?.text !== text) return;
      const {from, to} = left.current;
      left.current = null;
      field.select(Math.min(from, text.length), Math.min(to, text.length));
      field.focus();
    },
  }), [used]);
  return {choice, laptop, on, failed, turn};
}

/** @param {ReturnType<typeof useCode>} props */
export const CodeSwitch = ({laptop, on, failed, turn}) => laptop && html`
  <button type="button" class="btn" aria-pressed=${on && !failed} title=${t("For those who write Markdown by heart: its marks stand out in colour.")} onMouseDown=${keepFocus} onClick=${turn}>
    <${Icon} name=${failed ? "refused" : "doc"} />${failed ? t("This could not be loaded. Try again.") : t("Marks in colour")}</button>`;

/** The field in which one writes keeps the focus. @param {Event} event */
const keepFocus = (event) => event.preventDefault();
