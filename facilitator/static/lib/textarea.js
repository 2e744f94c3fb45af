// A <textarea> that shows and writes a text which others write as well.
// It works with every keyboard: while letters are being composed nothing is sent and nothing is shown.
import {UndoManager} from "../vendor/yjs.js";
import {follow, moved, rebased, spliceBetween} from "./splice.js";

/** @typedef {import("../vendor/yjs.js").Text} Text */
/** @typedef {import("./splice.js").Delta} Delta */
/** @typedef {import("./markdown-edit.js").Edit} Edit */
/** @typedef {{undo: () => void, redo: () => void, canUndo: () => boolean, canRedo: () => boolean, listen: (tell: () => void) => () => void,
 *   write: (from: number, to: number, put: string) => void, edit: (change: (text: string, from: number, to: number) => Edit) => void, close: () => void}} Binding */

/**
 * Bind a field to a text. Fields that cannot grow by themselves are made to.
 * @param {HTMLTextAreaElement} area @param {Text} text
 * @returns {Binding}
 */
export function bind(area, text) {
  const own = {};
  const undoing = new UndoManager(text, {trackedOrigins: new Set([own])});
  let composing = false;
  /** What the field held when it last was as the text; and what others did since. */
  let shown = plain(text.toString());
  /** @type {Delta[]} */
  let missed = [];

  const push = () => {
    const splice = spliceBetween(shown, area.value, area.selectionEnd);
    if (!splice) return;
    const deltas = missed;
    const splices = rebased(splice, deltas);
    shown = area.value;
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
    if (area.value !== now) show(area, now, deltas, place);
    shown = now;
    grow(area);
  };

  /** @param {{delta: any}} event @param {import("../vendor/yjs.js").Transaction} transaction */
  const hear = ({delta}, {origin}) => {
    if (origin === own) return;
    missed.push(delta);
    settle();
    if (origin === undoing) followUndo(area, delta);
  };

  const listeners = /** @type {[keyof HTMLElementEventMap, (event: any) => void][]} */ ([
    ["input", () => composing || push()],
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

  text.observe(hear);
  listeners.forEach(([name, listen]) => area.addEventListener(name, listen));
  if (area.value !== shown) area.value = shown;
  grow(area);

  return {
    undo: () => void undoing.undo(),
    redo: () => void undoing.redo(),
    canUndo: () => undoing.canUndo(),
    canRedo: () => undoing.canRedo(),
    /** Be told when there is more or less to undo. Returns how to stop it. */
    listen(tell) {
      undoing.on("stack-item-added", tell);
      undoing.on("stack-item-popped", tell);
      return () => {
        undoing.off("stack-item-added", tell);
        undoing.off("stack-item-popped", tell);
      };
    },
    // For buttons: what stands in the field, changed as if by the person, and undone as one step.
    write(from, to, put) {
      undoing.stopCapturing();
      area.setRangeText(put, from, to, "end");
      push();
      undoing.stopCapturing();
      area.focus();
    },
    // The same for what depends on what stands there: the word that is being composed is first ended.
    edit(change) {
      if (composing) composed();
      const {at, cut, put, from, to} = change(area.value, area.selectionStart, area.selectionEnd);
      this.write(at, at + cut, put);
      area.setSelectionRange(from, to);
    },
    close() {
      if (composing) composed();
      text.unobserve(hear);
      listeners.forEach(([name, listen]) => area.removeEventListener(name, listen));
      undoing.destroy();
    },
  };
}

/** As a field shows it: of the ends of lines it knows only one. Each unit keeps its place. @param {string} text */
const plain = (text) => text.replace(/\r/g, " ");

/**
 * Show the text; the caret stays where it was among the letters, and what one looks at stays where it is.
 * @param {HTMLTextAreaElement} area @param {string} now @param {Delta[]} deltas what others did
 * @param {(index: number) => number} [place] where a place of the field is in the text
 */
function show(area, now, deltas, place = (index) => deltas.reduce((at, delta) => moved(at, delta), index)) {
  const {selectionStart, selectionEnd, selectionDirection, scrollTop, scrollHeight} = area;
  const here = area.ownerDocument.activeElement === area;
  const above = here && deltas.every((delta) => firstChange(delta) < selectionStart);
  const still = holdStill(area, here);
  area.value = now;
  if (here) area.setSelectionRange(place(selectionStart), place(selectionEnd), selectionDirection);
  grow(area);
  const more = above ? area.scrollHeight - scrollHeight : 0;
  area.scrollTop = scrollTop + (area.scrollHeight > area.clientHeight ? more : 0);
  still(area.scrollHeight > area.clientHeight ? 0 : more);
}

/** Where a change begins. @param {Delta} delta */
const firstChange = (delta) => delta[0]?.retain ?? 0;

/**
 * Note where the person is looking, and move the page back there afterwards.
 * @param {HTMLTextAreaElement} area @param {boolean} here whether they are writing in this very field
 * @returns {(more: number) => void}
 */
function holdStill(area, here) {
  const {activeElement, defaultView} = area.ownerDocument;
  if (!defaultView || !activeElement || activeElement === area.ownerDocument.body) return () => {};
  const top = activeElement.getBoundingClientRect().top;
  return (more) => {
    const away = here ? more : activeElement.getBoundingClientRect().top - top;
    if (Math.abs(away) >= 1) defaultView.scrollBy(0, away);
  };
}

/** Let a field be as high as its text, where the style sheet cannot say so. @param {HTMLTextAreaElement} area */
export function grow(area) {
  if (typeof CSS === "undefined" || CSS.supports("field-sizing", "content")) return;
  area.style.height = "auto";
  area.style.height = `${area.scrollHeight + area.offsetHeight - area.clientHeight}px`;
}

/** After undoing, the caret goes to where it happened. @param {HTMLTextAreaElement} area @param {Delta} delta */
function followUndo(area, delta) {
  let [at, end] = [0, 0];
  for (const {retain = 0, insert} of delta) {
    at += retain + (insert?.length ?? 0);
    if (!retain) end = at;
  }
  if (area.ownerDocument.activeElement === area) area.setSelectionRange(end, end);
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
