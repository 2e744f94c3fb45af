import assert from "node:assert/strict";
import {createHash} from "node:crypto";
import {readdirSync, readFileSync} from "node:fs";
import {dirname, join} from "node:path";
import test from "node:test";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";

const ROOT = join(dirname(fileURLToPath(import.meta.url)), "../..");
const STATIC = join(ROOT, "facilitator/static");
const bytes = (path) => readFileSync(join(ROOT, path));
const words = (path) => bytes(path).toString();
const versions = JSON.parse(words("facilitator/static/vendor/VERSIONS.json"));
const lock = JSON.parse(words("package-lock.json"));

for (const {file, sha256, bytes: size, gzipped, packages} of versions) {
  test(`${file} is untouched, of the versions in the lock file, and has its licences beside it`, () => {
    assert.equal(createHash("sha256").update(bytes(file)).digest("hex"), sha256);
    assert.equal(bytes(file).length, size);
    assert.ok(Math.abs(gzipSync(bytes(file), {level: 9}).length - gzipped) < 100);
    for (const {name, version, licence} of packages) {
      assert.equal(lock.packages[`node_modules/${name}`].version, version);
      assert.match(licence, /^(MIT|Apache-2\.0|MPL-2\.0)$/);
      assert.ok(words(`${file}.LICENSE.txt`).includes(`${name} ${version}\n`));
    }
  });
}

test("every script that is served by us from elsewhere is listed", () => {
  const scripts = readdirSync(join(STATIC, "vendor")).filter((name) => name.endsWith(".js"));
  assert.deepEqual(scripts.sort(), versions.map(({file}) => file).filter((file) => file.includes("static/vendor/")).map((file) => file.split("/").at(-1)).sort());
});

/** The modules that a script brings with it at once: what a phone has to fetch. */
function brought(path, found = new Set()) {
  if (found.has(path)) return found;
  found.add(path);
  const text = words(path).replace(/import\("[^"]*"\)/g, "");
  if (!path.includes("/vendor/")) {
    for (const [, from] of text.matchAll(/^(?:import|export)\s[^;]*?from "([^"]+)"/gm)) {
      assert.match(from, /^\.\.?\//, `${path} imports ${from}: there is no import map`);
      brought(join(dirname(path), from), found);
    }
  }
  return found;
}

/** Comments stay where they are written: facilitator/pages/assets.py takes them out. */
const travelling = (path) => (path.includes("/vendor/") ? bytes(path) : words(path).replace(/^\s*(?:\/\/|\/?\*).*$/gm, ""));
const size = (paths) => [...paths].reduce((sum, path) => sum + gzipSync(travelling(path)).length, 0);
const sheets = ["tokens", "page", "board"].map((name) => `facilitator/static/css/${name}.css`);

test("what every live page begins with is light, and brings no Yjs", () => {
  const paths = brought("facilitator/static/lib/live.js");
  assert.ok(![...paths].some((path) => path.includes("yjs")));
  const total = size(paths) + size(sheets) + size(["facilitator/static/icons.svg"]);
  assert.ok(total < 70_000, `${total} bytes`);
});

const entries = readdirSync(STATIC).filter((name) => name.endsWith(".js"));

for (const entry of entries) {
  test(`${entry} and its parts stay below 150 kB, and bring Yjs only when a draft is opened`, () => {
    const paths = brought(`facilitator/static/${entry}`);
    assert.ok(![...paths].some((path) => path.includes("yjs")));
    const total = size(paths) + size(sheets) + size(["facilitator/static/icons.svg"]);
    assert.ok(total < 150_000, `${total} bytes`);
  });
}
