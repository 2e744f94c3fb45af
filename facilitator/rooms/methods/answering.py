"""Methods that answer one question about one thing (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from facilitator.rooms.methods.base import (
    Counts,
    Marks,
    Method,
    Options,
    Outcome,
    Said,
    Sides,
    added,
)


class Answering(Method):
    """Everyone gives one answer, and the answers are counted."""

    control = "answers"
    said: Said

    def valid(self, marks: Marks, choices: Collection[str], options: Options) -> bool:  # noqa: ARG002
        """One answer, once."""
        return len(marks) == 1 and all(answer in choices and n == 1 for answer, n in marks.items())

    def count(self, papers: Sequence[Marks], choices: Sequence[str], options: Options) -> Outcome:  # noqa: ARG002
        """How many gave each answer."""
        return Outcome({**added(papers, choices)}, [], self.said)


class YesNo(Answering):
    """Yes, no, or abstain.

    Robert's Rules of Order Newly Revised, 12th ed. (2020), § 44: a majority is more than half of
    the votes cast by those who vote, blanks and abstentions left out.
    """

    answers = ("yes", "no", "abstain")
    said = Said("Everyone gave one answer; the figures say how many.")

    def fits(self, counts: Marks, people: int, options: Options) -> bool:  # noqa: ARG002
        """Each answers once."""
        return sum(counts.values()) == people

    def sides(self, counts: Counts) -> Sides:
        """Yes, abstain, no."""
        return Sides(int(counts["yes"]), int(counts["abstain"]), int(counts["no"]))


class Consent(Answering):
    """Agree, stand aside, agree with a reservation, or block; a block stops the proposal.

    C. T. Butler and A. Rothstein, On Conflict and Consensus (1987): those with concerns may state
    a reservation or stand aside, and only a reasoned block keeps a group from going ahead.
    """

    answers = ("agree", "aside", "reservation", "block")
    reasoned = frozenset({"reservation", "block"})
    said = Said("There is consent when nobody blocks; reservations are written down and kept.")

    def sides(self, counts: Counts) -> Sides:
        """Who has a reservation agrees all the same."""
        agree = int(counts["agree"] + counts["reservation"])
        blocks = int(counts["block"])
        return Sides(agree, int(counts["aside"]), blocks, blocks)


class Gradients(Answering):
    """Eight degrees from full support to a veto, so that lukewarm agreement can be seen.

    S. Kaner et al., Facilitator's Guide to Participatory Decision-Making, 3rd ed. (2014),
    after the Community At Work scale (1987). It sets no threshold: that the first three are for,
    the next three neither, and the last two against is ours.
    """

    answers = (
        "endorse",
        "minor_point",
        "support_reserved",
        "neutral",
        "discuss",
        "dislike_support",
        "disagree",
        "veto",
    )
    reasoned = frozenset({"veto"})
    said = Said("Everyone chose one of eight degrees, from full support to a veto.")

    def sides(self, counts: Counts) -> Sides:
        """The first three degrees, the next three, the last two."""
        n = [int(counts[answer]) for answer in self.answers]
        return Sides(sum(n[:3]), sum(n[3:6]), sum(n[6:]), n[7])
