"""The document is read by everybody: sought through, linked into, and found again in a newer edition."""

import re
from dataclasses import replace

import pytest
from playwright.sync_api import expect

from exports import document as doc
from facilitator.db import write
from tests import make
from tests.e2e.conftest import LAPTOP, PHONE
from tests.exports.make import sample

INTERPRETING = "Tłumaczenie przez telefon w przychodni"


def keep(server, number, document):
    """Have an edition sealed, with files of some size."""
    files = {"pdf": b"%PDF-" + bytes(1_240_000), "seal_json": b"{}"}
    write(lambda: make.edition(server.house.laid, number, document, **files))


@pytest.fixture
def edition(server):
    """The address of the first edition: the sample in four languages."""
    keep(server, 1, sample())
    return f"{server.address}/f/{server.house.laid.uuid}/edition/1"


def search(page):
    return page.get_by_role("searchbox", name="Search the recommendations")


def lit(page, name="found"):
    """What the browser marks in the text."""
    return page.evaluate("(name) => [...(CSS.highlights.get(name) ?? [])].map(String)", name)


def test_the_document_is_read_on_every_screen(edition, everywhere):
    everywhere(
        "reading", None, lambda page: (page.goto(edition), expect(search(page)).to_be_visible())
    )


def test_words_are_found_whatever_their_accents(edition, open_page, look):
    page = open_page(LAPTOP)
    page.goto(edition)

    for words, title in (
        ("tlumaczenie PRZYCHODNI", INTERPRETING),
        ("verejne penize", "Veřejné peníze i pro malé spolky"),
        ("єдинии інформаціинии", "Єдиний інформаційний центр"),
        ("timetable language", "Teach in the language of the city"),
    ):
        search(page).fill(words)
        expect(page.locator("#seek-found a").filter(has_text=title)).to_be_visible()
        expect(page.locator("#seek-found mark").first).to_be_visible()
    search(page).fill("tlumaczenie przychodni")
    expect(page.locator("#seek-found a")).to_contain_text([INTERPRETING])
    page.wait_for_function("CSS.highlights.get('found').size > 1")
    assert {"Tłumaczenie", "przychodni"} <= set(lit(page))
    look(page, "reading-found")

    search(page).fill("no such words anywhere")
    expect(page.get_by_text("nothing found")).to_be_visible()
    page.wait_for_function("CSS.highlights.get('found').size === 0")


def test_one_goes_from_one_to_the_next_by_keys(edition, open_page, look):
    page = open_page(LAPTOP)
    page.goto(edition)
    search(page).fill("język")
    many = page.locator("#seek-found li")
    expect(many).not_to_have_count(0)
    last = many.count()
    assert last > 2

    search(page).press("Enter")
    expect(page.locator(".seek-count")).to_contain_text(f"1 of {last}")
    first = lit(page, "found-here")
    search(page).press("Enter")
    expect(page.locator(".seek-count")).to_contain_text(f"2 of {last}")
    search(page).press("Shift+Enter")
    search(page).press("Shift+Enter")
    expect(page.locator(".seek-count")).to_contain_text(f"{last} of {last}")
    page.get_by_role("button", name="The next one").click()
    expect(page.locator(".seek-count")).to_contain_text(f"1 of {last}")
    page.wait_for_function(
        "(first) => String([...CSS.highlights.get('found-here')]) === String(first)", arg=first
    )
    assert first != []
    expect(page.locator("#seek-found")).to_be_hidden()
    look(page, "reading-here")

    search(page).press("Escape")
    expect(search(page)).to_have_value("")
    expect(page.locator(".seek-count")).to_be_empty()
    page.wait_for_function(
        "!CSS.highlights.get('found').size && !CSS.highlights.get('found-here').size"
    )
    assert "?" not in page.url


def test_what_was_sought_is_in_the_address(edition, open_page):
    page = open_page(PHONE)
    page.goto(f"{edition}?q=przychodni&to=Rady+miast")

    expect(search(page)).to_have_value("przychodni")
    expect(page.get_by_text("nothing found")).to_be_visible()
    page.get_by_label("Addressed to").select_option("")
    expect(page.locator("#seek-found a")).to_contain_text([INTERPRETING])
    expect(page).to_have_url(re.compile(r"\?q=przychodni$"))
    search(page).fill("")
    page.get_by_label("Addressed to").select_option("Rady miast")
    expect(page.locator("#seek-found a")).to_have_count(2)
    expect(page).to_have_url(re.compile(r"\?to=Rady\+miast$"))


def test_a_link_to_a_recommendation_outlives_its_number(server, edition, open_page):
    context_page = open_page(LAPTOP)
    context_page.context.grant_permissions(["clipboard-read", "clipboard-write"])
    context_page.goto(edition)
    context_page.get_by_role("button", name="Copy the link to recommendation 8", exact=True).click()
    expect(context_page.get_by_text("The link is copied.")).to_be_visible()
    link = context_page.evaluate("navigator.clipboard.readText()")
    assert link == edition.replace("edition/1", "document/r/rec-9432de")

    whole = sample()
    fewer = [
        replace(
            chapter,
            content=tuple(
                replace(one, number=one.number - 1) if one.type == "recommendation" else one
                for one in chapter.content
                if getattr(one, "id", None) != whole.recommendations[0].id
            ),
        )
        for chapter in whole.chapters
    ]
    highlights = tuple(x for x in whole.summary.highlights if x != whole.recommendations[0].id)
    second = replace(
        whole,
        chapters=tuple(fewer),
        annexes=doc.Annexes(),
        summary=replace(whole.summary, highlights=highlights),
    )
    keep(server, 2, second)
    phone = open_page(PHONE)
    phone.goto(link)
    expect(phone).to_have_url(edition.replace("edition/1", "edition/2") + "#r:rec-9432de")
    heading = phone.get_by_role("heading", name=f"7 {INTERPRETING}")
    expect(heading).to_be_in_viewport()
    phone.goto(edition.replace("edition/1", f"document/r/{whole.recommendations[0].id}"))
    expect(phone).to_have_url(re.compile(r"/edition/1#r:"))
    expect(phone.get_by_text("There is a newer edition:")).to_be_visible()


def test_the_contents_show_where_one_is(edition, open_page):
    page = open_page(LAPTOP)
    page.goto(edition)
    contents = page.locator("nav.wide")

    contents.get_by_role("link", name=re.compile(INTERPRETING)).click()

    here = contents.locator("[aria-current='location']")
    expect(here).to_contain_text(INTERPRETING)
    expect(here).to_be_in_viewport()


def test_without_scripts_the_document_is_whole(edition, browser):
    context = browser.new_context(java_script_enabled=False, viewport=PHONE)
    page = context.new_page()
    page.goto(edition)

    page.get_by_role("link", name="8", exact=True).last.click()
    expect(page).to_have_url(edition + "#r:rec-9432de")
    page.get_by_text("Download", exact=True).click()
    file = page.get_by_role("link", name="recommendations.pdf")
    expect(file).to_have_text(
        re.compile(r"PDF, to print and to send\s+recommendations.pdf · 1.2 MB")
    )
    assert page.get_by_role("search").count() == 0
    context.close()
