// What a wall says before there is anything on it.
import {html} from "../lib/html.js";

/** A wall with nothing on it yet. @param {{said: string}} props */
export const Nothing = ({said: sentence}) => html`
  <div class="nothing">
    <svg class="threads" viewBox="0 0 260 64" preserveAspectRatio="xMinYMid meet" aria-hidden="true"><path d="M2 32H150" /><path class="t2" d="M170 32H258" /></svg>
    <p class="words">${sentence}</p>
  </div>`;
