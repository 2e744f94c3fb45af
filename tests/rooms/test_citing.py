"""What a text of the desk may cite, and how a text reads without its marks."""

import pytest

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Recommendation, Role, Room, Source
from facilitator.rooms import recommendations
from facilitator.rooms.citing import bare, citable


@pytest.fixture
def entry(forum, lead, join):
    """A text of the desk that was made of one of the first room, where three things were said."""
    ana, leader = join("Ana"), lead()
    idea = {"sort": "need", "question": None, "lang": "en"}
    one = ana.act("idea.post", text="Benches", **idea)["id"]
    two = ana.act("idea.post", text="Shade", **idea)["id"]
    hidden = ana.act("idea.post", text="Hidden", **idea)["id"]
    leader.act("idea.hide", id=hidden, reason="insult")
    join("Ben", room=forum.rooms[1]).act("idea.post", text="Elsewhere", **idea)
    leader.act("room.move", to=1)
    theme = leader.act("theme.make", title="Places", lang="en", ideas=[two])["id"]
    ana.act("evidence.add", title="A law", url="", text="It says so.", lang="en")

    def job():
        room = db.session.get_one(Room, forum.rooms[0].id)
        origin = recommendations.begin(room, title="A desk", lang="en", theme_id=theme)
        made = recommendations.begin(
            db.session.get_one(Room, forum.desk.id), title="Together", lang="en"
        )
        source = Source(recommendation_id=made.id, origin_id=origin.id, revision=1, position=0)
        db.session.add(source)
        return made.id

    return write(job), one, two


def asked(who, recommendation):
    db.session.rollback()
    return citable(who.actor, {"recommendation": recommendation})


def test_desk_may_cite_what_its_rooms_show(forum, lead, entry):
    made, one, two = entry
    found = asked(lead(Role.ORGANISER, room=forum.desk), made)
    assert found["ideas"] == [
        {"id": two, "text": "Shade", "lang": "en", "own": True},
        {"id": one, "text": "Benches", "lang": "en", "own": False},
    ]
    (card,) = found["evidence"]
    assert (card["title"], card["text"]) == ("A law", "It says so.")


def test_only_organisers_ask_and_only_of_a_text_that_is_there(forum, lead, join, entry):
    made, _, _ = entry
    organiser = lead(Role.ORGANISER, room=forum.desk)
    for who, text, code in (
        (join("Ola"), made, "not_allowed"),
        (lead(Role.FACILITATOR), made, "not_allowed"),
        (organiser, 999, "gone"),
        (organiser, "1", "bad_shape"),
        (
            organiser,
            db.session.query(Recommendation.id).order_by(Recommendation.id).first()[0],
            "gone",
        ),
    ):
        with pytest.raises(Refused) as refusal:
            asked(who, text)
        assert refusal.value.code == code


def test_text_reads_without_its_marks():
    assert bare("Open one[^i12] desk [^e3], soon") == "Open one desk, soon"
    assert bare("[^1] [^i0] [i4]") == "[^1] [^i0] [i4]"
