// Draw often enough for eyes, and no oftener: the latest state wins.

/**
 * Call `draw` with the latest of what it is given, at once when it has rested, and never twice
 * within `least` milliseconds.
 * @template T
 * @param {(latest: T) => void} draw @param {number} least
 * @returns {(latest: T) => void}
 */
export function paced(draw, least) {
  /** @type {{value: T} | null} */
  let waiting = null;
  let last = -Infinity;
  const go = () => {
    if (!waiting) return;
    const {value} = waiting;
    waiting = null;
    last = performance.now();
    draw(value);
  };
  return (value) => {
    const due = waiting !== null;
    waiting = {value};
    if (due) return;
    const rest = last + least - performance.now();
    if (rest <= 0) go();
    else setTimeout(go, rest);
  };
}
