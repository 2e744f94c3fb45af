"""Opinion groups: against published ones, against examples by hand, and what always holds."""

import time
from collections import Counter
from math import comb, sqrt

import numpy as np
import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.rooms.opinions import (
    NOBODY,
    cluster,
    components,
    find_groups,
    opinion_map,
    project,
    silhouette,
)
from tests.talks import BIODIVERSITY, BREXIT, conversation

NAN = float("nan")


def rand_index(one, other):
    """The adjusted Rand index: L. Hubert, P. Arabie, "Comparing partitions", 1985."""
    pairs = sum(comb(n, 2) for n in Counter(zip(one, other, strict=True)).values())
    first, second = (sum(comb(n, 2) for n in Counter(part).values()) for part in (one, other))
    expected = first * second / comb(len(one), 2)
    return (pairs - expected) / ((first + second) / 2 - expected)


def camps(sizes=(30, 20), width=12, holes=0.2, seed=1):
    """A room of camps, each of which mostly answers in its own way."""
    chance = np.random.default_rng(seed)
    rows = []
    for camp, size in enumerate(sizes):
        line = np.where((np.arange(width) + camp) % len(sizes) == 0, 1.0, -1.0)
        strays = chance.random((size, width)) < 0.1
        rows.append(np.where(strays, -line, line))
    votes = np.concatenate(rows)
    votes[chance.random(votes.shape) < holes] = NAN
    return votes


# ---- Published conversations ---------------------------------------------------------------------


@pytest.mark.parametrize(("name", "k"), [(BIODIVERSITY, None), (BREXIT, 2), (BREXIT, None)])
def test_groups_are_the_published_ones(name, k):
    real = conversation(name)

    found = opinion_map(real.votes, real.taken_out, k=k)

    both = [
        (published, int(ours))
        for published, ours in zip(real.published, found.groups, strict=True)
        if published and ours != NOBODY
    ]
    assert len(both) > 0.9 * sum(bool(published) for published in real.published)
    assert rand_index(*zip(*both, strict=True)) >= 0.85
    assert found.silhouette > 0.3


def test_rand_index_is_the_known_one():
    # Hubert and Arabie: equal partitions give 1; this one is worked out by hand: 1.2 / 3.7.
    assert rand_index("aab", "bba") == 1
    assert rand_index("aaabbb", "aabbcc") == pytest.approx((2 - 1.2) / (4.5 - 1.2))


# ---- By hand -------------------------------------------------------------------------------------


def test_silhouette_of_four_points_is_rousseeuws():
    # (0), (1) against (5), (6): a = 1; b = 5.5 and 4.5; s = 1 - a / b.
    points = np.array([[0.0, 0], [1, 0], [5, 0], [6, 0]])

    found = silhouette(points, np.array([0, 0, 1, 1]))

    assert found == pytest.approx(((1 - 1 / 5.5) + (1 - 1 / 4.5)) / 2)


def test_who_is_alone_has_no_silhouette():
    points = np.array([[0.0, 0], [4, 0], [5, 0]])
    # s: 0 for who is alone; 1 - 1/4 and 1 - 1/5.
    assert silhouette(points, np.array([0, 1, 1])) == pytest.approx((0 + 0.75 + 0.8) / 3)


def test_what_somebody_has_not_seen_counts_as_the_mean():
    votes = np.array([[1.0, 1], [1, -1], [-1, NAN]])

    mean, axes = components(votes)

    assert mean == pytest.approx([1 / 3, 0])
    # Centred: (2/3, 1), (2/3, -1), (-4/3, 0): the columns do not go together; 8/3 beats 2.
    assert np.abs(axes) == pytest.approx(np.eye(2), abs=1e-6)


def test_place_is_stretched_by_what_was_not_seen():
    mean, axes = np.zeros(4), np.array([[1.0, 0, 0, 0], [0, 1, 0, 0]])
    votes = np.array([[1.0, NAN, NAN, NAN], [1, 1, 0, 0]])
    # The square root of 4 statements over 1 seen; over 4 seen.
    assert project(votes, mean, axes) == pytest.approx(np.array([[2, 0], [1, 1]]))


def test_extremity_is_how_far_out_one_vote_alone_would_put_somebody():
    votes = camps()
    mean, axes = components(votes)
    alone = np.full((1, votes.shape[1]), NAN)
    alone[0, 3] = 1

    found = opinion_map(votes).extremity[3]

    assert found == pytest.approx(float(np.linalg.norm(project(alone, mean, axes))))


def test_weights_pull_a_centre():
    points = np.array([[0.0, 0], [1, 0], [2, 0], [2.2, 0]])
    assert len(set(cluster(points, 2, np.array([9.0, 1, 1, 1]))[[1, 2, 3]])) == 1
    assert cluster(points, 2, np.ones(4))[0] == cluster(points, 2, np.ones(4))[1]


# ---- Who is grouped ------------------------------------------------------------------------------


def test_who_has_voted_little_is_in_no_group():
    votes = camps(holes=0)
    votes[0, 6:] = NAN

    groups = opinion_map(votes).groups

    assert groups[0] == NOBODY
    assert (groups[1:] != NOBODY).all()


def test_few_are_made_more_by_the_most_active():
    votes = camps(sizes=(10, 10), holes=0)
    votes[:, 6:] = NAN
    assert sum(opinion_map(votes).sizes) == 15


def test_groups_smaller_than_asked_for_are_not_made():
    votes = camps(sizes=(40, 4), holes=0)
    assert min(opinion_map(votes).sizes) == 4
    assert min(opinion_map(votes, least=5).sizes) >= 5


@pytest.mark.parametrize("votes", [
    np.zeros((0, 0)), np.zeros((0, 3)), np.zeros((3, 0)), np.full((3, 4), NAN),
    np.ones((30, 8)), np.ones((1, 9)), np.array([[1.0], [-1], [1]]),
])  # fmt: skip
def test_where_there_is_nothing_to_tell_apart_there_is_no_map(votes):
    found = opinion_map(votes)
    assert found.places.shape == (len(votes), 2)
    assert np.isfinite(found.places).all()
    assert set(found.groups) <= {NOBODY, 0} or len(votes) == 3


# ---- What always holds ---------------------------------------------------------------------------


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000), order=st.randoms(use_true_random=False))
def test_order_of_papers_and_statements_does_not_matter(seed, order):
    votes = camps(sizes=(25, 18, 15), width=15, seed=seed)
    rows, columns = list(range(len(votes))), list(range(votes.shape[1]))
    order.shuffle(rows)
    order.shuffle(columns)

    one, other = opinion_map(votes), opinion_map(votes[rows][:, columns])

    assert rand_index(one.groups[rows].tolist(), other.groups.tolist()) == pytest.approx(1)
    assert other.silhouette == pytest.approx(one.silhouette, abs=1e-6)
    assert other.extremity == pytest.approx(one.extremity[columns], abs=1e-6)


@settings(max_examples=25, deadline=None)
@given(seed=st.integers(0, 1000))
def test_turning_all_answers_round_changes_no_group(seed):
    votes = camps(seed=seed)
    one, other = opinion_map(votes).groups, opinion_map(-votes).groups
    assert rand_index(one.tolist(), other.tolist()) == pytest.approx(1)


@settings(max_examples=50, deadline=None)
@given(st.lists(st.tuples(st.floats(-5, 5), st.floats(-5, 5)), min_size=2, max_size=130))
def test_groups_are_numbered_by_size_and_silhouettes_are_bounded(places):
    labels, score = find_groups(np.array(places))
    sizes = np.bincount(labels)
    assert (sizes > 0).all()
    assert (np.diff(sizes) <= 0).all()
    assert -1 <= score <= 1


def test_large_room_is_mapped_in_time():
    votes = camps(sizes=(900, 700, 400), width=900, holes=0.7)
    began = time.process_time()

    found = opinion_map(votes)

    assert found.sizes == [900, 700, 400]
    assert time.process_time() - began < 5


def test_spread_of_two_statements_is_the_largest_there_is():
    """Whatever other direction one takes, voters differ less along it."""
    votes = camps()
    mean, axes = components(votes)
    filled = np.where(np.isnan(votes), mean, votes) - mean
    most = ((filled @ axes[0]) ** 2).sum()
    chance = np.random.default_rng(3)
    for direction in chance.normal(size=(200, votes.shape[1])):
        assert ((filled @ direction) ** 2).sum() / (direction @ direction) <= most + 1e-9
    assert float(axes[0] @ axes[1]) == pytest.approx(0, abs=1e-9)
    assert sqrt(float(axes[0] @ axes[0])) == pytest.approx(1)
