// What a text of the desk cites: things of the rooms that its words come from.
import {Unanswered} from "../lib/connection.js";
import {useEffect, useState} from "../lib/html.js";
import {marksIn} from "../lib/marks.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./cite.js").Elsewhere} Elsewhere */

/**
 * Ask what a text may cite, once it is wanted. It is kept nowhere: a room may take it back.
 * @param {import("../lib/connection.js").Connection} connection @param {Thing} entry @param {boolean} wanted
 * @returns {Elsewhere | null}
 */
export function useCitable(connection, entry, wanted) {
  const [found, setFound] = useState(/** @type {Elsewhere | null} */ (null));
  const sources = entry.sources.map((/** @type {Thing} */ {id}) => id).join(" ");
  useEffect(() => {
    if (!wanted) return undefined;
    let gone = false;
    const look = async () => {
      try {
        const answer = await connection.ask("citable", [{recommendation: entry.id}]);
        if (!gone && "ok" in answer) setFound(answer.ok);
      } catch (error) {
        // It is asked again when the line is back.
        if (!(error instanceof Unanswered)) throw error;
      }
    };
    let live = false;
    const heed = () => {
      if (connection.live && !live) void look();
      live = connection.live;
    };
    heed();
    const stop = connection.listen(heed);
    return () => {
      gone = true;
      stop();
    };
  }, [connection, entry.id, sources, wanted]);
  return found;
}

/** What the marks in a text stand for: as the rooms' texts cite it, or as it was asked. @param {Record<string, Thing>} notes @param {Elsewhere | null} found @returns {Record<string, Thing>} */
export const known = (notes, found) => ({
  ...Object.fromEntries((found?.ideas ?? []).map((idea) => [`i${idea.id}`, idea])),
  ...Object.fromEntries((found?.evidence ?? []).map((card) => [`e${card.id}`, card])),
  ...Object.fromEntries((found?.minutes ?? []).map((item) => [`m${item.id}`, item])),
  ...notes,
});

/** Whether a text cites what the rooms' texts do not. @param {Thing | undefined} text @param {Record<string, Thing>} notes */
export const citesMore = (text, notes) => marksIn(Object.values(text?.sections ?? {})).some((mark) => !(mark in notes));
