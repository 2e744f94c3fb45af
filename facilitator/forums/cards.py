"""Return cards: six words by which a seat is taken up again on another phone.

The words are proquints (D. S. Wilkerson, "A Proposal for Proquints: Identifiers that are Readable,
Spellable, and Pronounceable", 2009): five letters for 16 bits, consonants and vowels by turns, and
none that is only told apart in some languages. Six of them are 96 bits: nobody guesses them.
"""

from __future__ import annotations

import re
import secrets
import unicodedata
from collections.abc import Iterator
from dataclasses import dataclass

CONSONANTS, VOWELS = "bdfghjklmnprstvz", "aiou"
WORDS, LETTERS = 6, 5
#: What may stand at each place of a word.
PATTERN = (CONSONANTS, VOWELS, CONSONANTS, VOWELS, CONSONANTS)

#: What people type in place of what is meant: figures, accents apart, and a Cyrillic keyboard.
SOUNDS = str.maketrans(
    {
        **dict(zip("cqwyxe0", "kkvjzio", strict=True)),
        **dict(zip("абвгґдзиійклмнопрстуфхжцч", "abvhgdziijklmnoprstufhzzz", strict=True)),
    }
)
#: The same where only the place tells: a stroke among consonants is an l, among vowels an i.
FIGURES = {CONSONANTS: {"1": "l", "5": "s", "8": "b", "6": "g", "2": "z"}, VOWELS: {"1": "i"}}


@dataclass(frozen=True)
class Misread:
    """What is wrong with words that were typed: `words`, `length` or `letter`."""

    kind: str
    #: How many words there are, or which one is wrong, from 1.
    number: int
    word: str = ""


def fresh_words() -> str:
    """Draw six words that nobody has."""
    return " ".join("".join(map(secrets.choice, PATTERN)) for _ in range(WORDS))


def is_like_card(text: str) -> bool:
    """Whether somebody means a card: several words of letters, and neither a code nor a link."""
    letters = sum(map(str.isalpha, text))
    return 3 * LETTERS <= letters <= 2 * WORDS * LETTERS and not re.search(r"[#/.:?=]", text)


def read_words(text: str) -> list[str] | Misread:
    """The words that may be meant, the likeliest first, or what is wrong with them.

    Case, blanks, dashes and ends of lines are forgiven, and one wrong letter.
    """
    plain = unicodedata.normalize("NFKC", text).lower().translate(SOUNDS)
    typed = re.findall(r"[a-z0-9]+", plain)
    letters = "".join(typed)
    if len(letters) != WORDS * LETTERS:
        if len(typed) != WORDS:
            return Misread("words", len(typed))
        at = next(n for n, word in enumerate(typed) if len(word) != LETTERS)
        return Misread("length", at + 1, typed[at])
    letters = "".join(FIGURES[PATTERN[n % LETTERS]].get(x, x) for n, x in enumerate(letters))
    wrong = [n for n, letter in enumerate(letters) if letter not in PATTERN[n % LETTERS]]
    if len(wrong) > 1:
        word = wrong[0] // LETTERS
        return Misread("letter", word + 1, letters[word * LETTERS : (word + 1) * LETTERS])
    return [spaced(one) for one in _near(letters, wrong or range(len(letters)), exact=not wrong)]


def _near(letters: str, places: range | list[int], *, exact: bool) -> Iterator[str]:
    """The letters themselves, and with another one at each of these places."""
    if exact:
        yield letters
    for at in places:
        for other in PATTERN[at % LETTERS]:
            if other != letters[at]:
                yield letters[:at] + other + letters[at + 1 :]


def spaced(letters: str) -> str:
    """Thirty letters, as six words."""
    return " ".join(letters[n : n + LETTERS] for n in range(0, len(letters), LETTERS))
