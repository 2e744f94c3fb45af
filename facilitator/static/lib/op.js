// Names for operations, made on the device. Over plain HTTP a browser has no randomUUID.

/** A new name: 26 letters and digits, 130 bits. */
export function newOp() {
  const bytes = crypto.getRandomValues(new Uint8Array(26));
  return Array.from(bytes, (byte) => (byte & 31).toString(32)).join("");
}
