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

/**
 * Put a button beside headings that copies the link to each.
 * @param {{anchor: string, address: string, label: string, done: string}[]} headings @param {string} icons
 */
export function copyLinks(headings, icons) {
  for (const {anchor, address, label, done} of headings) {
    const button = document.createElement("button");
    const field = Object.assign(document.createElement("input"), {value: address, readOnly: true, tabIndex: -1, hidden: true});
    const said = Object.assign(document.createElement("span"), {className: "note"});
    said.role = "status";
    button.type = "button";
    button.className = "copy";
    button.ariaLabel = button.title = label;
    button.append(drawn(icons, "link"));
    button.addEventListener("click", async () => {
      field.hidden = false;
      said.textContent = (await copied(field)) ? done : address;
      field.hidden = true;
      button.focus();
      setTimeout(() => { said.textContent = ""; }, 2500);
    });
    document.getElementById(anchor)?.after(button, field, said);
  }
}

/** @param {string} icons @param {string} name */
function drawn(icons, name) {
  const icon = document.createElementNS("http://www.w3.org/2000/svg", "svg");
  icon.setAttribute("class", "icon");
  icon.ariaHidden = "true";
  icon.append(document.createElementNS("http://www.w3.org/2000/svg", "use"));
  icon.firstElementChild?.setAttribute("href", `${icons}#${name}`);
  return icon;
}
