"""What statements say of groups: examples worked out by hand from the published formulae."""

from math import sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st
from hypothesis.extra.numpy import arrays

from facilitator.rooms.agreement import (
    AGREE,
    DISAGREE,
    Counts,
    agreed,
    agreed_by_sectors,
    consensus,
    dividing,
    more_surely,
    pooled,
    representing,
    share,
    surely,
    undecided,
)
from facilitator.rooms.opinions import opinion_map
from tests.talks import BREXIT, conversation


def counts(agree, disagree, seen):
    return Counts(*(np.array(part, dtype=float) for part in (agree, disagree, seen)))


def everything(many):
    return np.ones(many, dtype=bool)


def test_share_adds_one_vote_for_and_one_against():
    assert share(np.array(3.0), np.array(4.0)) == pytest.approx(4 / 6)
    assert share(np.array(0.0), np.array(0.0)) == 0.5


def test_one_proportion_is_tested_with_one_vote_added():
    # 8 of 9: 2 * sqrt(10) * (9/10 - 1/2).
    assert surely(np.array(8.0), np.array(9.0)) == pytest.approx(0.8 * sqrt(10))


def test_two_proportions_are_tested_with_one_added_to_each_count():
    # 7 of 9 here, 1 of 9 there: 8/10 and 2/10; pooled 1/2; sqrt(1/4 * 2/10).
    found = more_surely(*(np.array(n, dtype=float) for n in (7, 9, 1, 9)))
    assert found == pytest.approx(0.6 / sqrt(0.05))
    # Everybody everywhere: the pooled share is 1, and nothing differs.
    assert more_surely(*(np.array(n, dtype=float) for n in (9, 9, 4, 4))) == 0


def test_consensus_is_the_product_of_all_groups():
    both = counts([[8, 8], [3, 0]], [[0, 0], [0, 3]], [[8, 8], [3, 3]])
    assert consensus(both, AGREE) == pytest.approx([9 / 10 * 4 / 5, 9 / 10 * 1 / 5])
    assert consensus(both, DISAGREE) == pytest.approx([1 / 10 * 1 / 5, 1 / 10 * 4 / 5])


def test_one_group_can_veto_what_is_agreed():
    both = counts([[90, 90], [9, 2]], [[2, 2], [1, 8]], [[95, 95], [12, 12]])
    assert agreed(both, open_=everything(2)) == [(0, AGREE)]
    assert dividing(both, open_=everything(2)) == [1]


def test_what_all_are_against_is_agreed_as_well():
    both = counts([[1], [0]], [[20], [18]], [[22], [18]])
    assert agreed(both, open_=everything(1)) == [(0, DISAGREE)]


def test_what_most_pass_is_undecided():
    whole = counts([[4, 18, 9]], [[4, 1, 9]], [[20, 20, 18]])
    assert undecided(whole, open_=everything(3)) == [0]
    assert dividing(whole, open_=everything(3)) == [2]


def test_statement_stands_for_a_group_when_it_differs_from_the_others():
    # 0: both agree; 1: the first alone; 2: the first alone is against; 3: nobody has seen it.
    both = counts(
        [[20, 19, 1, 0], [20, 2, 19, 0]], [[0, 1, 18, 0], [0, 17, 1, 0]],
        [[20, 20, 20, 0], [20, 20, 20, 0]],
    )  # fmt: skip
    assert representing(both, 0, open_=everything(4)) == [(1, AGREE), (2, DISAGREE)]
    assert representing(both, 1, open_=everything(4)) == [(2, AGREE), (1, DISAGREE)]


def test_best_agreed_statement_stands_first_whatever_its_weight():
    both = counts([[1, 14], [19, 6]], [[19, 3], [1, 12]], [[20, 20], [20, 20]])
    assert representing(both, 0, open_=everything(2)) == [(1, AGREE), (0, DISAGREE)]


def test_what_was_taken_out_is_in_no_list():
    both = counts([[20, 20], [20, 20]], [[0, 0], [0, 0]], [[20, 20], [20, 20]])
    assert agreed(both, open_=np.array([True, False])) == [(0, AGREE)]


def test_votes_are_counted_by_group_without_those_in_none():
    votes = np.array([[1.0, np.nan], [1, 0], [-1, -1], [1, 1]])
    found = Counts.of(votes, np.array([0, 0, 1, -1]))
    assert found.agree.tolist() == [[2, 0], [0, 0]]
    assert found.disagree.tolist() == [[0, 0], [1, 1]]
    assert found.seen.tolist() == [[2, 1], [1, 1]]


# ---- Sectors -------------------------------------------------------------------------------------


def test_every_sector_has_to_agree_and_small_ones_count_together():
    # The third and the fourth are four together: they take in the smallest of the others.
    four = counts([[9, 9], [4, 4], [2, 1], [1, 0]], [[1, 1], [2, 2], [0, 1], [1, 2]],
                  [[10, 10], [6, 6], [2, 2], [2, 2]])  # fmt: skip
    assert pooled(four.seen[:, 0], 5) == [[2, 3, 1], [0]]
    # First: 9 of 10 and 7 of 10. Second: 9 of 10, and 5 of 10, which is not more than half.
    assert agreed_by_sectors(four, 5, open_=everything(2)) == [(0, AGREE)]


def test_one_row_is_no_comparison():
    assert (
        agreed_by_sectors(counts([[9], [3]], [[0], [0]], [[9], [3]]), 5, open_=everything(1)) == []
    )
    assert pooled([2, 2], 5) == []


@given(st.lists(st.integers(0, 30), max_size=8), st.integers(1, 9))
def test_no_row_of_sectors_is_small_and_everybody_is_in_one(seen, least):
    rows = pooled(seen, least)
    assert all(sum(seen[row] for row in joined) >= least for joined in rows)
    present = sorted(row for row, count in enumerate(seen) if count)
    assert sorted(row for joined in rows for row in joined) == (present if rows else [])
    assert rows or sum(seen) < least


# ---- What always holds ---------------------------------------------------------------------------

VOTES = arrays(float, st.tuples(st.integers(1, 30), st.integers(1, 12)),
               elements=st.sampled_from([1.0, -1.0, 0.0, float("nan")]))  # fmt: skip


@settings(max_examples=60, deadline=None)
@given(VOTES, st.integers(1, 4), st.randoms(use_true_random=False))
def test_order_of_papers_never_matters_and_sums_add_up(votes, many, order):
    groups = np.array([n % many for n in range(len(votes))])
    rows = list(range(len(votes)))
    order.shuffle(rows)
    one, other = Counts.of(votes, groups), Counts.of(votes[rows], groups[rows])
    free = everything(votes.shape[1])

    assert (one.total.seen[0] == (~np.isnan(votes)).sum(axis=0)).all()
    assert (one.agree + one.disagree <= one.seen).all()
    for find in (agreed, dividing, undecided):
        assert find(one, open_=free) == find(other, open_=free)
    for answer in (AGREE, DISAGREE):
        assert ((consensus(one, answer) > 0) & (consensus(one, answer) < 1)).all()


@settings(max_examples=60, deadline=None)
@given(VOTES, st.integers(1, 4))
def test_another_vote_for_it_never_makes_a_statement_less_agreed(votes, many):
    groups = np.array([n % many for n in range(len(votes) + 1)])
    more = np.concatenate([votes, np.ones((1, votes.shape[1]))])
    before = consensus(Counts.of(np.concatenate([votes, votes[:1] * np.nan]), groups), AGREE)
    assert (consensus(Counts.of(more, groups), AGREE) >= before).all()


def test_no_statement_is_both_agreed_and_undecided():
    real = conversation(BREXIT)
    found = Counts.of(real.votes, opinion_map(real.votes).groups)
    free = everything(real.votes.shape[1])
    lists = [{column for column, _ in agreed(found, open_=free)},
             set(dividing(found, open_=free)), set(undecided(found, open_=free))]  # fmt: skip
    assert lists[0]
    assert lists[1]
    assert not lists[0] & lists[1]
    assert not lists[0] & lists[2]
