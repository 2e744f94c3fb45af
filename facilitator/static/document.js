// The document, to be read: where one is in it, looking for words in it, and links to its parts.
import {html, render} from "./lib/html.js";
import {loadWords, t} from "./lib/i18n.js";
import {readPage} from "./lib/page.js";
import {copyLinks} from "./parts/copying.js";
import {follow} from "./parts/follow.js";
import {Seek} from "./parts/seek.js";
import {recommendationsOf} from "./parts/seek-model.js";

const page = readPage();

follow(/** @type {HTMLElement} */ (document.querySelector("nav.wide")));
void loadWords(page.lang, page.words).then(() => {
  const all = recommendationsOf(document.body);
  const place = document.getElementById("seek");
  if (place && all.length) render(html`<${Seek} all=${all} />`, place);
  copyLinks(all.map(({anchor, number}) => ({
    anchor,
    address: new URL(page.link + anchor.slice(2), location.href).href,
    label: t("Copy the link to recommendation {n}", {n: number}),
    done: t("The link is copied."),
  })), page.icons);
});
