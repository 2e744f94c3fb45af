import assert from "node:assert/strict";
import test from "node:test";
import {Formatted} from "../../facilitator/static/parts/preview.js";
import {html, render} from "../../facilitator/static/lib/html.js";
import {wordsOf} from "../../facilitator/static/lib/preview.js";
import {Screen} from "./dom.mjs";

// What becomes of each text is held against exports/markup.py in tests/exports/test_preview.py.

test("a text is drawn as elements, and what looks like markup as words", () => {
  const screen = new Screen();
  const text = "# Why\n\n**So** <b>it</b> [is](https://a.pl) [not](javascript:alert(1))\n\n1. one\n\n> said";
  render(html`<${Formatted} text=${text} lang="en" />`, screen.root);

  assert.deepEqual(screen.all("b").length, 0);
  assert.deepEqual(screen.all("a").map(({attributes}) => attributes), [{href: "https://a.pl", rel: "noopener noreferrer nofollow", target: "_blank"}]);
  assert.deepEqual(["h4", "strong", "ol", "blockquote"].map((name) => screen.all(name).map(({name: words}) => words)), [["Why"], ["So"], ["one"], ["said"]]);
  assert.ok(screen.text.includes("<b>it</b> is [not](javascript:alert(1))"));
});

test("what stands for something else in plain words may be drawn otherwise", () => {
  const screen = new Screen();
  const say = (words) => words.split("[^i1]").flatMap((part, n) => (n ? [html`<sup>1</sup>`, part] : [part]));
  render(html`<${Formatted} text="**So**[^i1] it is" lang="en" say=${say} />`, screen.root);

  assert.equal(screen.text, "So1 it is");
  assert.equal(screen.all("sup").length, 1);
});

test("on a wall a text has its words and none of its marks", () => {
  assert.equal(wordsOf("# Why\n**So** [is](https://a.pl)\nit\n- one\n- two\n\n1. x\n\n> said\n\na|b\n-|-\n1|2"), "Why\nSo is\nit\n• one\n• two\n1. x\nsaid\na | b\n1 | 2");
});
