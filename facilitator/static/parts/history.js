// How a draft came about: its versions, any moment of it, two of them side by side, and whose words.
import {html, useEffect, useId, useReducer, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {moment as dayAndTime, hour, said, t, tn} from "../lib/i18n.js";
import {bare, finder, marksIn, numbered} from "../lib/marks.js";
import {Past} from "../lib/past.js";
import {ADDRESSEE, officeOf} from "../lib/addressees.js";
import {levelWord} from "../lib/levels.js";
import {rootOf} from "../lib/steps.js";
import {here, one} from "../lib/store.js";
import {Shares, Whose, WhoseKey} from "./authors.js";
import {Notes} from "./cited.js";
import {compare, counted} from "./compare.js";
import {COLUMNS} from "./reading.js";
import {momentOf, restoreAll, restoreRows, restoreText} from "./restoring.js";
import {field, onSubmit} from "./scene.js";
import {Twice} from "./twice.js";

/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("../lib/past.js").Version} Version */
/** @typedef {import("../lib/past.js").Moment} Moment */
/** @typedef {import("../lib/draft.js").Draft} Draft */
/** @typedef {Pick<import("./scene.js").Scene, "room" | "connection" | "act"> & {leading?: boolean}} Place */
/** A text of the draft with its heading, as it reads now and as it is compared with. @typedef {{root: string, heading: string, now: string, was: string}} Block */

const WIDE = "(min-width: 64rem)";

/** The past of a draft, which grows while one looks. @param {Place} place @param {Thing} recommendation */
function usePast({connection, room}, {id, template, status}) {
  const [past] = useState(() => new Past(id, template.map((/** @type {Thing} */ {key}) => key)));
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  const gone = useRef(false);
  // Each of these says that something may be new: words, a name, a step, a decision.
  const signs = [one(room, "text", id), status, here(room)?.visit, connection.live];
  useEffect(() => void past.look(connection).then((news) => news && !gone.current && again(0)), signs);
  useEffect(() => () => { gone.current = true; }, []);
  return past;
}

/**
 * @param {Place & {recommendation: Thing, draft?: Draft | null, sources?: import("./authors.js").Origin[], find?: import("../lib/marks.js").Find}} props
 *   `draft` where one may write; `sources` where passages have one; `find`: what a mark stands for, where that is no thing of the room
 */
export function History({recommendation, draft = null, sources = [], find, ...place}) {
  const past = usePast(place, recommendation);
  const [chosen, setChosen] = useState(/** @type {number | null} */ (null));
  const [against, setAgainst] = useState(/** @type {number | null} */ (null));
  const [whose, setWhose] = useState(false);
  const [beside, setBeside] = useState(() => matchMedia(WIDE).matches);
  if (past.reason) return html`<p class="status bad"><${Icon} name="refused" />${past.reason}</p>`;
  if (!past.stops.length) return html`<p class="status"><${Icon} name="sending" />${t("one moment")}</p>`;
  const last = past.stops.length - 1;
  const at = chosen === null ? last : past.placeOf({seq: chosen});
  const go = (/** @type {number} */ to) => setChosen(to >= last ? null : past.stops[Math.max(0, to)]?.seq ?? null);
  const moment = past.at(at);
  const before = against === null ? null : past.at(past.placeOf({seq: against}));
  const marks = marksOf(recommendation, [moment, before ?? moment]);
  const blocks = blocksOf(recommendation, moment, before ?? moment, marks);
  const name = `past-${recommendation.id}`;
  return html`
    <div class="past-room"><div class="past">
      <div class="past-side">
      <${Versions} past=${past} at=${at} go=${go} recommendation=${recommendation} ...${place} />
      <${Slider} past=${past} at=${at} go=${go} />
      <div class="row past-tools">
        <${Against} past=${past} at=${at} against=${against} choose=${setAgainst} />
        ${before
          ? html`<span class="row" role="group" aria-label=${t("How to compare")}>
            <button type="button" class="btn tight" aria-pressed=${beside} onClick=${() => setBeside(true)}>${t("Side by side")}</button>
            <button type="button" class="btn tight" aria-pressed=${!beside} onClick=${() => setBeside(false)}>${t("In one text")}</button></span>`
          : html`<label class="check"><input type="checkbox" checked=${whose} onChange=${() => setWhose(!whose)} />${t("Who wrote what")}</label>`}
      </div>
      ${before && html`<${Changes} blocks=${blocks} />`}
      ${whose && !before && html`<${WhoseKey} past=${past} moment=${moment} shares=${at === last ? past.shares : null} sources=${sources} anonymous=${here(place.room)?.anonymous} />`}
      ${draft && html`<${Restore} key=${draft.generation} draft=${draft} moment=${moment} recommendation=${recommendation} />`}
      </div>
      <div class="past-main">
      <div class="past-text">${blocks.map((block) => html`
        <section key=${block.root}>
          <h3>${block.heading}</h3>
          ${before
            ? html`<${Compared} ...${block} beside=${beside} lang=${recommendation.lang} from=${nameOf(past, against ?? 0)} to=${nameOf(past, past.stops[at]?.seq ?? 0)} />`
            : html`<p class="words" lang=${recommendation.lang} dir="auto">${whose && moment.roots.has(block.root)
              ? html`<${Whose} past=${past} moment=${moment} root=${block.root} marks=${marks} shares=${at === last ? past.shares : null} sources=${sources} />`
              : block.now}</p>`}
          ${draft && html`<${RestoreOne} key=${draft.generation} draft=${draft} moment=${moment} root=${block.root} heading=${block.heading} />`}
        </section>`)}
        ${!blocks.length && html`<p class="note">${t("Nothing was written in it yet.")}</p>`}
        <${Notes} marks=${marks} name=${name} find=${find ?? finder(place.room)} />
      </div>
      ${draft?.open && html`<${Naming} seq=${past.stops[at]?.seq} recommendation=${recommendation} act=${place.act} />`}
      <${Shares} shares=${past.shares} />
      </div>
    </div></div>`;
}

/** What the sections cite at some moments. @param {Thing} recommendation @param {Moment[]} moments */
const marksOf = ({template}, moments) => marksIn(moments.flatMap(({roots}) => template.map((/** @type {Thing} */ {key}) => roots.get(`s:${key}`) ?? "")));

/** What there is to read, in its order; what is in neither text is left out. @param {Thing} recommendation @param {Moment} moment @param {Moment} before @param {string[]} marks @returns {Block[]} */
function blocksOf({template}, moment, before, marks) {
  const steps = rowsOfBoth(moment.steps, before.steps);
  const asked = rowsOfBoth(moment.addressees, before.addressees).flatMap((id, place) => /** @type {[string, string][]} */ ([
    [officeOf(id), t("Addressee {n}", {n: place + 1})],
    [levelRoot(id), `${t("Addressee {n}", {n: place + 1})} · ${t("Level")}`],
  ]));
  const at = template.findIndex((/** @type {Thing} */ {key}) => key === ADDRESSEE) + 1;
  const sections = template.map((/** @type {Thing} */ {key, title}) => /** @type {[string, string]} */ ([`s:${key}`, said(title)]));
  /** @type {[string, string][]} */
  const named = [
    ["title", t("Title")],
    ...(at ? [...sections.slice(0, at), ...asked, ...sections.slice(at)] : [...sections, ...asked]),
    ...steps.flatMap((id, place) => COLUMNS.map(([key, word]) => /** @type {[string, string]} */ ([rootOf(id, key), `${t("Step {n}", {n: place + 1})} · ${word()}`]))),
  ];
  return named.map(([root, heading]) => ({root, heading, now: told(root, reads(moment, root), marks), was: told(root, reads(before, root), marks)})).filter(({now, was}) => now.trim() || was.trim());
}

/** Those of now, and behind them those that are no longer there. @param {{id: string}[]} now @param {{id: string}[]} was */
const rowsOfBoth = (now, was) => [...new Set([...now, ...was].map(({id}) => id))];

/** The level of an addressee is no text; it is compared as the word that people read. @param {string} id */
const levelRoot = (id) => `a:${id}:level`;

/** @param {Moment} moment @param {string} root */
function reads(moment, root) {
  const row = moment.addressees.find(({id}) => root === levelRoot(id));
  const office = row && (moment.roots.get(officeOf(row.id)) ?? "");
  return row ? (office?.trim() ? levelWord({office, level: row.level}) : "") : moment.roots.get(root) ?? "";
}

/** A text without the marks themselves: with their numbers where there are notes. @param {string} root @param {string} text @param {string[]} marks */
const told = (root, text, marks) => (root.startsWith("s:") ? numbered(text, marks) : bare(text));

// ---- Where one is in time ----

/** @param {string} at */
const timeOf = (at) => (new Date(at).toDateString() === new Date().toDateString() ? hour(at) : dayAndTime(at));

/** What a version is called. @param {Version} version */
export function versionWords({how, title, step}) {
  if (how === "hand") return title;
  if (how === "adopted") return t("As it was adopted");
  if (how === "cut") return t("Before more than half of it was taken out");
  if (how === "rejected") return t("As it was put to the vote, not adopted");
  return t("At the end of “{step}”", {step: said(step)});
}

/** What a moment is called: by its version, else by its time. @param {Past} past @param {number} seq */
function nameOf(past, seq) {
  if (!seq) return t("The beginning");
  const version = past.versions.find((one) => one.seq === seq);
  const stop = past.stops[past.placeOf({seq})];
  if (version) return versionWords(version);
  return stop === past.stops.at(-1) ? t("As it reads now") : timeOf(stop?.at ?? "");
}

/** @param {Place & {past: Past, at: number, go: (to: number) => void, recommendation: Thing}} props */
function Versions({past, at, go, recommendation, leading, act}) {
  const now = past.stops.length - 1;
  const drop = (/** @type {number} */ id) => act("draft.drop_version", {recommendation: recommendation.id, id});
  return html`
    <ol class="past-versions" aria-label=${t("Versions")}>
      ${past.versions.map((version) => html`
        <li key=${version.id}>
          <button type="button" class="btn" aria-pressed=${past.placeOf(version) === at} onClick=${() => go(past.placeOf(version))}>
            <${Icon} name=${version.how === "hand" ? "pin" : version.how === "adopted" ? "seal" : "history"} /><span class="words" dir="auto">${versionWords(version)}</span> <span class="num">${timeOf(version.at)}</span></button>
          ${leading && version.how === "hand" && html`<${Twice} label=${t("Take the name back: {title}", {title: version.title})} sure=${t("Take the name back")} go=${() => drop(version.id)}><${Icon} name="close" /><//>`}
        </li>`)}
      <li><button type="button" class="btn" aria-pressed=${at === now} onClick=${() => go(now)}><${Icon} name="doc" />${t("As it reads now")}</button></li>
    </ol>`;
}

/** @param {{past: Past, at: number, go: (to: number) => void}} props */
function Slider({past, at, go}) {
  const id = useId();
  const last = past.stops.length - 1;
  const when = timeOf(past.stops[at]?.at ?? "");
  const word = at === last ? t("{time}, as it reads now", {time: when}) : t("{time}, moment {n} of {total}", {time: when, n: at + 1, total: last + 1});
  return html`
    <div class="past-time">
      <label for=${id}>${t("Moment")}</label> <output for=${id} class="num">${word}</output>
      <div class="row">
        <button type="button" class="act" disabled=${at === 0} aria-label=${t("One moment back")} onClick=${() => go(at - 1)}><${Icon} name="back" /></button>
        <input id=${id} type="range" min="0" max=${last} value=${at} aria-valuetext=${word} onInput=${(/** @type {Event} */ event) => go(Number(/** @type {HTMLInputElement} */ (event.currentTarget).value))} />
        <button type="button" class="act" disabled=${at === last} aria-label=${t("One moment on")} onClick=${() => go(at + 1)}><${Icon} name="next" /></button>
      </div>
    </div>`;
}

// ---- Two of them ----

/** @param {{past: Past, at: number, against: number | null, choose: (seq: number | null) => void}} props */
function Against({past, at, against, choose}) {
  const id = useId();
  const seq = past.stops[at]?.seq ?? 0;
  const named = new Map([[0, t("The beginning")], ...past.versions.map((version) => /** @type {[number, string]} */ ([version.seq, `${versionWords(version)} (${timeOf(version.at)})`]))]);
  if (against !== null && !named.has(against)) named.set(against, nameOf(past, against));
  if (!named.has(seq)) named.set(seq, t("This moment ({time})", {time: timeOf(past.stops[at]?.at ?? "")}));
  return html`
    <span class="row"><label for=${id}>${t("Compare with")}</label>
      <select id=${id} class="input" value=${against ?? ""} onChange=${(/** @type {Event} */ event) => {
        const {value} = /** @type {HTMLSelectElement} */ (event.currentTarget);
        choose(value === "" ? null : Number(value));
      }}>
        <option value="">${t("nothing")}</option>
        ${[...named].map(([value, name]) => html`<option key=${value} value=${value}>${name}</option>`)}
      </select></span>`;
}

/** @param {{blocks: Block[]}} props */
function Changes({blocks}) {
  const all = blocks.map(({was, now}) => counted(compare(was, now)));
  const [came, gone] = [all.reduce((n, one) => n + one.came, 0), all.reduce((n, one) => n + one.gone, 0)];
  const told = [came && tn("{n} word new", "{n} words new", came), gone && tn("{n} word taken out", "{n} words taken out", gone)].filter(Boolean);
  const same = blocks.every(({was, now}) => was === now);
  return html`<p class="small" role="status">${told.join(" · ") || (same ? t("Both read the same.") : t("No word differs, only signs and spaces."))}</p>`;
}

/** @param {Block & {beside: boolean, lang: string, from: string, to: string}} props */
function Compared({was, now, beside, lang, from, to}) {
  const parts = compare(was, now);
  if (parts.every(({kind}) => kind === "same")) return html`<p class="words" lang=${lang} dir="auto">${now}</p>`;
  if (!beside) return html`<p class="words" lang=${lang} dir="auto">${parts.map(marked)}</p>`;
  const side = (/** @type {string} */ name, /** @type {"gone" | "new"} */ other) => html`
    <div><p class="note" dir="auto">${name}</p><p class="words" lang=${lang} dir="auto">${parts.filter(({kind}) => kind !== other).map(marked)}</p></div>`;
  return html`<div class="past-two">${side(from, "new")}${side(to, "gone")}</div>`;
}

/** A change says what it is to ears as well. @param {import("./compare.js").Part} part @param {number} place */
function marked({kind, text}, place) {
  if (kind === "gone") return html`<del key=${place}><span class="hidden">${t("taken out:")} </span>${text}<span class="hidden"> ${t("end of what was taken out")} </span></del>`;
  if (kind === "new") return html`<ins key=${place}><span class="hidden">${t("new:")} </span>${text}<span class="hidden"> ${t("end of what is new")} </span></ins>`;
  return text;
}

// ---- Giving a name, and bringing back ----

/** @param {{seq: number | undefined, recommendation: Thing, act: Place["act"]}} props */
function Naming({seq, recommendation, act}) {
  const id = useId();
  const name = onSubmit(async (form) => {
    const title = field(form, "title");
    if (title && await act("draft.name_version", {recommendation: recommendation.id, seq, title})) form.reset();
  });
  return html`
    <form class="row past-name" onSubmit=${name}>
      <label for=${id}>${t("Name this version")}</label>
      <input id=${id} class="input" name="title" maxlength="80" required autocomplete="off" lang=${recommendation.lang} />
      <button class="btn"><${Icon} name="pin" />${t("Name it")}</button>
    </form>`;
}

/** Draw again when the text that is written now changes. @param {Draft} draft */
function useWords(draft) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => {
    const {doc} = draft;
    const tell = () => again(0);
    doc.on("update", tell);
    return () => doc.off("update", tell);
  }, [draft, draft.generation]);
}

/** All of it, as edits that everybody sees; what stood there is one tap away. @param {{draft: Draft, moment: Moment, recommendation: Thing}} props */
function Restore({draft, moment, recommendation}) {
  const [kept, setKept] = useState(/** @type {Moment | null} */ (null));
  useWords(draft);
  const now = momentOf(draft.doc, recommendation.template.map((/** @type {Thing} */ {key}) => key));
  const same = JSON.stringify(readable(now)) === JSON.stringify(readable(moment));
  const bring = (/** @type {Moment} */ to, /** @type {Moment | null} */ undo) => {
    restoreAll(draft.doc, to);
    setKept(undo);
  };
  return html`
    <div class="row" role="status">
      ${!same && !kept && html`<button type="button" class="btn" disabled=${!draft.open} onClick=${() => bring(moment, now)}><${Icon} name="undo" />${t("Bring this version back")}</button>`}
      ${kept && html`<span class="status good"><${Icon} name="yes" />${t("Brought back, for everybody.")}</span>
        <button type="button" class="btn quiet" disabled=${!draft.open} onClick=${() => bring(kept, null)}><${Icon} name="undo" />${t("Undo")}</button>`}
    </div>`;
}

/** What can be read of a moment. @param {Moment} moment */
const readable = ({roots, steps, addressees}) => [[...roots].filter(([, text]) => text).sort(), steps.map(({id}) => id), addressees.map(({id, level}) => [id, level])];

/** One section of it. @param {{draft: Draft, moment: Moment, root: string, heading: string}} props */
function RestoreOne({draft, moment, root, heading}) {
  useWords(draft);
  const rows = root.startsWith("p:") ? "steps" : root.startsWith("a:") ? "addressees" : null;
  const there = !rows || moment[rows].some(({id}) => root.includes(`:${id}:`));
  const now = rows ? reads(momentOf(draft.doc, []), root) : draft.doc.getText(root).toString();
  if (!there || now === reads(moment, root)) return null;
  const word = rows === "steps" ? t("Bring the steps back") : rows ? t("Bring the addressees back") : t("Bring this part back");
  return html`<button type="button" class="btn quiet" disabled=${!draft.open} onClick=${() => (rows ? restoreRows(draft.doc, moment, rows) : restoreText(draft.doc, moment, root))}>
    <${Icon} name="undo" />${word}<span class="hidden">: ${heading}</span></button>`;
}
