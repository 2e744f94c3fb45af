// CodeMirror as a field that several people write in, for who likes to see the marks of Markdown.
// Load it with import() when it is chosen. The home of CodeMirror.
import {
  Annotation, Compartment, defineLanguageFacet, EditorState, EditorView, HighlightStyle, keymap, Language, parser, standardKeymap,
  syntaxHighlighting, tags,
} from "../vendor/codemirror.js";
import {bindTo} from "./binding.js";
import {spliceBetween} from "./splice.js";
import {holdStill} from "./textarea.js";

/** @typedef {import("./binding.js").Surface} Surface */

/** On what others did, which is not to be sent again. */
const theirs = Annotation.define();

const markdown = new Language(defineLanguageFacet(), parser, [], "markdown");

const colours = HighlightStyle.define([
  {tag: tags.heading, fontWeight: "700"},
  {tag: tags.strong, fontWeight: "700"},
  {tag: tags.emphasis, fontStyle: "italic"},
  {tag: tags.link, color: "var(--act)"},
  {tag: tags.url, color: "var(--t6)"},
  {tag: tags.quote, color: "var(--ink-2)"},
  {tag: tags.processingInstruction, color: "var(--t2)"},
]);

const looks = EditorView.theme({
  "&": {color: "var(--ink)", background: "none"},
  "&.cm-focused": {outline: "none"},
  ".cm-scroller": {fontFamily: "ui-monospace, \"Cascadia Mono\", Menlo, Consolas, \"DejaVu Sans Mono\", monospace", fontSize: ".92em", lineHeight: "inherit"},
  ".cm-content": {padding: "0", minHeight: "5rem", caretColor: "var(--ink)"},
  ".cm-line": {padding: "0", unicodeBidi: "plaintext", textAlign: "start"},
});

/**
 * Put a CodeMirror into an element and bind it to a text.
 * @param {HTMLElement} host @param {import("./binding.js").Text} text @param {import("./binding.js").Hand} hand
 * @param {{label: string, lang: string}} of its name and its language, for readers of screens
 * @returns {import("./binding.js").Binding & {setOpen: (open: boolean) => void}}
 */
export function bindCode(host, text, hand, {label, lang}) {
  const open = new Compartment();
  /** @type {() => void} */
  let tell = () => {};
  // Its style sheets may stand in a shadow root; in the page our policy forbids them.
  const root = host.shadowRoot ?? host.attachShadow({mode: "open"});
  const view = new EditorView({
    root,
    parent: root,
    state: EditorState.create({
      extensions: [
        EditorView.lineWrapping,
        EditorView.perLineTextDirection.of(true),
        EditorView.contentAttributes.of({"aria-label": label, lang, dir: "auto", spellcheck: "true", autocorrect: "on", autocapitalize: "sentences"}),
        markdown,
        syntaxHighlighting(colours),
        looks,
        // No key for Tab: it leads on to the tools.
        keymap.of(standardKeymap),
        open.of([]),
        EditorView.updateListener.of(({docChanged, transactions}) => {
          if (docChanged && !transactions.some((one) => one.annotation(theirs))) tell();
        }),
      ],
    }),
  });
  const surface = surfaceOf(view, (listen) => {
    tell = listen;
    return () => { tell = () => {}; };
  });
  const binding = bindTo(surface, text, hand);
  const {close} = binding;
  return Object.assign(binding, {
    /** Whether it may be written in. @param {boolean} may */
    setOpen: (may) => view.dispatch({effects: open.reconfigure([EditorState.readOnly.of(!may), EditorView.editable.of(may)])}),
    close() {
      close();
      view.destroy();
    },
  });
}

/** @param {EditorView} view @param {Surface["heard"]} heard @returns {Surface} */
const surfaceOf = (view, heard) => ({
  element: view.contentDOM,
  get value() { return view.state.doc.toString(); },
  get from() { return view.state.selection.main.from; },
  get to() { return view.state.selection.main.to; },
  get head() { return view.state.selection.main.head; },
  get focused() { return view.hasFocus; },
  focus: () => view.focus(),
  select: (anchor, head) => view.dispatch({selection: {anchor, head}, scrollIntoView: true}),
  replace: (from, to, put) => view.dispatch({changes: {from, to, insert: put}, selection: {anchor: from + put.length}}),
  show: (now, _, place) => show(view, now, place),
  settled() {},
  heard,
  placeOf: (index) => view.coordsAtPos(Math.min(index, view.state.doc.length)),
});

/** Show the text; what one looks at stays where it is. @param {EditorView} view @param {string} now @param {(index: number) => number} place */
function show(view, now, place) {
  const splice = spliceBetween(view.state.doc.toString(), now);
  if (!splice) return;
  const {anchor, head} = view.state.selection.main;
  const line = () => view.coordsAtPos(view.state.selection.main.head)?.top ?? 0;
  const still = holdStill(view.dom, view.hasFocus);
  const before = line();
  view.dispatch({
    changes: {from: splice.at, to: splice.at + splice.cut, insert: splice.put},
    selection: {anchor: place(anchor), head: place(head)},
    annotations: theirs.of(true),
  });
  still(line() - before);
}
