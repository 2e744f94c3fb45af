"""The plenary, from the desk to the document: put, amended from the floor, voted on, printed."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.forums.screens import hang
from facilitator.models import Phase, Recommendation, Room, RoomKind
from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_consolidation import organiser, patiently  # noqa: F401 - a fixture
from tests.e2e.test_organise_walk import TEXTS, go_to
from tests.e2e.test_room_walk import address

HALL = 2
CHAPTER = {"en": "Getting about"}


@pytest.fixture
def hall(server, organiser):  # noqa: F811 - the fixture
    """The plenary, where it adopts; two texts stand in the document."""
    house = server.house
    chapter = organiser.act("chapter.add", title=CHAPTER)["id"]
    db.session.rollback()
    for one in [one.id for one in db.session.query(Recommendation).order_by(Recommendation.id)]:
        organiser.act("desk.place", recommendation=one, chapter=chapter)
    meeting = house.laid.rooms[0].meeting_id

    def laid():
        room = Room(
            forum_id=house.laid.id,
            sort=RoomKind.PLENARY,
            meeting_id=meeting,
            code="CDFHJP",
            agenda=[
                {"phase": phase, "title": {"en": title}, "minutes": 60}
                for phase, title in ((Phase.ADOPT, "We adopt"), (Phase.CLOSED, "The end"))
            ],
            phase=Phase.ADOPT,
        )
        db.session.add(room)
        db.session.flush()
        hang(room)
        return room

    house.laid.rooms.append(write(laid))
    return house.laid.rooms[HALL]


def desk_at(page, server, title="part 1"):
    go_to(page, server, "organise/desk")
    page.locator(".growing a", has_text=title).click()
    expect(page.get_by_role("heading", name=re.compile("Plenary"))).to_be_visible()


def card(page, title="part 1"):
    return page.locator(".text.card").filter(has=page.get_by_role("heading", name=title)).first


def on_the_floor(page):
    summary = card(page).get_by_text("From the floor: other words")
    if card(page).locator("details.floor").get_attribute("open") is None:
        summary.click()
    expect(card(page).locator("textarea.sheet").first).to_have_value(TEXTS[0])


def test_plenary_amends_votes_and_the_document_says_it(  # noqa: PLR0917 - one story
    server,
    organiser,  # noqa: F811 - the fixture
    hall,
    open_page,
    look,
    everywhere,
):
    house = server.house
    desk = open_page(LAPTOP, who=organiser.ticket)
    desk_at(desk, server)
    desk.get_by_role("button", name="Put it to the plenary").press("Enter")
    expect(desk.locator(".growing").get_by_text("before the plenary")).to_be_visible()

    chair_link, ana_seat = house.lead(room=HALL), house.seat("Ana", room=HALL)
    ana, ben = open_page(PHONE, who=ana_seat), open_page(PHONE, who=house.seat("Ben", room=HALL))
    chair = open_page(LAPTOP, who=chair_link)
    for page, kind in ((ana, "room"), (ben, "room"), (chair, "lead")):
        page.goto(address(server, kind, HALL))
        expect(card(page)).to_contain_text("A text of the document")
    expect(ana.get_by_role("button", name=re.compile("^Write:"))).to_have_count(0)

    # A participant suggests other words; who leads accepts them
    on_the_floor(ana)
    word = TEXTS[0].split()[0]
    ana.locator("textarea.sheet").first.evaluate(
        "(area, length) => { area.focus(); area.setSelectionRange(0, length); }", len(word)
    )
    ana.get_by_role("button", name=re.compile("Suggest a change")).first.click()
    ana.get_by_label("How it should read").fill("Trams")
    look(ana, "plenary-suggesting")
    ana.get_by_role("button", name="Send the suggestion").press("Enter")
    expect(ana.locator(".change ins")).to_contain_text("Trams")
    expect(ana.get_by_role("button", name="Accept")).to_have_count(0)
    on_the_floor(ben)
    ben.get_by_role("button", name=re.compile("^Agree")).click()

    chair.get_by_role("button", name=re.compile("Show on all phones")).first.click()
    screen = house.lead(room=HALL)
    wall = open_page(PROJECTOR, who=screen)
    wall.goto(address(server, "screen", HALL))
    expect(wall.locator(".amendments ins")).to_contain_text("Trams")

    def floor_of(kind):
        def go(page):
            page.goto(address(server, kind, HALL))
            if kind == "screen":
                expect(page.locator(".amendments ins")).to_be_visible()
            else:
                on_the_floor(page)
                page.locator(".change").first.scroll_into_view_if_needed()

        return go

    everywhere("plenary-floor-phone", ana_seat, floor_of("room"))
    everywhere("plenary-floor-lead", chair_link, floor_of("lead"))
    everywhere("plenary-floor-wall", screen, floor_of("screen"))
    on_the_floor(chair)
    chair.get_by_role("button", name="Accept").press("Enter")
    expect(ana.locator(".change.closed, .answered").first).to_be_visible()
    expect(desk.locator("main")).to_contain_text("Trams")
    expect(desk.locator("main")).to_contain_text("From the floor of the plenary")
    expect(desk.locator("main")).to_contain_text("1 amendment from the floor accepted")

    # The vote, and a reservation
    card(chair).get_by_role("button", name=re.compile("^Put to the vote")).press("Enter")
    for page in (ana, ben):
        card(page).get_by_role("radio", name="yes").check()
    expect(card(ana).locator("details.floor")).to_have_count(0)
    expect(card(chair).get_by_text(re.compile("2.* have voted")).first).to_be_visible()
    expect(wall.locator(".said.open")).to_be_visible()
    card(ana).get_by_role("button", name=re.compile("Write a reservation")).click()
    ana.get_by_label("What do you not agree with, and why?").fill("Trams take years.")
    ana.get_by_role("button", name="Send the reservation").press("Enter")
    card(chair).get_by_role("button", name="Close the vote").press("Enter")
    expect(wall.locator(".said.marked")).to_contain_text("Adopted")
    look(wall, "plenary-wall-adopted")
    expect(desk.locator(".growing").get_by_text("adopted by the plenary")).to_be_visible()
    expect(desk.locator("main")).to_contain_text("2 of 2 for")
    expect(desk.locator("main")).to_contain_text("Trams take years.")

    # The rest as a whole
    organisers = [one.id for one in _entries(server)]
    organiser.act("motion.put", room=hall.uuid, recommendations=organisers)
    chair.get_by_role("button", name=re.compile("Vote on the whole")).press("Enter")
    expect(ana.get_by_role("heading", name="Do we adopt the document as a whole?")).to_be_visible()

    def whole(page):
        page.goto(address(server, "room", HALL))
        expect(page.get_by_role("heading", name="Do we adopt the document as a")).to_be_visible()

    everywhere("plenary-whole-phone", ana_seat, whole)
    chair.get_by_role("button", name="Close the vote").first.press("Enter")
    everywhere("plenary-desk", organiser.ticket, lambda page: desk_at(page, server))
    go_to(desk, server, "organise/desk")
    expect(desk.get_by_role("button", name="Put the whole document")).to_be_visible()
    look(desk, "plenary-desk-whole")

    def log(page):
        desk_at(page, server)
        page.get_by_text("What was done").click()
        steps = page.locator(".trail li", has_text="cannot be undone")
        expect(steps.filter(has_text="amended").get_by_role("button")).to_have_count(0)
        expect(steps.filter(has_text="2 for, 0 against, 0 abstained")).to_have_count(1)
        page.locator(".trail").scroll_into_view_if_needed()

    everywhere("plenary-log", organiser.ticket, log)

    go_to(desk, server, "seal")
    expect(desk.locator("main")).to_contain_text("not put to a plenary, or not adopted")
    look(desk, "plenary-seal")
    go_to(desk, server, "document")
    told = desk.locator("body")
    expect(told).to_contain_text("Adopted by the plenary: 2 of 2 in favour.")
    expect(told).to_contain_text("Trams take years.")
    expect(told).to_contain_text("Amendments accepted from the floor: 1.")
    expect(told).to_contain_text("Vote on the whole document")


def _entries(server):
    db.session.rollback()
    desk = server.house.laid.desk.id
    there = select(Recommendation).where(Recommendation.room_id == desk)
    return db.session.scalars(there.where(Recommendation.gone.is_(False))).all()


def test_forty_phones_of_three_sectors_vote_by_sector(server, hall, organiser):  # noqa: F811
    house = server.house
    [first, _] = _entries(server)
    organiser.act("motion.put", room=hall.uuid, recommendations=[first.id])
    motion = db.session.scalar(select(Recommendation.id).filter_by(entry_id=first.id))
    db.session.rollback()
    chair = ActorRef(hall.id, grant_id=house.lead(room=HALL).id)
    rule = {"majority": "qualified", "parts": 2, "of": 3, "sectors": 50}
    ballot = patiently(
        lambda: perform(
            chair, "ballot.adopt", "plenary-adopt-1", {"recommendation": motion, "rule": rule}
        )
    )["id"]
    for n in range(40):
        seat = house.seat(f"Seat {n}", room=HALL, sector=n % 3)
        ref = ActorRef(hall.id, seat_id=seat.id)
        word = "no" if n % 4 == 0 else "yes"
        payload = {"ballot": ballot, "marks": {word: 1}}
        patiently(lambda: perform(ref, "ballot.cast", f"plenary-cast-{n:03}", payload))  # noqa: B023
    result = patiently(
        lambda: perform(chair, "ballot.close", "plenary-close-1", {"ballot": ballot})
    )
    assert (result["voters"], result["counts"]["yes"], result["passed"]) == (40, 30, True)
    # Every one of the three sectors is in favour; together the rows say what the total says.
    assert len(result["why"]) == 2
    assert sum(row["voters"] for row in result["sectors"]) == 40
