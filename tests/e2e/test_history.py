"""Two people look back at what they wrote: a named version, what has changed, and bringing it back."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP
from tests.e2e.test_coediting_walk import opened
from tests.e2e.test_room_walk import address

FIRST = "People queue for hours in the rain."
THEN = "People wait for hours in the rain and go home."


def text_of(page):
    return page.locator(".past-text section").filter(
        has=page.get_by_role("heading", name="Problem")
    )


def saved(page):
    expect(page.locator(".writing .status.good").first).to_be_visible()


def test_two_people_look_back_at_a_draft_and_bring_a_version_back(server, open_page, look):
    lead = open_page(LAPTOP, who=server.house.lead())
    ana = open_page(who=server.house.seat("Ana"))
    ben = open_page(LAPTOP, who=server.house.seat("Ben"), dark=True)
    for page in (ana, ben):
        page.goto(address(server, "room"))
    lead.goto(address(server, "lead"))
    days = lead.get_by_role("list", name="Steps of the day")
    days.get_by_role("button", name="Draft").click()
    ana.get_by_role("textbox", name="Its title: what should be done").fill("A desk")
    ana.get_by_role("button", name="Begin").click()
    of_ana = ana.get_by_role("textbox", name="Problem", exact=True)
    of_ana.fill(FIRST)
    saved(ana)

    # A version gets a name.
    ana.get_by_role("button", name="History").click()
    expect(text_of(ana)).to_contain_text(FIRST)
    ana.get_by_label("Name this version").fill("Before lunch")
    ana.get_by_role("button", name="Name it").click()
    versions = ana.get_by_role("list", name="Versions")
    expect(versions.get_by_role("button", name=re.compile("Before lunch"))).to_be_visible()
    look(ana, "history-phone")

    # Somebody else goes on writing.
    of_ben = opened(ben, "A desk")
    expect(of_ben).to_have_value(FIRST)
    of_ben.fill(THEN)
    saved(ben)
    ben.get_by_role("button", name="History").click()
    expect(text_of(ben)).to_contain_text(THEN)

    # What has changed, side by side and in one text.
    before = ben.get_by_label("Compare with")
    option = before.locator("option", has_text="Before lunch").get_attribute("value")
    before.select_option(option)
    beside = text_of(ben).locator(".past-two > div")
    expect(beside).to_have_count(2)
    expect(beside.first.locator("del").first).to_contain_text("queue")
    expect(beside.last.locator("ins").first).to_contain_text("wait")
    expect(ben.get_by_text("words new")).to_be_visible()
    look(ben, "history-compare-laptop-dark")
    ben.get_by_role("button", name="In one text").click()
    one = text_of(ben).locator("p.words")
    expect(one.locator("del")).to_have_count(1)
    assert "queue" in one.inner_text()
    assert "wait" in one.inner_text()
    before.select_option("")

    # Whose words: one's own, and those of others without a name.
    ben.get_by_text("Who wrote what").click()
    expect(text_of(ben).locator(".by-me").first).to_contain_text("wait")
    expect(ben.locator(".past")).not_to_contain_text("Ana")
    look(ben, "history-whose-laptop-dark")

    # Through time with the keyboard.
    slider = ben.get_by_role("slider", name="Moment")
    slider.focus()
    slider.press("Home")
    expect(slider).to_have_attribute("aria-valuetext", re.compile("moment 1 of"))
    expect(text_of(ben)).to_have_count(0)
    ben.get_by_role("button", name=re.compile("Before lunch")).click()
    expect(text_of(ben)).to_contain_text(FIRST)

    # Back it comes, as an edit for everybody; and away again.
    ben.get_by_role("button", name="Bring this version back").click()
    expect(ben.get_by_text("Brought back, for everybody.")).to_be_visible()
    ana.get_by_role("button", name="Back to the text").click()
    expect(of_ana).to_have_value(FIRST)
    ben.get_by_role("button", name="Undo").click()
    expect(of_ana).to_have_value(THEN)
    ben.get_by_role("button", name="Bring this part back").click()
    expect(of_ana).to_have_value(FIRST)
    saved(ana)

    # Who leads goes on; the step has kept the text, which is only read now.
    days.get_by_role("button", name="Adopt").click()
    ana.locator("summary", has_text="History").click()
    kept = ana.get_by_role("button", name=re.compile("At the end of"))
    expect(kept).to_be_visible()
    expect(ana.get_by_role("button", name="Bring this version back")).to_have_count(0)
    compared = ana.get_by_label("Compare with")
    compared.select_option(compared.locator("option").nth(1).get_attribute("value"))
    expect(text_of(ana).locator("ins")).to_contain_text(FIRST)
    look(ana, "history-read-phone")
