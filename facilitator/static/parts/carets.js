// The carets of others, drawn over the fields of a draft. Load it with import(), on laptops.
import {fieldOf, focused} from "../lib/binding.js";
import {Carets} from "../lib/carets.js";
import {placeIn} from "../lib/mirror.js";
import {finder, unitAt} from "../lib/passages.js";

/** @typedef {import("../lib/carets.js").Other} Other */
/** @typedef {import("../lib/draft.js").Draft} Draft */

/** Taps and keys after which a caret may stand elsewhere. */
const SIGNS = ["focusin", "focusout", "input", "keyup", "pointerup"];

/**
 * Draw the others' carets on a layer, and say where one's own stands.
 * @param {{connection: import("../lib/connection.js").Connection, recommendation: number, draft: Draft, layer: HTMLElement}} of
 * @returns {() => void} how to stop it
 */
export function showCarets({connection, recommendation, draft, layer}) {
  const {doc} = draft;
  const paper = /** @type {HTMLElement} */ (layer.parentElement);
  /** @type {Map<string, HTMLElement>} */
  const drawn = new Map();
  let due = 0;
  const draw = () => {
    due = 0;
    place(told.others, draft, layer, drawn);
  };
  const soon = () => { due ||= requestAnimationFrame(draw); };
  const told = new Carets({connection, recommendation, changed: soon});
  const look = () => told.move(standing(draft));
  // After the focus has gone it is nowhere for a moment.
  const later = () => setTimeout(look);
  const sizes = new ResizeObserver(soon);
  sizes.observe(paper);
  doc.on("afterTransaction", soon);
  document.addEventListener("selectionchange", later);
  SIGNS.forEach((sign) => paper.addEventListener(sign, later));
  paper.addEventListener("scroll", soon, true);
  look();
  return () => {
    cancelAnimationFrame(due);
    sizes.disconnect();
    doc.off("afterTransaction", soon);
    document.removeEventListener("selectionchange", later);
    SIGNS.forEach((sign) => paper.removeEventListener(sign, later));
    paper.removeEventListener("scroll", soon, true);
    told.close();
    drawn.forEach((caret) => caret.remove());
  };
}

/** Where one's own caret stands in a draft. @param {Draft} draft @returns {import("../lib/carets.js").Stand | null} */
function standing({doc, open}) {
  const [text, field] = focused() ?? [];
  const root = open && [...doc.share].find(([, type]) => /** @type {unknown} */ (type) === text)?.[0];
  return root && text && field ? {root, unit: unitAt(text, field.head)} : null;
}

/**
 * Draw each caret where it stands, and take away those that are gone.
 * @param {Map<string, Other>} others @param {Draft} draft @param {HTMLElement} layer @param {Map<string, HTMLElement>} drawn
 */
function place(others, draft, layer, drawn) {
  const from = layer.getBoundingClientRect();
  const places = new Map([...others].map(([number, other]) => [number, whereIs(other, draft, layer)]));
  for (const [number, caret] of drawn) {
    if (places.get(number)) continue;
    caret.remove();
    drawn.delete(number);
  }
  for (const [number, at] of places) {
    if (!at) continue;
    const caret = drawn.get(number) ?? document.createElement("i");
    caret.className = `look-${others.get(number)?.look}`;
    caret.style.height = `${at.bottom - at.top}px`;
    caret.style.transform = `translate(${at.left - from.left}px, ${at.top - from.top}px)`;
    if (!drawn.has(number)) layer.append(caret);
    drawn.set(number, caret);
  }
}

/** Where a caret is on the screen; null where its text is not shown, or not known yet. @param {Other} other @param {Draft} draft @param {HTMLElement} layer */
function whereIs({root, unit}, {doc}, layer) {
  // A text that is not there is not to be begun by asking for it.
  const text = doc.share.has(root) ? doc.getText(root) : undefined;
  const field = text && fieldOf(text);
  if (!field) return null;
  const index = unit ? finder(text)(...unit)?.index : text.length;
  if (index === undefined || index > field.value.length) return null;
  return field.placeOf ? field.placeOf(index) : placeIn(/** @type {HTMLTextAreaElement} */ (field.element), index, layer);
}
