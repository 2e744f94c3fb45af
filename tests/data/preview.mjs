// Reads texts as JSON, and prints the blocks that the browser's preview makes of each.
import {readFileSync} from "node:fs";
import {blocksOf} from "../../facilitator/static/lib/preview.js";

const texts = JSON.parse(readFileSync(0, "utf8"));
process.stdout.write(JSON.stringify(texts.map((text) => blocksOf(text))));
