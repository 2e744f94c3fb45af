"""What a room costs a phone, and what drafts cost the server: python -m tests.load.sizes.

The bytes that travel to a phone that has never been here, as served, until the room can be used and
until a draft can be written in; and how much memory the server holds after many drafts were opened
and left again, against before.
"""

import argparse
import asyncio
import os
import tempfile
from contextlib import contextmanager
from pathlib import Path

from playwright.sync_api import sync_playwright

from facilitator.db import db, write
from facilitator.i18n import t
from facilitator.models import Phase, Room
from facilitator.rooms import recommendations
from tests.load.bench import memory
from tests.phones import until
from tests.running import House, Server, running
from tests.services import chromium
from tests.writers import Writer

PHONE = {"width": 390, "height": 844}
#: Drafts that are opened, written in and left, and the letters of each: typed backwards, so that none
#: joins its neighbour, and a document of them would be large in memory.
DRAFTS, LETTERS = 200, 2_000
#: The language of a phone, how text travels to it, and whether it fetches what is for later.
VISITS = (("en", "br", False), ("en", "gzip", False), ("uk", "br", False), ("en", "br", True))


# ---- What a phone fetches ------------------------------------------------------------------------


class Traffic:
    """The bytes that have come to a page, as they travelled."""

    def __init__(self, page):
        self.bytes = 0
        session = page.context.new_cdp_session(page)
        session.send("Network.enable")
        session.on("Network.loadingFinished", lambda told: self.add(told["encodedDataLength"]))
        session.on(
            "Network.webSocketFrameReceived",
            lambda told: self.add(len(told["response"]["payloadData"].encode())),
        )

    def add(self, size):
        self.bytes += size


def fetched(page, server, who, *, lang="en", coding="br", ahead=False):
    """Come into a room for the first time, and open a draft: kilobytes before and after.

    `ahead`: with what is fetched for later when the page has nothing else to do. A browser takes
    `br` over HTTPS and from its own machine, over plain HTTP `gzip` alone.
    """
    if not ahead:
        page.add_init_script("window.requestIdleCallback = () => 0")
    page.set_extra_http_headers({"Accept-Encoding": coding})
    name, _, value = who.cookie.partition("=")
    page.context.add_cookies([{"name": name, "value": value, "url": server.address}])
    traffic = Traffic(page)
    page.goto(f"{server.address}/f/{server.house.laid.uuid}/room/{who.room}")
    opener = page.get_by_role("button", name=t("Write: {title}", lang=lang, title="A desk"))
    opener.wait_for()
    page.wait_for_load_state("networkidle")
    page.wait_for_timeout(2000)
    before = traffic.bytes
    opener.click()
    page.locator(".writing textarea").first.wait_for()
    page.locator(".writing .status.good").wait_for()
    page.wait_for_timeout(500)
    return round(before / 1000, 1), round(traffic.bytes / 1000, 1)


def begin(house, titles):
    """Texts that were just begun, in a room that writes; their numbers."""

    def job():
        db.session.info["news"] = []
        room = db.session.get(Room, house.laid.rooms[0].id)
        room.phase = Phase.DRAFT
        return [recommendations.begin(room, title=title, lang="en").id for title in titles]

    return write(job)


@contextmanager
def browser():
    """The real one."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    with sync_playwright() as playwright:
        opened = playwright.chromium.launch(executable_path=chromium(), args=sandbox)
        yield opened
        opened.close()


# ---- What the server holds -----------------------------------------------------------------------


async def held(server, house, drafts, warm):
    """Megabytes of the server before and after drafts were opened, written in and left."""
    ana, ben = house.seat("Ana"), house.seat("Ben")
    # As many comings and goings as later, so that what is left differs by the drafts alone.
    await visited(server, (ana, ben), warm)
    await visited(server, (ana, ben), warm * (len(drafts) // len(warm)), letters=1)
    before = memory(server.process.pid)
    await visited(server, (ana, ben), drafts)
    return before, memory(server.process.pid)


async def visited(server, people, drafts, letters=LETTERS):
    """Open each draft, on two phones, write into it, and leave."""
    for draft in drafts:
        writer, reader = (Writer([server.port], who, draft) for who in people)
        await until(lambda: writer.joined and reader.joined)  # noqa: B023
        with writer.doc.transaction():
            for _ in range(letters):
                writer.text.insert(0, "ż")
        await until(lambda: writer.saved and str(reader.text) == str(writer.text))  # noqa: B023
        for page in (writer, reader):
            await page.leave()
    await asyncio.sleep(2.5)  # whoever listens to nothing is forgotten at the next look


def main():
    """Print a table."""
    arguments = argparse.ArgumentParser(description=__doc__)
    arguments.add_argument("--drafts", type=int, default=DRAFTS)
    chosen = arguments.parse_args()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        with House(server) as server.house, running(server):
            begin(server.house, ["A desk"])
            with browser() as opened:
                for lang, coding, ahead in VISITS:
                    page = opened.new_page(viewport=PHONE, locale=lang)
                    who = server.house.seat()
                    before, after = fetched(
                        page, server, who, lang=lang, coding=coding, ahead=ahead
                    )
                    name = f"kB to a phone, {lang}, {coding}{', with what is for later' * ahead}"
                    print(f"{name:<46} {before}, and {after} once a draft is open")
                    page.context.close()
    with tempfile.TemporaryDirectory() as folder:
        server = Server(Path(folder))
        with House(server) as house:
            drafts = begin(house, [f"Text {n}" for n in range(chosen.drafts)])
            with running(server):
                few, many = asyncio.run(held(server, house, drafts[10:], drafts[:10]))
    print(f"{'MB of the server, 10 drafts opened and left':<46} {few:.1f}")
    print(f"{f'… {chosen.drafts} drafts; ratio':<46} {many:.1f}; {many / few:.3f}")


if __name__ == "__main__":
    main()
