"""When a vote carries: majorities, quorum, sectors, blocks."""

import pytest
from hypothesis import given
from hypothesis import strategies as st

from facilitator.rooms.methods import Sides
from facilitator.rooms.rules import Rule, Turnout, Voted, compared, joined, judged, wording


def passed(
    rule, favour, against, *, neither=0, present=100, sectors=None, blocks=0, can_block=False
):
    sides = Sides(favour, neither, against, blocks)
    turnout = Turnout(favour + neither + against, present)
    return judged(rule, sides, turnout, sectors or {}, can_block=can_block).passed


@pytest.mark.parametrize(
    ("rule", "favour", "against", "expected"),
    [
        (Rule(), 3, 2, True),
        (Rule(), 2, 2, False),
        (Rule(), 0, 0, False),
        (Rule(majority="absolute"), 51, 49, True),
        (Rule(majority="absolute"), 50, 0, False),
        # Two thirds of those voting, as in the UN General Assembly on important questions: the
        # rules of procedure, 83 and 86, leave out who abstains.
        (Rule(majority="qualified", parts=2, of=3), 20, 10, True),
        (Rule(majority="qualified", parts=2, of=3), 19, 10, False),
        (Rule(majority="qualified", parts=60, of=100), 6, 4, True),
        (Rule(majority="qualified", parts=1, of=2), 0, 0, False),
        (Rule(majority="threshold", least=10), 10, 40, True),
        (Rule(majority="threshold", least=10), 9, 0, False),
    ],
)
def test_majorities(rule, favour, against, expected):
    assert passed(rule, favour, against, neither=7) is expected


def test_quorum_is_of_those_present():
    rule = Rule(quorum=50)
    assert [passed(rule, n, 0, present=9) for n in (4, 5)] == [False, True]
    assert [compared(rule, 9, Turnout(n, 9)).passed for n in (4, 5)] == [False, True]


def test_so_many_blocks_stop_it():
    assert passed(Rule(), 9, 1, blocks=1, can_block=True) is False
    assert passed(Rule(blocks=2), 9, 1, blocks=1, can_block=True) is True
    assert passed(Rule(blocks=0), 9, 1, blocks=1, can_block=True) is True


def test_comparing_decides_nothing_unless_asked():
    assert compared(Rule(), 9, Turnout(3, 9)) == (None, [])
    reaches = Rule(majority="threshold", least=8)
    assert [compared(reaches, best, Turnout(3, 9)).passed for best in (7, 8)] == [False, True]


def test_every_sector_has_to_agree():
    rule = Rule(sectors=50)
    sectors = {"a": Voted(10, 9), "b": Voted(6, 3)}
    assert passed(rule, 12, 4, sectors=sectors) is True
    sectors["b"] = Voted(6, 2)
    verdict = judged(rule, Sides(11, 0, 5), Turnout(16, 16), sectors)
    assert verdict.passed is False
    assert [part.met for part in verdict.why] == [True, False]


@pytest.mark.parametrize(
    ("sectors", "rows"),
    [
        ({"a": Voted(7, 4), "b": Voted(5, 5)}, [(5, 5), (7, 4)]),
        # small ones together are large enough
        ({"a": Voted(7, 4), "b": Voted(3, 1), "c": Voted(2, 2)}, [(7, 4), (5, 3)]),
        # … or join the smallest other
        ({"a": Voted(9, 4), "b": Voted(6, 6), "c": Voted(4, 0)}, [(10, 6), (9, 4)]),
        # a small room is one row
        ({"a": Voted(2, 1), "b": Voted(1, 1)}, [(3, 2)]),
        ({"a": Voted(0, 0)}, []),
        ({}, []),
    ],
)
def test_small_sectors_are_counted_together(sectors, rows):
    assert joined(sectors) == rows


VOTED = st.integers(0, 12).flatmap(lambda n: st.builds(Voted, st.just(n), st.integers(0, n)))


@given(st.dictionaries(st.sampled_from("abcdefgh"), VOTED))
def test_joining_loses_nobody_and_leaves_no_small_row(sectors):
    rows = joined(sectors)
    voters = sum(voted.voters for voted in sectors.values())
    assert sum(row.voters for row in rows) == voters
    assert sum(row.favour for row in rows) == sum(voted.favour for voted in sectors.values())
    assert all(row.voters >= min(5, voters) for row in rows)


ROOMS = st.fixed_dictionaries(
    {
        "majority": st.sampled_from(["simple", "absolute", "qualified", "threshold"]),
        "quorum": st.integers(0, 100),
        "favour": st.integers(0, 40),
        "against": st.integers(0, 40),
        "neither": st.integers(0, 20),
        "silent": st.integers(1, 20),
    }
)


@given(ROOMS)
def test_one_more_in_favour_never_makes_it_fail(of):
    """By every rule but that of sectors: one who was there and silent says yes."""
    rule = Rule(majority=of["majority"], least=10, quorum=of["quorum"])
    present = of["favour"] + of["against"] + of["neither"] + of["silent"]
    before, after = (
        passed(rule, of["favour"] + more, of["against"], neither=of["neither"], present=present)
        for more in (0, 1)
    )
    assert after or not before


def test_one_more_in_favour_can_take_a_sector_out_of_the_pool():
    """Why the rule of sectors promises less: five are a row of their own."""
    rule = Rule(sectors=50)
    few = {"a": Voted(4, 1), "b": Voted(4, 4)}
    five = {"a": Voted(5, 2), "b": Voted(6, 6)}
    assert passed(rule, 5, 3, sectors=few) is True
    assert passed(rule, 8, 3, sectors=five) is False


def test_rule_is_told_in_sentences_before_the_vote():
    rule = Rule(majority="qualified", quorum=40, sectors=50, blocks=2)
    said = [
        words.sentence.format(**words.values)
        for words in wording(rule, answers=True, can_block=True)
    ]
    assert said == [
        "Adopted when at least 2/3 of the votes for or against are in favour.",
        "At least 40 % of those present have to vote.",
        "In every sector at least 50 % of those who vote have to be in favour; small sectors are counted together.",
        "So many blocks stop it: 2.",
    ]
    assert wording(Rule(), answers=False, can_block=False) == []
