"""Grouping in a real browser: by taps, by dragging with mouse and finger, and by keyboard alone."""

import os
import re
import time

import pytest
from playwright.sync_api import expect

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db
from facilitator.models import Idea, Phase, Room, Theme
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_room_walk import address

SMALL = {"width": 320, "height": 568}
TEXTS = (
    "A bench in the shade at every bus stop",
    "Somebody at the town hall who calls back",
    "Trees along the main street",
    "One form in four languages",
    "A night bus on Fridays",
    "Toilets in the park that are open",
)


@pytest.fixture
def board(server):
    """A room with six ideas that is grouping them; board.act("theme.make", …) is Ben's doing."""
    return Board(server)


class Board:
    def __init__(self, server, texts=TEXTS):
        self.server, self.number = server, 0
        house = server.house
        self.room_id = house.laid.rooms[0].id
        self.ana, self.ben, self.lead = house.seat("Ana"), house.seat("Ben"), house.lead()
        question = house.laid.questions[0].id
        fields = {"sort": "need", "question": question, "lang": "en"}
        self.ids = [self.act("idea.post", **fields, text=text)["id"] for text in texts]
        self.go(Phase.GROUP)

    def act(self, name, *, leads=False, **payload):
        self.number += 1
        who = {"grant_id": self.lead.id} if leads else {"seat_id": self.ben.id}
        return perform(ActorRef(self.room_id, **who), name, f"grouping-{self.number:05}", payload)

    def theme(self, title, *places):
        ideas = [self.ids[place] for place in places]
        return self.act("theme.make", title=title, lang="en", ideas=ideas)["id"]

    def go(self, phase):
        db.session.rollback()
        agenda = db.session.get(Room, self.room_id).agenda
        at = [step["phase"] for step in agenda].index(phase)
        self.act("room.move", leads=True, to=at)

    def comes_to(self, wanted):
        """What is stored; a page shows its own moves before that."""
        end = time.monotonic() + 10
        while self.stored() != wanted and time.monotonic() < end:
            time.sleep(0.1)
        assert self.stored() == wanted

    def stored(self):
        """The titles of the themes, and which ideas are in which, by their place in TEXTS."""
        db.session.rollback()
        themes = {theme.id: theme.title for theme in db.session.query(Theme).filter_by(gone=False)}
        found = {title: set() for title in themes.values()}
        for idea in db.session.query(Idea):
            if idea.theme_id is not None:
                found[themes[idea.theme_id]].add(self.ids.index(idea.id))
        db.session.rollback()
        return found


@pytest.fixture
def look(look):
    """The whole page at once: at the edge of a screen something is always cut by what sticks there."""

    def looks(page, name):
        size = page.viewport_size
        if folder := os.environ.get("SCREENSHOTS"):
            page.screenshot(path=f"{folder}/{name}.png")
        tall = page.evaluate("document.documentElement.scrollHeight")
        page.set_viewport_size({"width": size["width"], "height": max(tall, size["height"])})
        look(page, f"{name}-whole")
        page.set_viewport_size(size)

    return looks


def pick(page, text):
    return page.get_by_role("checkbox", name=re.compile(text))


def group(page, title):
    return page.get_by_role("region", name=title, exact=True)


def opened(page, server, kind="room"):
    page.goto(address(server, kind))
    expect(page.get_by_role("heading", name="Not in a theme yet")).to_be_visible()
    return page


def test_by_taps_on_a_phone(server, open_page, board, look):
    phone = opened(open_page(who=board.ana, touch=True), server)
    look(phone, "grouping-phone")

    # Several ideas into a new theme
    pick(phone, "bench").tap(force=True)
    pick(phone, "Trees").tap(force=True)
    phone.get_by_role("textbox", name="Name of a new theme").fill("Shade")
    phone.get_by_role("button", name="Make").tap()
    expect(group(phone, "Shade").get_by_role("checkbox")).to_have_count(2)
    expect(phone.locator(".told")).to_have_text("Done: 2 ideas into the new theme “Shade”.")

    # Into a theme that is there
    pick(phone, "Toilets").tap(force=True)
    look(phone, "grouping-phone-chosen")
    phone.get_by_role("group", name="Put them into").get_by_role("button", name="Shade").tap()
    expect(group(phone, "Shade").get_by_role("checkbox")).to_have_count(3)

    # Some of a theme become one of their own
    pick(phone, "Toilets").tap(force=True)
    phone.get_by_role("textbox", name="Name of a new theme").fill("Park")
    phone.get_by_role("button", name="Split off").tap()
    expect(group(phone, "Park").get_by_role("checkbox")).to_have_count(1)

    # Two themes become one, and come apart again
    phone.get_by_role("button", name="What to do with the theme: Park").tap()
    look(phone, "grouping-phone-menu")
    phone.get_by_label("Merge into").select_option("Shade")
    phone.get_by_role("button", name="Merge").tap()
    expect(group(phone, "Park")).to_have_count(0)
    expect(group(phone, "Shade").get_by_role("checkbox")).to_have_count(3)
    phone.get_by_role("button", name="Undo: themes merged into “Shade”").tap()
    expect(group(phone, "Park").get_by_role("checkbox")).to_have_count(1)
    look(phone, "grouping-phone-undone")
    phone.get_by_role("button", name="Redo: themes merged into “Shade”").tap()
    expect(group(phone, "Park")).to_have_count(0)
    phone.get_by_role("button", name="Undo: themes merged into “Shade”").tap()

    # Rename, order, put aside
    more = phone.get_by_role("button", name="What to do with the theme: Park")
    more.tap()
    phone.get_by_role("button", name="Rename").tap()
    phone.get_by_role("textbox", name="Name of the theme").fill("Parks")
    phone.get_by_role("button", name="Save").tap()
    more = phone.get_by_role("button", name="What to do with the theme: Parks")
    more.tap()
    phone.get_by_role("button", name="Move forward").tap()
    titles = phone.locator(".grouping > .themes h3")
    expect(titles).to_have_text(["Parks", "Shade"])
    phone.get_by_role("button", name="Put aside").tap()
    expect(titles).to_have_text(["Shade"])
    phone.get_by_text("1 theme put aside").tap()
    expect(group(phone, "Parks")).to_be_visible()
    look(phone, "grouping-phone-aside")
    phone.get_by_role("button", name="Undo: “Parks” put aside").tap()
    expect(titles).to_have_text(["Parks", "Shade"])
    board.comes_to({"Shade": {0, 2}, "Parks": {5}})


def drag(page, what, where, *, drop=True):
    """Take something by its middle, and carry it in steps, as a hand does."""
    start, end = what.bounding_box(), where.bounding_box()
    page.mouse.move(start["x"] + start["width"] / 2, start["y"] + start["height"] / 2)
    page.mouse.down()
    page.mouse.move(end["x"] + end["width"] / 2, end["y"] + min(40, end["height"] / 2), steps=8)
    expect(page.locator(".dragged")).to_be_visible()
    if drop:
        page.wait_for_timeout(60)
        page.mouse.up()
        expect(page.locator(".dragged")).to_have_count(0)


def test_by_mouse_on_a_laptop(server, open_page, board, look):
    board.theme("Getting about", 4)
    board.theme("Town hall", 1, 3)
    page = opened(open_page(LAPTOP, who=board.ana), server)
    look(page, "grouping-laptop")

    # Onto a theme
    drag(page, pick(page, "bench"), group(page, "Getting about"), drop=False)
    page.wait_for_timeout(100)
    expect(page.locator("[data-over]")).to_have_count(1)
    look(page, "grouping-laptop-dragging")
    page.mouse.up()
    expect(group(page, "Getting about").get_by_role("checkbox")).to_have_count(2)
    expect(pick(page, "bench")).not_to_be_checked()

    # Escape lets go
    drag(page, pick(page, "Trees"), group(page, "Town hall"), drop=False)
    page.keyboard.press("Escape")
    expect(page.locator(".dragged")).to_have_count(0)
    page.mouse.up()
    expect(group(page, "Town hall").get_by_role("checkbox")).to_have_count(2)
    expect(pick(page, "Trees")).not_to_be_checked()

    # One idea onto another: a theme of both, whose name is asked for
    drag(page, pick(page, "Trees"), pick(page, "Toilets"))
    name = page.get_by_role("textbox", name="Name of the theme")
    expect(name).to_be_focused()
    expect(name).to_have_value("Toilets in the park that are open")
    name.fill("Park")
    name.press("Enter")
    expect(group(page, "Park").get_by_role("checkbox")).to_have_count(2)

    # Out of any theme, and several at once
    drag(page, pick(page, "form"), group(page, "Not in a theme yet"))
    expect(group(page, "Not in a theme yet").get_by_role("checkbox")).to_have_count(1)
    for text in ("form", "calls back"):
        pick(page, text).check(force=True)
    drag(page, pick(page, "form"), group(page, "Park"))
    expect(group(page, "Park").get_by_role("checkbox")).to_have_count(4)
    look(page, "grouping-laptop-after")
    board.comes_to({"Getting about": {0, 4}, "Town hall": set(), "Park": {1, 2, 3, 5}})


def touches(page, *points):
    """A finger that comes down, rests, and goes from point to point."""
    session = page.context.new_cdp_session(page)

    def send(kind, *at):
        session.send("Input.dispatchTouchEvent", {"type": kind, "touchPoints": list(at)})

    x, y, rests = points[0]
    send("touchStart", {"x": x, "y": y})
    page.wait_for_timeout(rests)
    for end_x, end_y in points[1:]:
        for step in range(1, 9):
            at = {"x": x + (end_x - x) * step / 8, "y": y + (end_y - y) * step / 8}
            send("touchMove", at)
            page.wait_for_timeout(20)
        x, y = end_x, end_y
    page.wait_for_timeout(80)
    send("touchEnd")


def middle(locator):
    box = locator.bounding_box()
    return box["x"] + box["width"] / 2, box["y"] + box["height"] / 2


def test_by_finger_on_a_phone(server, open_page, board):
    phone = opened(open_page(PHONE, who=board.ana, touch=True), server)
    before = phone.evaluate("scrollY")

    # A finger that moves at once scrolls, and moves nothing
    x, y = middle(pick(phone, "Trees"))
    touches(phone, (x, y, 0), (x, y - 150))
    expect(phone.locator(".dragged")).to_have_count(0)
    phone.wait_for_function("before => scrollY > before", arg=before)
    board.comes_to({})

    # One that rests takes the idea along, and the page stays where it is
    phone.evaluate("scrollTo(0, 0)")
    phone.wait_for_timeout(300)
    touches(phone, (*middle(pick(phone, "Trees")), 500), middle(pick(phone, "bench")))
    name = phone.get_by_role("textbox", name="Name of the theme")
    expect(name).to_have_value(TEXTS[0])
    board.comes_to({TEXTS[0]: {0, 2}})


def test_by_keyboard_alone(server, open_page, board, look):
    board.theme("Getting about", 4)
    board.theme("Town hall", 1)
    page = opened(open_page(LAPTOP, who=board.ana), server)
    focused = page.locator(":focus")
    page.keyboard.press("Tab")
    while focused.get_attribute("type") != "checkbox":
        page.keyboard.press("Tab")
    expect(focused).to_have_attribute("value", str(board.ids[0]))

    # Arrows go along, Space chooses, M says where to; the focus goes on to what stays
    page.keyboard.press("Space")
    page.keyboard.press("ArrowDown")
    page.keyboard.press("Space")
    expect(page.get_by_text("2 ideas chosen")).to_be_visible()
    page.keyboard.press("m")
    expect(focused).to_have_text("Getting about")
    page.keyboard.press("t")
    expect(focused).to_have_text("Town hall")
    look(page, "grouping-keyboard")
    page.keyboard.press("Enter")
    expect(group(page, "Town hall").get_by_role("checkbox")).to_have_count(3)
    expect(focused).to_have_attribute("value", str(board.ids[3]))
    expect(page.locator(".told")).to_have_text("Done: 2 ideas into “Town hall”.")

    # N makes a theme of what has the focus
    page.keyboard.press("n")
    expect(page.get_by_role("textbox", name="Name of a new theme")).to_be_focused()
    page.keyboard.type("Languages")
    page.keyboard.press("Enter")
    expect(group(page, "Languages").get_by_role("checkbox")).to_have_count(1)
    expect(focused).to_have_attribute("value", str(board.ids[5]))

    # Arrows go to the theme beside; Ctrl+Z takes back, from anywhere on the board
    page.keyboard.press("ArrowRight")
    expect(focused).to_have_attribute("value", str(board.ids[4]))
    page.keyboard.press("ArrowLeft")
    page.keyboard.press("Control+z")
    expect(group(page, "Languages")).to_have_count(0)
    page.keyboard.press("Control+z")
    expect(group(page, "Town hall").get_by_role("checkbox")).to_have_count(1)

    # A theme is merged, moved and taken apart from its menu
    page.keyboard.press("ArrowRight")
    page.keyboard.press("ArrowUp")
    expect(focused).to_have_attribute("aria-label", "What to do with the theme: Getting about")
    page.keyboard.press("Enter")
    page.keyboard.press("Tab")
    page.keyboard.press("Tab")
    expect(focused).to_have_text("Move back")
    page.keyboard.press("Enter")
    expect(page.locator(".grouping > .themes h3")).to_have_text(["Town hall", "Getting about"])
    page.get_by_role("button", name="Take apart").focus()
    page.keyboard.press("Enter")
    expect(group(page, "Getting about")).to_have_count(0)
    assert page.evaluate("document.activeElement !== document.body")
    board.comes_to({"Town hall": {1}})


def test_what_others_do_waits_while_somebody_chooses(server, open_page, board):
    phone = opened(open_page(who=board.ana), server)
    pick(phone, "Trees").check(force=True)
    at = pick(phone, "Trees").bounding_box()
    board.theme("Town hall", 0, 1)

    waits = phone.get_by_role("button", name="The board has changed")
    expect(waits).to_be_visible()
    assert pick(phone, "Trees").bounding_box() == at
    expect(group(phone, "Town hall")).to_have_count(0)
    waits.click()
    expect(group(phone, "Town hall")).to_be_visible()
    expect(pick(phone, "Trees")).to_be_checked()


def test_who_leads_takes_back_what_anybody_did(server, open_page, board, look):
    places = board.theme("Places", 0, 2)
    board.act("theme.fill", theme=places, ideas=[board.ids[5]])
    lead = opened(open_page(LAPTOP, who=board.lead), server, "lead")
    phone = opened(open_page(who=board.ben), server)
    lead.get_by_text("Last steps of everybody").click()
    look(lead, "grouping-lead")
    steps = lead.locator(".last-steps li")
    expect(steps).to_have_count(2)
    lead.get_by_role("button", name="Undo: 2 ideas into the new theme “Places”").click()

    # The theme stays, for what was put into it later.
    expect(lead.locator(".told")).to_contain_text("stays as it is")
    expect(group(phone, "Places").get_by_role("checkbox")).to_have_count(1)
    expect(phone.get_by_role("button", name="Undo: 1 idea into “Places”")).to_be_visible()
    expect(lead.locator("#undo")).to_have_count(0)  # that was nothing of their own
    lead.get_by_role("button", name="Redo: 2 ideas into the new theme “Places”").click()
    expect(group(phone, "Places").get_by_role("checkbox")).to_have_count(3)
    board.comes_to({"Places": {0, 2, 5}})


def test_hundred_themes_with_long_names(server, open_page, board, look):
    for number in range(100):
        title = f"{number} Donaudampfschifffahrtsgesellschaftskapitänskajüte " * (number % 2 + 1)
        board.theme(title[:119], *([number] if number < 4 else []))
    for viewport, dark, name in (
        (SMALL, True, "small"),
        (LAPTOP, True, "laptop"),
        (PHONE, False, "phone"),
    ):
        page = opened(open_page(viewport, who=board.ana, dark=dark), server)
        expect(page.locator(".grouping > .themes .group")).to_have_count(100)
        pick(page, "night bus").check(force=True)
        look(page, f"grouping-hundred-{name}")
