"""How a vote is asked: what its method needs to know, and the rule by which it carries."""

from __future__ import annotations

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from typing import Annotated, Literal

from facilitator.actions import Refused
from facilitator.models import Ballot, Face
from facilitator.rooms.methods import METHODS
from facilitator.rooms.rules import Rule, wording
from facilitator.shapes import one_line, within

#: What is told while a ballot is open.
Showing = Literal["live", "turnout", "hidden"]
#: Methods that answer one question, and methods that compare several things.
Answering = Literal["yes_no", "consent", "gradients"]
Comparing = Literal["approval", "dots", "score", "ranking", "budget"]

#: Dots of a seat; criteria of a score; what there is to spend.
MOST_DOTS, MOST_CRITERIA, MOST_MONEY = 100, 6, 1_000_000_000


@dataclass(frozen=True)
class Criterion:
    """One side of a thing that is scored, and how much it weighs."""

    title: Annotated[str, one_line(60)]
    weight: Annotated[int, within(1, 10)] = 1


@dataclass(frozen=True)
class Details:
    """What a method needs to know; each method reads its own."""

    dots: int | None
    criteria: tuple[Criterion, ...]
    #: How rankings are counted.
    count: Literal["schulze", "runoff"]
    #: What everybody can spend.
    money: int | None


def options(method: str, details: Details) -> Face:
    """The options of a ballot, as papers are judged by them; prices come with the choices."""
    match method:
        case "dots":
            if not 1 <= (details.dots or 0) <= MOST_DOTS:
                raise Refused("Give everyone between 1 and {n} dots.", n=MOST_DOTS)
            return {"dots": details.dots}
        case "score":
            return {"criteria": _criteria(details)} if details.criteria else {}
        case "ranking":
            return {"count": details.count}
        case "budget":
            if not 1 <= (details.money or 0) <= MOST_MONEY:
                raise Refused("Say how much there is to spend.")
            return {"sum": details.money}
        case _:
            return {}


def _criteria(details: Details) -> list[Face]:
    if len(details.criteria) > MOST_CRITERIA:
        raise Refused("Score by at most {n} criteria.", n=MOST_CRITERIA)
    return [{"key": str(n), **asdict(one)} for n, one in enumerate(details.criteria, 1)]


def priced(ballot: Ballot, prices: Sequence[int | None]) -> Face:
    """The options with what each choice costs."""
    found = {str(choice.id): price for choice, price in zip(ballot.choices, prices, strict=True)}
    if not all(price is not None and 1 <= price <= MOST_MONEY for price in found.values()):
        raise Refused("Every choice needs a price.")
    return {**ballot.options, "prices": found}


def ruled(method: str, rule: Rule | None) -> Face:
    """A rule as a ballot keeps it: its fields, and what it asks for in sentences."""
    kind, asked = METHODS[method], rule or Rule()
    can_block = bool({"block", "veto"} & set(kind.answers))
    words = wording(asked, answers=bool(kind.answers), can_block=can_block)
    return {**asdict(asked), "said": [list(said) for said in words]}


def rule_of(ballot: Ballot) -> Rule:
    """The rule of a ballot."""
    return Rule(**{key: value for key, value in ballot.rule.items() if key != "said"})
