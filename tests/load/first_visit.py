"""What a first visit over a slow network is like: python -m tests.load.first_visit.

A real browser that has never been here, on a line of 400 kbit/s where each answer takes 400 ms to
begin: seconds until the code can be typed, and, once the door was passed, until the first idea can.
"""

import argparse
import tempfile
import time
from pathlib import Path

from facilitator.i18n import t
from tests.load.sizes import PHONE, browser
from tests.running import House, Server, running

#: Bits a second, both ways, and milliseconds before an answer begins.
SPEED, DELAY = 400_000, 400


def slow(page):
    """Put a page on a slow line."""
    session = page.context.new_cdp_session(page)
    session.send("Network.enable")
    speed = SPEED / 8
    line = {"latency": DELAY, "downloadThroughput": speed, "uploadThroughput": speed}
    session.send("Network.emulateNetworkConditions", {"offline": False, **line})


def visited(page, server, lang):
    """Seconds until a code can be typed, until a seat can be taken, until an idea can be written."""
    begun = time.monotonic()
    page.goto(server.address, wait_until="load")
    page.get_by_label(t("Code", lang=lang)).fill(server.house.laid.rooms[0].code)
    typed = time.monotonic()
    page.get_by_role("button", name=t("Find the room", lang=lang)).click(no_wait_after=True)
    enter = page.get_by_role("button", name=t("Come in", lang=lang))
    enter.wait_for()
    seated = time.monotonic()
    enter.click(no_wait_after=True)
    page.get_by_role("textbox", name=t("Write your idea", lang=lang)).wait_for()
    return typed - begun, seated - typed, time.monotonic() - seated


def main():
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--language", default="en")
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        with House(server) as server.house, running(server), browser() as opened:
            # Nobody comes first: what is made at the first request is made.
            for line in (lambda _: None, slow):
                page = opened.new_page(viewport=PHONE, locale=chosen.language)
                line(page)
                told = visited(page, server, chosen.language)
                page.context.close()
    for name, seconds in zip(
        ("code to type", "… seat to take", "… room to use"), told, strict=True
    ):
        print(f"{name:<20} {seconds:.1f} s")


if __name__ == "__main__":
    main()
