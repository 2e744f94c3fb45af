// A long list of which only what is near the screen is drawn: thousands of ideas on a slow phone.
import {html, useEffect, useLayoutEffect, useRef, useState} from "../lib/html.js";

/** @typedef {{id: number | string}} Item */
/** @typedef {{from: number, to: number}} Span */

/** So many are simply drawn: a short list needs no window. */
const SHORT = 60;
/** Pixels that are drawn beyond the screen, above and below. */
const AHEAD = 900;
/** How high an item is until it has been seen. */
const GUESS = 150;
/** The window moves in steps of so many items. */
const STEP = 8;

/**
 * Which items lie between two heights of the list.
 * @param {Item[]} items @param {Map<Item["id"], number>} heights @param {number} top @param {number} bottom
 * @returns {Span}
 */
export function between(items, heights, top, bottom) {
  let from = 0, at = 0;
  const high = (/** @type {number} */ n) => heights.get(/** @type {Item} */ (items[n]).id) ?? GUESS;
  while (from < items.length && at + high(from) < top) at += high(from++);
  let to = from;
  while (to < items.length && at < bottom) at += high(to++);
  return {from: from - from % STEP, to: Math.min(items.length, Math.ceil(to / STEP) * STEP)};
}

/**
 * What is drawn, in order: places of items, and between them gaps as high as what they stand for.
 * @param {Item[]} items @param {Map<Item["id"], number>} heights @param {Span} span
 * @param {Set<Item["id"]>} busy what somebody has opened or stands in: it is drawn wherever it is
 * @returns {(number | {key: string, high: number})[]}
 */
export function laidOut(items, heights, {from, to}, busy) {
  /** @type {(number | {key: string, high: number})[]} */
  const rows = [];
  let gap = 0;
  items.forEach(({id}, n) => {
    if ((n < from || n >= to) && !busy.has(id)) gap += heights.get(id) ?? GUESS;
    else {
      if (gap) rows.push({key: `gap ${id}`, high: gap});
      gap = 0;
      rows.push(n);
    }
  });
  return gap ? [...rows, {key: "gap", high: gap}] : rows;
}

/**
 * A list of items. What is drawn are real items of a list that says how long it is; what somebody
 * has opened, or has the focus in, stays drawn.
 * @param {{items: any[], draw: (item: any, more: Record<string, any>) => any, label: string, children?: any}} props
 */
export function Windowed({items, draw, label, children}) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const heights = useRef(/** @type {Map<Item["id"], number>} */ (new Map()));
  const busy = useRef(/** @type {Set<Item["id"]>} */ (new Set()));
  const [span, setSpan] = useState({from: 0, to: SHORT / 2});
  const long = items.length > SHORT;
  const look = () => {
    if (!list.current) return;
    measure(list.current, heights.current, busy.current);
    const {top} = list.current.getBoundingClientRect();
    const next = between(items, heights.current, -top - AHEAD, innerHeight - top + AHEAD);
    setSpan((old) => (old.from === next.from && old.to === next.to ? old : next));
  };
  useLayoutEffect(() => {
    if (long) look();
  });
  useFollowing(long, look);
  if (!long) return html`<ul class="ideas" aria-label=${label}>${children}${items.map((item) => draw(item, {}))}</ul>`;
  return html`
    <ul ref=${list} class="ideas long" aria-label=${label}>
      ${children}
      ${laidOut(items, heights.current, span, busy.current).map((row) => (typeof row === "number"
        ? draw(items[row], {"data-item": items[row].id, "aria-setsize": items.length, "aria-posinset": row + 1})
        : html`<li key=${row.key} class="gap" aria-hidden="true" style=${{height: `${row.high}px`}}></li>`))}
    </ul>`;
}

/** Look again whenever something is scrolled, or the screen turned. @param {boolean} on @param {() => void} look */
function useFollowing(on, look) {
  const latest = useRef(look);
  latest.current = look;
  useEffect(() => {
    if (!on) return;
    let due = 0;
    const follow = () => {
      due ||= requestAnimationFrame(() => {
        due = 0;
        latest.current();
      });
    };
    // Captured: the desk scrolls a column of the page, the phone all of it.
    window.addEventListener("scroll", follow, {capture: true, passive: true});
    window.addEventListener("resize", follow);
    return () => {
      cancelAnimationFrame(due);
      window.removeEventListener("scroll", follow, {capture: true});
      window.removeEventListener("resize", follow);
    };
  }, [on]);
}

/** Note how high each item is, with the space to the next; and what somebody is busy with. @param {HTMLElement} list @param {Map<Item["id"], number>} heights @param {Set<Item["id"]>} busy */
function measure(list, heights, busy) {
  const space = Number.parseFloat(getComputedStyle(list).rowGap) || 0;
  busy.clear();
  for (const child of /** @type {HTMLElement[]} */ ([...list.children])) {
    const name = child.dataset.item;
    if (name === undefined) continue;
    const id = Number.isNaN(Number(name)) ? name : Number(name);
    heights.set(id, child.getBoundingClientRect().height + space);
    if (child.contains(document.activeElement) || child.querySelector("form, [aria-expanded='true']")) busy.add(id);
  }
}
