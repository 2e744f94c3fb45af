// Which ideas of a room say something similar: found on the phone itself, a little at a time.
import {useEffect, useRef, useState} from "../lib/html.js";
import {Alike} from "../lib/similar.js";

/** @typedef {import("../lib/store.js").Thing} Thing */

/** Milliseconds of work at a stretch: a finger on the screen never waits. */
const STRETCH = 8;
/** How alike an idea must be to be shown. */
const LEAST = 0.12;
/** Milliseconds in which what has just appeared takes no tap: it was meant for what was there before. */
const SETTLE = 400;

/**
 * Work on until it is done, and rest between stretches.
 * @param {Iterator<unknown>} work @param {() => void} done @returns how to stop
 */
export function byAndBy(work, done) {
  /** @type {ReturnType<typeof setTimeout>} */
  let timer;
  const go = () => {
    const until = performance.now() + STRETCH;
    while (performance.now() < until) if (work.next().done) return done();
    timer = setTimeout(go);
  };
  timer = setTimeout(go);
  return () => clearTimeout(timer);
}

/**
 * The ideas most like a text. They change only when the text does, so that nothing moves while one reads.
 * @param {string} text nothing is looked for while it is empty
 * @param {{ideas: Thing[], wait: number, fits: (id: number) => boolean}} options `wait`: milliseconds in which the text has to stay as it is
 * @returns {{ids: number[], at: number}} and since when they are there
 */
export function useSimilar(text, options) {
  const alike = useRef(/** @type {Alike | null} */ (null));
  const latest = useRef(options);
  const [found, setFound] = useState({ids: /** @type {number[]} */ ([]), at: 0});
  latest.current = options;
  useEffect(() => {
    const tell = (/** @type {number[]} */ ids) => setFound((before) => (before.ids.join() === ids.join() ? before : {ids, at: performance.now()}));
    if (!text) return tell([]);
    let stop = () => {};
    const begin = () => {
      const known = alike.current ??= new Alike();
      const {ideas, fits} = latest.current;
      stop = byAndBy(known.learn(/** @type {{id: number, text: string}[]} */ (ideas)), () => tell(known.near(text, {least: LEAST, fits})));
    };
    const timer = setTimeout(begin, latest.current.wait);
    return () => {
      clearTimeout(timer);
      stop();
    };
  }, [text]);
  return found;
}

/** A tap on what has been there long enough to be meant. @param {number} since @param {() => void} todo */
export const meant = (since, todo) => (/** @type {MouseEvent} */ event) => {
  if (event.detail === 0 || event.timeStamp - since > SETTLE) todo();
};
