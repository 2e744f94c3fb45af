"""Comments: what people say of an idea, under it."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import event, update

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Comment, Event, Phase, Role
from facilitator.rooms import comments
from facilitator.rooms.snapshot import mine, pictures


@pytest.fixture
def idea(join):
    made = join("Ola").act("idea.post", sort="need", question=None, text="Benches", lang="en")
    return made["id"]


def say(who, idea, text="With a roof"):
    return who.act("comment.post", idea=idea, text=text, lang="en")


def test_comment_reaches_everyone_in_the_room(join, idea):
    ana, ben = join("Ana"), join("Ben")

    answer = ana.act("comment.post", idea=idea, text="  З \n дахом ", lang="uk")

    assert answer == {
        "id": 1,
        "uuid": answer["uuid"],
        "idea": idea,
        "text": "З дахом",
        "lang": "uk",
    }
    assert ben.hear() == {("comment", "1"): answer}


def test_author_of_a_comment_is_told_to_nobody_but_the_author(join, lead, idea):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    made = say(ana, idea)
    for phone in (ana, ben, leader):
        phone.hear()

    owners = [phone.mine["comments"] for phone in (ana, ben, leader)]
    assert owners == [[made["id"]], [], []]
    assert "Ana" not in repr(ben.things)


def test_comment_is_withdrawn_by_its_author_only_and_leaves_no_words_behind(join, lead, idea):
    ana, ben = join("Ana"), join("Ben")
    made = say(ana, idea, "A secret thought")

    for other in (ben, lead()):
        with pytest.raises(Refused, match="Only who wrote"):
            other.act("comment.withdraw", id=made["id"])
    ana.act("comment.withdraw", id=made["id"])

    ben.hear()
    assert ben.all("comment") == {}
    db.session.rollback()
    assert "secret" not in repr([line.data for line in db.session.query(Event)])
    with pytest.raises(Refused, match="removed meanwhile"):
        ana.act("comment.withdraw", id=made["id"])

    ana.act("comment.restore", id=made["id"])
    ben.hear()
    assert ben.all("comment") == {made["id"]: made}


def test_withdrawn_comment_is_deleted_some_minutes_later(join, clock, idea):
    ana = join("Ana")
    ana.act("comment.withdraw", id=say(ana, idea)["id"])
    long_ago = datetime(2026, 5, 16, tzinfo=UTC)
    write(lambda: db.session.execute(update(Comment).values(withdrawn_at=long_ago)))

    clock().act("room.sweep")

    db.session.rollback()
    assert db.session.query(Comment).count() == 0


def test_withdrawn_idea_takes_its_comments_along(join):
    ana, ben = join("Ana"), join("Ben")
    posted = [
        ana.act("idea.post", sort="need", question=None, text=text, lang="en")["id"]
        for text in ("Benches", "Trees")
    ]
    for text in ("A secret thought", "Another secret thought"):
        say(ben, posted[0], text)
    kept = say(ben, posted[1], "Which trees?")
    ben.hear()

    ana.act("idea.withdraw", id=posted[0])

    assert set(ben.hear().values()) == {None}
    assert ben.all("comment") == {kept["id"]: kept}
    assert ben.things == ben.fresh()
    db.session.rollback()
    assert "secret" not in repr([line.data for line in db.session.query(Event)])


def test_comment_written_by_who_leads_is_looked_after_by_who_leads(join, lead, idea):
    made = say(lead(), idea, "Said in the hall")

    with pytest.raises(Refused, match="Only who wrote"):
        join("Ana").act("comment.withdraw", id=made["id"])
    assert lead().mine["comments"] == [made["id"]]
    assert lead(Role.PROJECTOR).mine["comments"] == []
    lead().act("comment.withdraw", id=made["id"])
    assert [one["state"] for one in lead().mine["unshown"]] == ["withdrawn"]


def test_idea_and_comments_of_another_room_are_not_here(forum, join, idea):
    made = say(join("Ana"), idea)
    other = join("Ben", room=forum.rooms[1])

    with pytest.raises(Refused, match="idea is no longer here"):
        say(other, idea)
    with pytest.raises(Refused, match="comment is no longer here"):
        other.act("comment.withdraw", id=made["id"])


@pytest.mark.parametrize("text", ["", " \n ", "x" * 401])
def test_comment_has_between_one_and_400_characters(join, idea, text):
    with pytest.raises(Refused):
        say(join("Ana"), idea, text)


def test_one_person_cannot_flood_a_room_with_comments(join, idea, monkeypatch):
    monkeypatch.setattr(comments, "PER_SEAT", 2)
    monkeypatch.setattr(comments, "PER_ROOM", 3)
    ana, ben = join("Ana"), join("Ben")
    for _ in range(2):
        say(ana, idea)

    with pytest.raises(Refused, match="as many as one person may") as refusal:
        say(ana, idea)
    assert refusal.value.code == "too_many"
    say(ben, idea)
    with pytest.raises(Refused, match="as many as it can hold"):
        say(ben, idea)


def test_comments_are_read_only_once_texts_are_written(join, lead, idea):
    ana, leader = join("Ana"), lead()
    leader.go(Phase.DECIDE)
    made = say(ana, idea)
    leader.go(Phase.DRAFT)

    with pytest.raises(Refused, match="closed at the moment"):
        say(ana, idea)
    ana.hear()
    assert ana.all("comment") == {made["id"]: made}


def test_the_database_is_asked_the_same_for_more_comments(join):
    ana = join("Ana")
    few, many = (
        ana.act("idea.post", sort="need", question=None, text="Benches", lang="en")["id"]
        for _ in range(2)
    )
    say(ana, few)
    picture = queries(lambda: whole(ana))
    for _ in range(4):
        say(ana, many)

    assert queries(lambda: whole(ana)) == picture
    withdrawn = [queries(lambda i=i: ana.act("idea.withdraw", id=i)) for i in (few, many)]
    assert withdrawn[0] == withdrawn[1]


def whole(phone):
    """The room as somebody sees it who comes in first."""
    pictures.clear()
    phone.fresh()
    return mine(phone.actor)


def queries(work):
    """How often the database is asked."""
    asked = []

    def note(*args):
        asked.append(args[2])

    engines = set(db.engines.values())
    for engine in engines:
        event.listen(engine, "before_cursor_execute", note)
    work()
    for engine in engines:
        event.remove(engine, "before_cursor_execute", note)
    return len(asked)
