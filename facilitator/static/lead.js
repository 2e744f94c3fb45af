// The room, for who leads it.
import {html} from "./lib/html.js";
import {Room} from "./parts/hall.js";
import {Lead} from "./parts/lead.js";
import {openRoom} from "./parts/open.js";

openRoom((/** @type {any} */ scene) => html`<${Room} ...${scene} Desk=${Lead} />`);
