// Words found in a text whatever their case and their accents. Pure.

/** Letters that have no mark which could be taken off. @type {Record<string, string>} */
const UNMARKED = {ł: "l", đ: "d", ø: "o", ß: "ss", "’": "'", "ʼ": "'"};
/** @type {Map<string, string>} */
const known = new Map();

/** One letter as it is looked for; nothing for marks and for what only says where a line may end. @param {string} letter */
function plain(letter) {
  let found = known.get(letter);
  if (found === undefined) {
    const bare = letter.toLowerCase().normalize("NFD").replace(/[\p{M}\p{Cf}]/gu, "");
    known.set(letter, found = [...bare].map((one) => UNMARKED[one] ?? one).join(""));
  }
  return found;
}

/**
 * A text as it is looked through, and where in the text each of its letters stands.
 * @param {string} text @returns {{bare: string, at: number[]}} `at` has one place more, the end
 */
export function fold(text) {
  let bare = "", place = 0;
  const at = [];
  for (const letter of text) {
    const found = plain(letter);
    for (let n = 0; n < found.length; n += 1) at.push(place);
    bare += found;
    place += letter.length;
  }
  return {bare, at: [...at, place]};
}

/** The words to look for. @param {string} query @returns {string[]} */
export const wanted = (query) => [...new Set(fold(query).bare.split(/[^\p{L}\p{N}']+/u).filter(Boolean))];

/**
 * Where words stand in a folded text, or parts of longer words do.
 * @param {{bare: string, at: number[]}} folded @param {string} word
 * @returns {[start: number, end: number][]} places in the text itself
 */
export function places({bare, at}, word) {
  /** @type {[number, number][]} */
  const found = [];
  for (let from = bare.indexOf(word); from >= 0; from = bare.indexOf(word, from + word.length)) {
    found.push([at[from] ?? 0, at[from + word.length] ?? 0]);
  }
  return found;
}
