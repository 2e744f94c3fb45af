"""The consolidation desk beyond merging: take apart, find, ask the rooms, let the plenary adopt."""

import re
import time
from itertools import count, product

import pytest
from playwright.sync_api import expect
from sqlalchemy.exc import OperationalError

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.db import db, write
from facilitator.forums.screens import hang
from facilitator.models import Meeting, People, Recommendation, Role, Room, Track
from facilitator.rooms.recommendations import Piece, begin, write_pieces
from tests import make
from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_organise_walk import TEXTS, go_to, write_in

NUMBERS = count(1)
SIZES, COLOURS = (PHONE, LAPTOP, PROJECTOR), (False, True)


def patiently(work):
    """Do something at the desk; what the worker or the server holds up is tried again."""
    for _ in range(60):
        try:
            return work()
        except Refused as refusal:
            if not refusal.retry:
                raise
        except OperationalError:  # the server has held the file for longer than one waits
            db.session.rollback()
        time.sleep(0.25)
    return work()


@pytest.fixture
def everywhere(open_page, look):
    """everywhere(name, ticket, go) shows something on every screen, light and dark."""

    def shown(name, ticket, go):
        for size, dark in product(SIZES, COLOURS):
            page = open_page(size, dark=dark, who=ticket)
            go(page)
            look(page, f"{name}-{size['width']}-{'dark' if dark else 'light'}")
            page.close()

    return shown


@pytest.fixture
def organiser(server):
    """Who organises, acting without a browser; two rooms have written a recommendation each."""
    house = server.house
    for number, text in enumerate(TEXTS):
        write_in(house, number, f"Buses for everybody, part {number + 1}", text)
    grant = house.lead(Role.ORGANISER, page="desk")
    ref = ActorRef(house.laid.desk.id, grant_id=grant.id)

    class Organiser:
        ticket = grant

        @staticmethod
        def act(name, **payload):
            return patiently(
                lambda: perform(ref, name, f"consolidation-{next(NUMBERS):06}", payload)
            )

    return Organiser


@pytest.fixture
def merged(organiser):
    """What the two rooms wrote, merged in a chapter."""
    chapter = organiser.act("chapter.add", title={"en": "Getting about"})["id"]
    db.session.rollback()
    both = [one.id for one in db.session.query(Recommendation).order_by(Recommendation.id)]
    title = "Buses for everybody"
    return organiser.act("desk.merge", recommendations=both, chapter=chapter, title=title)["id"]


def test_merged_recommendation_is_taken_apart(server, organiser, merged, open_page, everywhere):
    def ask(page):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text="Buses for everybody").click()
        page.get_by_role("button", name="Take apart …").press("Enter")
        page.get_by_role("radio", name=re.compile("Into two")).check()
        expect(page.get_by_role("button", name="Take apart into")).to_be_disabled()
        page.get_by_role("checkbox", name=re.compile("part 2")).check()
        page.get_by_role("textbox", name="Title of the new one").fill("Buses that speak")
        page.get_by_role("button", name="Take apart into 2").scroll_into_view_if_needed()

    everywhere("apart", organiser.ticket, ask)
    page = open_page(LAPTOP, who=organiser.ticket)
    ask(page)
    page.get_by_role("button", name="Take apart into 2").press("Enter")

    expect(page.locator(".growing a")).to_have_count(2)
    expect(page.locator("main")).to_contain_text(TEXTS[0])
    expect(page.locator("main")).not_to_contain_text(TEXTS[1])
    page.locator(".growing a", has_text="Buses that speak").click()
    expect(page.locator("main")).to_contain_text(TEXTS[1])
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".growing a")).to_have_count(1)


# ---- Finding -------------------------------------------------------------------------------------

#: Cards at a desk that is full; seconds in which somebody who types sees what fits.
MANY, SOON = 500, 1.0


def crowd(house):
    """Five hundred recommendations of six rooms in two towns, and a track of which nothing came."""
    laid = house.laid
    made = laid.forum.id
    town = Meeting(forum_id=made, position=1, city="Wrocław", place="Hall", on=make.DAY)
    tracks = [
        Track(forum_id=made, position=n, title={"en": title}, template=make.TEMPLATE)
        for n, title in enumerate(("Health", "Law"), 1)
    ]
    db.session.add_all([town, *tracks])
    db.session.flush()
    first = db.session.query(Meeting).filter_by(position=0).one()
    places = [(first, laid.track), (town, laid.track), (first, tracks[0]), (town, tracks[0])]
    rooms = [
        Room(
            forum_id=made,
            meeting_id=town_.id,
            track_id=track.id,
            number=9,
            code=f"CDFH{n}X",
            agenda=make.AGENDA,
        )
        for n, (town_, track) in enumerate([*places, (town, tracks[1])])
    ]
    db.session.add_all(rooms)
    db.session.flush()
    db.session.add_all([*(People(id=room.id) for room in rooms), *map(hang, rooms)])
    return [room.id for room in rooms]


def write_some(rooms, numbers):
    """Let rooms write recommendations, a few at a time: the server writes as well."""
    for number in numbers:
        room = db.session.get_one(Room, rooms[number % 4])
        text = begin(room, title="", lang="en")
        text.title = f"Recommendation {number}"
        words = {
            "title": text.title,
            "s:problem": f"Problem {number} is not solved.",
            "s:addressee": "City hall",
        }
        write_pieces(text, [Piece(root, said) for root, said in words.items()])


def test_desk_of_five_hundred_is_found_through(server, open_page, everywhere):
    rooms = patiently(lambda: write(lambda: crowd(server.house)))
    for first in range(0, MANY, 20):
        some = range(first, first + 20)
        patiently(lambda some=some: write(lambda: write_some(rooms, some)))
    grant = server.house.lead(Role.ORGANISER, page="desk")

    def filled(page):
        go_to(page, server, "organise/desk")
        expect(page.get_by_text("500 left", exact=True)).to_be_visible()
        page.get_by_text("More filters").click()

    everywhere("matrix", grant, filled)
    page = open_page(LAPTOP, who=grant)
    filled(page)
    cards = page.locator("article.source")
    assert 5 < cards.count() < 60
    rows = page.locator("table.whence tbody tr")
    expect(rows.nth(1)).to_contain_text("Health")
    expect(rows.nth(2)).to_contain_text("nothing came")
    pane = page.locator("#sources")
    pane.evaluate("pane => pane.scrollTo(0, pane.scrollHeight)")
    expect(page.get_by_role("button", name="Recommendation 499")).to_be_visible()
    assert cards.count() < 60
    pane.evaluate("pane => pane.scrollTo(0, 0)")

    rows.nth(1).get_by_role("button").first.press("Enter")
    expect(page.get_by_role("combobox", name="Meeting")).to_have_value("Lublin")
    expect(page.get_by_role("button", name="Recommendation 2", exact=True)).to_be_visible()
    expect(page.get_by_role("button", name="Recommendation 3", exact=True)).to_have_count(0)
    page.get_by_role("button", name="Clear the filters").click()
    page.get_by_role("combobox", name="Addressed to").select_option("city")
    began = time.monotonic()
    page.locator("#find").fill("problem 377 solved")
    expect(cards).to_have_count(1)
    assert time.monotonic() - began < SOON
    spent = page.evaluate(TYPE_A_LETTER)
    assert spent < 150, f"{spent} ms for a letter"


#: How long the page is busy with one letter of a search, in milliseconds.
TYPE_A_LETTER = """async () => {
    const find = document.querySelector("#find");
    const began = performance.now();
    find.value = "recommendation 4";
    find.dispatchEvent(new Event("input", {bubbles: true}));
    await new Promise((done) => requestAnimationFrame(() => setTimeout(done)));
    return Math.round(performance.now() - began);
}"""


# ---- Back to the rooms ---------------------------------------------------------------------------


def test_rooms_say_whether_it_is_still_theirs(  # noqa: PLR0917 - fixtures
    server, organiser, merged, open_page, everywhere, look
):
    ana, ben = server.house.seat("Ana"), server.house.seat("Ben", room=1)

    def entry(page):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text="Buses for everybody").click()
        expect(page.get_by_role("heading", name="Back to the rooms")).to_be_visible()

    desk = open_page(LAPTOP, who=organiser.ticket)
    entry(desk)
    desk.get_by_role("button", name="Ask the rooms").press("Enter")
    expect(desk.get_by_text("The rooms are being asked.", exact=False).first).to_be_visible()

    def room(page, number=0):
        go_to(page, server, f"room/{server.house.laid.rooms[number].uuid}")
        expect(page.get_by_role("heading", name="Is this still yours?")).to_be_visible()
        page.get_by_text("Buses for everybody", exact=True).first.click()
        expect(page.get_by_text(TEXTS[1]).first).to_be_visible()
        page.get_by_role("button", name="With a reservation").click()

    everywhere("still-ours", ana, room)
    one, other = open_page(PHONE, who=ana), open_page(PHONE, who=ben, lang="pl")
    room(one)
    one.get_by_label("What is your reservation?").fill("Benches are not enough.")
    one.get_by_role("button", name="Send my reservation").press("Enter")
    expect(one.get_by_text("You answered: with a reservation")).to_be_visible()
    look(one, "still-ours-answered")
    one.reload()
    expect(one.get_by_text("You answered: with a reservation")).to_be_visible()
    go_to(other, server, f"room/{server.house.laid.rooms[1].uuid}")
    other.locator(".still-ours .btn.main").first.click()
    expect(other.locator(".still-ours .status.good")).to_be_visible()

    desk.get_by_role("button", name="Close and count").first.press("Enter")
    expect(desk.get_by_text("1 of 2 say: still ours")).to_be_visible()
    expect(one.locator(".still-ours .card")).to_have_count(0)
    everywhere("consulted", organiser.ticket, entry)
    go_to(desk, server, "document")
    expect(desk.locator("body")).to_contain_text("Benches are not enough.")
