"""Bringing in a file, in a browser."""

import re

from playwright.sync_api import expect

from facilitator.models import Role
from tests.e2e.conftest import LAPTOP

TABLE = """title;text;track
Ławki w cieniu przy każdym przystanku;Kto czeka, siedzi w cieniu.;Housing
;Bez tytułu;
Trees along the tram line;**Forty** of them, before summer.;Somewhere else
Trees along the tram line;**Forty** of them, before summer.;Somewhere else
"""
OFFICE = TABLE.encode("cp1250")


def chosen(page, server, data=OFFICE, name="ideas-of-the-office.csv"):
    page.goto(f"{server.address}/f/{server.house.laid.uuid}/organise/import")
    page.get_by_label("File", exact=True).set_input_files(
        {"name": name, "mimeType": "text/csv", "buffer": data}
    )
    page.get_by_role("button", name="See what is in it").click()


def test_a_table_of_an_office_is_looked_at_brought_in_and_taken_out(server, open_page):
    page = open_page(LAPTOP, who=server.house.lead(Role.ORGANISER, page="desk"))
    page.goto(f"{server.address}/f/{server.house.laid.uuid}/organise/setup")
    page.get_by_role("link", name=re.compile("Bring in a file")).click()
    expect(page.get_by_role("heading", name="Bring in a file")).to_be_visible()

    chosen(page, server)

    expect(
        page.get_by_text("Read as Windows-1250, with columns parted by semicolons")
    ).to_be_visible()
    expect(page.get_by_text("Ławki w cieniu przy każdym przystanku", exact=True)).to_be_visible()
    expect(page.get_by_text("There is no title.")).to_be_visible()
    expect(page.get_by_text("The same text stands above.")).to_be_visible()
    page.get_by_label("Into which room").select_option(label="Lublin, Housing, Group 2")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("2 things came in")).to_be_visible()
    expect(page.get_by_text("It has come in.")).to_be_visible()

    page.get_by_role("button", name=re.compile("Take it out again")).click()
    expect(page.get_by_text("taken out again")).to_be_visible()


def test_a_text_that_came_in_says_so_where_it_is_written(server, open_page):
    house = server.house
    page = open_page(LAPTOP, who=house.lead(Role.ORGANISER, page="desk"))
    page.troubles_expected = "409"
    chosen(page, server)
    page.get_by_role("checkbox", name=re.compile("Ławki")).uncheck()
    page.get_by_role("button", name="Bring it in").click()
    expect(
        page.get_by_text("Choose a room: row 4 belongs to no track of this forum.")
    ).to_be_visible()
    expect(page.get_by_role("checkbox", name=re.compile("Ławki"))).not_to_be_checked()
    every = page.get_by_role("checkbox", name="All that can come in")
    expect(every).to_be_checked(indeterminate=True)
    every.check()
    expect(page.get_by_role("checkbox", name=re.compile("Ławki"))).to_be_checked()
    page.get_by_label("Into which room").select_option(label="Lublin, Housing, Group 1")
    page.get_by_role("button", name="Bring it in").click()
    expect(page.get_by_text("2 things came in")).to_be_visible()

    chosen(page, server)
    expect(
        page.get_by_text("There is nothing new in this file that could come in.")
    ).to_be_visible()
    expect(page.get_by_role("button", name="Bring it in")).to_have_count(0)

    page = open_page(LAPTOP, who=house.lead())
    page.goto(f"{server.address}/f/{house.laid.uuid}/lead/{house.laid.rooms[0].uuid}")
    page.get_by_role("button", name=re.compile("Recommendations")).click()
    expect(page.get_by_text("Starting material: ideas-of-the-office.csv, row 2")).to_be_visible()


def test_every_screen_of_it(server, everywhere):
    ticket = server.house.lead(Role.ORGANISER, page="desk")

    def wrong(page):
        page.troubles_expected = "422"
        chosen(page, server, b"%PDF-1.7")
        expect(page.get_by_role("alert")).to_contain_text("This is a PDF.")

    def looked(page):
        chosen(page, server)
        expect(page.get_by_role("heading", name="4 texts")).to_be_visible()
        page.get_by_text("Text: Ławki").or_(page.locator("li details summary").first).first.click()

    everywhere("bringing-wrong", ticket, wrong)
    everywhere("bringing-look", ticket, looked)
