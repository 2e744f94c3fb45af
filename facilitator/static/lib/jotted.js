// What somebody has begun to type, kept on the device until it is sent. A full or locked store is
// no reason to stop anybody from typing.

/** @param {string} key */
export function jotted(key) {
  try {
    return localStorage.getItem(key) ?? "";
  } catch {
    return "";
  }
}

/** @param {string} key @param {string} text */
export function jot(key, text) {
  try {
    if (text) localStorage.setItem(key, text);
    else localStorage.removeItem(key);
  } catch {
    // As said above.
  }
}
