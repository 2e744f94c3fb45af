// Themes as they are drawn and moved about: what is in which, and how it will be after a move. Pure.
import {t, tn} from "../lib/i18n.js";
import {all, byPosition, one} from "../lib/store.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/**
 * `support`: seats behind a theme, each counted once. `rank`: its number among all themes.
 * @typedef {{theme: Thing | null, ideas: Thing[], support: number, rank?: number}} Group
 */

/**
 * The themes in their order with their ideas, those put aside, and what is in none: best supported
 * first.
 * @param {Room} room @returns {{themes: Group[], aside: Group[], loose: Group}}
 */
export function groups(room) {
  const seats = (/** @type {Thing} */ idea) => one(room, "echo", idea.id)?.seats ?? 0;
  const known = all(room, "theme", byPosition);
  /** @type {Map<any, Thing[]>} */
  const inside = new Map(known.map(({id}) => [id, []]));
  /** @type {Thing[]} */
  const loose = [];
  for (const idea of all(room, "idea", (a, b) => seats(b) - seats(a) || a.id - b.id)) (inside.get(idea.theme) ?? loose).push(idea);
  const filled = known.map((theme, rank) => ({theme, rank, ideas: inside.get(theme.id) ?? [], support: one(room, "backing", theme.id)?.seats ?? 0}));
  return {
    themes: filled.filter(({theme}) => !theme.aside),
    aside: filled.filter(({theme}) => theme.aside),
    loose: {theme: null, ideas: loose, support: 0},
  };
}

/** Whether the same stands elsewhere, or reads otherwise. @param {Room} a @param {Room} b */
export const differ = (a, b) => shelfDiffers(a, b, "idea", ["theme", "text"]) || shelfDiffers(a, b, "theme", ["title", "position", "aside"]);

/** @param {Room} a @param {Room} b @param {string} kind @param {string[]} fields */
function shelfDiffers(a, b, kind, fields) {
  const [was, is] = [a.things[kind] ?? {}, b.things[kind] ?? {}];
  if (was === is) return false;
  const ids = Object.keys(is);
  return ids.length !== Object.keys(was).length
    || ids.some((id) => is[id] !== was[id] && fields.some((name) => is[id]?.[name] !== was[id]?.[name]));
}

/**
 * The room as it will be after a move of one's own, before the server has said so.
 * @param {Room} room @param {string} name @param {Record<string, any>} payload
 * @param {string} fresh what a theme is called that has no number yet
 * @returns {Room}
 */
export function foresee(room, name, payload, fresh) {
  const ideas = {...room.things.idea};
  const themes = {...room.things.theme};
  const put = (/** @type {number[]} */ ids, /** @type {any} */ theme) => ids.forEach((id) => { if (ideas[id]) ideas[id] = {...ideas[id], theme}; });
  const change = (/** @type {any} */ id, /** @type {Thing} */ fields) => { if (themes[id]) themes[id] = {...themes[id], ...fields}; };
  const inside = (/** @type {any} */ theme) => Object.values(ideas).filter((idea) => idea.theme === theme).map(({id}) => id);
  const end = (/** @type {any} */ theme, /** @type {any} */ into) => {
    put(inside(theme), into);
    delete themes[theme];
  };
  switch (name) {
    case "theme.make":
    case "theme.split":
      themes[fresh] = {id: fresh, title: payload.title, lang: payload.lang, aside: false, position: placeFor(room, payload.id)};
      put(payload.ideas, fresh);
      break;
    case "theme.fill": put(payload.ideas, payload.theme); break;
    case "theme.merge": payload.themes.filter((/** @type {number} */ id) => id !== payload.into).forEach((/** @type {number} */ id) => end(id, payload.into)); break;
    case "theme.remove": end(payload.id, null); break;
    case "theme.rename": change(payload.id, {title: payload.title}); break;
    case "theme.aside": change(payload.id, {aside: payload.on}); break;
    case "theme.order": change(payload.id, {position: between(all(room, "theme", byPosition).filter(({id}) => id !== payload.id), payload.position)}); break;
    default: return room;
  }
  return {...room, things: {...room.things, idea: ideas, theme: themes}};
}

/** A new theme stands last, one that was split off beside the one it was in. @param {Room} room @param {number} [beside] */
function placeFor(room, beside) {
  const order = all(room, "theme", byPosition);
  const at = order.findIndex(({id}) => id === beside);
  return between(order, at < 0 ? order.length : at + 1);
}

/** @param {Thing[]} order @param {number} at */
function between(order, at) {
  const [before, after] = [order[at - 1]?.position, order[at]?.position];
  if (before === undefined) return (after ?? 1) - 1;
  return after === undefined ? before + 1 : (before + after) / 2;
}

/** A theme one has made gets its number. @param {Room} room @param {string} fresh @param {number | undefined} id @returns {Room} */
export function numbered(room, fresh, id) {
  const made = one(room, "theme", fresh);
  if (!made || id === undefined) return room;
  /** @type {Record<string, Thing>} */
  const themes = {...room.things.theme, [id]: {...made, id}};
  delete themes[fresh];
  const ideas = Object.fromEntries(Object.entries(room.things.idea ?? {}).map(([key, idea]) => [key, idea.theme === fresh ? {...idea, theme: id} : idea]));
  return {...room, things: {...room.things, theme: themes, idea: ideas}};
}

/**
 * What a move into a theme is: themes that go there whole end by it; what leaves others in its own
 * is put there.
 * @param {Group[]} themes @param {number[]} chosen @param {number} into
 * @returns {[name: string, payload: Record<string, any>]}
 */
export function moveInto(themes, chosen, into) {
  const whole = themes.filter(({theme, ideas}) => theme?.id !== into && ideas.length > 0 && ideas.every(({id}) => chosen.includes(id)));
  const covered = whole.reduce((sum, {ideas}) => sum + ideas.length, 0);
  if (whole.length && covered === chosen.length) return ["theme.merge", {into, themes: whole.map(({theme}) => theme?.id)}];
  return ["theme.fill", {theme: into, ideas: chosen}];
}

/** The theme of which these ideas are a part, and not all: they can be split off. @param {Group[]} themes @param {number[]} chosen */
export const splitFrom = (themes, chosen) =>
  themes.find(({ideas}) => chosen.length > 0 && ideas.length > chosen.length && chosen.every((id) => ideas.some((idea) => idea.id === id)))?.theme;

/** A name for a theme that was made by putting one idea on another: its first words. @param {string} text @param {number} [longest] */
export function firstWords(text, longest = 60) {
  const letters = [...text];
  if (letters.length <= longest) return text;
  const cut = letters.slice(0, longest).join("");
  const end = cut.lastIndexOf(" ");
  return `${end > 0 ? cut.slice(0, end) : cut}…`;
}

/** @typedef {{id: number, name: string, about: string | null, ideas: number, undone: boolean, at: string}} Step */

/** What a step was, in a few words. @param {Step} step */
export function stepWords({name, about, ideas}) {
  const title = about ?? "";
  switch (name) {
    case "theme.make": return ideas ? tn("{n} idea into the new theme “{title}”", "{n} ideas into the new theme “{title}”", ideas, {title}) : t("new theme “{title}”", {title});
    case "theme.fill": return about === null ? tn("{n} idea into no theme", "{n} ideas into no theme", ideas) : tn("{n} idea into “{title}”", "{n} ideas into “{title}”", ideas, {title});
    case "theme.merge": return t("themes merged into “{title}”", {title});
    case "theme.split": return t("“{title}” split off", {title});
    case "theme.rename": return t("the name “{title}”", {title});
    case "theme.order": return t("the place of “{title}”", {title});
    case "theme.aside": return t("“{title}” put aside", {title});
    case "theme.resume": return t("“{title}” taken up again", {title});
    default: return t("“{title}” taken apart", {title});
  }
}

/** What one may take back next, and what one may do again. @param {Step[]} steps one's own, oldest first */
export function reversible(steps) {
  const done = steps.findLastIndex(({undone}) => !undone);
  return {undo: steps[done], redo: steps[done + 1]};
}
