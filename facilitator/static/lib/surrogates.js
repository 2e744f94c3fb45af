// Characters beyond the first 65,536 are two units in JavaScript. Nothing may come between them.

/** @param {string} text @param {number} at */
const isHigh = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xd800;
/** @param {string} text @param {number} at */
const isLow = (text, at) => (text.charCodeAt(at) & 0xfc00) === 0xdc00;

/** The nearest place at or before `at` that is not inside a character. @param {string} text @param {number} at */
export function whole(text, at) {
  if (at <= 0 || at >= text.length) return Math.max(0, Math.min(at, text.length));
  return isLow(text, at) && isHigh(text, at - 1) ? at - 1 : at;
}
