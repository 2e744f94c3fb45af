// The room, for who takes part in it.
import {html, useErrorBoundary, useState} from "../lib/html.js";
import {here} from "../lib/store.js";
import {Head, LOOK_OF, Looks, useFocusOn} from "./frame.js";
import {Themes} from "./grouping.js";
import {Ideas} from "./ideas.js";
import {Knot, TurnedAway} from "./states.js";
import {Texts} from "./texts.js";
import {Votes} from "./votes.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** @type {Record<string, any>} */
const PARTS = {ideas: Ideas, themes: Themes, votes: Votes, texts: Texts};

/** What the room is doing now, unless one looks at something else. @param {Scene} scene */
function useLook({room}) {
  const at = here(room);
  const place = `${at?.at} ${at?.phase}`;
  const [chosen, choose] = useState({place, look: ""});
  useFocusOn(place);
  // What was chosen counts only in the step it was chosen in.
  const look = (chosen.place === place && chosen.look) || LOOK_OF[at?.phase] || "ideas";
  return {look, setLook: (/** @type {string} */ next) => choose({place, look: next})};
}

/** A room, with the frame of whoever leads it where there is one. @param {Scene & {Desk?: any}} props */
export function Room({Desk, ...scene}) {
  const [error] = useErrorBoundary();
  const {connection, page, leading, room} = scene;
  const {look, setLook} = useLook(scene);
  const at = here(room);
  if (error) return html`<${Knot} again=${() => location.reload()} />`;
  if (connection.status === "shut") return html`<${TurnedAway} reason=${connection.reason} page=${page} leading=${leading} />`;
  if (!at) return null;
  const looks = html`<${Looks} room=${room} phase=${at.phase} look=${look} setLook=${setLook} />`;
  const part = html`<${PARTS[look]} key=${look} ...${scene} />`;
  if (Desk) return html`<${Desk} ...${scene} at=${at} looks=${looks} part=${part} />`;
  return html`
    <div class="hall">
      <${Head} at=${at} heard=${scene.heard} connection=${connection} page=${page} />
      ${looks}
      ${part}
    </div>`;
}
