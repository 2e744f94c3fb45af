"""The catalogues of words, and how they are collected: python -m facilitator.translations."""

from __future__ import annotations

import re
from collections.abc import Iterator
from io import BytesIO
from pathlib import Path

from babel.messages import Catalog
from babel.messages.extract import extract
from babel.messages.pofile import read_po, write_po

FOLDER = Path(__file__).parent
PACKAGE = FOLDER.parent

#: Functions whose first literal is a sentence for people; tn has two forms.
KEYWORDS: dict[str, tuple[int, ...] | None] = {
    "t": None,
    "tn": (1, 2),
    "sentence": None,
    "Refused": None,
    "misshapen": None,
    "Problem": (2,),
    "Said": None,
}

Key = str | tuple[str, str]

#: Our own JavaScript writes its sentences as literals in double quotes.
LITERAL = r'"((?:[^"\\]|\\.)*)"'
IN_JAVASCRIPT = re.compile(rf"\b(?:t|sentence)\(\s*{LITERAL}|\btn\(\s*{LITERAL},\s*{LITERAL}")


def sentences() -> list[Key]:
    """Every sentence for people in the code, in alphabetical order; plurals as pairs."""
    found = {*_in_python(), *_in_templates(), *_in_javascript()}
    return sorted(found, key=lambda key: key if isinstance(key, str) else key[0])


def _in_python() -> Iterator[Key]:
    for path in PACKAGE.rglob("*.py"):
        if "versions" not in path.parts:
            yield from _extracted("python", path)


def _in_templates() -> Iterator[Key]:
    for path in (PACKAGE / "templates").rglob("*.html"):
        yield from _extracted("jinja2.ext:babel_extract", path)


def _extracted(method: str, path: Path) -> Iterator[Key]:
    with path.open("rb") as file:
        for _, message, _, _ in extract(method, file, keywords=KEYWORDS):
            if message:
                yield (message[0], message[1]) if isinstance(message, tuple) else message


def _in_javascript() -> Iterator[Key]:
    for path in (PACKAGE / "static").rglob("*.js"):
        if "vendor" not in path.parts:
            for alone, one, many in IN_JAVASCRIPT.findall(path.read_text()):
                yield (_plain(one), _plain(many)) if one else _plain(alone)


def _plain(literal: str) -> str:
    return re.sub(r"\\(.)", r"\1", literal)


def catalogue(lang: str) -> Catalog:
    """The catalogue of a language, as it is on disk; empty where there is none."""
    path = FOLDER / f"{lang}.po"
    if not path.exists():
        return Catalog(locale=lang)
    return read_po(BytesIO(path.read_bytes()), locale=lang)


def collect(lang: str) -> list[str]:
    """Bring a catalogue up to date with the code; the sentences that have no words yet."""
    old, new = catalogue(lang), Catalog(locale=lang, charset="utf-8", fuzzy=False)
    missing = []
    for key in sentences():
        known = old.get(key if isinstance(key, str) else key[0])
        kept = known.string if known and _fits(key, known.string) else ""
        new.add(key, kept)
        if not (all(kept) if isinstance(kept, tuple) else kept):
            missing.append(key if isinstance(key, str) else key[0])
    with (FOLDER / f"{lang}.po").open("wb") as file:
        write_po(file, new, no_location=True, omit_header=False, width=0, sort_output=True)
    return missing


def _fits(key: Key, words: object) -> bool:
    return isinstance(key, str) == isinstance(words, str)
