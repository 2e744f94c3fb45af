// The buttons under a section: formatting for who does not know its marks, and one's own undoing.
import {html, useEffect, useReducer, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {edited} from "../lib/markdown-edit.js";

/** @typedef {import("../lib/binding.js").Binding} Binding */
/** @typedef {import("../lib/markdown-edit.js").Tool} Tool */

/** What each button does, with its icon, its word and its key. @type {[Tool, word: () => string, key: string | null][]} */
const TOOLS = [
  ["bold", () => t("Bold"), "B"],
  ["italic", () => t("Italic"), "I"],
  ["heading", () => t("Heading"), null],
  ["list", () => t("List"), null],
  ["quote", () => t("Quotation"), null],
  ["link", () => t("Link"), "K"],
];

const STEPS = /** @type {Record<string, -1 | 1>} */ ({ArrowLeft: -1, ArrowRight: 1});

const apple = () => /Mac|iP(hone|ad|od)/.test(globalThis.navigator?.platform ?? "");

/** A key as it is said to people. @param {string} key */
const pressed = (key) => (apple() ? `⌘${key}` : t("Ctrl+{key}", {key}));
/** A key as it is said to machines. @param {string} key */
const shortcut = (key) => `${apple() ? "Meta" : "Control"}+${key}`;

/**
 * A toolbar for a field. Buttons of further parts stand behind it as `more`, what is said of the text at its end.
 * @param {{binding: Binding | null, open: boolean, label: string, more?: any, children?: any}} props
 */
export function Toolbar({binding, open, label, more, children}) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const [at, setAt] = useState(0);
  const bar = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => binding?.listen(() => again(0)), [binding]);
  useKeys(binding, open);
  const use = (/** @type {Tool} */ tool) => binding?.edit((text, from, to) => edited(tool, text, from, to));
  const buttons = [
    ...TOOLS.map(([tool, word, key]) => ({icon: tool, word: word(), key, able: open, go: () => use(tool)})),
    {icon: "undo", word: t("Undo"), key: "Z", able: open && binding?.canUndo(), go: () => binding?.undo()},
    {icon: "redo", word: t("Redo"), key: "Y", able: open && binding?.canRedo(), go: () => binding?.redo()},
  ];
  const walk = (/** @type {KeyboardEvent} */ event) => {
    const last = buttons.length - 1;
    const step = STEPS[event.key];
    const next = event.key === "Home" ? 0 : event.key === "End" ? last : step && (at + step + last + 1) % (last + 1);
    if (next === undefined) return;
    event.preventDefault();
    setAt(next);
    bar.current?.querySelectorAll("button")[next]?.focus();
  };
  return html`
    <div class="tools">
      <div ref=${bar} role="toolbar" aria-label=${t("Formatting")} aria-describedby=${label} onKeyDown=${walk} onMouseDown=${keepFocus}>
        ${buttons.map(({icon, word, key, able, go}, place) => html`
          <button key=${icon} type="button" class="tool" tabindex=${place === at ? 0 : -1} aria-disabled=${able ? undefined : "true"}
            aria-label=${word} aria-keyshortcuts=${key ? shortcut(key) : undefined} title=${key ? `${word} (${pressed(key)})` : word}
            onFocus=${() => setAt(place)} onClick=${() => able && go()}><${Icon} name=${icon} /></button>`)}
      </div>
      ${more}
      ${children}
    </div>`;
}

/** A finger on a button leaves the field as it is: its keyboard stays up. @param {Event} event */
const keepFocus = (event) => event.preventDefault();

/** Keys for the same; undoing has its own in the binding. @param {Binding | null} binding @param {boolean} open */
function useKeys(binding, open) {
  useEffect(() => {
    const field = binding?.element;
    if (!field || !open) return undefined;
    const answer = (/** @type {KeyboardEvent} */ event) => {
      const tool = (event.ctrlKey || event.metaKey) && !event.altKey && !event.shiftKey && !event.isComposing
        && TOOLS.find(([, , key]) => key === event.key.toUpperCase())?.[0];
      if (!tool) return;
      event.preventDefault();
      binding.edit((text, from, to) => edited(tool, text, from, to));
    };
    field.addEventListener("keydown", answer);
    return () => field.removeEventListener("keydown", answer);
  }, [binding, open]);
}
