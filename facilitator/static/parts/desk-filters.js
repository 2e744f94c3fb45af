// Finding the rooms' recommendations at the desk: by room, meeting, track, vote, addressee and words.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {said, t, tn} from "../lib/i18n.js";
import {LEVELS} from "../lib/levels.js";
import {EVERYTHING} from "./desk-model.js";

/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {import("./desk-model.js").Filter} Filter */
/** @typedef {import("./desk.js").Desk} Desk */

/** @param {{desk: Desk, found: Thing[]}} props */
export function Filters({desk, found}) {
  const {filter, sift, page} = desk;
  const sittings = [...new Set(found.map(({room}) => room.meeting).filter(Boolean))];
  const levels = Object.keys(LEVELS).filter((level) => found.some((card) => card.levels?.includes(level)));
  const there = new Set(found.map(({room}) => room.uuid));
  const rooms = page.rooms.filter((/** @type {Thing} */ {uuid}) => there.has(uuid));
  const more = [filter.track, filter.meeting, filter.room, filter.level].filter(Boolean).length;
  const set = more > 0 || filter.find || filter.where !== EVERYTHING.where || filter.vote !== EVERYTHING.vote;
  return html`
    <label class="hidden" for="find">${t("Search recommendations")}</label>
    <input class="input" id="find" type="search" placeholder=${tn("Search {n} recommendation", "Search {n} recommendations", found.length)}
      value=${filter.find} onInput=${(/** @type {any} */ event) => sift({find: event.target.value})} />
    <div class="filters">
      <${Choice} label=${t("In the document or not")} value=${filter.where} options=${[["left", t("not placed")], ["placed", t("placed")], ["all", t("placed or not")]]} onChange=${(/** @type {Filter["where"]} */ where) => sift({where})} />
      <${Choice} label=${t("Vote of the room")} value=${filter.vote} options=${[["all", t("any vote")], ["adopted", t("adopted")], ["not", t("not adopted")], ["none", t("not voted on")]]} onChange=${(/** @type {Filter["vote"]} */ vote) => sift({vote})} />
    </div>
    <details class="more-filters">
      <summary><${Icon} name="down" />${t("More filters")}${more > 0 && html` <span class="note num">${tn("{n} set", "{n} set", more)}</span>`}</summary>
      <div class="filters">
        ${page.tracks.length > 1 && html`<${Choice} label=${t("Track")} value=${filter.track} options=${[["", t("all tracks")], ...page.tracks.map((/** @type {Thing} */ {uuid, title}) => [uuid, said(title)])]} onChange=${(/** @type {string} */ track) => sift({track})} />`}
        ${sittings.length > 1 && html`<${Choice} label=${t("Meeting")} value=${filter.meeting} options=${[["", t("all meetings")], ...sittings.map((city) => [city, city])]} onChange=${(/** @type {string} */ meeting) => sift({meeting})} />`}
        ${rooms.length > 1 && html`<${Choice} label=${t("Room")} value=${filter.room} options=${[["", t("all rooms")], ...rooms.map((/** @type {Thing} */ {uuid, name}) => [uuid, name])]} onChange=${(/** @type {string} */ room) => sift({room})} />`}
        ${levels.length > 0 && html`<${Choice} label=${t("Addressed to")} value=${filter.level} options=${[["", t("any addressee")], ...levels.map((level) => [level, LEVELS[level]?.()])]} onChange=${(/** @type {string} */ level) => sift({level})} />`}
      </div>
    </details>
    ${set && html`<p class="row"><button class="btn quiet tight" type="button" onClick=${() => sift(EVERYTHING)}><${Icon} name="undo" />${t("Clear the filters")}</button></p>`}`;
}

/** @param {{label: string, value: string, options: [string, string][], onChange: (value: any) => void}} props */
const Choice = ({label, value, options, onChange}) => html`
  <label class="filter"><span class="hidden">${label}</span>
    <select class="input" value=${value} onChange=${(/** @type {any} */ event) => onChange(event.target.value)}>
      ${options.map(([key, words]) => html`<option key=${key} value=${key} selected=${key === value}>${words}</option>`)}
    </select></label>`;
