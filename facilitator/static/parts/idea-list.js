// The list of ideas. Others' ideas wait until they are asked for, and nothing changes its place by itself.
import {html, useMemo, useReducer, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {all, here, one} from "../lib/store.js";
import {ANYTHING, Find, FindButton, fitting, inPlace, isNarrowed, placesIn} from "./finding.js";
import {Idea, Unsent} from "./idea.js";
import {Quiet} from "./states.js";
import {Windowed} from "./window.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** @param {Thing} a @param {Thing} b */
const newest = (a, b) => b.id - a.id;

/**
 * What is to be seen, and what waits: one's own at once, that of others when it is asked for.
 * @param {Thing[]} ideas newest first @param {Set<number>} shown ids @param {number[]} own
 * @param {string[]} sending the words of one's own that are on their way
 */
export function sorted(ideas, shown, own, sending = []) {
  const seen = ideas.filter(({id}) => shown.has(id) || own.includes(id));
  const fresh = ideas.filter(({id, text}) => !shown.has(id) && !own.includes(id) && !sending.includes(text));
  return {seen, fresh};
}

/**
 * The ideas that one may see, newest first: also one's own that others do not, and under the veil
 * those of all for who leads.
 * @param {Pick<Scene, "room" | "mine" | "leading">} scene @param {number | "all"} asked the question
 * @returns {Thing[]}
 */
export function ideasFor({room, mine, leading}, asked) {
  const veiled = leading ? all(room, "held", byName).filter(({thing, state}) => thing === "idea" && state === "veiled").map(({face}) => ({...face, state: "veiled"})) : [];
  const own = mine.unshown.filter((words) => words.thing === "idea" && !one(room, "idea", words.id));
  const apart = new Map([...veiled, ...own].map((idea) => [idea.id, idea]));
  const shown = all(room, "idea", newest);
  const ideas = apart.size ? [...shown, ...apart.values()].sort(newest) : shown;
  return asked === "all" ? ideas : ideas.filter(({question}) => question === asked);
}

/** @param {Thing} a @param {Thing} b */
const byName = (a, b) => a.of - b.of;

/** @param {Thing[]} ideas @param {Scene} scene */
function useShown(ideas, {mine, waiting}) {
  const shown = useRef(/** @type {Set<number> | null} */ (null));
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const there = useMemo(() => new Set(ideas.map(({id}) => id)), [ideas]);
  const known = shown.current ??= new Set(there);
  // What was gone meanwhile comes back as news: it would push aside what is being read.
  for (const id of known) if (!there.has(id)) known.delete(id);
  const sending = waiting.filter(({name}) => name === "idea.post").map(({payload}) => payload.text);
  const show = () => {
    ideas.forEach(({id}) => known.add(id));
    again(0);
  };
  return {...sorted(ideas, known, mine.ideas, sending), show};
}

/** What is looked for, and in which order: the order as it was when one last asked. @param {Thing[]} ideas @param {Scene["room"]} room */
function useWanted(ideas, room) {
  const [wanted, setWanted] = useState(ANYTHING);
  const [places, setPlaces] = useState(/** @type {Map<number, number>} */ (new Map()));
  const seats = (/** @type {number} */ id) => one(room, "echo", id)?.seats ?? 0;
  const set = (/** @type {Partial<typeof wanted>} */ more) => {
    const next = {...wanted, ...more};
    setWanted(next);
    setPlaces(placesIn(ideas, next.order, seats));
  };
  return {wanted, set, places};
}

/** @param {Scene & {asked: number | "all", phase: string}} props */
export function IdeaList({asked, phase, ...scene}) {
  const {room, mine, waiting, heard, leading} = scene;
  const [finding, setFinding] = useState(false);
  const ideas = useMemo(() => ideasFor(scene, asked), [room.things.idea, room.things.held, mine.unshown, leading, asked]);
  const {wanted, set, places} = useWanted(ideas, room);
  const {seen, fresh, show} = useShown(ideas, scene);
  const found = inPlace(fitting(seen, wanted, mine), places);
  const more = fitting(fresh, wanted, mine).length;
  const unsent = waiting.filter(({name, payload}) => name === "idea.post" && (asked === "all" || payload.question === asked)).reverse();
  const reveal = () => {
    show();
    set({});
    document.querySelector(".list-head")?.scrollIntoView({block: "start"});
  };
  const clear = () => set({...ANYTHING, order: wanted.order});
  if (!seen.length && !unsent.length) return html`<${Nobody} fresh=${fresh.length} show=${show} open=${phase === "gather"} veiled=${Boolean(one(room, "veil", here(room)?.id ?? 0)?.ideas)} />`;
  const draw = (/** @type {Thing} */ idea, /** @type {Record<string, any>} */ place) => html`<${Idea} key=${idea.id} ...${scene} idea=${idea} phase=${phase} more=${place} />`;
  return html`
    <div class="fresh-place">${more > 0 && html`
      <button type="button" class="fresh" onClick=${reveal}><${Icon} name="up" />${tn("{n} new", "{n} new", more)}</button>`}</div>
    <div class="list-head"><h3>${tn("{n} idea", "{n} ideas", seen.filter(({state}) => state !== "withdrawn").length + unsent.length)}</h3>
      <${FindButton} open=${finding} wanted=${wanted} toggle=${() => setFinding(!finding)} /></div>
    ${finding && html`<${Find} wanted=${wanted} set=${set} leading=${leading} many=${found.length} />`}
    ${isNarrowed(wanted) && !found.length && html`
      <${Quiet} title=${t("Nothing fits.")}><button type="button" class="btn wide" onClick=${clear}><${Icon} name="undo" />${t("Clear the filter")}</button><//>`}
    <${Windowed} items=${found} draw=${draw} label=${t("Ideas")}>
      ${unsent.map((act) => html`<${Unsent} key=${act.op} unsent=${act} heard=${heard} />`)}
    <//>`;
}

/** @param {{fresh: number, show: () => void, open: boolean, veiled: boolean}} props */
const Nobody = ({fresh, show, open, veiled}) => (fresh
  ? html`<${Quiet} title=${t("The first ideas are here.")}>
      <button type="button" class="btn main wide" onClick=${show}><${Icon} name="up" />${tn("{n} new", "{n} new", fresh)}</button><//>`
  : html`<${Quiet} title=${emptyWords(open, veiled)}>
      ${open && html`<p class="small">${t("One sentence is enough. Nobody sees who wrote it.")}</p>
        <button type="button" class="btn wide" onClick=${() => document.getElementById("idea")?.focus()}><${Icon} name="plus" />${veiled ? t("Write an idea") : t("Write the first idea")}</button>`}<//>`);

/** @param {boolean} open @param {boolean} veiled */
const emptyWords = (open, veiled) => (veiled ? t("What others write is still hidden.") : open ? t("Nobody has written yet. Begin.") : t("Nobody has written here."));
