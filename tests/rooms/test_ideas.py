"""Ideas: what participants post, and which of them they support."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Echo, Event, Idea, Phase, Support, Track
from facilitator.rooms import ideas, withdrawing
from tests import make

BALLOT = {
    "question": "What first?",
    "lang": "en",
    "method": "dots",
    "dots": 3,
    "subject": "ideas",
}
SIT = {"sort": "need", "question": None, "lang": "en"}


def test_posted_idea_reaches_everyone_in_the_room(forum, join):
    ana, ben = join("Ana"), join("Ben")

    answer = ana.act(
        "idea.post", **{**SIT, "question": forum.questions[1].id}, text="  Plant\n trees "
    )

    assert answer == {
        "id": 1,
        "uuid": answer["uuid"],
        "sort": "need",
        "question": forum.questions[1].id,
        "theme": None,
        "text": "Plant trees",
        "lang": "en",
        "via": None,
        "slip": None,
    }
    assert ben.hear() == {("idea", "1"): answer, ("echo", "1"): {"id": 1, "seats": 0}}


def test_author_is_told_to_nobody_but_the_author(join):
    ana, ben = join("Ana"), join("Ben")
    made = ana.act("idea.post", **SIT, text="Benches")
    ana.hear(), ben.hear()

    assert (ana.mine["ideas"], ben.mine["ideas"]) == ([made["id"]], [])
    assert "Ana" not in repr(ben.things)


def test_idea_is_edited_by_its_author_only(join):
    ana, ben = join("Ana"), join("Ben")
    made = ana.act("idea.post", **SIT, text="Benches")
    changed = {"id": made["id"], "sort": "solution", "question": None, "text": "Benches and shade"}

    with pytest.raises(Refused, match="Only who wrote"):
        ben.act("idea.edit", **changed)
    ana.act("idea.edit", **changed)

    ben.hear()
    assert ben.all("idea")[made["id"]]["text"] == "Benches and shade"


def test_withdrawn_idea_leaves_no_words_behind(join):
    ana, ben = join("Ana"), join("Ben")
    made = ana.act("idea.post", **SIT, text="A secret thought")
    ben.act("idea.support", id=made["id"], on=True)

    ana.act("idea.withdraw", id=made["id"])

    ben.hear()
    assert (ben.all("idea"), ben.all("echo")) == ({}, {})
    db.session.rollback()
    assert "secret" not in repr([line.data for line in db.session.query(Event)])


def test_withdrawn_idea_comes_back_with_all_that_was_said_of_it(join):
    ana, ben = join("Ana"), join("Ben")
    made = ana.act("idea.post", **SIT, text="Benches")
    said = ben.act("comment.post", idea=made["id"], text="With a roof", lang="en")
    ben.act("idea.support", id=made["id"], on=True)
    ben.hear()
    before = ben.things

    ana.act("idea.withdraw", id=made["id"])
    ben.hear(), ana.hear()
    assert (ben.all("idea"), ben.all("echo"), ben.all("comment")) == ({}, {}, {})
    assert [(one["id"], one["state"]) for one in ana.mine["unshown"]] == [(made["id"], "withdrawn")]
    with pytest.raises(Refused, match="removed meanwhile") as refusal:
        ben.act("comment.restore", id=said["id"])
    assert refusal.value.code == "gone"
    with pytest.raises(Refused, match="Only who wrote"):
        ben.act("idea.restore", id=made["id"])

    ana.act("idea.restore", id=made["id"])

    ben.hear()
    assert ben.things == before


def test_withdrawn_idea_is_deleted_some_minutes_later(join, clock):
    ana, ben = join("Ana"), join("Ben")
    made = ana.act("idea.post", **SIT, text="A secret thought")
    ben.act("idea.support", id=made["id"], on=True)
    ana.act("idea.withdraw", id=made["id"])
    withdrawing.sweep_due()
    assert db.session.query(Idea).count() == 1

    long_ago = datetime(2026, 5, 16, tzinfo=UTC)
    write(lambda: db.session.execute(update(Idea).values(withdrawn_at=long_ago)))
    withdrawing.sweep_due()

    db.session.rollback()
    assert [db.session.query(model).count() for model in (Idea, Echo, Support)] == [0, 0, 0]
    with pytest.raises(Refused, match="no longer here"):
        ana.act("idea.restore", id=made["id"])


def test_idea_from_a_slip_says_so(join, lead):
    leader = lead()

    slip = leader.act("idea.post", **SIT, text="Shade", via="slip", slip=14)
    spoken = leader.act("idea.post", **SIT, text="Trees", slip=3)

    assert [(one["via"], one["slip"]) for one in (slip, spoken)] == [("slip", 14), ("spoken", None)]
    with pytest.raises(Refused, match="writes for others"):
        join("Ana").act("idea.post", **SIT, text="Water", via="slip", slip=1)


def test_idea_that_is_not_shown_counts_nowhere(join, lead):
    ana, leader = join("Ana"), lead()
    shown, hidden = (ana.act("idea.post", **SIT, text=text) for text in ("Benches", "Insults"))
    leader.act("idea.hide", id=hidden["id"], reason="insult")

    leader.go(Phase.GROUP)
    with pytest.raises(Refused, match="no longer here"):
        ana.act("theme.make", title="Places", lang="en", ideas=[shown["id"], hidden["id"]])
    leader.go(Phase.DECIDE)
    with pytest.raises(Refused, match="Between 2"):
        leader.act("ballot.open", **BALLOT, things=[])
    with pytest.raises(Refused, match="removed meanwhile"):
        ana.act("comment.post", idea=hidden["id"], text="Why?", lang="en")


def test_support_is_counted_once_a_seat(join):
    ana, ben = join("Ana"), join("Ben")
    made = ana.act("idea.post", **SIT, text="Benches")
    for on in (True, True, False, False, True):
        ben.act("idea.support", id=made["id"], on=on)

    ana.hear(), ben.hear()
    assert ana.all("echo")[made["id"]]["seats"] == 1
    assert (ana.mine["supports"], ben.mine["supports"]) == ([], [made["id"]])


def test_idea_written_for_others_is_looked_after_by_who_leads(join, lead):
    made = lead().act("idea.post", **SIT, text="Spoken in the hall")
    changed = {"id": made["id"], "sort": "need", "question": None, "text": "Said in the hall"}

    with pytest.raises(Refused, match="Only who wrote"):
        join("Ana").act("idea.edit", **changed)
    assert lead().act("idea.edit", **changed)["text"] == "Said in the hall"


def test_idea_of_another_room_is_not_here(forum, join):
    made = join("Ana").act("idea.post", **SIT, text="Benches")
    other = join("Ola", room=forum.rooms[1])

    with pytest.raises(Refused, match="no longer here"):
        other.act("idea.support", id=made["id"], on=True)


def test_question_of_another_track_is_not_asked_here(forum, join):
    other = write(lambda: _other_question(forum))
    with pytest.raises(Refused, match="no longer asked"):
        join("Ana").act("idea.post", **{**SIT, "question": other}, text="Benches")


def _other_question(forum):
    track = Track(forum_id=forum.id, position=1, title={"en": "Work"}, template=make.TEMPLATE)
    db.session.add(track)
    db.session.flush()
    question = type(forum.questions[0])(track_id=track.id, position=0, text={"en": "Who hires?"})
    db.session.add(question)
    db.session.flush()
    return question.id


def test_one_person_cannot_flood_a_room(join, monkeypatch):
    monkeypatch.setattr(ideas, "PER_SEAT", 2)
    monkeypatch.setattr(ideas, "PER_ROOM", 3)
    ana, ben = join("Ana"), join("Ben")
    for n in range(2):
        ana.act("idea.post", **SIT, text=f"Idea {n}")

    with pytest.raises(Refused, match="as many as one person may") as refusal:
        ana.act("idea.post", **SIT, text="One more")
    assert refusal.value.code == "too_many"
    ben.act("idea.post", **SIT, text="Room for one more")
    with pytest.raises(Refused, match="as many as it can hold"):
        ben.act("idea.post", **SIT, text="And another")


def test_ideas_are_closed_after_their_phase(join, lead):
    ana, leader = join("Ana"), lead()
    made = ana.act("idea.post", **SIT, text="Benches")
    leader.go(Phase.DECIDE)

    with pytest.raises(Refused, match="closed at the moment"):
        ana.act("idea.post", **SIT, text="Too late")
    ana.act("idea.support", id=made["id"], on=True)
