"""For every action there is: the news tell the whole truth, and twice is once."""

import pytest

import facilitator.domain  # noqa: F401 - every action there is
from facilitator.actions import ACTIONS
from facilitator.models import Role
from tests.actions.stories import STORIES

#: Whoever repeats an operation says that it is the same.
OP = "story-0001"


def test_every_action_has_a_story():
    assert set(STORIES) == set(ACTIONS)


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_news_lead_to_the_same_room_as_a_fresh_start(name, world):
    who, payload = STORIES[name](world)
    watchers = [world.lead, world.organiser]
    for watcher in watchers:
        watcher.hear()

    who.act(name, op=OP, **payload)

    for watcher in watchers:
        watcher.hear()
        assert watcher.things == watcher.fresh()


@pytest.mark.parametrize("name", sorted(ACTIONS))
def test_done_twice_is_done_once(name, world):
    who, payload = STORIES[name](world)
    answer = who.act(name, op=OP, **payload)
    once = world.lead.fresh(), world.organiser.fresh()

    again = who.act(name, op=OP, **payload)

    assert (world.lead.fresh(), world.organiser.fresh()) == once
    if who.ref.role is not Role.CLOCK:
        assert again == answer
