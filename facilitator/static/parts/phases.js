// What a room is doing, in one word each.
import {t} from "../lib/i18n.js";

/** @type {Record<string, () => string>} */
const WORDS = {
  gather: () => t("gather"),
  group: () => t("group"),
  decide: () => t("decide"),
  draft: () => t("draft"),
  adopt: () => t("adopt"),
  closed: () => t("closed"),
};

/** @param {string} phase */
export const phaseWord = (phase) => WORDS[phase]?.() ?? phase;

/**
 * The stops of a room's day, as they are drawn on its line: closing is no stop until it is reached.
 * @param {{agenda: {phase: string}[], at: number}} room
 */
export function stops({agenda, at}) {
  const shown = agenda.filter((step, place) => step.phase !== "closed" || place === at);
  return shown.map((step) => {
    const place = agenda.indexOf(step);
    return {phase: step.phase, state: place < at ? "done" : place === at ? "now" : ""};
  });
}
