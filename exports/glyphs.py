"""The bundled typefaces, and what becomes of a character that they lack."""

import importlib
import re
import unicodedata
from functools import cache
from pathlib import Path
from typing import Any

from fontTools.ttLib import TTFont

FONTS = ("fontpkg_source_serif_4", "fontpkg_noto_sans")
#: They have no shape of their own, and Typst knows what they mean.
SHAPELESS = "\n\t\N{WORD JOINER}\N{ZERO WIDTH SPACE}"
#: Data that are not set but used.
NOT_SET = ("href", "anchor", "lang", "type", "option", "date")
#: A word that no line could hold may break here.
OVERLONG = re.compile(r"[^\s\u200b-]{24}(?=[^\s\u200b-]{4})")


@cache
def font_folders() -> tuple[Path, ...]:
    """Name the folders of the bundled fonts; none of the machine's own are ever used."""
    return tuple(Path(importlib.import_module(name).__path__[0]) / "files" for name in FONTS)


@cache
def alphabet() -> frozenset[int]:
    """Give the characters that one of our families has, in upright and in italic."""
    families = ([_characters(file) for file in x.glob("*.ttf")] for x in font_folders())
    return frozenset().union(*(set.intersection(*faces) for faces in families))


def _characters(file: Path) -> set[int]:
    with TTFont(file, lazy=True) as font:
        return set(font.getBestCmap())


@cache
def settable(character: str) -> str:
    """Give the character, or what stands for it where no bundled font has it.

    A PDF/A must not hold a character without a glyph: better to say what it was than to fail, or
    to drop it in silence.
    """
    if ord(character) in alphabet() or character in SHAPELESS:
        return character
    kind = unicodedata.category(character)
    if kind in ("So", "Sk", "Sm"):
        return f"[{unicodedata.name(character, 'symbol').lower()}]"
    if kind.startswith("Z"):
        return " "
    return "" if kind.startswith(("C", "M")) else "[?]"


def without_shape(thing: Any, key: str = "") -> list[str]:
    """Name the characters of plain data that the PDF has to describe, in order, each once."""
    if isinstance(thing, str):
        words = "" if key in NOT_SET else unicodedata.normalize("NFC", thing)
        found = [one for one in words if not one.isascii() and settable(one) != one]
    elif isinstance(thing, dict):
        found = [one for name, value in thing.items() for one in without_shape(value, name)]
    elif isinstance(thing, list):
        found = [one for value in thing for one in without_shape(value, key)]
    else:
        found = []
    return [one for one in dict.fromkeys(found) if unicodedata.category(one)[0] not in "CZM"]


def settable_text(thing: Any, key: str = "") -> Any:
    """Make every text in plain data settable, but leave addresses and names of places alone."""
    if isinstance(thing, str):
        return thing if key in NOT_SET else _settable_words(thing)
    if isinstance(thing, list):
        return [settable_text(one, key) for one in thing]
    if isinstance(thing, dict):
        return {name: settable_text(value, name) for name, value in thing.items()}
    return thing


def _settable_words(text: str) -> str:
    composed = unicodedata.normalize("NFC", text)
    plain = composed.isascii() and composed.isprintable()
    words = composed if plain else "".join(map(settable, composed))
    return OVERLONG.sub("\\g<0>\N{ZERO WIDTH SPACE}", words)
