"""Tables for everybody: sizes, nobody alone, and the best there is where all can be tried."""

import random
from collections import Counter
from itertools import combinations

import pytest
from hypothesis import given, settings
from hypothesis import strategies as st

from facilitator.forums.mixing import LEAST, MOST, Guest, Search, met_before, mix, sizes

people = st.lists(
    st.tuples(st.none() | st.integers(0, 3), st.sampled_from(["pl", "pl", "uk", "en"])),
    min_size=1,
    max_size=40,
).map(lambda said: [Guest(n, *one) for n, one in enumerate(said)])


def hall(many=200, seed=1):
    """A hall of seven sectors and four languages, unequal as they are."""
    chance = random.Random(seed)
    sectors = chance.choices([*range(7), None], [40, 30, 10, 8, 5, 4, 3, 3], k=many)
    tongues = chance.choices(["pl", "uk", "en", "cs"], [60, 25, 10, 5], k=many)
    return [Guest(n, *one) for n, one in enumerate(zip(sectors, tongues, strict=True))]


def harm(guests, tables, before=()):
    search = Search(guests, met_before(before), languages=True, chance=random.Random(0))
    return sum(map(search.harm, tables))


def splits(ids, places):
    """Every way to seat people at tables of these sizes."""
    if not places:
        yield []
        return
    first, *rest = ids
    for others in combinations(rest, places[0] - 1):
        table = [first, *others]
        left = [one for one in rest if one not in others]
        for more in splits(left, places[1:]) if left else [[]]:
            yield [table, *more]


@pytest.mark.parametrize("many", range(10, 600))
def test_tables_are_of_five_to_eight_and_even(many):
    found = sizes(many)

    assert sum(found) == many
    assert set(found) <= set(range(LEAST, MOST + 1))
    assert max(found) - min(found) <= 1


def test_few_people_sit_together_and_nine_at_two_tables():
    assert sizes(0) == []
    assert [sizes(n) for n in range(1, 9)] == [[n] for n in range(1, 9)]
    assert sizes(9) == [5, 4]
    assert sizes(13, 3, 4) == [4, 3, 3, 3]


@settings(max_examples=60, deadline=None)
@given(people, st.text(max_size=5))
def test_everybody_has_one_place_and_the_seed_decides(guests, seed):
    tables = mix(guests, seed=seed)

    assert sorted(id_ for table in tables for id_ in table) == [guest.id for guest in guests]
    assert sorted(map(len, tables)) == sorted(sizes(len(guests)))
    assert mix(list(reversed(guests)), seed=seed) == tables


@settings(max_examples=25, deadline=None)
@given(people.filter(lambda guests: len(guests) in (9, 10, 11)))
def test_no_other_tables_are_better_where_all_can_be_tried(guests):
    """Two tables of 9 to 11 people: the search finds the least harm there is, by every count."""
    tables = mix(guests, seed="a")
    places = sizes(len(guests))
    ids = [guest.id for guest in guests]
    ways = [*splits(ids, places), *splits(ids, places[::-1])]

    assert harm(guests, tables) == min(harm(guests, way) for way in ways)


def test_hall_of_two_hundred_sits_well():
    guests = hall()
    known = {guest.id: guest for guest in guests}

    tables = mix(guests, seed="first round")

    assert len(tables) == 31
    lone = 0
    for table in tables:
        sectors = Counter(known[one].sector for one in table if known[one].sector is not None)
        tongues = Counter(known[one].lang for one in table)
        assert LEAST <= len(table) <= MOST
        assert min(tongues.values()) >= 2
        assert len(sectors) >= 2
        assert max(sectors.values()) <= (len(table) + 1) // 2
        lone += sum(n == 1 for n in sectors.values())
    assert lone <= 4


def test_next_round_brings_new_people_together():
    guests = hall(60)
    first = mix(guests, seed="one")

    second = mix(guests, seed="two", before=[first])

    pairs = {pair for table in first for pair in combinations(table, 2)}
    again = [pair for table in second for pair in combinations(table, 2) if pair in pairs]
    assert len(again) <= len(pairs) / 10
    assert harm(guests, second) // 1000 <= harm(guests, first) // 1000 + 2


def test_a_sector_is_never_alone_at_a_table_where_others_are_enough():
    guests = [Guest(n, 0 if n < 20 else 1, "pl") for n in range(24)]

    tables = mix(guests, seed="a")

    assert all({guests[one].sector for one in table} == {0, 1} for table in tables)


def test_speakers_of_a_rare_language_sit_together():
    guests = [Guest(n, n % 4, "ka" if n in (3, 17) else "pl") for n in range(30)]

    tables = mix(guests, seed="a")

    assert sum({3, 17} <= set(table) for table in tables) == 1


def test_languages_may_be_left_out_of_account():
    guests = [Guest(n, n % 2, str(n)) for n in range(10)]

    spoken, unspoken = (mix(guests, seed="a", languages=on) for on in (True, False))

    for tables in (spoken, unspoken):
        assert sorted(map(len, tables)) == [5, 5]
