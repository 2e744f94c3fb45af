"""Two people at one section; one of them loses the network; no word is lost."""

import os
import re
import signal
from contextlib import suppress
from pathlib import Path

from playwright.sync_api import Error, expect
from sqlalchemy import func, select

from facilitator.db import db, write
from facilitator.models import DraftUpdate, Seat
from tests.e2e.conftest import LAPTOP, OFFLINE, QUIET
from tests.e2e.test_room_walk import address
from tests.services import chromium


def opened(page, title):
    page.get_by_role("button", name=f"Write: {title}").click()
    section = page.get_by_role("textbox", name="Problem", exact=True)
    expect(section).to_be_editable()
    return section


def test_both_peoples_words_survive_a_lost_network(server, open_page):
    lead = open_page(LAPTOP, who=server.house.lead())
    ana, ben = (open_page(who=server.house.seat(name)) for name in ("Ana", "Ben"))
    for page in (ana, ben):
        page.goto(address(server, "room"))
    ben.troubles_expected = OFFLINE
    lead.goto(address(server, "lead"))
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    ana.get_by_role("textbox", name="Its title: what should be done").fill("A desk")
    ana.get_by_role("button", name="Begin").click()
    of_ana = ana.get_by_role("textbox", name="Problem", exact=True)
    of_ana.fill("People queue. ")
    of_ben = opened(ben, "A desk")
    expect(of_ben).to_have_value("People queue. ")

    ben.context.set_offline(True)
    of_ana.press("End")
    of_ana.press_sequentially("Ana says: for hours. ")
    of_ben.press("Home")
    of_ben.press_sequentially("Ben says: every day. ")
    status = ben.locator(".writing .status").first
    expect(status).to_contain_text(re.compile("no connection|waiting"), timeout=20_000)
    expect(ana.locator(".writing .status.good")).to_be_visible()

    ben.context.set_offline(False)

    both = re.compile("^Ben says: every day. People queue. Ana says: for hours. $")
    expect(of_ana).to_have_value(both, timeout=40_000)
    expect(of_ben).to_have_value(both, timeout=40_000)
    expect(ben.locator(".writing .status.good")).to_be_visible()


KEPT = "kept on this device"


def begun(server, open_page, page):
    """A text that was just begun on a page; its first section."""
    page.troubles_expected = OFFLINE
    page.goto(address(server, "room"))
    lead = open_page(LAPTOP, who=server.house.lead())
    lead.goto(address(server, "lead"))
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    page.get_by_role("textbox", name="Its title: what should be done").fill("A desk")
    page.get_by_role("button", name="Begin").click()
    section = page.get_by_role("textbox", name="Problem", exact=True)
    expect(section).to_be_editable()
    return section


def test_unsent_words_survive_a_reload_without_network(server, open_page, look):
    """The page itself needs the server to be shown again; its words wait on the device."""
    ana = open_page(who=server.house.seat("Ana"))
    section = begun(server, open_page, ana)

    ana.context.set_offline(True)
    section.press_sequentially("Written in a tunnel.")
    expect(ana.locator(".writing .status").first).to_contain_text(KEPT, timeout=20_000)
    look(ana, "kept-on-this-device")
    ana.goto("about:blank")
    ana.context.set_offline(False)
    ana.goto(address(server, "room"))

    section = opened(ana, "A desk")
    expect(section).to_have_value("Written in a tunnel.", timeout=20_000)
    expect(ana.locator(".writing .status.good")).to_be_visible()


def test_unsent_words_survive_a_killed_browser(server, browser, open_page, tmp_path):
    """What is said to be kept is on the disk: also after the browser had no time to say goodbye."""
    who = server.house.seat("Ana")
    ben = open_page(who=server.house.seat("Ben"))
    context, ana = device(browser, server, tmp_path, who)
    section = begun(server, open_page, ana)
    section.fill("Stored. ")
    expect(ana.locator(".writing .status.good")).to_be_visible()
    context.set_offline(True)
    section.press("End")
    section.press_sequentially("Kept.")
    expect(ana.locator(".writing .status").first).to_contain_text(KEPT, timeout=20_000)
    kill_those_of(tmp_path)
    with suppress(Error):
        context.close()

    ben.goto(address(server, "room"))
    of_ben = opened(ben, "A desk")
    of_ben.press("Home")
    of_ben.press_sequentially("Meanwhile. ")
    expect(ben.locator(".writing .status.good")).to_be_visible()
    context, ana = device(browser, server, tmp_path, who)
    ana.goto(address(server, "room"))
    expect(opened(ana, "A desk")).to_have_value("Meanwhile. Stored. Kept.", timeout=20_000)
    expect(of_ben).to_have_value("Meanwhile. Stored. Kept.")
    context.close()


def device(browser, server, folder, who):
    """A browser of one's own, that remembers; and its page."""
    sandbox = ["--no-sandbox"] if os.geteuid() == 0 else []
    context = browser.browser_type.launch_persistent_context(
        str(folder / "profile"), executable_path=chromium(), args=[*QUIET, *sandbox], locale="en"
    )
    name, _, value = who.cookie.partition("=")
    context.add_cookies([{"name": name, "value": value, "url": server.address}])
    return context, context.pages[0]


def kill_those_of(folder):
    """End the browser that keeps its things in a folder, as a dead battery would."""
    for path in Path("/proc").glob("[0-9]*"):
        with suppress(OSError):
            if f"--user-data-dir={folder}".encode() in (path / "cmdline").read_bytes():
                os.kill(int(path.name), signal.SIGKILL)


def test_nothing_is_said_to_be_kept_where_nothing_can_be(server, open_page):
    ana = open_page(who=server.house.seat("Ana"))
    ana.add_init_script("Object.defineProperty(window, 'indexedDB', {value: undefined})")
    section = begun(server, open_page, ana)

    ana.context.set_offline(True)
    section.press_sequentially("In a private window.")
    status = ana.locator(".writing .status").first
    expect(status).to_contain_text("waiting for the network", timeout=20_000)
    ana.wait_for_timeout(500)

    expect(status).not_to_contain_text(KEPT)
    expect(ana.get_by_text("Do not close this page until there is a connection.")).to_be_visible()
    ana.context.set_offline(False)
    expect(ana.locator(".writing .status.good")).to_be_visible(timeout=40_000)


def test_paste_beyond_measure_is_handed_back_with_the_limit(server, open_page, look):
    ana = open_page(who=server.house.seat("Ana"))
    section = begun(server, open_page, ana)
    section.fill("Short. ")
    expect(ana.locator(".writing .status.good")).to_be_visible()

    # As a paste: setting the field by keys takes the browser itself half a minute.
    section.evaluate(
        """(area) => {
          area.value += "word ".repeat(210_000);
          area.dispatchEvent(new InputEvent("input", {inputType: "insertFromPaste"}));
        }"""
    )

    expect(ana.get_by_text("at most 100000 characters")).to_be_visible()
    look(ana, "too-much-at-once")
    expect(section).to_have_value("Short. ")
    section.press_sequentially("And on.")
    expect(ana.locator(".writing .status.good")).to_be_visible()
    sizes = [len(row.data) for row in server.house.rows(select(DraftUpdate.data))]
    assert sum(sizes) < 2_000


def test_words_of_somebody_who_is_removed_stay_on_the_phone(server, open_page, look):
    who = server.house.seat("Ana")
    ana = open_page(who=who)
    section = begun(server, open_page, ana)
    section.fill("Stored. ")
    expect(ana.locator(".writing .status.good")).to_be_visible()
    before = server.house.rows(select(func.count()).select_from(DraftUpdate))

    ana.context.set_offline(True)
    section.press("End")
    section.press_sequentially("Not stored.")
    write(lambda: setattr(db.session.get(Seat, who.id), "revoked", True))
    ana.context.set_offline(False)

    expect(ana.get_by_text("Your words are still here.")).to_be_visible(timeout=40_000)
    expect(ana.locator(".unsent .words")).to_contain_text("Stored. Not stored.")
    ana.wait_for_timeout(3000)
    expect(ana.locator(".unsent .words")).to_contain_text("Stored. Not stored.")
    expect(ana.get_by_text("nothing is lost")).to_have_count(0)
    look(ana, "removed-with-words")
    assert server.house.rows(select(func.count()).select_from(DraftUpdate)) == before
