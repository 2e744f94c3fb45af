"""What may be told of a vote sector by sector (pure): one function, for every surface alike.

A count below `least` is hidden. Nor may it be worked out: beside the totals, which are always told,
and beside all other rows, a hidden count keeps at least three possible values, or as many as the
totals alone leave it. That holds against somebody who knows this code as well: which sectors share
a row depends on how many voted, never on how; and where a row had to be hidden, the counts that
would not have made it so are left out of the reckoning.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

from facilitator.rooms.rules import Voted
from facilitator.rooms.small_cells import LEAST, OPEN


@dataclass(frozen=True)
class Row:
    """A sector, or several counted together: how many voted, and how many of them in favour.

    Those in favour are told as a range. It is one figure where both sides are large enough, ends at
    nobody or at all where one side is too small, and goes from nobody to all where nothing is told.
    """

    sectors: tuple[str, ...]
    voters: int
    low: int
    high: int


@dataclass(frozen=True)
class _Votes:
    """The votes of a row, before anything is hidden."""

    sectors: tuple[str, ...]
    voters: int
    favour: int

    def __add__(self, other: _Votes) -> _Votes:
        return _Votes(
            (*self.sectors, *other.sectors),
            self.voters + other.voters,
            self.favour + other.favour,
        )

    def bounds(self, least: int) -> tuple[int, int]:
        """The range in which it may be told how many are in favour."""
        if self.favour < least:
            return 0, least - 1
        if self.voters - self.favour < least:
            return self.voters - least + 1, self.voters
        return self.favour, self.favour


def told(
    by_sector: Mapping[str, Voted],
    least: int = LEAST,
    percent: int = 0,
    *,
    met: bool | None = None,
) -> list[Row]:
    """The rows that may be told, in the order of `by_sector`; none where there may be no breakdown.

    A sector of twice `least` voters has a row of its own, all others are counted together. Where
    the small sides could be worked out from the totals, the figures of the largest row are kept
    back. `percent` is what the rule asks of every sector, and `met` whether that was told to hold.
    """
    places = {name: place for place, name in enumerate(by_sector)}
    votes = _rows(by_sector, least)
    if len(votes) < 2 or (percent and _tells_more(votes, least, percent, met=met)):
        return []
    ranges = {one: one.bounds(least) for one in votes}
    sides = _Sides.of(votes, least)
    if not sides.open(sides.known):
        kept = _kept_back(votes, least)
        if kept is None or not sides.open_without(kept, percent):
            return []
        ranges[kept] = 0, kept.voters
    found = [
        Row(tuple(sorted(one.sectors, key=places.__getitem__)), one.voters, *ranges[one])
        for one in votes
    ]
    return sorted(found, key=lambda row: places[row.sectors[0]])


def _rows(by_sector: Mapping[str, Voted], least: int) -> list[_Votes]:
    """Which sectors share a row: it takes two, and twice `least` voters."""
    votes = [_Votes((name,), *voted) for name, voted in by_sector.items() if voted.voters]
    alone = sorted((one for one in votes if one.voters >= 2 * least), key=lambda one: one.voters)
    joined = [one for one in votes if one.voters < 2 * least]
    while joined and alone and (len(joined) == 1 or _sum(joined).voters < 2 * least):
        joined.append(alone.pop(0))
    return [*alone, *([_sum(joined)] if joined else [])]


def _sum(votes: Sequence[_Votes]) -> _Votes:
    return sum(votes[1:], votes[0])


def _tells_more(votes: Sequence[_Votes], least: int, percent: int, *, met: bool | None) -> bool:
    """Whether what is said of every sector narrows down a range, or is about a part of a row."""
    low, high = (
        [100 * one.bounds(least)[end] >= percent * one.voters for one in votes] for end in (0, 1)
    )
    return low != high or all(low) is not met


def _kept_back(votes: Sequence[_Votes], least: int) -> _Votes | None:
    """The largest row that has figures."""
    exact = [one for one in votes if len(set(one.bounds(least))) == 1]
    return max(exact, key=lambda one: one.voters, default=None)


@dataclass(frozen=True)
class _Sides:
    """The sides that are too small to be told: so many in favour, and so many against."""

    few: int
    few_against: int
    #: All of the first, less all of the second: as the totals and the figures of all else give it.
    known: int
    least: int
    #: How many are in favour and against in all.
    favour: int
    against: int

    @classmethod
    def of(cls, votes: Sequence[_Votes], least: int) -> _Sides:
        """The small sides of rows."""
        few = [one.favour for one in votes if one.favour < least]
        against = [one.voters - one.favour for one in votes]
        few_against = [n for one, n in zip(votes, against, strict=True) if n < least <= one.favour]
        known, in_all = sum(few) - sum(few_against), sum(one.favour for one in votes)
        return cls(len(few), len(few_against), known, least, in_all, sum(against))

    def open(self, known: int) -> bool:
        """Whether each small side can have several counts, if they come to `known`."""
        return self._enough([self._counts(known)])

    def open_without(self, kept: _Votes, percent: int) -> bool:
        """The same where the figures of a row are kept back: whether it can have several as well.

        They are kept back only where it takes that, and what the rule says of the row stays true.
        """
        meant = [
            favour
            for favour in range(self.least, kept.voters - self.least + 1)
            if (100 * favour >= percent * kept.voters)
            is (100 * kept.favour >= percent * kept.voters)
        ]
        known = [self.known + kept.favour - favour for favour in meant]
        closed = [one for one in known if self._possible(one) and not self.open(one)]
        return len(closed) >= OPEN and self._enough([self._counts(one) for one in closed])

    def _possible(self, known: int) -> bool:
        most = self.least - 1
        return -self.few_against * most <= known <= self.few * most

    def _counts(self, known: int) -> tuple[range, range]:
        """Which counts a small side can have, one in favour and one against."""
        most = self.least - 1
        return (
            range(
                max(0, known - (self.few - 1) * most),
                min(most, known + self.few_against * most) + 1,
            ),
            range(
                max(0, -known - (self.few_against - 1) * most),
                min(most, -known + self.few * most) + 1,
            ),
        )

    def _enough(self, counts: Sequence[tuple[range, range]]) -> bool:
        few, few_against = ({n for one in counts for n in one[side]} for side in (0, 1))
        return (not self.few or len(few) >= min(OPEN, self.favour + 1)) and (
            not self.few_against or len(few_against) >= min(OPEN, self.against + 1)
        )
