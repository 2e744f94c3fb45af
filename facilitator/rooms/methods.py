"""Voting methods: what a valid paper is, and how papers add up (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Iterable, Mapping
from typing import Any, Protocol

#: What one paper says: a choice → a number.
Marks = Mapping[str, int]


class Method(Protocol):
    """One way of deciding."""

    def accepts(self, marks: Marks, choices: Collection[str], options: Mapping[str, Any]) -> bool:
        """Whether this is a valid paper. An empty one takes an earlier paper back."""

    def tally(self, papers: Iterable[Marks], choices: Iterable[str]) -> dict[str, int]:
        """How the papers add up: every choice, and its number."""

    def passed(self, counts: Mapping[str, int]) -> bool | None:
        """Whether what was asked is adopted; None where the method only compares."""


class _Adding:
    """What the simple methods share: numbers add up."""

    def tally(self, papers: Iterable[Marks], choices: Iterable[str]) -> dict[str, int]:
        """Add the marks up, choice by choice."""
        sums: Counter[str] = Counter()
        for marks in papers:
            sums.update(marks)
        return {choice: sums[choice] for choice in choices}

    def passed(self, counts: Mapping[str, int]) -> bool | None:  # noqa: ARG002
        """Nothing is adopted by comparing."""
        return None


class Approval(_Adding):
    """Everyone supports as many choices as they like, each once."""

    def accepts(self, marks: Marks, choices: Collection[str], options: Mapping[str, Any]) -> bool:  # noqa: ARG002
        """Only what is on the paper, and each once."""
        return all(choice in choices and n == 1 for choice, n in marks.items())


class Dots(_Adding):
    """Everyone spends a number of dots as they like; `options["dots"]` says how many."""

    def accepts(self, marks: Marks, choices: Collection[str], options: Mapping[str, Any]) -> bool:
        """Only what is on the paper, and no more dots than there are."""
        known = all(choice in choices and n > 0 for choice, n in marks.items())
        return known and sum(marks.values()) <= options["dots"]


class YesNo(_Adding):
    """Yes, no, or abstain; adopted by a simple majority, where abstaining does not count."""

    def accepts(self, marks: Marks, choices: Collection[str], options: Mapping[str, Any]) -> bool:  # noqa: ARG002
        """One answer."""
        return not marks or (len(marks) == 1 and all(c in choices for c in marks) and _one(marks))

    def passed(self, counts: Mapping[str, int]) -> bool | None:
        """More in favour than against."""
        return counts["yes"] > counts["no"]


def _one(marks: Marks) -> bool:
    return sum(marks.values()) == 1


#: The choices of a paper that only answers.
ANSWERS = ("yes", "no", "abstain")

METHODS: dict[str, Method] = {"approval": Approval(), "dots": Dots(), "yes_no": YesNo()}
