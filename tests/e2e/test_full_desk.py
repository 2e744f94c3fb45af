"""A desk of five hundred recommendations: seen at a glance, and found through."""

import pytest
from playwright.sync_api import expect

from facilitator.db import db, write
from facilitator.forums.screens import hang
from facilitator.models import Meeting, People, Role, Room, Track
from facilitator.rooms.recommendations import Piece, begin, write_pieces
from tests import make
from tests.e2e.conftest import LAPTOP
from tests.e2e.test_organise_walk import go_to
from tests.running import House, Server, running

#: Cards at a desk that is full.
MANY = 500


def crowd(laid):
    """Five hundred recommendations of six rooms in two towns, and a track of which nothing came."""
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
    for number in range(MANY):
        text = begin(rooms[number % 4], title="", lang="en")
        text.title = f"Recommendation {number}"
        words = {
            "title": text.title,
            "s:problem": f"Problem {number} is not solved.",
            "s:addressee": "City hall",
        }
        write_pieces(text, [Piece(root, said) for root, said in words.items()])


@pytest.fixture
def server(tmp_path):
    """A server whose forum has written a lot before it starts."""
    server = Server(tmp_path, worker=True)
    with House(server) as house:
        write(lambda: crowd(house.laid))
        with running(server):
            server.house = house
            yield server


def test_desk_of_five_hundred_is_found_through(server, open_page, everywhere):
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
    page.locator("#find").fill("problem 377 solved")
    expect(cards).to_have_count(1)
    page.locator("#find").fill("recommendation 4")
    expect(page.get_by_role("button", name="Recommendation 4", exact=True)).to_be_visible()
    assert cards.count() < 60
