"""The organiser on the day: all rooms at a glance, a word to everybody, a pause, one more table."""

import re

import pytest
from playwright.sync_api import expect

from facilitator.models import Role
from tests.e2e.conftest import LAPTOP, PHONE

SIZES = {"laptop": LAPTOP, "phone": PHONE, "narrow": {"width": 320, "height": 568}}


@pytest.fixture
def organiser(server, open_page):
    """organiser("organise") opens a page of the organiser's, at a size."""
    who = server.house.lead(Role.ORGANISER, page="desk")

    def opens(path="organise", viewport=LAPTOP, **how):
        page = open_page(viewport, who=who, **how)
        page.goto(f"{server.address}/f/{server.house.laid.uuid}/{path}")
        return page

    return opens


@pytest.fixture
def in_room(server, open_page):
    """in_room() is somebody's phone, or another page, in the first room."""

    def opens(who=None, path="room", viewport=PHONE, room=0):
        page = open_page(viewport, who=who or server.house.seat("Ana", room=room))
        uuid = server.house.laid.rooms[room].uuid
        page.goto(f"{server.address}/f/{server.house.laid.uuid}/{path}/{uuid}")
        return page

    return opens


def post(page, text):
    page.locator("#idea").fill(text)
    page.get_by_role("button", name=re.compile("^(Send|Post)")).first.click()


@pytest.mark.parametrize("size", SIZES)
def test_overview_shows_what_happens_in_each_room(organiser, in_room, look, size):
    phone = in_room()
    page = organiser(viewport=SIZES[size])
    expect(page.locator("a.room")).to_have_count(2)
    post(phone, "A bench at every stop")
    room = page.locator("a.room").first
    expect(room).to_contain_text("1 idea")
    expect(room).to_contain_text("active now")
    if size == "laptop":
        expect(page.locator("tbody th")).to_contain_text("1 idea")
        expect(page.locator("tfoot")).to_contain_text("Together")
    look(page, f"overview-{size}")


def test_a_sentence_reaches_phones_desks_and_boards_and_is_taken_down(
    server, organiser, in_room, look
):
    phone, desk = in_room(), in_room(server.house.lead(), "lead", LAPTOP)
    wall = in_room(server.house.lead(Role.ORGANISER), "screen", {"width": 1920, "height": 1080})
    page = organiser()
    page.get_by_role("button", name="Message to all rooms").click()
    page.get_by_label("A sentence for everybody").fill("Lunch is served in the yard.")
    page.keyboard.press("Enter")
    for one in (phone, desk, wall):
        expect(one.locator(".told")).to_contain_text("Lunch is served in the yard.")
    expect(phone.locator("#polite")).to_contain_text("Lunch is served", timeout=10_000)
    look(phone, "told-phone")
    look(desk, "told-desk")
    look(wall, "told-wall")
    look(page, "told-overview")
    page.get_by_role("button", name="Take it down").click()
    for one in (phone, desk, wall):
        expect(one.locator(".told")).to_have_count(0)


def test_a_pause_is_told_and_keeps_what_is_typed(organiser, in_room, look):
    phone, page = in_room(), organiser()
    phone.locator("#idea").fill("Half a thou")
    page.get_by_role("button", name="Pause the whole forum").press("Enter")
    expect(phone.locator(".locked")).to_contain_text("What you write is kept")
    expect(phone.locator("#idea")).to_have_value("Half a thou")
    expect(page.get_by_text("The forum is paused")).to_be_visible()
    look(phone, "paused-phone")
    look(page, "paused-overview")
    page.get_by_role("button", name="Let the forum go on").press("Enter")
    expect(phone.locator(".locked")).to_have_count(0)
    post(phone, "A whole thought")
    expect(page.locator("a.room").first).to_contain_text("1 idea")


def test_one_more_table_appears_by_itself_while_people_work(server, organiser, in_room):
    phone, page = in_room(), organiser()
    page.get_by_role("button", name="Add a table").click()
    expect(page.locator("a.room")).to_have_count(3)
    post(phone, "Undisturbed")
    expect(page.locator("a.room").first).to_contain_text("1 idea")
    phone.goto(f"{server.address}/f/{server.house.laid.uuid}/rooms")
    expect(phone.get_by_role("button", name=re.compile("table 3"))).to_be_visible()


def test_a_new_track_appears_with_its_rooms_without_reload(organiser):
    page, setup = organiser(), organiser("organise/setup")
    expect(page.locator("a.room")).to_have_count(2)
    setup.get_by_text("Add a track").click()
    form = setup.locator("#track-new")
    form.locator("[name='title.en']").fill("Water")
    form.get_by_role("button", name="Add the track").click()
    expect(page.get_by_role("columnheader", name="Water")).to_be_visible()
    expect(page.locator("a.room")).to_have_count(3)


def test_only_what_needs_somebody(organiser, in_room, server):
    lead = in_room(server.house.lead(), "lead", LAPTOP)
    expect(lead.locator(".steer")).to_be_visible()
    page = organiser()
    expect(page.locator("a.room")).to_have_count(2)
    page.get_by_role("button", name=re.compile("Only what needs somebody")).click()
    expect(page.locator("a.room")).to_have_count(0)
    expect(page.locator("tfoot")).to_contain_text("0 ideas")
    page.get_by_role("button", name=re.compile("Only what needs somebody")).click()
    expect(page.locator("a.room")).to_have_count(2)


# ---- Before the day ------------------------------------------------------------------------------


@pytest.fixture
def hall(organiser, in_room, server, open_page):
    """hall(size) gives the page of the check, and what makes two of its signs good."""

    def opens(size):
        def come():
            phone = open_page(lang="pl")
            phone.goto(f"{server.address}/ready")
            who = server.house.lead(Role.ORGANISER)
            return phone, in_room(who, "screen", {"width": 1920, "height": 1080})

        return organiser("organise/check", SIZES[size]), come

    return opens


@pytest.mark.parametrize("size", SIZES)
def test_hall_is_checked_on_one_page(hall, look, size):
    page, come = hall(size)
    line = page.locator(".checks > li")
    expect(line).to_have_count(8)
    expect(line.nth(0)).to_contain_text("No phone has opened")
    expect(line.nth(1)).to_contain_text("websocket", timeout=20_000)
    expect(line.nth(2)).to_contain_text("No board is connected")
    expect(line.nth(5)).to_contain_text("On disk after")
    expect(line.nth(6)).to_contain_text("None was made here yet")
    expect(line.nth(7)).to_contain_text("It answers", timeout=30_000)

    phone, wall = come()
    expect(phone.get_by_role("heading", name="Działa")).to_be_visible()
    expect(wall.locator(".wall")).to_be_visible()
    expect(line.nth(0)).to_contain_text("opened 1 time", timeout=20_000)
    expect(line.nth(2)).to_contain_text("1 board is connected", timeout=20_000)
    look(page, f"check-{size}")
    look(phone, "ready")


def test_a_rehearsal_is_said_on_phones_and_boards_and_wiped_by_keyboard(
    server, organiser, in_room, look
):
    phone = in_room()
    wall = in_room(server.house.lead(Role.ORGANISER), "screen", {"width": 1920, "height": 1080})
    page = organiser("organise/check")
    page.get_by_role("button", name="Begin a rehearsal").press("Enter")
    expect(page.get_by_text("The rehearsal is on.")).to_be_visible()
    for one in (phone, wall):
        expect(one.locator(".told")).to_contain_text("everything here will be wiped")
    post(phone, "Only a trial")
    expect(phone.locator(".told")).to_be_visible()
    look(page, "rehearsal")
    look(phone, "rehearsal-phone")
    look(wall, "rehearsal-wall")

    # The meeting of this forum has begun, so its title has to be typed.
    page.troubles_expected = "409"
    page.get_by_label(re.compile("Type the title")).fill("Somewhere else")
    page.get_by_role("button", name="Wipe everything").press("Enter")
    expect(page.get_by_role("alert")).to_contain_text("Type its title")
    page.get_by_label(re.compile("Type the title")).fill("Living here")
    page.get_by_role("button", name="Wipe everything").press("Enter")
    expect(page.locator("#rehearsal").get_by_role("status")).to_contain_text("saved")
    expect(phone.get_by_text("The rehearsal is over.")).to_be_visible(timeout=20_000)
    expect(wall.get_by_text("Only a trial")).to_have_count(0)
    look(phone, "rehearsal-over")


def test_a_record_is_fetched_from_the_desk(server, in_room, look, tmp_path):
    phone, desk = in_room(), in_room(server.house.lead(), "lead", LAPTOP)
    post(phone, "A bench at every stop")
    desk.get_by_role("link", name="Record").click()
    expect(desk.get_by_role("heading", name="Record of a room")).to_be_visible()
    look(desk, "record")
    desk.get_by_role("button", name="PDF").click()
    link = desk.locator(".files a")
    expect(link).to_be_visible(timeout=60_000)
    look(desk, "record-done")
    with desk.expect_download() as download:
        link.click()
    download.value.save_as(tmp_path / "record.pdf")
    assert (tmp_path / "record.pdf").read_bytes().startswith(b"%PDF")


def test_a_lost_link_is_issued_anew_and_turns_its_holder_out(server, organiser, in_room, look):
    desk = in_room(server.house.lead(), "lead", LAPTOP)
    expect(desk.locator(".steer")).to_be_visible()
    page = organiser()
    page.get_by_text("Facilitators, room by room").click()
    before = page.locator("input.link").all()
    old = {one.input_value() for one in before}
    with page.expect_navigation():
        page.get_by_role("button", name=re.compile("Issue anew")).first.click()
    page.get_by_text("Facilitators, room by room").click()
    new = {one.input_value() for one in page.locator("input.link").all()}
    assert len(new) == len(old)
    assert new != old
    expect(desk.get_by_role("heading", name="This page has no ticket")).to_be_visible(
        timeout=20_000
    )
    look(page, "links")
