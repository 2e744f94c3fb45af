// Whose words they are: one's own, of a source, of others; by sector once a text is closed.
import {html} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {number, t} from "../lib/i18n.js";
import {numbered} from "../lib/marks.js";
import {readPage} from "../lib/page.js";
import {letter, segments, thread} from "./desk-model.js";

/** @typedef {import("../lib/past.js").Past} Past */
/** @typedef {import("../lib/past.js").Moment} Moment */
/** @typedef {import("../lib/past.js").Shares} Shares_ */
/** A room whose words were taken over. @typedef {{id: number, letter: string, thread: string, name: string}} Origin */
/** Words of one class of people. @typedef {{text: string, mine: boolean, origin: Origin | undefined}} Run */

/** Whether sectors may be told. @param {Shares_} shares */
const told = (shares) => Boolean(shares?.rows.length);

/** The rows of the shares, each with a letter and a line. @param {Shares_} shares @returns {Origin[]} */
const rowsOf = (shares) => (shares?.rows ?? []).map(({sectors}, id) => ({id, letter: letter(id), thread: thread(id), name: sectors.map(sectorWord).join(", ")}));

/** @param {string} uuid */
function sectorWord(uuid) {
  if (uuid === "staff") return t("who leads or keeps the minutes");
  return uuid ? readPage().sectors?.[uuid] ?? uuid : t("no sector");
}

/** A text in runs of words of one class: all others look the same. @param {{past: Past, moment: Moment, root: string, shares: Shares_, sources: Origin[]}} of @returns {Run[]} */
export function runsOf({past, moment, root, shares, sources}) {
  if (told(shares)) {
    const rows = rowsOf(shares);
    const text = (moment.roots.get(root) ?? "").normalize("NFC");
    const spans = (shares?.spans ?? []).map(({row, ...span}) => ({...span, source: row}));
    return segments(text, root, spans).map(({text: words, source}) => ({text: words, mine: false, origin: source === null ? undefined : rows[source]}));
  }
  /** @type {Run[]} */
  const runs = [];
  for (const {text, client} of moment.pieces.get(root) ?? []) {
    const mine = past.mine.has(client);
    const origin = sources.find(({id}) => id === past.sources.get(client));
    const last = runs.at(-1);
    if (last && last.mine === mine && last.origin === origin) last.text += text;
    else runs.push({text, mine, origin});
  }
  return runs;
}

/** @param {{past: Past, moment: Moment, root: string, marks: string[], shares: Shares_, sources: Origin[]}} props */
export const Whose = ({marks, ...props}) => html`${runsOf(props).map(({text: raw, mine, origin}, place) => {
  const text = numbered(raw, marks);
  if (!text.trim()) return text;
  if (mine) return html`<span key=${place} class="by-me">${text}<${Me} /></span>`;
  return origin ? html`<span key=${place} class=${`from ${origin.thread}`}>${text}<${Mark} ...${origin} /></span>` : text;
})}`;

const Me = () => html`<b class="src mine-mark"><span class="hidden">(</span>${t("you")}<span class="hidden">)</span></b>`;

/** @param {Origin} props */
const Mark = ({letter: sign, thread: line, name}) => html`<span class=${`src ${line}`}>${sign}<span class="hidden"> ${name}</span></span>`;

/** What the marks mean. @param {{past: Past, moment: Moment, shares: Shares_, sources: Origin[], anonymous: boolean | undefined}} props */
export function WhoseKey({past, moment, shares, sources, anonymous}) {
  const runs = [...moment.roots.keys()].flatMap((root) => runsOf({past, moment, root, shares, sources}));
  const origins = [...new Set(runs.map(({origin}) => origin?.id))].flatMap((id) => (told(shares) ? rowsOf(shares) : sources).filter((origin) => origin.id === id));
  const note = anonymous ? t("This room is anonymous: only your own words are marked, and only for you.") : t("Nobody is named. Who else wrote is never told; by sector it is told once the text is decided on, where enough people wrote.");
  return html`
    <div class="past-key">
      <p class="key">
        ${!told(shares) && html`<span><span class="by-me"><${Me} /></span> ${t("your own words")}</span><span>${t("unmarked: words of others")}</span>`}
        ${origins.map((origin) => html`<span key=${origin.id}><${Mark} ...${origin} name="" /> ${origin.name}</span>`)}
      </p>
      <p class="small"><${Icon} name="lock" /><span>${note}</span></p>
    </div>`;
}

/** By which sectors a text was written that is decided on. @param {{shares: Shares_}} props */
export function Shares({shares}) {
  if (!shares) return null;
  const least = readPage().least ?? 5;
  if (!told(shares)) return html`<p class="note">${t("By sector nothing can be told of this text: fewer than {n} people of one sector wrote it, or all others would be fewer.", {n: least})}</p>`;
  const rows = rowsOf(shares);
  return html`
    <figure class="told-sectors">
      <table class="by-sector">
        <caption>${t("Words that stand in the text, by sector")}</caption>
        <thead class="hidden"><tr><th scope="col">${t("Sector")}</th><th scope="col">${t("Share")}</th></tr></thead>
        <tbody>${shares.rows.map(({share}, place) => {
          const row = /** @type {Origin} */ (rows[place]);
          return html`
          <tr key=${row.id}><th scope="row" dir="auto"><${Mark} ...${row} name="" /> ${row.name}</th>
            <td><div class="favour"><svg class="stack" viewBox="0 0 100 10" preserveAspectRatio="none" aria-hidden="true"><rect class="no" width="100" height="10" /><rect class="yes" width=${share} height="10" /></svg>
              <span class="num">${number(share / 100, {style: "percent"})}</span></div></td></tr>`;
        })}</tbody>
      </table>
      <figcaption class="small">${t("Sectors with fewer than {n} authors are counted together. It is told once, after the decision.", {n: least})}</figcaption>
    </figure>`;
}
