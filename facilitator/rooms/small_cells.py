"""Which counts by sector may be told beside their total (pure).

A count below `least` is hidden. Nor may it be worked out: beside the total and all that is shown, a
hidden count keeps at least three possible values.
"""

from __future__ import annotations

from collections.abc import Mapping, Sequence
from dataclasses import dataclass

#: Counts below this are hidden; a forum may raise it, never lower it.
LEAST = 5
#: Values that a hidden count must be able to have.
OPEN = 3


@dataclass(frozen=True)
class Row:
    """Sectors that share a row, and their count together; None where it is hidden."""

    sectors: tuple[str, ...]
    count: int | None


def shown(counts: Mapping[str, int], least: int = LEAST) -> list[Row]:
    """What may be told of the counts of sectors that add up to a total which is told as well.

    Small ones are hidden. Where they could be worked out they are joined with the smallest of the
    others, as many as it takes; where that does not help, nothing is told.
    """
    small = [sector for sector, count in counts.items() if count < least]
    large = sorted((s for s in counts if s not in small), key=lambda sector: counts[sector])
    if _open(len(small), sum(counts[sector] for sector in small), least):
        return _rows(counts, hidden=small)
    for many in range(1, len(large) + 1):
        slack = sum(counts[sector] for sector in (*small, *large[:many])) - least * many
        if slack >= OPEN - 1:
            return _rows(counts, joined=[*large[:many], *small])
    return []


def _open(many: int, total: int, least: int) -> bool:
    """Whether so many hidden counts that add up to `total` could each have several values."""
    most = least - 1
    lowest, highest = max(0, total - (many - 1) * most), min(most, total)
    return not many or highest - lowest + 1 >= OPEN


def _rows(
    counts: Mapping[str, int], hidden: Sequence[str] = (), joined: Sequence[str] = ()
) -> list[Row]:
    rows = []
    for sector, count in counts.items():
        if sector in hidden:
            rows.append(Row((sector,), None))
        elif sector not in joined:
            rows.append(Row((sector,), count))
        elif sector == joined[0]:
            rows.append(Row(tuple(joined), sum(counts[one] for one in joined)))
    return rows
