"""Who is offered the floor next."""

from hypothesis import given
from hypothesis import strategies as st

from facilitator.rooms.fairness import Waiting, in_turn, minutes


def test_who_has_spoken_least_comes_first():
    waiting = [Waiting(1, 300, 1), Waiting(2, 0, 1), Waiting(3, 90, 2)]
    assert in_turn(waiting, {}) == [2, 3, 1]


def test_sectors_take_turns_among_those_who_have_spoken_as_little():
    waiting = [Waiting(1, 0, 1), Waiting(2, 0, 1), Waiting(3, 0, 1), Waiting(4, 0, 2)]
    assert in_turn(waiting, {}) == [1, 4, 2, 3]


def test_sector_that_has_spoken_least_begins():
    waiting = [Waiting(1, 0, 1), Waiting(2, 0, 2)]
    assert in_turn(waiting, {1: 600, 2: 60}) == [2, 1]


def test_otherwise_who_raised_the_hand_first():
    assert in_turn([Waiting(7, 0, 1), Waiting(3, 0, 1)], {}) == [3, 7]


def test_some_seconds_more_or_less_do_not_decide():
    assert in_turn([Waiting(1, 70, 1), Waiting(2, 65, 1)], {}) == [1, 2]
    assert [minutes(seconds) for seconds in (0, 1, 60, 61)] == [0, 1, 1, 2]


hands = st.lists(
    st.builds(
        Waiting,
        hand=st.integers(1, 99),
        spoken=st.integers(0, 600),
        sector=st.none() | st.integers(1, 4),
    ),
    unique_by=lambda one: one.hand,
)


@given(hands)
def test_everybody_has_a_turn_and_nobody_who_spoke_more_comes_before(waiting):
    order = in_turn(waiting, {})
    spoken = {one.hand: minutes(one.spoken) for one in waiting}
    assert sorted(order) == sorted(spoken)
    assert [spoken[hand] for hand in order] == sorted(spoken.values())
