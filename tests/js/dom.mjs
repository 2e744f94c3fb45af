// As much of a document as it takes to draw a part into it, look at it, and press its buttons.

class Node {
  parentNode = null;
  childNodes = [];

  get firstChild() {
    return this.childNodes[0] ?? null;
  }

  get nextSibling() {
    const siblings = this.parentNode?.childNodes ?? [];
    return siblings[siblings.indexOf(this) + 1] ?? null;
  }

  get textContent() {
    return this.childNodes.map((child) => child.textContent).join("");
  }

  contains(other) {
    return other === this || this.childNodes.some((child) => child.contains(other));
  }

  insertBefore(child, before) {
    child.remove();
    const at = before ? this.childNodes.indexOf(before) : this.childNodes.length;
    this.childNodes.splice(at, 0, child);
    child.parentNode = this;
    return child;
  }

  appendChild(child) {
    return this.insertBefore(child, null);
  }

  removeChild(child) {
    this.childNodes.splice(this.childNodes.indexOf(child), 1);
    child.parentNode = null;
    return child;
  }

  remove() {
    this.parentNode?.removeChild(this);
  }
}

class TextNode extends Node {
  nodeType = 3;

  constructor(data) {
    super();
    this.data = data;
  }

  get textContent() {
    return String(this.data);
  }
}

class Element extends Node {
  nodeType = 1;
  attributes = {};
  listeners = {};
  style = {};
  // Their presence says how the events are written.
  onclick = null;
  onchange = null;
  oninput = null;
  onsubmit = null;
  onkeydown = null;
  ontoggle = null;

  constructor(name) {
    super();
    this.localName = name;
  }

  setAttribute(name, value) {
    this.attributes[name] = String(value);
  }

  removeAttribute(name) {
    delete this.attributes[name];
  }

  addEventListener(name, listen) {
    this.listeners[name.toLowerCase()] = listen;
  }

  removeEventListener(name) {
    delete this.listeners[name.toLowerCase()];
  }

  focus() {}

  /** Nothing is laid out here. */
  getBoundingClientRect() {
    return {top: 0, height: 0};
  }

  querySelector() {
    return null;
  }

  querySelectorAll() {
    return [];
  }

  /** Let something happen to it. */
  fire(name, more = {}) {
    const event = {type: name, target: this, currentTarget: this, preventDefault() {}, ...more};
    this.listeners[name].call(this, event);
  }

  /** Everything below it that fits. */
  all(fits) {
    return this.childNodes.flatMap((child) => [...(child instanceof Element && fits(child) ? [child] : []), ...(child.all?.(fits) ?? [])]);
  }

  get name() {
    return this.attributes["aria-label"] ?? this.textContent.replace(/\s+/g, " ").trim();
  }

  get children() {
    return this.childNodes.filter((child) => child instanceof Element);
  }

  get dataset() {
    return {item: this.attributes["data-item"]};
  }

  get className() {
    return this.attributes.class ?? "";
  }
}

/** A document that parts can be drawn into. */
export function install() {
  const body = new Element("body");
  globalThis.document = {
    body,
    activeElement: body,
    documentElement: {style: {setProperty() {}}},
    addEventListener() {},
    removeEventListener() {},
    createElement: (name) => new Element(name),
    createElementNS: (_, name) => new Element(name),
    createTextNode: (data) => new TextNode(data),
    getElementById: (id) => body.all((element) => element.attributes.id === id)[0] ?? null,
    querySelector: () => null,
  };
  globalThis.window = {scrollTo() {}, addEventListener() {}, removeEventListener() {}};
  globalThis.navigator ??= {};
  globalThis.innerHeight = 800;
  globalThis.getComputedStyle = () => ({rowGap: "8px"});
  globalThis.requestAnimationFrame ??= (draw) => setTimeout(draw, 0);
  globalThis.cancelAnimationFrame ??= clearTimeout;
  globalThis.CSS = {supports: () => true};
  return body;
}

/** What is drawn, with what a test asks of it. */
export class Screen {
  constructor() {
    this.root = install().appendChild(new Element("div"));
  }

  get text() {
    return this.root.textContent.replace(/\s+/g, " ").trim();
  }

  /** Elements of a kind, such as "li" or "button". */
  all(name) {
    return this.root.all((element) => element.localName === name);
  }

  /** The one button whose name is `words`, or holds them. */
  button(words) {
    const exact = this.all("button").filter(({name}) => name === words);
    const found = exact.length ? exact : this.all("button").filter(({name}) => name.includes(words));
    if (found.length !== 1) throw new Error(`${found.length} buttons say “${words}”: ${this.all("button").map(({name}) => name).join(" | ")}`);
    return found[0];
  }
}
