// Bring the third-party modules of package-lock.json into this folder: `make vendor`.
// What is here is committed, so that running Facilitator needs no Node.
import {createHash} from "node:crypto";
import {copyFile, mkdir, readFile, writeFile} from "node:fs/promises";
import {dirname, join, relative} from "node:path";
import {fileURLToPath} from "node:url";
import {gzipSync} from "node:zlib";
import {build} from "esbuild";

const HERE = dirname(fileURLToPath(import.meta.url));
const ROOT = join(HERE, "../../..");
const MODULES = join(ROOT, "node_modules");
const TESTS = join(ROOT, "tests/e2e/vendor");

const PREACT = `
  export {h, render, createContext, Fragment, Component, createRef} from "preact";
  export {useState, useReducer, useEffect, useLayoutEffect, useMemo, useCallback, useRef, useContext,
    useId, useErrorBoundary} from "preact/hooks";
  export {html} from "htm/preact";`;

const YJS = `
  export {Doc, Text, UndoManager, UpdateEncoderV1, applyUpdate, createAbsolutePositionFromRelativePosition,
    createRelativePositionFromTypeIndex, decodeUpdate, diffUpdate, encodeStateAsUpdate,
    encodeStateVector, mergeUpdates, Item, ContentString, createID, decodeStateVector} from "yjs";
  export {writeVarUint} from "lib0/encoding";`;

const CODEMIRROR = `
  export {EditorState, Annotation, Compartment} from "@codemirror/state";
  export {EditorView, keymap} from "@codemirror/view";
  export {standardKeymap} from "@codemirror/commands";
  export {HighlightStyle, Language, defineLanguageFacet, syntaxHighlighting} from "@codemirror/language";
  export {parser} from "@lezer/markdown";
  export {tags} from "@lezer/highlight";`;

/** What each file here is made of; a module with an entry is bundled, the others are copies. */
const FILES = [
  {file: "preact.js", folder: HERE, packages: ["preact", "htm"], entry: PREACT},
  {file: "socket.io.js", folder: HERE, packages: ["socket.io-client"], copy: "socket.io-client/dist/socket.io.esm.min.js"},
  {file: "yjs.js", folder: HERE, packages: ["yjs", "lib0"], entry: YJS},
  {file: "codemirror.js", folder: HERE, packages: ["@codemirror/state", "@codemirror/view", "@codemirror/commands", "@codemirror/language",
    "@codemirror/streamparser", "@lezer/common", "@lezer/highlight", "@lezer/lr", "@lezer/markdown", "@marijn/find-cluster-break",
    "crelt", "style-mod", "w3c-keyname"], entry: CODEMIRROR},
  {file: "axe.min.js", folder: TESTS, packages: ["axe-core"], copy: "axe-core/axe.min.js"},
];

/** @param {string} contents @param {string} to */
const bundle = (contents, to) => build({
  stdin: {contents, resolveDir: ROOT},
  outfile: to,
  bundle: true,
  format: "esm",
  minify: true,
  // Phones of the last five years or so.
  target: "es2020",
  legalComments: "none",
  logLevel: "warning",
});

/** @param {string} name */
async function described(name) {
  const folder = join(MODULES, name);
  const {version, license} = JSON.parse(await readFile(join(folder, "package.json"), "utf8"));
  const text = await firstOf(folder, ["LICENSE", "LICENSE.md", "license", "LICENSE.txt"]);
  return {name, version, licence: license, text};
}

/** @param {string} folder @param {string[]} names @returns {Promise<string>} */
async function firstOf(folder, names) {
  for (const name of names) {
    const text = await readFile(join(folder, name), "utf8").catch(() => null);
    if (text !== null) return text.trim();
  }
  throw new Error(`No licence in ${folder}`);
}

/** @param {typeof FILES[number]} made */
async function make({file, folder, packages, entry, copy}) {
  const to = join(folder, file);
  await mkdir(folder, {recursive: true});
  if (entry) await bundle(entry, to);
  else await copyFile(join(MODULES, /** @type {string} */ (copy)), to);
  const bytes = await readFile(to);
  const parts = await Promise.all(packages.map(described));
  const licences = parts.map(({name, version, text}) => `${name} ${version}\n\n${text}\n`);
  await writeFile(join(folder, `${file}.LICENSE.txt`), licences.join("\n\n"));
  return {
    file: relative(ROOT, to),
    sha256: createHash("sha256").update(bytes).digest("hex"),
    bytes: bytes.length,
    gzipped: gzipSync(bytes, {level: 9}).length,
    packages: parts.map(({name, version, licence}) => ({name, version, licence})),
  };
}

const versions = [];
for (const file of FILES) versions.push(await make(file));
await writeFile(join(HERE, "VERSIONS.json"), `${JSON.stringify(versions, null, 2)}\n`);
for (const {file, bytes, gzipped} of versions) console.log(`${file}: ${bytes} bytes, ${gzipped} gzipped`);
