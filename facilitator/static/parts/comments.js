// What is said of an idea, under it: a number, and the words for who asks for them.
import {html, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, languageName, number, t, tn} from "../lib/i18n.js";
import {all, one} from "../lib/store.js";
import {StateWord, useMenu, Withdrawn} from "./moderating.js";
import {Say} from "./say.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./scene.js").Act} Act */
/**
 * The comments on one idea, as one person has them before them.
 * @typedef {object} Talk
 * @property {boolean} open whether there is a place to write
 * @property {boolean} shown
 * @property {Thing[]} seen those that are listed
 * @property {number} fresh how many have come in since
 * @property {Act[]} unsent
 * @property {() => void} toggle shows them, or what is new; hides them when nothing is
 * @property {boolean} eager whether one has come to write
 */

/** @type {WeakMap<Record<string, Thing>, Map<number, Thing[]>>} one sorting for all ideas of a drawing */
const sorted = new WeakMap();

/** The comments on an idea, oldest first. @param {Scene["room"]} room @param {number} idea @returns {Thing[]} */
export function commentsOn(room, idea) {
  const shelf = room.things.comment;
  if (!shelf) return [];
  let byIdea = sorted.get(shelf);
  if (!byIdea) sorted.set(shelf, byIdea = grouped(all(room, "comment")));
  return byIdea.get(idea) ?? [];
}

/** One's own under an idea that not everybody sees. @param {Scene["room"]} room @param {Scene["mine"]} mine @param {number} idea */
const apart = (room, mine, idea) => mine.unshown.filter((words) => words.thing === "comment" && words.idea === idea && !one(room, "comment", words.id));

/** @param {Thing[]} comments */
function grouped(comments) {
  /** @type {Map<number, Thing[]>} */
  const byIdea = new Map();
  for (const comment of comments) byIdea.set(comment.idea, [...byIdea.get(comment.idea) ?? [], comment]);
  return byIdea;
}

/** What is said of an idea. What others add while one reads waits, so that nothing moves. @param {Scene & {idea: Thing, phase: string}} scene @returns {Talk} */
export function useTalk({room, mine, waiting, idea, phase}) {
  const [known, setKnown] = useState(/** @type {Set<number> | null} */ (null));
  const [eager, setEager] = useState(false);
  const unsent = waiting.filter(({name, payload}) => name === "comment.post" && payload.idea === idea.id);
  const sending = unsent.map(({payload}) => payload.text);
  // One's own may be heard of before one hears that it is stored.
  const isSending = (/** @type {Thing} */ {id, text}) => !known?.has(id) && !mine.comments.includes(id) && sending.includes(text);
  const comments = [...commentsOn(room, idea.id).filter((comment) => !isSending(comment)), ...apart(room, mine, idea.id)].sort((a, b) => a.id - b.id);
  const seen = known ? comments.filter(({id}) => known.has(id) || mine.comments.includes(id)) : comments;
  const fresh = comments.length - seen.length;
  const toggle = () => {
    setEager(!known && !comments.length);
    setKnown(known && !fresh ? null : new Set(comments.map(({id}) => id)));
  };
  return {open: ["gather", "group", "decide"].includes(phase), shown: known !== null, seen, fresh, unsent, toggle, eager};
}

/** How many comments there are, and how many are new: a number on the corner, which moves nothing. @param {{idea: Thing, talk: Talk}} props */
export function CommentsToggle({idea, talk: {open, shown, seen, fresh, unsent, toggle}}) {
  const many = seen.filter(({state}) => state !== "withdrawn").length + unsent.length;
  if (!open && !many && !fresh) return null;
  const words = many ? tn("{n} comment", "{n} comments", many) : t("Comment");
  return html`
    <button type="button" class="act" aria-expanded=${shown} aria-controls=${shown ? `comments-${idea.id}` : undefined} onClick=${toggle}>
      <${Icon} name="comment" />${words}
      ${fresh > 0 && html`
        <b class="more num" aria-hidden="true">+${number(fresh)}</b><span class="hidden">, ${tn("{n} new comment", "{n} new comments", fresh)}</span>`}</button>`;
}

/** @param {Scene & {idea: Thing, talk: Talk}} props */
export function Comments({idea, talk: {open, seen, unsent, eager}, ...scene}) {
  return html`
    <section class="comments" id=${`comments-${idea.id}`} aria-label=${t("Comments")}>
      ${seen.length + unsent.length > 0 && html`
        <ul>
          ${seen.map((comment) => html`<${Comment} key=${comment.id} comment=${comment} open=${open} ...${scene} />`)}
          ${unsent.map(({op, payload}) => html`<${Unsent} key=${op} payload=${payload} heard=${scene.heard} />`)}
        </ul>`}
      ${open && html`<${Say} jot=${`comment ${scene.page.room} ${scene.page.page} ${idea.id}`} name=${t("Your comment")} asked=${t("Write a comment")} eager=${eager} locked=${scene.locked}
        send=${(/** @type {string} */ text) => void scene.act("comment.post", {idea: idea.id, text, lang: lang()})} />`}
    </section>`;
}

/** @param {Scene & {comment: Thing, open: boolean}} props */
function Comment({comment, open, ...scene}) {
  const own = scene.mine.comments.includes(comment.id);
  const menu = useMenu({...scene, kind: "comment", id: comment.id, own});
  const withdraw = () => scene.act("comment.withdraw", {id: comment.id});
  if (comment.state === "withdrawn") return html`<${Withdrawn} words=${comment} kind="comment" act=${scene.act} />`;
  return html`
    <li class=${comment.state ? "comment apart" : "comment"}>
      <p class="words" lang=${comment.lang} dir="auto">${comment.text}</p>
      ${comment.lang !== lang() && html`<abbr title=${languageName(comment.lang)}>${comment.lang.toUpperCase()}</abbr>`}
      <${StateWord} words=${comment} />
      ${own && !open && html`<span class="status">${t("yours")}</span>`}
      ${own && open && comment.state !== "hidden" && html`<button type="button" class="act" onClick=${withdraw}>${t("Withdraw")}</button>`}
      ${!comment.state && menu.button}
      ${!comment.state && menu.menu}
    </li>`;
}

/** @param {{payload: Record<string, any>, heard: Scene["heard"]}} props */
const Unsent = ({payload, heard}) => html`
  <li class="comment unsent">
    <p class="words" lang=${payload.lang} dir="auto">${payload.text}</p>
    <span class=${`status ${heard.tone === "warn" ? "warn" : ""}`}>
      <${Icon} name=${heard.tone === "warn" ? "waiting" : "sending"} />${heard.tone === "warn" ? t("waiting") : t("sending")}</span>
  </li>`;
