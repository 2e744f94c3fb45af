// The table of contents shows where one is.

/** The part of a window, from above, in which a heading is read: what stands higher has begun. */
const READ = 0.3;

/** Mark the part that is being read, as one goes through the text. @param {HTMLElement} contents */
export function follow(contents) {
  const links = [...contents.querySelectorAll("a")];
  const places = links.map(({hash}) => document.getElementById(decodeURIComponent(hash.slice(1))));
  /** @type {HTMLElement | undefined} */
  let current;
  let asked = false;

  function look() {
    asked = false;
    const limit = innerHeight * READ;
    const link = links[places.findLastIndex((place) => place && place.getBoundingClientRect().top < limit)];
    if (link === current) return;
    current?.removeAttribute("aria-current");
    link?.setAttribute("aria-current", "location");
    current = link;
    if (link) keepInSight(contents, link);
  }

  addEventListener("scroll", () => {
    if (!asked) requestAnimationFrame(look);
    asked = true;
  }, {passive: true});
  look();
}

/** Move the contents alone, not the page. @param {HTMLElement} contents @param {HTMLElement} link */
function keepInSight(contents, link) {
  const frame = contents.getBoundingClientRect(), own = link.getBoundingClientRect();
  if (own.top < frame.top) contents.scrollTop -= frame.top - own.top + own.height;
  if (own.bottom > frame.bottom) contents.scrollTop += own.bottom - frame.bottom + own.height;
}
