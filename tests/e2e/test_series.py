"""A series of meetings: a table goes on with what its track left at an earlier one."""

import re

from playwright.sync_api import expect

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.models import Phase, Room
from facilitator.rooms.recommendations import Piece, begin, write_pieces
from tests import make
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_room_walk import address

TITLE = "A desk where somebody answers in your own language, also after work"


def test_table_goes_on_with_what_an_earlier_one_left(server, open_page, look):
    house = server.house
    first, second = house.laid.rooms

    def job():
        make.later_meeting(house.laid, second, "Plzeň")
        left = begin(db.session.get_one(Room, first.id), title="", lang="en")
        left.title = TITLE
        write_pieces(left, [Piece("title", TITLE), Piece("s:problem", "People queue at dawn.")])

    write(job)
    lead = house.lead(room=1)
    agenda = [step["phase"] for step in db.session.get(Room, second.id).agenda]
    ref = ActorRef(second.id, grant_id=lead.id)
    perform(ref, "room.move", "series-0001", {"to": agenda.index(Phase.DRAFT)})

    phone = open_page(PHONE, who=house.seat(room=1), dark=True)
    phone.goto(address(server, "room", room=1))
    phone.get_by_text("From earlier meetings").click()
    expect(phone.get_by_role("heading", name=TITLE)).to_be_visible()
    expect(phone.get_by_text("Lublin")).to_be_visible()
    expect(phone.get_by_role("button", name="Go on with it")).to_have_count(0)
    look(phone, "earlier-phone")

    desk = open_page(LAPTOP, who=lead)
    desk.goto(address(server, "lead", room=1))
    desk.get_by_text("From earlier meetings").click()
    look(desk, "earlier-desk")
    desk.get_by_role("button", name=re.compile(f"Go on with it.*{TITLE}")).click()
    expect(desk.get_by_text("taken up here")).to_be_visible()
    look(desk, "earlier-taken-up")

    expect(phone.get_by_text("taken up here")).to_be_visible()
    phone.get_by_role("button", name=f"Write: {TITLE}").click()
    expect(phone.get_by_role("textbox", name="Problem")).to_have_value("People queue at dawn.")
