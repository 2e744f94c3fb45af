// What the server wrote into the page for its script.

/**
 * @typedef {object} Page
 * @property {"room" | "lead" | "read" | "screen" | "desk"} page
 * @property {string} forum
 * @property {string} room
 * @property {string} lang
 * @property {string} words where the words of `lang` are
 */

/** The data block of this page. @returns {Page & Record<string, any>} */
export function readPage() {
  const block = document.getElementById("page");
  return JSON.parse(block?.textContent || "{}");
}
