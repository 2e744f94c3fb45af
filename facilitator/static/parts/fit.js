// A list on a wall: what does not fit is counted, not shrunk and not cut.
import {html, useLayoutEffect, useRef} from "../lib/html.js";

/**
 * Which of the items fit, when those left out need a line that counts them. What is too long for
 * the place that is left gives way to what comes after it, unless the items are one text and must
 * stay `inOrder`; if nothing fits, the first is shown.
 * @param {number[]} heights of the items, in order @param {number} gap between two @param {number} space there is
 * @param {number} rest height of the counting line @param {number} more how many there are that were not even tried
 * @param {boolean} inOrder
 * @returns {boolean[]}
 */
export function fitting(heights, gap, space, rest, more = 0, inOrder = false) {
  const whole = heights.reduce((sum, height) => sum + height + gap, -gap);
  if (!more && whole <= space + 1) return heights.map(() => true);
  let left = space + 1 - rest;
  const chosen = heights.map((height) => {
    const fits = height + gap <= left;
    if (fits) left -= height + gap;
    else if (inOrder) left = 0;
    return fits;
  });
  return chosen.some(Boolean) ? chosen : heights.map((_, place) => place === 0);
}

/**
 * A list of `items` whose last line counts what is left out. It measures itself after each drawing.
 * @template T
 * @param {{items: T[], draw: (item: T) => any, count: (n: number) => string, most?: number, inOrder?: boolean, class?: string}} props
 *   `most`: more than this are not even tried
 */
export function Fitted({items, draw, count, most = 24, inOrder = false, class: name}) {
  const list = useRef(/** @type {HTMLUListElement | null} */ (null));
  const tried = items.slice(0, most);
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    const measure = () => arrange(element, items.length, count, inOrder);
    measure();
    const watch = new ResizeObserver(measure);
    watch.observe(element);
    return () => watch.disconnect();
  });
  return html`<ul ref=${list} class=${name}>${tried.map(draw)}<li class="rest" key="rest"></li></ul>`;
}

/** @param {HTMLUListElement} list @param {number} total @param {(n: number) => string} count @param {boolean} inOrder */
function arrange(list, total, count, inOrder) {
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  const rest = items.pop();
  if (!rest) return;
  items.forEach((item) => {
    item.hidden = false;
    item.classList.remove("cut");
  });
  rest.hidden = false;
  rest.textContent = count(total);
  const heights = items.map((item) => item.getBoundingClientRect().height);
  const gap = parseFloat(getComputedStyle(list).rowGap) || 0;
  const shown = fitting(heights, gap, list.clientHeight, rest.getBoundingClientRect().height, total - items.length, inOrder);
  items.forEach((item, place) => { item.hidden = !shown[place]; });
  const left = total - shown.filter(Boolean).length;
  rest.hidden = left === 0;
  if (left) rest.textContent = count(left);
  const first = items[shown.indexOf(true)];
  if (!first || shorten(first, list.clientHeight - (left ? rest.getBoundingClientRect().height + gap : 0))) return;
  first.hidden = true;
  rest.hidden = false;
  rest.textContent = count(total);
}

/**
 * The words of an item that alone is too long for its place end where a line of them ends.
 * @param {HTMLElement} item @param {number} space @returns {boolean} whether a line of it fits
 */
function shorten(item, space) {
  const {height} = item.getBoundingClientRect();
  const words = item.lastElementChild;
  if (!words || height <= space + 1) return true;
  const around = height - words.getBoundingClientRect().height;
  const lines = Math.floor((space - around) / parseFloat(getComputedStyle(words).lineHeight));
  item.classList.add("cut");
  item.style.setProperty("--lines", String(Math.max(1, lines)));
  return lines >= 1;
}
