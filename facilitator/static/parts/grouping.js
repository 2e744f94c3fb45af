// Putting ideas into themes: by taps, by dragging, or by keyboard; and every step can be taken back.
import {html, useEffect, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, t, tn} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";
import {Drag} from "./drag.js";
import {Asked, Stage} from "./frame.js";
import {Cluster} from "./grouping-board.js";
import {Choice} from "./grouping-choice.js";
import {Alongside} from "./grouping-similar.js";
import {How, useKeys} from "./grouping-keys.js";
import {useMoves} from "./moves.js";
import {Quiet, Refusals} from "./states.js";
import {firstWords, groups, moveInto, reversible, splitFrom} from "./theme-model.js";
import {LastSteps} from "./theme-steps.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./theme-model.js").Group} Group */

/** The idea to go on with when these are put elsewhere. @param {HTMLElement | null} board @param {number[]} ids @returns {HTMLElement | undefined} */
function nextAfter(board, ids) {
  const picks = /** @type {HTMLInputElement[]} */ ([...board?.querySelectorAll(".picks input") ?? []]);
  const leaves = (/** @type {HTMLInputElement} */ pick) => ids.includes(Number(pick.value));
  const last = picks.findLastIndex(leaves);
  return picks.slice(last + 1).find((pick) => !leaves(pick)) ?? picks.slice(0, Math.max(last, 0)).reverse().find((pick) => !leaves(pick));
}

/** What can be done with the chosen ideas, and with those that are dragged. @param {Scene} scene */
function useBoard(scene) {
  const moves = useMoves(scene);
  const {still, chosen, move} = moves;
  const board = useRef(/** @type {HTMLElement | null} */ (null));
  const [naming, setNaming] = useState(/** @type {number | null} */ (null));
  const found = groups(still);
  const every = [...found.themes, ...found.aside];
  // The focus is never lost: it goes to the next idea, before this one leaves.
  const go = (/** @type {string} */ name, /** @type {Record<string, any>} */ payload, /** @type {number[]} */ ids = []) => {
    if (ids.length) nextAfter(board.current, ids)?.focus({preventScroll: true});
    return move(name, payload);
  };
  const put = (/** @type {number | null} */ into, ids = chosen) =>
    go(...(into === null ? /** @type {[string, any]} */ (["theme.fill", {theme: null, ideas: ids}]) : moveInto(every, ids, into)), ids);
  const make = (/** @type {string} */ title, ids = chosen, language = lang()) => {
    const from = splitFrom(every, ids);
    const fields = {title, lang: language, ideas: ids};
    return from ? go("theme.split", {id: from.id, ...fields}, ids) : go("theme.make", fields, ids);
  };
  const pile = async (/** @type {number} */ onto, /** @type {number[]} */ ids) => {
    const under = one(still, "idea", onto);
    const outcome = under && await make(firstWords(under.text), [onto, ...ids], under.lang);
    if (outcome && "ok" in outcome) setNaming(outcome.ok.id);
  };
  return {...moves, ...found, board, go, put, make, pile, naming, setNaming};
}

/** Where ideas are dropped: on a theme, on another idea, on what is in no theme. @param {ReturnType<typeof useBoard>} work @param {boolean} open */
function useDrag(work, open) {
  const latest = useRef(work);
  const dragged = useRef(/** @type {number[]} */ ([]));
  latest.current = work;
  useEffect(() => {
    const root = work.board.current;
    if (!root || !open) return;
    const themeOf = (/** @type {number} */ id) => one(latest.current.still, "idea", id)?.theme ?? null;
    const grab = (/** @type {Element} */ at) => {
      const line = /** @type {HTMLElement | null} */ (at.closest("label.line"));
      const id = Number(line?.closest("li")?.dataset.idea);
      if (!line || !id) return null;
      const {chosen} = latest.current;
      dragged.current = chosen.includes(id) ? chosen : [id];
      return {line, many: dragged.current.length};
    };
    const place = (/** @type {Element} */ at) => {
      const found = /** @type {HTMLElement | null} */ (at.closest("[data-drop]"));
      const [kind, id] = found?.dataset.drop?.split(":") ?? [];
      if (kind === "idea") return dragged.current.includes(Number(id)) ? null : found;
      const into = kind === "theme" ? Number(id) : null;
      return found && dragged.current.some((idea) => themeOf(idea) !== into) ? found : null;
    };
    const drop = (/** @type {HTMLElement} */ where) => {
      const [kind, id] = where.dataset.drop?.split(":") ?? [];
      if (kind === "idea") void latest.current.pile(Number(id), dragged.current);
      else void latest.current.put(kind === "theme" ? Number(id) : null, dragged.current);
    };
    const drag = new Drag(root, {grab, place, drop, press: (on) => latest.current.press(on)});
    return () => drag.close();
  }, [open, Boolean(work.board.current)]);
}

/** The themes of a room; in its time for grouping they can be made and filled. @param {Scene} scene */
export function Themes(scene) {
  const {room, mine, leading, refused, dismiss} = scene;
  const open = here(room)?.phase === "group" && !scene.locked;
  const work = useBoard(scene);
  const {themes, aside, loose, chosen, setChosen, board, go, still, told} = work;
  const steps = reversible(mine.steps);
  const undo = async () => {
    await work.answered(); // what one has just done has no number before that
    const last = reversible(scene.connection.room.mine.steps).undo;
    if (last) void go("theme.undo", {step: last.id});
  };
  useDrag(work, open);
  const keys = useKeys({...work, open, undo});
  const toggle = (/** @type {number[]} */ ids, /** @type {boolean} */ on) =>
    setChosen((/** @type {number[]} */ before) => [...before.filter((id) => !ids.includes(id)), ...(on ? ids : [])]);
  const choose = open ? {chosen, toggle} : null;
  const empty = !themes.length && !aside.length && !loose.ideas.length;
  const cluster = (/** @type {Group} */ group, /** @type {number} */ place) => html`
    <${Cluster} key=${group.theme?.id ?? "loose"} ...${group} place=${place} order=${themes} choose=${group.theme?.aside ? null : choose} go=${open ? go : null} light=${leading ? scene.act : null}
      room=${still} named=${work.naming === group.theme?.id} setNaming=${work.setNaming} />`;
  return html`
    <${Stage} ...${scene} foot=${open && !empty && html`<${Alongside} ...${work} toggle=${toggle} /><${Choice} ...${work} steps=${steps} undo=${undo} clear=${() => setChosen([])} />`}>
      ${open ? html`<${Asked} at=${here(room)} otherwise=${t("What belongs together?")} />` : html`<div class="question"><h2 class="words">${t("Themes")}</h2></div>`}
      <${Refusals} refused=${refused} dismiss=${dismiss} />
      ${open && !empty && html`<div class="aids"><${How} />${leading && html`<${LastSteps} room=${room} go=${go} />`}</div>`}
      <p class="hidden told" role="status">${told.sentence}</p>
      <div class="fresh-place">${work.changed && html`<button type="button" class="fresh" onClick=${work.show}><${Icon} name="undo" />${t("The board has changed")}</button>`}</div>
      ${empty && html`<${Quiet} title=${t("There are no ideas to group yet.")} />`}
      <div class=${loose.ideas.length ? "grouping with-loose" : "grouping"} ref=${board} onKeyDown=${keys}>
        ${(loose.ideas.length > 0 || open) && !empty && html`<div class="pane">${cluster(loose, -1)}</div>`}
        ${themes.length > 0 && html`<div class="themes">${themes.map(cluster)}</div>`}
        ${aside.length > 0 && html`
          <details class="fold put-aside"><summary><${Icon} name="down" />${tn("{n} theme put aside", "{n} themes put aside", aside.length)}</summary>
            <div class="themes">${aside.map(cluster)}</div></details>`}
      </div>
    <//>`;
}
