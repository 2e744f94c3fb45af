"""Coming in, being sent to tables, coming back with a card, and the day beyond the room."""

import re
import time

import pytest
from playwright.sync_api import expect

from facilitator.access import join_secret
from facilitator.db import db, write
from facilitator.models import People, Role, Seat
from tests import make
from tests.e2e.conftest import LAPTOP, PHONE

NARROW = {"width": 320, "height": 640}
#: A slow network as the tools of Chromium have it, in bytes a second and milliseconds.
SLOW_4G = {
    "offline": False,
    "latency": 150,
    "downloadThroughput": 200_000,
    "uploadThroughput": 93_750,
}


def address(server, path):
    return f"{server.address}/f/{server.house.laid.uuid}/{path}"


def room_path(server, room=0, kind="room"):
    return address(server, f"{kind}/{server.house.laid.rooms[room].uuid}")


def crowd(server, many=11):
    """People in the first room, with nobody at their phones."""
    laid = server.house.laid

    def come():
        for n in range(many):
            make.seat(laid, f"Sample {n}", laid.rooms[0], n % 3)
        db.session.get(People, laid.rooms[0].id).seats = many + 1

    write(come)


def test_three_taps_lead_from_the_qr_code_to_the_first_idea(server, open_page, record_property):
    laid = server.house.laid
    phone = open_page(PHONE, touch=True)
    tools = phone.context.new_cdp_session(phone)
    tools.send("Network.enable")
    tools.send("Network.emulateNetworkConditions", SLOW_4G)
    tools.send("Emulation.setCPUThrottlingRate", {"rate": 4})
    taps = 0
    began = time.monotonic()

    phone.goto(f"{server.address}/j#{join_secret(laid.rooms[0], laid.forum)}")
    phone.get_by_role("button", name="Come in").tap()
    taps += 1
    idea = phone.get_by_role("textbox", name="Write your idea")
    idea.tap()
    taps += 1
    phone.keyboard.insert_text("A bench in the shade")
    phone.get_by_role("button", name="Send").tap()
    taps += 1
    expect(phone.locator(".idea.mine", has_text="A bench in the shade")).to_be_visible()

    record_property("seconds", round(time.monotonic() - began, 1))
    assert taps <= 3


def test_doors_say_what_is_asked_there(server, open_page, look):
    phone = open_page(NARROW)
    phone.goto(server.address)
    phone.get_by_label("Code").fill("CDFHJ")
    phone.get_by_role("button", name="Find the room").click()
    expect(phone.get_by_role("alert")).to_contain_text("One character is missing.")
    look(phone, "arriving-mistake")
    phone.get_by_label("Code").fill(server.house.laid.forum.code)
    phone.get_by_role("button", name="Find the room").click()
    phone.get_by_role("button", name="Come in").click()
    expect(phone.get_by_role("button", name=re.compile("table 2"))).to_contain_text("Who can help?")
    look(phone, "arriving-rooms")


@pytest.mark.parametrize("by", ["keyboard", "taps"])
def test_tables_are_made_and_a_phone_follows(server, open_page, look, by):
    crowd(server)
    laptop = open_page(LAPTOP, who=server.house.lead(Role.ORGANISER, page="desk"), touch=True)
    phone = open_page(PHONE, who=server.house.seat("Ana"))
    phone.goto(room_path(server))
    expect(phone.get_by_role("textbox", name="Write your idea")).to_be_visible()

    def press(name):
        button = laptop.get_by_role("button", name=name)
        if by == "taps":
            return button.tap()
        button.focus()
        return laptop.keyboard.press("Enter")

    laptop.goto(address(server, "organise/tables"))
    look(laptop, "tables-empty")
    press("Show the tables")
    expect(laptop.get_by_role("heading", name="Round 1, as it would be")).to_be_visible()
    press("Mix again")
    expect(laptop.get_by_role("heading", name="Table 2")).to_be_visible()
    look(laptop, "tables-plan")
    for _ in range(8):  # until this phone has to go
        press("Send everybody there")
        expect(laptop.get_by_text("Everybody is told where to go.")).to_be_visible()
        db.session.rollback()
        if db.session.get(Seat, ana(server)).room_id != server.house.laid.rooms[0].id:
            break
        press("Take the last round back")
        press("Mix again")

    expect(phone.get_by_role("heading", name="You are now at: Housing, table 2")).to_be_visible(
        timeout=25_000
    )
    look(phone, "moved-phone")
    phone.wait_for_url(re.compile(server.house.laid.rooms[1].uuid), timeout=25_000)
    expect(phone.get_by_role("textbox", name="Write your idea")).to_be_visible()
    press("Take the last round back")
    expect(laptop.get_by_text("The round is taken back.")).to_be_visible()


def ana(server):
    """The seat at whose phone somebody is."""
    return db.session.query(Seat.id).filter_by(nickname="Ana").scalar()


def test_what_was_begun_comes_along_when_somebody_is_brought_in(server, open_page, look):
    seat = server.house.seat("Ana")
    write(lambda: setattr(db.session.get(Seat, seat.id), "number", 4217))
    phone = open_page(PHONE, who=seat)
    desk = open_page(LAPTOP, who=server.house.lead(room=1))
    phone.goto(room_path(server))
    expect(phone.get_by_text("4217")).to_be_visible()
    phone.get_by_role("textbox", name="Write your idea").fill("Half a sent")
    desk.goto(room_path(server, 1, "lead"))

    desk.get_by_text("The way in").click()
    desk.get_by_label("Bring somebody in: the number on their phone").fill("4217")
    desk.get_by_role("button", name="Bring in").click()
    expect(desk.get_by_text("Seat 4217 comes into this room.")).to_be_visible()

    expect(phone.get_by_role("heading", name=re.compile("You are now at"))).to_be_visible(
        timeout=25_000
    )
    expect(phone.get_by_text("Half a sent")).to_be_visible()
    look(phone, "moved-writing")
    phone.get_by_role("button", name="Go there").click()
    expect(phone.get_by_role("textbox", name="Write your idea")).to_have_value("Half a sent")


def test_card_brings_a_seat_back_on_another_phone(server, open_page, look):
    lost, found = open_page(PHONE, who=server.house.seat("Ana")), open_page(PHONE)
    lost.troubles_expected = "WebSocket|403"
    lost.goto(address(server, "join"))
    look(lost, "card-offer")
    lost.get_by_role("button", name="Show me six words").click()
    words = lost.locator("[translate=no]").all_inner_texts()
    look(lost, "card-words")
    lost.goto(room_path(server))
    lost.get_by_role("textbox", name="Write your idea").fill("Mine")
    lost.get_by_role("button", name="Send").click()
    expect(lost.locator(".idea.mine:not(.unsent)", has_text="Mine")).to_be_visible()

    found.goto(server.address)
    found.get_by_label("Code").fill("-".join(words).upper())
    found.get_by_role("button", name="Find the room").click()

    expect(found.locator(".idea.mine", has_text="Mine")).to_be_visible()
    assert len(words) == 6
    expect(lost.get_by_text("This page has no ticket for the room.")).to_be_visible(timeout=25_000)


def test_programme_is_written_and_read(server, open_page, look):
    laptop = open_page(LAPTOP, who=server.house.lead(Role.ORGANISER, page="desk"))
    phone = open_page(NARROW, who=server.house.seat("Ana"))
    laptop.goto(address(server, "organise/programme"))
    laptop.get_by_label("What happens English").fill("Lunch")
    laptop.get_by_label("Begins").fill("12:30")
    laptop.get_by_label("A break").check()
    look(laptop, "programming")
    laptop.get_by_role("button", name="Add the line").click()
    expect(laptop.get_by_text("saved")).to_be_visible()

    phone.goto(room_path(server))
    phone.get_by_role("link", name="Programme").click()
    expect(phone.get_by_text("Lunch")).to_be_visible()
    look(phone, "programme")
    phone.get_by_role("link", name="Back to the room").click()
    expect(phone.get_by_role("textbox", name="Write your idea")).to_be_visible()


def test_parked_words_go_to_the_room_they_belong_to(server, open_page, look):
    phone = open_page(NARROW, who=server.house.seat("Ana"))
    desk = open_page(LAPTOP, who=server.house.lead())
    other = open_page(LAPTOP, who=server.house.lead(room=1))
    phone.goto(room_path(server)), desk.goto(room_path(server, 0, "lead"))
    other.goto(room_path(server, 1, "lead"))
    phone.get_by_text("Parked for elsewhere").click()
    phone.get_by_label("What belongs elsewhere").fill("Ask the region about trains")
    phone.get_by_role("button", name="Park it").click()
    expect(phone.get_by_role("button", name=re.compile("Take back"))).to_be_visible()
    look(phone, "parked-phone")

    desk.get_by_label(re.compile("Send to which room")).select_option(label="Housing, table 2")
    desk.get_by_role("button", name=re.compile("^Send ?: Ask")).click()
    expect(desk.get_by_text("sent to Housing, table 2")).to_be_visible()
    expect(other.get_by_text("from Housing, table 1")).to_be_visible(timeout=20_000)
    look(other, "parked-desk")
    other.get_by_role("button", name=re.compile("Take in")).click()
    expect(other.get_by_text("taken in as an idea")).to_be_visible()


@pytest.mark.parametrize("role", [Role.OBSERVER, Role.RAPPORTEUR])
def test_room_is_read_along_without_a_seat(server, open_page, look, role):
    reader = open_page(PHONE, who=server.house.lead(role, page="read"))
    phone = open_page(PHONE, who=server.house.seat("Ana"))
    phone.goto(room_path(server)), reader.goto(room_path(server, 0, "read"))
    phone.get_by_role("textbox", name="Write your idea").fill("Benches")
    phone.get_by_role("button", name="Send").click()

    expect(reader.get_by_text("Benches")).to_be_visible()
    expect(reader.get_by_role("textbox")).to_have_count(0)
    look(reader, f"reads-{role}")
