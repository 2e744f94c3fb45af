"""What a person at a phone would notice: what moves under a finger, what keeps the page busy."""

#: Watches two things in each frame, and what keeps the main thread: [[selector, name], …].
WATCH = """(watched) => {
  const seen = watched.map(([selector, name]) => {
    const element = document.querySelector(selector);
    const {left, top} = element.getBoundingClientRect();
    return {element, name, left, top, moves: 0, gone: 0};
  });
  window.watched = {seen, frames: 0, blocks: [], slowest: 0, began: performance.now()};
  const frame = () => {
    window.watched.frames += 1;
    for (const one of seen) {
      if (!one.element.isConnected) one.gone += 1;
      const {left, top} = one.element.getBoundingClientRect();
      if (Math.abs(left - one.left) > 0.5 || Math.abs(top - one.top) > 0.5) one.moves += 1;
    }
    requestAnimationFrame(frame);
  };
  requestAnimationFrame(frame);
  const note = (kind, add) => new PerformanceObserver((list) => list.getEntries().forEach(add))
    .observe({type: kind, ...(kind === "event" ? {durationThreshold: 16} : {})});
  note("longtask", ({duration}) => window.watched.blocks.push(Math.round(duration)));
  note("event", ({duration}) => { window.watched.slowest = Math.max(window.watched.slowest, duration); });
}"""

#: What was noticed since then.
NOTICED = """() => {
  const {seen, frames, blocks, slowest, began} = window.watched;
  return {
    frames, blocks, slowest,
    seconds: (performance.now() - began) / 1000,
    moved: Object.fromEntries(seen.map(({name, moves, gone}) => [name, moves + gone])),
    focused: document.activeElement.id,
  };
}"""

#: Notes the moment of each drawing: a frame in which anything on the wall has changed.
COUNT_DRAWS = """() => {
  window.draws = [];
  let due = false;
  new MutationObserver(() => {
    if (due) return;
    due = true;
    requestAnimationFrame((moment) => { due = false; window.draws.push(moment); });
  }).observe(
    document.getElementById("wall"),
    {subtree: true, childList: true, characterData: true, attributes: true},
  );
}"""


def busiest_second(moments):
    """How many of these moments, in milliseconds, fall into one second at most."""
    return max(
        (sum(start <= one < start + 1000 for one in moments) for start in moments), default=0
    )


def take_in_hand(page, slower=1):
    """Write a few letters, put a finger on an idea and leave it there; then watch both.

    `slower` is how many times slower the page's processor is than this machine's.
    """
    session = page.context.new_cdp_session(page)
    session.send("Emulation.setCPUThrottlingRate", {"rate": slower})
    field = page.get_by_role("textbox", name="Write your idea")
    field.click()
    field.press_sequentially("Where people wait", delay=20)
    idea = page.locator(".idea .act[aria-pressed]").first
    idea.scroll_into_view_if_needed()
    page.wait_for_timeout(300)
    box = idea.bounding_box()
    finger = {"x": box["x"] + 20, "y": box["y"] + 20}
    session.send("Input.dispatchTouchEvent", {"type": "touchStart", "touchPoints": [finger]})
    touched = idea.evaluate("(button) => `#${button.closest('.idea').id}`")
    watched = [["#idea", "the field"], [touched, "the idea"], [f"{touched} .act", "the button"]]
    page.evaluate(WATCH, watched)
    return session
