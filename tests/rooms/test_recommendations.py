"""Recommendations: where they begin and end; what their drafts begin with is in test_drafts.py."""

import pytest

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Draft, Phase, Recommendation, Role, Room, Status, Theme
from facilitator.rooms import recommendations


@pytest.fixture
def leader(forum, lead):
    """Who leads the first room, in its drafting."""

    def job():
        db.session.get(Room, forum.rooms[0].id).phase = Phase.DRAFT

    write(job)
    return lead()


def begin(phone, **asked):
    return phone.act(
        "recommendation.start", **{"title": "Benches", "lang": "en", "theme": None, **asked}
    )["id"]


def code(work, *arguments, **named):
    with pytest.raises(Refused) as refused:
        work(*arguments, **named)
    return refused.value.code


def theme(room):
    def job():
        made = Theme(room_id=room.id, title="Rest", lang="en")
        db.session.add(made)
        db.session.flush()
        return made.id

    return write(job)


def test_recommendation_is_about_a_theme_of_its_room(forum, leader):
    here, elsewhere = theme(forum.rooms[0]), theme(forum.rooms[1])

    begun = begin(leader, theme=here)
    leader.hear()

    assert leader.all("recommendation")[begun]["theme"] == here
    assert code(begin, leader, theme=elsewhere) == "gone"
    assert code(begin, leader, theme=999) == "gone"


def test_room_holds_so_many_and_no_more(leader, monkeypatch):
    monkeypatch.setattr(recommendations, "PER_ROOM", 2)
    begin(leader)
    begin(leader)

    assert code(begin, leader) == "too_many"


def test_adopted_recommendation_stays(leader):
    begun = begin(leader)

    def adopt():
        db.session.get(Recommendation, begun).status = Status.ADOPTED

    write(adopt)
    assert code(leader.act, "recommendation.remove", id=begun) == "closed"


def test_nothing_to_write_changes_nothing(leader):
    begun = begin(leader)

    def job():
        found = db.session.get(Recommendation, begun)
        recommendations.write_pieces(found, [recommendations.Piece("s:problem", "")])

    write(job)
    db.session.rollback()
    assert db.session.get(Draft, begun).seq == 1


def test_desk_makes_its_recommendations_by_placing_and_merging(forum, lead):
    desk = lead(Role.ORGANISER, room=forum.desk)
    for name, fields in (
        ("recommendation.start", {"title": "A desk", "lang": "en", "theme": None}),
        ("recommendation.remove", {"id": 1}),
    ):
        with pytest.raises(Refused, match="may not do this here"):
            desk.act(name, **fields)


def test_id_is_never_given_to_another_thing(join):
    """An act that waited on a phone must not meet what came in the place of its thing."""
    ana = join("Ana")
    sit = {"sort": "need", "question": None, "text": "Benches", "lang": "en"}
    first = ana.act("idea.post", **sit)["id"]
    ana.act("idea.withdraw", id=first)
    assert ana.act("idea.post", **sit)["id"] > first
