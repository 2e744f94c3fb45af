"""A vote on statements: asked on a phone one by one, led from the desk, told on the wall."""

import os
import re
from itertools import count

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.models import Phase, Room, Statement
from tests import make
from tests.e2e.conftest import LAPTOP, PROJECTOR

SMALL = {"width": 320, "height": 568}
NUMBERS = count()
TEXTS = (
    "Every bus stop has a bench and a roof",
    "Courses are held in the evening as well",
    "Letters of offices are written in plain words",
    "Work permits are decided within thirty days",
    "Parking in the centre costs more",
    "Schools teach in two languages from the first class",
    "Employers pay for the course of the language",
    "The town hall is open on Saturdays",
)


def address(server, kind):
    laid = server.house.laid
    return f"{server.address}/f/{laid.uuid}/{kind}/{laid.rooms[0].uuid}"


def act(ref, name, **payload):
    return perform(ref, name, f"e2e-{os.getpid()}-{next(NUMBERS):06}", payload)


@pytest.fixture
def deciding(server):
    """A room that decides, with ideas; the hand of who leads it."""
    house = server.house
    writer = write(lambda: make.seat(house.laid, "Writer", house.laid.rooms[0], 0))
    ref = ActorRef(house.laid.rooms[0].id, seat_id=writer.id)
    for text in TEXTS:
        act(ref, "idea.post", sort="solution", question=None, text=text, lang="en")
    lead = ActorRef(ref.room_id, grant_id=house.lead().id)
    db.session.rollback()
    agenda = [step["phase"] for step in db.session.get(Room, ref.room_id).agenda]
    act(lead, "room.move", to=agenda.index(Phase.DECIDE))
    return lead


def tap(phone, name):
    """A tap of its own: two at once count as one, for nobody reads as fast."""
    phone.wait_for_timeout(600)
    phone.get_by_role("button", name=name, exact=True).tap()


def opened(lead):
    """A vote on all ideas, from outside of any page; its statements."""
    vote = act(lead, "statements.open", question="What do we think?", lang="en", ideas=[])
    db.session.rollback()
    return vote["id"], db.session.scalars(select(Statement.id).order_by(Statement.number)).all()


def crowd(server, lead, statements, people=26):
    """Two camps that agree on the first statement, and all pass on the second."""
    house = server.house
    room = house.laid.rooms[0]
    for n in range(people):
        seat = write(lambda n=n: make.seat(house.laid, f"Voter {n}", room, n % 2))
        ref = ActorRef(room.id, seat_id=seat.id)
        for place, statement in enumerate(statements):
            camp = ("agree", "disagree")[(place + (n < people * 0.6)) % 2]
            # Nobody is quite like the others of a camp.
            said = {0: "agree", 1: "pass"}.get(place, "pass" if place == 2 + n % 6 else camp)
            act(ref, "statements.vote", statement=statement, answer=said, more=False)


def test_statements_are_answered_by_single_taps(server, open_page, look, deciding):
    lead = open_page(LAPTOP, who=server.house.lead())
    phone = open_page(who=server.house.seat("Ana"), touch=True)
    lead.goto(address(server, "lead"))
    phone.goto(address(server, "room"))
    lead.get_by_label("What it is about").fill("What do we think of the town?")
    look(lead, "statements-desk-before")
    lead.get_by_role("button", name="Ask about 8 ideas").click()

    expect(phone.get_by_role("heading", name="What do we think of the town?")).to_be_visible()
    expect(phone.get_by_text("0 of 8 answered")).to_be_visible()
    look(phone, "statements-phone")
    statement = phone.locator(".statement")
    first = statement.inner_text()
    tap(phone, "Agree")
    expect(phone.get_by_text("1 of 8 answered")).to_be_visible()
    expect(statement).not_to_have_text(first)

    # A slip of the thumb is taken back, and the same statement is asked again.
    tap(phone, "Take the last answer back")
    expect(statement).to_have_text(first)
    expect(phone.get_by_text("0 of 8 answered")).to_be_visible()
    tap(phone, "Disagree")
    tap(phone, "Pass")
    expect(phone.get_by_text("2 of 8 answered")).to_be_visible()
    expect(lead.get_by_text("1 has voted · 2 answers")).to_be_visible()
    phone.reload()
    expect(phone.get_by_text("2 of 8 answered")).to_be_visible()
    for n in range(3, 9):
        tap(phone, "Agree")
        expect(phone.get_by_text(f"{n} of 8 answered")).to_be_visible()
    expect(phone.get_by_text("You have answered everything. Thank you.")).to_be_visible()
    look(phone, "statements-phone-done")

    lead.get_by_text("8 statements are asked").click()
    look(lead, "statements-desk")
    lead.get_by_role("button", name=f"Take out: {TEXTS[0]}").click()
    expect(phone.get_by_text("7 of 7 answered")).to_be_visible()
    lead.get_by_role("button", name="Close the vote").click()
    expect(phone.get_by_role("heading", name="Agreed by everybody")).to_be_visible(timeout=20_000)
    expect(phone.get_by_text("Opinion groups are shown from 20 people")).to_be_visible()
    look(phone, "statements-phone-lists")
    look(lead, "statements-desk-lists")


def test_statements_are_answered_by_keyboard_alone(server, open_page, deciding):
    opened(deciding)
    laptop = open_page(LAPTOP, who=server.house.seat("Ben"))
    laptop.goto(address(server, "room"))
    expect(laptop.locator(".statement")).to_be_visible()
    agree = laptop.get_by_role("button", name="Agree", exact=True)
    for _ in range(30):
        laptop.keyboard.press("Tab")
        if agree.evaluate("(button) => button === document.activeElement"):
            break
    for n in range(1, 4):
        # The finger stays where it is.
        laptop.keyboard.press("Enter")
        expect(laptop.get_by_text(f"{n} of 8 answered")).to_be_visible()
        expect(agree).to_be_focused()
    laptop.keyboard.press("Tab")
    laptop.keyboard.press("Enter")
    expect(laptop.get_by_text("2 of 8 answered")).to_be_visible()


def test_swipe_is_an_extra(server, open_page, deciding):
    opened(deciding)
    phone = open_page(who=server.house.seat("Cyd"), touch=True)
    phone.goto(address(server, "room"))
    card = phone.locator(".card-room")
    expect(card).to_be_visible()

    def swipe(dx, dy=0):
        for kind, x, y in (
            ("down", 200, 300),
            ("move", 200 + dx, 300 + dy),
            ("up", 200 + dx, 300 + dy),
        ):
            place = {"clientX": x, "clientY": y, "pointerType": "touch", "bubbles": True}
            card.dispatch_event(f"pointer{kind}", place)

    swipe(40)
    swipe(120, 200)
    expect(phone.get_by_text("0 of 8 answered")).to_be_visible()
    swipe(150)
    expect(phone.get_by_text("1 of 8 answered")).to_be_visible()
    swipe(-150)
    expect(phone.get_by_text("2 of 8 answered")).to_be_visible()
    expect(phone.locator(".status.good", has_text="saved")).to_be_visible()
    tallies = server.house.rows(select(Statement.agrees, Statement.disagrees))
    assert sorted(filter(any, map(tuple, tallies))) == [(0, 1), (1, 0)]


@pytest.mark.parametrize("dark", [False, True])
def test_groups_of_a_large_room_are_told_to_all(server, open_page, look, deciding, dark):
    vote, statements = opened(deciding)
    crowd(server, deciding, statements)
    tone = "-dark" if dark else ""
    phone = open_page(SMALL, who=server.house.seat("Ana"), dark=dark)
    lead = open_page(LAPTOP, who=server.house.lead(), dark=dark)
    wall = open_page(PROJECTOR, who=server.house.lead(), dark=dark)
    phone.goto(address(server, "room"))
    lead.goto(address(server, "lead"))
    wall.goto(address(server, "screen"))
    expect(phone.get_by_role("button", name="Agree", exact=True)).to_be_visible()
    expect(wall.get_by_text("answers so far")).to_be_visible()
    look(phone, f"statements-small{tone}")
    look(wall, f"statements-wall-open{tone}")

    act(deciding, "statements.close", vote=vote)

    for page, name in ((phone, "small"), (lead, "desk"), (wall, "wall")):
        groups = page.get_by_role("img", name=re.compile("Group A: 1[0-9] people, Group B: "))
        expect(groups).to_be_visible(timeout=30_000)
        groups.scroll_into_view_if_needed()
        look(page, f"statements-{name}-groups{tone}")
        for title in ("Agreed by everybody", "Divides the room", "Nobody has decided"):
            expect(page.get_by_role("heading", name=title)).to_be_visible()
        expect(page.get_by_text(TEXTS[0], exact=True).filter(visible=True).first).to_be_visible()
    expect(phone.get_by_role("heading", name="Agreed in every sector")).to_be_visible()
    # Two letters, and no dot for fewer than five.
    assert wall.locator(".group-letter").all_text_contents() == ["A", "B"]
    assert 1 <= wall.locator(".opinion-map .many").count() <= 5
