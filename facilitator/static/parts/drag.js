// Dragging with a mouse, or with a finger that rests first: so a finger that moves at once scrolls.
// Nothing is drawn anew meanwhile: a picture of what is dragged follows the pointer, and the place
// under it is marked.

/** @typedef {{x: number, y: number}} Point */
/**
 * @typedef {object} Hooks
 * @property {(at: Element) => {line: HTMLElement, many: number} | null} grab what can be dragged here
 * @property {(at: Element) => HTMLElement | null} place where it would go
 * @property {(place: HTMLElement) => void} drop
 * @property {(on: boolean) => void} press a finger or button is down, or up again
 */

/** Milliseconds a finger rests, and pixels that are no movement yet. */
const REST = 350;
const SLACK = 8;
/** Pixels from an edge in which it scrolls, and how many a frame at most. */
const EDGE = 56;
const FASTEST = 16;

export class Drag {
  #root;
  #hooks;
  /** @type {{id: number, from: Point, line: HTMLElement, many: number, touch: boolean, timer?: ReturnType<typeof setTimeout>} | null} */
  #press = null;
  /** @type {{ghost: HTMLElement, shift: Point, at: Point, under: Element | null, scroller: Element, place: HTMLElement | null, frame: number} | null} */
  #drag = null;
  #justDragged = false;
  #leaving = new AbortController();

  /** @param {HTMLElement} root @param {Hooks} hooks */
  constructor(root, hooks) {
    this.#root = root;
    this.#hooks = hooks;
    const {signal} = this.#leaving;
    root.addEventListener("pointerdown", (event) => this.#down(event), {signal});
    root.addEventListener("pointermove", (event) => this.#moved(event), {signal});
    root.addEventListener("pointerup", (event) => this.#up(event), {signal});
    root.addEventListener("pointercancel", () => this.#end(false), {signal});
    root.addEventListener("lostpointercapture", () => this.#end(false), {signal});
    window.addEventListener("pointerup", () => this.#end(false), {signal});
    // Has to be there before the finger is: else the browser has begun to scroll.
    root.addEventListener("touchmove", (event) => { if (this.#drag) event.preventDefault(); }, {signal, passive: false});
    root.addEventListener("contextmenu", (event) => { if (this.#press?.touch) event.preventDefault(); }, {signal});
    root.addEventListener("click", (event) => this.#click(event), {signal, capture: true});
    window.addEventListener("keydown", (event) => this.#key(event), {signal, capture: true});
  }

  /** Let nothing be dragged any more. */
  close() {
    this.#end(false);
    this.#leaving.abort();
  }

  /** @param {PointerEvent} event */
  #down(event) {
    if (this.#press) return this.#end(false); // a second finger
    if (!event.isPrimary || event.button !== 0) return;
    this.#justDragged = false;
    const found = this.#hooks.grab(/** @type {Element} */ (event.target));
    if (!found) return;
    const touch = event.pointerType !== "mouse";
    this.#press = {id: event.pointerId, from: {x: event.clientX, y: event.clientY}, touch, ...found};
    if (touch) this.#press.timer = setTimeout(() => this.#begin(), REST);
    this.#hooks.press(true);
  }

  /** @param {PointerEvent} event */
  #moved(event) {
    const press = this.#press;
    if (!press || event.pointerId !== press.id) return;
    const at = {x: event.clientX, y: event.clientY};
    if (this.#drag) this.#drag.at = at;
    else if (Math.hypot(at.x - press.from.x, at.y - press.from.y) > SLACK) {
      if (press.touch) this.#end(false);
      else this.#begin(at);
    }
  }

  #begin(at = this.#press?.from) {
    const press = this.#press;
    if (!press || !at) return;
    const box = press.line.getBoundingClientRect();
    const ghost = picture(press.line, press.many, box.width);
    document.body.append(ghost);
    this.#drag = {ghost, shift: {x: box.left - press.from.x, y: box.top - press.from.y}, at, under: null, scroller: scrollerOf(null), place: null, frame: 0};
    if (this.#root.isConnected) this.#root.setPointerCapture(press.id);
    document.documentElement.dataset.dragging = "";
    navigator.vibrate?.(10);
    this.#draw();
  }

  /** Once a frame: the picture, the place under it, and the edge. */
  #draw() {
    const drag = this.#drag;
    if (!drag) return;
    const {at, shift, ghost} = drag;
    ghost.style.transform = `translate(${at.x + shift.x}px, ${at.y + shift.y}px)`;
    const under = document.elementFromPoint(at.x, at.y);
    if (under !== drag.under) {
      drag.under = under;
      drag.scroller = scrollerOf(under);
      this.#mark(under && this.#hooks.place(under));
    }
    scroll(drag.scroller, at);
    drag.frame = requestAnimationFrame(() => this.#draw());
  }

  /** @param {HTMLElement | null} place */
  #mark(place) {
    const drag = this.#drag;
    if (!drag || drag.place === place) return;
    if (drag.place) delete drag.place.dataset.over;
    if (place) place.dataset.over = "";
    drag.place = place;
  }

  /** @param {PointerEvent} event */
  #up(event) {
    if (event.pointerId === this.#press?.id) this.#end(true);
  }

  /** @param {boolean} dropped */
  #end(dropped) {
    const [press, drag] = [this.#press, this.#drag];
    if (!press) return;
    this.#press = null;
    clearTimeout(press.timer);
    const place = drag?.place ?? null;
    this.#mark(null);
    this.#drag = null;
    if (drag) {
      cancelAnimationFrame(drag.frame);
      drag.ghost.remove();
      delete document.documentElement.dataset.dragging;
      this.#justDragged = true;
      // The click that follows is part of the drag; a later one is not.
      setTimeout(() => { this.#justDragged = false; }, 80);
    }
    this.#hooks.press(false);
    if (dropped && place) this.#hooks.drop(place);
  }

  /** @param {MouseEvent} event */
  #click(event) {
    if (!this.#justDragged) return;
    event.preventDefault();
    event.stopPropagation();
  }

  /** @param {KeyboardEvent} event */
  #key(event) {
    if (event.key !== "Escape" || !this.#drag) return;
    event.stopPropagation();
    this.#end(false);
  }
}

/** What follows the pointer. @param {HTMLElement} line @param {number} many @param {number} width */
function picture(line, many, width) {
  const ghost = document.createElement("div");
  ghost.className = "dragged picks";
  ghost.setAttribute("aria-hidden", "true");
  const copy = /** @type {HTMLElement} */ (line.cloneNode(true));
  copy.querySelectorAll("input").forEach((input) => input.remove());
  ghost.append(copy);
  if (many > 1) {
    const count = document.createElement("b");
    count.className = "num";
    count.textContent = String(many);
    ghost.append(count);
  }
  ghost.style.width = `${width}px`;
  return ghost;
}

/** Scroll when the pointer is near an edge. @param {Element} scroller @param {Point} at */
function scroll(scroller, {y}) {
  const box = scroller === document.scrollingElement ? {top: 0, bottom: innerHeight} : scroller.getBoundingClientRect();
  const top = Math.max(0, box.top);
  const bottom = Math.min(innerHeight, box.bottom);
  const near = y < top + EDGE ? y - (top + EDGE) : y > bottom - EDGE ? y - (bottom - EDGE) : 0;
  if (near) scroller.scrollTop += (Math.max(-EDGE, Math.min(EDGE, near)) / EDGE) * FASTEST;
}

/** @param {Element | null} at @returns {Element} */
function scrollerOf(at) {
  for (let node = at; node && node !== document.body; node = node.parentElement) {
    if (node.scrollHeight > node.clientHeight + 1 && /auto|scroll/.test(getComputedStyle(node).overflowY)) return node;
  }
  return document.scrollingElement ?? document.documentElement;
}
