// People's Markdown as it will look. It is drawn node by node: no word of anybody is ever markup.
import {html, useEffect, useMemo, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {figured, marksIn} from "../lib/marks.js";
import {blocksOf} from "../lib/preview.js";

/** @typedef {import("../lib/preview.js").Block} Block */
/** @typedef {import("../lib/inlines.js").Inline} Inline */

/** Milliseconds between two drawings of what is being typed. */
const PACE = 150;

/** How words without any mark are drawn. @typedef {(words: string) => any} Say */

/**
 * A text as it will look. Its headings stand below one of `level`; `say` may draw plain words otherwise.
 * @param {{text: string, lang: string, level?: number, say?: Say}} props
 */
export function Formatted({text, lang, level = 3, say = (words) => words}) {
  const blocks = useMemo(() => blocksOf(text), [text]);
  return html`<div class="formatted words" lang=${lang}>${blocks.map((block, place) => html`<${Part} key=${place} block=${block} heading=${`h${level + 1}`} say=${say} dir="auto" />`)}</div>`;
}

/** What stands in a list or a quotation runs as it does. @param {{block: Block, heading: string, say: Say, dir?: "auto"}} props */
function Part({block, heading, say, dir}) {
  if (block.type === "paragraph") return html`<p dir=${dir}>${words(block.content, say)}</p>`;
  if (block.type === "heading") return html`<${heading} dir=${dir}>${words(block.content, say)}<//>`;
  const parts = (/** @type {Block[]} */ blocks) => blocks.map((one, place) => html`<${Part} key=${place} block=${one} heading=${heading} say=${say} />`);
  if (block.type === "quote") return html`<blockquote dir=${dir}>${parts(block.content)}</blockquote>`;
  if (block.type === "list") return html`<${block.ordered ? "ol" : "ul"} dir=${dir}>${block.items.map((item, place) => html`<li key=${place}>${parts(item)}</li>`)}<//>`;
  const row = (/** @type {Inline[][]} */ cells, /** @type {string} */ tag) => html`<tr>${cells.map((cell, place) => html`<${tag} key=${place}>${words(cell, say)}<//>`)}</tr>`;
  return html`<div class="wide" dir=${dir} tabindex="0" role="group" aria-label=${t("Table")}><table><thead>${row(block.header, "th")}</thead><tbody>${block.rows.map((cells) => row(cells, "td"))}</tbody></table></div>`;
}

/** @param {Inline[]} nodes @param {Say} say @returns {any} */
const words = (nodes, say) => nodes.map((node, place) => {
  if (node.type === "text") return say(node.text);
  if (node.type === "break") return html`<br key=${place} />`;
  if (node.type === "link") return html`<a key=${place} href=${node.href} rel="noopener noreferrer nofollow" target="_blank">${words(node.content, say)}</a>`;
  return html`<${node.type === "strong" ? "strong" : "em"} key=${place}>${words(node.content, say)}<//>`;
});

/** The switch for a whole draft. @param {{on: boolean, set: (on: boolean) => void}} props */
export const LookSwitch = ({on, set}) => html`
  <button type="button" class="btn" aria-pressed=${on} onClick=${() => set(!on)}><${Icon} name="eye" />${t("How it will look")}</button>`;

/** How a text of a draft looks, while it is being written. @param {{draft: import("../lib/draft.js").Draft, root: string, label: string, lang: string}} props */
export function Look({draft, root, label, lang}) {
  const text = useText(draft, root);
  const marks = marksIn([text]);
  return html`
    <div class="look" role="group" aria-label=${t("How it will look")} aria-describedby=${label}>
      ${text.trim() ? html`<${Formatted} text=${text} lang=${lang} level=${2} say=${(/** @type {string} */ words) => figured(words, marks)} />` : html`<p class="note">${t("Nothing has been written here yet.")}</p>`}
    </div>`;
}

/** What a text says, a moment after it was typed. @param {import("../lib/draft.js").Draft} draft @param {string} root */
function useText(draft, root) {
  const [text, setText] = useState("");
  useEffect(() => {
    const shared = draft.text(root);
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let due;
    const read = () => {
      due = undefined;
      setText(shared.toString());
    };
    const wait = () => { due ??= setTimeout(read, PACE); };
    shared.observe(wait);
    read();
    return () => {
      clearTimeout(due);
      shared.unobserve(wait);
    };
  }, [draft, draft.generation, root]);
  return text;
}
