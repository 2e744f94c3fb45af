"""Smaller and larger words, for who reads recommendations: on a phone, and on the wall."""

import pytest
from playwright.sync_api import expect

from facilitator.models import Role
from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_projector import hall, see
from tests.e2e.test_room_walk import address

__all__ = ["hall"]

SIZE = "(node) => parseFloat(getComputedStyle(node).fontSize)"


def button(page, name):
    return page.get_by_role("group", name="Text size").first.get_by_role("button", name=name)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_who_reads_along_on_a_phone_chooses_the_size(hall, open_page, look, dark):
    reader = hall.house.lead(Role.OBSERVER, page="read")
    page = open_page(PHONE, who=reader, dark=dark, touch=True)
    page.goto(address(hall.server, "read"))
    words = page.locator(".reading p").first
    before = words.evaluate(SIZE)
    expect(button(page, "Smaller text")).to_be_enabled()
    assert button(page, "Larger text").bounding_box()["height"] >= 44
    for _ in range(4):
        button(page, "Larger text").click()
    assert words.evaluate(SIZE) == pytest.approx(2.1 * before, rel=0.01)
    expect(button(page, "Larger text")).to_have_attribute("aria-disabled", "true")
    expect(page.get_by_text("210%")).to_be_visible()
    words.scroll_into_view_if_needed()
    look(page, f"text-size-phone-{'dark' if dark else 'light'}")

    page.reload()
    assert words.evaluate(SIZE) == pytest.approx(2.1 * before, rel=0.01)
    page.set_viewport_size(LAPTOP)
    look(page, f"text-size-laptop-{'dark' if dark else 'light'}")
    button(page, "Larger text").focus()
    page.keyboard.press("Shift+Tab")
    for _ in range(6):
        page.keyboard.press("Enter")
    assert words.evaluate(SIZE) == pytest.approx(0.85 * before, rel=0.01)


def test_a_draft_on_the_wall_turns_into_more_pages_and_stays_on_it(hall, open_page, look):
    wall = open_page(PROJECTOR)
    wall.goto(hall.link)
    hall.show("draft")
    see(wall, "draft")
    words = wall.locator(".text-on-wall > li").first
    before = words.evaluate(SIZE)
    wall.keyboard.press("Tab")
    for _ in range(5):
        button(wall, "Larger text").focus()
        wall.keyboard.press("Enter")
    assert words.evaluate(SIZE) == pytest.approx(2.1 * before, rel=0.01)
    expect(wall.locator(".folio")).not_to_be_empty()
    inside = wall.evaluate(
        """() => [...document.querySelectorAll(".text-on-wall > li:not([hidden])")].every((item) =>
          item.getBoundingClientRect().right <= innerWidth && item.getBoundingClientRect().top < innerHeight)"""
    )
    assert inside
    look(wall, "text-size-wall")
    hall.show("auto")
    see(wall, "auto")
    look(wall, "text-size-wall-all")

    hall.show("agenda")
    see(wall, "agenda")
    expect(wall.get_by_role("group", name="Text size")).to_have_count(0)
    hall.show("draft")
    wall.reload()
    see(wall, "draft")
    assert words.evaluate(SIZE) == pytest.approx(2.1 * before, rel=0.01)
