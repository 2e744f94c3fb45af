"""Reservations: what some do not agree with, who may be told of, and until when."""

from datetime import UTC, datetime

import pytest
from sqlalchemy import update

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import (
    Event,
    Forum,
    Phase,
    Recommendation,
    Reservation,
    Role,
    SealedEdition,
    Seat,
)
from facilitator.rooms import reservations
from facilitator.rooms.reservations import voice_of


@pytest.fixture
def text(lead):
    """The number of a recommendation that the first room is writing."""
    leader = lead()
    leader.go(Phase.DRAFT)
    return leader.act("recommendation.start", title="Benches", lang="en", theme=None)["id"]


def reserve(who, text, words="Not at night.", **more):
    return who.act("reservation.make", recommendation=text, text=words, lang="en", **more)


def code(work, *arguments, **named):
    with pytest.raises(Refused) as refused:
        work(*arguments, **named)
    return refused.value.code


def crowd(join, many, sector=0):
    return [join(f"one {n}", sector=sector) for n in range(many)]


def test_reservation_reaches_the_room_without_its_author(join, lead, text):
    ana, ben, leader = join("Ana"), join("Ben"), lead()

    answer = reserve(ana, text, "  Only if the school agrees. ")

    assert answer == {
        "id": answer["id"],
        "uuid": answer["uuid"],
        "recommendation": text,
        "sector": None,
        "text": answer["text"],
        "lang": "en",
    }
    for phone in (ana, ben, leader):
        phone.hear()
    assert ben.all("reservation") == {answer["id"]: answer}
    owners = [phone.mine["reservations"] for phone in (ana, ben, leader)]
    assert owners == [[answer["id"]], [], []]
    assert "Ana" not in repr(leader.things)


def test_sector_is_told_only_where_enough_of_it_are_in_the_room(join, forum, text):
    four = crowd(join, 4)
    assert voice_of(four[0].actor) == {
        "sector": forum.sectors[0].uuid,
        "enough": False,
        "least": 5,
    }
    assert code(reserve, four[0], text, named=True) == "few"
    assert reserve(four[0], text)["sector"] is None

    fifth = join("Fifth")
    assert voice_of(fifth.actor)["enough"] is True
    assert reserve(fifth, text, named=True)["sector"] == forum.sectors[0].uuid
    assert reserve(fifth, text)["sector"] is None  # who does not ask for it is not told of


def test_who_left_or_was_put_out_does_not_count(join, forum, text):
    five = crowd(join, 5)
    write(
        lambda: db.session.execute(
            update(Seat).where(Seat.id == five[4].ref.seat_id).values(revoked=True)
        )
    )
    assert code(reserve, five[0], text, named=True) == "few"


def test_forum_may_ask_for_more(join, forum, text):
    write(lambda: db.session.execute(update(Forum).values(least=8)))
    seven = crowd(join, 7)
    assert code(reserve, seven[0], text, named=True) == "few"


def test_nobody_speaks_for_a_sector_they_did_not_name(join, lead, text):
    crowd(join, 5)
    ola = join("Ola")
    ola.act("seat.edit", lang="en", nickname=None, sector=None)
    assert voice_of(ola.actor) == {"sector": None, "enough": False, "least": 5}
    for who in (ola, lead()):
        with pytest.raises(Refused, match="have not said for which sector"):
            reserve(who, text, named=True)


def test_it_can_be_made_after_adoption_and_until_the_room_is_closed(join, lead, text):
    ana, leader = join("Ana"), lead()
    leader.go(Phase.ADOPT)
    ballot = leader.act("ballot.adopt", recommendation=text)["id"]
    ana.act("ballot.cast", ballot=ballot, marks={"yes": 1})
    leader.act("ballot.close", ballot=ballot)

    assert reserve(ana, text)["recommendation"] == text

    leader.go(Phase.CLOSED)
    assert code(reserve, ana, text) == "closed"


def test_sealed_document_takes_nothing_more(join, forum, text):
    ana = join("Ana")
    made = reserve(ana, text)
    ana.act("reservation.withdraw", id=made["id"])

    def seal(uuid, number):
        parts = [{"type": "bridge"}, {"sources": [{"id": "A"}, {"draft": {"id": uuid[:8]}}]}]
        document = {"chapters": [{"content": parts}]}
        edition = {"forum_id": forum.id, "number": number, "hash": "sha256:0"}
        return lambda: db.session.add(SealedEdition(**edition, document=document))

    write(seal("elsewhere", 1))
    assert reserve(ana, text)
    write(seal(db.session.get_one(Recommendation, text).uuid, 2))
    with pytest.raises(Refused, match="has been sealed"):
        reserve(ana, text)
    with pytest.raises(Refused, match="has been sealed"):
        ana.act("reservation.restore", id=made["id"])


def test_it_is_about_a_text_of_the_room(join, forum, lead, text):
    elsewhere = join("Eva", room=forum.rooms[1])
    assert code(reserve, elsewhere, text) == "gone"
    assert code(reserve, join("Ana"), 999) == "gone"
    lead().act("recommendation.remove", id=text)
    assert code(reserve, join("Ben"), text) == "gone"


def test_words_are_asked_for_and_measured(join, text):
    ana = join("Ana")
    with pytest.raises(Refused, match="write something"):
        reserve(ana, text, " \n ")
    with pytest.raises(Refused, match="too long"):
        reserve(ana, text, "x" * 1001)
    assert reserve(ana, text, "x" * 1000)


def test_it_is_withdrawn_by_its_author_only_and_leaves_no_words(join, lead, text):
    ana, ben = join("Ana"), join("Ben")
    made = reserve(ana, text, "A secret disagreement")
    for other in (ben, lead()):
        with pytest.raises(Refused, match="Only who wrote"):
            other.act("reservation.withdraw", id=made["id"])

    ana.act("reservation.withdraw", id=made["id"])
    assert code(ana.act, "reservation.withdraw", id=made["id"]) == "gone"

    ben.hear()
    assert ben.all("reservation") == {}
    assert "secret" not in repr([row.data for row in db.session.query(Event)])
    ana.act("reservation.restore", id=made["id"])
    ben.hear()
    assert ben.all("reservation")[made["id"]]["text"] == "A secret disagreement"


def test_it_waits_where_words_are_looked_at_before(join, lead, text):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    leader.act("room.moderate", moderation="before")
    made = reserve(ana, text)
    assert made["state"] == "held"
    for phone in (ben, leader):
        phone.hear()
    assert (ben.all("reservation"), ("held", f"reservation-{made['id']}") in leader.things) == (
        {},
        True,
    )

    leader.act("reservation.show", id=made["id"])
    ben.hear()
    assert made["id"] in ben.all("reservation")


def test_reported_and_hidden_it_is_gone_for_all(join, lead, text):
    ana, ben, leader = join("Ana"), join("Ben"), lead()
    made = reserve(ana, text, "Ola is to blame")
    ben.act("reservation.report", id=made["id"], on=True)
    leader.hear()
    assert leader.things["flag", f"reservation-{made['id']}"]["reports"] == 1

    leader.act("reservation.hide", id=made["id"], reason="person")
    for phone in (ana, ben, leader):
        phone.hear()
    assert ben.all("reservation") == leader.all("reservation") == {}
    assert ("flag", f"reservation-{made['id']}") not in leader.things
    assert ben.mine["reported"] == [f"reservation-{made['id']}"]
    (own,) = ana.mine["unshown"]
    assert (own["thing"], own["state"], own["reason"], "text" in own) == (
        "reservation",
        "hidden",
        "person",
        False,
    )


def test_swept_with_its_reports(join, lead, clock, text):
    ana, ben = join("Ana"), join("Ben")
    made = reserve(ana, text)
    ben.act("reservation.report", id=made["id"], on=True)
    ana.act("reservation.withdraw", id=made["id"])
    moment = datetime(2026, 5, 16, tzinfo=UTC)
    write(lambda: db.session.execute(update(Reservation).values(withdrawn_at=moment)))
    clock().act("room.sweep")
    db.session.rollback()
    assert db.session.get(Reservation, made["id"]) is None


def test_nobody_floods_a_text(join, text, monkeypatch):
    monkeypatch.setattr(reservations, "PER_SEAT", 1)
    monkeypatch.setattr(reservations, "PER_ROOM", 2)
    ana, ben, eva = join("Ana"), join("Ben"), join("Eva")
    reserve(ana, text)
    assert code(reserve, ana, text) == "too_many"
    reserve(ben, text)
    assert code(reserve, eva, text) == "too_many"


def test_observers_only_read(lead, text):
    assert code(reserve, lead(Role.OBSERVER), text) == "not_allowed"
