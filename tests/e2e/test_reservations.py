"""A reservation from a phone to the paper, and citing by one tap."""

import re

import pytest
from playwright.sync_api import expect

from facilitator.db import write
from facilitator.models import Role
from tests import make
from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_desk import patiently
from tests.e2e.test_room_walk import address, post


def move(lead, name):
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name=name).click()


@pytest.fixture
def five(server):
    """Four more of Ana's sector: enough for it to be named."""
    laid = server.house.laid
    for n in range(4):
        patiently(lambda n=n: write(lambda: make.seat(laid, f"Seat {n}", laid.rooms[0], 0)))


def test_reservation_goes_from_a_phone_to_the_paper(server, open_page, look, five):
    ana = open_page(PHONE, who=server.house.seat("Ana"))
    ben = open_page(PHONE, dark=True, who=server.house.seat("Ben", sector=1))
    lead = open_page(LAPTOP, who=server.house.lead())
    wall = open_page(PROJECTOR, who=server.house.lead())
    ana.goto(address(server, "room"))
    post(ana, "Forms that nobody can read")
    lead.goto(address(server, "lead"))
    wall.goto(address(server, "screen"))
    move(lead, "Draft")
    ana.get_by_role("textbox", name="Its title: what should be done").fill("A desk")
    ana.get_by_role("button", name="Begin").click()

    # Citing: one tap puts the mark where the caret stands
    section = ana.get_by_role("textbox", name="Problem", exact=True)
    section.fill("People queue. Every day.")
    section.evaluate("(area) => area.setSelectionRange(13, 13)")
    part = ana.locator("section.part", has=section)
    part.get_by_role("button", name="Cite", exact=True).click()
    look(ana, "cite-phone")
    part.get_by_role("button", name="Cite: Forms that nobody can read").click()
    expect(section).to_have_value(re.compile(r"^People queue\.\[\^i\d+\] Every day\.$"))
    part.get_by_role("button", name="Add evidence").click()
    part.get_by_label("What it is: a law, a figure, a report").fill("Waiting times 2025")
    part.get_by_label("Its address on the web").fill("https://example.org/waiting")
    part.get_by_label("What it shows").fill("Seven months on average")
    look(ana, "citing-phone")
    part.get_by_role("button", name="Add it").click()
    part.get_by_role("button", name="Cite: Waiting times 2025").click()
    expect(section).to_have_value(re.compile(r"\[\^i\d+\]\[\^e\d+\] Every day\.$"))
    expect(ana.locator(".writing .status.good").first).to_be_visible()
    ana.get_by_role("button", name="All recommendations").click()

    # Read by others: numbers, and the notes they lead to
    ben.goto(address(server, "room"))
    ben.get_by_text("Read it").click()
    expect(ben.get_by_role("link", name="Note 2")).to_be_visible()
    expect(ben.get_by_role("link", name="Waiting times 2025")).to_be_visible()
    expect(ben.locator(".cited-notes")).to_contain_text("Forms that nobody can read")
    look(ben, "cited-phone-dark")

    # Alone of one's sector: it goes without it, and that is said before
    ben.get_by_role("button", name="Write a reservation").click()
    expect(ben.get_by_text("It goes without your sector")).to_be_visible()
    ben.get_by_label("What do you not agree with, and why?").fill("Too dear for villages.")
    look(ben, "reserve-alone-phone-dark")
    ben.get_by_role("button", name="Send the reservation").click()
    expect(ben.locator(".reservation:not(.unsent)")).to_contain_text("Too dear for villages.")

    # Adopted: the wording has a hash, and one may still disagree, for one's sector
    move(lead, "Adopt")
    lead.get_by_role("button", name="Put to the vote: A desk").click()
    ana.get_by_role("radio", name="yes").check()
    expect(lead.get_by_text(re.compile(r"^1 .*voted$")).first).to_be_visible()
    lead.get_by_role("button", name="Close the vote").click()
    expect(ana.get_by_text("The adopted wording is closed.")).to_be_visible()
    ana.get_by_role("button", name="Write a reservation").click()
    ana.get_by_label("What do you not agree with, and why?").fill("Evening hours are missing.")
    ana.get_by_role("checkbox", name="Say that it comes from my sector").check()
    look(ana, "reserve-phone")
    ana.get_by_role("button", name="Send the reservation").click()
    expect(ben.locator(".reservation")).to_have_count(2)
    expect(ben.locator(".reservation", has_text="Evening hours")).to_contain_text("Diaspora")
    look(ben, "reserved-phone-dark")
    look(lead, "reserved-lead")
    expect(wall.get_by_text("2 reservations in the document")).to_be_visible()
    expect(wall.get_by_text("Too dear for villages.")).to_be_visible()
    look(wall, "reserved-wall")

    at_the_desk(server, open_page, look)

    # Opened again, which everybody sees
    lead.get_by_role("button", name="Open the text again").click()
    lead.get_by_label("Why is it opened again?").fill("A date was wrong.")
    lead.get_by_role("button", name="Open it again").click()
    expect(ben.locator(".reopened")).to_contain_text("A date was wrong.")
    expect(ben.get_by_text("A vote about an earlier wording")).to_be_visible()
    expect(wall.locator(".said")).to_contain_text("Opened again")
    expect(wall.get_by_text("A date was wrong.")).to_be_visible()
    look(wall, "reopened-wall")
    look(ben, "reopened-phone-dark")
    look(lead, "reopened-lead")

    # Taken back by who wrote it, and by nobody else
    expect(ana.get_by_role("button", name="Withdraw")).to_have_count(1)
    ana.get_by_role("button", name="Withdraw").click()
    expect(ben.locator(".reservation")).to_have_count(1)


def at_the_desk(server, open_page, look):
    """The desk reads what the room carried, and the document prints it."""
    organiser = open_page(LAPTOP, who=server.house.lead(Role.ORGANISER))
    forum = f"{server.address}/f/{server.house.laid.uuid}"
    organiser.goto(f"{forum}/organise/desk")
    organiser.get_by_role("button", name="Add a chapter").click()
    organiser.get_by_role("textbox", name="Title English").fill("Offices")
    organiser.get_by_role("button", name="Save", exact=True).click()
    card = organiser.get_by_role("article", name="A desk")
    expect(card).to_contain_text("2 reservations")
    card.get_by_role("button", name="A desk").click()
    expect(organiser.locator(".work .reservation")).to_have_count(2)
    expect(organiser.locator(".work .cited-notes")).to_contain_text("Waiting times 2025")
    look(organiser, "reserved-desk")
    card.get_by_role("checkbox").check(force=True)
    organiser.get_by_role("button", name="Place in the document").click()
    expect(organiser.locator(".growing a", has_text="A desk")).to_be_visible()
    organiser.goto(f"{forum}/document")
    for words in (
        "Too dear for villages.",
        "Evening hours are missing.",
        "Seven months on average",
    ):
        expect(organiser.locator("body")).to_contain_text(words)
    look(organiser, "reserved-document")
