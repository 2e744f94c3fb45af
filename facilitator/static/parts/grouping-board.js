// The board of themes: each with its name, what can be done with it, and its ideas.
import {html, useMemo, useState} from "../lib/html.js";
import {Icon} from "../lib/icon.js";
import {t, tn} from "../lib/i18n.js";
import {one} from "../lib/store.js";
import {kindWord} from "./kinds.js";
import {isLit, LightButton} from "./light.js";
import {ThemeMenu, ThemeName} from "./theme-menu.js";

/** @typedef {import("./scene.js").Scene} Scene */
/** @typedef {import("./scene.js").Thing} Thing */
/** @typedef {import("./theme-model.js").Group} Group */
/** @typedef {{chosen: number[], toggle: (ids: number[], on: boolean) => void} | null} Choose */
/** @typedef {(name: string, payload: Record<string, any>, ids?: number[]) => Promise<any>} Go */

/** So many ideas of a theme are drawn at once, and more when asked for. */
const PAGE = 60;

/**
 * One theme, or what is in none.
 * @param {Group & {place: number, order: Group[], choose: Choose, go: Go | null, light: Scene["act"] | null, room: Scene["room"], named: boolean, setNaming: (id: number | null) => void}} props
 */
export function Cluster({theme, ideas, support, place, order, choose, go, light, room, named, setNaming}) {
  const [limit, setLimit] = useState(PAGE);
  const ids = ideas.map(({id}) => id);
  const whole = choose && ids.length > 0 && ids.every((id) => choose.chosen.includes(id));
  const name = `group-${theme?.id ?? "loose"}`;
  return html`
    <section class=${shape(theme, room)} aria-labelledby=${name} data-drop=${theme ? `theme:${theme.id}` : "loose"}>
      ${named && theme ? html`<${ThemeName} theme=${theme} go=${go} done=${() => setNaming(null)} />` : html`
        <header>
          <h3 class=${theme ? "words" : undefined} id=${name} lang=${theme?.lang} dir=${theme ? "auto" : undefined}>${theme ? theme.title : t("Not in a theme yet")}</h3>
          ${theme && go && html`<${ThemeMenu} theme=${theme} ids=${ids} place=${place} order=${order} go=${go} choose=${choose} rename=${() => setNaming(theme.id)} />`}
        </header>`}
      <p class="note row">${tn("{n} idea", "{n} ideas", ids.length)}${support > 0 && ` · ${tn("{n} person supports this", "{n} people support this", support)}`}
        ${light && theme && html`<${LightButton} room=${room} act=${light} kind="theme" id=${theme.id} name=${theme.title} />`}
        ${choose && ids.length > 1 && html`<button type="button" class="act push" aria-pressed=${whole} onClick=${() => choose.toggle(ids, !whole)}>${whole ? t("Choose none") : t("Choose all")}</button>`}</p>
      ${ids.length > 0 && html`<ul class="picks">${ideas.slice(0, limit).map((idea) => html`
        <${Pick} key=${idea.id} idea=${idea} on=${choose ? choose.chosen.includes(idea.id) : null} toggle=${choose?.toggle} seats=${one(room, "echo", idea.id)?.seats ?? 0} />`)}</ul>`}
      ${choose && !ids.length && html`<p class="note nothing">${theme ? t("Nothing in it yet.") : t("Every idea is in a theme.")}</p>`}
      ${ids.length > limit && html`<button type="button" class="btn" onClick=${() => setLimit(limit + PAGE)}><${Icon} name="down" />${tn("Show {n} more", "Show {n} more", Math.min(PAGE, ids.length - limit))}</button>`}
    </section>`;
}

/** @param {Thing | null} theme @param {Scene["room"]} room */
const shape = (theme, room) =>
  ["group", theme?.aside && "aside", theme && isLit(room, "theme", theme.id) && "lit"].filter(Boolean).join(" ");

/**
 * One idea, to be chosen or only read: drawn anew only when something of it has changed.
 * @param {{idea: Thing, on: boolean | null, toggle?: (ids: number[], on: boolean) => void, seats: number}} props `on` is null where nothing can be chosen
 */
function Pick({idea, on, toggle, seats}) {
  return useMemo(() => {
    const words = html`<span class="words" lang=${idea.lang} dir="auto">${idea.text}</span>`;
    const mark = html`<${Icon} name=${idea.sort} /><span class="hidden">${kindWord(idea.sort)}: </span>`;
    const many = seats > 0 && html`<span class="note num"><span class="hidden">${t("marks of support:")} </span><${Icon} name="support" />${seats}</span>`;
    if (on === null) return html`<li><span class="line">${mark}${words}${many}</span></li>`;
    return html`
      <li data-idea=${idea.id} data-drop=${idea.theme === null ? `idea:${idea.id}` : undefined}>
        <label class="line"><input type="checkbox" value=${idea.id} checked=${on} onChange=${() => toggle?.([idea.id], !on)} />
          ${mark}${words}${many}<span class="box"><${Icon} name="support" /></span></label></li>`;
  }, [idea, on, seats]);
}
