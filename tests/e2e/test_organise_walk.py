"""The organiser: from the overview to merged recommendations and the files."""

import base64
import re
from itertools import count
from pathlib import Path

import pytest
from playwright.sync_api import expect

from exports.sealing import check_file
from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db
from facilitator.models import Draft, Phase, Recommendation, Role, Room
from facilitator.rooms import updates
from tests.e2e.conftest import LAPTOP, PHONE, PROJECTOR

NUMBERS = count(1)
TEXTS = ("Every stop has a bench in the shade.", "Every bus says its stop aloud.")


@pytest.fixture
def organiser(server, open_page):
    """The organiser's laptop; two rooms have written a recommendation each."""
    house = server.house
    for number, text in enumerate(TEXTS):
        write_in(house, number, f"Buses for everybody, part {number + 1}", text)
    return open_page(LAPTOP, who=house.lead(Role.ORGANISER, page="desk"))


def write_in(house, number, title, text):
    """A room writes and adopts a recommendation, through its own actions."""
    lead = house.lead(room=number)
    seat = house.seat("Ana", room=number)
    room_id = house.laid.rooms[number].id
    leads, seated = ActorRef(room_id, grant_id=lead.id), ActorRef(room_id, seat_id=seat.id)

    def act(who, name, **payload):
        return perform(who, name, f"setup-{next(NUMBERS):06}", payload)

    def go(phase):
        agenda = db.session.get(Room, room_id).agenda
        act(leads, "room.move", to=[step["phase"] for step in agenda].index(phase))

    go(Phase.DRAFT)
    made = act(leads, "recommendation.start", title=title, lang="en", theme=None)["id"]
    db.session.rollback()
    epoch = db.session.get(Draft, made).epoch
    edit = updates.insertion(7 + number, 0, "s:recommendation", text)
    coded = base64.b64encode(edit).decode()
    act(seated, "draft.update", recommendation=made, epoch=epoch, update=coded)
    go(Phase.ADOPT)
    ballot = act(leads, "ballot.adopt", recommendation=made)["id"]
    act(seated, "ballot.cast", ballot=ballot, marks={"yes": 1})
    act(leads, "ballot.close", ballot=ballot)


def go_to(page, server, name):
    page.goto(f"{server.address}/f/{server.house.laid.uuid}/{name}")


def test_recommendations_of_two_rooms_become_one_in_the_document(
    server, organiser, open_page, look, tmp_path
):
    page = organiser
    go_to(page, server, "organise")
    expect(page.get_by_role("heading", name="Living here")).to_be_visible()
    expect(page.locator("a.room").first).to_contain_text("1 rec")
    look(page, "overview")

    page.get_by_role("link", name="Consolidation").click()
    expect(page.get_by_text("Buses for everybody, part 1").first).to_be_visible()
    page.get_by_role("button", name="Add a chapter").click()
    page.get_by_role("textbox", name="Title English").fill("Getting about")
    page.get_by_role("button", name="Save", exact=True).click()
    expect(page.locator(".growing")).to_contain_text("Getting about")
    look(page, "desk-sources")

    for box in page.get_by_role("checkbox", name=re.compile("Choose")).all():
        box.press("Space")
    page.get_by_role("textbox", name="Title of what is merged").fill("Buses for everybody")
    page.get_by_role("button", name="Merge into one").click()
    expect(page.locator(".growing a", has_text="Buses for everybody")).to_be_visible()
    for text in TEXTS:
        expect(page.locator("main")).to_contain_text(text)
    look(page, "desk-merged")

    # What was done can be undone, and done again.
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".growing a", has_text="Buses for everybody")).to_have_count(0)
    for box in page.get_by_role("checkbox", name=re.compile("Choose")).all():
        box.press("Space")
    page.get_by_role("textbox", name="Title of what is merged").fill("Buses for everybody")
    page.get_by_role("button", name="Merge into one").click()
    expect(page.locator(".growing a", has_text="Buses for everybody")).to_be_visible()

    # The merged text is edited by the organiser, and marked as adopted.
    page.get_by_role("button", name="Write", exact=True).click()
    part = page.get_by_role("textbox", name="Reasons", exact=True)
    expect(part).to_be_editable()
    part.fill("Whoever can sit can wait.")
    page.get_by_role("button", name="Read", exact=True).click()
    expect(page.locator("main").get_by_text("Whoever can sit can wait.")).to_be_visible()
    page.get_by_role("button", name="Mark as adopted").click()
    expect(page.get_by_role("button", name="Open its text again")).to_be_visible()
    look(page, "desk-adopted")

    # The document says so, with both rooms as its sources.
    page.get_by_role("link", name="Document").first.click()
    expect(page.get_by_role("heading", name="Buses for everybody").first).to_be_visible()
    for words in (*TEXTS, "Whoever can sit can wait."):
        expect(page.locator("body")).to_contain_text(words)
    look(page, "document")
    page.get_by_text("Download", exact=True).click()
    page.get_by_text("More formats").press("Enter")
    expect(page.get_by_role("button", name="Letters to the addressees")).to_be_visible()
    look(page, "document-formats")
    page.get_by_role("button", name=re.compile("^Markdown")).click()
    link = page.locator(".files a")
    expect(link).to_be_visible(timeout=60_000)
    with page.expect_download() as download:
        link.click()
    file = Path(tmp_path / "recommendations.md")
    download.value.save_as(file)
    for words in (*TEXTS, "Buses for everybody", "Whoever can sit can wait."):
        assert words in file.read_text()
    assert db.session.query(Recommendation).count() >= 2

    # It is sealed, by keyboard; from then on everybody reads it and checks its files.
    go_to(page, server, "document")
    page.get_by_role("link", name="Seal").press("Enter")
    expect(page.get_by_text("rooms are still open")).to_be_visible()
    look(page, "seal")
    page.get_by_role("checkbox", name="I have read").press("Space")
    page.get_by_role("button", name="Seal it").press("Enter")
    read = page.get_by_role("link", name="Read the sealed document")
    expect(read).to_be_visible(timeout=60_000)
    look(page, "sealed")
    reader = open_page(PHONE, dark=True)
    go_to(reader, server, "document")
    expect(reader).to_have_url(re.compile("/edition/1$"))
    expect(reader.get_by_role("heading", name="Buses for everybody").first).to_be_visible()
    look(reader, "edition-phone")
    reader.get_by_text("Download", exact=True).click()
    look(reader, "edition-phone-files")
    for name in ("recommendations.pdf", "recommendations.seal.json"):
        with reader.expect_download() as download:
            reader.get_by_role("link", name=name).click()
        download.value.save_as(tmp_path / "sealed" / name)
    assert check_file(tmp_path / "sealed" / "recommendations.pdf").version == "1.0"
    large = open_page(PROJECTOR)
    go_to(large, server, "edition/1")
    look(large, "edition-large")


@pytest.mark.parametrize("viewport", [PHONE, LAPTOP, PROJECTOR], ids=["phone", "laptop", "hall"])
@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_organisers_screens_have_no_barriers(server, open_page, look, viewport, dark):
    page = open_page(viewport, dark=dark, who=server.house.lead(Role.ORGANISER, page="desk"))
    name = f"{viewport['width']}-{'dark' if dark else 'light'}"
    for path in ("organise", "organise/setup", "organise/desk", "document", "seal"):
        go_to(page, server, path)
        expect(page.get_by_role("heading").first).to_be_visible()
        look(page, f"{path.replace('/', '-')}-{name}")


def test_forum_is_set_up_in_the_browser(server, organiser, look):
    page = organiser
    go_to(page, server, "organise/setup")
    form = page.locator("#forum-edit")
    form.locator("[name='title.en']").fill("Living here, really")
    form.get_by_role("button", name="Save the forum").click()
    expect(page.get_by_text("Living here, really").first).to_be_visible()
    expect(page.locator("#forum-edit [name='title.en']")).to_have_value("Living here, really")
    look(page, "setup-saved")


def test_barriers_in_every_language(server, open_page, look):
    for lang in ("pl", "cs", "uk"):
        page = open_page(lang=lang, who=server.house.seat(lang))
        page.goto(
            f"{server.address}/f/{server.house.laid.uuid}/room/{server.house.laid.rooms[0].uuid}"
        )
        expect(page.locator("#idea")).to_be_visible()
        assert page.locator("html").get_attribute("lang") == lang
        look(page, f"gather-{lang}")
