// How high an office stands that a recommendation asks: as rooms/levels.py, by tests/data/offices.json.
import {t} from "./i18n.js";

/** The levels, in the words that stand in a draft, with ours for people. @type {Record<string, () => string>} */
export const LEVELS = {
  city: () => t("Commune or city"),
  county: () => t("County"),
  region: () => t("Region"),
  national: () => t("Ministry or state"),
  university: () => t("University"),
  employer: () => t("Employer"),
  european: () => t("European Union"),
  institution: () => t("Other institution"),
};

/** A word begins here: \b knows only the letters of English. */
const [BEGIN, END] = ["(?<![\\p{L}\\p{N}_])", "(?![\\p{L}\\p{N}_])"];
/** What gives a level away; the first that fits counts. @type {[string, RegExp][]} */
const HINTS = [
  ["european", new RegExp(`europ|evrops|європ|${BEGIN}(?:eu|ue|єс)${END}`, "u")],
  ["national", new RegExp(`minist|міністер|national|krajowy urząd|státní|government|${BEGIN}rząd|parl[ai]ament|sejm`, "u")],
  ["university", new RegExp(`universit|uniwersytet|univerzit|університет|uczeln|politechnik|${BEGIN}rektor`, "u")],
  ["employer", /employer|pracodawc|zaměstnavatel|роботодав/],
  ["region", new RegExp(`region|voivod|wojew|${BEGIN}krajsk|hejtman|облас[тн]`, "u")],
  ["county", /county|counties|district|powiat|okres|район/],
  ["city", new RegExp(`${BEGIN}cit(?:y|ies)${END}|town|municipal|miast|miejsk|gmin|měst|magistr|obec|obc|міськ|міст|громад`, "u")],
];

/** As far as its name tells. @param {string} name @returns {string} */
export const levelOf = (name) => HINTS.find(([, hint]) => hint.test(name.toLowerCase()))?.[0] ?? "institution";

/** A level for people: as chosen, else as the name tells. @param {{office: string, level: string}} row */
export const levelWord = ({office, level}) => LEVELS[level || levelOf(office)]?.() ?? "";
