"""What a draft reads as: its face for those who do not write, and whose words stand where.

Whose words: every unit of a draft keeps the client id under which it was written, and a passage
has a client id of its own. The order of the units follows from what stood beside each when it was
written; this is the algorithm of Yjs (YATA), for texts without formatting.
"""

from __future__ import annotations

import math
import unicodedata
from bisect import bisect_left, bisect_right
from collections.abc import Iterable, Iterator, Mapping
from itertools import groupby, pairwise
from typing import Any, NamedTuple

from facilitator.rooms.levels import LEVELS
from facilitator.rooms.updates import (
    ADDRESSEES,
    MAPS,
    STEPS,
    STRING,
    Id,
    Scalar,
    Struct,
    Update,
)

#: What is asked of a step.
FIELDS = ("what", "who", "with", "by", "cost", "indicator")

#: Of each map of a draft its entries.
Entries = Mapping[str, Mapping[str, Scalar]]

#: Characters that no document can hold. Each becomes one other, so that places stay the same.
_CONTROLS = {
    code: " "
    for code in range(0xA0)
    if unicodedata.category(chr(code)) == "Cc" and chr(code) not in "\n\t"
}
_UNFIT = {**_CONTROLS, 0xFFFE: "\ufffd", 0xFFFF: "\ufffd"}


def face(roots: Mapping[str, str], entries: Entries) -> dict[str, Any]:
    """The text of a recommendation, from the texts of its draft and the entries of its maps.

    The level of an addressee is "" where nobody has chosen one.
    """
    texts = {root: _plain(text) for root, text in roots.items() if text}
    sections = {root[2:]: text for root, text in sorted(texts.items()) if root.startswith("s:")}
    steps = [
        {"id": step, **{field: texts.get(f"p:{step}:{field}", "") for field in FIELDS}}
        for step in rows_in_order(entries, STEPS)
    ]
    addressees = [
        {"id": row, "office": texts.get(f"a:{row}:office", ""), "level": _level(entries, row)}
        for row in rows_in_order(entries, ADDRESSEES)
    ]
    title = texts.get("title", "").replace("\n", " ").replace("\t", " ")
    return {"title": title, "sections": sections, "steps": steps, "addressees": addressees}


def texts_of(face: Mapping[str, Any]) -> dict[str, str]:
    """The texts of a rendered draft, by the root in which they stand; blank ones left out."""
    found = {"title": face.get("title", "")}
    found |= {f"s:{key}": text for key, text in face.get("sections", {}).items()}
    for step in face.get("steps", []):
        found |= {f"p:{step['id']}:{name}": step[name] for name in FIELDS}
    found |= {f"a:{row['id']}:office": row["office"] for row in face.get("addressees", [])}
    return {root: text for root, text in found.items() if text.strip()}


def wording(face: Mapping[str, Any]) -> dict[str, Any]:
    """What of a text is read and voted on. Its hash stays what it was before there were rows."""
    found = {name: face.get(name) for name in ("title", "sections", "steps")}
    asked = face.get("addressees")
    return {**found, "addressees": asked} if asked else found


def reads(face: Mapping[str, Any], root: str, quote: str) -> bool:
    """Whether these words stand in a text, however its lines end."""
    there, words = (
        " ".join(text.split()) for text in (texts_of(face).get(root, ""), _plain(quote))
    )
    return words in there


def _plain(text: str) -> str:
    """Without what no document can hold, and each letter in the one form it is stored in (NFC)."""
    return unicodedata.normalize("NFC", text.translate(_UNFIT))


def rows_in_order(entries: Entries, root: str) -> list[str]:
    """The ids of the rows of a map that are there, as they are ordered."""
    rows, places = entries.get(root, {}), {}
    for key, value in rows.items():
        name = MAPS[root].fullmatch(key)
        if name and name[2] == "pos" and not rows.get(f"{name[1]}.gone"):
            places[name[1]] = _number(value)
    return sorted(places, key=lambda row: (places[row], row))


def _level(entries: Entries, row: str) -> str:
    level = entries[ADDRESSEES].get(f"{row}.level")
    return level if isinstance(level, str) and level in LEVELS else ""


def _number(value: Scalar) -> float:
    number = value if isinstance(value, int | float) else 0.0
    return float(number) if math.isfinite(number) else 0.0


# ---- Whose words ---------------------------------------------------------------------------------


class Words(NamedTuple):
    """Consecutive words of one client in a text."""

    client: int
    text: str


def passages(
    texts: Mapping[str, Iterable[Words]], sources: Mapping[int, int]
) -> list[dict[str, Any]]:
    """Where the words of each source stand, in characters; `sources` is client → source."""
    found: list[dict[str, Any]] = []
    for root, pieces in sorted(texts.items()):
        for source, run in groupby(_placed(pieces), key=lambda placed: sources.get(placed[0])):
            places = list(run)
            if source is not None:
                span = {"start": places[0][1], "end": places[-1][2]}
                found.append({"root": root, **span, "source": source})
    return found


def _placed(pieces: Iterable[Words]) -> Iterator[tuple[int, int, int]]:
    """Client, first character and the one after the last, as the text is shown."""
    text, start = "", 0
    for piece in pieces:
        text += piece.text
        end = len(text) if unicodedata.is_normalized("NFC", text) else len(_plain(text))
        yield piece.client, start, end
        start = end


def words(update: Update) -> dict[str, list[Words]]:
    """The texts of a whole draft, in the words of each client; raises Unordered."""
    return _Order(update).texts()


def end_of(update: Update, root: str) -> Id | None:
    """The last unit of a text of a whole draft, be it deleted; raises Unordered."""
    return _Order(update).end(root)


class Unordered(ValueError):
    """The units of a draft build on each other in a circle, or on what is not there."""


class _Unit:
    """Units of one client that stay together, in the list that makes a text."""

    __slots__ = (
        "after", "before", "client", "clock", "end", "gone", "next",
        "origin", "right", "root", "settled", "text",
    )  # fmt: skip

    #: What stood beside it when it was written.
    after: _Unit | None
    before: _Unit | None
    #: What stands to its right.
    next: _Unit | None

    def __init__(self, item: Struct, clock: int, end: int) -> None:
        self.client, self.clock, self.end = item.client, clock, end
        self.origin = item.origin if clock == item.clock else (item.client, clock - 1)
        self.right, self.root = item.right, item.root
        self.text = ""
        self.gone = item.content != STRING
        self.settled = False
        self.after = self.before = self.next = None


class _Order:
    """The lists of a draft, while they are put together."""

    def __init__(self, update: Update) -> None:
        self.first: dict[str, _Unit] = {}
        self.queues = _units(update)
        units = [unit for queue in self.queues.values() for unit in queue]
        starts = {(unit.client, unit.clock): unit for unit in units}
        ends = {(unit.client, unit.end - 1): unit for unit in units}
        for unit in units:
            unit.after, unit.before = _at(ends, unit.origin), _at(starts, unit.right)
        _mark_gone(starts, update.deletes)
        self._settle_all()

    def texts(self) -> dict[str, list[Words]]:
        """Read the lists."""
        return {root: list(_joined(self._visible(root))) for root in self.first}

    def end(self, root: str) -> Id | None:
        """The last unit of a list; None where nothing has been written."""
        unit = self.first.get(root)
        while unit and unit.next:
            unit = unit.next
        return (unit.client, unit.end - 1) if unit else None

    def _visible(self, root: str) -> Iterator[_Unit]:
        unit: _Unit | None = self.first[root]
        while unit:
            if not unit.gone:
                yield unit
            unit = unit.next

    def _settle_all(self) -> None:
        """Put every unit in its place, its neighbours before it."""
        places = dict.fromkeys(self.queues, 0)
        for client in self.queues:
            waiting = [client]
            while waiting:
                queue, place = self.queues[waiting[-1]], places[waiting[-1]]
                if place == len(queue):
                    waiting.pop()
                elif (needed := self._needed(queue[place])) is not None:
                    if needed in waiting:
                        raise Unordered
                    waiting.append(needed)
                else:
                    places[waiting[-1]] += 1
                    self._settle(queue[place])
                    if len(waiting) > 1:
                        waiting.pop()

    def _needed(self, unit: _Unit) -> int | None:
        """The client whose work has to come first, if any."""
        for neighbour in (unit.after, unit.before):
            if neighbour and not neighbour.settled:
                return neighbour.client
        return None

    def _settle(self, unit: _Unit) -> None:
        unit.settled = True
        near = unit.after or unit.before
        if near:
            unit.root = near.root
        if unit.root is None or unit.root in MAPS:
            return
        left = self._left(unit)
        unit.next = left.next if left else self.first.get(unit.root)
        if left:
            left.next = unit
        else:
            self.first[unit.root] = unit

    def _left(self, unit: _Unit) -> _Unit | None:
        """What stands to the left of a new unit, among those written there at the same time."""
        left = unit.after
        other = left.next if left else self.first.get(unit.root or "")
        passed: set[_Unit] = set()
        rivals: set[_Unit] = set()
        while other and other is not unit.before:
            passed.add(other)
            rivals.add(other)
            if unit.origin == other.origin:
                if other.client < unit.client:
                    left = other
                    rivals.clear()
                elif unit.right == other.right:
                    break
            elif other.after in passed:
                if other.after not in rivals:
                    left = other
                    rivals.clear()
            else:
                break
            other = other.next
        return left


def _units(update: Update) -> dict[int, list[_Unit]]:
    """The structs of an update, cut wherever another struct or a deletion begins or ends."""
    cuts = {client: sorted(clocks) for client, clocks in _cuts(update).items()}
    queues: dict[int, list[_Unit]] = {}
    for item in update.structs:
        queues.setdefault(item.client, []).extend(_cut(item, cuts.get(item.client, [])))
    return queues


def _cuts(update: Update) -> dict[int, set[int]]:
    cuts: dict[int, set[int]] = {}
    for item in update.structs:
        if item.origin:
            cuts.setdefault(item.origin[0], set()).add(item.origin[1] + 1)
        if item.right:
            cuts.setdefault(item.right[0], set()).add(item.right[1])
    for client, clock, length in update.deletes:
        cuts.setdefault(client, set()).update((clock, clock + length))
    return cuts


def _cut(item: Struct, cuts: list[int]) -> Iterator[_Unit]:
    end = item.clock + item.length
    inner = cuts[bisect_right(cuts, item.clock) : bisect_left(cuts, end)]
    units = item.value.encode("utf-16-le") if isinstance(item.value, str) else b""
    for start, stop in pairwise([item.clock, *inner, end]):
        unit = _Unit(item, start, stop)
        if item.content == STRING:
            half = units[2 * (start - item.clock) : 2 * (stop - item.clock)]
            unit.text = half.decode("utf-16-le", "replace")
        yield unit


def _at(units: Mapping[Id, _Unit], place: Id | None) -> _Unit | None:
    if place is None:
        return None
    if place not in units:
        raise Unordered
    return units[place]


def _mark_gone(starts: Mapping[Id, _Unit], deletes: Iterable[tuple[int, int, int]]) -> None:
    for client, clock, length in deletes:
        at: int = clock
        while at < clock + length and (unit := starts.get((client, at))):
            unit.gone, at = True, unit.end


def _joined(units: Iterable[_Unit]) -> Iterator[Words]:
    for client, run in groupby(units, key=lambda unit: unit.client):
        yield Words(client, "".join(unit.text for unit in run))
