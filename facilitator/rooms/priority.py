"""Which statement somebody is asked next (pure).

By the priority that C. Small and others published in "Polis: Scaling Deliberation by Mapping High
Dimensional Opinion Spaces", Recerca 26(2), 2021: what few pass, what many agree with and what tells
opinions apart comes more often, and so does what is new.
"""

from __future__ import annotations

import random
from collections.abc import Iterable
from typing import NamedTuple


class Tallied(NamedTuple):
    """A statement, and how it was answered so far."""

    id: int
    agrees: int
    disagrees: int
    passes: int
    extremity: float


def priority(said: Tallied) -> float:
    """(importance * (1 + 8 * 2^(-answers / 5)))^2, where importance is (1 - pass)(1 + E) agree."""
    answers = said.agrees + said.disagrees + said.passes
    passed, agreed = ((count + 1) / (answers + 2) for count in (said.passes, said.agrees))
    importance = (1 - passed) * (1 + said.extremity) * agreed
    novelty: float = 1 + 8 * 2 ** (-answers / 5)
    return (importance * novelty) ** 2


def shortlist(statements: Iterable[Tallied], many: int, chance: random.Random) -> list[int]:
    """Draw `many` statements in an order by chance, by their priority.

    P. S. Efraimidis, P. G. Spirakis, "Weighted random sampling with a reservoir", 2006.
    """
    drawn = [(chance.random() ** (1 / priority(said)), said.id) for said in statements]
    return [found for _, found in sorted(drawn, reverse=True)[:many]]
