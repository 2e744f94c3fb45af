"""Methods whose marks add up: approval, dots, and spending a sum (pure)."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from facilitator.rooms.methods.base import (
    Counts,
    Marks,
    Method,
    Options,
    Outcome,
    Said,
    added,
    placed,
)


class Approval(Method):
    """Everyone supports as many choices as they like, each once.

    S. J. Brams and P. C. Fishburn, “Approval Voting”, American Political Science Review 72 (1978).
    """

    control = "ticks"

    def valid(self, marks: Marks, choices: Collection[str], options: Options) -> bool:  # noqa: ARG002
        """Only what is on the paper, and each once."""
        return all(choice in choices and n == 1 for choice, n in marks.items())

    def count(self, papers: Sequence[Marks], choices: Sequence[str], options: Options) -> Outcome:  # noqa: ARG002
        """How many support each choice."""
        sums = added(papers, choices)
        said = Said("Everyone could support as many as they liked; the figure is how many did.")
        return Outcome({**sums}, placed(sums), said)

    def fits(self, counts: Marks, people: int, options: Options) -> bool:  # noqa: ARG002
        """Each raises a hand once for a choice, or not."""
        return all(n <= people for n in counts.values())


class Dots(Method):
    """Everyone spends a number of dots as they like; `options["dots"]` says how many.

    Cumulative voting with sticky dots: J. Diceman, Dotmocracy Handbook (2010).
    """

    control = "steppers"

    def valid(self, marks: Marks, choices: Collection[str], options: Options) -> bool:
        """Only what is on the paper, and no more dots than there are."""
        known = all(choice in choices and n > 0 for choice, n in marks.items())
        return known and sum(marks.values()) <= int(options["dots"])

    def count(self, papers: Sequence[Marks], choices: Sequence[str], options: Options) -> Outcome:
        """How many dots each choice has."""
        sums = added(papers, choices)
        said = Said(
            "The figure is the number of dots; everyone had {dots} to give.",
            {"dots": options["dots"]},
        )
        return Outcome({**sums}, placed(sums), said)

    def fits(self, counts: Marks, people: int, options: Options) -> bool:
        """Each raises a hand as often as they have dots, at most."""
        return sum(counts.values()) <= people * int(options["dots"])


class Budget(Method):
    """Everyone spends the same sum on priced options: what fits, and each once.

    A. Goel, A. K. Krishnaswamy, S. Sakshuwong and T. Aitamurto, “Knapsack Voting for Participatory
    Budgeting”, ACM Transactions on Economics and Computation 7 (2019). What most papers bought is
    paid for first, then what the rest of the money can pay for. Where a tie would decide who gets
    the last money it is shown as a tie, and nothing further is paid for.
    """

    control = "basket"
    most = 60

    def valid(self, marks: Marks, choices: Collection[str], options: Options) -> bool:
        """Only what is on the paper, each once, for no more than there is."""
        known = all(choice in choices and n == 1 for choice, n in marks.items())
        return known and sum(options["prices"][choice] for choice in marks) <= options["sum"]

    def count(self, papers: Sequence[Marks], choices: Sequence[str], options: Options) -> Outcome:
        """How many would buy each choice, and what the money pays for."""
        sums = added(papers, choices)
        funded, tied, left = bought(sums, options["prices"], options["sum"])
        said = Said("What most people would buy is paid for first, as long as the money lasts.")
        detail = {"funded": funded, "tied": tied, "left": left}
        return Outcome({**sums}, placed(sums), said, detail)


def bought(
    sums: Counts | dict[str, int], prices: dict[str, int], money: int
) -> tuple[list[str], list[str], int]:
    """What is paid for, what is tied for the last money, and what is left of it."""
    funded: list[str] = []
    for place in placed({choice: n for choice, n in sums.items() if n > 0}):
        fits = [choice for choice in place if prices[choice] <= money]
        cost = sum(prices[choice] for choice in fits)
        if cost > money:
            return funded, fits, money
        funded += fits
        money -= cost
    return funded, [], money
