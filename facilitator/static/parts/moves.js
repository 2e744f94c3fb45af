// What one does to the themes is seen at once; what others do meanwhile waits until one has finished.
import {useReducer, useRef, useState} from "../lib/html.js";
import {t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {differ, foresee, numbered, stepWords} from "./theme-model.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("../lib/outbox.js").Outcome} Outcome */

/** Milliseconds after an answer in which its news arrive as well. */
const NEWS = 300;
/** Milliseconds after a key in which somebody is still at work with the keyboard. */
const AT_KEYS = 15_000;

/** What is said of a move once it is stored. @param {string} name @param {any} answer */
export function outcomeWords(name, {step, left = 0, kept = 0}) {
  if (!step) return "";
  const what = stepWords(step);
  const done = name === "theme.undo" ? t("Undone: {what}.", {what}) : t("Done: {what}.", {what});
  return [
    done,
    left > 0 && tn("{n} idea was moved by somebody else and stays where it is.", "{n} ideas were moved by somebody else and stay where they are.", left),
    kept > 0 && tn("{n} theme was changed by somebody else and stays as it is.", "{n} themes were changed by somebody else and stay as they are.", kept),
  ].filter(Boolean).join(" ");
}

/**
 * The board as one works on it. `still` is what is drawn; `changed` says that others have moved on;
 * `move` does something, `answered` is when all of that is answered; `press` says that a finger is down, `type` that a key was used.
 * @param {Pick<Scene, "room" | "act">} scene
 */
export function useMoves({room, act}) {
  const held = useRef(room);
  const latest = useRef(room);
  const pressed = useRef(false);
  const typed = useRef(-AT_KEYS);
  const count = useRef(0);
  const flying = useRef(/** @type {Promise<any>} */ (Promise.resolve()));
  const [chosen, setChosen] = useState(/** @type {number[]} */ ([]));
  const [underway, setUnderway] = useState(0);
  const [told, setTold] = useState({sentence: "", matters: false});
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  latest.current = room;
  const busy = chosen.length > 0 || underway > 0 || pressed.current || Date.now() - typed.current < AT_KEYS;
  if (!busy) held.current = room;

  const move = async (/** @type {string} */ name, /** @type {Record<string, any>} */ payload) => {
    const fresh = `new-${++count.current}`;
    held.current = foresee(held.current, name, payload, fresh);
    setChosen([]);
    setUnderway((n) => n + 1);
    const asked = act(name, payload);
    flying.current = Promise.all([flying.current, asked]);
    const outcome = await asked;
    const stored = "ok" in outcome;
    held.current = stored ? numbered(held.current, fresh, outcome.ok?.id) : latest.current;
    if (stored) setTold({sentence: outcomeWords(name, outcome.ok ?? {}), matters: Boolean(outcome.ok?.left || outcome.ok?.kept)});
    setTimeout(() => {
      // Undoing is not foreseen: what the server has made of it is let in, whenever it comes.
      if (name === "theme.undo" || name === "theme.redo") typed.current = -AT_KEYS;
      setUnderway((n) => n - 1);
    }, stored ? NEWS : 0);
    return outcome;
  };
  return {
    still: held.current,
    changed: underway === 0 && busy && differ(held.current, room),
    chosen: chosen.filter((id) => one(room, "idea", id)),
    setChosen,
    told,
    move,
    answered: () => flying.current,
    type: () => { typed.current = Date.now(); },
    show: () => {
      typed.current = -AT_KEYS;
      held.current = latest.current;
      again(0);
    },
    press: (/** @type {boolean} */ on) => {
      pressed.current = on;
      if (!on && held.current !== latest.current) again(0);
    },
  };
}
