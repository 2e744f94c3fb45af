// Words for people: the browser's half of facilitator/i18n.py. English sentences are the keys.

/** @typedef {Record<string, string | number>} Values */
/** @typedef {Record<string, string>} Localised */

const ORDER = ["zero", "one", "two", "few", "many", "other"];

let language = "en";
/** @type {Record<string, string | string[]>} */
let messages = {};

/** The language of the reader, as a BCP 47 tag. */
export const lang = () => language;

/**
 * Take the words of a language; without them everything is said in English.
 * @param {string} chosen
 * @param {{messages: Record<string, string | string[]>}} [catalogue]
 */
export function speak(chosen, catalogue) {
  language = chosen;
  messages = catalogue?.messages ?? {};
}

/**
 * Fetch the words before the first drawing. A hall whose network hiccups gets English, not a blank.
 * @param {string} chosen
 * @param {string | null} [url]
 */
export async function loadWords(chosen, url) {
  speak(chosen);
  if (!url) return;
  try {
    const answer = await fetch(url);
    if (answer.ok) speak(chosen, await answer.json());
  } catch {
    // English, as said above.
  }
}

/**
 * `sentence` in the language of the reader, with {values} put in place.
 * @param {string} sentence @param {Values} [values]
 */
export const t = (sentence, values) => fill(forms(sentence)[0] ?? sentence, values);

/**
 * The form that goes with `n` things; `{n}` is written as the reader writes numbers.
 * @param {string} one @param {string} many @param {number} n @param {Values} [values]
 */
export function tn(one, many, n, values) {
  const found = forms(one);
  const form = found.length > 1 ? found[pluralForm(language, n, found.length)] : undefined;
  return fill(form ?? (n === 1 ? one : many), {n: number(n), ...values});
}

/**
 * Which of the `count` forms that gettext knows goes with `n`. Its forms stand in the order of the
 * Unicode categories; those it has no form for, such as Czech fractions, take the last one.
 * @param {string} chosen @param {number} n @param {number} count
 */
export function pluralForm(chosen, n, count) {
  const rules = new Intl.PluralRules(chosen);
  const categories = ORDER.filter((name) => rules.resolvedOptions().pluralCategories.some((c) => c === name));
  return Math.min(categories.indexOf(rules.select(n)), count - 1);
}

/**
 * What organisers wrote in several languages: in the reader's, else in the one asked for as
 * second best, else in English, else in the first there is.
 * @param {Localised | null | undefined} localised
 * @param {string} [chosen] @param {string} [fallback]
 */
export function said(localised, chosen = language, fallback = "en") {
  if (!localised) return "";
  return localised[chosen] || localised[fallback] || localised.en || Object.values(localised)[0] || "";
}

/** @type {Map<string, Intl.NumberFormat>} to make one takes a phone longer than to draw an idea */
const writers = new Map();

/** A number as the reader writes it. @param {number} value @param {Intl.NumberFormatOptions} [options] */
export function number(value, options) {
  const key = `${language} ${options ? JSON.stringify(options) : ""}`;
  let writer = writers.get(key);
  if (!writer) writers.set(key, writer = new Intl.NumberFormat(language, options));
  return writer.format(value);
}

/** A day, such as "21 November 2026". @param {string | number | Date} moment */
export const day = (moment) => format(moment, {dateStyle: "long"});

/** A time of day, such as "14:05". @param {string | number | Date} moment */
export const hour = (moment) => format(moment, {timeStyle: "short"});

/** A day and a time. @param {string | number | Date} moment */
export const moment = (moment) => format(moment, {dateStyle: "medium", timeStyle: "short"});

/** The name of a language in the language of the reader. @param {string} code */
export function languageName(code) {
  try {
    return new Intl.DisplayNames([language], {type: "language"}).of(code) ?? code;
  } catch {
    return code;
  }
}

/** Names strung together as the reader does it: "a, b and c". @param {string[]} names */
export const list = (names) => new Intl.ListFormat(language).format(names);

/** @param {string | number | Date} moment @param {Intl.DateTimeFormatOptions} options */
const format = (moment, options) => new Intl.DateTimeFormat(language, options).format(new Date(moment));

/** @param {string} sentence */
function forms(sentence) {
  const found = messages[sentence];
  return (Array.isArray(found) ? found : found ? [found] : []).filter(Boolean);
}

/** @param {string} sentence @param {Values} [values] */
const fill = (sentence, values) => values
  ? sentence.replace(/\{(\w+)\}/g, (whole, name) => String(values[name] ?? whole))
  : sentence;
