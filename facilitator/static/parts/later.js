// What is fetched only when it is needed, and what stands in its place until it is there.
import {html, useEffect, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t} from "../lib/i18n.js";

/** Milliseconds between two tries; and after how many only a new page can help. */
const PAUSE = 2000, TRIES = 3;

/** What has come, by how it was asked for: it is drawn at once the next time. @type {Map<() => Promise<any>, any>} */
const come = new Map();

/** Ask for something, once. @param {() => Promise<any>} load */
const fetched = (load) => load().then((found) => (come.set(load, found), found));

/** Fetch what will be needed soon, as soon as nothing else is to be done. @param {(() => Promise<any>)[]} loads */
export function fetchAhead(loads) {
  const idle = globalThis.requestIdleCallback ?? ((/** @type {() => void} */ go) => setTimeout(go, 500));
  // What does not come now is asked for again when it is needed.
  idle(() => void Promise.allSettled(loads.map(fetched)));
}

/**
 * A module, once it has come; and how often it has not.
 * @template M
 * @param {() => Promise<M>} load the same function each time
 * @returns {{loaded: M | null, failed: number}}
 */
export function useLater(load) {
  const [loaded, setLoaded] = useState(/** @type {() => M | null} */ (() => come.get(load) ?? null));
  const [failed, setFailed] = useState(0);
  useEffect(() => {
    /** @type {ReturnType<typeof setTimeout> | undefined} */
    let timer;
    if (loaded) return;
    fetched(load).then((found) => setLoaded(() => found), () => { timer = setTimeout(() => setFailed(failed + 1), PAUSE); });
    return () => clearTimeout(timer);
  }, [failed]);
  return {loaded, failed};
}

/** It is on its way. A browser may keep in mind that it did not come: then the page is loaded anew. @param {{failed: number}} props */
export const Opening = ({failed}) => html`
  <p class="status"><${Icon} name="sending" />${failed ? t("waiting for the network") : t("one moment")}</p>
  ${failed >= TRIES && html`
    <button type="button" class="btn" onClick=${() => location.reload()}><${Icon} name="undo" />${t("Reload")}</button>`}`;

/** A part that comes when it is first needed. @param {{load: () => Promise<any>} & Record<string, any>} props */
export function Later({load, ...props}) {
  const {loaded, failed} = useLater(load);
  return loaded ? html`<${loaded} ...${props} />` : html`<${Opening} failed=${failed} />`;
}
