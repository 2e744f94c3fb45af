// The suggestions on a part of a draft, a section, the title or a row: what they change, what is said of them, what became of them.
import {html, useEffect, useReducer, useRef, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {lang, number, t, tn} from "../lib/i18n.js";
import {bare} from "../lib/marks.js";
import {editOf, finder} from "../lib/passages.js";
import {one} from "../lib/store.js";
import {toBase64} from "../lib/updates.js";
import {Difference, sameWords} from "./difference.js";
import {Replies, repliesTo} from "./replies.js";
import {lastWaiting, onSubmit} from "./scene.js";
import {Suggest} from "./suggest.js";
import {difference, fromTheEnd, grouped, inContext, landing, sentenceAt, shortened, suggestionsOn} from "./suggestions-model.js";
import {Twice} from "./twice.js";

/** @typedef {import("../lib/draft.js").Draft} Draft */
/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./suggest.js").Part} Part */
/** @typedef {Scene & {draft: Draft, recommendation: Thing, parts: Part[]}} Place */

/** Characters of the word with which one is declined. */
const LONGEST_ANSWER = 200;

/** What stands below a part, which may be made of several texts. @param {Scene & {draft: Draft | null, recommendation: Thing, parts: Part[], name: string}} props */
export function Suggestions({draft, ...props}) {
  const {room, waiting, recommendation, parts} = props;
  const roots = parts.map(({root}) => root);
  const empty = useFollowing(draft, roots);
  if (!draft) return null;
  const made = suggestionsOn(room, recommendation.id, roots).filter((each) => each.put !== null || speaks(props, each));
  const open = grouped(made.filter(({outcome}) => outcome === "open"));
  const answered = made.filter(({outcome}) => outcome !== "open");
  const unsent = waiting.filter(({name, payload}) => name === "suggestion.make" && payload.recommendation === recommendation.id && roots.includes(payload.root));
  const place = {...props, draft};
  return html`
    <${Suggest} ...${place} empty=${empty} />
    ${open.map((group) => html`
      <section key=${group[0]?.id} class=${group.length > 1 ? "conflict" : undefined} aria-label=${group.length > 1 ? sameWords(group.length) : undefined}>
        ${group.length > 1 && html`<p class="status warn"><${Icon} name="split" />${sameWords(group.length)}</p>`}
        ${group.map((suggestion) => html`<${Suggestion} key=${suggestion.id} ...${place} suggestion=${suggestion} />`)}
      </section>`)}
    ${unsent.map(({op, payload}) => html`<${Unsent} key=${op} payload=${payload} lang=${recommendation.lang} />`)}
    ${answered.length > 0 && html`
      <details class="fold answered">
        <summary><${Icon} name="down" />${tn("{n} answered", "{n} answered", answered.length)}<span class="hidden">: ${props.name}</span></summary>
        ${answered.map((suggestion) => html`<${Answered} key=${suggestion.id} ...${props} suggestion=${suggestion} />`)}
      </details>`}`;
}

/** A comment says nothing where its words wait, or were hidden. @param {Pick<Scene, "room" | "mine">} scene @param {Thing} suggestion */
const speaks = (scene, {id}) => repliesTo(scene, id).length > 0;

/** What the text is called that a suggestion is about, where there are several. @param {Part[]} parts @param {Thing} suggestion */
const nameOf = (parts, {root}) => (parts.length > 1 ? parts.find((part) => part.root === root)?.name : undefined);

/** Be drawn again when the texts change; whether there are no words in them. @param {Draft | null} draft @param {string[]} roots */
function useFollowing(draft, roots) {
  const [, again] = useReducer((/** @type {number} */ n) => n + 1, 0);
  useEffect(() => {
    if (!draft) return undefined;
    const texts = roots.map((root) => draft.text(root));
    const tell = () => again(0);
    texts.forEach((text) => text.observe(tell));
    return () => texts.forEach((text) => text.unobserve(tell));
  }, [draft, draft?.generation, roots.join(" ")]);
  return !roots.some((root) => draft?.text(root).toString().trim());
}

/** Where a suggestion is in the text as it reads now. @param {Draft} draft @param {Thing} suggestion */
function placed(draft, suggestion) {
  if (draft.epoch !== null && suggestion.epoch !== draft.epoch) return {splices: null, anew: true, reads: ""};
  const text = draft.text(suggestion.root);
  const [words, find] = [text.toString(), finder(text)];
  const splices = landing(suggestion, words, find);
  const [client, clock] = suggestion.units[0] ?? [0, 0];
  return {splices, anew: false, reads: splices ? "" : sentenceAt(words, find(client, clock)?.index ?? 0)};
}

/** One that waits for an answer. @param {Place & {suggestion: Thing}} props */
function Suggestion({suggestion, ...scene}) {
  const {draft, recommendation, parts, act, mine, leading, waiting, locked} = scene;
  const {id, root, put, quote} = suggestion;
  const part = nameOf(parts, suggestion);
  const [doing, setDoing] = useState("");
  const {splices, anew, reads} = placed(draft, suggestion);
  const own = (mine.suggestions ?? []).includes(id);
  const busy = Boolean(lastWaiting(waiting, "suggestion.accept", (payload) => payload.id === id));
  const change = put !== null;
  // In a plenary only who leads it says what the document takes up.
  const decides = leading || !one(scene.room, "motion", recommendation.id);
  const fits = splices !== null && !anew;
  const accept = () => {
    if (!splices || busy) return;
    void act("suggestion.accept", {id, epoch: draft.epoch, update: toBase64(editOf(draft.text(root), root, fromTheEnd(splices)))});
  };
  const decline = (/** @type {string} */ text) => {
    void act("suggestion.decline", {id, text, lang: lang()});
    setDoing("");
  };
  return html`
    <article class="change t2" id=${`suggestion-${id}`} aria-labelledby=${`suggestion-${id}-name`}>
      <h3 id=${`suggestion-${id}-name`}><${Icon} name=${change ? "suggest" : "comment"} />${change ? t("Suggested change") : t("Comment")}${part && `: ${part}`}${own && html` <span class="status">${t("yours")}</span>`}</h3>
      ${change
        ? html`<${Difference} pieces=${shortened(fits ? inContext(draft.text(root).toString(), splices) : difference(quote, put))} lang=${recommendation.lang} />`
        : html`<blockquote class="cited"><${Icon} name="cite" /><p class="words" lang=${recommendation.lang} dir="auto">${shortened([{kind: "same", text: bare(quote)}, {kind: "ins", text: ""}], 120)[0]?.text}</p></blockquote>`}
      ${change && !fits && html`<${Moved} anew=${anew} reads=${reads} put=${put} lang=${recommendation.lang} />`}
      <${Replies} ...${scene} suggestion=${suggestion} open=${draft.open} writing=${doing === "reply"} />
      ${change && html`<${Stances} ...${scene} id=${id} />`}
      <div class="row">
        ${change && decides && html`<button type="button" class="btn main tight" disabled=${!fits || busy || !draft.open || locked} onClick=${accept}><${Icon} name=${busy ? "sending" : "saved"} />${busy ? t("sending") : t("Accept")}</button>`}
        ${decides && (change
          ? html`<button type="button" class="btn tight" aria-expanded=${doing === "decline"} disabled=${!draft.open} onClick=${() => setDoing(doing === "decline" ? "" : "decline")}>${t("Keep the text")}</button>`
          : html`<button type="button" class="btn tight" disabled=${!draft.open || locked} onClick=${() => decline("")}><${Icon} name="saved" />${t("Settled")}</button>`)}
        <button type="button" class="btn quiet tight" aria-expanded=${doing === "reply"} disabled=${!draft.open} onClick=${() => setDoing(doing === "reply" ? "" : "reply")}><${Icon} name="comment" />${t("Reply")}</button>
        ${((own && change) || leading) && html`<${Twice} class="btn quiet tight" sure=${t("Delete it with its replies")} go=${() => act("suggestion.withdraw", {id})}>${own && change ? t("Withdraw the suggestion") : t("Take out")}<//>`}
      </div>
      ${doing === "decline" && html`<${Decline} id=${id} decline=${decline} cancel=${() => setDoing("")} />`}
    </article>`;
}

/** The words it would change are not there any more. @param {{anew: boolean, reads: string, put: string, lang: string}} props */
const Moved = ({anew, reads, put, lang: spoken}) => html`
  <div class="moved-on">
    <p class="status warn long"><${Icon} name="warn" />${anew ? t("The text was begun anew since. Copy the words and put them in yourself.") : t("These words have changed since. Copy what is suggested and put it in yourself.")}</p>
    ${reads && html`<p class="small">${t("Now it reads:")} <span class="words" lang=${spoken} dir="auto">${bare(reads)}</span></p>`}
    ${navigator.clipboard && put && html`<button type="button" class="btn tight" onClick=${() => navigator.clipboard.writeText(put)}><${Icon} name="cite" />${t("Copy")}</button>`}
  </div>`;

/** How many agree, and whether one does. @param {Place & {id: number}} props */
function Stances({id, room, mine, waiting, act, locked}) {
  const {agree = 0, disagree = 0} = one(room, "stances", id) ?? {};
  if (!mine.seat) return agree + disagree > 0 && html`<p class="small num">${tn("{n} agrees", "{n} agree", agree)} · ${tn("{n} disagrees", "{n} disagree", disagree)}</p>`;
  const said = lastWaiting(waiting, "suggestion.back", (payload) => payload.id === id);
  const stance = said ? said.payload.agrees : mine.stances?.[id] ?? null;
  const say = (/** @type {boolean} */ agrees) => void act("suggestion.back", {id, agrees: stance === agrees ? null : agrees});
  return html`
    <div class="row stances" role="group" aria-label=${t("Do you agree?")}>
      <button type="button" class="act" aria-pressed=${stance === true} disabled=${locked} onClick=${() => say(true)}><${Icon} name="yes" />${t("Agree")} <b class="num">${number(agree)}</b></button>
      <button type="button" class="act" aria-pressed=${stance === false} disabled=${locked} onClick=${() => say(false)}><${Icon} name="no" />${t("Disagree")} <b class="num">${number(disagree)}</b></button>
    </div>`;
}

/** Why the text stays as it is. @param {{id: number, decline: (text: string) => void, cancel: () => void}} props */
function Decline({id, decline, cancel}) {
  const [text, setText] = useState("");
  const input = useRef(/** @type {HTMLInputElement | null} */ (null));
  useEffect(() => input.current?.focus(), []);
  return html`
    <form class="declining" onSubmit=${onSubmit(() => text.trim() && decline(text.trim()))}>
      <div class="field"><label for=${`decline-${id}`}>${t("Why does the text stay as it is?")}</label>
        <input ref=${input} id=${`decline-${id}`} class="input" type="text" maxlength=${LONGEST_ANSWER} autocomplete="off" dir="auto" lang=${lang()} value=${text}
          onInput=${(/** @type {InputEvent} */ event) => setText(/** @type {HTMLInputElement} */ (event.target).value)} /></div>
      <div class="row"><button class="btn tight" disabled=${!text.trim()}>${t("Decline the suggestion")}</button>
        <button type="button" class="btn quiet tight" onClick=${cancel}>${t("Cancel")}</button></div>
    </form>`;
}

/** One on its way. @param {{payload: Record<string, any>, lang: string}} props */
const Unsent = ({payload: {quote, put, text, lang: said}, lang: spoken}) => html`
  <article class="change t2 unsent">
    ${put === null ? null : html`<${Difference} pieces=${shortened(difference(quote, put))} lang=${spoken} />`}
    ${text && html`<p class="small" lang=${said} dir="auto">${text}</p>`}
    <p class="status"><${Icon} name="sending" />${t("sending")}</p>
  </article>`;

/** What became of one. @param {Scene & {recommendation: Thing, parts: Part[], suggestion: Thing}} props */
function Answered({suggestion, recommendation, parts, ...scene}) {
  const {id, outcome, put, quote, answer} = suggestion;
  const accepted = outcome === "accepted";
  const part = nameOf(parts, suggestion);
  const word = put === null ? t("settled") : accepted ? t("accepted by the room") : t("declined");
  return html`
    <article class="change t2 closed">
      <p class=${accepted || put === null ? "status good" : "status"}><${Icon} name=${accepted || put === null ? "saved" : "close"} />${part && `${part}: `}${word}</p>
      ${put !== null && html`<${Difference} pieces=${shortened(difference(quote, put), 60)} lang=${recommendation.lang} />`}
      ${answer?.text && html`<p class="small" lang=${answer.lang} dir="auto">${answer.text}</p>`}
      <${Replies} ...${scene} suggestion=${suggestion} open=${false} writing=${false} />
      ${scene.leading && html`<div class="row"><${Twice} class="act" sure=${t("Delete it with its replies")} go=${() => scene.act("suggestion.withdraw", {id})}>${t("Take out")}<//></div>`}
    </article>`;
}
