// A list on a wall: what does not fit is counted, not shrunk and not cut.
import {html, useLayoutEffect, useRef} from "../lib/html.js";
import {t} from "../lib/i18n.js";

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
 * Measure a list after each drawing, and when its size has changed; once for each of these.
 * @param {{current: HTMLElement | null}} list @param {(element: HTMLElement) => void} measure
 */
function useMeasured(list, measure) {
  const latest = useRef(measure);
  latest.current = measure;
  useLayoutEffect(() => {
    if (list.current) measure(list.current);
  });
  useLayoutEffect(() => {
    const element = list.current;
    if (!element) return undefined;
    let size = sizeOf(element);
    const watch = new ResizeObserver(() => {
      if (size === sizeOf(element)) return;
      size = sizeOf(element);
      latest.current(element);
    });
    watch.observe(element);
    return () => watch.disconnect();
  }, []);
}

/** @param {HTMLElement} element */
const sizeOf = (element) => `${element.clientWidth} ${element.clientHeight}`;

/**
 * A list of `items` whose last line counts what is left out. It measures itself after each drawing.
 * @template T
 * @param {{items: T[], draw: (item: T) => any, count: (n: number) => string, most?: number, inOrder?: boolean, class?: string}} props
 *   `most`: more than this are not even tried
 */
export function Fitted({items, draw, count, most = 24, inOrder = false, class: name}) {
  const list = useRef(/** @type {HTMLUListElement | null} */ (null));
  const tried = items.slice(0, most);
  useMeasured(list, (element) => arrange(/** @type {HTMLUListElement} */ (element), items.length, count, inOrder));
  return html`<ul ref=${list} class=${name}>${tried.map(draw)}<li class="rest" key="rest"></li></ul>`;
}

/**
 * On which page each item stands, when a page is filled before the next one begins.
 * @param {number[]} heights @param {number} gap @param {number} space
 * @returns {number[]}
 */
export function packed(heights, gap, space) {
  let [page, left] = [0, space + 1];
  return heights.map((height, place) => {
    if (height > left && place > 0) [page, left] = [page + 1, space + 1];
    left -= height + gap;
    return page;
  });
}

/**
 * A list of `items` in pages, each as full as it goes. `page` is how often it was turned; pages go
 * round.
 * @template T
 * @param {{items: T[], draw: (item: T) => any, page: number, tag?: string, class?: string}} props
 */
export function Paged({items, draw, page, tag = "ul", class: name}) {
  const list = useRef(/** @type {HTMLElement | null} */ (null));
  const folio = useRef(/** @type {HTMLElement | null} */ (null));
  useMeasured(list, (element) => turnTo(element, folio.current, page));
  return html`<${tag} ref=${list} class=${`paged ${name ?? ""}`}>${items.map(draw)}<//><p class="folio num" ref=${folio}></p>`;
}

/** @param {HTMLElement} list @param {HTMLElement | null} folio @param {number} turned */
function turnTo(list, folio, turned) {
  const items = /** @type {HTMLElement[]} */ ([...list.children]);
  items.forEach((item) => { item.hidden = false; });
  const heights = items.map((item) => item.getBoundingClientRect().height);
  const pages = packed(heights, parseFloat(getComputedStyle(list).rowGap) || 0, list.clientHeight);
  const many = (pages.at(-1) ?? 0) + 1;
  const page = ((turned % many) + many) % many;
  items.forEach((item, place) => { item.hidden = pages[place] !== page; });
  if (folio) folio.textContent = many > 1 ? t("{n} of {total}", {n: page + 1, total: many}) : "";
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
