"""Which statement comes next: the published priority, by hand."""

import random
from collections import Counter

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.rooms.priority import Tallied, priority, shortlist

COUNTS = st.integers(0, 2000)


def test_priority_of_a_new_statement():
    # No answers: half pass, half agree; (1/2 * 1 * 1/2 * 9)^2.
    assert priority(Tallied(1, 0, 0, 0, 0.0)) == pytest.approx(2.25**2)


def test_priority_after_ten_answers():
    # 6 agree, 3 disagree, 1 passes, E = 0.5: pass 2/12, agree 7/12, novelty 1 + 8/4.
    found = priority(Tallied(1, 6, 3, 1, 0.5))
    assert found == pytest.approx((10 / 12 * 1.5 * 7 / 12 * 3) ** 2)


@given(COUNTS, COUNTS, COUNTS, st.floats(0, 50))
def test_what_is_passed_more_comes_later_and_what_stands_far_out_sooner(a, d, p, far):
    here = priority(Tallied(1, a, d, p, far))
    assert here > 0
    assert priority(Tallied(1, a, d, p + 1, far)) < here
    assert priority(Tallied(1, a, d, p, far + 1)) > here


@given(st.lists(COUNTS, max_size=30), st.integers(0, 15), st.integers())
def test_list_is_short_and_names_nothing_twice(counts, many, seed):
    said = [Tallied(n, count, count, 0, 0.0) for n, count in enumerate(counts)]
    found = shortlist(said, many, random.Random(seed))
    assert len(found) == len(set(found)) == min(many, len(counts))
    assert set(found) <= set(range(len(counts)))


def test_first_place_goes_by_priority():
    likely, unlikely = Tallied(1, 5, 5, 0, 0.0), Tallied(2, 1, 3, 6, 0.0)
    share = priority(likely) / (priority(likely) + priority(unlikely))
    chance = random.Random(4)
    first = Counter(shortlist([likely, unlikely], 1, chance)[0] for _ in range(4000))
    assert first[1] / 4000 == pytest.approx(share, abs=0.03)
