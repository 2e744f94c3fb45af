"""A small copy of a draft: enough of its CRDT to write behind what others have written.

It knows who wrote what, and which words stand last in each text; a browser has all of Yjs for this.
"""

from __future__ import annotations

from dataclasses import dataclass, field

from facilitator.rooms import updates
from facilitator.rooms.updates import Id, Scalar, Struct


class Hole(Exception):
    """An edit builds on one that has not come."""


@dataclass
class Copy:
    """Somebody's copy of one draft, written in under one client id."""

    client: int
    epoch: str
    seq: int = 0
    #: Whether something was missed.
    stale: bool = False
    #: How far each client is.
    state: dict[int, int] = field(default_factory=dict)
    #: Of each text and client the words, in the order in which they were written.
    words: dict[tuple[str, int], str] = field(default_factory=dict)
    #: By map and key.
    entries: dict[tuple[str, str], Scalar] = field(default_factory=dict)
    #: In which text each stretch of units stands, by client.
    _runs: dict[int, list[tuple[int, int, str]]] = field(default_factory=dict)
    #: Of each text the last units of stretches, and those with something written behind them.
    _tails: dict[str, list[Id]] = field(default_factory=dict)
    _followed: set[Id] = field(default_factory=set)

    # ---- Learning --------------------------------------------------------------------------------

    def learn(self, data: bytes) -> None:
        """Take in an edit, or a whole draft; raises Hole."""
        waiting = [s for s in updates.read_draft(data).structs if self._is_new(s)]
        while waiting:
            later = [struct for struct in waiting if not self._take(struct)]
            if len(later) == len(waiting):
                raise Hole
            waiting = later

    def _is_new(self, struct: Struct) -> bool:
        return struct.clock + struct.length > self.state.get(struct.client, 0)

    def _take(self, struct: Struct) -> bool:
        """Take in one stretch, if all it builds on is there."""
        known = self.state.get(struct.client, 0)
        near = struct.origin or struct.right
        root = struct.root or (self._root(near) if near else None)
        if struct.clock > known or (near and root is None):
            return False
        end = struct.clock + struct.length
        self.state[struct.client] = end
        self._runs.setdefault(struct.client, []).append((struct.clock, end, root or ""))
        if struct.key is not None:
            self.entries[root or "", struct.key] = struct.value
        elif root and root not in updates.MAPS:
            self._note(struct, root, str(struct.value or "")[known - struct.clock :])
        return True

    def _note(self, struct: Struct, root: str, words: str) -> None:
        place = root, struct.client
        self.words[place] = self.words.get(place, "") + words
        if struct.origin:
            self._followed.add(struct.origin)
        if struct.right is None:
            tail = struct.client, struct.clock + struct.length - 1
            self._tails.setdefault(root, []).append(tail)

    def _root(self, place: Id) -> str | None:
        client, clock = place
        runs = self._runs.get(client, [])
        return next((root for start, end, root in runs if start <= clock < end), None)

    # ---- Reading ---------------------------------------------------------------------------------

    def has(self, root: str, words: str) -> bool:
        """Whether somebody has written these words."""
        return any(words in said for (place, _), said in self.words.items() if place == root)

    def blank(self, root: str) -> bool:
        """Whether nobody has written anything."""
        return not any(said for (place, _), said in self.words.items() if place == root)

    def row(self, root: str, number: int) -> str | None:
        """The id of a row of a map, by its place in the list."""
        for (name, key), value in self.entries.items():
            if name == root and key.endswith(".pos") and value == float(number):
                return key.removesuffix(".pos")
        return None

    # ---- Writing ---------------------------------------------------------------------------------

    def append(self, root: str, words: str) -> bytes:
        """Write words behind all that stands in a text: the edit to send."""
        tails = self._tails.get(root, [])
        after = next((tail for tail in reversed(tails) if tail not in self._followed), None)
        return self._own(updates.insertion(self.client, self._clock, root, words, after))

    def set(self, root: str, key: str, value: Scalar) -> bytes:
        """Set a new entry of a map: the edit to send."""
        return self._own(updates.setting(self.client, self._clock, root, key, value))

    @property
    def _clock(self) -> int:
        return self.state.get(self.client, 0)

    def _own(self, update: bytes) -> bytes:
        self.learn(update)
        return update
