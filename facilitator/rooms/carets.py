"""Where in a draft the carets of others stand, for laptops: held in memory, stored nowhere.

A caret has a number that is drawn when somebody begins to write and forgotten when they stop: it
names no seat, and the next one is another. In an anonymous room none is told. Processes tell each
other of theirs in hints, as they do of whereabouts.
"""

from __future__ import annotations

import secrets
import time
from collections import Counter
from collections.abc import Collection, Iterator
from dataclasses import dataclass, field
from typing import Annotated

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import WRITERS, Refused
from facilitator.db import db
from facilitator.events import LEARNERS, SOURCES, News, Source, channel, ticker
from facilitator.models import Face, Room, Written
from facilitator.rooms.drafts import readable
from facilitator.rooms.encoding import LAST_CLIENT
from facilitator.rooms.updates import TEXT_ROOT
from facilitator.rooms.watch import PROCESS
from facilitator.shapes import Misshapen, many, read, spelt, within

#: Seconds after which a caret is gone, unless it is said again: every 10 the page does.
FRESH = 30.0
#: Seconds between two moves of one page, on average at least; and how many may come at once.
PACE, AT_ONCE = 0.25, 8
#: Of so many carets in one draft each page tells; whoever comes later sees them and is not seen.
MOST = 24
#: What stands in a hint for a caret that is gone.
GONE = "gone"

#: A unit of a text: client and clock.
Unit = Annotated[list[Annotated[int, within(0, LAST_CLIENT)]], many(2, 2)]


@dataclass(frozen=True)
class Asked:
    """Where a caret stands: before a unit of a text, at its end (null), or nowhere (no text)."""

    recommendation: int
    root: Annotated[str, spelt(TEXT_ROOT.pattern)] | None
    unit: Unit | None


@dataclass(frozen=True, slots=True)
class Caret:
    """A caret of this process, or of another with when that said so, by its own clock."""

    draft: int
    number: int
    root: str
    unit: Unit | None
    until: float
    at: int = 0

    def public(self) -> list[str | int]:
        """What every laptop may know."""
        return [self.root, *(self.unit or [])]


@dataclass
class Carets:
    """The carets of the pages of this process, and those of the others."""

    own: dict[str, Caret] = field(default_factory=dict)
    elsewhere: dict[tuple[str, int], Caret] = field(default_factory=dict)
    #: How often those of each draft have changed: the clock of its channel.
    seqs: Counter[int] = field(default_factory=Counter)
    #: Until when the moves of each page are paid for, at the price of PACE each.
    paid: dict[str, float] = field(default_factory=dict)

    def charge(self, phone: str) -> None:
        """Refuse a page that says more than anybody can read."""
        moment = time.monotonic()
        paid = max(self.paid.get(phone, 0.0), moment) + PACE
        if paid > moment + PACE * AT_ONCE:
            raise Refused("That did not work. It will be tried again.", code="retry", retry=True)
        self.paid[phone] = paid

    def put(self, phone: str, draft: int, root: str, unit: Unit | None) -> int | None:
        """Somebody's caret is here now; tell its number, null where there are too many."""
        before = self.own.get(phone)
        if before and before.draft != draft:
            self.drop(phone)
            before = None
        if before is None and len(list(self._there(draft))) >= MOST:
            return None
        number = before.number if before else secrets.randbelow(1 << 32)
        caret = Caret(draft, number, root, unit, time.monotonic() + FRESH)
        self.own[phone] = caret
        if before is None or before.public() != caret.public():
            self._say(caret)
            self._changed(draft)
        return number

    def drop(self, phone: str, draft: int | None = None) -> None:
        """Somebody's caret is nowhere; with `draft`, if that is where it was."""
        caret = self.own.get(phone)
        if caret and draft in (None, caret.draft):
            del self.own[phone]
            self._say(caret, gone=True)
            self._changed(caret.draft)

    def forget(self, phone: str) -> None:
        """Somebody has hung up."""
        self.drop(phone)
        self.paid.pop(phone, None)

    def clear(self, draft: int) -> None:
        """Nobody's caret is told any more in a draft."""
        for phone in [phone for phone, caret in self.own.items() if caret.draft == draft]:
            self.drop(phone)

    def public(self, draft: int) -> Face:
        """The carets in a draft by their numbers."""
        return {str(caret.number): caret.public() for caret in self._there(draft)}

    def learn(self, name: str, at: int) -> None:
        """Take note of what another process says."""
        _, process, draft, number, root, *unit = name.split("/")
        key = process, int(number)
        before = self.elsewhere.get(key)
        if process == PROCESS or (before and before.at > at):
            return
        if root == GONE:
            self.elsewhere.pop(key, None)
        else:
            place = [*map(int, unit)] or None
            until = time.monotonic() + FRESH
            self.elsewhere[key] = Caret(int(draft), key[1], root, place, until, at)
        after = self.elsewhere.get(key)
        if (before and before.public()) != (after and after.public()):
            self._changed(int(draft))

    def sweep(self) -> None:
        """Forget the carets of which nobody spoke for long; remind other processes of the rest."""
        moment = time.monotonic()
        for phone in [phone for phone, caret in self.own.items() if caret.until <= moment]:
            self.drop(phone)
        for key in [key for key, caret in self.elsewhere.items() if caret.until <= moment]:
            self._changed(self.elsewhere.pop(key).draft)
        for caret in self.own.values():
            self._say(caret)

    def _there(self, draft: int) -> Iterator[Caret]:
        for caret in (*self.own.values(), *self.elsewhere.values()):
            if caret.draft == draft:
                yield caret

    def _changed(self, draft: int) -> None:
        self.seqs[draft] += 1
        ticker.learn(channel("carets", draft), self.seqs[draft])

    def _say(self, caret: Caret, *, gone: bool = False) -> None:
        if ticker.hints:
            place = [GONE] if gone else caret.public()
            name = "/".join(map(str, ("caret", PROCESS, caret.draft, caret.number, *place)))
            ticker.hints.send(name, time.time_ns() // 1_000_000)


carets = Carets()


def caret(who: Actor, phone: str, asked: object) -> Face:
    """Note where somebody's caret stands; tell its number and all others, from now on.

    `asked` is what the page sent. Gives {"own": its number or None, "carets": those of the draft};
    raises Refused for what is misshapen, too often, unreadable, or from who does not write.
    """
    try:
        there = read(Asked, asked)
    except Misshapen:
        raise Refused("This message is not understood.", code="bad_shape") from None
    carets.charge(phone)
    draft = there.recommendation
    readable(who.room.id, draft)
    if who.role not in WRITERS:
        raise Refused("You may not do this here.")
    if who.room.anonymous:
        carets.clear(draft)
        return {"own": None, "carets": {}}
    ticker.follow("carets", draft)
    if there.root is None:
        carets.drop(phone, draft)
        own = None
    else:
        own = carets.put(phone, draft, there.root, there.unit)
    return {"own": own, "carets": carets.public(draft)}


def _news(draft: int, since: int) -> list[News]:
    """One line stands for all: only where carets are now is of interest."""
    seq = carets.seqs[draft]
    promised = select(Room.anonymous).join(Written, Written.room_id == Room.id)
    anonymous = db.session.scalar(promised.where(Written.id == draft))
    told = {} if anonymous else carets.public(draft)
    name = channel("carets", draft)
    return [News(name, seq, "carets", str(draft), told)] if seq > since else []


def _clocks(drafts: Collection[int]) -> dict[int, int]:
    return {draft: carets.seqs[draft] for draft in drafts}


SOURCES["carets"] = Source(_news, _clocks, "carets")
LEARNERS["caret"] = carets.learn
