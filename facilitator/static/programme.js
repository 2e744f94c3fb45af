// Mark what is on now, by the clock of this phone: it hangs in the same hall.

const two = (/** @type {number} */ n) => String(n).padStart(2, "0");

function mark() {
  const now = new Date();
  const day = `${now.getFullYear()}-${two(now.getMonth() + 1)}-${two(now.getDate())}`;
  const hour = `${two(now.getHours())}:${two(now.getMinutes())}`;
  for (const line of /** @type {NodeListOf<HTMLElement>} */ (document.querySelectorAll("[data-starts]"))) {
    const {day: on, starts = "", ends} = line.dataset;
    const current = on === day && starts <= hour && hour < (ends || "24:00");
    line.classList.toggle("present", current);
    if (current) line.setAttribute("aria-current", "time");
    else line.removeAttribute("aria-current");
    const sign = /** @type {HTMLElement} */ (line.querySelector(".now"));
    sign.hidden = !current;
  }
}

mark();
setInterval(mark, 15_000);
