"""Every view of a wall at the sizes of halls: large enough, dark enough, nothing over the edge; the
desk steers it; it opens by its link, and comes back by itself."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import select

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.models import Phase, Recommendation, Room, RoomKind, ScreenKey, View
from tests.e2e.conftest import LAPTOP, PROJECTOR
from tests.e2e.test_room_walk import address
from tests.load.finger import COUNT_DRAWS, busiest_second

#: Smaller halls: an old laptop, an old projector.
HD, OLD = {"width": 1280, "height": 720}, {"width": 1024, "height": 768}
#: The smallest letters: this share of the height of the screen, and on narrow ones the other.
SMALLEST, NARROW = 1 / 45, 1 / 48
LONG = "Міжкультурність у\u00a0найдовгоочікуванішому вчительському Konstantynopolitańczykowianeczka"
VIEWS = [str(show) for show in View]

#: What a person on the last row would mind: small or pale letters, words over an edge.
READ = """(least) => {
  const seen = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const style = getComputedStyle(e);
      if (style.visibility === "hidden" || style.opacity === "0" || style.clipPath !== "none" || style.clip !== "auto") return false;
    }
    return element.getClientRects().length > 0;
  };
  const parts = (colour) => colour.match(/[\\d.]+/g).map(Number);
  const paper = (element) => {
    for (let e = element; e; e = e.parentElement) {
      const colour = parts(getComputedStyle(e).backgroundColor);
      if (colour.length < 4 || colour[3] === 1) return colour;
      if (colour[3] > 0) return null;
    }
    return [255, 255, 255];
  };
  const light = (colour) => colour.slice(0, 3).map((part) => part / 255)
    .map((part) => part <= 0.04045 ? part / 12.92 : ((part + 0.055) / 1.055) ** 2.4)
    .reduce((sum, part, i) => sum + part * [0.2126, 0.7152, 0.0722][i], 0);
  const troubles = [];
  const walker = document.createTreeWalker(document.querySelector(".wall"), NodeFilter.SHOW_TEXT);
  while (walker.nextNode()) {
    const element = walker.currentNode.parentElement;
    const words = walker.currentNode.data.trim();
    if (!words || element.closest(".tools, .hidden") || !seen(element)) continue;
    const style = getComputedStyle(element);
    if (parseFloat(style.fontSize) < least * innerHeight - 0.05) troubles.push(`small ${style.fontSize}: ${words}`);
    const [more, less] = [light(parts(style.color)), light(paper(element))].sort((a, b) => b - a);
    const contrast = (more + 0.05) / (less + 0.05);
    if (contrast < 7) troubles.push(`pale ${contrast.toFixed(2)}: ${words}`);
    const range = document.createRange();
    range.selectNodeContents(walker.currentNode);
    const box = range.getBoundingClientRect();
    let kept = null;
    for (let e = element; e && !kept; e = e.parentElement) if (getComputedStyle(e).overflowY !== "visible") kept = e;
    if (kept && getComputedStyle(kept).webkitLineClamp !== "none") continue;
    const edge = kept ? kept.getBoundingClientRect().bottom : innerHeight;
    if (box.bottom > edge + 0.3 * parseFloat(style.fontSize)) troubles.push(`cut: ${words}`);
    if (box.right > innerWidth + 1 || box.bottom > innerHeight + 1 || box.left < -1) troubles.push(`over the edge: ${words}`);
  }
  const page = document.documentElement;
  if (page.scrollHeight > innerHeight || page.scrollWidth > innerWidth) troubles.push("it scrolls");
  return troubles;
}"""


class Hall:
    """A room with something of everything, at the desk of who leads it."""

    def __init__(self, server):
        self.server, self.house = server, server.house
        self.room_id = self.house.laid.rooms[0].id
        self.lead = self.house.lead()
        self.leads = ActorRef(self.room_id, grant_id=self.lead.id)
        self.seats = [ActorRef(self.room_id, seat_id=self.house.seat().id) for _ in range(3)]
        self.number = 0
        self.screen = self.house.rows(select(ScreenKey.id, ScreenKey.code).order_by(ScreenKey.id))[
            0
        ]
        self.fill()

    def act(self, who, name, payload):
        self.number += 1
        return perform(who, name, f"projector-{self.number:05}", payload)

    def steer(self, name, **payload):
        return self.act(self.leads, name, payload)

    def go(self, phase):
        db.session.rollback()
        agenda = db.session.get(Room, self.room_id).agenda
        self.steer("room.move", to=[step["phase"] for step in agenda].index(phase))

    def fill(self):
        questions = [one.id for one in self.house.laid.questions]
        said = (
            ("need", "Somebody grown up who speaks the child's language, at school every day"),
            ("practice", "In Gdynia the assistants have contracts for a whole year."),
            ("problem", f"One assistant for seven schools. {LONG}"),
            ("solution", "The head grants lessons at once; the city settles the bill later. " * 5),
            ("question", "Чому це залежить від міста?"),
        )
        ideas = [
            self.act(
                self.seats[n % 3],
                "idea.post",
                {
                    "sort": said[n % 5][0],
                    "question": questions[n % 2],
                    "text": f"{said[n % 5][1]} {n}",
                    "lang": "uk" if n % 5 == 4 else "en",
                },
            )["id"]
            for n in range(30)
        ]
        for n in range(8):
            self.act(self.seats[(n + 1) % 3], "idea.support", {"id": ideas[n], "on": True})
        self.go(Phase.GROUP)
        names = ("Somebody who speaks two languages", LONG, "Parents at the table", "Lessons", "")
        self.themes = [
            self.steer("theme.make", title=name, lang="uk", ideas=ideas[7 * n : 7 * n + 7])["id"]
            for n, name in enumerate(names[:4])
        ]
        self.go(Phase.DECIDE)
        self.ballot = self.steer(
            "ballot.open",
            question="What matters most to the children who come in the middle of a year?",
            lang="en",
            method="dots",
            dots=3,
            subject="themes",
            things=[],
            showing="live",
        )
        choices = [str(choice["id"]) for choice in self.ballot["choices"]]
        for n, seat in enumerate(self.seats):
            paper = {"ballot": self.ballot["id"], "marks": {choices[n % 2]: 2, choices[2]: 1}}
            self.act(seat, "ballot.cast", paper)
        self.steer("ballot.close", ballot=self.ballot["id"])
        self.go(Phase.DRAFT)
        self.draft = self.steer(
            "recommendation.start",
            title=f"An assistant in every school. {LONG}",
            lang="en",
            theme=None,
        )["id"]
        text = {
            "title": f"An assistant in every school. {LONG}",
            "sections": {
                "problem": "A child that comes in March sits in the last row until June. " * 9,
                "recommendation": "Every school with ten such children employs an assistant. " * 12,
                "reasons": "Where one is there every day, children speak within a year. " * 6,
            },
            "steps": [],
        }
        draft = self.draft
        write(lambda: setattr(db.session.get_one(Recommendation, draft).draft, "text", text))
        self.go(Phase.ADOPT)
        vote = self.steer("ballot.adopt", recommendation=self.draft)["id"]
        for seat, mark in zip(self.seats, ("yes", "yes", "no"), strict=True):
            self.act(seat, "ballot.cast", {"ballot": vote, "marks": {mark: 1}})
        self.steer("ballot.close", ballot=vote)
        self.steer("room.time", minutes=8.25)
        self.idea = ideas[2]

    def show(self, view):
        things = {"theme": self.themes[1], "idea": self.idea, "draft": self.draft}
        self.steer("screen.show", id=self.screen.id, show=view, thing=things.get(view))

    @property
    def link(self):
        return f"{self.server.address}/s#{self.screen.code}"


@pytest.fixture
def hall(server):
    return Hall(server)


def see(wall, view):
    """Wait until the wall shows a view, and until its letters stand still."""
    name = ".wall.blank" if view == "blank" else f".wall.shows-{view}"
    expect(wall.locator(name)).to_be_visible()
    wall.evaluate("document.fonts.ready.then(() => 1)")
    wall.wait_for_timeout(250)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_every_view_is_read_from_the_back_row(hall, open_page, look, dark):
    wall = open_page(PROJECTOR)
    wall.goto(hall.link)
    hall.steer("screen.set", id=hall.screen.id, follows=True, dark=dark)
    theme = "projector-dark" if dark else "projector"
    expect(wall.locator("html")).to_have_attribute("data-theme", theme)

    found = []
    for view in VIEWS:
        hall.show(view)
        see(wall, view)
        look(wall, f"wall-{view}-{'dark' if dark else 'light'}")
        for size, least in ((PROJECTOR, SMALLEST), (HD, SMALLEST), (OLD, NARROW)):
            if dark and size is not PROJECTOR:
                continue
            wall.set_viewport_size(size)
            wall.wait_for_timeout(150)
            found += [(view, size["width"], one) for one in wall.evaluate(READ, least)]
            code = wall.get_by_text(hall.house.laid.rooms[0].code)
            assert code.count() == (0 if view == "blank" else 1), view
        wall.set_viewport_size(PROJECTOR)
    assert found == []


def test_phases_follow_at_every_size(hall, open_page):
    wall = open_page(PROJECTOR)
    wall.goto(hall.link)
    for phase in Phase:
        hall.go(phase)
        stop = wall.locator(".line-stops .now")
        word = {"closed": "closed"}.get(phase, str(phase))
        expect(stop).to_have_text(re.compile(word))
        for size, least in ((PROJECTOR, SMALLEST), (OLD, NARROW)):
            wall.set_viewport_size(size)
            wall.wait_for_timeout(150)
            assert wall.evaluate(READ, least) == [], (phase, size)


# ---- Steered from the desk -----------------------------------------------------------------------


def test_desk_steers_two_screens(hall, open_page, look):
    desk = open_page(LAPTOP, who=hall.lead)
    desk.goto(address(hall.server, "lead"))
    panel = desk.locator("#panel-screens")
    panel.get_by_role("heading", name="On the projector").click()
    expect(panel.get_by_text("projector off")).to_be_visible()
    first = open_page(PROJECTOR)
    first.goto(hall.link)
    expect(panel.get_by_text("projector on")).to_be_visible(timeout=20_000)

    panel.get_by_role("button", name="Themes", exact=True).click()
    see(first, "themes")
    panel.get_by_label("Which theme").select_option(label="Parents at the table")
    see(first, "theme")
    expect(first.get_by_role("heading", level=1)).to_have_text("Parents at the table")
    expect(first.locator(".folio")).to_have_text(re.compile("^1 of"))
    panel.get_by_role("button", name="Page on").click()
    expect(first.locator(".folio")).to_have_text(re.compile("^2 of"))
    for _ in range(2):
        panel.get_by_role("button", name="Page back").click()
    last = int(first.locator(".folio").text_content().split()[-1])
    expect(first.locator(".folio")).to_have_text(f"{last} of {last}")
    panel.get_by_role("button", name="Dark hall").click()
    expect(first.locator("html")).to_have_attribute("data-theme", "projector-dark")

    panel.get_by_role("button", name="Another screen").click()
    panel.get_by_role("textbox", name="Where does it hang?").fill("Beside the door")
    panel.get_by_role("button", name="Add", exact=True).click()
    expect(panel.get_by_role("button", name="Beside the door")).to_have_attribute(
        "aria-pressed", "true"
    )
    panel.get_by_text("Link of this screen").first.click()
    link = panel.get_by_role("textbox", name="Link of this screen").input_value()
    expect(panel.get_by_role("img", name="QR code of this screen")).to_be_visible()
    look(desk, "desk-screens")
    second = open_page(PROJECTOR)
    second.goto(link)
    panel.get_by_role("button", name="Timer", exact=True).click()
    see(second, "timer")
    expect(first.locator(".wall.shows-theme")).to_be_visible()

    second.troubles_expected = "WebSocket|400"
    panel.get_by_role("button", name="Take this screen down").click()
    panel.get_by_role("button", name="Take it down").click()
    expect(second.get_by_role("heading", name="This screen rests.")).to_be_visible()
    look(second, "wall-rests")
    assert second.evaluate(READ, SMALLEST) == []
    expect(panel.get_by_role("button", name="Beside the door")).to_have_count(0)


def test_screen_follows_the_room_or_stays_put(hall, open_page):
    wall = open_page(PROJECTOR)
    wall.goto(hall.link)
    hall.show("join")
    see(wall, "join")
    hall.go(Phase.GATHER)
    see(wall, "auto")
    hall.show("agenda")
    hall.steer("screen.set", id=hall.screen.id, follows=False, dark=False)
    see(wall, "agenda")
    hall.go(Phase.GROUP)
    expect(wall.locator(".day .now")).to_contain_text("Group")
    see(wall, "agenda")


def test_plenary_shows_the_slides_of_its_rooms(hall, open_page, look):
    other = hall.house.laid.rooms[1].id

    def job():
        db.session.get_one(Room, other).sort = RoomKind.PLENARY
        db.session.get_one(Room, other).title = {"en": "Plenary"}

    write(job)
    leads = ActorRef(other, grant_id=hall.lead.id)
    screen = hall.house.rows(select(ScreenKey.id, ScreenKey.code).order_by(ScreenKey.id))[1]
    hall.act(leads, "screen.show", {"id": screen.id, "show": "slides", "thing": None})
    wall = open_page(PROJECTOR)
    wall.goto(f"{hall.server.address}/s#{screen.code}")
    expect(wall.get_by_text("No room has reported back yet.")).to_be_visible()
    desk = open_page(LAPTOP, who=hall.lead.into(hall.house.laid.rooms[1]))
    desk.goto(address(hall.server, "lead", room=1))
    desk.get_by_role("heading", name="On the projector").click()
    desk.get_by_role("button", name="Fetch what the rooms have adopted").click()
    expect(wall.get_by_role("heading", name=re.compile("An assistant in every"))).to_be_visible()
    expect(wall.get_by_text("2 for")).to_be_visible()
    look(wall, "wall-slides-plenary")
    assert wall.evaluate(READ, SMALLEST) == []


# ---- Its link, and days of it --------------------------------------------------------------------


def test_link_opens_this_wall_and_nothing_else(hall, open_page, look):
    wall = open_page(PROJECTOR)
    wall.troubles_expected = "403"
    wall.goto(f"{hall.server.address}/s")
    look(wall, "wall-door")
    code = hall.screen.code
    wall.get_by_label("Code of the screen").fill(f" {code[:4].lower()} {code[4:]} ")
    wall.get_by_role("button", name="Show the screen").click()
    see(wall, "auto")
    assert wall.evaluate("document.cookie") == ""
    forum = hall.house.laid.uuid
    for path in (
        f"/f/{forum}/lead",
        address(hall.server, "lead").removeprefix(hall.server.address),
        f"/f/{forum}/organise",
        address(hall.server, "screen", room=1).removeprefix(hall.server.address),
    ):
        assert wall.context.request.get(hall.server.address + path).status == 403, path
    room = wall.context.request.get(address(hall.server, "room"))
    assert "/room/" not in room.url


def test_wrong_code_shows_no_screen(server, open_page):
    page = open_page(PROJECTOR)
    page.goto(f"{server.address}/s#CDFHJK23")
    expect(page.get_by_role("alert")).to_contain_text("This link shows no screen.")


def test_wall_comes_back_after_a_restart_of_the_server(hall, open_page):
    wall = open_page(PROJECTOR)
    wall.troubles_expected = "WebSocket|ERR_|Failed to load|socket.io"
    wall.goto(hall.link)
    hall.show("themes")
    see(wall, "themes")
    wall.evaluate("window.sameAsBefore = true")
    hall.server.kill()
    expect(wall.locator(".rail .status.warn")).to_be_visible(timeout=30_000)
    assert wall.evaluate(READ, SMALLEST) == []
    hall.show("agenda")
    hall.server.start()
    see_later = wall.locator(".wall.shows-agenda")
    expect(see_later).to_be_visible(timeout=40_000)
    assert wall.evaluate("window.sameAsBefore"), "the same version needs no reload"


def test_wall_of_an_older_version_renews_itself(hall, open_page):
    wall = open_page(PROJECTOR)
    wall.troubles_expected = "WebSocket|ERR_|Failed to load|socket.io"
    wall.route("**/version", lambda route: route.fulfill(json={"version": "another"}), times=1)
    wall.goto(hall.link)
    see(wall, "auto")
    wall.evaluate("window.sameAsBefore = true")
    wall.wait_for_function("() => !window.sameAsBefore", timeout=30_000)
    see(wall, "auto")


def test_withdrawn_link_says_so_calmly(hall, open_page):
    wall = open_page(PROJECTOR)
    wall.troubles_expected = "WebSocket|400|Failed to load"
    wall.goto(hall.link)
    see(wall, "auto")
    hall.steer("screen.relink", id=hall.screen.id)
    expect(wall.get_by_role("heading", name="This screen rests.")).to_be_visible(timeout=30_000)
    assert wall.evaluate(READ, SMALLEST) == []


def test_wall_draws_at_most_ten_times_a_second(hall, open_page):
    """While ideas come in and are supported as fast as the server takes them."""
    wall = open_page(PROJECTOR)
    wall.goto(hall.link)
    hall.go(Phase.GATHER)
    see(wall, "auto")
    wall.evaluate(COUNT_DRAWS)
    question = hall.house.laid.questions[0].id
    with hall.house.app.app_context():
        for n in range(60):
            idea = {"sort": "need", "question": question, "text": f"A lamp {n}", "lang": "en"}
            made = hall.act(hall.seats[0], "idea.post", idea)["id"]
            hall.act(hall.seats[1], "idea.support", {"id": made, "on": True})
    expect(wall.get_by_text("A lamp 59")).to_be_visible()
    draws = wall.evaluate("window.draws")
    assert draws, "it was drawn meanwhile"
    assert busiest_second(draws) <= 10
