"""Similar texts in a real browser: pairs at the desk, and ideas to support or to group with."""

import re
import time

import pytest
from playwright.sync_api import expect
from sqlalchemy import select, update

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.models import DeskStep, Idea, Job, Phase, Role, Room, Support
from facilitator.rooms.recommendations import Piece, begin, write_pieces
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_room_walk import address

SMALL = {"width": 320, "height": 568}
WRITTEN = (
    (0, "One desk for newcomers", "Newcomers wait in five queues before anybody helps them."),
    (1, "A single desk for every newcomer", "There are five queues at five offices today."),
    (0, "Evening lessons of the language", "People who work in the daytime cannot learn."),
    (1, "Language lessons in the evening", "Nobody who works can come at ten in the morning."),
)
IDEAS = (
    "A bench in the shade at every bus stop",
    "Benches and shade at the stops of all buses",
    "Somebody at the town hall who calls back",
    "One form in four languages",
)


@pytest.fixture
def desk(server, open_page):
    """desk(size) opens the desk of a forum whose rooms have written what is alike."""
    laid = server.house.laid

    def job():
        for room, title, problem in WRITTEN:
            made = begin(db.session.get_one(Room, laid.rooms[room].id), title="", lang="en")
            made.title = title
            write_pieces(made, [Piece("title", title), Piece("s:problem", problem)])

    write(job)
    organiser = server.house.lead(Role.ORGANISER, page="desk")
    ref = ActorRef(laid.desk.id, grant_id=organiser.id)
    perform(ref, "chapter.add", "similar-0001", {"title": {"en": "First months"}})
    perform(ActorRef(laid.desk.id, role=Role.CLOCK), "desk.survey", None, {})
    # Nobody here waits for what may still change; the worker may need a while to begin.
    write(lambda: db.session.execute(update(Job).values(not_before=None)))
    for _ in range(200):
        [(state,)] = server.house.rows(select(Job.state).where(Job.name == "similar"))
        if state not in ("queued", "running"):
            break
        time.sleep(0.5)
    assert state == "done"

    def opens(size=LAPTOP, **more):
        page = open_page(size, who=organiser, **more)
        page.goto(f"{server.address}/f/{laid.uuid}/organise/desk")
        button = page.get_by_role("button", name="Similar pairs")
        expect(button).to_contain_text("2")
        return page

    return opens


def pair(page, title):
    return page.get_by_role("article", name=title).filter(has=page.locator(".beside"))


def test_similar_recommendations_are_judged_and_merged_at_the_desk(server, desk, look):
    page = desk()
    page.get_by_role("button", name="Similar pairs").click()
    expect(page.locator("#main .same")).to_have_count(2)
    newcomers, lessons = pair(page, "newcomers"), pair(page, "Evening lessons")
    expect(newcomers.get_by_text("Why suggested:")).to_be_visible()
    expect(newcomers.locator("mark", has_text="newcomer").first).to_be_visible()
    look(page, "similar-desk-1280")

    # By keyboard: not the same, and the focus goes on to the pair that is left.
    button = newcomers.get_by_role("button", name="Not the same")
    button.focus()
    page.keyboard.press("Enter")
    expect(newcomers).to_have_count(0)
    expect(lessons.get_by_role("button").first).to_be_focused()

    page.reload()
    page.get_by_role("button", name="Similar pairs").click()
    expect(page.locator("#main .same")).to_have_count(1)
    expect(page.get_by_role("button", name="Similar pairs")).to_contain_text("1")

    # Merging is the one that the desk has.
    lessons.get_by_role("button", name="Merge them").click()
    form = page.get_by_role("form", name="The chosen recommendations")
    expect(form.get_by_text("2 chosen")).to_be_visible()
    form.get_by_role("button", name="Merge into one").click()
    expect(page.get_by_text("Merged from 2 recommendations")).to_be_visible()
    expect(page.get_by_role("button", name="Similar pairs")).to_contain_text("0")
    page.get_by_role("button", name="Similar pairs").click()
    expect(page.get_by_text("No two recommendations are suggested as similar now.")).to_be_visible()
    look(page, "similar-desk-none")

    # What was said of a pair is a step of the desk, and can be taken back.
    page.get_by_text("What was done").click()
    undo = page.get_by_role("button", name=re.compile("Undo ?: Not the same"))
    undo.click()
    expect(newcomers).to_have_count(1)
    names = server.house.rows(select(DeskStep.name, DeskStep.undone).order_by(DeskStep.id))
    assert names[1:] == [("desk.judge", True), ("desk.merge", False)]


@pytest.mark.parametrize(("size", "dark"), [(PHONE, True), (SMALL, False), (LAPTOP, True)])
def test_related_ones_are_named_under_the_text(desk, look, size, dark):
    page = desk(size, dark=dark)
    page.get_by_role("button", name="Similar pairs").click()
    look(page, f"similar-desk-{size['width']}-{'dark' if dark else 'light'}")
    pair(page, "newcomers").get_by_role("button", name="Related, keep both").click()
    expect(page.locator("#main .same")).to_have_count(1)
    page.locator("#sources").get_by_role("button", name="One desk for newcomers").click()
    related = page.locator("#main .related")
    expect(related.get_by_role("button", name="A single desk for every newcomer")).to_be_visible()
    look(page, f"similar-related-{size['width']}-{'dark' if dark else 'light'}")


@pytest.fixture
def room(server):
    """A room with ideas of Ben's; room("theme.make", …) is what Ben does."""
    house = server.house
    ben, question = house.seat("Ben"), house.laid.questions[0].id
    ref = ActorRef(house.laid.rooms[0].id, seat_id=ben.id)
    done = []

    def act(name, **payload):
        done.append(name)
        return perform(ref, name, f"similar-room-{len(done):04}", payload)

    act.ids = [
        act("idea.post", sort="need", question=question, text=text, lang="en")["id"]
        for text in IDEAS
    ]
    return act


@pytest.mark.parametrize("screen", [(PHONE, False), (PHONE, True), (LAPTOP, False)])
def test_posting_offers_to_support_what_is_there(server, room, open_page, look, screen):
    size, dark = screen
    name = f"{size['width']}-{'dark' if dark else 'light'}"
    page = open_page(size, dark=dark, who=server.house.seat("Ana"))
    page.goto(address(server, "room"))
    field = page.get_by_role("textbox", name="Write your idea")
    field.fill("Short")
    page.wait_for_timeout(1000)
    expect(page.locator(".instead li")).to_have_count(0)

    words = "Please put a bench with shade at each bus stop"
    field.fill(words)
    place = field.bounding_box()
    offered = page.locator(".instead")
    expect(offered.get_by_text("2 similar ideas: add your support instead?")).to_be_visible()
    field.fill(f"{words}!")
    field.fill(words)
    assert field.bounding_box()["y"] == place["y"]  # it has grown upwards: nothing has moved
    look(page, f"similar-posting-{name}")

    page.wait_for_timeout(500)
    offered.get_by_role("button", name=IDEAS[0]).click()
    expect(page.get_by_text("You support that idea now.")).to_be_visible()
    expect(field).to_have_value("")
    expect(field).to_be_focused()
    look(page, f"similar-supported-{name}")
    assert server.house.rows(select(Support.idea_id)) == [(room.ids[0],)]

    offered.get_by_role("button", name="Undo").click()
    expect(field).to_have_value(words)
    # It never stands in the way: what one wants to say, one says.
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".idea.mine:not(.unsent)", has_text=words)).to_be_visible()
    assert server.house.rows(select(Support.idea_id)) == []
    assert (words,) in server.house.rows(select(Idea.text))


@pytest.mark.parametrize("size", [PHONE, LAPTOP])
def test_grouping_offers_what_is_similar(server, room, open_page, look, size):
    leader = server.house.lead()
    lead = ActorRef(server.house.laid.rooms[0].id, grant_id=leader.id)
    agenda = [step["phase"] for step in db.session.get(Room, lead.room_id).agenda]
    perform(lead, "room.move", "similar-move-1", {"to": agenda.index(Phase.GROUP)})
    page = open_page(size, who=server.house.seat("Ana"))
    page.goto(address(server, "room"))
    page.get_by_role("checkbox", name=re.compile(IDEAS[0])).check(force=True)
    beside = page.get_by_role("region", name="Similar to this")
    expect(beside.get_by_role("listitem")).to_have_count(1)
    look(page, f"similar-grouping-{size['width']}")
    page.wait_for_timeout(500)
    beside.get_by_role("button", name=re.compile("Choose as well")).click()
    expect(page.get_by_text("2 ideas chosen")).to_be_visible()

    page.get_by_role("button", name="Choose none").first.click()
    room("theme.make", title="Stops", lang="en", ideas=[room.ids[1]])
    page.reload()
    page.get_by_role("checkbox", name=re.compile(IDEAS[0])).check(force=True)
    into = beside.get_by_role("button", name=re.compile("Together in “Stops”"))
    expect(into).to_be_visible()
    look(page, f"similar-grouping-theme-{size['width']}")
    page.wait_for_timeout(500)
    into.click()
    expect(page.locator(".group", has_text="Stops").get_by_text("2 ideas")).to_be_visible()
