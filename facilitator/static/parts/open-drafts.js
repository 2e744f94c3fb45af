// The drafts this page has open, or has words of that are not stored: the header must not say "saved" before they are.

/** @typedef {import("../lib/draft.js").Draft} Draft */

/** @type {Set<Draft>} */
const open = new Set();

/** How many of them have words that are not stored. */
export const unsaved = () => [...open].filter((draft) => draft.unsaved).length;

/** Whether all of that would be there after this page. */
export const kept = () => [...open].every((draft) => draft.kept);

/** The words that could not be stored, for whoever has to leave. */
export const wordsLeft = () => [...open].flatMap((draft) => draft.words);

/**
 * Keep an eye on a draft until it is closed and stored.
 * @param {Draft} draft @param {() => void} redraw
 * @returns {() => void} how to close it
 */
export function watch(draft, redraw) {
  open.add(draft);
  let closed = false;
  const settle = () => {
    if (closed && !draft.unsaved && !draft.words.length) open.delete(draft);
    redraw();
  };
  draft.listen(settle);
  return () => {
    closed = true;
    draft.close();
    settle();
  };
}
