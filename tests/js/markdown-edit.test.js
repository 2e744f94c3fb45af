import assert from "node:assert/strict";
import test from "node:test";
import {edited} from "../../facilitator/static/lib/markdown-edit.js";

/** Texts are written with their selection: «from here to there», or ‸ for a caret. */
function used(tool, before) {
  const at = before.search(/[«‸]/);
  const text = before.replace(/[«»‸]/g, "");
  const to = before.includes("»") ? before.indexOf("»") - 1 : at;
  const {at: place, cut, put, from, to: end} = edited(tool, text, at, to);
  const after = text.slice(0, place) + put + text.slice(place + cut);
  return from === end ? `${after.slice(0, from)}‸${after.slice(from)}` : `${after.slice(0, from)}«${after.slice(from, end)}»${after.slice(end)}`;
}

/** Each pair: what it is before and after; `back` says that the tool once more leads back. */
const STORIES = {
  bold: [
    ["a «word» b", "a **«word»** b", true],
    ["a «**word**» b", "a «word» b"],
    ["a wo‸rd b", "a **«word»** b"],
    ["a ‸ b", "a **‸** b", true],
    ["a *«word»* b", "a ***«word»*** b", true],
    ["« word »", " **«word»** "],
    ["«one\n\n- two\n> three»", "«**one**\n\n- **two**\n> **three**»", true],
    ["«**one**\ntwo»", "«**one**\n**two**»"],
    ["«Łódź 😀»", "**«Łódź 😀»**", true],
    ["«**one** two»\n", "**«one two»**\n"],
    ["a «\n» b", "a «\n» b"],
  ],
  italic: [
    ["a «word» b", "a *«word»* b", true],
    ["a **«word»** b", "a ***«word»*** b", true],
    ["«***word***»", "**«word»**"],
    ["«2 * 3 *is* **six**»", "*«2 * 3 is **six**»*"],
  ],
  heading: [
    ["What ‸to do", "# What ‸to do", true],
    ["### What‸", "What‸"],
    ["- What‸", "# What‸"],
  ],
  list: [
    ["one‸", "- one‸", true],
    ["‸", "- ‸", true],
    ["«one\ntwo»", "«- one\n- two»", true],
    ["«- one\n\ntwo»", "«- one\n\n- two»"],
    ["1. on‸e", "- on‸e"],
    ["# one‸", "- one‸"],
    ["«one\n»two", "«- one»\n\ntwo"],
    ["«one»\n- two", "«- one»\n- two", true],
    ["* on‸e", "on‸e"],
  ],
  quote: [
    ["on‸e", "> on‸e", true],
    ["«one\n\ntwo»", "«> one\n>\n> two»", true],
    [">on‸e", "on‸e"],
  ],
  link: [
    ["see «the page» there", "see [the page](«https://») there"],
    ["see the pa‸ge", "see the [page](«https://»)"],
    ["see ‸", "see [‸](https://)"],
    ["see «https://a.pl/x»", "see [‸](https://a.pl/x)"],
    ["see [the pa‸ge](https://a.pl) there", "see «the page» there"],
  ],
};

for (const [tool, pairs] of Object.entries(STORIES)) {
  test(`the tool “${tool}”`, () => {
    for (const [before, after, back] of pairs) {
      assert.equal(used(tool, before), after, before);
      if (back) assert.equal(used(tool, after).replace(/[«»‸]/g, ""), before.replace(/[«»‸]/g, ""), `${after}, back`);
    }
  });
}

test("a tool used at any place of any text changes nothing but marks", () => {
  const words = (text) => text.replace(/[*#>\-\s]|\[|\]\(https:\/\/\)/g, "");
  const text = "# One **two**\n\n- *three* 😀\n- \n> four\n\n***five*** *";
  for (const tool of ["bold", "italic", "heading", "list", "quote"]) {
    for (let from = 0; from <= text.length; from += 1) {
      for (let to = from; to <= text.length; to += 1) {
        const {at, cut, put, from: start, to: end} = edited(/** @type {any} */ (tool), text, from, to);
        const after = text.slice(0, at) + put + text.slice(at + cut);
        assert.equal(words(after), words(text), `${tool} ${from}-${to}`);
        assert.ok(at >= 0 && at + cut <= text.length && start >= 0 && start <= end && end <= after.length, `${tool} ${from}-${to}`);
      }
    }
  }
});
