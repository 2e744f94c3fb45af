"""The consolidation desk beyond merging: take apart, find, ask the rooms, let the plenary adopt."""

import re
import time
from itertools import count

import pytest
from playwright.sync_api import expect
from sqlalchemy.exc import OperationalError

from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.db import db, write
from facilitator.models import Phase, Recommendation, Role, Room
from facilitator.rooms.recommendations import Piece, begin, write_pieces
from tests.e2e.conftest import LAPTOP, PHONE
from tests.e2e.test_organise_walk import TEXTS, go_to, write_in

NUMBERS = count(1)


def patiently(work):
    """Do something at the desk; what the worker or the server holds up is tried again."""
    for _ in range(60):
        try:
            return work()
        except Refused as refusal:
            if not refusal.retry:
                raise
        except OperationalError:  # the server has held the file for longer than one waits
            db.session.rollback()
        time.sleep(0.25)
    return work()


@pytest.fixture
def organiser(server):
    """Who organises, acting without a browser; two rooms have written a recommendation each."""
    house = server.house
    for number, text in enumerate(TEXTS):
        write_in(house, number, f"Buses for everybody, part {number + 1}", text)
    grant = house.lead(Role.ORGANISER, page="desk")
    ref = ActorRef(house.laid.desk.id, grant_id=grant.id)

    class Organiser:
        ticket = grant

        @staticmethod
        def act(name, **payload):
            return patiently(
                lambda: perform(ref, name, f"consolidation-{next(NUMBERS):06}", payload)
            )

    return Organiser


@pytest.fixture
def merged(organiser):
    """What the two rooms wrote, merged in a chapter."""
    chapter = organiser.act("chapter.add", title={"en": "Getting about"})["id"]
    db.session.rollback()
    both = [one.id for one in db.session.query(Recommendation).order_by(Recommendation.id)]
    title = "Buses for everybody"
    return organiser.act("desk.merge", recommendations=both, chapter=chapter, title=title)["id"]


def test_merged_recommendation_is_taken_apart(server, organiser, merged, open_page, everywhere):
    def ask(page):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text="Buses for everybody").click()
        page.get_by_role("button", name="Take apart …").press("Enter")
        page.get_by_role("radio", name=re.compile("Into two")).check()
        expect(page.get_by_role("button", name="Take apart into")).to_be_disabled()
        page.get_by_role("checkbox", name=re.compile("part 2")).check()
        page.get_by_role("textbox", name="Title of the new one").fill("Buses that speak")
        page.get_by_role("button", name="Take apart into 2").scroll_into_view_if_needed()

    everywhere("apart", organiser.ticket, ask)
    page = open_page(LAPTOP, who=organiser.ticket)
    ask(page)
    page.get_by_role("button", name="Take apart into 2").press("Enter")

    expect(page.locator(".growing a")).to_have_count(2)
    expect(page.locator("main")).to_contain_text(TEXTS[0])
    expect(page.locator("main")).not_to_contain_text(TEXTS[1])
    page.locator(".growing a", has_text="Buses that speak").click()
    expect(page.locator("main")).to_contain_text(TEXTS[1])
    page.get_by_role("button", name="Undo", exact=True).click()
    expect(page.locator(".growing a")).to_have_count(1)


# ---- Writing at the desk -------------------------------------------------------------------------


def cards_of(house):
    """The first room has an idea and a card of evidence, which its text does not cite."""
    lead, room_id = house.lead(), house.laid.rooms[0].id
    phases = [step["phase"] for step in db.session.get(Room, room_id).agenda]

    def act(name, **payload):
        ref = ActorRef(room_id, grant_id=lead.id)
        return patiently(lambda: perform(ref, name, f"cards-{next(NUMBERS):06}", payload))

    act("room.move", to=phases.index(Phase.DRAFT))
    act("evidence.add", title="Waiting times", url="", text="Seven months.", lang="en")
    act("room.move", to=phases.index(Phase.GATHER))
    seat = house.seat("Ola")
    ola = ActorRef(room_id, seat_id=seat.id)
    idea = {"sort": "need", "question": None, "text": "Benches in the shade", "lang": "en"}
    patiently(lambda: perform(ola, "idea.post", f"cards-{next(NUMBERS):06}", idea))


@pytest.mark.parametrize("dark", [False, True], ids=["light", "dark"])
def test_desk_writes_as_a_room_does(server, organiser, merged, open_page, look, dark):  # noqa: PLR0917
    tone = "dark" if dark else "light"
    cards_of(server.house)
    other = server.house.lead(Role.ORGANISER, page="desk")
    ana = open_page(LAPTOP, dark=dark, who=organiser.ticket)
    ben = open_page(PHONE, dark=dark, who=other)
    for page in (ana, ben):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text="Buses for everybody").click()
        page.get_by_role("button", name="Write", exact=True).click()
    reasons = {page: page.get_by_role("textbox", name="Reasons", exact=True) for page in (ana, ben)}

    # Who is where: a number
    expect(reasons[ana]).to_be_editable()
    reasons[ana].fill("Whoever can **sit** can wait.")
    part = ben.locator("[data-part=reasons]")
    expect(part).to_contain_text("1 writing here")
    expect(ana.locator("[data-part=reasons]")).to_contain_text("you")

    # How it will look, while it is written
    ana.get_by_role("button", name="How it will look").click()
    look_of = ana.locator("[data-part=reasons] .look")
    expect(look_of.locator("strong")).to_have_text("sit")

    # What the rooms have said is cited by one tap
    section = ana.locator("[data-part=reasons]")
    section.get_by_role("button", name="Cite", exact=True).click()
    expect(section.get_by_role("heading", name="Evidence")).to_be_visible()
    section.get_by_role("button", name="Cite: Benches in the shade").click()
    expect(look_of).to_contain_text("can wait.¹")
    expect(section.get_by_text("cited")).to_be_visible()
    section.scroll_into_view_if_needed()
    look(ana, f"desk-writing-cite-{tone}")
    section.get_by_role("button", name="Cite: Waiting times").click()
    expect(reasons[ben]).to_have_value(re.compile(r"can wait\.\[\^i\d+\]\[\^e\d+\]$"))

    # Editors suggest to each other
    ben.get_by_role("button", name="Suggest a change: Title").click()
    ben.get_by_label("How it should read").fill("Buses for all")
    ben.get_by_label("Why?").fill("It is shorter.")
    look(ben, f"desk-suggesting-phone-{tone}")
    ben.get_by_role("button", name="Send the suggestion").click()
    change = ana.locator(".change", has_text="It is shorter.")
    expect(change).to_be_visible()
    change.scroll_into_view_if_needed()
    look(ana, f"desk-suggestion-{tone}")
    change.get_by_role("button", name="Accept").click()
    for page in (ana, ben):
        expect(page.get_by_role("textbox", name="Title", exact=True)).to_have_value("Buses for all")
    expect(ana.locator(".growing a")).to_contain_text("Buses for all")

    # The notes stand under the text, and in the document
    ana.get_by_role("button", name="Read", exact=True).click()
    notes = ana.locator("main .cited-notes").first
    expect(notes).to_contain_text("Benches in the shade")
    expect(notes).to_contain_text("Seven months.")
    look(ana, f"desk-noted-{tone}")
    go_to(ana, server, "document")
    expect(ana.locator("body")).to_contain_text("Benches in the shade")


def test_desk_writing_on_every_screen(server, organiser, merged, everywhere):
    cards_of(server.house)

    def write(page):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text="Buses for everybody").click()
        page.get_by_role("button", name="Write", exact=True).click()
        page.get_by_role("button", name="How it will look").click()
        part = page.locator("[data-part=recommendation]")
        part.get_by_role("button", name="Cite", exact=True).click()
        expect(part.get_by_role("button", name="Cite: Benches in the shade")).to_be_visible()
        part.get_by_role("textbox", name="Recommendation", exact=True).focus()

    everywhere("desk-writing", organiser.ticket, write)


# ---- Back to the rooms ---------------------------------------------------------------------------


def test_rooms_say_whether_it_is_still_theirs(  # noqa: PLR0917 - fixtures
    server, organiser, merged, open_page, everywhere, look
):
    ana, ben = server.house.seat("Ana"), server.house.seat("Ben", room=1)

    def entry(page):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text="Buses for everybody").click()
        expect(page.get_by_role("heading", name="Back to the rooms")).to_be_visible()

    desk = open_page(LAPTOP, who=organiser.ticket)
    entry(desk)
    desk.get_by_role("button", name="Ask the rooms").press("Enter")
    expect(desk.get_by_text("The rooms are being asked.", exact=False).first).to_be_visible()

    def room(page, number=0):
        go_to(page, server, f"room/{server.house.laid.rooms[number].uuid}")
        expect(page.get_by_role("heading", name="Is this still yours?")).to_be_visible()
        page.get_by_text("Buses for everybody", exact=True).first.click()
        expect(page.get_by_text(TEXTS[1]).first).to_be_visible()
        page.get_by_role("button", name="With a reservation").click()

    everywhere("still-ours", ana, room)
    one, other = open_page(PHONE, who=ana), open_page(PHONE, who=ben, lang="pl")
    room(one)
    one.get_by_label("What is your reservation?").fill("Benches are not enough.")
    one.get_by_role("button", name="Send my reservation").press("Enter")
    expect(one.get_by_text("You answered: with a reservation")).to_be_visible()
    look(one, "still-ours-answered")
    one.reload()
    expect(one.get_by_text("You answered: with a reservation")).to_be_visible()
    go_to(other, server, f"room/{server.house.laid.rooms[1].uuid}")
    other.locator(".still-ours .btn.main").first.click()
    expect(other.locator(".still-ours .status.good")).to_be_visible()

    desk.get_by_role("button", name="Close and count").first.press("Enter")
    expect(desk.get_by_text("1 of 2 say: still ours")).to_be_visible()
    expect(one.locator(".still-ours .card")).to_have_count(0)
    everywhere("consulted", organiser.ticket, entry)
    go_to(desk, server, "document")
    expect(desk.locator("body")).to_contain_text("Benches are not enough.")


# ---- One passage, addressee or step at a time ----------------------------------------------------


def offices_in(house):
    """A third text of the first room: two passages, whom it asks, and a step."""

    def job():
        made = begin(db.session.get_one(Room, house.laid.rooms[0].id), title="", lang="en")
        made.title = "Shade at every stop"
        rows = {"aaaaaa": ("City hall", ""), "bbbbbb": ("Rectors of Łódź", "university")}
        pieces = [Piece(f"a:{row}:office", office) for row, (office, _) in rows.items()]
        pieces += [Piece("title", made.title), Piece("p:cccccc:what", "Plant trees")]
        pieces.append(Piece("s:problem", "At noon nobody waits outside 🌞.\n\nNo stop has a roof."))
        write_pieces(made, pieces, ["cccccc"], {row: level for row, (_, level) in rows.items()})
        return made.id

    return patiently(lambda: write(job))


def test_one_addressee_is_pulled_across_with_its_source(server, organiser, open_page, everywhere):
    text = offices_in(server.house)
    chapter = organiser.act("chapter.add", title={"en": "Getting about"})["id"]
    db.session.rollback()
    both = [one.id for one in db.session.query(Recommendation).order_by(Recommendation.id)]
    title = "Buses for everybody"
    organiser.act("desk.merge", recommendations=both, chapter=chapter, title=title)
    assert text in both
    desk = open_page(LAPTOP, who=organiser.ticket)
    go_to(desk, server, "organise/desk")
    desk.locator(".growing a", has_text=title).click()
    offices = desk.locator(".merge-text").first.locator(".offices li")
    expect(offices).to_have_count(2)
    desk.get_by_role("button", name="Write", exact=True).click()
    asked = desk.get_by_role("region", name="Addressee", exact=True)
    for _ in range(2):
        asked.get_by_role("button", name="Take out: Addressee 1").click()
    expect(asked.get_by_role("textbox")).to_have_count(0)
    desk.get_by_role("button", name="Read", exact=True).click()
    expect(offices).to_have_count(0)
    fold = desk.get_by_text("2 parts of it are not in the text word for word")

    def offered(page):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text=title).click()
        page.get_by_text("2 parts of it are not in the text word for word").click()
        page.get_by_role(
            "button", name=re.compile("Take over ?: Rectors of Łódź")
        ).scroll_into_view_if_needed()

    everywhere("desk-pull", organiser.ticket, offered)
    fold.click()
    desk.get_by_role("button", name=re.compile("Take over ?: Rectors of Łódź")).press("Enter")

    expect(offices).to_have_count(1)
    expect(offices).to_contain_text("Rectors of Łódź")
    expect(offices).to_contain_text("University")
    expect(offices.locator(".src")).to_contain_text("C")
    expect(desk.locator(".keep summary:focus")).to_have_count(1)
    expect(desk.get_by_text("1 part of it is not in the text word for word")).to_be_visible()
    desk.get_by_text("What was done").click()
    expect(desk.locator(".trail")).to_contain_text(f"Took over into “{title}”: “Rectors of Łódź”")
    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(offices).to_have_count(0)
    expect(fold).to_be_visible()


def test_editors_at_laptops_see_carets_and_may_have_marks_in_colour(
    server, organiser, merged, open_page, look
):
    other = server.house.lead(Role.ORGANISER, page="desk")
    ana, ben = open_page(LAPTOP, who=organiser.ticket), open_page(LAPTOP, who=other)
    phone = open_page(PHONE, who=server.house.lead(Role.ORGANISER, page="desk"))
    for page in (ana, ben, phone):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text="Buses for everybody").click()
        page.get_by_role("button", name="Write", exact=True).click()
        expect(page.get_by_role("textbox", name="Reasons", exact=True)).to_be_editable()
    reasons = [page.get_by_role("textbox", name="Reasons", exact=True) for page in (ana, ben)]
    carets = ben.locator(".carets > i")

    reasons[0].fill("Whoever can **sit** can wait.")
    expect(reasons[1]).to_have_value("Whoever can **sit** can wait.")
    expect(carets).to_have_count(1)
    part = ben.locator("[data-part=reasons]").bounding_box()
    caret = carets.bounding_box()
    assert part["x"] < caret["x"] < part["x"] + part["width"]
    assert part["y"] < caret["y"] < part["y"] + part["height"]
    expect(phone.locator(".carets > i")).to_have_count(0)
    expect(phone.get_by_role("button", name="Marks in colour")).to_have_count(0)

    ana.get_by_role("button", name="Marks in colour").click()
    expect(reasons[0]).to_have_attribute("contenteditable", "true")
    expect(reasons[0]).to_be_focused()
    ana.keyboard.type(" So it is.")
    expect(reasons[1]).to_have_value("Whoever can **sit** can wait. So it is.")
    reasons[1].focus()
    expect(ana.locator(".carets > i")).to_have_count(1)
    look(ana, "desk-code-laptop")
    look(ben, "desk-caret-laptop")

    ana.get_by_role("button", name="Read", exact=True).click()
    expect(carets).to_have_count(0)


def test_one_passage_is_pulled_across_with_its_source(server, organiser, open_page, everywhere):
    offices_in(server.house)
    chapter = organiser.act("chapter.add", title={"en": "Getting about"})["id"]
    db.session.rollback()
    both = [one.id for one in db.session.query(Recommendation).order_by(Recommendation.id)]
    title = "Buses for everybody"
    organiser.act("desk.merge", recommendations=both, chapter=chapter, title=title)
    desk = open_page(LAPTOP, who=organiser.ticket)
    go_to(desk, server, "organise/desk")
    desk.locator(".growing a", has_text=title).click()
    read = desk.locator(".merge-text").first
    expect(read).to_contain_text("At noon nobody waits outside")
    desk.get_by_role("button", name="Write", exact=True).click()
    problem = desk.get_by_role("textbox", name="Problem")
    written = problem.input_value()
    problem.fill(written.replace("At noon nobody waits outside 🌞.\n\n", ""))
    desk.get_by_role("button", name="Read", exact=True).click()
    expect(read).not_to_contain_text("At noon")
    expect(read).to_contain_text("No stop has a roof.")
    fold = desk.get_by_text("1 part of it is not in the text word for word")

    def offered(page):
        go_to(page, server, "organise/desk")
        page.locator(".growing a", has_text=title).click()
        page.get_by_text("1 part of it is not in the text word for word").click()
        page.get_by_role("button", name=re.compile("Take over")).scroll_into_view_if_needed()

    everywhere("desk-pull-passage", organiser.ticket, offered)
    fold.click()
    desk.get_by_role("button", name=re.compile("Take over ?: At noon nobody")).press("Enter")

    expect(read).to_contain_text("At noon nobody waits outside 🌞.")
    expect(read.locator(".from", has_text="At noon").locator(".src")).to_contain_text("C")
    expect(fold).to_have_count(0)
    desk.get_by_role("button", name="Write", exact=True).click()
    expect(problem).to_have_value(re.compile("At noon nobody waits outside 🌞.$"))
    desk.get_by_role("button", name="Read", exact=True).click()
    desk.get_by_text("What was done").click()
    expect(desk.locator(".trail")).to_contain_text(f"Took over into “{title}”: “At noon nobody")
    desk.get_by_role("button", name="Undo", exact=True).click()
    expect(read).not_to_contain_text("At noon")
    expect(fold).to_be_visible()
