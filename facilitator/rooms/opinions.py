"""Opinion groups: a map of who votes alike (pure; the home of numpy, for the worker alone).

Written from published formulae, not from anybody's code:

- C. Small, M. Bjorkegren, T. Erkkilä, L. Shaw, C. Megill, "Polis: Scaling Deliberation by Mapping
  High Dimensional Opinion Spaces", Recerca 26(2), 2021: the map of a vote matrix with holes, the
  groups in two steps, the number of groups by silhouette.
- P. J. Rousseeuw, "Silhouettes", J. Comput. Appl. Math. 20, 1987.
- D. Arthur, S. Vassilvitskii, "k-means++: The Advantages of Careful Seeding", SODA 2007.

A vote is 1 (agrees), -1 (disagrees), 0 (passes) or NaN (has not seen it): voters are the rows,
statements the columns.
"""

from __future__ import annotations

from dataclasses import dataclass
from typing import Any

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Labels = NDArray[np.int64]
Mask = NDArray[np.bool_]

#: Votes of somebody who is grouped, where there are as many statements; and how many are grouped
#: at least, the most active first.
ENOUGH, FEWEST = 7, 15
#: Centres in the first of the two steps, and groups in the second.
BASES, MOST_GROUPS = 100, 5
#: Rounds of the power iteration, and of k-means; beginnings of k-means.
ROUNDS, STARTS = 100, 10
#: Who is in no group.
NOBODY = -1


@dataclass(frozen=True)
class OpinionMap:
    """Where voters stand, and in which group each is."""

    #: A place for each voter: two numbers.
    places: Floats
    #: The group of each voter, from 0, the largest first; NOBODY for who is not grouped.
    groups: Labels
    #: How clearly the groups stand apart: -1 to 1. Nothing is known of a single group: 0.
    silhouette: float
    #: How far out a vote for one statement alone would put somebody.
    extremity: Floats

    @property
    def sizes(self) -> list[int]:
        """How many are in each group."""
        sizes: list[int] = np.bincount(self.groups[self.groups != NOBODY]).tolist()
        return sizes


def opinion_map(
    votes: Floats, taken_out: Mask | None = None, *, k: int | None = None, least: int = 1
) -> OpinionMap:
    """Map voters and group them, into `k` groups where that is said.

    Columns of statements that were taken out count as a pass of everybody. Numbers of groups that
    would leave one of fewer than `least` voters are not considered.
    """
    grouped = _grouped(votes)
    seen = votes if taken_out is None else np.where(taken_out, 0.0, votes)
    mean, axes = components(seen)
    places = project(seen, mean, axes)
    groups = np.full(len(votes), NOBODY, dtype=np.int64)
    groups[grouped], silhouette = find_groups(places[grouped], k=k, least=least)
    size = np.sqrt(votes.shape[1])
    extremity = size * np.abs(1 - mean) * np.linalg.norm(axes, axis=0)
    return OpinionMap(places, groups, silhouette, extremity)


def _grouped(votes: Floats) -> Mask:
    """Who has voted often enough; where these are too few, the most active."""
    cast = (~np.isnan(votes)).sum(axis=1)
    enough: Mask = cast >= min(ENOUGH, votes.shape[1])
    if enough.sum() < FEWEST:
        most = np.lexsort((np.arange(len(cast)), -cast))[:FEWEST]
        enough[most[cast[most] > 0]] = True
    return enough


# ---- The map -------------------------------------------------------------------------------------


def components(votes: Floats) -> tuple[Floats, Floats]:
    """The mean of each statement, and the two directions in which voters differ most.

    What somebody has not seen counts as the mean of those who have. The directions are found by
    power iteration, both at once.
    """
    seen = ~np.isnan(votes)
    mean = np.where(seen, votes, 0.0).sum(axis=0) / np.maximum(1, seen.sum(axis=0))
    centred = np.where(seen, votes - mean, 0.0)
    return mean, _power(centred)


def _power(centred: Floats) -> Floats:
    voters, width = centred.shape
    if min(voters, width) < 2 or not centred.any():
        return np.zeros((2, width))
    tall = voters >= width
    square = centred.T @ centred if tall else centred @ centred.T
    # A few directions more than are wanted make it settle much sooner.
    found = np.random.default_rng(0).normal(size=(len(square), min(len(square), 6)))
    for _ in range(ROUNDS):
        found, _ = np.linalg.qr(square @ found)
    spread, turn = np.linalg.eigh(found.T @ square @ found)
    strongest = found @ turn[:, np.argsort(spread)[::-1][:2]]
    axes = (strongest if tall else centred.T @ strongest).T
    length = np.linalg.norm(axes, axis=1, keepdims=True)
    axes = np.where(length > 1e-9, axes / np.where(length > 1e-9, length, 1), 0.0)
    # The same votes give the same map: a direction points to where its longest part does.
    longest = axes[[0, 1], np.abs(axes).argmax(axis=1)]
    pointed: Floats = axes * np.where(longest < 0, -1.0, 1.0)[:, None]
    return pointed


def project(votes: Floats, mean: Floats, axes: Floats) -> Floats:
    """Where voters stand: by what they have seen alone, further out the less that is."""
    seen = ~np.isnan(votes)
    scale = np.sqrt(votes.shape[1] / np.maximum(1, seen.sum(axis=1)))
    places: Floats = (np.where(seen, votes - mean, 0.0) @ axes.T) * scale[:, None]
    return places


# ---- The groups ----------------------------------------------------------------------------------


def find_groups(places: Floats, *, k: int | None = None, least: int = 1) -> tuple[Labels, float]:
    """The group of each place, the largest first, and how clearly they stand apart.

    First up to a hundred small clusters, then groups of these: as many as give the best silhouette.
    """
    if len(places) < 2:
        return np.zeros(len(places), dtype=np.int64), 0.0
    bases, base_of = _bases(places)
    weights = np.bincount(base_of, minlength=len(bases)).astype(float)
    most = min(MOST_GROUPS, 2 + len(bases) // 12, len(bases))
    tried = [k] if k else range(2, most + 1)
    best, best_labels = -1.0, np.zeros(len(bases), dtype=np.int64)
    for wanted in tried:
        labels = cluster(bases, wanted, weights)
        sizes = np.bincount(labels, weights=weights)
        score = silhouette(bases, labels, weights)
        if len(sizes) == wanted and sizes.min() >= least and score > best:
            best, best_labels = score, labels
    found = _largest_first(best_labels[base_of])
    return found, best if found.any() else 0.0


def _bases(places: Floats) -> tuple[Floats, Labels]:
    """Centres of small clusters, and in which of them each place is."""
    distinct = np.unique(places.round(9), axis=0)
    if len(distinct) <= BASES:
        return distinct, _nearest(places, distinct)
    # Begin with some of all, evenly along the first direction: the order of papers has no part.
    begun = distinct[np.linspace(0, len(distinct) - 1, BASES).astype(int)]
    centres = _settle(places, begun, np.ones(len(places)))
    nearest = _nearest(places, centres)
    used, base_of = np.unique(nearest, return_inverse=True)
    return centres[used], base_of


def cluster(points: Floats, k: int, weights: Floats) -> Labels:
    """Weighted k-means: of several beginnings the one whose clusters are tightest."""
    chance = np.random.default_rng(0)
    best, tightest = np.zeros(len(points), dtype=np.int64), np.inf
    for _ in range(STARTS):
        centres = _settle(points, _beginning(points, k, weights, chance), weights)
        labels = _nearest(points, centres)
        loose = float((((points - centres[labels]) ** 2).sum(axis=1) * weights).sum())
        if loose < tightest - 1e-9:
            best, tightest = labels, loose
    return best


def _beginning(points: Floats, k: int, weights: Floats, chance: np.random.Generator) -> Floats:
    """Centres to begin with, by k-means++: far from each other, by chance."""
    centres = [points[chance.choice(len(points), p=weights / weights.sum())]]
    while len(centres) < k:
        far = _squares(points, np.array(centres)).min(axis=1) * weights
        if not far.any():
            break
        centres.append(points[chance.choice(len(points), p=far / far.sum())])
    return np.array(centres)


def _settle(points: Floats, centres: Floats, weights: Floats) -> Floats:
    """Move centres into the middle of what is nearest to them, until they stay."""
    for _ in range(ROUNDS):
        nearest = _nearest(points, centres)
        held = np.bincount(nearest, weights=weights, minlength=len(centres))
        sums = [np.bincount(nearest, weights * axis, len(centres)) for axis in points.T]
        moved = np.stack(sums, axis=1) / np.where(held, held, 1)[:, None]
        moved = np.where(held[:, None] > 0, moved, centres)
        if np.allclose(moved, centres, atol=1e-9):
            break
        centres = moved
    return centres


def silhouette(points: Floats, labels: Labels, weights: Floats | None = None) -> float:
    """Rousseeuw's mean of (b - a) / max(a, b) over the points; 0 for one person who is alone.

    `weights` says how many people a point stands for. Many in one place are not alone: two camps,
    each of one mind, stand apart as clearly as can be.
    """
    names, own = np.unique(labels, return_inverse=True)
    if len(names) < 2:
        return 0.0
    apart = np.sqrt(_squares(points, points))
    member = own[:, None] == np.arange(len(names))
    sizes = member.sum(axis=0)
    rows = np.arange(len(points))
    sums = apart @ member
    within = sums[rows, own] / np.maximum(1, sizes[own] - 1)
    others = sums / sizes
    others[rows, own] = np.inf
    between = others.min(axis=1)
    most = np.maximum(within, between)
    scores = np.where(most > 0, (between - within) / np.where(most > 0, most, 1), 0.0)
    alone = (sizes[own] == 1) & (1 if weights is None else weights <= 1)
    return float(np.where(alone, 0.0, scores).mean())


def _largest_first(labels: Labels) -> Labels:
    """The same groups, numbered by their size."""
    names, found, sizes = np.unique(labels, return_inverse=True, return_counts=True)
    rank = np.empty(len(names), dtype=np.int64)
    rank[np.argsort(-sizes, kind="stable")] = np.arange(len(names))
    return rank[found]


def _nearest(points: Floats, centres: Floats) -> Labels:
    nearest: Labels = _squares(points, centres).argmin(axis=1)
    return nearest


def _squares(points: Floats, others: Floats) -> Any:
    """The squares of all distances."""
    return ((points[:, None, :] - others[None, :, :]) ** 2).sum(axis=2)
