// A text of the document before a plenary: whether it is open there, and how its wordings differ.
import {said, t} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Whether a text may be talked about here: it lies there, undecided, and is not voted on. @param {Scene["room"]} room @param {Thing} text */
export const isOpen = (room, {id, status}) =>
  ["draft", "adopt"].includes(here(room)?.phase) && status === "draft" && !all(room, "ballot").some((ballot) =>
    ballot.is_open && (ballot.recommendation === id || (ballot.whole && one(room, "motion", id)?.whole === ballot.id)));

/** The parts of two wordings that differ: heading, before and now. @param {Thing[]} template @param {Thing | null} was @param {Thing | undefined} now @returns {[string, string, string][]} */
export function differing(template, was, now) {
  const steps = (/** @type {Thing | null | undefined} */ text) => (text?.steps ?? []).map((/** @type {Thing} */ {id: _, ...step}) => Object.values(step).filter(Boolean).join(" · ")).join("\n");
  /** @type {[string, string, string][]} */
  const parts = [
    [t("Title"), was?.title ?? "", now?.title ?? ""],
    ...template.map(({key, title}) => /** @type {[string, string, string]} */ ([said(title), was?.sections?.[key] ?? "", now?.sections?.[key] ?? ""])),
    [t("Steps"), steps(was), steps(now)],
  ];
  return parts.filter(([, before, after]) => before.trim() !== after.trim());
}
