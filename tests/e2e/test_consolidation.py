"""The consolidation desk beyond merging: take apart, find, ask the rooms, let the plenary adopt."""

import re
from itertools import count

import pytest
from playwright.sync_api import expect

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db
from facilitator.models import Recommendation, Role
from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_organise_walk import TEXTS, go_to, write_in

NUMBERS = count(1)
SIZES = pytest.mark.parametrize("size", [PHONE, LAPTOP, PROJECTOR], ids=["390", "1280", "1920"])
COLOURS = pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])


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
            return perform(ref, name, f"consolidation-{next(NUMBERS):06}", payload)

    return Organiser


@pytest.fixture
def merged(organiser):
    """What the two rooms wrote, merged in a chapter."""
    chapter = organiser.act("chapter.add", title={"en": "Getting about"})["id"]
    db.session.rollback()
    both = [one.id for one in db.session.query(Recommendation).order_by(Recommendation.id)]
    title = "Buses for everybody"
    return organiser.act("desk.merge", recommendations=both, chapter=chapter, title=title)["id"]


@SIZES
@COLOURS
def test_merged_recommendation_is_taken_apart(
    server, organiser, merged, open_page, look, size, dark
):
    page = open_page(size, dark=dark, who=organiser.ticket)
    go_to(page, server, "organise/desk")
    page.locator(".growing a", has_text="Buses for everybody").click()
    page.get_by_role("button", name="Take apart …").press("Enter")
    page.get_by_role("radio", name=re.compile("Into two")).check()
    expect(page.get_by_role("button", name="Take apart into")).to_be_disabled()
    page.get_by_role("checkbox", name=re.compile("part 2")).check()
    page.get_by_role("textbox", name="Title of the new one").fill("Buses that speak")
    page.get_by_role("button", name="Take apart into 2").scroll_into_view_if_needed()
    look(page, f"apart-{size['width']}-{'dark' if dark else 'light'}")
    page.get_by_role("button", name="Take apart into 2").press("Enter")

    expect(page.locator(".growing a")).to_have_count(2)
    expect(page.locator("main")).to_contain_text(TEXTS[0])
    expect(page.locator("main")).not_to_contain_text(TEXTS[1])
    page.locator(".growing a", has_text="Buses that speak").click()
    expect(page.locator("main")).to_contain_text(TEXTS[1])
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".growing a")).to_have_count(1)
