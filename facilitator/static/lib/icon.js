// The one set of icons, drawn by name.
import {html} from "./html.js";

const ICONS = new URL("../icons.svg", import.meta.url).pathname;

/**
 * An icon. It is never the only sign: a word stands beside it, or its button has a label.
 * @param {{name: string, class?: string}} props
 */
export const Icon = ({name, class: more}) => html`
  <svg class=${more ? `icon ${more}` : "icon"} aria-hidden="true"><use href="${ICONS}#${name}" /></svg>`;
