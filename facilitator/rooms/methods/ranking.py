"""Rankings, counted by comparing two by two (Schulze) or round by round (run-off) (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Sequence
from itertools import permutations

from facilitator.rooms.methods.base import Marks, Method, Options, Outcome, Said

Duels = dict[tuple[str, str], int]


class Ranking(Method):
    """Everyone puts in order what they like, best first; what is left out stands below the rest.

    `options["count"]` is "schulze" or "runoff". Schulze: M. Schulze, “A new monotonic,
    clone-independent, reversal symmetric, and Condorcet-consistent single-winner election method”,
    Social Choice and Welfare 36 (2011), strength by winning votes. Run-off: the alternative vote,
    as in N. Tideman, Collective Decisions and Voting (2006). Who is tied for the last place
    goes out together, and ties that remain are shown as ties. More support never hurts as a paper
    that names one choice; a run-off can punish moving a choice up on a paper that is in already.
    """

    control = "order"
    most = 20

    def valid(self, marks: Marks, choices: Collection[str], options: Options) -> bool:  # noqa: ARG002
        """Ranks from 1 without gaps, no rank twice."""
        known = all(choice in choices for choice in marks)
        return known and sorted(marks.values()) == list(range(1, len(marks) + 1))

    def count(self, papers: Sequence[Marks], choices: Sequence[str], options: Options) -> Outcome:
        """By the count that was chosen at opening."""
        return (
            run_off(papers, choices) if options["count"] == "runoff" else schulze(papers, choices)
        )


# ---- Two by two ----------------------------------------------------------------------------------


def schulze(papers: Sequence[Marks], choices: Sequence[str]) -> Outcome:
    """Put the choices in order by the strongest chains of comparisons between them."""
    duels = compared(papers, choices)
    chains = strongest_chains(duels, choices)
    order = _unbeaten(chains, choices)
    beaten = {a: sum(chains[a, b] > chains[b, a] for b in choices if b != a) for a in choices}
    said = Said(
        "All choices are compared two by two; the figure is how many others a choice comes before."
    )
    table = {a: {b: duels[a, b] for b in choices if b != a} for a in choices}
    return Outcome({**beaten}, order, said, {"duels": table})


def compared(papers: Sequence[Marks], choices: Sequence[str]) -> Duels:
    """On how many papers one choice stands above another."""
    duels: Duels = dict.fromkeys(permutations(choices, 2), 0)
    for marks in papers:
        ranked = sorted(marks, key=marks.__getitem__)
        unranked = [choice for choice in choices if choice not in marks]
        for place, above in enumerate(ranked):
            for below in (*ranked[place + 1 :], *unranked):
                duels[above, below] += 1
    return duels


def strongest_chains(duels: Duels, choices: Sequence[str]) -> Duels:
    """How strong the weakest link of the strongest chain from one choice to another is."""
    chains = {(a, b): n if n > duels[b, a] else 0 for (a, b), n in duels.items()}
    for middle, start, end in permutations(choices, 3):
        through = min(chains[start, middle], chains[middle, end])
        chains[start, end] = max(chains[start, end], through)
    return chains


def _unbeaten(chains: Duels, choices: Sequence[str]) -> list[list[str]]:
    """Place after place what none of those left comes before."""
    order, left = [], list(choices)
    while left:
        best = [a for a in left if all(chains[b, a] <= chains[a, b] for b in left if b != a)]
        order.append(best)
        left = [choice for choice in left if choice not in best]
    return order


# ---- Round by round ------------------------------------------------------------------------------


def run_off(papers: Sequence[Marks], choices: Sequence[str]) -> Outcome:
    """Take out what fewest papers put first, round by round, until nothing is left."""
    ballots = [sorted(marks, key=marks.__getitem__) for marks in papers]
    left = list(choices)
    rounds: list[dict[str, int]] = []
    order: list[list[str]] = []
    while left:
        firsts = Counter(next((c for c in paper if c in left), None) for paper in ballots)
        votes = {choice: firsts[choice] for choice in left}
        rounds.append(votes)
        fewest = min(votes.values())
        out = [choice for choice in left if votes[choice] == fewest]
        order.insert(0, out)
        left = [choice for choice in left if choice not in out]
    last = {choice: votes[choice] for votes in rounds for choice in votes}
    said = Said(
        "Round by round the choice that fewest put first goes out, and its papers pass to the next"
        " one on them; the figure is what a choice had in its last round."
    )
    return Outcome({c: last[c] for c in choices}, order, said, {"rounds": rounds})
