// Who voted what in an open vote: asked for when somebody looks, and kept nowhere.
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t} from "../lib/i18n.js";
import {answerWord} from "./methods.js";
import {labelOf} from "./paper.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {{name: string, marks: Record<string, number>}} Line */

/** @param {{ballot: Thing, connection: Scene["connection"]}} props */
export function Roll({ballot, connection}) {
  const [open, setOpen] = useState(false);
  const lines = useRoll(connection, open ? ballot.id : null);
  if (ballot.secret !== false || ballot.is_open) return null;
  return html`
    <details class="fold" open=${open} onToggle=${(/** @type {Event} */ event) => setOpen(/** @type {HTMLDetailsElement} */ (event.currentTarget).open)}>
      <summary><${Icon} name="down" />${t("Who voted what")}</summary>
      ${open && !lines && html`<p class="note">${t("one moment")}</p>`}
      ${lines && html`<div class="wide-table" tabindex="0" role="region" aria-label=${t("Who voted what")}><table class="counts">
        <thead><tr><th scope="col">${t("Nickname")}</th><th scope="col">${t("Paper")}</th></tr></thead>
        <tbody>${lines.map(({name, marks}, n) => html`
          <tr key=${n}><th scope="row" dir="auto">${name || t("without a name")}</th><td class="words" dir="auto">${inWords(ballot, marks)}</td></tr>`)}</tbody>
      </table></div>`}
    </details>`;
}

/** @param {Scene["connection"]} connection @param {number | null} id of the ballot that is looked at @returns {Line[] | null} */
function useRoll(connection, id) {
  const [lines, setLines] = useState(/** @type {Line[] | null} */ (null));
  useEffect(() => {
    if (id === null) return setLines(null);
    let late = false;
    connection.ask("roll", [{ballot: id}]).then((answer) => {
      if (!late && "ok" in answer) setLines(answer.ok);
    }, () => {});
    return () => {
      late = true;
    };
  }, [connection, id]);
  return lines;
}

/** What a paper says. @param {Thing} ballot @param {Record<string, number>} marks */
function inWords({choices}, marks) {
  const label = (/** @type {string} */ name) => {
    const choice = choices.find((/** @type {Thing} */ {id}) => String(id) === name.split(".")[0]);
    return choice ? labelOf(choice) : answerWord(name);
  };
  return Object.entries(marks).map(([name, n]) => (choices.length ? `${label(name)}: ${number(n)}` : label(name))).join(" · ");
}
