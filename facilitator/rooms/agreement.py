"""What statements say of opinion groups: which stand for one, which all agree on (pure).

Formulae as published by C. Small and others, "Polis: Scaling Deliberation by Mapping High
Dimensional Opinion Spaces", Recerca 26(2), 2021: shares with one vote added for and one against,
the tests of one and of two proportions, representative statements, group-informed consensus.
"""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import dataclass

import numpy as np

from facilitator.rooms.opinions import NOBODY, Floats, Labels, Mask

#: One-sided, at nine in ten.
SURE = 1.2816
#: Statements that stand for a group; and in each of the lists.
REPRESENTING, LISTED = 5, 10

AGREE, DISAGREE = "agree", "disagree"
#: A statement, by its column, and which answer to it is meant.
Meant = tuple[int, str]


@dataclass(frozen=True)
class Counts:
    """Votes on each statement (columns) by each of several groups of people (rows)."""

    agree: Floats
    disagree: Floats
    seen: Floats

    @classmethod
    def of(cls, votes: Floats, groups: Labels) -> Counts:
        """Count a vote matrix by groups; who is in none is left out."""
        many = int(groups.max(initial=NOBODY)) + 1
        member = (groups[:, None] == np.arange(many)).T.astype(float)
        seen = (~np.isnan(votes)).astype(float)
        return cls(member @ (votes == 1), member @ (votes == -1), member @ seen)

    @property
    def total(self) -> Counts:
        """The same for all together, as one row."""
        parts = (self.agree, self.disagree, self.seen)
        return Counts(*(part.sum(axis=0, keepdims=True) for part in parts))

    def given(self, answer: str) -> Floats:
        """How many gave an answer."""
        return self.agree if answer == AGREE else self.disagree


def share(given: Floats, seen: Floats) -> Floats:
    """The share of those who have seen it that gave an answer; a half where nobody has."""
    estimate: Floats = (given + 1) / (seen + 2)
    return estimate


def surely(given: Floats, seen: Floats) -> Floats:
    """z: how surely more than half gave an answer."""
    z: Floats = 2 * np.sqrt(seen + 1) * ((given + 1) / (seen + 1) - 0.5)
    return z


def more_surely(given: Floats, seen: Floats, others: Floats, others_seen: Floats) -> Floats:
    """z: how surely an answer is more frequent here than among the others."""
    here, there = seen + 1, others_seen + 1
    first, second = (given + 1) / here, (others + 1) / there
    pooled = (given + others + 2) / (here + there)
    spread = np.sqrt(np.clip(pooled * (1 - pooled), 0, None) * (1 / here + 1 / there))
    z: Floats = np.where(spread > 0, (first - second) / np.where(spread > 0, spread, 1), 0.0)
    return z


def representing(counts: Counts, group: int, *, open_: Mask) -> list[Meant]:
    """The statements that stand for a group, the best agreed one first.

    Both the answer itself and its being more frequent than among the others have to be sure.
    """
    total = counts.total
    found: list[tuple[float, Meant]] = []
    for answer in (AGREE, DISAGREE):
        given, seen = counts.given(answer)[group], counts.seen[group]
        others, others_seen = total.given(answer)[0] - given, total.seen[0] - seen
        own = share(given, seen)
        ratio = own / share(others, others_seen)
        sure, more = surely(given, seen), more_surely(given, seen, others, others_seen)
        weight = ratio * more * own * sure
        chosen = np.flatnonzero((sure > SURE) & (more > SURE) & open_)
        found += [(float(weight[column]), (int(column), answer)) for column in chosen]
    ordered = [meant for _, meant in sorted(found, key=lambda one: (-one[0], one[1]))]
    agreed = next((meant for meant in ordered if meant[1] == AGREE), None)
    first = [agreed] if agreed else []
    return [*first, *(meant for meant in ordered if meant != agreed)][:REPRESENTING]


def consensus(counts: Counts, answer: str) -> Floats:
    """Group-informed consensus: the product of the shares of all groups. One of them can veto."""
    product: Floats = share(counts.given(answer), counts.seen).prod(axis=0)
    return product


def agreed(counts: Counts, *, open_: Mask) -> list[Meant]:
    """What everybody agrees on, or against: in every group surely more than half."""
    found: list[tuple[float, Meant]] = []
    for answer in (AGREE, DISAGREE):
        given, seen = counts.given(answer), counts.seen
        half = (share(given, seen) > 0.5).all(axis=0)
        sure = surely(counts.total.given(answer), counts.total.seen)[0] > SURE
        weight = consensus(counts, answer)
        chosen = np.flatnonzero(half & sure & open_)
        found += [(float(weight[column]), (int(column), answer)) for column in chosen]
    return [meant for _, meant in sorted(found, key=lambda one: (-one[0], one[1]))][:LISTED]


def dividing(counts: Counts, *, open_: Mask) -> list[int]:
    """What divides the room: one group is for it, another against, each more than half.

    Of one group alone: nobody can be surely said to be the larger half.
    """
    pro, con = share(counts.agree, counts.seen), share(counts.disagree, counts.seen)
    weight = pro.max(axis=0) * con.max(axis=0)
    if len(pro) > 1:
        divided = (pro.max(axis=0) > 0.5) & (con.max(axis=0) > 0.5)
    else:
        apart = [surely(counts.given(answer), counts.seen)[0] for answer in (AGREE, DISAGREE)]
        answered = counts.agree + counts.disagree
        divided = (np.maximum(*apart) <= SURE) & (2 * answered > counts.seen)[0]
        divided &= (np.minimum(counts.agree, counts.disagree) * 3 > answered)[0]
    return _heaviest(weight, divided & open_)


def undecided(counts: Counts, *, open_: Mask) -> list[int]:
    """What nobody has decided: surely no majority either way, and a third or more pass."""
    total = counts.total
    passed = share(total.seen - total.agree - total.disagree, total.seen)[0]
    majority = np.maximum(surely(total.agree, total.seen), surely(total.disagree, total.seen))[0]
    return _heaviest(passed, (majority <= SURE) & (passed >= 1 / 3) & (total.seen[0] > 0) & open_)


def agreed_by_sectors(counts: Counts, least: int, *, open_: Mask) -> list[Meant]:
    """What more than half of every sector agrees on, or against.

    Of each statement: sectors of which fewer than `least` have voted on it are counted as one.
    """
    found: list[tuple[float, Meant]] = []
    for column in np.flatnonzero(open_).tolist():
        rows = pooled(counts.seen[:, column], least)
        for answer in (AGREE, DISAGREE):
            given, seen = counts.given(answer)[:, column], counts.seen[:, column]
            shares = [given[row].sum() / seen[row].sum() for row in rows]
            if len(shares) > 1 and min(shares) > 0.5:
                found.append((min(shares), (column, answer)))
    return [meant for _, meant in sorted(found, key=lambda one: (-one[0], one[1]))][:LISTED]


def pooled(seen: Sequence[float] | Floats, least: int) -> list[list[int]]:
    """Rows that count by themselves, and the small ones together; none where these are too few.

    The small ones take in the smallest of the others until they are enough.
    """
    order = [int(row) for row in np.argsort(seen, kind="stable") if seen[row] > 0]
    small = [row for row in order if seen[row] < least]
    large = order[len(small) :]
    while small and large and sum(seen[row] for row in small) < least:
        small.append(large.pop(0))
    if small and sum(seen[row] for row in small) < least:
        return []
    return [*([small] if small else []), *([row] for row in large)]


def _heaviest(weight: Floats, chosen: Mask) -> list[int]:
    columns = np.flatnonzero(chosen)
    heaviest: list[int] = columns[np.argsort(-weight[columns], kind="stable")][:LISTED].tolist()
    return heaviest
