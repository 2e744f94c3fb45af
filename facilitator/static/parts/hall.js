// The room, for who takes part in it.
import {html, useEffect, useErrorBoundary, useState} from "../lib/html.js";
import {t} from "../lib/i18n.js";
import {all, here} from "../lib/store.js";
import {stepWord} from "./agenda.js";
import {Head, LOOK_OF, Looks, Stage, useFocusOn} from "./frame.js";
import {Ideas} from "./ideas.js";
import {fetchAhead, Opening, useLater} from "./later.js";
import {told} from "./message.js";
import {Moved} from "./moved.js";
import {Notices, whyLocked} from "./notices.js";
import {wordsLeft} from "./open-drafts.js";
import {Knot, TurnedAway} from "./states.js";

/** @typedef {import("./scene.js").Scene} Scene */

/** What the first idea can do without comes after it. @type {Record<string, () => Promise<any>>} */
const LATER = {
  themes: () => import("./grouping.js").then(({Themes}) => Themes),
  votes: () => import("./votes.js").then(({Votes}) => Votes),
  texts: () => import("./texts.js").then(({Texts}) => Texts),
  minutes: () => import("./minutes.js").then(({Agenda}) => Agenda),
};

/** A part that may still be on its way. @param {Scene & {load: () => Promise<any>}} props */
function Coming({load, ...scene}) {
  const {loaded, failed} = useLater(load);
  return loaded ? html`<${loaded} ...${scene} />` : html`<${Stage} ...${scene}><${Opening} failed=${failed} /><//>`;
}

const stillOurs = () => import("./still-ours.js").then(({StillOurs}) => StillOurs);

/** What the desk asks the room, above whatever it is at. @param {Scene} scene */
function Asked(scene) {
  const {loaded} = useLater(stillOurs);
  return loaded ? html`<${loaded} ...${scene} />` : null;
}

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

/** Where each kind of lit thing is to be seen. @type {Record<string, [look: string, place: string]>} */
const PLACES = {idea: ["ideas", "idea"], theme: ["themes", "group"], ballot: ["votes", "ballot"], recommendation: ["texts", "text"]};

/** In which step what is looked at was made, where that is still to come; "" where it is not. @param {import("./scene.js").Thing} at @param {string} look */
export function laterStep(at, look) {
  const place = at.agenda.findIndex((/** @type {import("./scene.js").Thing} */ step) => LOOK_OF[step.phase] === look);
  return place > at.at ? stepWord(at, place) : "";
}

/** Bring one to a lit thing, as soon as it is drawn. @param {(look: string) => void} setLook */
function useGoal(setLook) {
  const [goal, setGoal] = useState(/** @type {{kind: string, id: number} | null} */ (null));
  useEffect(() => {
    if (!goal) return;
    const place = `${PLACES[goal.kind]?.[1]}-${goal.id}`;
    let tries = 50;
    const timer = setInterval(() => {
      const found = document.getElementById(place);
      found?.scrollIntoView({block: "center"});
      if (found || !--tries) clearInterval(timer);
    }, 60);
    return () => clearInterval(timer);
  }, [goal]);
  const goTo = (/** @type {{kind: string, id: number}} */ {kind, id}) => {
    setLook(PLACES[kind]?.[0] ?? "ideas");
    setGoal({kind, id});
  };
  return {goal, goTo};
}

/** What is said to somebody whose seat was wiped with a rehearsal. @param {Scene["room"]} room */
const parting = (room) => (told(room).rehearsal ? t("The rehearsal is over. Thank you for trying it out.") : undefined);

/** A room, with the frame of whoever leads it where there is one. @param {Scene & {Desk?: any}} props */
export function Room({Desk, ...scene}) {
  const [error] = useErrorBoundary();
  const {connection, page, leading, room} = scene;
  const {look, setLook} = useLook(scene);
  const {goal, goTo} = useGoal(setLook);
  // A room that votes does so at once: its phones have fetched what they need before.
  useEffect(() => fetchAhead(Object.values(LATER)), []);
  const at = here(room);
  if (error) return html`<${Knot} again=${() => location.reload()} />`;
  if (connection.status === "shut" && connection.there) return html`<${Moved} ...${scene} there=${connection.there} />`;
  if (connection.status === "shut") return html`<${TurnedAway} reason=${parting(room) ?? connection.reason} page=${page} leading=${leading} words=${wordsLeft()} />`;
  if (!at) return null;
  const looks = html`<${Looks} room=${room} phase=${at.phase} look=${look} setLook=${setLook} kept=${leading && page.minutes} />`;
  const shown = {...scene, goal, later: laterStep(at, look), locked: !leading && whyLocked(room) !== ""};
  const part = look in LATER ? html`<${Coming} key=${look} ...${shown} load=${LATER[look]} />` : html`<${Ideas} key=${look} ...${shown} />`;
  if (Desk) return html`<${Desk} ...${scene} at=${at} looks=${looks} part=${part} />`;
  return html`
    <div class="hall">
      <${Head} ...${scene} at=${at} />
      <${Notices} ...${scene} goTo=${goTo} />
      ${all(room, "consultation").some(({is_open}) => is_open) && html`<${Asked} ...${shown} />`}
      ${looks}
      ${part}
    </div>`;
}
