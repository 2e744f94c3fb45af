"""What is said under an idea: on two phones and at the desk of who leads."""

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP, OFFLINE, PHONE
from tests.e2e.test_room_walk import address, post


def say(page, text):
    page.get_by_role("textbox", name="Write a comment").fill(text)
    page.keyboard.press("Enter")
    expect(page.locator(".comment:not(.unsent)", has_text=text)).to_be_visible()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_people_talk_under_an_idea(server, open_page, look, dark):
    tone = "dark" if dark else "light"
    ana = open_page(PHONE, dark=dark, who=server.house.seat())
    ben = open_page(PHONE, dark=dark, who=server.house.seat())
    lead = open_page(LAPTOP, dark=dark, who=server.house.lead())
    wall = open_page(LAPTOP, dark=dark, who=server.house.lead())
    ana.goto(address(server, "room"))
    expect(ana.get_by_role("textbox", name="Write your idea")).to_be_visible()
    post(ana, "A bench in the shade at every bus stop")
    ben.goto(address(server, "room"))
    lead.goto(address(server, "lead"))
    wall.goto(address(server, "screen"))

    # By keyboard alone: open, write, send
    ben.get_by_role("button", name="Comment", exact=True).focus()
    ben.keyboard.press("Enter")
    expect(ben.get_by_role("textbox", name="Write a comment")).to_be_focused()
    say(ben, "With a roof, please")
    expect(ben.get_by_role("textbox", name="Write a comment")).to_be_focused()

    # What comes in while one reads moves nothing
    ana.get_by_role("button", name="1 comment").click()
    field = ana.get_by_role("textbox", name="Write a comment")
    before = field.bounding_box()
    lead.get_by_role("button", name="1 comment").click()
    say(lead, "Somebody in the hall asks who cleans them")
    expect(ana.get_by_role("button", name="1 new comment")).to_be_visible()
    assert field.bounding_box() == before
    look(ana, f"comments-new-phone-{tone}")
    ana.get_by_role("button", name="1 new comment").click()
    expect(ana.locator(".comment")).to_have_count(2)
    say(ana, "The one at the school first")
    for page, name in ((ana, "phone"), (lead, "lead")):
        look(page, f"comments-{name}-{tone}")

    # One's own is taken back, and only that; the hall sees none of it
    ben.get_by_role("button", name="Withdraw").click()
    expect(ben.get_by_text("Withdrawn.")).to_be_visible()
    look(ben, f"comments-withdraw-phone-{tone}")
    expect(ana.locator(".comment", has_text="With a roof")).to_have_count(0)
    expect(wall.get_by_text("A bench in the shade")).to_be_visible()
    expect(wall.get_by_text("The one at the school first")).to_have_count(0)

    # Kept on the phone while there is no network
    ana.troubles_expected = OFFLINE
    ana.context.set_offline(True)
    field.fill("Kept on the phone")
    ana.keyboard.press("Enter")
    expect(ana.locator(".comment.unsent", has_text="Kept on the phone")).to_be_visible()
    ana.context.set_offline(False)
    expect(ana.locator(".comment:not(.unsent)", has_text="Kept on the phone")).to_be_visible(
        timeout=30_000
    )

    # Later they are only read
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    ana.get_by_role("navigation", name="Parts of the room").get_by_role(
        "button", name="Ideas"
    ).click()
    ana.get_by_role("button", name="3 comments").click()
    expect(ana.locator(".comment", has_text="The one at the school first")).to_be_visible()
    expect(ana.get_by_role("textbox", name="Write a comment")).to_have_count(0)
    look(ana, f"comments-read-phone-{tone}")
