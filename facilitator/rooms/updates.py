"""What a Yjs update may contain: the guard before the log, and the few updates we write ourselves.

The library that merges updates can be crashed by hostile bytes, so nothing reaches it that has not
been read here. The format is version 1 of Yjs: structs by client and clock, then what is deleted.
A clock counts UTF-16 units, which is what JavaScript calls the length of a text.
"""

from __future__ import annotations

import re
from collections.abc import Callable, Iterable, Mapping
from dataclasses import dataclass
from typing import NamedTuple

from facilitator.rooms.encoding import (
    LAST_CLOCK,
    BadUpdate,
    Cursor,
    Id,
    Scalar,
    numbers,
    scalar_bytes,
    text_bytes,
    utf16_len,
)
from facilitator.rooms.levels import LEVELS

__all__ = [
    "BadUpdate", "Gap", "Id", "Scalar", "Struct", "Update", "check", "deletion", "insertion",
    "merged", "read", "read_draft", "read_state_vector", "setting", "state_vector", "trim",
    "utf16_len",
]  # fmt: skip

#: Bytes of one update.
LARGEST = 32 * 1024
#: Structs, and stretches of deleted text, of one update.
MOST = 5_000
#: Client ids that one update may carry: those of the pages that somebody had open.
MOST_CLIENTS = 16
#: Clients of a whole draft; UTF-16 units, and entries of rows, that were ever written into it.
MOST_IN_DRAFT, MOST_UNITS = 2_000, 1_000_000
#: Browsers choose client ids below this. Those above are leased by the server and by nobody else.
LEASED = 1 << 32

#: The library's merging is quadratic, so no more than this at a time.
FAN_IN = 64

#: The update that says nothing.
EMPTY = b"\0\0"

GC, DELETED, STRING, ANY = 0, 1, 4, 8
HAS_ORIGIN, HAS_RIGHT, HAS_KEY = 0x80, 0x40, 0x20

#: The maps of what the rows of a recommendation are: its steps, and whom it asks.
STEPS, ADDRESSEES = "steps", "addressees"
ROW_ID, SECTION = r"[a-z0-9]{6,12}", r"[a-z0-9_-]{1,30}"
TEXT_ROOT = re.compile(
    rf"title|s:{SECTION}|p:{ROW_ID}:(?:what|who|with|by|cost|indicator)|a:{ROW_ID}:office"
)
#: Of each map the entries that it may have.
MAPS = {
    STEPS: re.compile(rf"({ROW_ID})\.(pos|gone)"),
    ADDRESSEES: re.compile(rf"({ROW_ID})\.(pos|gone|level)"),
}


class Gap(BadUpdate):
    """An update that needs others which have not come: it may be sent again after them."""


class Struct(NamedTuple):
    """Consecutive units made by one client, side by side at that moment."""

    client: int
    clock: int
    length: int
    content: int
    #: What stood to its left and to its right.
    origin: Id | None
    right: Id | None
    #: Where it stands, if it had no neighbours.
    root: str | None
    key: str | None
    #: A text; the last scalar of a map's entry.
    value: Scalar


@dataclass(frozen=True, slots=True)
class Update:
    """What an update says, once it has been read."""

    structs: list[Struct]
    #: Of each client: its first clock, and the one after its last.
    ranges: dict[int, tuple[int, int]]
    #: Client, clock, length.
    deletes: list[tuple[int, int, int]]

    @property
    def clients(self) -> set[int]:
        """Every client it speaks of."""
        named = {place[0] for s in self.structs for place in (s.origin, s.right) if place}
        return named | self.ranges.keys() | {client for client, _, _ in self.deletes}


class _Limits(NamedTuple):
    """How much one update may hold."""

    structs: int
    clients: int
    deletes: int


_ONE_UPDATE = _Limits(MOST, MOST_CLIENTS, MOST)
_WHOLE_DRAFT = _Limits(LAST_CLOCK, LAST_CLOCK, LAST_CLOCK)


# ---- Reading -------------------------------------------------------------------------------------


def read(data: bytes) -> Update:
    """Read what a browser sent; raises BadUpdate unless a draft may hold all of it."""
    if len(data) > LARGEST:
        raise BadUpdate("too large")
    update = _read(data, _ONE_UPDATE)
    for item in update.structs:
        # What takes the place of an entry does not say which: so no entry may hold another word.
        if item.content == ANY and isinstance(item.value, str) and item.value not in LEVELS:
            raise BadUpdate("word")
    return update


def read_draft(data: bytes) -> Update:
    """Read a whole draft, made of updates that were accepted."""
    return _read(data, _WHOLE_DRAFT)


def _read(data: bytes, limits: _Limits) -> Update:
    cursor = Cursor(data)
    structs, ranges = _read_structs(cursor, limits)
    deletes = _read_deletes(cursor, limits)
    cursor.finish()
    return Update(structs, ranges, deletes)


def _read_structs(
    cursor: Cursor, limits: _Limits
) -> tuple[list[Struct], dict[int, tuple[int, int]]]:
    structs: list[Struct] = []
    ranges: dict[int, tuple[int, int]] = {}
    clients = cursor.count(limits.clients)
    for _ in range(clients):
        # A struct is two bytes at least: a count beyond what is left is refused before any work.
        count = cursor.count(limits.structs - len(structs))
        client, clock = cursor.client(), cursor.clock()
        if client in ranges or not count:
            raise BadUpdate("client twice, or without structs")
        start = clock
        for _ in range(count):
            item = _read_struct(cursor, client, clock)
            clock += item.length
            if item.length < 1 or clock > MOST_UNITS:
                raise BadUpdate("length")
            structs.append(item)
        ranges[client] = start, clock
    return structs, ranges


def _read_struct(cursor: Cursor, client: int, clock: int) -> Struct:
    info = cursor.byte()
    content = info & 0x1F
    if content == GC:
        if info:
            raise BadUpdate("flags of a collected struct")
        return Struct(client, clock, cursor.number(), GC, None, None, None, None, None)
    if content not in (DELETED, STRING, ANY):
        raise BadUpdate("content")
    origin = cursor.place() if info & HAS_ORIGIN else None
    right = cursor.place() if info & HAS_RIGHT else None
    root = key = None
    if origin is None and right is None:
        root, key = _read_parent(cursor, content, keyed=bool(info & HAS_KEY))
    elif content == STRING and info & HAS_KEY:
        raise BadUpdate("text in a map")
    value: Scalar = None
    if content == STRING:
        value = cursor.text()
        length = utf16_len(value)
    elif content == ANY:
        length, value = cursor.scalars()
    else:
        length = cursor.number()
    return Struct(client, clock, length, content, origin, right, root, key, value)


def _read_parent(cursor: Cursor, content: int, *, keyed: bool) -> tuple[str, str | None]:
    """The root it stands in by name; whatever has a neighbour stands where that one does."""
    if cursor.number() != 1:
        raise BadUpdate("nested")
    root = cursor.text()
    key = cursor.text() if keyed else None
    if key is None:
        fits = content != ANY and TEXT_ROOT.fullmatch(root)
    else:
        fits = content != STRING and root in MAPS and MAPS[root].fullmatch(key)
    if not fits:
        raise BadUpdate("root")
    return root, key


def _read_deletes(cursor: Cursor, limits: _Limits) -> list[tuple[int, int, int]]:
    deletes: list[tuple[int, int, int]] = []
    seen: set[int] = set()
    clients = cursor.count(min(limits.deletes, MOST_IN_DRAFT))
    for _ in range(clients):
        client = cursor.client()
        count = cursor.count(limits.deletes - len(deletes))
        if client in seen or not count:
            raise BadUpdate("client twice, or without deletes")
        seen.add(client)
        for _ in range(count):
            clock, length = cursor.number(), cursor.number()
            if length < 1 or clock + length > MOST_UNITS:
                raise BadUpdate("deleted range")
            deletes.append((client, clock, length))
    return deletes


# ---- State vectors -------------------------------------------------------------------------------


def read_state_vector(data: bytes) -> dict[int, int]:
    """How far somebody has each client's work: client → next clock. Raises BadUpdate."""
    cursor = Cursor(data)
    state: dict[int, int] = {}
    clients = cursor.count(2 * MOST_IN_DRAFT)
    for _ in range(clients):
        client, clock = cursor.place()
        if client in state:
            raise BadUpdate("client twice")
        state[client] = clock
    cursor.finish()
    return state


def state_vector(state: Iterable[Id]) -> bytes:
    """Write a state vector."""
    pairs = list(state)
    return numbers(len(pairs), *(number for pair in pairs for number in pair))


# ---- Checking against what is stored -------------------------------------------------------------


def check(update: Update, state: Mapping[int, int], mine: Callable[[int], bool]) -> list[Struct]:
    """Refuse the work of others, and what would leave a hole; `state` is client → next clock.

    Gives the structs, each after what it builds on. Raises BadUpdate, or Gap where it may yet fit.
    """
    for client, (start, _) in update.ranges.items():
        if not mine(client):
            raise BadUpdate("another's client id")
        if start > state.get(client, 0):
            raise Gap("earlier work is missing")
    check_places = _check_order if len(update.ranges) > 1 else _check_alone
    order = check_places(update, state)
    for client, clock, length in update.deletes:
        made = update.ranges.get(client, (0, 0))[1]
        if clock + length > max(made, state.get(client, 0)):
            raise Gap("what is deleted is missing")
    return order


def _check_alone(update: Update, state: Mapping[int, int]) -> list[Struct]:
    for item in update.structs:
        for place in (item.origin, item.right):
            if place and place[1] >= _known(item, place[0], state):
                raise Gap("a neighbour is missing")
    return update.structs


def _check_order(update: Update, state: Mapping[int, int]) -> list[Struct]:
    """Several clients may build on each other, but not in a circle: that would wait for ever."""
    queues: dict[int, list[Struct]] = {client: [] for client in update.ranges}
    for item in reversed(update.structs):
        queues[item.client].append(item)
    have = dict(state)
    order: list[Struct] = []
    moved = True
    while moved:
        moved = False
        for queue in queues.values():
            while queue and _fits(queue[-1], have):
                item = queue.pop()
                have[item.client] = max(have.get(item.client, 0), item.clock + item.length)
                order.append(item)
                moved = True
    if any(queues.values()):
        raise Gap("a neighbour is missing")
    return order


def _fits(item: Struct, have: Mapping[int, int]) -> bool:
    places = (item.origin, item.right)
    return all(place is None or place[1] < _known(item, place[0], have) for place in places)


def _known(item: Struct, client: int, have: Mapping[int, int]) -> int:
    """How far a client's work is there by the time `item` comes: never itself, nor what follows."""
    return item.clock if client == item.client else have.get(client, 0)


def trim(
    data: bytes,
    update: Update,
    state: Mapping[int, int],
    get_update: Callable[[bytes, bytes], bytes],
) -> bytes:
    """Take away what is stored already, so that nobody can say two things with the same clock.

    `get_update` is the library's: (update, state vector) → the part that a holder of it lacks.
    Raises BadUpdate where the cut goes through a character, which leaves a hole or half of it.
    """
    known = [(c, state[c]) for c, (start, _) in update.ranges.items() if state.get(c, 0) > start]
    if not known:
        return data
    rest = get_update(data, state_vector(known))
    due = {c: (state.get(c, 0), end) for c, (_, end) in update.ranges.items()}
    if read(rest).ranges != {c: (start, end) for c, (start, end) in due.items() if end > start}:
        raise BadUpdate("cut through a character")
    return rest


def merged(parts: list[bytes], merge_updates: Callable[..., bytes]) -> bytes:
    """Many updates as one; `merge_updates` is the library's."""
    while len(parts) > 1:
        groups = [parts[at : at + FAN_IN] for at in range(0, len(parts), FAN_IN)]
        parts = [merge_updates(*group) for group in groups]
    return parts[0] if parts else EMPTY


# ---- Writing -------------------------------------------------------------------------------------


def insertion(  # noqa: PLR0917 - a place and what to write there
    client: int,
    clock: int,
    root: str,
    text: str,
    after: Id | None = None,
    before: Id | None = None,
) -> bytes:
    """Write a text into a root: between two units of it, or at its beginning."""
    content = text_bytes(text)
    return _one_struct(client, clock, STRING, _parent(root, None, after, before), content)


def setting(  # noqa: PLR0917 - as above
    client: int, clock: int, root: str, key: str, value: Scalar, after: Id | None = None
) -> bytes:
    """Write an entry of a map; `after` is the entry that it replaces."""
    parent = _parent(root, key, after, None)
    return _one_struct(client, clock, ANY | HAS_KEY, parent, b"\1" + scalar_bytes(value))


def deletion(written: Mapping[int, int]) -> bytes:
    """Delete all that clients have written; `written` is client → how many units."""
    ranges = b"".join(numbers(client, 1, 0, length) for client, length in written.items())
    return numbers(0, len(written)) + ranges


def _one_struct(
    client: int, clock: int, kind: int, parent: tuple[int, bytes], content: bytes
) -> bytes:
    flags, place = parent
    head = numbers(1, 1, client, clock) + bytes([kind | flags])
    return head + place + content + b"\0"


def _parent(root: str, key: str | None, after: Id | None, before: Id | None) -> tuple[int, bytes]:
    if after is None and before is None:
        return 0, numbers(1) + text_bytes(root) + (b"" if key is None else text_bytes(key))
    flags = (HAS_ORIGIN if after else 0) | (HAS_RIGHT if before else 0)
    return flags, numbers(*(after or ()), *(before or ()))
