"""Moderation and the veil: what waits, what is reported and hidden, on phones, desk and wall."""

import re

from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_room_walk import address, post

SMALL = {"width": 320, "height": 568}
RUDE = "Ask Mr K. from window 6 how he speaks to people when nobody listens"


def held(lead):
    return lead.locator(".held-for")


def unfold(lead, words):
    held(lead).locator("summary", has_text=words).click()


def come(page, server, kind):
    page.goto(address(server, kind))
    if kind == "room":
        expect(page.get_by_role("textbox", name="Write your idea")).to_be_visible()
    if kind == "lead":
        expect(held(page)).to_be_visible()


def test_idea_waits_is_let_through_reported_hidden_and_shown_again(server, open_page, look):
    ana = open_page(PHONE, who=server.house.seat("Ana"))
    ben = open_page(SMALL, who=server.house.seat("Ben"))
    lead = open_page(LAPTOP, who=server.house.lead())
    wall = open_page(PROJECTOR, who=server.house.lead())
    for page, kind in ((ana, "room"), (ben, "room"), (lead, "lead"), (wall, "screen")):
        come(page, server, kind)

    # Before showing
    unfold(lead, "Moderation and veil")
    held(lead).get_by_text("before showing").click()
    look(lead, "moderation-rules-lead")
    unfold(lead, "Moderation and veil")
    post(ana, RUDE)
    expect(ana.locator(".idea.mine")).to_contain_text("waits for the facilitator")
    expect(held(lead).get_by_text(RUDE)).to_be_visible()
    expect(ben.get_by_text(RUDE)).to_have_count(0)
    look(ana, "held-phone")
    look(lead, "held-lead")

    # By keyboard alone
    held(lead).get_by_role("button", name="Show", exact=True).focus()
    lead.keyboard.press("Enter")
    expect(held(lead).get_by_role("heading", name="Held for you")).to_be_focused()
    expect(wall.get_by_text(RUDE)).to_be_visible()
    ben.get_by_role("button", name="1 new").click()
    expect(ben.get_by_text(RUDE)).to_be_visible()

    # Reported, quietly
    ben.get_by_role("button", name="More").click()
    look(ben, "report-small")
    ben.get_by_role("button", name="Report to the facilitator").click()
    expect(ben.get_by_text("reported to the facilitator")).to_be_visible()
    expect(held(lead).get_by_text("reported by 1 seat")).to_be_visible()
    look(ben, "reported-small")
    look(lead, "reported-lead")

    # Hidden, with a reason, by keyboard
    held(lead).get_by_role("button", name="Hide …").press("Enter")
    look(lead, "reasons-lead")
    held(lead).get_by_role("button", name="names a person").press("Enter")
    for page in (ben, wall):
        expect(page.get_by_text(RUDE)).to_have_count(0)
    expect(ana.get_by_text("Hidden by the facilitator: names a person")).to_be_visible()
    look(ana, "hidden-phone")
    ana.set_viewport_size(SMALL)
    look(ana, "hidden-small")

    # Shown again
    unfold(lead, "1 hidden")
    expect(held(lead).get_by_text(RUDE)).to_be_visible()
    look(lead, "hidden-list-lead")
    held(lead).get_by_role("button", name="Show again").click()
    expect(wall.get_by_text(RUDE)).to_be_visible()
    expect(ana.get_by_text("Hidden by the facilitator")).to_have_count(0)
    unfold(lead, "3 decisions")
    look(lead, "decisions-lead")


def test_veil_hides_the_ideas_of_others_until_the_reveal(server, open_page, look):
    ana = open_page(PHONE, who=server.house.seat("Ana"))
    ben = open_page(PHONE, dark=True, who=server.house.seat("Ben"))
    lead = open_page(LAPTOP, dark=True, who=server.house.lead())
    wall = open_page(PROJECTOR, who=server.house.lead())
    for page, kind in ((ana, "room"), (ben, "room"), (lead, "lead"), (wall, "screen")):
        come(page, server, kind)
    unfold(lead, "Moderation and veil")
    held(lead).get_by_label("Hide the ideas of others until I reveal them").click()
    expect(
        ana.get_by_text("New ideas are hidden until the facilitator reveals them")
    ).to_be_visible()

    post(ana, "A bench in the shade")
    post(ana, "A map of the offices")

    expect(ana.locator(".idea.mine").first).to_contain_text("waits for the reveal")
    expect(ben.get_by_text("2 ideas are hidden until the facilitator reveals them")).to_be_visible()
    expect(ben.get_by_text("A bench in the shade")).to_have_count(0)
    expect(
        wall.get_by_text("2 ideas are hidden until the facilitator reveals them")
    ).to_be_visible()
    expect(lead.get_by_role("button", name=re.compile("2 new")).first).to_be_visible()
    lead.get_by_role("button", name=re.compile("2 new")).first.click()
    expect(lead.locator(".mid").get_by_text("A bench in the shade")).to_be_visible()
    for page, name in ((ana, "phone"), (ben, "other-phone"), (lead, "lead"), (wall, "board")):
        look(page, f"veil-{name}")

    held(lead).get_by_role("button", name="Reveal all").click()

    expect(wall.get_by_text("A bench in the shade")).to_be_visible()
    ben.get_by_role("button", name=re.compile("2 new")).click()
    expect(ben.get_by_text("A map of the offices")).to_be_visible()
    expect(ana.get_by_text("waits for the reveal")).to_have_count(0)


def test_idea_is_taken_back_and_brought_back_with_single_taps(server, open_page, look):
    ana = open_page(PHONE, who=server.house.seat("Ana"), touch=True)
    ben = open_page(PHONE, who=server.house.seat("Ben"))
    come(ana, server, "room")
    post(ana, "A bench in the shade at every bus stop of the whole town")
    come(ben, server, "room")

    ana.get_by_role("button", name="Withdraw").tap()

    expect(ana.get_by_text("Withdrawn.")).to_be_visible()
    expect(ben.locator(".idea")).to_have_count(0)
    look(ana, "withdrawn-phone")
    ana.set_viewport_size(SMALL)
    look(ana, "withdrawn-small")
    ana.get_by_role("button", name="Undo").tap()
    expect(ana.locator(".idea.mine")).to_be_visible()
    ben.get_by_role("button", name=re.compile("1 new")).click()
    expect(ben.get_by_text("A bench in the shade")).to_be_visible()


def test_ideas_are_found_and_sorted_and_hold_still(server, open_page, look):
    ana = open_page(PHONE, who=server.house.seat("Ana"))
    ben = open_page(SMALL, who=server.house.seat("Ben"))
    come(ana, server, "room")
    for text in ("Ławka w parku", "A map of the offices", "Shade at the stops"):
        post(ana, text)
    come(ben, server, "room")
    expect(ben.locator(".idea")).to_have_count(3)

    # By keyboard
    ben.get_by_role("button", name="Find").press("Enter")
    words = ben.get_by_label("Words")
    words.fill("lawka")
    expect(ben.get_by_text("1 idea fits")).to_be_visible()
    expect(ben.locator(".idea")).to_have_count(1)
    look(ben, "find-small")
    look(ana, "ideas-phone")
    words.fill("nobody wrote this")
    expect(ben.get_by_text("Nothing fits.")).to_be_visible()
    look(ben, "find-nothing-small")
    ben.locator(".lull").get_by_role("button", name="Clear the filter").click()
    expect(ben.locator(".idea")).to_have_count(3)

    # Sorted by support, and marks that come in move nothing
    ben.get_by_label("Order").select_option("most support first")
    order = ben.locator(".idea .words").all_inner_texts()
    ben.locator(".idea", has_text="Ławka").get_by_role("button", name="I support this").click()
    post(ana, "One more that comes in")
    expect(ben.get_by_role("button", name="1 new")).to_be_visible()
    assert ben.locator(".idea .words").all_inner_texts() == order
    ben.get_by_role("button", name="Sort again").click()
    expect(ben.locator(".idea .words").first).to_have_text("Ławka w parku")


def test_idea_from_a_slip_carries_its_number(server, open_page, look):
    lead = open_page(LAPTOP, who=server.house.lead())
    ana = open_page(PHONE, who=server.house.seat("Ana"))
    come(lead, server, "lead")
    come(ana, server, "room")

    lead.locator("#idea").fill("Shade at the stops")
    lead.get_by_text("paper slip", exact=True).click()
    lead.get_by_label("Number on the slip").fill("14")
    look(lead, "slip-lead")
    lead.get_by_role("button", name="Send").click()

    expect(lead.get_by_label("Number on the slip")).to_have_value("15")
    ana.get_by_role("button", name="1 new").first.click()
    expect(ana.get_by_text("from paper slip 14")).to_be_visible()
    look(ana, "slip-phone")
