// The desk: what is there, what is where in the document, and where words came from. Pure.
import {languageName, said, t} from "../lib/i18n.js";
import {all, byPosition, one} from "../lib/store.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/**
 * What is looked for; "" is anything, and "none" of a track or a meeting that there is none.
 * @typedef {{find: string, where: "all" | "left" | "placed", vote: "all" | "adopted" | "not" | "none", track: string, meeting: string, room: string, level: string}} Filter
 */
/** @typedef {{chapter: Thing | null, number: string, entries: {entry: Thing, number: string}[]}} Part */
/** @typedef {{text: string, source: number | null}} Segment */

/** @type {Filter} */
export const EVERYTHING = {find: "", where: "left", vote: "all", track: "", meeting: "", room: "", level: ""};

/** Rooms' recommendations, in the order in which the programme has the rooms. @param {Room} room @param {string[]} order uuids of rooms */
export function cards(room, order = []) {
  const place = new Map(order.map((uuid, at) => [uuid, at]));
  const at = (/** @type {Thing} */ card) => place.get(card.room.uuid) ?? order.length;
  return all(room, "card", (a, b) => at(a) - at(b) || a.number - b.number || a.id - b.id);
}

/** The forum's own recommendations, in the order of their places; translations stand in no chapter. @param {Room} room */
export const entries = (room) => all(room, "recommendation", byPosition).filter(({chapter}) => chapter !== null);

/** Which room's recommendation stands in which of the forum's. @param {Room} room @returns {Map<number, Thing>} */
export const placed = (room) =>
  new Map(entries(room).flatMap((entry) => entry.sources.map((/** @type {Thing} */ source) => [source.origin, entry])));

/** Where later meetings go on with a room's recommendation. @param {Room} room @param {number} id @returns {Thing[]} */
export const carriedTo = (room, id) =>
  all(room, "card").filter(({sources}) => sources.some((/** @type {Thing} */ {origin}) => origin === id));

/** @param {Thing[]} found @param {Map<number, Thing>} where @param {Filter} filter */
export function filtered(found, where, {find, where: which, vote, track, meeting, room, level}) {
  const words = find.toLocaleLowerCase().split(/\s+/).filter(Boolean);
  return found.filter((card) => {
    if (which !== "all" && (which === "placed") !== where.has(card.id)) return false;
    if (vote !== "all" && verdict(card) !== vote) return false;
    if (!fits(card.room.track, track) || !fits(card.room.meeting, meeting) || !fits(card.room.uuid, room)) return false;
    if (level && !card.levels?.includes(level)) return false;
    return !words.length || words.every((word) => searched(card).includes(word));
  });
}

/** @param {string | null} value @param {string} wanted */
const fits = (value, wanted) => !wanted || (value ?? "none") === wanted;

/** In which towns the sources of a recommendation were written, in a forum that met in several. @param {Room} room @param {Thing} entry */
export function raisedIn(room, entry) {
  const everywhere = new Set(all(room, "cell").map(({meeting}) => meeting).filter(Boolean));
  const towns = entry.sources.flatMap((/** @type {Thing} */ {origin}) => one(room, "card", origin)?.raised ?? []);
  return everywhere.size > 1 ? [...new Set(towns)] : [];
}

/** How the room voted. @param {Thing} card @returns {"adopted" | "not" | "none"} */
export function verdict({status}) {
  if (status === "adopted") return "adopted";
  return status === "rejected" ? "not" : "none";
}

/** What a card says, as it is searched; a card never changes, another comes in its place. @type {WeakMap<Thing, string>} */
const said_ = new WeakMap();

/** @param {Thing} card */
function searched(card) {
  const known = said_.get(card) ?? spoken(card);
  said_.set(card, known);
  return known;
}

/** @param {Thing} card */
const spoken = ({title, text, room}) => [
  title, ...Object.values(room.title ?? {}), room.meeting ?? "", ...Object.values(text?.sections ?? {}),
  ...(text?.addressees ?? []).map((/** @type {Thing} */ {office}) => office),
  ...(text?.steps ?? []).map((/** @type {Thing} */ step) => step.what ?? ""),
].join(" ").toLocaleLowerCase();

/**
 * The document as it grows: chapters with their recommendations, numbered as they will be printed.
 * @param {Room} room @returns {Part[]}
 */
export function outline(room) {
  const found = entries(room);
  const chapters = all(room, "chapter", byPosition);
  const known = new Set(chapters.map(({id}) => id));
  const parts = chapters.map((chapter, place) => part(chapter, String(place + 1), found.filter((entry) => entry.chapter === chapter.id)));
  const loose = found.filter((entry) => !known.has(entry.chapter));
  return loose.length ? [...parts, part(null, "–", loose)] : parts;
}

/** @param {Thing | null} chapter @param {string} number @param {Thing[]} found @returns {Part} */
const part = (chapter, number, found) => ({chapter, number, entries: found.map((entry, place) => ({entry, number: `${number}.${place + 1}`}))});

/** @param {Part[]} parts @param {number} id */
export const numberOf = (parts, id) => parts.flatMap(({entries: found}) => found).find(({entry}) => entry.id === id)?.number ?? "";

/**
 * The chapter that fits a room's recommendation: the one that is called as its track is.
 * @param {Room} room @param {Thing | undefined} card @param {{uuid: string, title: Record<string, string>}[]} tracks
 * @returns {number | null}
 */
export function chapterFor(room, card, tracks) {
  const chapters = all(room, "chapter", byPosition);
  const title = tracks.find(({uuid}) => uuid === card?.room.track)?.title ?? {};
  const names = new Set(Object.values(title));
  const fits = chapters.find((chapter) => Object.values(chapter.title).some((name) => names.has(/** @type {string} */ (name))));
  return (fits ?? chapters[0])?.id ?? null;
}

/** @typedef {{id: number, a: Thing, b: Thing, by: "words" | "meaning", score: number, shared: string[], near: boolean}} Suggestion `near`: of one track */

/**
 * The pairs of similar recommendations, those of one track first: those to suggest, or those of which
 * something was said. What was merged is one text, and no pair any more.
 * @param {Room} room @param {"related" | "different" | null} [verdict]
 * @returns {Suggestion[]}
 */
export function suggestions(room, verdict = null) {
  const where = placed(room);
  const found = all(room, "likeness").filter((pair) => pair.verdict === verdict).flatMap(({id, a: one_, b: other, found_by: by, score, shared}) => {
    const [a, b] = [room.things.card?.[one_], room.things.card?.[other]];
    const merged = where.has(one_) && where.get(one_) === where.get(other);
    return a && b && !merged ? [{id, a, b, by, score, shared, near: a.room.track === b.room.track}] : [];
  });
  return found.sort((a, b) => Number(b.near) - Number(a.near) || b.score - a.score || a.id - b.id);
}

/** What tells a room from the others: "Lublin · Language and school, table 3". @param {Thing} place */
export function placeName({meeting, title, track, number}) {
  const name = said(title) || t("Plenary");
  return [meeting, track ? t("{title}, table {n}", {title: name, n: number}) : name].filter(Boolean).join(" · ");
}

/** A, B, … Z, AA, AB … @param {number} place @returns {string} */
export const letter = (place) => (place < 26 ? String.fromCharCode(65 + place) : letter(Math.floor(place / 26) - 1) + letter(place % 26));

/** The thread of a source: six, then they repeat, and the letter tells them apart. @param {number} place */
export const thread = (place) => `t${(place % 6) + 1}`;

/**
 * One text of a recommendation, cut where its sources change. Places are counted in code points,
 * as the server does.
 * @param {string} text @param {string} root @param {{root: string, start: number, end: number, source: number}[]} passages
 * @returns {Segment[]}
 */
export function segments(text, root, passages = []) {
  const points = Array.from(text);
  const cuts = passages.filter((passage) => passage.root === root).sort((a, b) => a.start - b.start);
  /** @type {Segment[]} */
  const found = [];
  let at = 0;
  for (const {start, end, source} of cuts) {
    if (start > at) found.push({text: points.slice(at, start).join(""), source: null});
    found.push({text: points.slice(Math.max(at, start), end).join(""), source});
    at = Math.max(at, end);
  }
  if (at < points.length) found.push({text: points.slice(at).join(""), source: null});
  return found.filter((segment) => segment.text);
}

/** The texts of a recommendation by root. @param {Thing | undefined} text @returns {[root: string, text: string][]} */
export const rootsOf = (text) => text ? [
  ["title", text.title ?? ""],
  ...Object.entries(text.sections ?? {}).map(([key, words]) => /** @type {[string, string]} */ ([`s:${key}`, words])),
  ...(text.addressees ?? []).map((/** @type {Thing} */ {id, office}) => /** @type {[string, string]} */ ([`a:${id}:office`, office])),
  ...(text.steps ?? []).flatMap((/** @type {Thing} */ step) => ["what", "who", "with", "by", "cost", "indicator"]
    .map((field) => /** @type {[string, string]} */ ([`p:${step.id}:${field}`, step[field] ?? ""]))),
] : [];

/** How many words of a recommendation came from each source; those written at the desk under null. @param {Thing | undefined} text */
export function wordsBySource(text) {
  /** @type {Map<number | null, number>} */
  const counts = new Map();
  for (const [root, words] of rootsOf(text)) {
    for (const {text: piece, source} of segments(words, root, text?.passages)) {
      const n = piece.split(/\s+/).filter(Boolean).length;
      if (n) counts.set(source, (counts.get(source) ?? 0) + n);
    }
  }
  return counts;
}

/**
 * A part of a room's text: an addressee, a step, or a passage of a section, which `key` names.
 * @typedef {{kind: "addressees" | "steps" | "sections", key: string, name: string, level?: string}} Missing
 */

/**
 * The parts of a room's text that are not in another: passages word for word, rows by what they are called.
 * @param {Thing | undefined} from @param {Thing | undefined} into @returns {Missing[]}
 */
export function notIn(from, into) {
  const read = Object.values(into?.sections ?? {}).map(inOneLine);
  const passages = Object.entries(from?.sections ?? {}).flatMap(([key, words]) => words.split(/\n[^\S\n]*\n/)
    .map((/** @type {string} */ one_) => ({kind: /** @type {const} */ ("sections"), key, name: one_.trim()})))
    .filter(({name}) => name && !read.some((words) => words.includes(inOneLine(name))));
  const rows = (/** @type {Thing | undefined} */ text) => [...named(text, "addressees", "office"), ...named(text, "steps", "what")];
  const there = new Set(rows(into).map(({kind, name}) => `${kind} ${name}`));
  return [...passages, ...rows(from).filter(({kind, name}) => name && !there.has(`${kind} ${name}`))];
}

/** @param {Thing | undefined} text @param {"addressees" | "steps"} kind @param {string} field @returns {Missing[]} */
const named = (text, kind, field) => (text?.[kind] ?? []).map((/** @type {Thing} */ row) => ({kind, key: row.id, name: inOneLine(row[field]), level: row.level}));

/** @param {string} words */
const inOneLine = (words) => words.trim().replace(/\s+/g, " ");

/** The edit log, the last step first. @param {Room} room */
export const log = (room) => all(room, "step", (a, b) => b.id - a.id);

/** The later steps that are still in force: those that may have to go with one that is undone. @param {Room} room @param {number} id */
export const later = (room, id) => log(room).filter((step) => step.id > id && !step.undone).map((step) => step.id);

/** The last step that can be undone. @param {Room} room */
export const lastStep = (room) => log(room).find(({undone, final}) => !undone && !final);

/** What a step was, in words. @param {Thing} step @returns {string} */
export function stepWords({name, about}) {
  const [first = "", ...others] = about;
  const title = first || t("Without a title");
  switch (name) {
    case "desk.place": return t("Placed “{title}”", {title});
    case "desk.merge": return t("Merged into “{title}”: {titles}", {title, titles: quoted(others)});
    case "desk.split": return t("Took “{title}” apart: {titles}", {title, titles: quoted(others)});
    case "desk.pull": return t("Took over into “{title}”: {titles}", {title, titles: quoted(others)});
    case "desk.move": return t("Moved “{title}”", {title});
    case "desk.adopt": return t("Changed whether “{title}” is adopted", {title});
    case "desk.remove": return t("Took “{title}” out", {title});
    case "desk.judge": return about[2] === "related" ? t("Kept both as related: {titles}", {titles: quoted(about.slice(0, 2))}) : t("Not the same: {titles}", {titles: quoted(about.slice(0, 2))});
    case "desk.consult": return t("Asked the rooms about “{title}”", {title});
    case "desk.consulted": return t("Counted what the rooms say of “{title}”", {title});
    case "translation.begin": return t("Began a translation of “{title}”: {lang}", {title, lang: languageName(others[0] ?? "")});
    case "translation.mark": return others[1] === "checked"
      ? t("Checked a translation of “{title}”: {lang}", {title, lang: languageName(others[0] ?? "")})
      : t("Noted that a translation of “{title}” is a draft: {lang}", {title, lang: languageName(others[0] ?? "")});
    case "chapter.add": return t("Added the chapter “{title}”", {title});
    case "chapter.edit": return t("Changed the chapter “{title}”", {title});
    case "chapter.remove": return t("Removed the chapter “{title}”", {title});
    case "motion.put": return t("Put to the plenary: {titles}", {titles: quoted(about)});
    case "motion.withdraw": return t("Took “{title}” back from the plenary", {title});
    case "motion.amend": return t("The plenary amended “{title}” from the floor", {title});
    case "motion.decide": return voteWords(about);
    default: return title;
  }
}

/** How a plenary voted, on one text or on several at once. @param {string[]} about */
function voteWords([came, yes = "", no = "", abstain = "", ...texts]) {
  const told = {yes, no, abstain, titles: quoted(texts)};
  return came === "adopted"
    ? t("The plenary adopted {titles}: {yes} for, {no} against, {abstain} abstained", told)
    : t("The plenary did not adopt {titles}: {yes} for, {no} against, {abstain} abstained", told);
}

/** @param {string[]} titles */
const quoted = (titles) => titles.map((title) => t("“{title}”", {title: title || t("Without a title")})).join(", ");

/** For, of all who voted, in one room. @param {Thing | null | undefined} ballot */
export const support = (ballot) => (ballot?.voters ? {yes: ballot.favour ?? ballot.counts?.yes ?? 0, voters: ballot.voters} : null);
