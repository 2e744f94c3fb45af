// Types of yjs.js, for the checker only; browsers never ask for this file.
export {
  Doc, Text, UndoManager, UpdateEncoderV1, applyUpdate, createAbsolutePositionFromRelativePosition,
  createRelativePositionFromTypeIndex, decodeUpdate, diffUpdate, encodeStateAsUpdate,
  encodeStateVector, mergeUpdates, Item, ContentString, createID, decodeStateVector,
} from "yjs";
export type {Transaction, YEvent, YTextEvent} from "yjs";
export {writeVarUint} from "lib0/encoding";
