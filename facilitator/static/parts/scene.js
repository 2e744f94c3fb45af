// What every part of a room is a function of.

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("../lib/outbox.js").Act} Act */
/** @typedef {import("../lib/live.js").View & {page: import("../lib/page.js").Page & Record<string, any>, leading: boolean, redraw: () => void}
 *   & {locked?: boolean, later?: string, goal?: {kind: string, id: number} | null}} Scene
 * `locked`: participants may write, and not send; `later`: the step in which what is shown goes on,
 * where it was made in a later one; `goal`: what one is to be brought to */

/**
 * The last thing of a name that one did and that is not stored yet.
 * @param {Act[]} waiting @param {string} name @param {(payload: Record<string, any>) => boolean} [fits]
 */
export const lastWaiting = (waiting, name, fits = () => true) =>
  waiting.filter((act) => act.name === name && fits(act.payload)).at(-1);

/**
 * Whether something is on: as one set it last, though that is not stored yet.
 * @param {Act[]} waiting @param {string} name @param {boolean} stored @param {(payload: Record<string, any>) => boolean} [fits]
 * @returns {boolean}
 */
export const isOn = (waiting, name, stored, fits) => lastWaiting(waiting, name, fits)?.payload.on ?? stored;

/** A submit that stays on the page. @param {(form: HTMLFormElement) => void} todo */
export const onSubmit = (todo) => (/** @type {SubmitEvent} */ event) => {
  event.preventDefault();
  todo(/** @type {HTMLFormElement} */ (event.currentTarget));
};

/** The first tap of two: the second would hit what has taken the place of what was meant. @param {() => void} todo */
export const firstTap = (todo) => (/** @type {MouseEvent} */ event) => {
  if (event.detail > 1) event.preventDefault();
  else todo();
};

/** What stands in a field of a form. @param {HTMLFormElement} form @param {string} name */
export const field = (form, name) => String(new FormData(form).get(name) ?? "").trim();
