"""Backing: how many people stand behind a theme."""

import pytest

from facilitator.db import db, write
from facilitator.models import Idea, IdeaState, Phase, Room
from facilitator.rooms.backing import recount


@pytest.fixture
def people(join, lead):
    """Ana and Ben, in a room that is grouping: Ana supports all of three ideas, Ben the first."""
    ana, ben = join("Ana"), join("Ben")
    for text in ("Benches", "Shade", "Buses"):
        ana.act("idea.post", sort="need", question=None, text=text, lang="en")
    lead().go(Phase.GROUP)
    for idea in (1, 2, 3):
        ana.act("idea.support", id=idea, on=True)
    ben.act("idea.support", id=1, on=True)
    return ana, ben


def backing_of(phone):
    phone.hear()
    return {i: told["seats"] for i, told in phone.all("backing").items()}


def theme(phone, title, *ideas):
    return phone.act("theme.make", title=title, lang="en", ideas=list(ideas))["id"]


def test_each_person_counts_once_in_a_theme(people):
    ana, ben = people
    both, one = theme(ana, "Places", 1, 2), theme(ana, "Ways", 3)
    assert backing_of(ben) == {both: 2, one: 1}

    ben.act("idea.support", id=2, on=True)
    assert backing_of(ben) == {both: 2, one: 1}
    ben.act("idea.support", id=1, on=False)
    ben.act("idea.support", id=2, on=False)
    assert backing_of(ana) == {both: 1, one: 1}


def test_it_goes_along_with_what_is_moved_merged_split_and_withdrawn(people):
    ana, ben = people
    places, ways = theme(ana, "Places", 1), theme(ana, "Ways", 2, 3)
    ana.act("theme.fill", theme=ways, ideas=[1])
    assert backing_of(ben) == {places: 0, ways: 2}
    shade = ana.act("theme.split", id=ways, ideas=[2], title="Shade", lang="en")["id"]
    assert backing_of(ben) == {places: 0, ways: 2, shade: 1}
    ana.act("theme.merge", into=places, themes=[ways, shade])
    assert backing_of(ben) == {places: 2}
    ana.act("idea.withdraw", id=1)
    assert backing_of(ben) == {places: 1}


def test_it_comes_back_with_what_is_undone(people):
    ana, ben = people
    places = theme(ana, "Places", 1, 2)
    gone = ana.act("theme.remove", id=places)["step"]["id"]
    assert backing_of(ben) == {}
    ben.act("idea.support", id=1, on=False)
    ana.act("theme.undo", step=gone)

    assert backing_of(ben) == {places: 1}


def test_what_is_hidden_does_not_count(people):
    ana, ben = people
    places = theme(ana, "Places", 1, 2)

    def hide():
        idea = db.session.get_one(Idea, 1)
        idea.state = IdeaState.HIDDEN
        db.session.info["news"] = []
        recount(db.session.get_one(Room, idea.room_id), [idea.theme_id, None])

    write(hide)
    assert backing_of(ben) == {places: 1}
