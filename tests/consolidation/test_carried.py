"""What a recommendation carries besides its text, from the rooms to the desk and into every file."""

import io
import os
import re
import zipfile
from html import unescape
from pathlib import Path

import pytest

import exports
from exports import document as doc
from exports.citations import MARK as EXPORTED
from exports.soundness import check
from facilitator.consolidation.compose import compose
from facilitator.consolidation.record import record_of
from facilitator.db import db
from facilitator.models import Mirror, Phase, Recommendation
from facilitator.rooms.citing import MARK
from tests.consolidation.conftest import STEP
from tests.exports.read import docx_words, html_words, markdown_words, pdf_words, squash

READERS = {"html": html_words, "docx": docx_words, "md": markdown_words, "pdf": pdf_words}


def words(name, data):
    """The words of a file of any format; of an archive those of all its texts."""
    if name in READERS:
        return READERS[name](data)
    if not zipfile.is_zipfile(io.BytesIO(data)):
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        names = [one for one in archive.namelist() if re.search(r"\.(x|xht|ht)ml$", one)]
        return unescape(re.sub("<[^>]+>", "", "".join(archive.read(n).decode() for n in names)))


@pytest.fixture
def composed(app, forum):
    def made():
        db.session.rollback()
        document = compose(forum.id)
        check(document)
        assert doc.from_json(doc.to_json(document)) == document
        return document

    return made


@pytest.fixture
def room(forum, join, lead, text, vote):
    """A room that cited, reserved and adopted; its things by name."""
    five = [join(f"one {n}") for n in range(5)]
    leader = lead()
    idea = {"sort": "need", "question": None, "lang": "en"}
    kept, hidden = (
        five[0].act("idea.post", text=said, **idea)["id"]
        for said in ("Forms nobody can read", "A word that was hidden")
    )
    card = five[1].act(
        "evidence.add",
        title="Waiting times 2025",
        url="https://example.org/waiting",
        text="Seven months on average",
        lang="en",
    )["id"]
    leader.act("idea.hide", id=hidden, reason="person")
    made = text(
        "One desk",
        problem=f"There are five queues[^i{kept}]. They take months [^e{card}], and [^i{hidden}] more.",
        addressee="- City halls",
        steps=[STEP],
    )
    vote(made, forum.rooms[0], yes=4, no=1)
    named, unnamed = (
        five[n].act("reservation.make", recommendation=made, text=said, lang="en", named=not n)
        for n, said in enumerate(("Evening hours are missing.", "Too dear for villages."))
    )
    leader.go(Phase.ADOPT)
    again = leader.act("ballot.adopt", recommendation=made, method="consent")["id"]
    five[2].act("ballot.cast", ballot=again, marks={"reservation": 1}, reason="One year first.")
    leader.act("ballot.close", ballot=again)
    return {
        "text": made,
        "leader": leader,
        "people": five,
        "named": named["id"],
        "unnamed": unnamed["id"],
        "idea": kept,
        "card": card,
    }


def stored(number):
    db.session.rollback()
    db.session.expire_all()
    return db.session.get_one(Recommendation, number)


def test_document_holds_what_the_room_carried(room, composed, desk, chapter, forum):
    desk.act("desk.place", recommendation=room["text"], chapter=chapter)
    document = composed()
    (made,) = document.recommendations

    told = [(one.text, one.sector, one.room) for one in made.reservations]
    place = "Lublin, Housing, Group 1"
    assert told == [
        ("Evening hours are missing.", forum.sectors[0].uuid, place),
        ("Too dear for villages.", None, place),
        ("One year first.", None, place),
    ]
    notes = {note.id: note for note in document.notes}
    assert list(notes) == [f"cited-i{room['idea']}", f"cited-e{room['card']}", "cited-gone"]
    assert notes[f"cited-i{room['idea']}"].kind == "idea"
    assert notes[f"cited-i{room['idea']}"].given_in == place
    assert made.sources[0].draft.hash == stored(room["text"]).adopted_hash
    assert "one 0" not in repr(document)


@pytest.mark.parametrize("name", exports.MAIN_FORMATS)
def test_every_format_shows_what_a_recommendation_carries(  # noqa: PLR0917 - fixtures
    name, room, composed, desk, chapter, forum
):
    desk.act("desk.place", recommendation=room["text"], chapter=chapter)
    document = composed()
    data = exports.export(document, name)
    if folder := os.environ.get("SCREENSHOTS"):
        Path(folder).mkdir(parents=True, exist_ok=True)
        (Path(folder) / f"carried{exports.FORMATS[name].SUFFIX}").write_bytes(data)

    printed = squash(words(name, data))
    (made,) = document.recommendations
    expected = [
        "One desk",
        "There are five queues",
        "City halls",
        STEP["what"],
        STEP["who"],
        *(one.text for one in made.reservations),
        "Forms nobody can read",
        "Waiting times 2025",
        "Seven months on average",
        "This source is no longer shown",
        made.revision.hash[7:19],
        stored(room["text"]).adopted_hash[7:19],
    ]
    assert [one for one in expected if squash(one) not in printed] == []
    assert squash("A word that was hidden") not in printed
    assert "[^i" not in words(name, data)


def test_merging_keeps_every_reservation_with_its_room(  # noqa: PLR0917 - fixtures
    room, composed, desk, chapter, forum, text, join
):
    second = text("Interpreters", room=forum.rooms[1], problem=f"Words[^i{room['idea']}].")
    from_there = {"recommendation": second, "text": "Not by telephone.", "lang": "en"}
    join("Ola", room=forum.rooms[1]).act("reservation.make", **from_there)
    both = {"recommendations": [room["text"], second], "chapter": chapter, "title": "Both"}
    desk.act("desk.merge", **both)

    (made,) = composed().recommendations
    rooms = {one.text: one.room for one in made.reservations}
    assert rooms["Too dear for villages."] == "Lublin, Housing, Group 1"
    assert rooms["Not by telephone."] == "Lublin, Housing, Group 2"


def test_text_cites_nothing_of_another_room(  # noqa: PLR0917 - fixtures
    room, composed, desk, chapter, forum, text
):
    second = text("Interpreters", room=forum.rooms[1], problem=f"Words[^i{room['idea']}].")
    desk.act("desk.place", recommendation=second, chapter=chapter)
    document = composed()
    assert [note.id for note in document.notes] == ["cited-gone"]
    assert "Forms nobody" not in repr(document)


def test_hidden_and_withdrawn_reservations_are_not_printed(room, composed, desk, chapter):
    desk.act("desk.place", recommendation=room["text"], chapter=chapter)
    room["leader"].act("reservation.hide", id=room["named"], reason="insult")
    room["people"][1].act("reservation.withdraw", id=room["unnamed"])
    (made,) = composed().recommendations
    assert [one.text for one in made.reservations] == ["One year first."]


def test_reopened_text_has_no_vote_of_its_own(room, composed, desk, chapter):
    desk.act("desk.place", recommendation=room["text"], chapter=chapter)
    reopen = {"id": room["text"], "text": "A date was wrong.", "lang": "en"}
    room["leader"].act("recommendation.reopen", **reopen)
    (made,) = composed().recommendations
    assert made.support.ballots == ()
    assert made.support.rooms == ("Lublin, Housing, Group 1 (reopened after the vote)",)
    assert made.sources[0].draft.hash is None


def test_record_of_the_room_tells_it_all(room, forum):
    reopen = {"id": room["text"], "text": "A date was wrong.", "lang": "en"}
    wording = stored(room["text"]).adopted_hash
    db.session.rollback()
    (draft,) = record_of(forum.rooms[0].id).drafts
    assert draft.title.note.endswith(f"hash {wording[7:19]}")
    assert [one.text for one in draft.reservations] == [
        "Evening hours are missing.",
        "Too dear for villages.",
        "One year first.",
    ]
    assert (draft.reservations[0].note, draft.reservations[1].note) == ("Diaspora", "")
    assert "queues [1]. They take months [2], and [3] more." in repr(draft.parts)
    assert [one.text for one in draft.notes] == [
        "1. Forms nobody can read",
        "2. Waiting times 2025. Seven months on average. https://example.org/waiting",
        "3. This source is no longer shown.",
    ]

    room["leader"].act("recommendation.reopen", **reopen)
    db.session.rollback()
    (draft,) = record_of(forum.rooms[0].id).drafts
    assert "reopened after the vote: A date was wrong." in draft.title.note


def test_desk_hears_what_is_carried_and_forgets_what_was_hidden(room, desk, clock, forum):
    tell = clock(forum.desk)

    def card():
        tell.act("desk.survey", rooms=None)
        desk.hear()
        return desk.all("card")[room["text"]]

    told = card()
    assert [one["text"] for one in told["reservations"]] == [
        "Evening hours are missing.",
        "Too dear for villages.",
    ]
    assert told["notes"][f"i{room['idea']}"] == {"text": "Forms nobody can read", "lang": "en"}
    assert len(told["notes"]) == 2
    assert told["ballot"]["passed"] is True

    room["leader"].act("reservation.hide", id=room["unnamed"], reason="insult")
    room["leader"].act("recommendation.reopen", id=room["text"], text="Wrong.", lang="en")
    told = card()
    assert [one["text"] for one in told["reservations"]] == ["Evening hours are missing."]
    assert (told["ballot"], told["reopened"]["text"]) == (None, "Wrong.")
    db.session.rollback()
    assert "Too dear" not in repr([one.face for one in db.session.query(Mirror)])
    assert "Too dear" not in repr(desk.fresh())


def test_adopted_at_the_desk_has_the_hash_of_its_text(room, desk, chapter):
    made = desk.act("desk.place", recommendation=room["text"], chapter=chapter)["id"]
    step = desk.act("desk.adopt", recommendation=made, on=True)["step"]
    assert re.fullmatch("sha256:[0-9a-f]{64}", stored(made).adopted_hash)
    desk.act("desk.undo", step=step, also=[])
    assert stored(made).adopted_hash is None


def test_mark_is_read_alike_by_the_server_and_the_writers():
    assert MARK.pattern == EXPORTED.pattern
    assert MARK.findall("a[^i1] b[^e20], not [^i0] [^x1] [i1] [^1]") == ["i1", "e20"]
