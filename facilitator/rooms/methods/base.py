"""What all voting methods have in common: papers, outcomes, and sentences about them (pure)."""

from __future__ import annotations

from collections.abc import Collection, Mapping, Sequence
from dataclasses import dataclass, field
from typing import Any, ClassVar, NamedTuple

#: What one paper says: a choice or an answer → a whole number.
Marks = Mapping[str, int]
#: What a method needs to know besides, such as {"dots": 5}.
Options = Mapping[str, Any]
#: Of each choice its figure.
Counts = dict[str, float]


class Said(NamedTuple):
    """A sentence in English with {values}; it is translated where it is shown."""

    sentence: str
    values: dict[str, Any] = {}  # noqa: RUF012 - never written to


@dataclass(frozen=True)
class Outcome:
    """What papers add up to."""

    #: The figure of every choice or answer.
    counts: Counts
    #: The choices, best first; those that are tied share a place. Empty where answers are counted.
    order: list[list[str]]
    #: How to read it, in one sentence.
    said: Said
    #: What else there is to show, such as the rounds of a run-off.
    detail: dict[str, Any] = field(default_factory=dict)


class Sides(NamedTuple):
    """How many are for, neither, and against; how many of those against block."""

    favour: int
    neither: int
    against: int
    blocks: int = 0


class Method:
    """One way of deciding."""

    #: Which control draws a paper: static/parts/paper-*.js.
    control: ClassVar[str]
    #: What a paper may answer where there is nothing to choose from.
    answers: ClassVar[tuple[str, ...]] = ()
    #: The answers that need a reason.
    reasoned: ClassVar[frozenset[str]] = frozenset()
    #: More things than this are too many for one paper.
    most: ClassVar[int] = 500
    #: One more paper that names this choice alone, as high as can be, never makes it lose.
    rewards_support: ClassVar[bool] = True

    def accepts(self, marks: Marks, choices: Collection[str], options: Options) -> bool:
        """Whether this is a valid paper. An empty one takes an earlier paper back."""
        whole = all(type(n) is int for n in marks.values())
        return whole and (not marks or self.valid(marks, choices, options))

    def valid(self, marks: Marks, choices: Collection[str], options: Options) -> bool:
        """Whether a paper that says something, in whole numbers, says it rightly."""
        raise NotImplementedError

    def count(self, papers: Sequence[Marks], choices: Sequence[str], options: Options) -> Outcome:
        """How the papers add up: every choice has its figure."""
        raise NotImplementedError

    def fits(self, counts: Marks, people: int, options: Options) -> bool | None:  # noqa: ARG002
        """Whether so many people can have raised their hands so often; None: it takes papers."""
        return None

    def sides(self, counts: Counts) -> Sides | None:  # noqa: ARG002
        """Who is for and against; None where the method only compares."""
        return None


def added(papers: Sequence[Marks], choices: Sequence[str]) -> dict[str, int]:
    """Add the marks up, choice by choice."""
    sums = dict.fromkeys(choices, 0)
    for marks in papers:
        for choice, n in marks.items():
            if choice in sums:
                sums[choice] += n
    return sums


def placed(figures: Mapping[str, Any]) -> list[list[str]]:
    """The choices by their figures, the highest first; equal ones share a place."""
    places: dict[Any, list[str]] = {}
    for choice, figure in figures.items():
        places.setdefault(figure, []).append(choice)
    return [places[figure] for figure in sorted(places, reverse=True)]
