"""A recommendation is translated at the desk, checked, and falls behind when its original changes."""

import re

import pytest
from playwright.sync_api import expect
from sqlalchemy import update

from facilitator.db import db, write
from facilitator.models import Forum
from tests.e2e.conftest import LAPTOP
from tests.e2e.test_consolidation import merged, organiser  # noqa: F401 - fixtures
from tests.e2e.test_organise_walk import go_to

ARABIC = "حافلات للجميع"


@pytest.fixture
def languages(server):
    """The forum speaks English, Polish and Arabic."""
    codes = ["en", "pl", "ar"]
    write(lambda: db.session.execute(update(Forum).values(languages=codes)))
    return codes


def open_entry(page, server):
    go_to(page, server, "organise/desk")
    page.locator(".growing a", has_text="Buses for everybody").click()


def language(page, name):
    group = page.get_by_role("group", name="Languages of this text")
    return group.get_by_role("button", name=re.compile(f"^{name}"))


def write_title(page, words):
    page.get_by_role("textbox", name="Title").fill(words)
    expect(page.locator(".translating .standing > .status").first).to_contain_text("saved")


@pytest.mark.usefixtures("languages", "merged")
def test_a_text_is_translated_checked_and_falls_behind(
    server,
    organiser,  # noqa: F811 - the fixture
    open_page,
    everywhere,
):
    page = open_page(LAPTOP, who=organiser.ticket)
    open_entry(page, server)
    expect(language(page, "English")).to_contain_text("original")
    expect(language(page, "Polish")).to_contain_text("not translated")

    language(page, "Polish").click()
    page.get_by_role("button", name="Begin the translation").click()
    expect(page.get_by_role("button", name="Mark as checked")).to_be_disabled()
    write_title(page, "Autobusy dla wszystkich")
    title = page.get_by_role("textbox", name="Title")
    expect(title).to_have_attribute("lang", "pl")
    page.get_by_role("button", name="Mark as checked").click()
    expect(language(page, "Polish")).to_contain_text("checked")
    expect(page.get_by_text("Checked by an organiser")).to_be_visible()
    expect(page.get_by_role("list", name="Translations")).to_contain_text("1 of 1 checked")

    language(page, "Arabic").click()
    page.get_by_role("button", name="Begin the translation").click()
    write_title(page, ARABIC)
    title = page.get_by_role("textbox", name="Title")
    assert title.evaluate("field => getComputedStyle(field).direction") == "rtl"

    language(page, "English").click()
    page.get_by_role("button", name="Write").click()
    title = page.get_by_role("textbox", name="Title")
    expect(title).to_have_value(re.compile("Buses|buses"))
    expect(title).to_be_editable()
    title.press("End")
    title.press_sequentially(" now")
    expect(language(page, "Polish")).to_contain_text("behind the original", timeout=20_000)
    language(page, "Polish").click()
    expect(page.get_by_text("The original has changed since")).to_be_visible()
    page.get_by_role("button", name="Mark as checked").click()
    expect(language(page, "Polish")).not_to_contain_text("behind")
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(language(page, "Polish")).to_contain_text("behind the original")

    def shown(page):
        open_entry(page, server)
        language(page, "Polish").click()
        expect(page.get_by_role("button", name="Mark as checked")).to_be_visible()

    everywhere("translating", organiser.ticket, shown)


@pytest.mark.usefixtures("languages", "merged")
def test_the_document_is_read_in_another_language_and_in_two(
    server,
    organiser,  # noqa: F811 - the fixture
    open_page,
    everywhere,
):
    page = open_page(LAPTOP, who=organiser.ticket)
    open_entry(page, server)
    language(page, "Arabic").click()
    page.get_by_role("button", name="Begin the translation").click()
    write_title(page, ARABIC)

    def shown(page):
        go_to(page, server, "document")
        page.get_by_label("Side by side with").select_option("ar")
        page.get_by_role("button", name="Show it").click()
        table = page.locator("table.columns")
        expect(table).to_contain_text("Not translated.")
        expect(table.locator("td[lang=ar]").first).to_have_attribute("dir", "rtl")
        table.scroll_into_view_if_needed()

    everywhere("document-in-two-languages", organiser.ticket, shown)
    shown(page)
    page.get_by_text("Download", exact=True).click()
    page.get_by_role("button", name="PDF, to print and to send").click()
    expect(page.get_by_role("heading", name=re.compile("English|Arabic"))).to_contain_text("Arabic")
    expect(page.get_by_role("link", name="recommendations.ar.pdf")).to_have_count(0)
    expect(page.get_by_role("link", name=re.compile(r"\.pdf$"))).to_be_visible(timeout=60_000)
