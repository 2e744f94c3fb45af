"""Texts that say something similar: how alike any two are, and why (pure; numpy, for the worker).

The light way needs no model. It compares two kinds of pieces of the folded words, each weighed by
how few texts have it (TF-IDF, as in G. Salton, C. Buckley, "Term-Weighting Approaches in Automatic
Text Retrieval", 1988), and takes the mean of the two cosines:

- runs of three to five characters within a word, its edges included, which see through endings and
  spelling, and sometimes across languages;
- the first five letters of each word, a cheap stem.

`static/lib/similar.js` does the same for the ideas of a room; a test holds the two together.

Where an encoder of meaning is at hand, the other way is to compare what it gives. Raw, it finds
texts of one language more alike than texts of one meaning: so the mean of each language is taken
away first.
"""

from __future__ import annotations

import math
import re
import unicodedata
from collections import Counter
from collections.abc import Iterable, Iterator, Sequence
from dataclasses import dataclass
from typing import Any, Protocol

import numpy as np
from numpy.typing import NDArray

Floats = NDArray[np.float64]
Vectors = NDArray[np.float32]
Mask = NDArray[np.bool_]

#: Characters of the runs, and letters of a stem; letters of the shortest word that is read.
RUNS, STEM, SHORTEST = (3, 4, 5), 5, 3
#: What stands in more than so many texts, and in more than one of ten, tells nothing of any.
MANY, SHARE = 20, 10
#: Texts of a language that have a mean of their own.
FEW = 3
#: Words that are named as the reason, at most.
REASONS = 5

#: Letters that have no mark which could be taken off.
UNMARKED = str.maketrans({"ł": "l", "đ": "d", "ø": "o"})


class Alike(Protocol):
    """How alike texts are, each with each."""

    def row(self, place: int) -> Floats:
        """How alike one text is to each, from 0 to about 1."""


@dataclass(frozen=True, order=True)
class Pair:
    """Two texts, by their places, the first the earlier one; and how alike they are."""

    score: float
    a: int
    b: int


# ---- By words ------------------------------------------------------------------------------------


def words_of(text: str) -> list[str]:
    """The words of a text in small letters, without marks on them; the shortest say nothing."""
    apart = unicodedata.normalize("NFKD", text.lower())
    bare = "".join(letter for letter in apart if not unicodedata.category(letter).startswith("M"))
    return re.findall(rf"\w{{{SHORTEST},}}", bare.translate(UNMARKED))


def stems(words: Iterable[str]) -> Iterator[str]:
    """The beginning of each word."""
    return (word[:STEM] for word in words)


def runs(words: Iterable[str]) -> Iterator[str]:
    """The runs of characters within each word, of which its edges are blanks."""
    for word in words:
        whole = f" {word} "
        for length in RUNS:
            if len(whole) <= length:
                yield whole
                break
            yield from (whole[at : at + length] for at in range(len(whole) - length + 1))


class _Index:
    """Which text has which pieces, and how much each weighs there: vectors of length one."""

    def __init__(self, texts: Sequence[Counter[str]]) -> None:
        self.size = len(texts)
        spread = Counter(piece for pieces in texts for piece in pieces)
        most = common(self.size)
        known = {piece: n for n, piece in enumerate(p for p in spread if spread[p] <= most)}
        rare = {piece: weight(self.size, spread[piece]) for piece in known}
        columns: list[list[int]] = []
        weights: list[Floats] = []
        for pieces in texts:
            told = [
                (known[piece], n * rare[piece]) for piece, n in pieces.items() if piece in known
            ]
            columns.append([column for column, _ in told])
            vector = np.array([value for _, value in told], dtype=np.float64)
            weights.append(vector / (np.linalg.norm(vector) or 1.0))
        self._columns, self._weights = columns, weights
        self._turn(len(known))

    def _turn(self, pieces: int) -> None:
        """Also know, for each piece, which texts have it: one stretch of two arrays."""
        column = np.array([n for row in self._columns for n in row], dtype=np.int64)
        text = np.repeat(np.arange(self.size), [len(row) for row in self._columns])
        order = np.argsort(column, kind="stable")
        self._texts = text[order]
        self._shares = np.concatenate([*self._weights, np.zeros(0)])[order]
        self._counts = np.bincount(column, minlength=pieces)
        self._starts = np.cumsum(self._counts) - self._counts

    def row(self, place: int) -> Floats:
        """The cosine of one text with each, its own included."""
        columns = np.array(self._columns[place], dtype=np.int64)
        counts = self._counts[columns]
        before = np.cumsum(counts) - counts
        where = np.repeat(self._starts[columns] - before, counts) + np.arange(counts.sum())
        shares = self._shares[where] * np.repeat(self._weights[place], counts)
        found: Any = np.bincount(self._texts[where], shares, minlength=self.size)
        return np.asarray(found, dtype=np.float64)


def common(texts: int) -> int:
    """In how many of so many texts a piece may stand and still tell one from another."""
    return max(MANY, texts // SHARE)


def weight(texts: int, having: int) -> float:
    """What a piece weighs that stands in `having` of `texts`."""
    return math.log((1 + texts) / (1 + having)) + 1


class ByWords:
    """The light way: alike by the pieces of their words."""

    def __init__(self, texts: Sequence[str]) -> None:
        said = [words_of(text) for text in texts]
        self._stems = [Counter(stems(words)) for words in said]
        self._spread = Counter(stem for pieces in self._stems for stem in pieces)
        self._by = [_Index(self._stems), _Index([Counter(runs(words)) for words in said])]

    def row(self, place: int) -> Floats:
        """How alike one text is to each."""
        stemmed, run = (index.row(place) for index in self._by)
        return (stemmed + run) / 2

    def shared(self, a: int, b: int) -> list[str]:
        """Why: the stems that both have, those first that tell most; so that they can be marked."""
        most = common(len(self._stems))
        both = (stem for stem in self._stems[a] if stem in self._stems[b])
        telling = [stem for stem in both if self._spread[stem] <= most]
        # The shortest are mostly "and" and "for": named only where there is nothing else.
        long = [stem for stem in telling if len(stem) > SHORTEST]
        return sorted(long or telling, key=lambda stem: (self._spread[stem], stem))[:REASONS]


# ---- By meaning ----------------------------------------------------------------------------------


class ByMeaning:
    """Alike by what an encoder gives: vectors of length one, with the language of each text."""

    def __init__(self, vectors: Vectors, languages: Sequence[str]) -> None:
        self._vectors = centred(vectors, languages)

    def row(self, place: int) -> Floats:
        """How alike one text is to each."""
        found: Floats = (self._vectors @ self._vectors[place]).astype(np.float64)
        return found


def centred(vectors: Vectors, languages: Sequence[str]) -> Vectors:
    """Take the mean of each language away, of a rare one the mean of all; length one again."""
    names = np.array(languages)
    whole: Any = vectors.mean(axis=0)
    apart = vectors - whole
    for name in set(languages):
        here = names == name
        if here.sum() >= FEW:
            apart[here] = vectors[here] - vectors[here].mean(axis=0)
    lengths: Any = np.linalg.norm(apart, axis=1, keepdims=True)
    found: Vectors = apart / np.where(lengths == 0, 1, lengths)
    return found


# ---- Which pairs ---------------------------------------------------------------------------------


def pairs(alike: Alike, tracks: Sequence[object], *, least: float, most: int) -> list[Pair]:
    """The pairs to suggest, best first: of each text `most` in its track, and as many beyond."""
    names = list(dict.fromkeys(tracks))
    track = np.array([names.index(name) for name in tracks])
    found: dict[tuple[int, int], float] = {}
    for place in range(len(tracks)):
        row = alike.row(place)
        for here in (track == track[place], track != track[place]):
            for other, score in nearest(row, place, least=least, most=most, among=here):
                found[min(place, other), max(place, other)] = score
    return sorted((Pair(score, a, b) for (a, b), score in found.items()), key=_best_first)


def _best_first(pair: Pair) -> tuple[float, int, int]:
    return -pair.score, pair.a, pair.b


def nearest(
    row: Floats, place: int, *, least: float, most: int, among: Mask | None = None
) -> list[tuple[int, float]]:
    """The texts that a row finds most like the one at `place`, best first: (place, score)."""
    enough = row >= least
    enough[place] = False
    if among is not None:
        enough &= among
    places = np.flatnonzero(enough)
    order = places[np.lexsort((places, -row[places]))][:most]
    return [(int(other), float(row[other])) for other in order]
