// Who is in the room, for who leads it: how many, of which sectors, and how many are quiet. Never who.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t, tn} from "../lib/i18n.js";
import {here, one} from "../lib/store.js";
import {steerOf} from "./light.js";
import {firstTap} from "./scene.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */

/** Milliseconds between two nudges, as on the server. */
const NUDGE_PAUSE = 3 * 60_000;

/** A share in quarters, in words. @type {(() => string)[]} */
const SHARES = [
  () => t("less than a quarter have contributed"),
  () => t("a quarter or more have contributed"),
  () => t("half or more have contributed"),
  () => t("three quarters or more have contributed"),
];

/** How a room is doing, as last counted. @param {Scene["room"]} room @returns {Thing} */
export const watchOf = (room) => one(room, "watch", here(room)?.id ?? 0) ?? {};

/** @param {Scene & {at: Thing}} props */
export function People({room, page, act, connection, at}) {
  const {seats = one(room, "people", at.id)?.seats ?? 0, here: connected, quiet, sectors = []} = watchOf(room);
  return html`
    <section>
      <h2>${t("People")}<span class="note push num">${connected !== undefined && t("{n} of {total} connected", {n: number(connected), total: number(seats)})}</span></h2>
      ${sectors.length ? html`<${Sectors} sectors=${sectors} seats=${seats} names=${page.sectors ?? {}} least=${page.least} />`
        : html`<p class="big num"><${Icon} name="people" />${number(seats)} <span class="note">${tn("person in the room", "people in the room", seats)}</span></p>`}
    </section>
    ${seats > 0 && quiet !== undefined && at.phase !== "closed" && html`<${Quiet} room=${room} act=${act} connection=${connection} seats=${seats} quiet=${quiet} />`}`;
}

/** @param {{sectors: Thing[], seats: number, names: Record<string, string>, least: number}} props */
function Sectors({sectors, seats, names, least}) {
  const name = (/** @type {string[]} */ uuids) => uuids.map((uuid) => names[uuid] ?? t("no sector")).join(", ");
  const large = sectors.filter((row) => row.seats !== null);
  const small = sectors.filter((row) => row.seats === null);
  return html`
    <table class="seats">
      <caption class="hidden">${t("Seats of each sector, and the share that has contributed in this step")}</caption>
      <tbody>
        ${large.map((row) => html`
          <tr key=${row.sectors.join()}><th scope="row">${name(row.sectors)}</th><td class="bar">${row.share !== null && html`<${Share} share=${row.share} />`}</td><td>${number(row.seats)}</td></tr>`)}
        ${small.length > 0 && html`
          <tr class="few"><th scope="row" colspan="2">${small.map((row) => name(row.sectors)).join(", ")}</th><td class="note">${t("fewer than {n} each", {n: least})}</td></tr>`}
      </tbody>
      <tfoot><tr><th scope="row" colspan="2">${t("all")}</th><td>${number(seats)}</td></tr></tfoot>
    </table>`;
}

/** @param {{share: number}} props */
const Share = ({share}) => html`
  <svg viewBox="0 0 80 10" preserveAspectRatio="none" role="img" aria-label=${SHARES[share]?.()}>
    <rect class="quiet" x=".5" y=".5" width="79" height="9" /><rect class="spoke" width=${10 + 20 * share} height="10" /></svg>`;

/** @param {Pick<Scene, "room" | "act" | "connection"> & {seats: number, quiet: number}} props */
function Quiet({room, act, connection, seats, quiet}) {
  const {nudge} = steerOf(room);
  const recent = nudge && nudge.visit === here(room)?.visit && connection.clock.now() - Date.parse(nudge.at) < NUDGE_PAUSE;
  return html`
    <section>
      <p class="small">${quiet
        ? html`<b class="num">${t("{n} of {total}", {n: number(quiet), total: number(seats)})}</b> ${t("have not contributed in this step.")}`
        : t("Everybody has contributed in this step.")}</p>
      ${quiet > 0 && html`<div class="row"><button type="button" class="btn tight" disabled=${recent} onClick=${firstTap(() => void act("room.nudge", {}))}><${Icon} name="comment" />${recent ? t("Nudged a moment ago") : t("Nudge the quiet")}</button></div>`}
    </section>`;
}

/** The way in, folded away: the code stands in the header. @param {{page: Scene["page"], at: Thing}} props */
export const WayIn = ({page, at}) => html`
  <section class="come-in">
    <img src=${page.qr.replace("CODE", at.code)} alt=${t("QR code to come in")} width="240" height="240" />
    <p class="small">${t("Or type the code at")}<br /><b>${page.address}</b></p>
    <p class="code num">${at.code}</p>
  </section>`;
