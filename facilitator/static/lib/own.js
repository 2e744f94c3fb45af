// One's own words that not everybody sees: waiting, hidden, or taken back a moment ago. Pure.

/** @typedef {import("./store.js").Mine} Mine */
/** @typedef {import("./store.js").Thing} Thing */
/** @typedef {import("./store.js").Line} Line */
/** @typedef {Record<string, Record<string, Thing>>} Things */

/** The kinds of words that have a state, and where it says which of them are one's own. */
export const LISTS = /** @type {const} */ ({idea: "ideas", comment: "comments", reservation: "reservations", evidence: "evidence", reply: "replies"});

/** @param {string} kind @returns {kind is keyof typeof LISTS} */
export const isWords = (kind) => Object.hasOwn(LISTS, kind);

/** @param {Mine} mine @param {string} kind @param {number} id */
const isOwn = (mine, kind, id) => isWords(kind) && (mine[LISTS[kind]] ?? []).includes(id);

/** @param {Thing} words @param {string} kind @param {number} id */
const is = (words, kind, id) => words.thing === kind && words.id === id;

/** @param {Mine} mine @param {string} kind @param {number} id */
export const unshown = (mine, kind, id) => mine.unshown.find((words) => is(words, kind, id));

/** The same with what is known now of one's own words; null: everybody sees them, or they are gone. @param {Mine} mine @param {string} kind @param {number} id @param {Thing | null} more @returns {Mine} */
export function told(mine, kind, id, more) {
  const others = mine.unshown.filter((words) => !is(words, kind, id));
  return {...mine, unshown: more ? [...others, {...unshown(mine, kind, id), ...more, thing: kind, id}] : others};
}

/**
 * What news say of one's own: what has left the screens is remembered in its words, for the server
 * does not send them again; what is seen again needs no remembering.
 * @param {Mine} mine @param {Things} before @param {Line[]} lines
 */
export function kept(mine, before, lines) {
  for (const [kind, key, data] of lines) {
    const id = Number(key);
    if (!isOwn(mine, kind, id)) continue;
    const words = before[kind]?.[key];
    if (data) mine = told(mine, kind, id, null);
    else if (words) mine = told(mine, kind, id, {state: "", ...words, ...unshown(mine, kind, id)});
  }
  return mine;
}

/** Whether news took something of one's own from the screens: why, the server tells who asks. @param {Mine} mine @param {Line[]} lines */
export const isLost = (mine, lines) => lines.some(([kind, key, data]) => data === null && isOwn(mine, kind, Number(key)));

/** What the server says is one's own, in the words that this page remembers. @param {Mine} mine @param {Mine} old @param {Things} things @returns {Mine} */
export const remembered = (mine, old, things) => ({...mine, unshown: (mine.unshown ?? []).map((words) => {
  const {text} = unshown(old, words.thing, words.id) ?? things[words.thing]?.[words.id] ?? {};
  return {...(text === undefined ? {} : {text}), ...words};
})});
