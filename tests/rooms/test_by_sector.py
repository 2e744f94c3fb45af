"""What is told by sector, and a solver that tries to work out what is not.

The solver knows our code. For every hidden count it looks for other rooms that would have been told
of in just the same words: totals, rows, and whether the rule's "every sector" is met.
"""

from random import Random

import pytest

from facilitator.rooms.by_sector import Row, told
from facilitator.rooms.rules import Voted, every_sector
from facilitator.rooms.small_cells import OPEN

NAMES = "abcdefg"
#: Other rooms that the solver tries for each room.
TRIES = 20_000


def voted(room):
    """{sector: (for, not for)} as the vote of each sector."""
    return {name: Voted(favour + against, favour) for name, (favour, against) in room.items()}


def rows_of(room, least=5, percent=0):
    met = every_sector(percent, voted(room), least) if percent else None
    return told(voted(room), least, percent, met=met)


def heard(room, least, percent, rows=rows_of):
    """All that is told of a room."""
    met = every_sector(percent, voted(room), least) if percent else None
    totals = [sum(side) for side in zip(*room.values(), strict=True)]
    return rows(room, least, percent), met, totals


# -- examples ------------------------------------------------------------------------------


def test_large_sectors_with_both_sides_have_figures():
    assert rows_of({"a": (12, 8), "b": (5, 15), "c": (30, 20)}) == [
        Row(("a",), 20, 12, 12),
        Row(("b",), 20, 5, 5),
        Row(("c",), 50, 30, 30),
    ]


def test_small_sectors_are_counted_together_with_the_smallest_large_one():
    assert rows_of({"a": (2, 1), "b": (20, 20), "c": (8, 6)}) == [
        Row(("a", "c"), 17, 10, 10),
        Row(("b",), 40, 20, 20),
    ]


def test_of_a_small_side_only_a_bound_is_told():
    found = rows_of({"a": (28, 2), "b": (3, 17), "c": (18, 2)})

    assert found == [
        Row(("a",), 30, 26, 30),
        Row(("b",), 20, 0, 4),
        Row(("c",), 20, 16, 20),
    ]


def test_one_small_side_takes_the_figures_of_the_largest_row_along():
    found = rows_of({"a": (28, 2), "b": (20, 20), "c": (8, 7)})

    assert found == [
        Row(("a",), 30, 26, 30),
        Row(("b",), 40, 0, 40),
        Row(("c",), 15, 8, 8),
    ]


def test_a_sector_that_did_not_vote_is_not_named():
    assert [row.sectors for row in rows_of({"a": (12, 8), "b": (0, 0), "c": (9, 6)})] == [
        ("a",),
        ("c",),
    ]


@pytest.mark.parametrize(
    "room",
    [
        {},
        {"a": (30, 20)},
        {"a": (3, 2), "b": (4, 3), "c": (1, 1)},
        {"a": (20, 0), "b": (15, 5)},
    ],
)
def test_where_counts_could_be_worked_out_there_is_no_breakdown(room):
    assert rows_of(room) == []


def test_a_forum_may_hide_more():
    room = {"a": (12, 8), "b": (9, 11), "c": (30, 20)}

    assert [row.low for row in rows_of(room)] == [12, 9, 30]
    assert [(row.low, row.high) for row in rows_of(room, least=9)] == [
        (12, 20),
        (9, 9),
        (0, 50),
    ]


def test_what_the_rule_says_of_every_sector_narrows_nothing_down():
    # 12 to 15 of 15 in favour: whether that is nine tenths would tell which.
    assert rows_of({"a": (14, 1), "b": (12, 3), "c": (20, 20)})
    assert rows_of({"a": (14, 1), "b": (12, 3), "c": (20, 20)}, percent=90) == []


# -- the solver ----------------------------------------------------------------------------


def a_room(rng):
    """Some sectors, mostly agreed or mostly not, of all sizes."""
    leaning = rng.choice([0.5, 0.9, 1, 0.05, None])
    room = dict.fromkeys(NAMES, (0, 0))
    for name in NAMES[: rng.randint(1, 7)]:
        size = rng.choice([rng.randint(0, 12), rng.randint(0, 40), rng.randint(5, 20)])
        likely = rng.random() if leaning is None else leaning
        favour = sum(rng.random() < likely for _ in range(size))
        room[name] = favour, size - favour
    return room, rng.choice([5, 5, 5, 6, 8]), rng.choice([0, 0, 50, 66, 75, 30, 100])


def worked_out(room, least, percent, rng, rows=rows_of):
    """The hidden counts for which no other values were found: {(sector, side): values}."""
    same = heard(room, least, percent, rows)
    shown, _, totals = same
    hidden = [
        (name, side)
        for name in (
            [name for row in shown if len(row.sectors) > 1 or row.low < row.high
             for name in row.sectors]
            if shown
            else [name for name in room if sum(room[name])]
        )
        for side in (0, 1)
    ]  # fmt: skip
    # Where almost all agree, the totals alone leave no more.
    needed = min(OPEN, 1 + min(totals))
    found = {one: {room[one[0]][one[1]]} for one in hidden}
    known = [room]
    for _ in range(TRIES):
        lacking = [one for one, values in found.items() if len(values) < needed]
        if not lacking:
            return {}
        start = rng.choice(known)
        other = rng.choice([_aimed, _near, _swapped, _drawn])(rng, start, shown, lacking)
        if other is None or heard(other, least, percent, rows) != same:
            continue
        if len(known) < 50:
            known.append(other)
        for name, side in hidden:
            found[name, side].add(other[name][side])
    return {one: values for one, values in found.items() if len(values) < needed}


def _moved(room, name, other, kind, many):
    """The same room, but for so many votes between two sectors; None where there are too few."""
    mine, theirs = [*room[name]], [*room[other]]
    side = kind % 2
    mine[side] += many
    theirs[side] -= many
    if kind > 1:  # nobody joins or leaves a sector: one changes for another
        mine[1 - side] -= many
        theirs[1 - side] += many
    if min(*mine, *theirs) < 0:
        return None
    return {**room, name: (mine[0], mine[1]), other: (theirs[0], theirs[1])}


def _aimed(rng, room, shown, lacking):
    """Change one count that still lacks values, and whatever makes up for it."""
    name, side = rng.choice(lacking)
    many, kind = rng.choice([-1, 1]), side + 2 * (rng.random() < 0.6)
    for _ in range(rng.randint(1, 2)):
        other = rng.choice([one for one in room if one != name])
        room = room and _moved(room, name, other, kind, many)
        if room is None:
            return None
    return room


def _near(rng, room, shown, lacking):
    """A few votes moved between sectors."""
    for _ in range(rng.randint(1, 4)):
        name, other = rng.sample([*room], 2)
        room = _moved(room, name, other, rng.randrange(4), rng.randint(1, 4)) or room
    return room


def _swapped(rng, room, shown, lacking):
    """The sectors of a row in each other's place."""
    rows = [row.sectors for row in shown if len(row.sectors) > 1]
    if not rows:
        return None
    names = [*rng.choice(rows)]
    others = rng.sample(names, len(names))
    return {**room, **{name: room[other] for name, other in zip(names, others, strict=True)}}


def _drawn(rng, room, shown, lacking):
    """Another room altogether, with the same totals and within what was told."""
    favour, against = (sum(side) for side in zip(*room.values(), strict=True))
    new = dict.fromkeys(room, (0, 0))
    if not shown:
        names = rng.sample([*room], rng.randint(2, len(room)))
        return {**new, **_split(rng, names, favour, against)}
    taken = {row.sectors: rng.choice([rng.randint(row.low, row.high), row.low, row.high])
             for row in shown}  # fmt: skip
    for row in shown:
        if (row.low, row.high) == (0, row.voters):
            taken[row.sectors] = favour - sum(
                n for names, n in taken.items() if names != row.sectors
            )
    if sum(taken.values()) != favour:
        return None
    for row in shown:
        if not 0 <= taken[row.sectors] <= row.voters:
            return None
        parts = _split(rng, row.sectors, taken[row.sectors], row.voters - taken[row.sectors])
        new.update(parts)
    return new


def _split(rng, names, favour, against):
    """So many votes among sectors, evenly or not."""
    sides = [_parts(rng, favour, len(names)), _parts(rng, against, len(names))]
    return dict(zip(names, zip(*sides, strict=True), strict=True))


def _parts(rng, total, many):
    if rng.random() < 0.5:
        cuts = sorted(rng.randint(0, total) for _ in range(many - 1))
        return [b - a for a, b in zip([0, *cuts], [*cuts, total], strict=True)]
    weights, parts = [rng.random() ** rng.choice([1, 4]) for _ in range(many)], [0] * many
    for place in rng.choices(range(many), weights, k=total):
        parts[place] += 1
    return parts


@pytest.mark.slow
@pytest.mark.parametrize("seed", range(10))
def test_no_hidden_count_of_ten_thousand_rooms_can_be_worked_out(seed):
    rng, with_rows = Random(seed), 0
    for _ in range(1000):
        room, least, percent = a_room(rng)
        with_rows += bool(rows_of(room, least, percent))
        assert worked_out(room, least, percent, rng) == {}, (room, least, percent)
    # Not for want of rows: about half of these rooms have some.
    assert with_rows > 300


def careless(room, least, percent):
    """Every large sector in figures or with its bound, whatever can be worked out."""
    rows = [Row((name,), *_range(sum(sides), sides[0], least)) for name, sides in room.items()]
    return [row for row in rows if row.voters >= least]


def _range(voters, favour, least):
    if favour < least:
        return voters, 0, min(least - 1, voters)
    if voters - favour < least:
        return voters, voters - least + 1, voters
    return voters, favour, favour


def test_the_solver_finds_what_a_careless_table_gives_away():
    rng = Random(0)
    room = {**dict.fromkeys(NAMES, (0, 0)), "a": (28, 2), "b": (20, 20), "c": (8, 7)}

    assert set(worked_out(room, 5, 0, rng, careless)) == {("a", 0), ("a", 1)}
