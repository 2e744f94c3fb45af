"""Who is offered the floor next (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping
from dataclasses import dataclass


@dataclass(frozen=True)
class Waiting:
    """Somebody who wants to speak."""

    hand: int
    #: Seconds for which they have spoken.
    spoken: int
    sector: int | None


def minutes(seconds: int) -> int:
    """Begun minutes: some seconds more or less do not decide."""
    return -(-seconds // 60)


def in_turn(waiting: Collection[Waiting], sectors: Mapping[int | None, int]) -> list[int]:
    """The hands in the order in which they are offered the floor.

    Who has spoken least comes first. Among equals the sectors take turns, beginning with the one
    that has spoken least, and of a sector who raised the hand first: hands are numbered as they
    were raised. `sectors` says for how many seconds each has spoken.
    """
    left, turns, order = list(waiting), Counter[int | None](), []

    def rank(one: Waiting) -> tuple[int, int, int, int]:
        spoken = minutes(sectors.get(one.sector, 0))
        return minutes(one.spoken), turns[one.sector], spoken, one.hand

    while left:
        following = min(left, key=rank)
        left.remove(following)
        turns[following.sector] += 1
        order.append(following.hand)
    return order
