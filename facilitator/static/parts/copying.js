// Buttons that copy a link. Over plain HTTP a browser has no clipboard of ours, so the old way helps.

/** Let every button with `data-copy` copy the field it names. @param {HTMLElement} page */
export function copyButtons(page) {
  page.querySelectorAll("button[data-copy]").forEach((found) => {
    const button = /** @type {HTMLButtonElement} */ (found);
    const field = /** @type {HTMLInputElement | null} */ (document.getElementById(button.dataset.copy ?? ""));
    const label = button.lastChild;
    if (!field || !label) return;
    const words = label.textContent;
    button.hidden = false;
    button.addEventListener("click", async () => {
      label.textContent = (await copied(field)) ? button.dataset.done ?? "" : words;
      setTimeout(() => { label.textContent = words; }, 2500);
    });
  });
}

/** Copy what stands in a field. @param {HTMLInputElement} field */
export async function copied(field) {
  field.focus();
  field.select();
  try {
    if (!navigator.clipboard) return document.execCommand("copy");
    await navigator.clipboard.writeText(field.value);
    return true;
  } catch {
    return document.execCommand("copy");
  }
}
