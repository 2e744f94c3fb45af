"""Small phones, dark rooms, other languages, and the screens that nobody passes on the usual way."""

import pytest
from playwright.sync_api import expect

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db
from facilitator.forums.links import host_link
from facilitator.models import Phase, Role, Room
from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_room_walk import address

SMALL = {"width": 320, "height": 568}
LONG = "Donaudampfschifffahrtsgesellschaftskapitänskajüte " * 3


@pytest.fixture
def room(server):
    """A room with something of everything in it; room("draft") moves it there."""
    house = server.house
    lead, seat = house.lead(), house.seat()
    room_id = house.laid.rooms[0].id
    leads, seated = ActorRef(room_id, grant_id=lead.id), ActorRef(room_id, seat_id=seat.id)

    def act(who, name, **payload):
        act.number += 1
        return perform(who, name, f"everybody-{act.number:04}", payload)

    def go(phase):
        db.session.rollback()
        agenda = db.session.get(Room, room_id).agenda
        act(leads, "room.move", to=[step["phase"] for step in agenda].index(phase))

    act.number = 0
    question = house.laid.questions[0].id
    ideas = [
        act(seated, "idea.post", sort=sort, question=question, text=text, lang=lang)["id"]
        for sort, text, lang in (
            ("need", LONG, "de"),
            ("solution", "مقعد في الظل عند كل محطة", "ar"),
            ("practice", "Лавка в тіні на кожній зупинці 🌳", "uk"),
        )
    ]
    go(Phase.GROUP)
    for title, chosen in ((LONG[:100], ideas[:2]), ("Тінь", ideas[2:])):
        act(leads, "theme.make", title=title, lang="uk", ideas=chosen)
    go(Phase.DECIDE)
    asked = {"question": "Що спочатку?", "lang": "uk", "method": "dots", "dots": 5}
    act(leads, "ballot.open", **asked, subject="themes", things=[])
    go(Phase.DRAFT)
    made = act(leads, "recommendation.start", title=LONG, lang="de", theme=None)["id"]
    go(Phase.ADOPT)
    act(leads, "ballot.adopt", recommendation=made)
    go.seat, go.lead = seat, lead
    return go


@pytest.mark.parametrize("lang", ["pl", "cs", "uk"])
def test_smallest_phone_in_the_dark(server, open_page, look, room, lang):
    page = open_page(SMALL, dark=True, lang=lang, who=room.seat)
    for phase in Phase:
        room(phase)
        page.goto(address(server, "room"))
        expect(page.locator(".hall")).to_be_visible()
        page.wait_for_timeout(300)
        assert page.locator("html").get_attribute("lang") == lang
        look(page, f"small-{phase}-{lang}")


def test_room_of_who_leads_in_the_dark_and_on_a_phone(server, open_page, look, room):
    for viewport, dark in ((LAPTOP, True), (PHONE, False)):
        page = open_page(viewport, dark=dark, lang="pl", who=room.lead)
        for phase in Phase:
            room(phase)
            page.goto(address(server, "lead"))
            expect(page.locator(".desk")).to_be_visible()
            page.wait_for_timeout(300)
            look(page, f"lead-{phase}-{viewport['width']}")


def test_board_in_a_dark_hall(server, open_page, look, room):
    page = open_page(PROJECTOR, who=room.lead)
    for phase in Phase:
        room(phase)
        page.goto(address(server, "screen") + "/dark")
        expect(page.locator(".wall")).to_be_visible()
        page.wait_for_timeout(500)
        look(page, f"board-dark-{phase}")


def test_screens_beside_the_way(server, open_page, look):
    forum = server.house.laid.uuid
    page = open_page(PHONE, lang="cs")
    page.troubles_expected = "404|403"
    for path, name in (("/", "code"), ("/j", "scanned"), ("/g", "link"), ("/nothing", "sorry")):
        page.goto(server.address + path)
        expect(page.get_by_role("heading").first).to_be_visible()
        look(page, f"beside-{name}")
    page.goto(host_link(server.address))
    expect(page).to_have_url(f"{server.address}/forums")
    look(page, "beside-host")
    staff = open_page(LAPTOP, dark=True, who=server.house.lead(Role.FACILITATOR))
    staff.goto(f"{server.address}/f/{forum}/lead")
    expect(staff.get_by_role("heading").first).to_be_visible()
    look(staff, "beside-lead")
