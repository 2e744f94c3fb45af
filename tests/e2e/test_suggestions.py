"""Other words for a passage: suggested on a phone, talked about, put into the text or not."""

import re

import pytest
from playwright.sync_api import expect

from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR
from tests.e2e.test_room_walk import address

WORDS = "Exams are held every month in the city. Nobody knows when."


def part(page):
    return page.locator(".part").filter(has=page.get_by_role("heading", name="Problem"))


def field(page):
    return page.get_by_role("textbox", name="Problem", exact=True)


def select(page, words):
    """Select words in the text, as with a finger or with shift and arrows."""
    field(page).evaluate(
        "(area, words) => { area.focus(); const at = area.value.indexOf(words);"
        " area.setSelectionRange(at, at + words.length); }",
        words,
    )


def suggest(page, words, put, why=""):
    """By keyboard alone, but for the selecting."""
    select(page, words)
    button = page.get_by_role("button", name="Suggest a change: Problem")
    button.focus()
    page.keyboard.press("Enter")
    expect(page.get_by_label("How it should read")).to_be_focused()
    expect(page.get_by_label("How it should read")).to_have_value(words)
    page.get_by_label("How it should read").fill(put)
    page.get_by_label("Why?").fill(why)
    page.get_by_role("button", name="Send the suggestion").click()
    expect(button).to_be_focused()


def begun(server, lead, phone):
    """A draft with two sentences, open on both screens."""
    phone.goto(address(server, "room"))
    lead.goto(address(server, "lead"))
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    phone.get_by_role("textbox", name="Its title: what should be done").fill("Exams")
    phone.get_by_role("button", name="Begin").click()
    expect(field(phone)).to_be_editable()
    field(phone).fill(WORDS)
    lead.get_by_role("button", name="Write: Exams").click()
    expect(field(lead)).to_have_value(WORDS)


def shown(page, number=1):
    return part(page).locator(".change:not(.unsent, .closed)").nth(number - 1)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_suggestion_is_talked_about_and_put_into_the_text(server, open_page, look, dark):
    tone = "dark" if dark else "light"
    ana = open_page(PHONE, dark=dark, who=server.house.seat("Ana"))
    lead = open_page(LAPTOP, dark=dark, who=server.house.lead())
    ben = open_page(PHONE, dark=dark, who=server.house.seat("Ben"))
    begun(server, lead, ana)
    ben.goto(address(server, "room"))
    ben.get_by_role("button", name="Write: Exams").click()

    select(ana, "every month")
    ana.get_by_role("button", name="Suggest a change: Problem").click()
    ana.get_by_label("How it should read").fill("at least six times a year")
    ana.get_by_label("Why?").fill("A school cannot do it every month.")
    look(ana, f"suggesting-phone-{tone}")
    ana.get_by_role("button", name="Send the suggestion").click()

    # Everybody sees the difference, in the sentence it is in
    for page in (ana, lead, ben):
        expect(shown(page).locator("del")).to_contain_text("every month")
        expect(shown(page).locator("ins")).to_contain_text("at least six times a year")
        expect(shown(page).locator(".differs")).to_contain_text("Exams are held")
        expect(shown(page)).to_contain_text("A school cannot do it every month.")
    expect(shown(ana)).to_contain_text("yours")
    expect(shown(ben)).not_to_contain_text("yours")

    # They say what they think of it
    shown(ben).get_by_role("button", name="Agree 0", exact=True).click()
    expect(shown(ben).get_by_role("button", name="Agree 1", exact=True)).to_have_attribute(
        "aria-pressed", "true"
    )
    shown(ben).get_by_role("button", name="Reply").click()
    ben.get_by_role("textbox", name="Write a reply").fill("Six is fine.")
    ben.keyboard.press("Enter")
    expect(shown(lead).locator(".comment")).to_have_count(2)
    expect(shown(lead)).to_contain_text("1 agrees")
    look(ben, f"suggestion-phone-{tone}")
    look(lead, f"suggestion-lead-{tone}")

    # Writing around it moves nothing
    field(lead).press("Control+Home")
    field(lead).press_sequentially("Today: ")
    expect(field(ana)).to_have_value(f"Today: {WORDS}")
    expect(shown(ana).locator(".differs")).to_contain_text("Today: Exams")

    # It is put into the text, on all screens
    shown(lead).get_by_role("button", name="Accept").click()
    after = "Today: Exams are held at least six times a year in the city. Nobody knows when."
    for page in (lead, ana, ben):
        expect(field(page)).to_have_value(after)
        expect(part(page).locator(".change:not(.closed)")).to_have_count(0)
        part(page).get_by_text("1 answered").click()
        expect(part(page)).to_contain_text("accepted by the room")
    look(lead, f"suggestion-accepted-lead-{tone}")


def test_declined_with_a_word_and_a_comment_that_is_settled(server, open_page, look):
    ana = open_page(PHONE, who=server.house.seat("Ana"))
    lead = open_page(LAPTOP, who=server.house.lead())
    begun(server, lead, ana)

    suggest(ana, "Nobody knows", "Hardly anybody knows")
    shown(lead).get_by_role("button", name="Keep the text").click()
    lead.get_by_label("Why does the text stay as it is?").fill("Nobody I asked knew.")
    look(lead, "suggestion-declining-lead")
    lead.get_by_role("button", name="Decline the suggestion").click()
    part(ana).get_by_text("1 answered").click()
    expect(part(ana).locator(".change.closed")).to_contain_text("Nobody I asked knew.")
    look(ana, "suggestion-declined-phone")
    expect(field(ana)).to_have_value(WORDS)

    # Only said of a passage
    select(ana, "the city")
    ana.get_by_role("button", name="Comment: Problem").click()
    expect(ana.get_by_label("Your comment")).to_be_focused()
    ana.get_by_label("Your comment").fill("Which one?")
    look(ana, "suggestion-comment-phone")
    ana.get_by_role("button", name="Send the comment").click()
    expect(shown(lead)).to_contain_text("Which one?")
    shown(lead).get_by_role("button", name="Settled").click()
    expect(part(lead).locator(".change:not(.closed)")).to_have_count(0)

    # Taken back
    suggest(ana, "Exams", "Tests")
    shown(ana).get_by_role("button", name="Withdraw the suggestion").click()
    shown(ana).get_by_role("button", name="Delete it with its replies").click()
    expect(part(ana).locator(".change:not(.closed)")).to_have_count(0)
    expect(part(lead).locator(".change:not(.closed)")).to_have_count(0)


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_two_for_the_same_words_are_shown_as_a_conflict(server, open_page, look, dark):
    tone = "dark" if dark else "light"
    ana = open_page(PHONE, dark=dark, who=server.house.seat("Ana"))
    lead = open_page(LAPTOP, dark=dark, who=server.house.lead())
    wall = open_page(PROJECTOR, dark=dark, who=server.house.lead())
    begun(server, lead, ana)
    suggest(ana, "every month", "at least six times a year", "A month is too short.")
    suggest(lead, "held every month", "held every week")
    suggest(ana, "Nobody", "Hardly anybody")

    for page in (ana, lead):
        conflict = part(page).get_by_role("region", name="These two change the same words")
        expect(conflict.locator(".change")).to_have_count(2)
        expect(part(page).locator(".change")).to_have_count(3)
    look(ana, f"conflict-phone-{tone}")
    look(lead, f"conflict-lead-{tone}")

    # On the wall, where all texts are, and where the one text is
    wall.goto(address(server, "screen"))
    if dark:
        wall.get_by_role("link", name="Dark hall").click()
    expect(wall.get_by_text("3 open suggestions")).to_be_visible()
    expect(wall.get_by_text("These two change the same words")).to_be_visible()
    expect(wall.locator(".conflict ins").first).to_contain_text("at least six times a year")
    expect(wall.locator(".conflict ins").last).to_contain_text("week")
    expect(wall.locator(".conflict .differs").first).to_contain_text("Exams are held")
    look(wall, f"conflict-wall-{tone}")

    # One is put in; the other says that its words have changed, and offers them
    part(ana).get_by_role("button", name="Accept").first.click()
    expect(field(lead)).to_have_value(WORDS.replace("every month", "at least six times a year"))
    late = part(lead).locator(".change:not(.closed)").first
    expect(late).to_contain_text("These words have changed since.")
    expect(late.get_by_role("button", name="Accept")).to_be_disabled()
    expect(late).to_contain_text("Now it reads: Exams are held at least six times")
    expect(wall.locator(".conflict")).to_have_count(0)
    look(lead, f"suggestion-late-lead-{tone}")


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_title_and_the_fields_of_a_step_are_talked_about_too(server, open_page, look, dark):
    tone = "dark" if dark else "light"
    ana = open_page(PHONE, dark=dark, who=server.house.seat("Ana"))
    lead = open_page(LAPTOP, dark=dark, who=server.house.lead())
    wall = open_page(PROJECTOR, dark=dark, who=server.house.lead())
    begun(server, lead, ana)
    ana.get_by_role("button", name="Add a step").click()
    ana.get_by_role("textbox", name="What", exact=True).fill("Open the exams to everybody.")
    ana.get_by_role("textbox", name="Who", exact=True).fill("The city")
    who = lead.get_by_role("textbox", name="Who", exact=True)
    expect(who).to_have_value("The city")

    # The title as a whole, by keyboard
    button = ana.get_by_role("button", name="Suggest a change: Title")
    button.focus()
    ana.keyboard.press("Enter")
    ana.get_by_label("How it should read").fill("Exams for everybody")
    look(ana, f"suggesting-title-phone-{tone}")
    ana.get_by_role("button", name="Send the suggestion").click()
    expect(button).to_be_focused()

    # Words of the field of the step in which the caret was last
    who.evaluate("(area) => { area.focus(); area.setSelectionRange(4, 8); }")
    lead.get_by_role("button", name="Suggest a change: Step 1").click()
    form = lead.get_by_role("form", name="Suggest a change: Step 1 · Who")
    expect(form.get_by_label("How it should read")).to_have_value("city")
    form.get_by_label("How it should read").fill("county")
    look(lead, f"suggesting-step-lead-{tone}")
    form.get_by_role("button", name="Send the suggestion").click()
    lead.get_by_role("textbox", name="What", exact=True).focus()
    lead.get_by_role("button", name="Comment: Step 1").click()
    lead.get_by_label("Your comment").fill("Who else?")
    lead.get_by_role("button", name="Send the comment").click()

    step = ana.get_by_role("group", name="Step 1")
    expect(step.locator(".change")).to_have_count(2)
    expect(step.get_by_role("heading", name="Suggested change: Step 1 · Who")).to_be_visible()
    expect(step.get_by_role("heading", name="Comment: Step 1 · What")).to_be_visible()
    expect(step.locator("ins")).to_contain_text("county")
    step.scroll_into_view_if_needed()
    look(ana, f"suggestion-step-phone-{tone}")
    wall.goto(address(server, "screen"))
    if dark:
        wall.get_by_role("link", name="Dark hall").click()
    expect(wall.get_by_text("2 open suggestions")).to_be_visible()
    look(wall, f"suggestion-step-wall-{tone}")

    # Another word for the same word of the step: the wall shows both
    suggest_in_step(ana, "The city", "The region")
    expect(wall.locator(".conflict ins").first).to_contain_text("county")
    expect(wall.locator(".conflict ins").last).to_contain_text("region")

    # They are put in
    step.get_by_role("button", name="Accept").first.click()
    expect(who).to_have_value("The county")
    title = lead.get_by_role("textbox", name="Title", exact=True)
    lead.locator(".change", has_text="for everybody").get_by_role("button", name="Accept").click()
    for page in (ana, lead):
        expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value(
            "Exams for everybody"
        )
    expect(wall.get_by_role("heading", name="Exams for everybody")).to_be_visible()
    expect(title).to_be_editable()
    step.get_by_text("1 answered").click()
    expect(step.locator(".change.closed")).to_contain_text("Step 1 · Who: accepted by the room")
    look(lead, f"suggestion-step-lead-{tone}")

    # With the step goes what waits for an answer on it
    lead.get_by_role("button", name=re.compile("^Take out ?: Step 1$")).click()
    expect(wall.locator(".open-suggestions")).to_have_count(0)


def suggest_in_step(page, words, put):
    page.get_by_role("textbox", name="Who", exact=True).evaluate(
        "(area, words) => { area.focus(); area.setSelectionRange(0, words.length); }", words
    )
    page.get_by_role("button", name="Suggest a change: Step 1").click()
    page.get_by_label("How it should read").fill(put)
    page.get_by_role("button", name="Send the suggestion").click()


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_office_is_talked_about_too(server, open_page, look, dark):
    tone = "dark" if dark else "light"
    ana = open_page(PHONE, dark=dark, who=server.house.seat("Ana"))
    lead = open_page(LAPTOP, dark=dark, who=server.house.lead())
    begun(server, lead, ana)
    asked = [page.get_by_role("region", name="Addressee", exact=True) for page in (ana, lead)]
    for place, office in enumerate(("Voivode", "The city hall")):
        asked[0].get_by_role("button", name="Add an addressee").click()
        asked[0].get_by_role("textbox").nth(place).fill(office)
        expect(asked[1].get_by_role("textbox").nth(place)).to_have_value(office)

    # Of its words those that are selected, by keyboard
    asked[0].get_by_role("textbox").nth(1).evaluate(
        "(area) => { area.focus(); area.setSelectionRange(4, 8); }"
    )
    button = ana.get_by_role("button", name="Suggest a change: Addressee 2", exact=True)
    button.focus()
    ana.keyboard.press("Enter")
    form = ana.get_by_role("form", name="Suggest a change: Addressee 2")
    expect(form.get_by_label("How it should read")).to_have_value("city")
    form.get_by_label("How it should read").fill("town")
    form.get_by_label("Why?").fill("It is a town.")
    look(ana, f"suggesting-office-phone-{tone}")
    form.get_by_role("button", name="Send the suggestion").click()
    expect(button).to_be_focused()

    row = lead.get_by_role("group", name="Addressee 2", exact=True)
    expect(row.locator("ins")).to_contain_text("town")
    expect(row).to_contain_text("It is a town.")
    expect(
        lead.get_by_role("group", name="Addressee 1", exact=True).locator(".change")
    ).to_have_count(0)
    row.scroll_into_view_if_needed()
    look(lead, f"suggestion-office-lead-{tone}")

    # Writing before it moves nothing; then it is put in, on both screens
    field = asked[1].get_by_role("textbox", name="Office or organisation").nth(1)
    field.press("Home")
    field.press_sequentially("Also: ")
    row.get_by_role("button", name="Accept").click()
    for part_ in asked:
        offices = part_.get_by_role("textbox", name="Office or organisation")
        expect(offices.nth(1)).to_have_value("Also: The town hall")
        expect(offices.nth(0)).to_have_value("Voivode")
