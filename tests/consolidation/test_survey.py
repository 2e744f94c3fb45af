"""What the desk sees of the rooms: told when it changes, and the same for whoever comes in."""

from datetime import datetime, timedelta

import pytest
from sqlalchemy import event, func, select

from facilitator.consolidation.survey import survey_due
from facilitator.db import db, write
from facilitator.models import Meeting, Mirror, People, Recommendation, Room, now
from tests.consolidation.conftest import STEP

IDEA = {"sort": "need", "question": None, "text": "More benches", "lang": "en"}


@pytest.fixture
def statements(app):
    """What is asked of the database, while it is listened to."""
    asked = []
    for engine in db.engines.values():
        event.listen(engine, "before_cursor_execute", lambda *args: asked.append(args[2]))
    return asked


def test_desk_is_told_of_every_room(desk, forum):
    survey_due()
    desk.hear()

    one, two = forum.rooms
    assert desk.all("cell")[one.id] == {
        "id": one.id,
        "sort": "group",
        "uuid": one.uuid,
        "title": {"en": "Housing", "pl": "Dom"},
        "number": 1,
        "meeting": "Lublin",
        "track": forum.track.uuid,
        "track_title": {"en": "Housing", "pl": "Dom"},
        "sitting": db.session.get(Meeting, one.meeting_id).uuid,
        "on": "2026-05-16",
        "phase": "gather",
        "at": 0,
        "agenda": 6,
        "ends_at": None,
        "paused": False,
        "seats": 0,
        "ideas": 0,
        "themes": 0,
        "recommendations": 0,
        "adopted": 0,
        "active_at": None,
        "help": None,
    }
    assert desk.all("cell").keys() == {one.id, two.id}
    assert desk.things == desk.fresh()


def test_what_happens_in_a_room_changes_its_cell(desk, forum, join, lead):
    survey_due()
    desk.hear()
    join("Ana").act("idea.post", **IDEA)
    lead().act("room.time", minutes=5)
    lead().go("group")
    survey_due()
    news = desk.hear()

    cell = desk.all("cell")[forum.rooms[0].id]
    assert (cell["ideas"], cell["phase"], cell["at"]) == (1, "group", 1)
    assert list(news) == [("cell", str(forum.rooms[0].id))]
    assert desk.things == desk.fresh()


def test_card_tells_text_vote_and_place(desk, forum, text, vote):
    made = text("One desk", problem="Five queues.", steps=[STEP])
    vote(made, forum.rooms[0], yes=2, no=1)
    survey_due()
    desk.hear()

    card = desk.all("card")[made]
    assert card["ballot"] == {
        "voters": 3,
        "counts": {"yes": 2, "no": 1, "abstain": 0},
        "passed": True,
        "favour": 2,
    }
    assert (card["title"], card["status"], card["ideas"]) == ("One desk", "adopted", 0)
    assert card["room"] == {
        "uuid": forum.rooms[0].uuid,
        "title": {"en": "Housing", "pl": "Dom"},
        "number": 1,
        "meeting": "Lublin",
        "track": forum.track.uuid,
    }
    assert card["text"]["sections"] == {"problem": "Five queues."}
    assert card["text"].keys() == {"title", "sections", "steps", "addressees"}
    assert card["seq"] == db.session.get_one(Recommendation, made).draft.rendered_seq


def test_card_counts_the_ideas_of_its_theme(desk, forum, join, lead, text):
    ana, leader = join("Ana"), lead()
    ideas = [ana.act("idea.post", **IDEA)["id"] for _ in range(3)]
    leader.go("group")
    theme = leader.act("theme.make", title="Benches", lang="en", ideas=ideas[:2])["id"]
    made = text("One desk", theme=theme)
    survey_due()
    desk.hear()

    assert desk.all("card")[made]["ideas"] == 2


def test_card_of_what_was_removed_goes(desk, forum, lead, text):
    made = text("One desk")
    survey_due()
    desk.hear()
    assert made in desk.all("card")

    leader = lead()
    leader.go("draft")
    leader.act("recommendation.remove", id=made)
    survey_due()
    assert desk.hear()["card", str(made)] is None
    assert desk.things == desk.fresh()


def test_cell_of_a_room_that_was_removed_goes(desk, forum):
    survey_due()

    def drop():
        room = db.session.get_one(Room, forum.rooms[1].id)
        db.session.delete(db.session.get_one(People, room.id))
        db.session.delete(room)

    write(drop)
    survey_due()
    desk.hear()
    assert desk.all("cell").keys() == {forum.rooms[0].id}
    assert desk.things == desk.fresh()


def test_nothing_is_said_when_nothing_changed(desk, forum, text, statements):
    text("One desk")
    survey_due()
    desk.hear()
    statements.clear()

    survey_due()
    assert len([line for line in statements if "FROM" in line]) == 1
    assert desk.hear() == {}


def test_questions_do_not_grow_with_the_rooms(desk, forum, clock, text, statements):
    there = clock(forum.desk)
    survey_due()
    for room in forum.rooms:
        text("One", room=room, problem="x")
    counts = []
    for many in (1, 3):
        for number in range(many - 1):
            text(f"More {number}", room=forum.rooms[number])
        statements.clear()
        there.act("desk.survey")
        counts.append(len([line for line in statements if line.startswith("SELECT")]))
    assert counts[0] == counts[1]


def test_survey_twice_is_survey_once(desk, forum, clock, text):
    text("One desk")
    there = clock(forum.desk)
    there.act("desk.survey")
    desk.hear()
    there.act("desk.survey", rooms=[forum.rooms[0].id])
    there.act("desk.survey", rooms=[])

    assert desk.hear() == {}
    assert db.session.scalar(select(func.count()).select_from(Mirror)) == 3


def test_desk_learns_when_something_last_happened_in_a_room_but_not_what_all_were_told(
    desk, forum, join
):
    survey_due()
    desk.act("forum.pause", on=True)
    desk.act("forum.pause", on=False)
    survey_due()
    desk.hear()
    assert desk.all("cell")[forum.rooms[0].id]["active_at"] is None

    join("Ana").act("idea.post", sort="need", question=None, text="Benches", lang="en")
    survey_due()
    desk.hear()
    at = datetime.fromisoformat(desk.all("cell")[forum.rooms[0].id]["active_at"])
    assert timedelta() <= now() - at < timedelta(minutes=2)
    assert (at.second, at.microsecond) == (0, 0)
