"""Forty-five minutes as whoever leads goes through them: the walk of docs/how-to/run-a-room.md, which
takes its pictures."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from facilitator import qr
from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.models import Ballot, Question, Room, Track
from facilitator.rooms.people import counted
from tests import make
from tests.e2e.conftest import LAPTOP, PROJECTOR
from tests.e2e.pictures import Guide
from tests.e2e.test_room_walk import address, next_phase, post

IDEAS = [
    (0, "need", "A desk in the town hall where somebody answers in my language"),
    (1, "problem", "Landlords ask for a year in advance from people without a guarantor"),
    (2, "practice", "Brno lends deposits: most are paid back within a year"),
    (3, "solution", "A city guarantee for the first lease, paid back in small parts"),
    (1, "problem", "Rooms are let without a contract, so nobody can register an address"),
    (0, "solution", "Volunteers who go along to the first visit of a flat"),
    (2, "question", "Who pays when a guarantee falls due?"),
    (3, "need", "One page that says which papers a landlord may ask for"),
]
PLACES = {
    "Money up front": ("Landlords ask", "Brno lends", "A city guarantee", "Who pays"),
    "Finding one’s way": ("A desk in the town hall", "Volunteers who go", "One page"),
}

HOST = "forum.example.org"
TITLE = "A city guarantee for the first lease"
PROBLEM = "Landlords ask for up to a year in advance from people without a guarantor here."
WORDS = "The city guarantees the deposit of a first lease; tenants pay it back in small parts."


@pytest.fixture
def room(server):
    """A room with people of four sectors in it."""
    return People(server)


class People:
    """Those in the hall who are not on the pictures: they do their part through the log."""

    def __init__(self, server):
        self.house = server.house
        self.room = self.house.laid.rooms[0]
        write(self._name)
        self.seats = [self._sit(n) for n in range(24)]
        #: Those whose phones are on the pictures.
        self.phones = [self.house.seat(name) for name in ("Sample 25", "Sample 26")]
        write(lambda: counted(db.session.get(Room, self.room.id)))
        self.done = 0

    def _name(self):
        db.session.get(Track, self.house.laid.track.id).title = {"en": "A first home"}
        question = db.session.get(Question, self.house.laid.questions[0].id)
        question.text = {"en": "What makes it hard to find a first home here?"}

    def _sit(self, n):
        sector = n % len(make.SECTORS)
        seat = write(lambda: make.seat(self.house.laid, f"Sample {n + 1}", self.room, sector))
        return ActorRef(self.room.id, seat_id=seat.id)

    def act(self, n, name, **payload):
        self.done += 1
        with self.house.app.app_context():
            made = perform(self.seats[n], name, f"guide-{self.done:06}", payload)
            db.session.remove()
        return made

    def gather(self):
        """Their ideas, and which of them they support."""
        question = self.house.laid.questions[0].id
        posted = [
            self.act(n, "idea.post", sort=sort, question=question, text=text, lang="en")["id"]
            for n, sort, text in IDEAS
        ]
        for n in range(len(self.seats)):
            for idea in posted[n % 3 :: 3]:
                self.act(n, "idea.support", id=idea, on=True)
        return posted

    def group(self, posted):
        """Two themes, and one idea that is left."""
        for title, beginnings in PLACES.items():
            ideas = [
                idea
                for idea, (_, _, text) in zip(posted, IDEAS, strict=True)
                if text.startswith(beginnings)
            ]
            self.act(4, "theme.make", title=title, lang="en", ideas=ideas)

    def vote(self):
        """A paper of everybody but the first three, for what is asked now."""
        asked = self.house.rows(select(Ballot).order_by(Ballot.id.desc()))[0][0]
        first, second, *_ = [str(choice.id) for choice in asked.choices] or ["yes", "no"]
        for n in range(3, len(self.seats)):
            marks = {"yes": 1} if first == "yes" else {first: 1 + n % 2, second: 2 - n % 2}
            self.act(n, "ballot.cast", ballot=asked.id, marks=marks)


def publicly(wall, code):
    """Let a wall say the way in of a server that everybody can reach: the one here is on another port
    each time, and its QR code lets somebody in."""
    image = qr.svg(f"https://{HOST}/{code}").decode()
    wall.route(
        re.compile(r"/screen/.*\.svg"),
        lambda route: route.fulfill(body=image, content_type="image/svg+xml"),
    )
    wall.add_init_script(f"""document.addEventListener("readystatechange", () => {{
      const said = document.getElementById("page");
      said.textContent = said.textContent.replaceAll(location.host, "{HOST}");
    }}, {{once: true}});""")


def test_forty_five_minutes(server, open_page, room, look):
    guide = Guide("how-to/run-a-room.md")
    phone = open_page(who=room.phones[0])
    lead = open_page(LAPTOP, who=server.house.lead())
    wall = open_page(PROJECTOR, who=server.house.lead())
    lead.goto(address(server, "lead"))
    publicly(wall, room.room.code)
    wall.goto(address(server, "screen"))

    # Before they come
    wall.get_by_role("button", name="Large code").click()
    expect(wall.get_by_text("Scan with your phone")).to_be_visible()
    guide.take(wall, "wall-way-in")
    wall.get_by_role("button", name="Large code").click()
    phone.goto(address(server, "room"))

    # Gather
    posted = room.gather()
    post(phone, "An office that lists empty flats of the city")
    expect(lead.get_by_role("button", name=re.compile("new")).first).to_be_visible()
    lead.get_by_role("button", name=re.compile("new")).first.click()
    lead.get_by_role("button", name="Start 5 minutes").click()
    for n in (2, 5):
        room.act(n, "hand.raise")
    expect(lead.get_by_role("button", name=re.compile("Give floor")).first).to_be_visible()
    phone.get_by_role("textbox", name="Write your idea").fill("A list of landlords who")
    phone.evaluate("scrollTo(0, 0)")
    guide.take(phone, "phone-gather")
    guide.take(lead, "desk-gather")
    phone.get_by_role("textbox", name="Write your idea").fill("")
    lead.get_by_role("button", name=re.compile("Give floor")).first.click()
    lead.get_by_role("button", name="Has spoken").click()

    # What waits
    room.act(6, "idea.report", id=posted[1], on=True)
    expect(lead.get_by_text("reported by 1 seat")).to_be_visible()
    guide.take(lead, "desk-reported")

    # Group
    next_phase(lead, "Group")
    room.group(posted)
    for page in (phone, lead, wall):
        expect(page.get_by_text("Money up front").filter(visible=True).first).to_be_visible()
    guide.take(phone, "phone-group")
    guide.take(lead, "desk-group")
    guide.take(wall, "wall-themes")

    # Decide
    next_phase(lead, "Decide")
    lead.get_by_role("textbox", name="What is asked").fill("What do we write up first?")
    guide.take(lead, "desk-ask")
    lead.get_by_role("button", name="Open the vote").click()
    expect(phone.get_by_role("heading", name="What do we write up first?")).to_be_visible()
    phone.get_by_role("button", name="One dot more: Money up front").click()
    guide.take(phone, "phone-vote")
    phone.get_by_role("button", name="Send the paper").click()
    expect(phone.get_by_text("Your paper is in.")).to_be_visible()
    room.vote()
    lead.get_by_text("Show of hands").click()
    hands = lead.locator(".show-hands input[type=number]")
    for place, count in enumerate((2, 2, 0)):
        hands.nth(place).fill(str(count))
    guide.take(lead, "desk-show-of-hands")
    lead.get_by_role("button", name="Count them").click()
    expect(lead.get_by_text("2 hands counted")).to_be_visible()
    lead.get_by_role("button", name="Close the vote").click()
    expect(phone.get_by_text("Closed", exact=False).first).to_be_visible()
    expect(wall.get_by_text("Result")).to_be_visible()
    guide.take(wall, "wall-result")

    # Draft, and everybody is brought there
    next_phase(lead, "Draft")
    phone.get_by_role("textbox", name="Its title: what should be done").fill(TITLE)
    phone.get_by_label("From which theme").select_option("Money up front")
    phone.get_by_role("button", name="Begin").click()
    phone.get_by_role("textbox", name="Problem", exact=True).fill(PROBLEM)
    phone.get_by_role("textbox", name="Recommendation", exact=True).fill(WORDS)
    expect(phone.locator(".writing .status.good")).to_be_visible()
    expect(wall.get_by_text(PROBLEM)).to_be_visible(timeout=20_000)
    guide.take(wall, "wall-draft")
    other = open_page(who=room.phones[1])
    other.goto(address(server, "room"))
    expect(other.get_by_role("heading", name=TITLE)).to_be_visible()
    lead.get_by_role("button", name=f"Show on all phones: {TITLE}").click()
    expect(other.get_by_role("region", name="The facilitator is showing this")).to_be_visible()
    guide.take(other, "phone-brought")

    # Adopt
    next_phase(lead, "Adopt")
    lead.get_by_role("button", name=f"Put to the vote: {TITLE}").click()
    phone.get_by_role("radio", name=re.compile("^Yes")).check(force=True)
    room.vote()
    guide.take(lead, "desk-adopt")
    lead.get_by_role("button", name="Close the vote").click()
    expect(wall.get_by_text("Adopted", exact=False).first).to_be_visible()
    guide.take(wall, "wall-adopted")

    # A step back
    steps = lead.get_by_role("list", name="Steps of the day")
    steps.get_by_role("button", name="Gather").click()
    expect(phone.get_by_role("heading", name="Gather", exact=True)).to_be_visible()
    phone.get_by_role("button", name=re.compile("^Recommendations")).click()
    expect(phone.get_by_text("Made in a later step.", exact=False)).to_be_visible()
    guide.take(phone, "phone-later-step")
    lead.get_by_role("button", name="Pause all writing").click()
    expect(phone.get_by_role("complementary", name="Writing is paused")).to_be_visible()
    look(lead, "guide-desk-paused")

    assert guide.stale() == []
