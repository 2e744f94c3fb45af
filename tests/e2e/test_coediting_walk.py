"""Two people at one section; one of them loses the network; no word is lost."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP
from tests.e2e.test_room_walk import address


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
    ben.troubles_expected = "ERR_INTERNET_DISCONNECTED|WebSocket|ERR_FAILED|Failed to load"
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


def test_unsent_words_survive_a_reload_without_network(server, open_page):
    """The page itself needs the server to be shown again; its words wait on the device."""
    lead = open_page(LAPTOP, who=server.house.lead())
    ana = open_page(who=server.house.seat("Ana"))
    ana.troubles_expected = "ERR_INTERNET_DISCONNECTED|WebSocket|ERR_FAILED|Failed to load"
    ana.goto(address(server, "room"))
    lead.goto(address(server, "lead"))
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    ana.get_by_role("textbox", name="Its title: what should be done").fill("A desk")
    ana.get_by_role("button", name="Begin").click()
    section = ana.get_by_role("textbox", name="Problem", exact=True)
    expect(section).to_be_editable()

    ana.context.set_offline(True)
    section.press_sequentially("Written in a tunnel.")
    expect(ana.locator(".writing .status").first).to_contain_text(
        re.compile("no connection|waiting"), timeout=20_000
    )
    ana.wait_for_timeout(1000)
    ana.goto("about:blank")
    ana.context.set_offline(False)
    ana.goto(address(server, "room"))

    section = opened(ana, "A desk")
    expect(section).to_have_value("Written in a tunnel.", timeout=20_000)
    expect(ana.locator(".writing .status.good")).to_be_visible()
