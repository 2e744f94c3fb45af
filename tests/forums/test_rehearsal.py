"""A rehearsal is wiped, and nothing of it is left in any table or in the file."""

from datetime import timedelta
from pathlib import Path

import pytest
from sqlalchemy import func, select

from facilitator.actions import Refused
from facilitator.db import db, forget, write
from facilitator.forums.rehearsal import APART, KEPT
from facilitator.models import Chapter, Forum, Grant, Job, Meeting, Phase, Role, Room, now
from facilitator.models import Seat as Seats
from tests import make

SECRET_WORDS = "a heron at the weir"


@pytest.fixture
def organiser(lead, forum):
    return lead(Role.ORGANISER, room=forum.desk)


@pytest.fixture
def before_the_day(forum):
    on = (now() + timedelta(days=9)).date()
    write(lambda: db.session.query(Meeting).update({"on": on}))


def rehearsed(organiser, join, lead):
    """Everything that may be made is made."""
    organiser.act("forum.rehearse", on=True)
    ana, ben = join("Ana"), join("Ben")
    first = ana.act("idea.post", sort="need", question=None, text=SECRET_WORDS, lang="en")
    second = ben.act("idea.post", sort="need", question=None, text="A bench", lang="en")
    ben.act("idea.support", id=first["id"], on=True)
    ben.act("comment.post", idea=first["id"], text=f"I saw {SECRET_WORDS}", lang="en")
    leader = lead()
    leader.go(Phase.GROUP)
    ideas = [first["id"], second["id"]]
    leader.act("theme.make", title=SECRET_WORDS, lang="en", ideas=ideas)
    leader.go(Phase.DECIDE)
    ballot = leader.act(
        "ballot.open",
        question=SECRET_WORDS,
        lang="en",
        method="approval",
        dots=None,
        subject="ideas",
        things=[],
        showing="live",
    )
    ana.act("ballot.cast", ballot=ballot["id"], marks={str(ballot["choices"][0]["id"]): 1})
    leader.go(Phase.DRAFT)
    leader.act("recommendation.start", title=SECRET_WORDS, lang="en", theme=None)
    organiser.act("chapter.add", title={"en": SECRET_WORDS})
    write(lambda: db.session.add(Job(name="export", payload={"forum": organiser.actor.forum.uuid})))
    return ana, leader


def rows():
    db.session.rollback()
    return {
        table.name: db.session.scalar(select(func.count()).select_from(table))
        for table in db.metadata.sorted_tables
    }


def test_nothing_is_left_of_a_rehearsal_but_what_was_set_up(
    organiser, join, lead, forum, before_the_day
):
    lead(Role.PROJECTOR)
    ana, leader = rehearsed(organiser, join, lead)
    before = rows()
    made = {name for name, many in before.items() if many and name not in KEPT | APART}
    assert {"seat", "idea", "support", "theme", "ballot", "paper", "draft", "event"} <= made

    answer = organiser.act("forum.wipe", title="")
    after = rows()
    left = {name: many for name, many in after.items() if many and name not in KEPT}
    # What the wiping itself has left: its operation, and the news of it.
    assert left == {"op": 1, "event": 2 * len([*forum.rooms, forum.desk])}
    assert len(answer["jobs"]) == 1
    for name in ("forum", "meeting", "sector", "track", "question", "room", "grant"):
        assert after[name] == before[name]
    assert after["chapter"] == 0

    for phone in (leader, organiser):
        phone.hear()
        assert phone.things == phone.fresh()
    here = leader.all("room")[leader.ref.room_id]
    assert (here["at"], here["phase"]) == (0, "gather")
    assert leader.all("people")[leader.ref.room_id]["seats"] == 0
    assert ana.actor is None  # turned out: the seat is no more


def test_wiping_leaves_other_forums_alone(organiser, join, lead, before_the_day):
    other = write(lambda: make.forum(code="WWWWWW"))
    write(lambda: make.seat(other, "Eve", other.rooms[0], 0))
    rehearsed(organiser, join, lead)
    organiser.act("forum.wipe", title="")
    assert db.session.scalar(select(func.count()).select_from(Seats)) == 1


def test_chapters_are_as_they_were_founded(organiser, forum, before_the_day):
    chapter = Chapter(forum_id=forum.id, title={"en": "Founded"}, intro="As it was")
    write(lambda: db.session.add(chapter))
    organiser.act("forum.rehearse", on=True)
    asked = {"id": chapter.id, "title": {"en": "Rehearsed"}, "intro": SECRET_WORDS}
    organiser.act("chapter.edit", **asked)
    organiser.act("forum.wipe", title="")
    db.session.rollback()
    [left] = db.session.scalars(select(Chapter)).all()
    assert (left.title, left.intro) == ({"en": "Founded"}, "As it was")


def test_a_forum_that_is_no_rehearsal_is_not_wiped(organiser, join):
    join("Ana").act("idea.post", sort="need", question=None, text="Kept", lang="en")
    with pytest.raises(Refused, match="Only a rehearsal"):
        organiser.act("forum.wipe", title="Living here")
    assert rows()["idea"] == 1


def test_once_a_meeting_has_begun_the_title_has_to_be_typed(organiser, join, lead):
    rehearsed(organiser, join, lead)
    for title in ("", "Living", "living here"):
        with pytest.raises(Refused, match="Type its title"):
            organiser.act("forum.wipe", title=title)
    assert rows()["idea"] == 2
    organiser.act("forum.wipe", title=" Living here ")
    assert rows()["idea"] == 0


def test_rehearsing_is_said_in_every_room_and_ends(organiser, join, lead, forum):
    phones = [join("Ana"), lead(Role.PROJECTOR), lead()]
    organiser.act("forum.rehearse", on=True)
    for phone in phones:
        phone.hear()
        assert phone.all("notice")[phone.ref.room_id]["rehearsal"] is True
    organiser.act("forum.rehearse", on=False)
    for phone in phones:
        phone.hear()
        assert phone.all("notice")[phone.ref.room_id]["rehearsal"] is False
    db.session.rollback()
    assert db.session.get(Forum, forum.id).rehearsal is False


def test_links_and_codes_still_work(organiser, join, lead, forum, before_the_day):
    rehearsed(organiser, join, lead)
    codes = set(db.session.scalars(select(Room.code)))
    organiser.act("forum.wipe", title="")
    db.session.rollback()
    assert set(db.session.scalars(select(Room.code))) == codes
    assert not db.session.scalars(select(Grant).where(Grant.revoked)).all()
    join("Zoe").act("idea.post", sort="need", question=None, text="For real", lang="en")


# PostgreSQL clears its files by itself, later.
@pytest.mark.parametrize("database_url", ["sqlite"], indirect=True)
@pytest.mark.usefixtures("before_the_day")
def test_no_word_is_left_in_the_file(organiser, join, lead, database_url):
    rehearsed(organiser, join, lead)
    files = [Path(database_url.removeprefix("sqlite:///") + end) for end in ("", "-wal")]
    assert any(SECRET_WORDS.encode() in file.read_bytes() for file in files)
    organiser.act("forum.wipe", title="")
    forget()
    assert not any(SECRET_WORDS.encode() in file.read_bytes() for file in files)
