// What everybody is brought to: one thing at a time, lit by whoever leads.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {{kind: string, id: number, since: string}} Light */

/** What all screens of a room are asked to show. @param {Scene["room"]} room @returns {Thing} */
export const steerOf = (room) => one(room, "steer", here(room)?.id ?? 0) ?? {light: null, notice: null, nudge: null, floor: null, hands: []};

/** What is lit, with the thing itself; nothing when it is gone. @param {Scene["room"]} room @returns {{light: Light, thing: Thing} | null} */
export function lit(room) {
  const {light} = steerOf(room);
  const thing = light && one(room, light.kind, light.id);
  return thing ? {light, thing} : null;
}

/** @param {Scene["room"]} room @param {string} kind @param {number} id */
export const isLit = (room, kind, id) => {
  const {light} = steerOf(room);
  return light?.kind === kind && light?.id === id;
};

/** The words of a thing. @param {Thing} thing @returns {string} */
export const wordsOf = (thing) => thing.text ?? thing.title ?? thing.question ?? "";

/** Bring everybody to a thing, or take the light down. @param {Pick<Scene, "room" | "act"> & {kind: string, id: number, name: string}} props */
export function LightButton({room, act, kind, id, name}) {
  const on = isLit(room, kind, id);
  return html`
    <button type="button" class="act light" aria-pressed=${on} title=${t("Show on all phones")} aria-label=${t("Show on all phones: {what}", {what: name})}
      onClick=${() => act("room.light", on ? {kind: null, id: null} : {kind, id})}><${Icon} name="pin" /></button>`;
}
