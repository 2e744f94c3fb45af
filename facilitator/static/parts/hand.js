// One's own hand: raised by a tap, lowered by another. The last thing in the header of every screen.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";
import {here} from "../lib/store.js";
import {steerOf} from "./light.js";
import {lastWaiting} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** Whether one's hand is up, and whether one has the floor. @param {Pick<Scene, "room" | "mine" | "waiting">} scene */
export function ownHand({room, mine, waiting}) {
  const {hands, floor} = steerOf(room);
  const asked = lastWaiting(waiting, "hand.raise") ?? lastWaiting(waiting, "hand.lower");
  const up = mine.hand !== null && hands.includes(mine.hand);
  return {up: asked ? asked.name === "hand.raise" : up, floor: up && floor === mine.hand};
}

/** @param {Pick<Scene, "room" | "mine" | "waiting" | "act">} scene */
export function HandButton({act, ...scene}) {
  const {up, floor} = ownHand(scene);
  if (here(scene.room)?.phase === "closed" && !up) return null;
  const label = floor ? t("You have the floor. Tap when you have spoken.") : up ? t("Lower your hand") : t("Raise your hand");
  return html`
    <button type="button" class="hand-up" aria-pressed=${up} aria-label=${label} title=${label}
      onClick=${() => void act(up ? "hand.lower" : "hand.raise", {})}><${Icon} name="hand" /></button>`;
}
