"""Whom a draft asks, row by row: on a phone, beside others, in what is read and in its history."""

import re

from playwright.sync_api import expect
from sqlalchemy import select

from facilitator.db import db, write
from facilitator.models import Recommendation, Room
from facilitator.rooms.recommendations import Piece, begin, write_pieces
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_editor import writers  # noqa: F401 - a fixture
from tests.e2e.test_room_walk import address

LONG = (
    "Miejski Ośrodek Pomocy Rodzinie, sekcja do spraw integracji, poradnictwa i pierwszego kontaktu"
)


def part(page):
    return page.get_by_role("region", name="Addressee", exact=True)


def add(page, office):
    part(page).get_by_role("button", name="Add an addressee").click()
    expect(page.locator("textarea:focus")).to_have_value("")
    page.locator("textarea:focus").fill(office)


def until(page, wanted):
    expect(part(page).get_by_role("textbox")).to_have_count(len(wanted))
    for place, office in enumerate(wanted):
        expect(part(page).get_by_role("textbox").nth(place)).to_have_value(office)


def test_a_phone_adds_reorders_removes_and_undoes_addressees(writers, look):  # noqa: F811
    phone, laptop = writers(PHONE, LAPTOP)
    [dark] = writers(PHONE, dark=True)
    part(phone).scroll_into_view_if_needed()
    look(phone, "addressees-empty-phone")
    add(phone, "Urząd Miasta")
    add(phone, LONG)
    add(phone, "Rectors")
    until(laptop, ["Urząd Miasta", LONG, "Rectors"])
    expect(part(laptop).get_by_role("combobox").first).to_contain_text("Commune or city (guessed)")

    add(laptop, "Ministry of Education")
    until(phone, ["Urząd Miasta", LONG, "Rectors", "Ministry of Education"])
    part(phone).get_by_role("combobox").nth(2).select_option("University")
    expect(part(laptop).get_by_role("combobox").nth(2)).to_have_value("university")
    part(phone).get_by_role("button", name="Addressee 3 up").click()
    until(laptop, ["Urząd Miasta", "Rectors", LONG, "Ministry of Education"])
    part(phone).get_by_role("button", name="Take out: Addressee 2").click()
    until(laptop, ["Urząd Miasta", LONG, "Ministry of Education"])
    undo = part(phone).get_by_role("button", name="Undo: Addressees")
    expect(undo).to_be_focused()
    for page, size in ((phone, "phone"), (dark, "phone-dark"), (laptop, "laptop")):
        part(page).scroll_into_view_if_needed()
        look(page, f"addressees-{size}")

    undo.click()
    until(laptop, ["Urząd Miasta", "Rectors", LONG, "Ministry of Education"])
    undo.click()
    until(laptop, ["Urząd Miasta", LONG, "Rectors", "Ministry of Education"])
    undo.click()
    expect(part(laptop).get_by_role("combobox").nth(2)).to_have_value("")
    undo.click()  # The row itself; that of the other stays.
    until(laptop, ["Urząd Miasta", LONG, "Ministry of Education"])
    redo = part(phone).get_by_role("button", name="Redo: Addressees")
    for _ in range(2):
        redo.click()
    expect(part(laptop).get_by_role("combobox").nth(2)).to_have_value("university")

    laptop.get_by_role("button", name="How it will look").click()
    shown = part(laptop).get_by_role("group", name="How it will look")
    expect(shown.get_by_role("listitem")).to_have_text(
        [
            "Urząd Miasta Commune or city",
            f"{LONG} Commune or city",
            "Rectors University",
            "Ministry of Education Ministry or state",
        ]
    )
    shown.scroll_into_view_if_needed()
    look(laptop, "addressees-look-laptop")


def test_words_of_an_older_draft_are_shown_and_become_rows(server, open_page, look):
    house = server.house

    def job():
        old = begin(db.session.get_one(Room, house.laid.rooms[0].id), title="", lang="en")
        old.title = "An older text"
        write_pieces(
            old, [Piece("title", old.title), Piece("s:addressee", "- City hall\n- Voivode")]
        )

    write(job)
    lead = open_page(LAPTOP, who=house.lead())
    lead.goto(address(server, "lead"))
    lead.get_by_role("list", name="Steps of the day").get_by_role("button", name="Draft").click()
    phone = open_page(PHONE, who=house.seat("Ana"))
    phone.goto(address(server, "room"))
    phone.get_by_role("button", name="Write: An older text").click()

    field = part(phone).get_by_role("textbox", name="Addressee", exact=True)
    expect(field).to_have_value("- City hall\n- Voivode")
    field.scroll_into_view_if_needed()
    look(phone, "addressees-words-phone")
    part(phone).get_by_role("button", name="Make an addressee of each line").click()
    expect(field).to_have_count(0)
    until(phone, ["City hall", "Voivode"])
    part(phone).get_by_role("button", name="Undo: Addressees").click()
    expect(field).to_have_value("- City hall\n- Voivode")
    part(phone).get_by_role("button", name="Redo: Addressees").click()
    until(phone, ["City hall", "Voivode"])

    phone.get_by_role("button", name="History").click()
    expect(phone.get_by_role("heading", name="Addressee 2 · Level")).to_be_visible()
    phone.get_by_label("Compare with").select_option("The beginning")
    expect(phone.get_by_text(re.compile("words new"))).to_be_visible()
    look(phone, "addressees-history-phone")

    def asked():
        db.session.rollback()
        text = db.session.scalars(select(Recommendation)).one().draft.text
        return [(row["office"], row["level"]) for row in text["addressees"]]

    lead.get_by_text("Read it").click()
    expect(lead.locator(".offices li")).to_have_text(
        [re.compile("City hall.*Commune or city"), re.compile("Voivode.*Region")]
    )
    assert asked() == [("City hall", ""), ("Voivode", "")]
