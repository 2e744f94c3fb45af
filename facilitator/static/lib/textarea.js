// A <textarea> as a field that several people write in: it grows with its text, and holds still under one's eyes.
import {bindTo} from "./binding.js";

/** @typedef {import("./splice.js").Delta} Delta */

/**
 * Bind a textarea to a text. Those that cannot grow by themselves are made to.
 * @param {HTMLTextAreaElement} area @param {import("./binding.js").Text} text @param {import("./binding.js").Hand} [hand]
 */
export const bind = (area, text, hand) => bindTo(surfaceOf(area), text, hand);

/** @param {HTMLTextAreaElement} area @returns {import("./binding.js").Surface} */
const surfaceOf = (area) => ({
  element: area,
  get value() { return area.value; },
  get from() { return area.selectionStart; },
  get to() { return area.selectionEnd; },
  get head() { return area.selectionDirection === "backward" ? area.selectionStart : area.selectionEnd; },
  get focused() { return isHere(area); },
  focus: () => area.focus(),
  select: (from, to) => area.setSelectionRange(from, to),
  replace: (from, to, put) => area.setRangeText(put, from, to, "end"),
  show: (now, deltas, place) => show(area, now, deltas, place),
  settled: () => grow(area),
  heard(tell) {
    area.addEventListener("input", tell);
    return () => area.removeEventListener("input", tell);
  },
});

/** @param {HTMLTextAreaElement} area */
const isHere = (area) => area.ownerDocument.activeElement === area;

/**
 * Show the text; the caret stays where it was among the letters, and what one looks at stays where it is.
 * @param {HTMLTextAreaElement} area @param {string} now @param {Delta[]} deltas what others did
 * @param {(index: number) => number} place where a place of the field is in the text
 */
function show(area, now, deltas, place) {
  const {selectionStart, selectionEnd, selectionDirection, scrollTop, scrollHeight} = area;
  const here = isHere(area);
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
 * @param {HTMLElement} field @param {boolean} here whether they are writing in this very field
 * @returns {(more: number) => void}
 */
export function holdStill({ownerDocument: {activeElement, body, defaultView}}, here) {
  if (!defaultView || !activeElement || activeElement === body) return () => {};
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
