"""What may be told beside a total never lets a small count be worked out."""

from itertools import product

from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.rooms.small_cells import LEAST, OPEN, Row, shown


def told(*counts):
    return [(row.sectors, row.count) for row in shown(dict(zip("abcdef", counts, strict=False)))]


def test_large_counts_are_told():
    assert shown({"a": 7, "b": 5}) == [Row(("a",), 7), Row(("b",), 5)]


def test_two_small_counts_are_hidden_where_they_stay_open():
    assert told(9, 2, 3) == [(("a",), 9), (("b",), None), (("c",), None)]


def test_one_small_count_is_joined_with_the_smallest_of_the_others():
    assert told(9, 6, 1) == [(("a",), 9), (("b", "c"), 7)]


def test_two_that_could_only_be_four_are_joined():
    assert told(9, 4, 4) == [(("a", "b", "c"), 17)]


def test_more_are_joined_where_one_is_not_enough():
    assert told(20, 5, 1) == [(("b", "a", "c"), 26)]


def test_nothing_is_told_where_nothing_may_be():
    assert told(1) == told(4, 4) == told(0, 0) == told(5, 0) == []


def possible(rows, total):
    """Every way in which the counts could be, of all that a reader knows."""
    names = [sector for row in rows for sector in row.sectors]
    for values in product(range(14), repeat=len(names)):
        counts = dict(zip(names, values, strict=True))
        if sum(values) != total:
            continue
        if all(_fits(row, counts) for row in rows):
            yield counts


def _fits(row, counts):
    if row.count is None:
        return counts[row.sectors[0]] < LEAST
    small = [counts[sector] < LEAST for sector in row.sectors]
    # Those that were joined because they are small stand last; the others are known to be large.
    return sum(counts[s] for s in row.sectors) == row.count and small == sorted(small)


@settings(deadline=None, max_examples=60)  # it looks at every way there is
@given(st.lists(st.integers(0, 11), min_size=1, max_size=4))
def test_no_small_count_can_be_worked_out(counts):
    sectors = dict(zip("abcd", counts, strict=False))
    rows = shown(sectors)
    if not rows:
        return
    ways = list(possible(rows, sum(counts)))
    assert sectors in ways
    for sector, count in sectors.items():
        if count < LEAST:
            assert len({way[sector] for way in ways if way[sector] < LEAST}) >= OPEN
    assert {sector for row in rows for sector in row.sectors} == set(sectors)
