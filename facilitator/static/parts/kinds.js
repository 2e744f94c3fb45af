// Kinds of ideas: an icon and a word each, never a colour.
import {t} from "../lib/i18n.js";

/** The order of the buttons; the name is also that of the icon. */
export const KINDS = ["need", "problem", "solution", "practice", "question"];

/** @type {Record<string, () => string>} */
const WORDS = {
  need: () => t("need"),
  problem: () => t("problem"),
  solution: () => t("solution"),
  practice: () => t("good practice"),
  question: () => t("question"),
};

/** @param {string} kind */
export const kindWord = (kind) => WORDS[kind]?.() ?? kind;

/** How an idea came in that somebody else wrote down. @param {{via?: string | null, slip?: number | null}} idea */
export function viaWord({via, slip}) {
  if (via === "slip") return slip ? t("from paper slip {n}", {n: slip}) : t("from a paper slip");
  return via === "spoken" ? t("said in the hall") : "";
}
