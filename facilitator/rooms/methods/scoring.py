"""Scores from 0 to 5, of each choice as a whole or by several criteria (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Collection, Mapping, Sequence
from fractions import Fraction
from typing import Any

from facilitator.rooms.methods.base import Marks, Method, Options, Outcome, Said, placed

#: The best score.
TOP = 5


class Score(Method):
    """Everyone scores what they have an opinion on; 0 is an opinion, and saying nothing is none.

    Range voting with averages: W. D. Smith, “Range voting” (2000). Criteria with weights: the
    weighted sum of R. L. Keeney and H. Raiffa, Decisions with Multiple Objectives (1976), here the
    average of a choice's averages. Papers name a choice, or "choice.criterion".
    """

    control = "scale"
    most = 60

    def valid(self, marks: Marks, choices: Collection[str], options: Options) -> bool:
        """Whole numbers from 0 to 5, for what is on the paper."""
        known = {key for choice in choices for key in _keys(choice, options)}
        return all(key in known and 0 <= n <= TOP for key, n in marks.items())

    def count(self, papers: Sequence[Marks], choices: Sequence[str], options: Options) -> Outcome:
        """The average of each choice over those who scored it."""
        sums, opinions = _sums(papers)
        figures = {choice: _figure(choice, sums, opinions, options) for choice in choices}
        keys = [key for choice in choices for key in _keys(choice, options)]
        means = {key: _rounded(Fraction(sums[key], opinions[key])) for key in keys if opinions[key]}
        detail = {"means": means, "opinions": {key: opinions[key] for key in keys}}
        counts = {choice: _rounded(figure or Fraction()) for choice, figure in figures.items()}
        # What nobody scored stands last, behind what everybody gave a nought.
        order = placed({choice: -1 if f is None else f for choice, f in figures.items()})
        return Outcome(counts, order, _said(options), detail)


def _keys(choice: str, options: Options) -> list[str]:
    criteria = options.get("criteria") or []
    return [f"{choice}.{criterion['key']}" for criterion in criteria] or [choice]


def _sums(papers: Sequence[Marks]) -> tuple[Counter[str], Counter[str]]:
    sums: Counter[str] = Counter()
    opinions: Counter[str] = Counter()
    for marks in papers:
        sums.update(marks)
        opinions.update(marks.keys())
    return sums, opinions


def _figure(
    choice: str, sums: Mapping[str, int], opinions: Mapping[str, int], options: Options
) -> Fraction | None:
    """The weighted average over the criteria that somebody scored; None where nobody did."""
    weights = [criterion["weight"] for criterion in options.get("criteria") or []] or [1]
    scored = [
        (weight, Fraction(sums[key], opinions[key]))
        for weight, key in zip(weights, _keys(choice, options), strict=True)
        if opinions[key]
    ]
    whole = sum(weight for weight, _ in scored)
    return sum((weight * mean for weight, mean in scored), Fraction()) / whole if scored else None


def _rounded(figure: Fraction) -> float:
    return round(float(figure), 2)


def _said(options: Options) -> Said:
    values: dict[str, Any] = {"top": TOP}
    if options.get("criteria"):
        return Said(
            "The figure is the weighted average of the scores from 0 to {top} on all criteria;"
            " no opinion does not count.",
            values,
        )
    return Said(
        "The figure is the average score from 0 to {top}; no opinion does not count.", values
    )
