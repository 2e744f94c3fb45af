"""A meeting keeps its minutes: an agenda, two who write at once, tasks, and a text that cites."""

import re

import pytest
from playwright.sync_api import expect

from facilitator.db import db, write
from facilitator.models import Draft, Forum, Minutes, Role
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_organise_walk import go_to
from tests.e2e.test_room_walk import address

TITLE = "What people look for in the first weeks after they have come back, and where"


@pytest.fixture
def keeping(server):
    forum = server.house.laid.id
    write(lambda: setattr(db.session.get(Forum, forum), "minutes", True))
    return server.house


def to_minutes(page, server, name="room"):
    page.goto(address(server, name))
    page.get_by_role("button", name=re.compile("^Meeting minutes")).click()


def put(lead, title, by):
    lead.get_by_role("textbox", name="What will be spoken about").fill(title)
    lead.get_by_role("textbox", name=re.compile("^Who brings it in")).fill(by)
    lead.get_by_role("button", name="Put it on the agenda").click()
    expect(lead.get_by_role("heading", name=title)).to_be_visible()


def test_two_people_write_minutes_at_once_and_a_text_cites_them(
    server, keeping, open_page, everywhere, look
):
    ticket = keeping.lead()
    lead = open_page(LAPTOP, who=ticket)
    to_minutes(lead, server, "lead")
    expect(lead.get_by_text("Nothing is on the agenda yet.")).to_be_visible()
    look(lead, "minutes-nothing")
    put(lead, TITLE, "Labour office")
    put(lead, "A first contact point", "Regional authority")
    lead.get_by_role("button", name=re.compile(f"We are here now.*{TITLE}")).click()

    seats = [keeping.seat(name) for name in ("Ana", "Ben")]
    ana, ben = (open_page(PHONE, who=seat) for seat in seats)
    for page in (ana, ben):
        to_minutes(page, server)
        page.get_by_role("button", name=f"Write: {TITLE}").click()
        expect(page.get_by_role("textbox", name="Discussion", exact=True)).to_be_editable()
    ana.get_by_role("combobox", name="Sector or organisation").fill("Labour office")
    ana.get_by_role("textbox", name="What was said").fill("Most ask us for work first.")
    ana.get_by_role("button", name="Add a contribution").click()
    ben.get_by_role("textbox", name="Discussion", exact=True).fill("One address is missing.")
    both = ben.get_by_role("textbox", name="Contributions", exact=True)
    expect(both).to_have_value("- **Labour office:** Most ask us for work first.")
    said = ana.get_by_role("textbox", name="Discussion", exact=True)
    expect(said).to_have_value("One address is missing.")
    said.press("End")
    said.press_sequentially(" The region looks for one.")
    ben.get_by_role("button", name="Add a step").click()
    task = ben.get_by_role("group", name="Step 1")
    task.get_by_role("textbox", name="What").fill("Find a room in the station")
    task.get_by_role("textbox", name="Who").fill("Regional authority")
    task.get_by_role("textbox", name="By when").fill("before the next meeting")
    expect(task.get_by_role("textbox", name="With what money")).to_have_count(0)
    look(ana, "minutes-writing-phone")

    everywhere("minutes", ticket, lambda page: read(page, server))
    everywhere("minutes-phone", seats[0], lambda page: read(page, server, "room"))
    everywhere(
        "minutes-wall", keeping.lead(Role.PROJECTOR, page="screen"), lambda page: wall(page, server)
    )

    ben.get_by_role("button", name="The agenda").click()
    done = ben.get_by_role("checkbox", name=re.compile("Find a room"))
    done.click()
    expect(done).to_be_checked()
    expect(lead.get_by_text("all done")).to_be_visible()
    cite(server, lead, open_page(LAPTOP, who=seats[1]), look)
    to_minutes(lead, server, "lead")
    lead.get_by_role("button", name="Approve the minutes").click()
    expect(lead.get_by_text("approved", exact=True)).to_be_visible()
    expect(lead.get_by_role("button", name=f"Write: {TITLE}")).to_have_count(0)


def read(page, server, name="lead"):
    to_minutes(page, server, name)
    expect(page.get_by_text("Find a room in the station")).to_be_visible()
    page.locator("summary", has_text=re.compile("^Read it")).first.click()
    expect(page.get_by_text("Most ask us for work first.")).to_be_visible()


def wall(page, server):
    page.goto(address(server, "screen"))
    expect(page.locator(".speaking")).to_contain_text(TITLE)


def cite(server, lead, page, look):
    """A recommendation cites the item by a number."""
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    page.goto(address(server, "room"))
    page.get_by_role("textbox", name="Its title: what should be done").fill("One address")
    page.get_by_role("button", name="Begin").click()
    section = page.get_by_role("textbox", name="Problem", exact=True)
    section.fill("Nobody knows where to go.")
    page.get_by_role("button", name="Cite", exact=True).first.click()
    page.get_by_role("button", name=f"Cite: {TITLE}").click()
    expect(section).to_have_value(re.compile(r"go\.\[\^m\d+\]$"))
    look(page, "minutes-cited")
    page.get_by_role("button", name="All recommendations").click()
    page.locator("summary", has_text=re.compile("^Read it")).first.click()
    notes = page.locator(".cited-notes")
    expect(notes).to_contain_text(TITLE)
    expect(notes).to_contain_text("Labour office")


def test_organiser_chooses_the_annexes(server, keeping, open_page, look):
    organiser = keeping.lead(Role.ORGANISER, page="desk")
    page = open_page(LAPTOP, who=organiser)
    go_to(page, server, "document")
    page.get_by_text("Download", exact=True).click()
    expect(page.get_by_role("checkbox", name="Minutes of the meetings")).to_be_checked()
    page.get_by_role("checkbox", name="Edit log of the desk").check()
    look(page, "annexes")
    page.get_by_role("button", name="Save").click()
    page.get_by_text("Download", exact=True).click()
    expect(page.get_by_role("checkbox", name="Edit log of the desk")).to_be_checked()
    assert db.session.query(Minutes).count() == db.session.query(Draft).count() == 0
