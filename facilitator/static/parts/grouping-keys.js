// The board by keyboard: arrows, and a letter for each thing that can be done.
import {html, useEffect, useRef} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";

const PICKS = ".picks input";

/** The stops of the arrow keys: the ideas, and what a theme can do. @param {Element} board */
const stopsOf = (board) => /** @type {HTMLElement[]} */ ([...board.querySelectorAll(`${PICKS}, .group .more`)]).filter((stop) => stop.offsetParent !== null);

/** @param {HTMLElement | undefined | null} stop */
function focus(stop) {
  stop?.focus({preventScroll: true});
  (stop?.closest("li") ?? stop)?.scrollIntoView({block: "nearest"});
}

/** One up or down. @param {Element} board @param {Element} at @param {1 | -1} by */
function along(board, at, by) {
  const stops = stopsOf(board);
  focus(stops[stops.indexOf(/** @type {HTMLElement} */ (at)) + by]);
}

/** To the theme beside it. @param {Element} board @param {Element} at @param {1 | -1} by */
function across(board, at, by) {
  const themes = [...board.querySelectorAll(".group")];
  const beside = themes[themes.indexOf(/** @type {Element} */ (at.closest(".group"))) + by];
  focus(/** @type {HTMLElement | null} */ (beside?.querySelector(PICKS) ?? beside?.querySelector(".more")));
}

/** Once it is drawn. @param {string} what */
const soon = (what) => requestAnimationFrame(() => {
  const found = /** @type {HTMLElement | null} */ (document.querySelector(what) ?? document.querySelector("#new-theme"));
  found?.focus();
});

/**
 * @param {{open: boolean, chosen: number[], setChosen: any, show: () => void, type: () => void, undo: () => void, board: {current: HTMLElement | null}}} props
 * @returns what the board does with a key
 */
export function useKeys({open, chosen, setChosen, show, type, undo}) {
  const latest = useRef(undo);
  latest.current = undo;
  useEffect(() => {
    if (!open) return;
    const press = (/** @type {KeyboardEvent} */ event) => {
      const writes = event.target instanceof HTMLElement && event.target.matches("textarea, select, input:not([type=checkbox])");
      if (writes || event.key.toLowerCase() !== "z" || !(event.ctrlKey || event.metaKey) || event.shiftKey) return;
      event.preventDefault();
      latest.current();
    };
    window.addEventListener("keydown", press);
    return () => window.removeEventListener("keydown", press);
  }, [open]);
  return (/** @type {KeyboardEvent} */ event) => {
    const at = /** @type {HTMLElement} */ (event.target);
    const board = /** @type {Element} */ (event.currentTarget);
    if (!open || event.ctrlKey || event.metaKey || event.altKey || !at.matches(`${PICKS}, .more`)) return;
    const takeThis = () => {
      if (!chosen.length && at.matches(PICKS)) setChosen([Number(at.getAttribute("value"))]);
    };
    /** @type {Record<string, () => void>} */
    const deeds = {
      arrowdown: () => along(board, at, 1),
      arrowup: () => along(board, at, -1),
      arrowright: () => across(board, at, 1),
      arrowleft: () => across(board, at, -1),
      m: () => {
        takeThis();
        soon(".theme-line .btn");
      },
      n: () => {
        takeThis();
        soon("#new-theme");
      },
      escape: () => {
        setChosen([]);
        show();
      },
    };
    const deed = deeds[event.key.toLowerCase()];
    type();
    if (!deed) return;
    event.preventDefault();
    deed();
  };
}

/** How it is done, behind a question mark. */
export const How = () => html`
  <details class="fold how">
    <summary><${Icon} name="question" />${t("How to group")}</summary>
    <ul class="small">
      <li>${t("Tap ideas that belong together, then say below where they go.")}</li>
      <li>${t("Or drag one onto a theme, or onto another idea: that makes a theme of both. On a phone, rest your finger on it first.")}</li>
      <li>${t("By keyboard: arrows go from idea to idea, Space chooses, M moves to a theme, N makes a new one, Escape lets go, Ctrl+Z takes back.")}</li>
      <li>${t("The three dots beside a theme rename it, merge it, move it or put it aside.")}</li>
    </ul>
  </details>`;
