"""The facilitator's desk and what it does to phones: time, hands, one light for all, locked rooms."""

import re
import time
from itertools import count

import pytest
from playwright.sync_api import expect
from sqlalchemy.exc import OperationalError

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import write
from facilitator.models import Role
from tests import make
from tests.e2e.conftest import LAPTOP, OFFLINE, PHONE, PROJECTOR
from tests.e2e.test_room_walk import address

WIDE, SMALL = {"width": 1920, "height": 1080}, {"width": 320, "height": 568}
#: Seconds in which a phone that wakes up is up to date.
AWAKE = 5

OPS = count(1)


def patiently(work):
    """Do something to the data behind a server that is writing as well."""
    for _ in range(20):
        try:
            return work()
        except OperationalError:  # the server has held the file for longer than one waits
            time.sleep(0.3)
    return work()


class Crew:
    """Somebody at work in the room, without a browser."""

    def __init__(self, server, who, **ref):
        self.server = server
        self.ref = ActorRef(server.house.laid.rooms[0].id, **(ref or {"grant_id": who.id}))

    def act(self, name, **payload):
        op = f"desk-test-{next(OPS):06}"
        return patiently(lambda: perform(self.ref, name, op, payload))

    def idea(self, text):
        return self.act("idea.post", sort="need", question=None, text=text, lang="en")["id"]


@pytest.fixture
def leader(server):
    """Who leads, by a link of their own."""
    return Crew(server, patiently(server.house.lead))


@pytest.fixture
def ana(server):
    """Somebody with a phone, and their ticket."""
    who = patiently(server.house.seat)
    crew = Crew(server, who, seat_id=who.id)
    crew.ticket = who
    return crew


@pytest.fixture
def desk(server, open_page):
    """desk(size) opens the desk of the room."""

    def opens(size=LAPTOP):
        page = open_page(size, who=patiently(server.house.lead))
        page.goto(address(server, "lead"))
        expect(page.get_by_role("list", name="Steps of the day")).to_be_visible()
        return page

    return opens


@pytest.fixture
def phone(server, open_page):
    """phone(ana) opens the room on somebody's phone."""

    def opens(who, size=PHONE):
        page = open_page(size, who=who.ticket)
        page.goto(address(server, "room"))
        expect(page.get_by_role("button", name="Raise your hand")).to_be_visible()
        return page

    return opens


def overflow(page):
    """By how many pixels the page, and each column but the list of ideas, is too long."""
    return page.evaluate("""() => [
        document.scrollingElement.scrollHeight - innerHeight,
        ...[...document.querySelectorAll(".desk aside.col")].map((c) => c.scrollHeight - c.clientHeight),
    ]""")


def fill(server, leader):
    """What a room of two dozen has after a while."""
    laid = server.house.laid
    for n in range(24):
        seat = patiently(
            lambda n=n: write(lambda: make.seat(laid, f"Seat {n}", laid.rooms[0], n % 3))
        )
        one = Crew(server, None, seat_id=seat.id)
        if n < 12:
            one.idea(f"Something that is missing here, and that somebody has to bring, number {n}")
        if n in (2, 5, 9):
            one.act("hand.raise")
    leader.act("room.time", minutes=9.0)


def test_desk_is_one_screen_in_every_phase(server, leader, desk, look):
    fill(server, leader)
    page, wide = desk(), desk(WIDE)
    expect(page.get_by_text("12 of 24")).to_be_visible()
    expect(page.get_by_role("button", name=re.compile("^Give floor ?: Hand 1"))).to_be_visible()
    ideas = leader.act("idea.post", sort="need", question=None, text="Shade", lang="en")["id"]
    for place, name in enumerate(("Gather", "Group", "Decide", "Draft", "Adopt", "Closed")):
        leader.act("room.move", to=place)
        if name == "Group":
            for title in ("Places", "Answers"):
                leader.act("theme.make", title=title, lang="en", ideas=[ideas])
        now = page.get_by_role("list", name="Steps of the day").get_by_role("button", name=name)
        expect(now).to_have_attribute("aria-current", "step")
        page.wait_for_timeout(400)
        assert max(overflow(page)) <= 0, (name, overflow(page))
        assert max(overflow(wide)) <= 0, (name, overflow(wide))
        look(page, f"desk-{name.lower()}")


@pytest.mark.parametrize("size", [PHONE, SMALL], ids=["phone", "small"])
def test_desk_can_be_used_on_a_phone(server, leader, desk, look, size):
    fill(server, leader)
    page = desk(size)
    page.get_by_role("button", name="+1 min").click()
    page.get_by_role("button", name="Next: Group").click()
    expect(page.get_by_role("button", name="Start 20 minutes")).to_be_visible()
    look(page, f"desk-phone-{size['width']}")


def test_two_who_lead_see_the_same_time_and_phones_see_it_held(leader, ana, desk, phone, look):
    one, other, participant = desk(), desk(), phone(ana)
    one.get_by_role("button", name="Start 5 minutes").click()
    for page in (other, participant):
        expect(page.locator("time").first).to_contain_text(re.compile("[45]:[0-9]{2}"))

    other.get_by_role("button", name="Pause the time").click()
    for page in (one, participant):
        expect(page.locator("time.paused").first).to_be_visible()
    look(participant, "time-held-phone")
    one.get_by_role("button", name="Let the time run on").click()
    one.get_by_role("button", name="+5 min").click()
    expect(participant.locator("time").first).to_contain_text(re.compile("(9|10):[0-9]{2}"))
    expect(participant.locator("time.paused")).to_have_count(0)


def test_last_minute_is_seen_and_said_once(leader, ana, phone):
    participant = phone(ana)
    participant.evaluate("""() => {
        window.said = [];
        new MutationObserver(() => {
            const words = document.getElementById("urgent").textContent;
            if (words) window.said.push(words);
        }).observe(document.getElementById("urgent"), {childList: true, characterData: true, subtree: true});
    }""")
    leader.act("room.time", minutes=12.5 / 60)
    expect(participant.locator("time.soon")).to_be_visible()
    expect(participant.locator("time.last")).to_be_visible(timeout=8_000)
    expect(participant.locator("time.over")).to_be_visible(timeout=15_000)
    participant.wait_for_timeout(1500)
    assert participant.evaluate("window.said") == ["10 seconds left", "Time is up."]
    expect(participant.get_by_role("heading", name="Gather")).to_be_visible()


def test_room_goes_on_by_itself_only_where_it_was_told_to(leader, ana, desk, phone):
    page, participant = desk(), phone(ana)
    leader.act("room.time", minutes=8 / 60)
    box = page.get_by_role("checkbox", name="then go on by itself")
    box.click()  # ticked when it is stored
    expect(box).to_be_checked()
    gone_on = participant.get_by_role("heading", name="Group", exact=True)
    expect(gone_on).to_be_visible(timeout=20_000)
    page.wait_for_timeout(1500)
    expect(page.get_by_role("button", name="Next: Decide")).to_be_visible()


def test_agenda_says_how_far_behind_the_room_is_and_can_be_changed(leader, ana, desk, phone, look):
    page, participant = desk(), phone(ana)
    page.locator(".agenda summary").click()
    page.get_by_role("button", name="Count from now").click()
    expect(page.locator(".agenda summary")).to_contain_text("on time")
    page.get_by_role("spinbutton", name="Minutes: Decide").fill("35")
    page.get_by_role("spinbutton", name="Minutes: Decide").press("Enter")
    look(page, "agenda-desk")
    participant.get_by_text("Today in this room").click()
    expect(participant.locator(".plan li", has_text="Decide")).to_contain_text("35 min")
    look(participant, "agenda-phone")
    leader.act("room.time", minutes=32.0)
    expect(page.locator(".agenda summary")).to_contain_text("12 min behind")


def test_hand_is_raised_by_keyboard_called_and_taken_back(ana, desk, phone, look):
    page, participant = desk(), phone(ana)
    hand = participant.get_by_role("button", name="Raise your hand")
    assert participant.evaluate(
        "[...document.querySelectorAll('header button')].at(-1).className"
    ) == "hand-up"  # fmt: skip
    hand.focus()
    participant.keyboard.press("Enter")
    expect(participant.get_by_role("button", name="Lower your hand")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Give floor ?: Hand 1")).click()
    # It is said to ears as well, a moment later: look where the eye looks.
    expect(participant.get_by_role("region", name="Your hand")).to_contain_text(
        "You have the floor"
    )
    expect(page.get_by_text("has the floor")).to_be_visible()
    look(participant, "floor-phone")
    look(page, "floor-desk")
    page.get_by_role("button", name="Has spoken").click()
    expect(participant.get_by_role("button", name="Raise your hand")).to_be_visible()
    expect(page.get_by_text("Nobody waits to speak.")).to_be_visible()


def test_everybody_is_brought_to_one_thing_and_may_decline(  # noqa: PLR0917
    server, leader, ana, desk, phone, open_page, look
):
    leader.idea("Benches in the shade")
    page, participant = desk(), phone(ana)
    wall = open_page(PROJECTOR, who=patiently(lambda: server.house.lead(Role.PROJECTOR)))
    wall.goto(address(server, "screen"))
    page.get_by_role("button", name=re.compile("^all")).click()
    page.get_by_role("button", name="Show on all phones: Benches in the shade").click()
    slip = participant.get_by_role("region", name="The facilitator is showing this")
    expect(slip).to_contain_text("Benches in the shade")
    expect(page.locator(".idea.lit")).to_contain_text("Benches in the shade")
    expect(wall.locator("main")).to_contain_text("Benches in the shade")
    for one, name in ((page, "light-desk"), (participant, "light-phone"), (wall, "light-board")):
        look(one, name)
    slip.get_by_role("button", name="Go there").click()
    expect(slip).to_have_count(0)
    expect(participant.locator(".idea.lit")).to_be_in_viewport()
    participant.reload()
    participant.get_by_role("button", name=re.compile("^all")).click()
    expect(participant.locator(".idea.lit")).to_be_visible()
    expect(slip).to_have_count(0)
    page.get_by_role("region", name="On every phone").get_by_role(
        "button", name="Take down"
    ).click()
    expect(wall.locator(".wall.shows-idea")).to_have_count(0)


def test_sentence_is_on_every_screen_until_it_is_taken_down(  # noqa: PLR0917
    server, ana, desk, phone, open_page, look
):
    page, participant = desk(), phone(ana)
    wall = open_page(PROJECTOR, who=patiently(lambda: server.house.lead(Role.PROJECTOR)))
    wall.goto(address(server, "screen"))
    page.get_by_text("Say something to all").click()
    page.get_by_role("textbox", name="A sentence to all").fill("Coffee in five minutes")
    page.get_by_role("button", name="Say it").click()
    expect(participant.get_by_role("region", name="From the facilitator")).to_contain_text("Coffee")
    expect(wall.locator(".said-to-all")).to_contain_text("Coffee")
    look(participant, "said-phone")
    look(wall, "said-board")
    participant.get_by_role("button", name="I see").click()
    expect(participant.get_by_role("region", name="From the facilitator")).to_have_count(0)
    page.get_by_role("button", name="Take down").click()
    expect(wall.locator(".said-to-all")).to_have_count(0)


def test_nudge_is_seen_by_the_quiet_alone(server, ana, desk, phone, look):
    other = Crew(server, None, seat_id=(ticket := patiently(server.house.seat)).id)
    other.ticket = ticket
    page, quiet, loud = desk(), phone(ana), phone(other)
    other.idea("Benches")
    loud.reload()
    expect(page.get_by_text("1 of 2", exact=True)).to_be_visible()
    page.get_by_role("button", name="Nudge the quiet").click()
    words = "The room would like to hear you too. One sentence is enough."
    expect(quiet.get_by_text(words)).to_be_visible()
    look(quiet, "nudge-phone")
    expect(page.get_by_role("button", name="Nudged a moment ago")).to_be_disabled()
    expect(loud.locator(".notices")).to_have_count(0)
    quiet.get_by_role("textbox", name="Write your idea").fill("Shade")
    quiet.get_by_role("button", name="Send").click()
    expect(quiet.get_by_text(words)).to_have_count(0)


def test_what_is_typed_while_writing_is_paused_is_kept_and_sent_later(ana, desk, phone, look):
    page, participant = desk(), phone(ana)
    page.get_by_role("button", name="Pause all writing").click()
    expect(participant.get_by_role("complementary", name="Writing is paused")).to_be_visible()
    field = participant.get_by_role("textbox", name="Write your idea")
    field.fill("Kept meanwhile")
    field.press("Enter")
    expect(participant.get_by_role("button", name="Send")).to_be_disabled()
    look(participant, "locked-phone")
    look(page, "locked-desk")
    participant.reload()
    expect(field).to_have_value("Kept meanwhile")
    page.get_by_role("button", name="Let all write again").click()
    participant.get_by_role("button", name="Send").click()
    expect(participant.locator(".idea.mine:not(.unsent)")).to_contain_text("Kept meanwhile")


def test_what_was_made_in_a_later_step_is_kept_and_greyed(leader, ana, desk, phone, look):
    for text in ("Benches", "Shade"):
        leader.idea(text)
    leader.act("room.move", to=2)
    leader.act(
        "ballot.open",
        question="What first?",
        lang="en",
        method="dots",
        dots=3,
        subject="ideas",
        things=[],
        showing="live",
    )
    page, participant = desk(), phone(ana)
    leader.act("room.move", to=0)
    expect(participant.get_by_role("heading", name="Gather", exact=True)).to_be_visible()
    participant.get_by_role("button", name=re.compile("^Votes")).click()
    expect(participant.get_by_text("Made in a later step.")).to_be_visible()
    expect(participant.get_by_role("heading", name="What first?")).to_be_visible()
    expect(participant.get_by_role("button", name="Send the paper")).to_have_count(0)
    look(participant, "later-phone")
    expect(page.get_by_role("button", name="Next: Group")).to_be_visible()
    page.get_by_role("button", name=re.compile("^Votes")).click()
    look(page, "later-desk")
    leader.act("room.move", to=2)
    expect(participant.get_by_role("button", name="Send the paper")).to_be_visible()


def test_show_of_hands_is_counted_into_a_vote_and_marked(leader, ana, desk, phone, look):
    for text in ("Benches", "Shade"):
        leader.idea(text)
    page = desk()
    page.get_by_role("list", name="Steps of the day").get_by_role("button", name="Decide").click()
    page.get_by_role("textbox", name="What is asked").fill("What first?")
    page.get_by_role("button", name="Open the vote").click()
    page.get_by_text("Show of hands").click()
    page.get_by_role("spinbutton", name="people").fill("6")
    page.get_by_role("spinbutton", name="Benches").fill("4")
    look(page, "hands-desk")
    page.get_by_role("button", name="Count them").click()
    expect(page.get_by_text("0 papers, 6 hands")).to_be_visible()
    page.get_by_role("button", name="Close the vote").click()
    expect(phone(ana).get_by_text("0 papers, 6 hands")).to_be_visible()


def test_help_is_asked_for_and_solved(desk):
    one, other = desk(), desk()
    one.get_by_text("Help", exact=True).click()
    one.get_by_role("textbox", name="What is it about?").fill("The projector is dark")
    one.get_by_role("button", name="Ask the organisers to come").click()
    other.get_by_text("Help", exact=True).click()
    expect(other.get_by_text("The projector is dark")).to_be_visible()
    other.get_by_role("button", name="It is solved").click()
    expect(one.get_by_role("button", name="Ask the organisers to come")).to_be_visible()


def test_phone_that_slept_a_minute_is_up_to_date_soon_after_it_wakes(leader, ana, phone):
    participant = phone(ana)
    participant.troubles_expected = OFFLINE
    participant.get_by_role("textbox", name="Write your idea").fill("Begun before the sleep")
    system = participant.context.new_cdp_session(participant)
    participant.context.set_offline(True)
    system.send("Page.setWebLifecycleState", {"state": "frozen"})
    time.sleep(60)  # longer than a server waits for a phone
    leader.idea("Posted meanwhile")
    leader.act("room.say", text="Welcome back", lang="en")
    participant.context.set_offline(False)
    system.send("Page.setWebLifecycleState", {"state": "active"})
    woken = time.monotonic()
    expect(participant.get_by_text("Welcome back").first).to_be_visible(timeout=3 * AWAKE * 1000)
    took = time.monotonic() - woken
    assert took < AWAKE, f"It took {took:.1f} s."
    expect(participant.locator("header .status")).to_contain_text("saved")
    expect(participant.get_by_role("textbox", name="Write your idea")).to_have_value(
        "Begun before the sleep"
    )
