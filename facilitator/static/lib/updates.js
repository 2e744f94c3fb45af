// Yjs updates as they travel: as text, in pieces the server takes, and the words in them.
import {
  ContentString, createID, decodeStateVector, decodeUpdate, diffUpdate, encodeStateVector, Item, UpdateEncoderV1, writeVarUint,
} from "../vendor/yjs.js";
import {whole} from "./surrogates.js";

/** Bytes of one update; the server takes 32 KiB, merging may add a few. */
export const LARGEST = 30 * 1024;
/** UTF-16 units that were ever written in one draft; as on the server. */
export const MOST_UNITS = 1_000_000;
/** UTF-16 units of one piece: three bytes each at the worst, and there must be room for the rest. */
const LONGEST = 8 * 1024;

/** @typedef {ReturnType<typeof decodeUpdate>["structs"][number]} Struct */

/** Bytes as they stand in JSON. @param {Uint8Array} bytes */
export const toBase64 = (bytes) => btoa(Array.from(bytes, (byte) => String.fromCharCode(byte)).join(""));

/** @param {string} text */
export const fromBase64 = (text) => Uint8Array.from(atob(text), (char) => char.charCodeAt(0));

/**
 * An update in pieces, each small enough; applied in their order they are the same as the whole.
 * @param {Uint8Array} update @param {number} [largest] bytes
 * @returns {Uint8Array[]}
 */
export function split(update, largest = LARGEST) {
  if (update.length <= largest) return [update];
  const {structs} = decodeUpdate(update);
  const parts = batches(structs.flatMap(cut), largest).map(encoded);
  const ends = new Map(structs.map(({id, length}) => [id.client, id.clock + length]));
  // What is left when all that was written is known: what was deleted.
  const deletions = diffUpdate(update, encodeStateVector(ends));
  return deletions.length > 2 ? [...parts, deletions] : parts;
}

/**
 * Whether an update goes on where the server stands, so that nothing is missing between them.
 * @param {Uint8Array} sv the server's state vector @param {Uint8Array} update
 */
export function fitsAfter(sv, update) {
  const reached = decodeStateVector(sv);
  const firsts = new Map(decodeUpdate(update).structs.reverse().map(({id}) => [id.client, id.clock]));
  return [...firsts].every(([client, clock]) => clock <= (reached.get(client) ?? 0));
}

/** What was written in these updates, for when there is no document to read it in. @param {Uint8Array[]} updates */
export function wordsIn(updates) {
  const structs = updates.flatMap((update) => decodeUpdate(update).structs);
  return structs.map((struct) => struct instanceof Item && struct.content instanceof ContentString ? struct.content.str : "").join("");
}

/** A long text in pieces, each hanging on the end of the one before. @param {Struct} struct @returns {Struct[]} */
function cut(struct) {
  if (!(struct instanceof Item) || !(struct.content instanceof ContentString)) return [struct];
  const {id: {client, clock}, content: {str}} = struct;
  const pieces = [];
  for (let from = 0, to; from < str.length; from = to) {
    to = whole(str, from + LONGEST);
    const id = createID(client, clock + from);
    const origin = from ? createID(client, clock + from - 1) : struct.origin;
    const parent = from ? null : struct.parent;
    const content = new ContentString(str.slice(from, to));
    pieces.push(new Item(id, null, origin, null, struct.rightOrigin, parent, struct.parentSub, content));
  }
  return pieces;
}

/** @param {Struct[]} structs @param {number} largest */
function batches(structs, largest) {
  /** @type {Struct[][]} */
  const found = [];
  let room = 0;
  for (const struct of structs) {
    const size = encoded([struct]).length;
    if (size > room) {
      found.push([]);
      room = largest;
    }
    found.at(-1)?.push(struct);
    room -= size;
  }
  return found;
}

/** The structs as an update without deletions, version 1 of the format. @param {Struct[]} structs */
function encoded(structs) {
  const clients = [...new Set(structs.map(({id}) => id.client))];
  const encoder = new UpdateEncoderV1();
  writeVarUint(encoder.restEncoder, clients.length);
  for (const client of clients) {
    const own = structs.filter(({id}) => id.client === client);
    writeVarUint(encoder.restEncoder, own.length);
    encoder.writeClient(client);
    writeVarUint(encoder.restEncoder, own[0]?.id.clock ?? 0);
    own.forEach((struct) => struct.write(encoder, 0));
  }
  writeVarUint(encoder.restEncoder, 0);
  return encoder.toUint8Array();
}
