"""Writing a section: its tools, how it will look, what is pasted, who else is there."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_room_walk import address


@pytest.fixture
def writers(server, open_page):
    """writers(viewport, …) gives pages of as many people, each with the same draft open."""
    lead = open_page(LAPTOP, who=server.house.lead())
    lead.goto(address(server, "lead"))
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    lead.get_by_role("textbox", name="Its title: what should be done").fill("A desk")
    lead.get_by_role("button", name="Begin").click()

    def writing(*viewports, **more):
        pages = []
        for number, viewport in enumerate(viewports):
            page = open_page(viewport, who=server.house.seat(f"Writer {number}"), **more)
            page.goto(address(server, "room"))
            page.get_by_role("button", name="Write: A desk").click()
            expect(section(page)).to_be_editable()
            pages.append(page)
        return pages

    writing.lead = lead
    return writing


def section(page, name="Problem"):
    return page.get_by_role("textbox", name=name, exact=True)


def select(page, start, end):
    page.evaluate("([start, end]) => document.activeElement.setSelectionRange(start, end)", [start, end])


def test_a_section_is_formatted_by_finger_and_by_keyboard_alone(writers, look):
    phone, laptop = writers(PHONE, LAPTOP)
    field, other = section(phone), section(laptop)
    field.fill("People queue for hours.\nNobody knows why.")
    look(phone, "editor-phone")

    select(phone, 0, 6)
    phone.get_by_role("button", name="Bold").first.click()
    expect(other).to_have_value("**People** queue for hours.\nNobody knows why.")
    expect(field).to_be_focused()

    other.focus()
    laptop.keyboard.press("Control+a")
    laptop.keyboard.press("Tab")
    expect(laptop.get_by_role("button", name="Bold").first).to_be_focused()
    for _ in range(3):
        laptop.keyboard.press("ArrowRight")
    look(laptop, "editor-laptop")
    laptop.keyboard.press("Enter")
    expect(field).to_have_value("- **People** queue for hours.\n- Nobody knows why.")
    expect(other).to_be_focused()
    laptop.keyboard.press("Control+b")
    expect(field).to_have_value("- **People queue for hours.**\n- **Nobody knows why.**")


