// A field that shows and writes a text which others write as well, whatever kind of field it is.
// It works with every keyboard: while letters are being composed nothing is sent and nothing is shown.
import {UndoManager} from "../vendor/yjs.js";
import {follow, moved, rebased, spliceBetween} from "./splice.js";

/** @typedef {import("../vendor/yjs.js").Text} Text */
/** @typedef {import("./splice.js").Delta} Delta */
/** @typedef {import("./markdown-edit.js").Edit} Edit */

/**
 * All that we know of a kind of field: a textarea (textarea.js) or CodeMirror (code.js).
 * @typedef {{
 *   readonly element: HTMLElement, readonly value: string, readonly from: number, readonly to: number, readonly head: number,
 *   readonly focused: boolean, focus: () => void, select: (from: number, to: number) => void,
 *   replace: (from: number, to: number, put: string) => void,
 *   show: (now: string, deltas: Delta[], place: (index: number) => number) => void, settled: () => void,
 *   heard: (tell: () => void) => () => void, placeOf?: (index: number) => Place | null,
 * }} Surface
 * `element` hears keys, pastes and what is composed; `head` is the end of the selection that moves.
 * `replace` is as if typed, with the caret behind it; `show` puts in what others made of the text,
 * `place` says where a place of the field is then. `heard` tells what the person has changed.
 */
/** Where a caret is on the screen. @typedef {{left: number, top: number, bottom: number}} Place */
/** Who undoes what: the one person at this text, with whatever field. @typedef {{own: {}, undoing: UndoManager}} Hand */
/** @typedef {Surface & {undo: () => void, redo: () => void, canUndo: () => boolean, canRedo: () => boolean, listen: (tell: () => void) => () => void,
 *   write: (from: number, to: number, put: string) => void, edit: (change: (text: string, from: number, to: number) => Edit) => void, close: () => void, setOpen?: (open: boolean) => void}} Binding */

/** The fields that are bound now. @type {Map<Text, Binding>} */
const bound = new Map();

/** The field that shows a text. @param {Text} text */
export const fieldOf = (text) => bound.get(text);

/** The field in which one writes, and its text. */
export const focused = () => [...bound].find(([, field]) => field.focused);

/** What can be undone in a text by whoever writes it here. @param {Text} text @returns {Hand} */
export function handOf(text) {
  const own = {};
  return {own, undoing: new UndoManager(text, {trackedOrigins: new Set([own])})};
}

/**
 * Bind a field to a text. A `hand` that is given outlives the binding: another kind of field goes on with it.
 * @param {Surface} field @param {Text} text @param {Hand} [hand]
 * @returns {Binding}
 */
export function bindTo(field, text, hand) {
  const {own, undoing} = hand ?? handOf(text);
  let composing = false;
  /** What the field held when it last was as the text; and what others did since. */
  let shown = plain(text.toString());
  /** @type {Delta[]} */
  let missed = [];

  const push = () => {
    const {value} = field;
    const splice = spliceBetween(shown, value, field.to);
    if (!splice) return;
    const deltas = missed;
    const splices = rebased(splice, deltas);
    shown = value;
    text.doc?.transact(() => splices.forEach(({at, cut, put}) => {
      if (cut) text.delete(at, cut);
      if (put) text.insert(at, put);
    }), own);
    settle((index) => follow(index, splice, splices, deltas));
  };

  /** Show what others did, unless the field is as the text already. @param {(index: number) => number} [place] */
  const settle = (place) => {
    if (composing) return;
    const [now, deltas] = [plain(text.toString()), missed];
    missed = [];
    if (field.value !== now) field.show(now, deltas, place ?? ((index) => deltas.reduce((at, delta) => moved(at, delta), index)));
    shown = now;
    field.settled();
  };

  /** @param {{delta: any}} event @param {import("../vendor/yjs.js").Transaction} transaction */
  const hear = ({delta}, {origin}) => {
    if (origin === own) return;
    missed.push(delta);
    settle();
    if (origin === undoing) followUndo(field, delta);
  };

  const listeners = /** @type {[keyof HTMLElementEventMap, (event: any) => void][]} */ ([
    ["compositionstart", () => { composing = true; }],
    ["compositionend", () => composed()],
    ["blur", () => composed()],
    ["beforeinput", (event) => answerUndo(event, undoing)],
    ["keydown", (event) => answerKey(event, undoing)],
  ]);
  const composed = () => {
    composing = false;
    push();
    // What others did is shown when the keyboard has finished with the field.
    setTimeout(() => settle());
  };

  // What is written from here on is a step of its own.
  undoing.stopCapturing();
  text.observe(hear);
  const deaf = field.heard(() => composing || push());
  listeners.forEach(([name, listen]) => field.element.addEventListener(name, listen));
  if (field.value !== shown) field.replace(0, field.value.length, shown);
  field.settled();

  /** @type {Binding} */
  const binding = Object.create(field, Object.getOwnPropertyDescriptors({
    undo: () => void undoing.undo(),
    redo: () => void undoing.redo(),
    canUndo: () => undoing.canUndo(),
    canRedo: () => undoing.canRedo(),
    /** Be told when there is more or less to undo. Returns how to stop it. @param {() => void} tell */
    listen(tell) {
      undoing.on("stack-item-added", tell);
      undoing.on("stack-item-popped", tell);
      return () => {
        undoing.off("stack-item-added", tell);
        undoing.off("stack-item-popped", tell);
      };
    },
    // For buttons: what stands in the field, changed as if by the person, and undone as one step.
    /** @param {number} from @param {number} to @param {string} put */
    write(from, to, put) {
      undoing.stopCapturing();
      field.replace(from, to, put);
      push();
      undoing.stopCapturing();
      field.focus();
    },
    // The same for what depends on what stands there: the word that is being composed is first ended.
    /** @param {(text: string, from: number, to: number) => Edit} change */
    edit(change) {
      if (composing) composed();
      const {at, cut, put, from, to} = change(field.value, field.from, field.to);
      binding.write(at, at + cut, put);
      field.select(from, to);
    },
    close() {
      if (composing) composed();
      text.unobserve(hear);
      deaf();
      listeners.forEach(([name, listen]) => field.element.removeEventListener(name, listen));
      if (bound.get(text) === binding) bound.delete(text);
      if (!hand) undoing.destroy();
    },
  }));
  bound.set(text, binding);
  return binding;
}

/** As a field shows it: of the ends of lines it knows only one. Each unit keeps its place. @param {string} text */
const plain = (text) => text.replace(/\r/g, " ");

/** After undoing, the caret goes to where it happened. @param {Surface} field @param {Delta} delta */
function followUndo(field, delta) {
  let [at, end] = [0, 0];
  for (const {retain = 0, insert} of delta) {
    at += retain + (insert?.length ?? 0);
    if (!retain) end = at;
  }
  if (field.focused) field.select(end, end);
}

/**
 * Menus and gestures: the field's own undoing knows nothing of what others wrote.
 * @param {InputEvent} event @param {UndoManager} undoing
 */
function answerUndo(event, undoing) {
  if (event.inputType !== "historyUndo" && event.inputType !== "historyRedo") return;
  event.preventDefault();
  if (event.inputType === "historyUndo") undoing.undo();
  else undoing.redo();
}

/** Keys: a field that was set by script does not even offer to undo. @param {KeyboardEvent} event @param {UndoManager} undoing */
function answerKey(event, undoing) {
  if (!(event.ctrlKey || event.metaKey) || event.altKey || event.isComposing) return;
  const key = event.key.toLowerCase();
  const redo = key === "y" || (key === "z" && event.shiftKey);
  if (key !== "z" && !redo) return;
  event.preventDefault();
  if (redo) undoing.redo();
  else undoing.undo();
}
