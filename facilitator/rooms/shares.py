"""By which sectors a text was written, as far as that may be told (pure).

Rows are sectors, or several together, so that in each row at least `least` people wrote. How many
they were is told of none; and as every sector there is stands in a row, nor is it told that nobody
of a sector wrote. Whoever wrote a word or two does not hide anybody, and is not counted.
"""

from __future__ import annotations

from collections.abc import Iterable, Mapping, Sequence
from typing import Any, NamedTuple

from facilitator.rooms.small_cells import LEAST

#: Characters of the text from which on somebody counts as one of its authors.
WORTH = 40


class Stretch(NamedTuple):
    """Characters of a text that one author wrote."""

    root: str
    start: int
    end: int
    author: int


def rows(written: Mapping[str, Sequence[int]], least: int = LEAST) -> list[tuple[str, ...]]:
    """Which sectors share a row; none where there may be no breakdown.

    `written` has each sector there is, and of each of its authors how many characters are theirs.
    """
    authors = {sector: sum(n >= WORTH for n in each) for sector, each in written.items()}
    alone = sorted((s for s in authors if authors[s] >= least), key=lambda s: authors[s])
    joined = [sector for sector in authors if authors[sector] < least]
    while joined and sum(authors[sector] for sector in joined) < least:
        if not alone:
            return []
        joined.append(alone.pop(0))
    found = [(sector,) for sector in alone] + ([tuple(joined)] if joined else [])
    places = {sector: place for place, sector in enumerate(written)}
    ordered = [tuple(sorted(row, key=places.__getitem__)) for row in found]
    return sorted(ordered, key=lambda row: places[row[0]]) if len(ordered) > 1 else []


def spans(stretches: Iterable[Stretch], row_of: Mapping[int, int]) -> list[dict[str, Any]]:
    """Where the words of each row stand; neighbours of one row are one span."""
    found: list[dict[str, Any]] = []
    for root, start, end, author in stretches:
        row = row_of.get(author)
        last = found[-1] if found else None
        if row is None:
            continue
        if last and (last["root"], last["row"], last["end"]) == (root, row, start):
            last["end"] = end
        else:
            found.append({"root": root, "start": start, "end": end, "row": row})
    return found


def percents(found: Iterable[Mapping[str, Any]], rows: int) -> list[int]:
    """The share of each row in what the spans hold, in percent."""
    sizes = [0] * rows
    for span in found:
        sizes[span["row"]] += span["end"] - span["start"]
    return [round(100 * size / (sum(sizes) or 1)) for size in sizes]
