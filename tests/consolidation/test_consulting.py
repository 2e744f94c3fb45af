"""Back to the rooms: they read what became of their words, and say yes, or why not quite."""

import pytest
from sqlalchemy import select

from facilitator.actions import Refused
from facilitator.consolidation.compose import compose
from facilitator.db import db
from facilitator.models import Consultation, ConsultationAnswer, Op


@pytest.fixture
def merged(desk, chapter, text, forum):
    both = [
        text("Queues", problem="Five queues."),
        text("Words", room=forum.rooms[1], problem="No common language."),
    ]
    return desk.act("desk.merge", recommendations=both, chapter=chapter, title="One desk")["id"]


@pytest.fixture
def asked(desk, merged):
    return desk.act("desk.consult", recommendation=merged)["id"]


def refused(code, who, *asked, **payload):
    with pytest.raises(Refused) as refusal:
        who.act(*asked, **payload)
    assert refusal.value.code == code


def answer(who, asked, reason=None):
    who.act("consultation.answer", consultation=asked, reason=reason)


def test_rooms_of_the_sources_read_the_merged_text(asked, desk, merged, join, forum):
    for room in forum.rooms:
        phone = join("Ana", room=room)
        shown = phone.all("consultation")[asked]
        assert shown["text"]["sections"]["problem"] == "Five queues.\n\nNo common language."
        assert (shown["title"], shown["is_open"], shown["result"]) == ("One desk", True, None)
        assert phone.things == phone.fresh()
    desk.hear()
    assert desk.all("consultation")[asked]["recommendation"] == merged


def test_seat_answers_once_and_may_change_it(asked, desk, join):
    ana = join("Ana")
    answer(ana, asked, "Too slow.")
    answer(ana, asked)
    answer(ana, asked, "Still too slow.")
    ana.hear()
    assert ana.mine["consulted"] == {str(asked): {"reason": "Still too slow."}}

    result = desk.act("desk.consulted", consultation=asked)
    assert (result["voters"], result["yes"], result["rooms"]) == (1, 0, [])
    assert result["reasons"] == [{"text": "Still too slow.", "lang": "en"}]
    refused("closed", ana, "consultation.answer", consultation=asked, reason=None)


def test_counts_of_a_room_are_told_from_the_least_number_on(asked, desk, join, forum):
    first, second = forum.rooms
    for n in range(16):
        answer(join(f"A{n}", room=first), asked, "Not quite." if n < 6 else None)
    for n in range(13):
        answer(join(f"B{n}", room=second), asked, "No." if n < 7 else None)
    result = desk.act("desk.consulted", consultation=asked)

    assert (result["voters"], result["yes"]) == (29, 16)
    assert result["rooms"] == [
        {"rooms": [first.uuid], "voters": 16, "low": 10, "high": 10},
        {"rooms": [second.uuid], "voters": 13, "low": 6, "high": 6},
    ]


def test_nothing_of_a_small_room_is_told(asked, desk, join, forum):
    first, second = forum.rooms
    for n in range(20):
        answer(join(f"A{n}", room=first), asked, "Not quite." if n < 7 else None)
    answer(join("B", room=second), asked)
    result = desk.act("desk.consulted", consultation=asked)
    assert (result["voters"], result["rooms"]) == (21, [])


def test_who_answered_what_cannot_be_found_out(asked, desk, join):
    answer(join("Ana"), asked, "Too slow.")
    desk.act("desk.consulted", consultation=asked)

    db.session.rollback()
    assert db.session.get_one(Consultation, asked).key is None
    assert db.session.scalar(select(ConsultationAnswer)) is None
    of_seats = select(Op.body, Op.answer).where(Op.seat_id.is_not(None))
    assert not any("slow" in str(op) for op in db.session.execute(of_seats).all())


def test_reasons_are_printed_as_reservations(asked, desk, merged, join, forum):
    answer(join("Ana"), asked, "Too slow.")
    answer(join("Ben"), asked)
    desk.act("desk.consulted", consultation=asked)

    printed = compose(forum.id)
    (recommendation,) = [one for chapter in printed.chapters for one in chapter.content]
    assert [(one.text, one.lang, one.room) for one in recommendation.reservations] == [
        ("Too slow.", "en", None)
    ]


def test_rooms_can_be_asked_again_after_closing(asked, desk, merged):
    refused("conflict", desk, "desk.consult", recommendation=merged)
    desk.act("desk.consulted", consultation=asked)
    refused("closed", desk, "desk.consulted", consultation=asked)
    again = desk.act("desk.consult", recommendation=merged)
    assert (again["id"] != asked, again["rooms"]) == (True, 2)
    desk.hear()
    assert desk.things == desk.fresh()


def test_asking_and_counting_stand_in_the_edit_log_and_cannot_be_undone(asked, desk, merged):
    desk.act("desk.consulted", consultation=asked)
    desk.hear()

    _, made, first, second = (step for _, step in sorted(desk.all("step").items()))
    assert [(one["name"], one["about"]) for one in (first, second)] == [
        ("desk.consult", ["One desk"]),
        ("desk.consulted", ["One desk"]),
    ]
    assert first["final"]
    assert second["final"]
    refused("closed", desk, "desk.undo", step=first["id"], also=[])
    assert desk.act("desk.undo", step=made["id"], also=[])["undone"] == [made["id"]]


def test_only_rooms_of_the_sources_are_asked(desk, join, forum, text, chapter):
    origin = text("Alone", problem="X.")
    placed = desk.act("desk.place", recommendation=origin, chapter=chapter)["id"]
    own = desk.act("desk.consult", recommendation=placed)["id"]
    elsewhere = join("Ben", room=forum.rooms[1])
    assert own not in elsewhere.all("consultation")
    refused("gone", elsewhere, "consultation.answer", consultation=own, reason=None)
    refused("gone", desk, "desk.consult", recommendation=origin)


def test_bad_answers_change_nothing(asked, desk, join, lead):
    ana = join("Ana")
    refused("gone", ana, "consultation.answer", consultation=10**6, reason=None)
    refused("reason", ana, "consultation.answer", consultation=asked, reason="  ")
    refused("too_long", ana, "consultation.answer", consultation=asked, reason="x" * 1001)
    refused("not_allowed", lead(), "consultation.answer", consultation=asked, reason=None)
    refused("gone", desk, "desk.consulted", consultation=10**6)
    assert desk.act("desk.consulted", consultation=asked)["voters"] == 0


def test_who_leads_sees_how_many_of_the_room_have_answered(asked, join, lead, forum):
    leader = lead()
    ana, ben = join("Ana"), join("Ben")
    other = join("Cyd", room=forum.rooms[1])
    answer(ana, asked)
    answer(ana, asked, "Not quite.")
    answer(other, asked)
    for who in (leader, ben):
        who.hear()
    assert leader.all("consulted") == {asked: {"id": asked, "answered": 1}}
    assert ben.all("consulted") == {}
    for who in (leader, ben):
        assert who.things == who.fresh()
