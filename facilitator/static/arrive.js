// A secret stands behind the "#" of a link, where no server and no log sees it. Hand it in, and
// leave nothing of it in the address bar.

const form = /** @type {HTMLFormElement} */ (document.getElementById("arrive"));
const field = /** @type {HTMLInputElement} */ (document.getElementById("code"));

/** @param {boolean} waiting */
function show(waiting) {
  for (const [id, shown] of [["wait", waiting], ["ask", !waiting]]) {
    const part = document.getElementById(String(id));
    if (part) part.hidden = !shown;
  }
}

function arrive() {
  const secret = location.hash.slice(1);
  if (!secret) return;
  history.replaceState(null, "", location.pathname);
  field.value = secret;
  show(true);
  form.submit();
}

// Scanning again in the same tab changes nothing but the part behind the "#".
window.addEventListener("hashchange", arrive);
window.addEventListener("pageshow", (event) => {
  if (!event.persisted) return;
  field.value = "";
  show(false);
});
arrive();
