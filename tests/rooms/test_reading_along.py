"""Observers and rapporteurs: they hear what the room hears, are not counted, and say little."""

import pytest

from facilitator.actions import Refused
from facilitator.models import Phase, Role
from facilitator.rooms.snapshot import audience_of


@pytest.fixture(params=[Role.OBSERVER, Role.RAPPORTEUR])
def reader(request, lead):
    return lead(request.param)


def test_readers_hear_what_the_room_hears(join, reader):
    join("Ana").act("idea.post", sort="need", question=None, text="Benches", lang="en")

    reader.hear()

    assert [idea["text"] for idea in reader.all("idea").values()] == ["Benches"]
    assert audience_of(reader.actor) == "room"
    assert (reader.mine["seat"], reader.mine["ideas"]) == (None, [])


def test_readers_say_nothing_in_the_room(join, lead, reader):
    idea = join("Ana").act("idea.post", sort="need", question=None, text="Benches", lang="en")

    for name, payload in (
        ("idea.post", {"sort": "need", "question": None, "text": "A", "lang": "en"}),
        ("idea.support", {"id": idea["id"], "on": True}),
        ("comment.post", {"idea": idea["id"], "text": "A", "lang": "en"}),
        ("room.move", {"to": 1}),
        ("seat.assign", {"number": 1000}),
    ):
        with pytest.raises(Refused, match="You may not do this here"):
            reader.act(name, **payload)


def test_rapporteur_begins_a_recommendation_and_an_observer_does_not(lead):
    lead().go(Phase.DRAFT)

    made = lead(Role.RAPPORTEUR).act("recommendation.start", title="A desk", lang="en", theme=None)
    with pytest.raises(Refused):
        lead(Role.OBSERVER).act("recommendation.start", title="A desk", lang="en", theme=None)

    assert made["id"]
