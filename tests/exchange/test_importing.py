"""What a file holds comes in as starting material, whole or not at all, and can be taken out."""

from dataclasses import asdict

import pytest
from sqlalchemy import func, select

import facilitator.domain  # noqa: F401 - it registers what is done at the desk
from exports import export
from facilitator.actions import Refused
from facilitator.consolidation.compose import compose
from facilitator.db import db, write
from facilitator.exchange.reading import read_file
from facilitator.models import Draft, Imported, Phase, Recommendation, Role, Room, Sector, Track
from facilitator.rooms.recommendations import PER_ROOM, begin
from tests.exchange.files import PERSONS, sealed
from tests.exports import make

TABLE = (
    "title,text,track\nBenches,In the shade.,Housing\nRoofs,Over the stops.,Elsewhere\n,No title,\n"
)


@pytest.fixture
def desk(forum, lead):
    """An organiser at the desk."""
    return lead(Role.ORGANISER, room=forum.desk)


@pytest.fixture
def bring(forum, desk):
    """bring(data) reads a file; bring.take(…) brings it in."""

    def read(data, languages=("en", "pl"), name="file.csv"):
        found = read_file(data if isinstance(data, bytes) else data.encode(), list(languages))
        return desk.act("import.read", file=name, found=asdict(found))["imported"], found

    return read


def take(desk, imported, found, room=None, *, by_track=False):
    rows = [row.number for row in found.rows]
    return desk.act("import.take", imported=imported, room=room, by_track=by_track, rows=rows)


def texts():
    db.session.rollback()
    db.session.expire_all()
    query = select(Recommendation).where(Recommendation.gone.is_(False)).order_by(Recommendation.id)
    return db.session.scalars(query).all()


def states():
    db.session.rollback()
    return db.session.scalars(select(Imported.state).order_by(Imported.id)).all()


def test_nothing_comes_of_reading_and_a_second_reading_takes_its_place(forum, bring):
    bring(TABLE)
    bring(TABLE)

    assert (states(), texts()) == (["read"], [])


def test_rows_come_into_a_room_and_say_where_they_stood(forum, desk, bring, join):
    ana = join()
    one, found = bring(TABLE)

    assert take(desk, one, found, forum.rooms[0].uuid) == {"made": 2}

    first, second = texts()
    assert [(each.title, each.room_id) for each in (first, second)] == [
        ("Benches", forum.rooms[0].id),
        ("Roofs", forum.rooms[0].id),
    ]
    assert first.draft.text["sections"] == {"recommendation": "In the shade."}
    assert first.imported == {"name": "file.csv", "number": 2}
    assert (first.lang, first.status, first.draft.rendered_seq) == ("en", "draft", first.draft.seq)
    told = [data for (kind, _), data in ana.hear().items() if kind == "recommendation"]
    assert [one["imported"]["number"] for one in told] == [2, 3]
    with pytest.raises(Refused, match="meanwhile"):
        take(desk, one, found, forum.rooms[0].uuid)


def test_rows_go_where_their_track_is_and_the_rest_where_one_says(forum, desk, bring):
    one, found = bring(TABLE)
    with pytest.raises(Refused, match="row 3 belongs to no track"):
        take(desk, one, found, by_track=True)
    assert texts() == []

    take(desk, one, found, forum.rooms[1].uuid, by_track=True)

    assert [(each.title, each.room_id) for each in texts()] == [
        ("Benches", forum.rooms[0].id),
        ("Roofs", forum.rooms[1].id),
    ]


def test_same_file_twice_brings_nothing_new(forum, desk, bring):
    take(desk, *bring(TABLE), forum.rooms[0].uuid)
    with pytest.raises(Refused, match="nothing to bring in"):
        take(desk, *bring(TABLE), forum.rooms[0].uuid)
    one, found = bring(TABLE + "Trees,At every stop.,\n")

    assert take(desk, one, found, forum.rooms[0].uuid) == {"made": 1}


def test_what_came_into_a_room_that_is_closed_stays(forum, desk, bring):
    one, found = bring(TABLE)
    take(desk, one, found, forum.rooms[0].uuid)
    write(lambda: setattr(db.session.get(Room, forum.rooms[0].id), "phase", Phase.CLOSED))

    with pytest.raises(Refused, match="A room is closed"):
        desk.act("import.undo", imported=one)
    assert len(texts()) == 2


def test_a_file_comes_in_whole_or_not_at_all(forum, desk, bring):
    def fill():
        room = db.session.get_one(Room, forum.rooms[0].id)
        for n in range(PER_ROOM - 1):
            begin(room, title=f"Text {n}", lang="en")

    write(fill)
    one, found = bring(TABLE)
    before = [(text.id, text.title) for text in texts()]

    with pytest.raises(Refused, match="as many as it can hold"):
        take(desk, one, found, forum.rooms[0].uuid)

    assert [(text.id, text.title) for text in texts()] == before
    assert states() == ["read"]


def test_nothing_comes_into_a_closed_room_or_another_forum(forum, desk, bring):
    write(lambda: setattr(db.session.get_one(Room, forum.rooms[0].id), "phase", Phase.CLOSED))
    one, found = bring(TABLE)

    for room in (forum.rooms[0].uuid, forum.desk.uuid, "nowhere"):
        with pytest.raises(Refused, match="closed, or not in this forum"):
            take(desk, one, found, room)


def test_taken_out_as_long_as_nobody_has_worked_on_it(forum, desk, bring, lead):
    one, found = bring(TABLE)
    take(desk, one, found, forum.rooms[0].uuid)

    assert desk.act("import.undo", imported=one) == {"taken": 2}
    assert (texts(), states()) == ([], ["out"])
    with pytest.raises(Refused, match="meanwhile"):
        desk.act("import.undo", imported=one)

    again, found = bring(TABLE)
    take(desk, again, found, forum.rooms[0].uuid)
    first = texts()[0].id
    write(lambda: setattr(db.session.get_one(Draft, first), "seq", Draft.seq + 1))
    with pytest.raises(Refused, match="has worked on “Benches”"):
        desk.act("import.undo", imported=again)
    assert len(texts()) == 2


def test_what_stands_in_the_document_is_not_taken_out(forum, desk, bring):
    one, found = bring(TABLE)
    take(desk, one, found, forum.rooms[0].uuid)
    chapter = desk.act("chapter.add", title={"en": "Buses"}, intro="", track=None)["id"]
    desk.act("desk.place", recommendation=texts()[0].id, chapter=chapter)

    with pytest.raises(Refused, match="has worked on"):
        desk.act("import.undo", imported=one)


def test_participants_become_sectors_and_tracks_and_nobody_is_kept(forum, desk, bring):
    people = 'Dr,Sample,Person,sample@example.org,7,Health,"Housing,Work",1,1.0,,,sampleperson,secret,1,1,1,0,,,0,'
    one, found = bring(f"{PERSONS}\n{people}\n", name="sample-person.csv")

    assert take(desk, one, found) == {"made": 2}

    sectors = [name["en"] for name in db.session.scalars(select(Sector.name).order_by(Sector.id))]
    tracks = [title["en"] for title in db.session.scalars(select(Track.title).order_by(Track.id))]
    assert (sectors[-1], tracks) == ("Health", ["Housing", "Work"])
    kept = db.session.scalar(select(Imported))
    assert kept.name == "participants"
    for secret in ("Sample", "Person", "sampleperson", "example.org", "secret"):
        assert secret not in str(kept.found)
    db.session.rollback()

    desk.act("import.undo", imported=one)

    assert db.session.scalar(select(func.count(Sector.id))) == len(sectors) - 1
    assert db.session.scalar(select(func.count(Track.id))) == 1


def test_sealed_document_goes_on_in_another_forum_and_is_named_there(forum, desk, bring):
    document = make.sample()
    data, _ = sealed(document)
    one, found = bring(data, name="recommendations.json")

    take(desk, one, found, forum.rooms[0].uuid)

    made = texts()
    assert [text.title for text in made] == [each.title for each in document.recommendations]
    first, origin = made[0], document.recommendations[0]
    assert first.imported == {
        "name": document.forum.title, "number": 1, "version": "1.0", "sealed": "2026-11-22",
        "hash": found.origin.hash, "id": origin.id,
        "standing": "adopted" if origin.support.ballots[-1].passed else "rejected",
        "cities": list(origin.cities),
    }  # fmt: skip
    assert [section["title"].get(origin.lang) for section in first.template][1:] == [
        each.heading for each in origin.sections
    ]
    assert [step["what"] for step in first.draft.text["steps"]] == [
        step.what for step in origin.steps
    ]

    chapter = desk.act("chapter.add", title={"en": "From before"}, intro="", track=None)["id"]
    desk.act("desk.place", recommendation=first.id, chapter=chapter)
    db.session.rollback()
    printed = compose(forum.id)
    [source] = printed.recommendations[0].sources
    assert (source.imported.name, source.imported.version, source.imported.id) == (
        document.forum.title,
        "1.0",
        origin.id,
    )
    assert source.imported.cities == origin.cities != ()
    words = export(printed, "md").decode().replace("\\", "")
    assert (
        f"“{document.forum.title}”, edition 1.0, recommendation 1" in words
        or "wydanie 1.0, rekomendacja 1" in words
    )
    raised = words.partition(f": {document.forum.title} (")[2].partition(")")[0]
    assert tuple(raised.split(", ")) == origin.cities


def test_proposals_go_out_and_come_in_the_same(forum, desk, bring):
    document = make.sample()
    one, found = bring(export(document, "decidim-proposals"), ("pl", "en"))

    take(desk, one, found, forum.rooms[0].uuid)

    assert [text.title for text in texts()] == [each.title for each in document.recommendations]
    assert [text.draft.text["sections"]["recommendation"] for text in texts()] == [
        row.parts[0].text for row in found.rows
    ]
