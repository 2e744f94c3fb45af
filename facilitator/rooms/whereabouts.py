"""In which part of a draft people are writing: how many, never who. Held in memory, stored nowhere.

Each process knows its own phones. With several, each tells the others its numbers in a hint, at
every change and again and again: one that is lost is made good, one that ends is soon forgotten.
"""

from __future__ import annotations

import time
from collections import Counter
from collections.abc import Collection
from dataclasses import dataclass, field
from typing import Annotated

from facilitator.access import Actor
from facilitator.actions import WRITERS, Refused
from facilitator.events import LEARNERS, SOURCES, News, Source, channel, ticker
from facilitator.models import Face
from facilitator.rooms.drafts import readable
from facilitator.rooms.updates import SECTION
from facilitator.rooms.watch import PROCESS
from facilitator.shapes import Misshapen, read, spelt

#: Seconds after which nobody is where they were, unless they say so again: every 10 the page does.
FRESH = 30.0
#: Hints carry one number: when it was said, in milliseconds, and of how many writers, below this.
MOST = 1_000


@dataclass(frozen=True)
class Asked:
    """Where somebody is writing: null while they only read."""

    recommendation: int
    part: Annotated[str, spelt(SECTION)] | None


@dataclass(frozen=True, slots=True)
class Place:
    """Where one phone is; two pages of one person count once."""

    draft: int
    part: str
    holder: str
    until: float


@dataclass(frozen=True, slots=True)
class Said:
    """What another process said, and when by its own clock."""

    at: int
    writers: int
    until: float


@dataclass
class Whereabouts:
    """Where the phones of this process are, and how many there are elsewhere."""

    places: dict[str, Place] = field(default_factory=dict)
    elsewhere: dict[tuple[str, int, str], Said] = field(default_factory=dict)
    #: How often each draft has changed: the clock of its channel.
    seqs: Counter[int] = field(default_factory=Counter)
    told: dict[int, Counter[str]] = field(default_factory=dict)

    def put(self, phone: str, place: Place) -> None:
        """Somebody is here now, and nowhere else."""
        before = self.places.pop(phone, None)
        self.places[phone] = place
        self.look({place.draft, before.draft if before else place.draft})

    def drop(self, phone: str, draft: int | None = None) -> None:
        """Somebody only reads now, or has gone; with `draft`, if that is where they were."""
        before = self.places.get(phone)
        if before and draft in (None, before.draft):
            del self.places[phone]
            self.look({before.draft})

    def own(self, drafts: Collection[int]) -> dict[int, Counter[str]]:
        """How many write in each part of drafts, of the phones of this process."""
        here = {(p.draft, p.part, p.holder) for p in self.places.values() if p.draft in drafts}
        found = {draft: Counter[str]() for draft in drafts}
        for draft, part, _ in here:
            found[draft][part] += 1
        return found

    def parts(self, draft: int) -> Counter[str]:
        """How many write in each part of a draft."""
        found = self.own({draft})[draft]
        for (_, one, part), said in self.elsewhere.items():
            if one == draft:
                found[part] += said.writers
        return +found

    def look(self, drafts: Collection[int], *, again: bool = False) -> None:
        """Tell of what has changed; `again` tells the other processes even so."""
        for draft, own in self.own(drafts).items():
            told = self.told.pop(draft, Counter[str]())
            if own:
                self.told[draft] = own
            for part in own | told:
                if again or own[part] != told[part]:
                    self._say(draft, part, own[part])
            if own != told:
                self._changed(draft)

    def learn(self, name: str, number: int) -> None:
        """Take note of what another process says."""
        _, process, draft, part = name.split("/")
        at, writers = divmod(number, MOST)
        key = process, int(draft), part
        before = self.elsewhere.get(key)
        if process == PROCESS or (before and before.at >= at):
            return
        self.elsewhere[key] = Said(at, writers, time.monotonic() + FRESH)
        if writers != (before.writers if before else 0):
            self._changed(int(draft))

    def sweep(self) -> None:
        """Forget who has not been heard of; remind the other processes of the rest."""
        moment = time.monotonic()
        drafts = {place.draft for place in self.places.values()}
        self.places = {key: one for key, one in self.places.items() if one.until > moment}
        self.look(drafts, again=True)
        late = {key for key, said in self.elsewhere.items() if said.until <= moment}
        for _, draft, _ in late:
            self._changed(draft)
        self.elsewhere = {key: one for key, one in self.elsewhere.items() if key not in late}

    def _changed(self, draft: int) -> None:
        self.seqs[draft] += 1
        ticker.learn(channel("here", draft), self.seqs[draft])

    def _say(self, draft: int, part: str, writers: int) -> None:
        if ticker.hints:
            number = time.time_ns() // 1_000_000 * MOST + min(writers, MOST - 1)
            ticker.hints.send(f"here/{PROCESS}/{draft}/{part}", number)


whereabouts = Whereabouts()


def here(who: Actor, phone: str, asked: object) -> Face:
    """Note in which part of a draft somebody writes; tell how many are where, from now on."""
    try:
        there = read(Asked, asked)
    except Misshapen:
        raise Refused("This message is not understood.", code="bad_shape") from None
    draft = there.recommendation
    readable(who.room.id, draft)
    ticker.follow("here", draft)
    if there.part and who.role in WRITERS:
        holder = f"seat {who.seat.id}" if who.seat else f"grant {who.grant and who.grant.id}"
        until = time.monotonic() + FRESH
        whereabouts.put(phone, Place(draft, there.part, holder, until))
    else:
        whereabouts.drop(phone, draft)
    return {"parts": dict(whereabouts.parts(draft))}


def _news(draft: int, since: int) -> list[News]:
    """One line stands for all: only where people are now is of interest."""
    seq = whereabouts.seqs[draft]
    told = dict(whereabouts.parts(draft))
    name = channel("here", draft)
    return [News(name, seq, "here", str(draft), told)] if seq > since else []


def _clocks(drafts: Collection[int]) -> dict[int, int]:
    return {draft: whereabouts.seqs[draft] for draft in drafts}


SOURCES["here"] = Source(_news, _clocks, "here")
LEARNERS["here"] = whereabouts.learn
