// Where in a textarea a place of its text is: browsers do not say, so its text is set once more, unseen.

/** What decides where letters stand. */
const STYLES = /** @type {const} */ ([
  "direction", "unicodeBidi", "textAlign", "textIndent", "textTransform", "fontFamily", "fontSize", "fontStyle", "fontWeight", "fontStretch",
  "fontVariant", "fontFeatureSettings", "letterSpacing", "wordSpacing", "lineHeight", "tabSize", "wordBreak", "paddingTop", "paddingRight",
  "paddingBottom", "paddingLeft", "borderTopWidth", "borderRightWidth", "borderBottomWidth", "borderLeftWidth",
]);

const RIGHT_TO_LEFT = /[\u0590-\u08ff\ufb1d-\ufdff\ufe70-\ufefc]/;
const NEUTRAL = /[\s\d\p{P}\p{S}\u200b]/u;

/**
 * Where a caret at `index` of a textarea would be on the screen; null where it is scrolled out of sight.
 * @param {HTMLTextAreaElement} area @param {number} index @param {HTMLElement} layer where the text is set meanwhile
 * @returns {import("./binding.js").Place | null}
 */
export function placeIn(area, index, layer) {
  const mirror = document.createElement("div");
  const style = getComputedStyle(area);
  for (const name of STYLES) mirror.style[name] = style[name];
  Object.assign(mirror.style, {
    position: "absolute", top: "0", left: "0", visibility: "hidden", boxSizing: "border-box", borderStyle: "solid",
    whiteSpace: "pre-wrap", overflowWrap: "break-word", width: `${area.clientWidth + borders(style)}px`,
  });
  // At the end of a text a caret has no letter behind it.
  const text = document.createTextNode(`${area.value}\u200b`);
  mirror.append(text);
  layer.append(mirror);
  const range = document.createRange();
  range.setStart(text, index);
  range.setEnd(text, index + 1);
  const letter = range.getClientRects()[0] ?? range.getBoundingClientRect();
  const [from, to] = [mirror.getBoundingClientRect(), area.getBoundingClientRect()];
  mirror.remove();
  const right = to.left - from.left - area.scrollLeft, down = to.top - from.top - area.scrollTop;
  const place = {left: (leads(text.data.charAt(index), style) ? letter.right : letter.left) + right, top: letter.top + down, bottom: letter.bottom + down};
  return place.top < to.top - 1 || place.bottom > to.bottom + 1 ? null : place;
}

/** What is added to the width of a field without its scroll bar. @param {CSSStyleDeclaration} style */
const borders = ({borderLeftWidth, borderRightWidth}) => parseFloat(borderLeftWidth) + parseFloat(borderRightWidth);

/** Whether the caret before a letter is at its right. @param {string} letter @param {CSSStyleDeclaration} style */
const leads = (letter, {direction}) => RIGHT_TO_LEFT.test(letter) || (direction === "rtl" && NEUTRAL.test(letter));
