// Every row of a file at once, or none: of sixty one may want three. The page works without this.

const every = /** @type {HTMLInputElement | null} */ (document.getElementById("every"));
const rows = /** @type {HTMLInputElement[]} */ ([...document.querySelectorAll("input[name='row']:enabled")]);

function tell() {
  const on = rows.filter(({checked}) => checked).length;
  if (!every) return;
  every.checked = on === rows.length;
  every.indeterminate = on > 0 && on < rows.length;
}

if (every && rows.length > 1) {
  every.closest("label")?.removeAttribute("hidden");
  every.addEventListener("change", () => {
    for (const row of rows) row.checked = every.checked;
  });
  for (const row of rows) row.addEventListener("change", tell);
  tell();
}
