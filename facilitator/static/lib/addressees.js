// Whom a recommendation asks. In a draft they are rows of a map, each office a text of its own; the
// section's words, from before there were rows, stay text beside them until somebody makes rows of them.
import {t} from "./i18n.js";
import {bare} from "./marks.js";
import {rowsOf} from "./rows.js";

/** @typedef {import("../vendor/yjs.js").Doc} Doc */
/** @typedef {import("./store.js").Thing} Thing */
/** @typedef {import("./rows.js").Row & {level: string}} Asked a row, and the level that was chosen or "" */

/** The section that the rows stand in. */
export const ADDRESSEE = "addressee";
/** The map of the rows. */
export const ADDRESSEES = "addressees";

/** The root of an office's text. @param {string} id */
export const officeOf = (id) => `a:${id}:office`;

/** The rows of a draft, in their order. @param {Doc} doc @returns {Asked[]} */
export function addresseesOf(doc) {
  const map = doc.getMap(ADDRESSEES);
  return rowsOf(doc, ADDRESSEES).map((row) => ({...row, level: String(map.get(`${row.id}.level`) ?? "")}));
}

/** The rows of a text that one only reads, where an office stands. @param {Thing | undefined} text @returns {{id: string, office: string, level: string}[]} */
export const addresseesIn = (text) => (/** @type {Thing[]} */ (text?.addressees ?? []))
  .map(({id, office, level}) => ({id, office: bare(office).replace(/\s+/g, " ").trim(), level})).filter(({office}) => office);

/** The sections of a text in which something stands; rows are seen in any template. @param {Thing[]} template @param {Thing | undefined} text @returns {Thing[]} */
export function sectionsIn(template, text) {
  const asked = addresseesIn(text).length > 0;
  const known = asked && !template.some(({key}) => key === ADDRESSEE);
  const all = known ? [...template, {key: ADDRESSEE, title: {en: t("Addressees")}}] : template;
  return all.filter(({key}) => text?.sections?.[key]?.trim() || (asked && key === ADDRESSEE));
}
