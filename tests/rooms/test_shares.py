"""Who wrote a text, by sector: no row of few, nothing that tells a sector was silent."""

import random

from facilitator.rooms.shares import WORTH, Stretch, percents, rows, spans

FIVE = [WORTH] * 5
SECTORS = ("ngo", "city", "diaspora", "")


def test_rows_are_told_where_enough_people_wrote():
    written = {"ngo": [*FIVE, 900], "city": FIVE, "diaspora": FIVE}

    assert rows(written) == [("ngo",), ("city",), ("diaspora",)]


def test_sectors_of_few_authors_are_joined_until_there_are_enough():
    written = {"ngo": [*FIVE, 80, 80], "city": [400, 60], "diaspora": [*FIVE, 70], "": [50, 50, 50]}

    assert rows(written) == [("ngo",), ("city", ""), ("diaspora",)]
    assert rows({**written, "": [50]}) == [("ngo",), ("city", "diaspora", "")]


def test_silent_sectors_share_a_row_with_others():
    """Else their absence would say that none of them wrote."""
    written = {"ngo": [*FIVE, 50], "city": FIVE, "diaspora": []}

    assert rows(written) == [("ngo",), ("city", "diaspora")]


def test_people_who_touched_a_word_do_not_hide_the_one_who_wrote():
    written = {"ngo": [900, 1, 1, 1, 1], "city": [*FIVE, 60], "diaspora": FIVE}

    assert rows(written) == [("ngo", "diaspora"), ("city",)]


def test_there_is_no_breakdown_of_few_people_or_of_one_row():
    assert rows({"ngo": FIVE, "city": [100]}) == []
    assert rows({"ngo": [100], "city": [100]}) == []
    assert rows({}) == []


def test_every_row_holds_enough_authors_and_every_sector_stands_in_one():
    dice = random.Random(8)
    for _ in range(2_000):
        written = {s: [dice.randrange(120) for _ in range(dice.randrange(9))] for s in SECTORS}
        least = dice.choice((5, 7))
        found = rows(written, least)
        assert sorted(s for row in found for s in row) == (sorted(SECTORS) if found else [])
        assert len(found) != 1
        for row in found:
            assert sum(n >= WORTH for sector in row for n in written[sector]) >= least


def test_spans_join_neighbours_of_one_row_and_leave_out_who_is_in_none():
    stretches = [
        Stretch("s:a", 0, 5, 1),
        Stretch("s:a", 5, 9, 2),
        Stretch("s:a", 9, 12, 3),
        Stretch("s:a", 12, 13, 1),
        Stretch("s:b", 0, 4, 1),
        Stretch("s:b", 6, 8, 2),
    ]

    found = spans(stretches, {1: 0, 2: 0})

    assert found == [
        {"root": "s:a", "start": 0, "end": 9, "row": 0},
        {"root": "s:a", "start": 12, "end": 13, "row": 0},
        {"root": "s:b", "start": 0, "end": 4, "row": 0},
        {"root": "s:b", "start": 6, "end": 8, "row": 0},
    ]
    assert percents(found, 2) == [100, 0]
    assert percents([], 1) == [0]
