// What hangs on the walls of the room, steered from the desk: what each screen shows, its pages, its link.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {all, byPosition, here, one} from "../lib/store.js";
import {onScreen} from "./board-model.js";
import {copied} from "./copying.js";
import {Panel} from "./panel.js";
import {field, onSubmit} from "./scene.js";
import {Twice} from "./twice.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {Pick<Scene, "room" | "act" | "page">} Props */

/** Screens of one room. */
const MOST = 12;

/** The views, in the order in which a day needs them. @type {[show: string, icon: string, word: () => string][]} */
const VIEWS = [
  ["auto", "play", () => t("Now")],
  ["join", "people", () => t("Join")],
  ["question", "question", () => t("Question")],
  ["ideas", "solution", () => t("Ideas")],
  ["themes", "merge", () => t("Themes")],
  ["ballot", "dot-full", () => t("Ballot")],
  ["draft", "doc", () => t("Drafts")],
  ["timer", "timer", () => t("Timer")],
  ["agenda", "history", () => t("Agenda")],
  ["slides", "screen", () => t("Slides")],
  ["pause", "pause", () => t("Break")],
  ["blank", "hide", () => t("Blank")],
];

/** Which button is pressed while one of these is alone on the wall. @type {Record<string, string>} */
const WITHIN = {theme: "themes", idea: "ideas"};

/** "On the projector": the part of the desk for the walls. @param {Props} props */
export function Screens({room, act, page}) {
  const screens = all(room, "screen");
  const [chosen, choose] = useState(/** @type {number | null} */ (null));
  const [adding, setAdding] = useState(false);
  const screen = one(room, "screen", chosen ?? -1) ?? screens[0];
  return html`
    <${Panel} name="screens" title=${t("On the projector")} note=${html`<${Connected} room=${room} screens=${screens} />`}><div class="screens">
      ${(screens.length > 1 || adding) && html`
        <div class="which" role="group" aria-label=${t("Screens")}>
          ${screens.map((one_, n) => html`<button key=${one_.id} type="button" class="btn tight" aria-pressed=${one_ === screen && !adding} onClick=${() => { choose(one_.id); setAdding(false); }}>${nameOf(one_, n)}</button>`)}
        </div>`}
      ${adding ? html`<${Add} act=${act} done=${(/** @type {number | undefined} */ id) => { setAdding(false); if (id) choose(id); }} />`
        : screen ? html`<${Remote} key=${screen.id} room=${room} act=${act} page=${page} screen=${screen} place=${screens.indexOf(screen)} />`
        : html`<p class="small">${t("No screen hangs in this room.")}</p>`}
      ${!adding && screens.length < MOST && html`<button type="button" class="act" onClick=${() => setAdding(true)}><${Icon} name="plus" />${t("Another screen")}</button>`}
    </div><//>`;
}

/** The first screen needs no name. @param {Thing} screen @param {number} place */
const nameOf = ({name}, place) => name || (place === 0 ? t("Main screen") : t("Screen {n}", {n: place + 1}));

/** Whether a wall is there at all. @param {{room: Scene["room"], screens: Thing[]}} props */
function Connected({room, screens}) {
  const on = screens.filter(({id}) => one(room, "screen_key", id)?.connected).length;
  if (!on) return html`<span class="status warn"><${Icon} name="warn" />${t("projector off")}</span>`;
  return html`<span class="status good"><${Icon} name="screen" />${screens.length > 1 ? tn("{n} on", "{n} on", on) : t("projector on")}</span>`;
}

/** One screen: what it shows. @param {Props & {screen: Thing, place: number}} props */
function Remote({room, act, page, screen, place}) {
  const shown = onScreen(room, screen);
  const pressed = WITHIN[shown.show] ?? shown.show;
  const show = (/** @type {string} */ view, /** @type {number | null} */ thing = null) => void act("screen.show", {id: screen.id, show: view, thing});
  const turn = (/** @type {number} */ by) => void act("screen.turn", {id: screen.id, by});
  const set = (/** @type {Thing} */ change) => void act("screen.set", {id: screen.id, follows: screen.follows, dark: screen.dark, ...change});
  return html`
    <div class="remote" role="group" aria-label=${t("What the projector shows")}>
      ${VIEWS.map(([view, icon, word]) => html`
        <button key=${view} type="button" class="btn" aria-pressed=${view === pressed} onClick=${() => show(view)}><${Icon} name=${icon} />${word()}</button>`)}
    </div>
    <${Which} room=${room} screen=${screen} shown=${shown} show=${show} />
    ${pressed === "slides" && here(room)?.sort === "plenary" && html`
      <button type="button" class="btn tight" onClick=${() => void act("slides.gather", {})}><${Icon} name="download" />${t("Fetch what the rooms have adopted")}</button>`}
    <div class="row turning">
      <button type="button" class="btn square" aria-label=${t("Page back")} onClick=${() => turn(-1)}><${Icon} name="back" /></button>
      <button type="button" class="btn square" aria-label=${t("Page on")} onClick=${() => turn(1)}><${Icon} name="next" /></button>
      <button type="button" class="act" aria-pressed=${screen.dark} onClick=${() => set({dark: !screen.dark})}><${Icon} name="eye" />${t("Dark hall")}</button>
    </div>
    <details class="fold link-of-screen">
      <summary><${Icon} name="link" />${t("Link of this screen")}</summary>
      <label class="follow"><input type="checkbox" checked=${screen.follows} onChange=${() => set({follows: !screen.follows})} /> <span>${t("Goes on with the room in the next step")}</span></label>
      <${Link} room=${room} act=${act} page=${page} screen=${screen} />
      <${Rename} key=${screen.name} act=${act} screen=${screen} place=${place} />
      <${Twice} class="act bad" sure=${t("Take it down")} go=${() => void act("screen.remove", {id: screen.id})}>${t("Take this screen down")}<//>
    </details>`;
}

/** Which theme, idea, ballot or draft of them. @param {{room: Scene["room"], screen: Thing, shown: import("./board-model.js").Shown, show: (view: string, thing?: number | null) => void}} props */
function Which({room, screen, shown, show}) {
  const choice = choices(room, WITHIN[shown.show] ?? shown.show);
  if (!choice || !choice.things.length) return null;
  const id = `which-${screen.id}`;
  const pick = (/** @type {Event} */ event) => {
    const {value} = /** @type {HTMLSelectElement} */ (event.target);
    if (value) show(choice.single, Number(value));
    else show(choice.whole);
  };
  return html`
    <label class="hidden" for=${id}>${choice.label}</label>
    <select class="input" id=${id} onChange=${pick}>
      <option value="" selected=${shown.thing === null}>${choice.all}</option>
      ${choice.things.map((thing) => html`<option key=${thing.id} value=${thing.id} selected=${thing.id === shown.thing}>${thing.text ?? thing.title ?? thing.question}</option>`)}
    </select>`;
}

/** @param {Scene["room"]} room @param {string} view */
function choices(room, view) {
  const newest = (/** @type {Thing} */ a, /** @type {Thing} */ b) => b.id - a.id;
  switch (view) {
    case "themes": return {label: t("Which theme"), all: t("All themes"), whole: "themes", single: "theme", things: all(room, "theme", byPosition)};
    case "ideas": return {label: t("Which idea"), all: t("All ideas"), whole: "ideas", single: "idea", things: all(room, "idea", newest).slice(0, 100)};
    case "ballot": return {label: t("Which vote"), all: t("The vote of now"), whole: "ballot", single: "ballot", things: all(room, "ballot", newest)};
    case "draft": return {label: t("Which recommendation"), all: t("All recommendations"), whole: "draft", single: "draft", things: all(room, "recommendation")};
    default: return null;
  }
}

/** How the wall comes to show this screen: a code to type, or to scan. @param {Props & {screen: Thing}} props */
function Link({room, act, page, screen}) {
  const [done, setDone] = useState(false);
  const key = one(room, "screen_key", screen.id);
  if (!key) return null;
  if (!key.valid) {
    return html`
      <p class="status warn"><${Icon} name="warn" />${t("Its link was withdrawn.")}</p>
      <button type="button" class="btn tight" onClick=${() => void act("screen.relink", {id: screen.id})}>${t("Make another link")}</button>`;
  }
  const link = `${page.walls}#${key.code}`;
  const copy = async (/** @type {Event} */ event) => {
    const input = /** @type {HTMLElement} */ (event.currentTarget).parentElement?.querySelector("input");
    if (input) setDone(Boolean(await copied(input)));
  };
  return html`
    <p class="small">${t("Open it on the computer at the projector. It needs nothing else, and opens nothing else.")}</p>
    <div class="copy"><input class="input" readonly value=${link} aria-label=${t("Link of this screen")} />
      <button type="button" class="btn tight" onClick=${copy}>${done ? t("Copied") : t("Copy")}</button></div>
    <img src=${page.wall_qr.replace("/0/CODE", `/${screen.id}/${key.code}`)} alt=${t("QR code of this screen")} width="160" height="160" loading="lazy" />
    <${Twice} class="act" sure=${t("Withdraw it for good")} go=${() => void act("screen.relink", {id: screen.id})}>${t("Make another link")}<//>`;
}

/** @param {{act: Scene["act"], screen: Thing, place: number}} props */
function Rename({act, screen, place}) {
  const save = onSubmit((form) => {
    const name = field(form, "name");
    if (name && name !== screen.name) void act("screen.rename", {id: screen.id, name});
  });
  return html`
    <form class="copy" onSubmit=${save}>
      <input class="input" name="name" maxlength="60" required aria-label=${t("Name of this screen")} defaultValue=${nameOf(screen, place)} />
      <button class="btn tight">${t("Rename")}</button>
    </form>`;
}

/** @param {{act: Scene["act"], done: (id?: number) => void}} props */
function Add({act, done}) {
  const add = onSubmit(async (form) => {
    const name = field(form, "name");
    if (!name) return;
    const answer = /** @type {any} */ (await act("screen.add", {name}));
    done(answer?.ok?.id);
  });
  return html`
    <form class="copy" onSubmit=${add}>
      <input class="input" name="name" maxlength="60" required aria-label=${t("Where does it hang?")} placeholder=${t("Where does it hang?")} ref=${(/** @type {HTMLElement | null} */ input) => input?.focus()} />
      <button class="btn tight main">${t("Add")}</button>
      <button type="button" class="btn tight quiet" onClick=${() => done()}>${t("Cancel")}</button>
    </form>`;
}
