"""The consolidation desk beyond merging: take apart, find, ask the rooms, let the plenary adopt."""

import re
import time
from itertools import count

import pytest
from playwright.sync_api import expect
from sqlalchemy.exc import OperationalError

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.db import db
from facilitator.models import Recommendation, Role
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_organise_walk import TEXTS, go_to, write_in

NUMBERS = count(1)


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
