// Recommendations on the wall, as they are being written.
import {html} from "../lib/html.js";
import {said, t, tn} from "../lib/i18n.js";
import {ADDRESSEE, addresseesIn, sectionsIn} from "../lib/addressees.js";
import {levelWord} from "../lib/levels.js";
import {bare, figured, finder, marksIn} from "../lib/marks.js";
import {wordsOf} from "../lib/preview.js";
import {all, one} from "../lib/store.js";
import {layout, pieces} from "./board-model.js";
import {usePages} from "./board-columns.js";
import {Nothing} from "./board-nothing.js";
import {Ask} from "./board-ask.js";
import {Amendments, Conflicts, Waiting} from "./board-suggestions.js";
import {Fitted, Paged} from "./fit.js";
import {reopeningsOf} from "./reopened.js";
import {reservationsOn} from "./reservations.js";

/** @typedef {import("../lib/store.js").Room} Room */
/** @typedef {import("../lib/store.js").Thing} Thing */
/** @typedef {{key: string, heading: string, text: string, lang: string}} Piece */

/** @param {{room: Room, head: any, title: string}} props */
export function Drafts({room, head: Ask, title}) {
  const drafts = all(room, "recommendation");
  const {rows, columns, perPage} = layout(drafts.length);
  const {page, pager} = usePages(drafts.length, perPage);
  if (!drafts.length) {
    return html`<${Ask} room=${room} title=${title} /><${Nothing} said=${t("Nobody has begun a recommendation yet.")} />`;
  }
  const shown = drafts.slice(page * perPage, (page + 1) * perPage);
  return html`
    <${Ask} room=${room} title=${title} />
    <div class=${`clusters rows-${rows} wide-${columns}`}>${shown.map((draft) => html`
      <section class="cluster draft-on-wall" key=${draft.id}>
        <header>
          <p class="n">${draft.number}</p>
          <h2 lang=${draft.lang} dir="auto">${draft.title || t("Without a title")}</h2>
          <${Waiting} room=${room} recommendation=${draft} />
          <${Conflicts} room=${room} recommendation=${draft} />
        </header>
        <${TextOf} room=${room} recommendation=${draft} />
      </section>`)}</div>
    ${pager}`;
}

/** One draft as reading text, page by page. @param {{room: Room, id: number, turned: number}} props */
export function Reading({room, id, turned}) {
  const draft = one(room, "recommendation", id);
  if (!draft) return html`<${Nothing} said=${t("This is no longer here.")} />`;
  const found = [...textPieces(draft, one(room, "text", id)), ...carriedPieces(room, draft)];
  return html`
    <${Ask} room=${room} title=${draft.title || t("Without a title")} lang=${draft.lang} />
    ${one(room, "motion", id) ? html`<${Amendments} room=${room} recommendation=${draft} />` : html`<${Conflicts} room=${room} recommendation=${draft} />`}
    ${found.length ? html`<${Paged} class="text-on-wall reading" items=${found} page=${turned} draw=${Passage} />` : html`<${Nothing} said=${t("No words yet.")} />`}`;
}

/** The text in pieces, as much as fits. @param {{room: Room, recommendation: Thing}} props */
export function TextOf({room, recommendation}) {
  const text = one(room, "text", recommendation.id);
  const found = [...textPieces(recommendation, text), ...carriedPieces(room, recommendation)];
  if (!found.length) return html`<p class="note">${t("No words yet.")}</p>`;
  return html`<${Fitted} class="text-on-wall" inOrder items=${found} draw=${Passage} count=${(/** @type {number} */ n) => tn("and {n} more paragraph", "and {n} more paragraphs", n)} />`;
}

/** @param {Piece} piece */
const Passage = ({key, heading, text, lang}) => html`
  <li key=${key}>${heading && html`<b class="heading">${heading}</b>`}<span lang=${lang} dir="auto">${text}</span></li>`;

/**
 * Sections in the order of the template, then the steps.
 * @param {Thing} recommendation @param {Thing | undefined} text @returns {Piece[]}
 */
export function textPieces({template, lang}, text) {
  const marks = marksOf(template, text);
  const asked = addresseesIn(text).map((row) => `${row.office} (${levelWord(row)})`);
  const sections = sectionsIn(template, text).flatMap(({key, title}) => [...(key === ADDRESSEE ? asked : []), ...pieces(wordsOf(text?.sections?.[key] ?? ""))]
    .map((piece, place) => ({key: `${key}${place}`, heading: place ? "" : said(title), text: figured(piece, marks), lang})));
  const steps = (/** @type {Thing[]} */ (text?.steps ?? [])).filter(({what}) => what).map((step, place) => ({
    key: step.id,
    heading: place ? "" : t("Steps"),
    text: bare([`${place + 1}. ${step.what}`, step.who, step.by].filter(Boolean).join(" · ")),
    lang,
  }));
  return [...sections, ...steps];
}

/** What the sections of a text cite. @param {Thing[]} template @param {Thing | undefined} text */
const marksOf = (template, text) => marksIn(template.map(({key}) => text?.sections?.[key] ?? ""));

/** What stands below a text: why it was opened again, what is reserved on it, and its notes. @param {Room} room @param {Thing} recommendation @returns {Piece[]} */
export function carriedPieces(room, {id, template, status}) {
  const reopened = status === "draft" ? reopeningsOf(room, id).slice(0, 1).map(({text, lang}) => ({
    key: "reopened", heading: t("Opened again after the vote:"), text, lang,
  })) : [];
  const reserved = reservationsOn(room, id).map(({id: key, text, lang}, place) => ({
    key: `reservation${key}`, heading: place ? "" : t("Reservations"), text, lang,
  }));
  const notes = marksOf(template, one(room, "text", id)).map((mark, place) => {
    const thing = finder(room)(mark);
    const words = thing ? [thing.title, thing.text].filter(Boolean).join(": ") : t("This source is no longer shown.");
    return {key: mark, heading: place ? "" : t("Notes"), text: `${place + 1}. ${words}`, lang: thing?.lang ?? ""};
  });
  return [...reopened, ...reserved, ...notes];
}
