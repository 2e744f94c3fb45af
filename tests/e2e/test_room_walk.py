"""One room from the first code to an adopted recommendation, on three screens at once."""

import re

from playwright.sync_api import expect

from facilitator.models import Role
from tests.e2e.conftest import LAPTOP, OFFLINE, PROJECTOR


def address(server, kind, room=0):
    laid = server.house.laid
    return f"{server.address}/f/{laid.uuid}/{kind}/{laid.rooms[room].uuid}"


def come_in(page, server, sector, look=lambda *_: None):
    """From the code on the wall to the room, as anybody does."""
    page.goto(server.address)
    code = server.house.laid.forum.code
    page.get_by_label("Code").fill(f" {code[:3].lower()} - {code[3:]} ")
    page.get_by_role("button", name="Find the room").click()
    look(page, "seat-phone")
    page.get_by_text(sector, exact=True).click()
    page.get_by_role("button", name="Come in").click()
    look(page, "rooms-phone")
    page.get_by_role("link", name=re.compile("table 1")).or_(
        page.get_by_role("button", name=re.compile("table 1"))
    ).first.click()
    expect(page.get_by_role("heading", name="What is missing?")).to_be_visible()


def post(page, text):
    page.get_by_role("textbox", name="Write your idea").fill(text)
    page.get_by_role("button", name="Send").click()
    expect(page.locator(".idea.mine:not(.unsent)", has_text=text)).to_be_visible()


def next_phase(lead, name):
    lead.get_by_role("button", name=f"Next: {name}").click()
    expect(lead.get_by_role("list", name="Steps of the day").get_by_role(
        "button", name=name
    )).to_have_attribute("aria-current", "step")  # fmt: skip


def test_room_goes_from_the_code_to_an_adopted_recommendation(server, open_page, look):
    phone = open_page()
    lead = open_page(LAPTOP, who=server.house.lead())
    wall = open_page(PROJECTOR, who=server.house.lead())

    phone.goto(server.address)
    look(phone, "join-code-phone")
    come_in(phone, server, "Diaspora", look)
    lead.goto(address(server, "lead"))
    wall.goto(address(server, "screen"))
    expect(lead.get_by_role("heading", name=re.compile("Housing"))).to_be_visible()
    expect(wall.get_by_text(server.house.laid.rooms[0].code).first).to_be_visible()
    look(wall, "board-join")

    # Gather
    post(phone, "A bench in the shade at every bus stop")
    post(phone, "Somebody at the town hall who calls back")
    expect(wall.get_by_text("A bench in the shade at every bus stop")).to_be_visible()
    expect(lead.get_by_text("Somebody at the town hall who calls back").or_(
        lead.get_by_role("button", name=re.compile("new"))
    ).first).to_be_visible()  # fmt: skip
    for page, name in ((phone, "gather-phone"), (lead, "gather-lead"), (wall, "gather-board")):
        look(page, name)

    # Group
    next_phase(lead, "Group")
    expect(phone.get_by_role("button", name="Make")).to_be_visible()
    for text, theme in (
        ("A bench in the shade", "Places"),
        ("Somebody at the town hall", "Answers"),
    ):
        phone.get_by_role("checkbox", name=re.compile(text)).check(force=True)
        phone.get_by_role("textbox", name="Name of a new theme").fill(theme)
        phone.get_by_role("button", name="Make").click()
        expect(wall.get_by_text(theme, exact=True)).to_be_visible()
    for page, name in ((phone, "group-phone"), (lead, "group-lead"), (wall, "group-board")):
        look(page, name)

    # Decide
    next_phase(lead, "Decide")
    lead.get_by_role("textbox", name="What is asked").fill("What first?")
    lead.get_by_role("button", name="Open the vote").click()
    expect(phone.get_by_role("heading", name="What first?")).to_be_visible()
    for _ in range(2):
        phone.get_by_role("button", name="One dot more: Places").click()
    look(phone, "decide-phone")
    phone.get_by_role("button", name="Send the paper").click()
    expect(phone.get_by_text("Your paper is in.")).to_be_visible()
    expect(wall.get_by_text("What first?")).to_be_visible()
    look(wall, "decide-board")
    look(lead, "decide-lead")
    lead.get_by_role("button", name="Close the vote").click()
    expect(phone.get_by_text("Closed", exact=False).first).to_be_visible()
    look(wall, "result-board")

    # Draft
    next_phase(lead, "Draft")
    phone.get_by_role("textbox", name="Its title: what should be done").fill("Shade at every stop")
    phone.get_by_label("From which theme").select_option("Places")
    phone.get_by_role("button", name="Begin").click()
    part = phone.get_by_role("textbox", name="Problem", exact=True)
    part.fill("People wait in the sun.")
    phone.get_by_role("textbox", name="Recommendation", exact=True).fill(
        "Plant trees at the stops."
    )
    phone.get_by_role("button", name="Add a step").click()
    phone.locator(".step textarea").first.fill("Count the stops without shade")
    expect(phone.locator(".writing .status.good")).to_be_visible()
    look(phone, "draft-phone")
    expect(wall.get_by_text("People wait in the sun.")).to_be_visible(timeout=20_000)
    look(wall, "draft-board")
    look(lead, "draft-lead")

    # Adopt
    next_phase(lead, "Adopt")
    lead.get_by_role("button", name="Put to the vote: Shade at every stop").click()
    phone.get_by_role("radio", name=re.compile("^Yes")).check(force=True)
    expect(wall.get_by_text("Shade at every stop").first).to_be_visible()
    look(phone, "adopt-phone")
    look(lead, "adopt-lead")
    look(wall, "adopt-board")
    lead.get_by_role("button", name="Close the vote").click()
    expect(phone.get_by_text("Adopted", exact=False).first).to_be_visible()
    expect(wall.get_by_text("Adopted", exact=False).first).to_be_visible()
    look(wall, "adopted-board")

    # Closed, and open again
    next_phase(lead, "Closed")
    expect(phone.get_by_text(re.compile("The room is closed"))).to_be_visible()
    look(phone, "closed-phone")
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Gather").click()
    expect(phone.get_by_text("A bench in the shade at every bus stop")).to_be_visible()


def test_seat_is_kept_over_a_reload_and_in_a_second_tab(server, open_page):
    phone = open_page()
    come_in(phone, server, "NGO")
    post(phone, "Benches")

    phone.reload()
    expect(phone.locator(".idea.mine", has_text="Benches")).to_be_visible()
    second = phone.context.new_page()
    second.goto(address(server, "room"))
    expect(second.locator(".idea.mine", has_text="Benches")).to_be_visible()


def test_room_is_for_those_who_have_a_seat_in_it(server, open_page):
    stranger = open_page()
    stranger.goto(address(server, "room"))
    expect(stranger.get_by_role("heading", name="Benches")).not_to_be_visible()
    assert "/room/" not in stranger.url


def test_idea_written_without_network_is_sent_when_it_is_back(server, open_page, look):
    phone = open_page(who=server.house.seat())
    phone.troubles_expected = OFFLINE
    lead = open_page(LAPTOP, who=server.house.lead(Role.FACILITATOR))
    phone.goto(address(server, "room"))
    lead.goto(address(server, "lead"))
    expect(phone.get_by_role("heading", name="What is missing?")).to_be_visible()

    phone.context.set_offline(True)
    phone.get_by_role("textbox", name="Write your idea").fill("Kept on the phone")
    phone.get_by_role("button", name="Send").click()
    expect(phone.locator(".idea.unsent", has_text="Kept on the phone")).to_be_visible()
    expect(phone.locator("header .status")).to_contain_text(re.compile("waiting|no connection"))
    look(phone, "offline-phone")

    phone.context.set_offline(False)
    expect(phone.locator(".idea.mine:not(.unsent)", has_text="Kept on the phone")).to_be_visible(
        timeout=30_000
    )
    expect(phone.locator("header .status")).to_contain_text("saved")
