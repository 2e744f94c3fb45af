// Who writes where in a draft: numbers, and oneself. Never a name: some may have reason to fear one.
import {html, useEffect, useReducer, useRef} from "../lib/html.js";
import {Here} from "../lib/here.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";

/** @typedef {import("../lib/connection.js").Connection} Connection */

/**
 * Say in which part of a draft the focus is, and learn where others are.
 * @param {Connection} connection @param {number} recommendation
 * @returns {{here: Here | null, paper: {current: HTMLElement | null}}} `paper` is what holds the parts
 */
export function useHere(connection, recommendation) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const paper = useRef(/** @type {HTMLElement | null} */ (null));
  const here = useRef(/** @type {Here | null} */ (null));
  useEffect(() => {
    const page = paper.current;
    const told = here.current = new Here({connection, recommendation, changed: () => again(0)});
    const look = () => told.move(partOf(document.activeElement));
    // After the focus has gone it is nowhere for a moment.
    const leave = () => setTimeout(look);
    page?.addEventListener("focusin", look);
    page?.addEventListener("focusout", leave);
    look();
    return () => {
      page?.removeEventListener("focusin", look);
      page?.removeEventListener("focusout", leave);
      told.close();
      here.current = null;
    };
  }, [connection, recommendation]);
  return {here: here.current, paper};
}

/** In which part of a draft somebody writes. @param {Element | null} focused */
const partOf = (focused) => focused?.closest("textarea, .code, [role=toolbar]") ? focused.closest("[data-part]")?.getAttribute("data-part") ?? null : null;

/**
 * The carets of others, in a text that one sees; they see one's own.
 * @param {{connection: Connection, recommendation: number, draft: import("../lib/draft.js").Draft}} props
 */
export function CaretsOfOthers({connection, recommendation, draft}) {
  const layer = useRef(/** @type {HTMLElement | null} */ (null));
  useEffect(() => {
    let gone = false;
    let stop = () => {};
    // Without them one writes as well.
    import("./carets.js").then(({showCarets}) => {
      if (!gone && layer.current) stop = showCarets({connection, recommendation, draft, layer: layer.current});
    }, () => {});
    return () => {
      gone = true;
      stop();
    };
  }, [connection, recommendation, draft, draft.generation]);
  return html`<div class="carets" ref=${layer} aria-hidden="true"></div>`;
}

/** @param {{here?: Here | null, part: string}} props */
export function WhoIsHere({here, part}) {
  const others = here?.others(part) ?? 0;
  const me = here?.part === part;
  if (!others && !me) return null;
  const words = me ? (others ? tn("you and {n} more", "you and {n} more", others) : t("you")) : tn("{n} writing here", "{n} writing here", others);
  return html`<span class=${others ? "who-writes many" : "who-writes"}><${Icon} name=${others ? "people" : "suggest"} />${words}</span>`;
}
