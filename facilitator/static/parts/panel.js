// A panel in a column of the desk: a heading that opens and closes it. One is open at a time, so
// that a column fits its screen.
import {html, useEffect, useRef} from "../lib/html.js";
import {Icon} from "../lib/icon.js";

/**
 * @param {{name: string, title: string, note?: any, open?: boolean, column?: string, children?: any}} props
 *   `note` is a word beside the heading, such as a number; `open` opens it when it becomes true
 */
export function Panel({name, title, note, open = false, column = "right", children}) {
  const fold = useRef(/** @type {HTMLDetailsElement | null} */ (null));
  useEffect(() => {
    if (open && fold.current) fold.current.open = true;
  }, [open]);
  return html`
    <details ref=${fold} class="panel" name=${column} id=${`panel-${name}`}>
      <summary><h2>${title}</h2>${note !== undefined && html`<span class="note num">${note}</span>`}<${Icon} name="down" /></summary>
      <div class="in">${children}</div>
    </details>`;
}
