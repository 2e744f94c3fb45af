// Rooms to draw parts of, and what was asked of the server meanwhile.
import {html, render} from "../../facilitator/static/lib/html.js";
import {Clock} from "../../facilitator/static/lib/clock.js";
import {apply, empty, NOBODY} from "../../facilitator/static/lib/store.js";
import {Screen} from "./dom.mjs";

const PHASES = ["gather", "group", "decide", "draft", "adopt", "closed"];
export const TEMPLATE = [
  {key: "problem", title: {en: "Problem"}, hint: {en: "Who is hurt?"}},
  {key: "proposal", title: {en: "Proposal"}, hint: {}},
];

/** A room in a phase, with things: {idea: [{…}], …}. */
export function room(phase, things = {}, mine = {}, more = {}) {
  const at = PHASES.indexOf(phase);
  const here = {
    id: 1, uuid: "r", sort: "group", title: {en: "Housing"}, number: 2, meeting: "Lublin", code: "CDFHJK",
    questions: [{id: 1, text: {en: "What is missing?"}}, {id: 2, text: {en: "Who can help?"}}], template: TEMPLATE,
    agenda: PHASES.map((name) => ({phase: name, title: {}, minutes: 20})), at, phase, ends_at: null, veiled: false, moderation: "after", ...more,
  };
  const lines = Object.entries({room: [here], people: [{id: 1, seats: 9}], ...things})
    .flatMap(([kind, found]) => found.map((thing) => [kind, String(thing.id), thing]));
  const frame = {since: null, seq: 7, things: lines, mine: {...NOBODY, role: "participant", ...mine}};
  return apply(empty(), frame);
}

export const idea = (id, more = {}) => ({id, sort: "need", question: 1, theme: null, text: `Idea ${id}`, lang: "en", ...more});
export const comment = (id, more = {}) => ({id, idea: 1, text: `Comment ${id}`, lang: "en", ...more});
export const theme = (id, more = {}) => ({id, title: `Theme ${id}`, lang: "en", position: id, ...more});

export function ballot(id, more = {}) {
  const choices = [11, 12].map((choice) => ({id: choice, theme: null, idea: null, label: `Choice ${choice}`, lang: "en"}));
  return {id, question: "What first?", lang: "en", method: "dots", options: {dots: 3}, showing: "live", rule: {}, sectors: [], fixed: false, earlier: null, conclusion: null, is_open: true, recommendation: null, choices, result: null, ...more};
}

export const recommendation = (id, more = {}) =>
  ({id, number: id, theme: null, title: `Text ${id}`, lang: "en", template: TEMPLATE, status: "draft", ...more});

/** Draw a part; `acts` is what it asked for. */
export function draw(Part, of, more = {}) {
  const screen = new Screen();
  const acts = [];
  const inPage = globalThis.document.getElementById;
  globalThis.document.getElementById = (id) => (id === "page" ? {textContent: JSON.stringify(more.page ?? {})} : inPage(id));
  const scene = {
    mine: of.mine,
    act: (name, payload) => {
      acts.push([name, payload]);
      return Promise.resolve({ok: {id: 9}});
    },
    heard: {icon: "saved", tone: "good", word: "saved", sentence: "Everything is saved."},
    waiting: [],
    refused: [],
    dismiss: (op) => acts.push(["dismissed", op]),
    connection: {status: "live", clock: new Clock(), wake() {}, room: of},
    device: {},
    ready: true,
    page: {page: "room", forum: "f", room: "r", lang: "en", tables: 2, qr: "/qr/CODE.svg", screen: "/screen", address: "forum.example"},
    leading: false,
    redraw() {},
    ...more,
  };
  const show = (next, changes = {}) => render(html`<${Part} ...${scene} ...${changes} room=${next} mine=${next.mine} />`, screen.root);
  show(of);
  return Object.assign(screen, {acts, show});
}

/** Preact draws a little later. */
export const drawn = () => new Promise((resolve) => setTimeout(resolve, 20));

/** When something holds that comes by itself, within two seconds. @param {() => boolean} holds */
export async function until(holds) {
  for (let tries = 100; tries && !holds(); tries -= 1) await drawn();
}
