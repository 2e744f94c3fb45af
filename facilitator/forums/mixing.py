"""Split people into tables: nobody alone in their language, no sector alone or dominant.

This is the maximally diverse grouping problem; over several rounds it is the social golfer problem.
Both are NP-hard, so a good start is mended by iterated local search (Lourenço, Martin and Stützle,
"Iterated Local Search", in: Handbook of Metaheuristics, 2003): swap two people while that helps,
then shake a few and try again, and keep the best. How long it tries is counted in swaps and not in
seconds, and chance comes from the seed, so the same people and seed give the same tables anywhere.

What makes tables worse, the worst first (each outweighs all after it):

1. somebody is the only one at their table who speaks their language;
2. a table is of one sector alone;
3. a sector has more than half of a table: every seat beyond the half counts;
4. somebody is the only voice of their sector at their table;
5. two people meet again who sat together in an earlier round: each earlier round counts.

Who has named no sector is of no sector: they are never alone in it, and dominate nobody.
"""

from __future__ import annotations

import random
from collections import Counter
from collections.abc import Collection, Sequence
from dataclasses import dataclass, field
from itertools import combinations

LEAST, MOST = 5, 8
#: Swaps that are tried, at most: about a second for a track of 200.
EFFORT = 40_000
#: Swaps of a shake, and how many shakes in a row may help nothing.
SHAKE, PATIENCE = 3, 60
#: Each kind of harm outweighs all that come after it.
STEP = 1_000


@dataclass(frozen=True)
class Guest:
    """Somebody to be seated."""

    id: int
    sector: int | None
    lang: str


@dataclass(frozen=True)
class Fit:
    """How a table is made up, in words that count nobody."""

    people: int
    sectors: frozenset[int]
    langs: frozenset[str]
    #: Somebody is the only one who speaks their language.
    alone: bool
    #: One sector has the table to itself, or more than half of it.
    dominated: bool
    #: Somebody is the only voice of their sector.
    lone: bool


def fit(table: Sequence[Guest]) -> Fit:
    """Say how a table is made up."""
    sectors = Counter(guest.sector for guest in table if guest.sector is not None)
    tongues = Counter(guest.lang for guest in table)
    most = max(sectors.values(), default=0)
    return Fit(
        len(table),
        frozenset(sectors),
        frozenset(tongues),
        alone=len(table) > 1 and 1 in tongues.values(),
        dominated=len(table) > 1 and most > (len(table) + 1) // 2,
        lone=1 in sectors.values(),
    )


Tables = list[list[int]]
#: Whom each has sat with: id → the others, each as often as it was.
Met = dict[int, Counter[int]]


def sizes(people: int, least: int = LEAST, most: int = MOST) -> list[int]:
    """How large the tables are: as many as come nearest to the middle of the range, and even.

    Where no number of tables fits (9 people at tables of 5 to 8), none is larger than `most`: a
    table one short is better than one at which half cannot hear. Fewer than `least` sit together.
    """
    if not people:
        return []
    fewest, many = -(-people // most), people // least
    if many >= fewest:
        fewest = min(many, max(fewest, round(2 * people / (least + most))))
    small, more = divmod(people, fewest)
    return [small + 1] * more + [small] * (fewest - more)


def mix(
    guests: Sequence[Guest],
    *,
    seed: str,
    least: int = LEAST,
    most: int = MOST,
    languages: bool = True,
    before: Sequence[Collection[Collection[int]]] = (),
) -> Tables:
    """Seat everybody; `before` are the tables of earlier rounds. Ids, table by table."""
    chance = random.Random(seed)
    people = sorted(guests, key=lambda guest: guest.id)
    chance.shuffle(people)
    search = Search(people, met_before(before), languages=languages, chance=chance)
    found = search.best(dealt(people, sizes(len(people), least, most)))
    return [sorted(table) for table in found]


def met_before(rounds: Sequence[Collection[Collection[int]]]) -> Met:
    """Who has sat with whom, and how often."""
    met: Met = {}
    for tables in rounds:
        for table in tables:
            for one, other in combinations(table, 2):
                met.setdefault(one, Counter())[other] += 1
                met.setdefault(other, Counter())[one] += 1
    return met


def dealt(people: Sequence[Guest], places: Sequence[int]) -> Tables:
    """A start: pairs of a sector and a language, dealt round the tables like cards.

    So each table has several sectors, and each person most likely somebody of their own.
    """
    tables: Tables = [[] for _ in places]
    order = sorted(
        people, key=lambda guest: (-1 if guest.sector is None else guest.sector, guest.lang)
    )
    at = 0
    for pair in (order[n : n + 2] for n in range(0, len(order), 2)):
        for guest in pair:
            at = _next_free(tables, places, at)
            tables[at].append(guest.id)
        at = (at + 1) % len(tables)
    return tables


def _next_free(tables: Tables, places: Sequence[int], at: int) -> int:
    while len(tables[at]) >= places[at]:
        at = (at + 1) % len(tables)
    return at


@dataclass
class Search:
    """One search for good tables; it counts its swaps."""

    people: Sequence[Guest]
    met: Met
    languages: bool
    chance: random.Random
    left: int = EFFORT
    known: dict[int, Guest] = field(init=False)

    def __post_init__(self) -> None:
        """Find people by their number."""
        self.known = {guest.id: guest for guest in self.people}

    def harm(self, table: Sequence[int]) -> int:
        """What is wrong with one table, by the list above."""
        sectors: dict[int, int] = {}
        tongues: dict[str, int] = {}
        for id_ in table:
            guest = self.known[id_]
            tongues[guest.lang] = tongues.get(guest.lang, 0) + 1
            if guest.sector is not None:
                sectors[guest.sector] = sectors.get(guest.sector, 0) + 1
        many = sectors.values()
        alone = sum(n == 1 for n in tongues.values()) if self.languages and len(table) > 1 else 0
        one_sector = len(table) > 1 and len(table) in many
        beyond = max((n - (len(table) + 1) // 2 for n in many), default=0)
        lone = sum(n == 1 for n in many)
        again = sum(self.met[a][b] for a in table if a in self.met for b in table if a < b)
        worst = (alone * STEP + one_sector) * STEP + max(0, beyond)
        return (worst * STEP + lone) * STEP + again

    def best(self, tables: Tables) -> Tables:
        """Mend, shake and mend again; the best that was found."""
        self._mend(tables)
        best, least, idle = [list(table) for table in tables], self._total(tables), 0
        while self.left > 0 and least and idle < PATIENCE and len(tables) > 1:
            tables = [list(table) for table in best]
            self._shake(tables)
            self._mend(tables)
            idle += 1
            if (total := self._total(tables)) < least:
                best, least, idle = tables, total, 0
        return best

    def _total(self, tables: Tables) -> int:
        return sum(map(self.harm, tables))

    def _mend(self, tables: Tables) -> None:
        """Swap people of bad tables with whoever helps most, until nothing helps."""
        harms = [self.harm(table) for table in tables]
        moved = True
        while moved and self.left > 0:
            moved = False
            worst = sorted(range(len(tables)), key=lambda at: -harms[at])
            for at in worst:
                if harms[at]:
                    moved |= self._mend_table(tables, harms, at)

    def _mend_table(self, tables: Tables, harms: list[int], at: int) -> bool:
        """Make the one swap with another table that helps this one, and both together, most."""
        most, found = 0, None
        for other in self.chance.sample(range(len(tables)), len(tables)):
            if other == at or self.left <= 0:
                continue
            for mine in range(len(tables[at])):
                for theirs in range(len(tables[other])):
                    saved = self._saved(tables, harms, (at, mine), (other, theirs))
                    if saved > most:
                        most, found = saved, ((at, mine), (other, theirs))
            if most >= harms[at]:
                break
        if found:
            swap(tables, *found)
            for changed, _ in found:
                harms[changed] = self.harm(tables[changed])
        return found is not None

    def _saved(
        self, tables: Tables, harms: list[int], one: tuple[int, int], two: tuple[int, int]
    ) -> int:
        self.left -= 1
        swap(tables, one, two)
        now = self.harm(tables[one[0]]) + self.harm(tables[two[0]])
        swap(tables, one, two)
        return harms[one[0]] + harms[two[0]] - now

    def _shake(self, tables: Tables) -> None:
        for _ in range(SHAKE):
            at, other = self.chance.sample(range(len(tables)), 2)
            here, there = (self.chance.randrange(len(tables[table])) for table in (at, other))
            swap(tables, (at, here), (other, there))


def swap(tables: Tables, one: tuple[int, int], two: tuple[int, int]) -> None:
    """Let two people change places."""
    (at, here), (other, there) = one, two
    tables[at][here], tables[other][there] = tables[other][there], tables[at][here]
