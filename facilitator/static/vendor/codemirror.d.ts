// Types of codemirror.js, for the checker only; browsers never ask for this file.
export {EditorState, Annotation, Compartment} from "@codemirror/state";
export {EditorView, keymap} from "@codemirror/view";
export {standardKeymap} from "@codemirror/commands";
export {HighlightStyle, Language, defineLanguageFacet, syntaxHighlighting} from "@codemirror/language";
export {parser} from "@lezer/markdown";
export {tags} from "@lezer/highlight";
