"""What may be told of opinions, and what may not: lists for everybody, a map of nobody (pure).

Groups are told only of a large room that falls apart clearly, and only how many are in each. The
map says where many are, never where one is.
"""

from __future__ import annotations

from typing import Any

import numpy as np

from facilitator.rooms.agreement import (
    Counts,
    Meant,
    agreed,
    agreed_by_sectors,
    dividing,
    representing,
    undecided,
)
from facilitator.rooms.opinions import ENOUGH, NOBODY, Floats, Labels, Mask, OpinionMap, opinion_map
from facilitator.rooms.small_cells import LEAST

#: Voters with enough votes, and how clearly groups stand apart, before there are any.
CROWD, CLEAR = 20, 0.3
#: Squares along each side of the map; people in a square that count as more, and as many.
SQUARES, MORE, MANY = 9, 10, 20
#: Spreads of a group that its outline goes out to.
OUTLINE = 1.8


def told(votes: Floats, taken_out: Mask, sectors: Labels, *, least: int = LEAST) -> dict[str, Any]:
    """The lists, the groups and the map of a closed vote; statements are columns.

    `sectors` is the sector of each voter from 0, or NOBODY. "groups" is empty, and "why" says why,
    where the room is too small or does not fall apart clearly.
    """
    found = clear_groups(votes, taken_out, least=least)
    groups = found.groups if found else np.zeros(len(votes), dtype=np.int64)
    counts = Counts.of(votes, groups)
    if not len(votes):
        counts = Counts(*(np.zeros((1, len(taken_out))) for _ in range(3)))
    # One or two answers are no opinion of the room.
    open_ = ~taken_out & (counts.total.seen[0] >= least)
    drawn = _drawn(found, counts, open_, least) if found else {"groups": [], "places": []}
    return {
        "why": None if found else "unclear" if is_crowd(votes) else "few",
        "grouped": int((groups != NOBODY).sum()) if found else 0,
        "agreed": listed(agreed(counts, open_=open_)),
        "divides": dividing(counts, open_=open_),
        "undecided": undecided(counts, open_=open_),
        "sectors": _by_sectors(votes, sectors, least, open_),
        **drawn,
    }


def is_crowd(votes: Floats) -> bool:
    """Whether enough people have answered often enough."""
    return int(((~np.isnan(votes)).sum(axis=1) >= ENOUGH).sum()) >= CROWD


def clear_groups(votes: Floats, taken_out: Mask, *, least: int = LEAST) -> OpinionMap | None:
    """The groups of a room that is large enough and falls apart clearly."""
    found = opinion_map(votes, taken_out, least=least) if is_crowd(votes) else None
    clear = found is not None and len(found.sizes) > 1 and found.silhouette > CLEAR
    return found if clear else None


def listed(meant: list[Meant]) -> list[list[Any]]:
    """Statements and answers as they are written down."""
    return [[column, answer] for column, answer in meant]


def _by_sectors(votes: Floats, sectors: Labels, least: int, open_: Mask) -> list[list[Any]] | None:
    """What every sector agrees on; None where they cannot be compared."""
    counts = Counts.of(votes, sectors)
    if (counts.seen.max(axis=1, initial=0) >= least).sum() < 2:
        return None
    return listed(agreed_by_sectors(counts, least, open_=open_))


def _drawn(found: OpinionMap, counts: Counts, open_: Mask, least: int) -> dict[str, Any]:
    """The groups with their outlines, and the squares that hold enough people."""
    grouped = found.groups != NOBODY
    places = found.places[grouped]
    # A few far out would press the others together.
    low, high = np.quantile(places, (0.01, 0.99), axis=0)
    edge = float((high - low).max() / 2) or 1.0
    scaled = np.clip((places - (low + high) / 2) / edge, -1, 1)
    labels = found.groups[grouped]
    groups = [
        {
            "size": size,
            "outline": outline(scaled[labels == group]),
            "stands_for": listed(representing(counts, group, open_=open_)),
        }
        for group, size in enumerate(found.sizes)
    ]
    return {"groups": groups, "places": squares(scaled, least)}


def outline(places: Floats) -> list[float]:
    """An ellipse around most of a group: its middle, its two radii, and its turn in degrees."""
    spread, turn = np.linalg.eigh(np.cov(places.T) + np.eye(2) * 1e-6)
    across, along = (np.sqrt(np.maximum(spread, 0)) * OUTLINE).tolist()
    angle = float(np.degrees(np.arctan2(turn[1, 1], turn[0, 1])))
    x, y = places.mean(axis=0).tolist()
    return [round(value, 2) for value in (x, y, max(along, 0.12), max(across, 0.12), angle)]


def squares(places: Floats, least: int) -> list[list[int]]:
    """Squares with enough people: column, row, and 1, 2 or 3 for some, more and many."""
    cells = np.minimum(((places + 1) / 2 * SQUARES).astype(int), SQUARES - 1)
    found, people = np.unique(cells, axis=0, return_counts=True)
    return [
        [int(x), int(y), 1 + int(count >= MORE) + int(count >= MANY)]
        for (x, y), count in zip(found, people, strict=True)
        if count >= least
    ]
