import assert from "node:assert/strict";
import {readFileSync} from "node:fs";
import test from "node:test";

const sheet = (name) => readFileSync(new URL(`../../facilitator/static/css/${name}.css`, import.meta.url), "utf8");
const [tokens, page, board] = ["tokens", "page", "board"].map(sheet);

/** The values of a block: {"--ink": "#12231f", …}. */
function values(selector) {
  const from = tokens.search(new RegExp(`^ *${selector.replace(/[[\]()]/g, "\\$&")} {`, "m"));
  assert.ok(from >= 0, selector);
  const block = tokens.slice(from, tokens.indexOf("}", from));
  return Object.fromEntries([...block.matchAll(/(--[\w-]+): ([^;]+);/g)].map(([, name, value]) => [name, value]));
}

const light = values(":root");
const dark = values(":root:not([data-theme])");
const themes = {
  light,
  dark: {...light, ...dark},
  projector: {...light, ...values('[data-theme="projector"]')},
  "projector-dark": {...light, ...dark, ...values('[data-theme="projector-dark"]')},
};

test("dark by the device and dark by choice are the same", () => {
  assert.deepEqual(values('[data-theme="dark"], [data-theme="projector-dark"]'), dark);
});

/** The contrast of two colours, by WCAG 2. */
function contrast(a, b) {
  const light = (colour) => [1, 3, 5].map((at) => parseInt(colour.slice(at, at + 2), 16) / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const [more, less] = [light(a), light(b)].sort((x, y) => y - x);
  return (more + 0.05) / (less + 0.05);
}

for (const [theme, value] of Object.entries(themes)) {
  const hall = theme.startsWith("projector");
  const papers = hall ? ["ground", "sheet"] : ["ground", "sheet", "sunk"];
  const wanted = [
    ...papers.map((paper) => ["ink", paper, 7]),
    ...papers.map((paper) => ["ink-2", paper, hall ? 7 : paper === "sunk" ? 6.5 : 7]),
    ...papers.map((paper) => ["ink-3", paper, hall ? 7 : 4.5]),
    ...["act", "good", "warn", "bad"].map((ink) => [ink, "sheet", 4.5]),
    ["on-mark", "mark", hall ? 7 : 4.5], ["on-solid", "solid", 4.5], ["edge", "ground", 3], ["edge", "sheet", 3],
    ...[1, 2, 3, 4, 5, 6].map((n) => [`t${n}`, `t${n}-soft`, 4.5]),
    ["added", "added-soft", 4.5], ["cut", "cut-soft", 4.5], ["ink", "mark-soft", 4.5],
  ];
  test(`the colours of ${theme} can be read`, () => {
    const faint = wanted.filter(([ink, paper, least]) => contrast(value[`--${ink}`], value[`--${paper}`]) < least);
    assert.deepEqual(faint, []);
  });
}

test("every value that is used has a name, or is set where it is used", () => {
  const known = new Set([...Object.keys(light), "--t", "--t-soft", "--style"]);
  for (const css of [tokens, page, board]) {
    for (const [, name] of css.matchAll(/var\((--[\w-]+)/g)) assert.ok(known.has(name), name);
  }
});

test("colours are named in tokens.css and nowhere else, but for white under a code", () => {
  for (const css of [page, board]) {
    const found = [...css.matchAll(/#[0-9a-f]{3,8}\b/gi)].map(([colour]) => colour);
    assert.deepEqual(found.filter((colour) => colour !== "#fff" && colour !== "#000"), []);
  }
});

test("a rule with :has() stands alone, so that old phones drop nothing else with it", () => {
  for (const css of [page, board]) {
    for (const [, selectors] of css.matchAll(/^([^@{}\n]*:has\([^{}\n]*)\{/gm)) assert.ok(!selectors.replace(/\([^()]*\)/g, "").includes(","), selectors);
  }
});

test("every icon has a name of its own", () => {
  const icons = readFileSync(new URL("../../facilitator/static/icons.svg", import.meta.url), "utf8");
  const names = [...icons.matchAll(/<symbol id="([\w-]+)"/g)].map(([, name]) => name);
  assert.ok(names.length > 40);
  assert.equal(new Set(names).size, names.length);
});
