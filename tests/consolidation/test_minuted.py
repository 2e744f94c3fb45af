"""Minutes and the edit log in the document, and in the record of a room; and where texts began."""

import json

import pytest

import exports
from exports import document as doc
from exports.richtext import plain
from exports.soundness import check
from facilitator.actions import Refused
from facilitator.consolidation.compose import compose
from facilitator.consolidation.record import record_of
from facilitator.consolidation.survey import survey_due
from facilitator.db import db, write
from facilitator.models import Forum, Minutes
from facilitator.rooms.recommendations import Piece, write_pieces
from tests import make

TASK = "0a0b0c"


@pytest.fixture
def item(forum, lead):
    """An item of which something was said and something is to be done."""
    write(lambda: setattr(db.session.get(Forum, forum.id), "minutes", True))
    number = lead().act("minutes.add", title="Found out", by="Labour office", lang="pl")["id"]

    def job():
        pieces = [
            Piece("s:contributions", "- **Miasto:** pięć kolejek\n- **NGO:** brak tłumaczy"),
            Piece("s:record", "Uzgodniono *jedno* okienko."),
            Piece(f"p:{TASK}:what", "Policzyć kolejki"),
            Piece(f"p:{TASK}:who", "Miasto"),
        ]
        write_pieces(db.session.get_one(Minutes, number), pieces, [TASK])

    write(job)
    return number


@pytest.fixture
def composed(app, forum):
    """composed() is the document as it stands now; it is sound, and equal when read back."""

    def made():
        db.session.rollback()
        document = compose(forum.id)
        check(document)
        assert doc.from_json(json.loads(json.dumps(doc.to_json(document)))) == document
        return document

    return made


def test_minutes_are_an_annex_in_their_language(composed, item, lead):
    [minutes] = composed().annexes.minutes
    words = plain(minutes.blocks)
    assert minutes.lang == "pl"
    for said in ("Found out", "zgłasza: Labour office", "Wystąpienia", "pięć kolejek"):
        assert said in words
    for said in ("Dyskusja", "Uzgodniono jedno okienko.", "Policzyć kolejki", "nadal otwarte"):
        assert said in words

    leader = lead()
    leader.act("minutes.done", id=item, task=TASK, on=True)
    leader.act("minutes.approve", on=True)
    words = plain(composed().annexes.minutes[0].blocks)
    assert "zatwierdzono" in words
    assert "zrobione" in words


def test_organisers_choose_the_annexes(composed, item, desk, chapter, text):
    desk.act("desk.place", recommendation=text("One desk"), chapter=chapter)
    assert composed().annexes.edits == ()
    desk.act("document.annexes", names=["edits"])
    annexes = composed().annexes
    assert annexes.minutes == ()
    assert [(one.what, one.by, one.undone) for one in annexes.edits] == [
        ("Added the chapter “Housing”", "Organiser", False),
        ("Placed “One desk”", "Organiser", False),
    ]
    with pytest.raises(Refused):
        desk.act("document.annexes", names=["everything"])


def test_undone_step_stays_in_the_log_with_its_time(composed, desk, chapter, text):
    desk.act("document.annexes", names=["edits", "minutes"])
    step = desk.act("desk.place", recommendation=text("One desk"), chapter=chapter)["step"]
    desk.act("desk.undo", step=step, also=[])
    last = composed().annexes.edits[-1]
    assert (last.what, last.undone) == ("Placed “One desk”", True)
    assert len(last.at) == len("14:05")
    printed = exports.export(composed(), "md").decode()
    assert "Edit log" in printed
    assert f"{last.at} UTC" in printed
    assert "Placed “One desk” (undone)" in printed


@pytest.mark.parametrize("name", ["md", "html"])
def test_annexes_read_the_same_in_every_format(composed, desk, item, name):
    desk.act("document.annexes", names=["minutes", "edits"])
    words = exports.export(composed(), name).decode()
    assert "Minutes of the meetings" in words
    assert "pięć kolejek" in words
    assert "Policzyć kolejki" in words


def test_text_cites_minutes_as_a_numbered_note(composed, item, desk, chapter, text):
    citing = text("One desk", problem=f"Queues[^m{item}] everywhere.")
    desk.act("desk.place", recommendation=citing, chapter=chapter)
    [note] = composed().notes
    assert (note.kind, note.content[0].text) == ("minutes", "Found out")
    assert "Lublin" in note.given_in
    survey_due()
    desk.hear()
    told = desk.all("card")[citing]["notes"]
    assert told == {f"m{item}": {"title": "Found out", "url": "", "text": "", "lang": "pl"}}


def test_other_rooms_minutes_are_not_theirs_to_cite(  # noqa: PLR0917 - fixtures
    composed, item, desk, chapter, text, forum
):
    citing = text("One desk", room=forum.rooms[1], problem=f"Queues[^m{item}].")
    desk.act("desk.place", recommendation=citing, chapter=chapter)
    [note] = composed().notes
    assert note.id == "cited-gone"


def test_record_of_the_room_holds_its_minutes(item, forum):
    db.session.rollback()
    [minutes] = record_of(forum.rooms[0].id).minutes
    assert (minutes.title.text, minutes.title.lang) == ("Found out", "pl")
    assert minutes.title.note == "brought in by Labour office"
    assert [part.heading for part in minutes.parts] == ["Wystąpienia", "Dyskusja"]
    [task] = minutes.steps
    assert (task.what, task.who, task.by) == ("Policzyć kolejki", "Miasto", "nadal otwarte")


# ---- Where it was raised first -------------------------------------------------------------------


def test_carried_text_counts_also_where_it_was_raised_first(  # noqa: PLR0917 - fixtures
    composed, desk, chapter, lead, forum, text
):
    later = forum.rooms[1]
    write(lambda: make.later_meeting(forum, later, "Plzeň"))
    left = text("One desk", problem="Queues.")
    leader = lead(room=later)
    leader.go("draft")
    made = leader.act("recommendation.carry", recommendation=left)["id"]
    survey_due()
    desk.hear()
    assert desk.all("card")[left]["raised"] == ["Lublin"]
    assert desk.all("card")[made]["raised"] == ["Plzeň", "Lublin"]

    desk.act("desk.place", recommendation=made, chapter=chapter)
    document = composed()
    [source] = document.recommendations[0].sources
    assert (source.city, source.earlier) == ("Plzeň", ("Lublin",))
    assert "Lublin, Plzeň" in exports.export(document, "md").decode()
