"""What may be told of opinions: nothing about few people, and never where one stands."""

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.rooms.opinions_told import SQUARES, outline, squares, told
from tests.talks import BIODIVERSITY, conversation

NAN = float("nan")


def room(*sizes, width=10):
    """Camps that disagree on everything but the first statement."""
    rows = [np.where(np.arange(width) % 2 == camp % 2, 1.0, -1.0) for camp in range(len(sizes))]
    votes = np.concatenate([np.tile(row, (size, 1)) for row, size in zip(rows, sizes, strict=True)])
    votes[:, 0] = 1
    return votes


def tell(votes, sectors=None, taken_out=None):
    sectors = np.full(len(votes), -1) if sectors is None else np.array(sectors)
    taken_out = np.zeros(votes.shape[1], bool) if taken_out is None else taken_out
    return told(votes, taken_out, sectors)


def test_clear_groups_of_a_large_room_are_told():
    found = tell(room(14, 12))
    assert found["why"] is None
    assert [group["size"] for group in found["groups"]] == [14, 12]
    assert found["agreed"] == [[0, "agree"]]
    assert set(found["divides"]) == set(range(1, 10))
    assert found["groups"][0]["stands_for"] != found["groups"][1]["stands_for"]


@pytest.mark.parametrize(("votes", "why"), [
    (room(10, 9), "few"), (room(14, 12)[:, :6], "few"), (np.ones((40, 10)), "unclear"),
    (np.zeros((0, 4)), "few"), (room(40, 4), "unclear"),
])  # fmt: skip
def test_small_or_muddled_rooms_have_no_groups(votes, why):
    found = tell(votes)
    assert found["why"] == why
    assert found["groups"] == found["places"] == []


def test_sectors_are_compared_when_two_of_them_are_large_enough():
    votes = room(14, 12)
    assert tell(votes, [0] * 22 + [1] * 4)["sectors"] is None
    assert tell(votes, [0] * 14 + [1] * 12)["sectors"] == [[0, "agree"]]


def test_what_was_taken_out_is_in_no_list():
    gone = np.zeros(10, bool)
    gone[0] = True
    found = tell(room(14, 12), taken_out=gone)
    assert found["agreed"] == []


@settings(max_examples=30, deadline=None)
@given(st.integers(0, 2**32 - 1), st.integers(0, 60), st.integers(1, 14))
def test_fewer_than_five_are_never_told_of(seed, people, width):
    chance = np.random.default_rng(seed)
    votes = chance.choice([1.0, -1.0, 0.0, NAN], size=(people, width))
    camp = people // 2
    votes[:camp, : width // 2] = 1
    votes[camp:, : width // 2] = -1
    found = tell(votes)
    assert all(group["size"] >= 5 for group in found["groups"])
    assert sum(group["size"] for group in found["groups"]) == found["grouped"]
    assert len(found["places"]) <= people / 5


@given(st.lists(st.tuples(st.floats(-1, 1), st.floats(-1, 1)), min_size=1, max_size=200))
def test_no_square_tells_of_fewer_than_five(places):
    cells = squares(np.array(places), 5)
    assert len(cells) <= len(places) // 5
    assert sum((0, 5, 10, 20)[step] for *_, step in cells) <= len(places)
    assert all(0 <= x < SQUARES and 0 <= y < SQUARES for x, y, _ in cells)


def test_outline_of_a_line_lies_along_it():
    x, y, along, across, turn = outline(np.array([[0.0, 0], [0.2, 0.2], [0.4, 0.4], [0.6, 0.6]]))
    assert (x, y) == (0.3, 0.3)
    assert along > across
    assert turn % 180 == pytest.approx(45)


def test_what_few_have_answered_is_no_opinion_of_the_room():
    found = tell(np.ones((4, 3)))
    assert found["agreed"] == []
    assert tell(np.ones((5, 3)))["agreed"] == [[0, "agree"], [1, "agree"], [2, "agree"]]


def test_real_conversation_is_told_with_two_groups():
    real = conversation(BIODIVERSITY)
    found = told(real.votes, real.taken_out, np.full(len(real.votes), -1))
    assert len(found["groups"]) == 2
    assert found["agreed"]
    assert found["divides"]
    assert len(found["places"]) > 5
    listed = [column for column, _ in found["agreed"]] + found["divides"] + found["undecided"]
    assert not real.taken_out[listed].any()
