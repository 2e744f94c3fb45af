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

Keywords = dict[str, tuple[int, ...] | None]

#: Functions whose first literal is a sentence for people; tn has two forms.
KEYWORDS: Keywords = {
    "t": None,
    "tn": (1, 2),
    "sentence": None,
    "Refused": None,
    "misshapen": None,
    "Problem": (2,),
    "Said": None,
    "BadFile": None,
    "Wrong": None,
}

Key = str | tuple[str, str]

#: Our own JavaScript writes its sentences as literals in double quotes.
LITERAL = r'"((?:[^"\\]|\\.)*)"'
IN_JAVASCRIPT = re.compile(rf"\b(?:t|sentence)\(\s*{LITERAL}|\btn\(\s*{LITERAL},\s*{LITERAL}")

#: What programs that read a catalogue ask of it. No names and no dates: it changes with the words.
HEADER = """\
# The words of Facilitator in one of its languages.
msgid ""
msgstr ""
"Project-Id-Version: Facilitator\\n"
"Language: {lang}\\n"
"Plural-Forms: {plurals}\\n"
"MIME-Version: 1.0\\n"
"Content-Type: text/plain; charset=utf-8\\n"
"Content-Transfer-Encoding: 8bit\\n"

"""


def sentences() -> list[Key]:
    """Every sentence for people in the code, in alphabetical order; plurals as pairs."""
    found = {*_in_python(), *_in_templates(), *_in_javascript()}
    return sorted(found, key=lambda key: key if isinstance(key, str) else key[0])


def _in_python() -> Iterator[Key]:
    for path in PACKAGE.rglob("*.py"):
        if "versions" not in path.parts:
            yield from _extracted("python", path)


def said_in_rooms() -> Iterator[Key]:
    """What the server says of votes in English, for each browser to say in its own language."""
    for path in (PACKAGE / "rooms").rglob("*.py"):
        if "Said(" in path.read_text():
            yield from _extracted("python", path, {"Said": None})


def _in_templates() -> Iterator[Key]:
    for path in (PACKAGE / "templates").rglob("*.html"):
        yield from _extracted("jinja2.ext:babel_extract", path)


def _extracted(method: str, path: Path, keywords: Keywords = KEYWORDS) -> Iterator[Key]:
    with path.open("rb") as file:
        for _, message, _, _ in extract(method, file, keywords=keywords):
            if message:
                yield (message[0], message[1]) if isinstance(message, tuple) else message


def _in_javascript() -> Iterator[Key]:
    for path in (PACKAGE / "static").rglob("*.js"):
        if "vendor" not in path.parts:
            yield from in_script(path.read_text())


def in_script(source: str) -> Iterator[Key]:
    """The sentences for people in a script of ours."""
    for alone, one, many in IN_JAVASCRIPT.findall(source):
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
    file, missing = collected(lang)
    (FOLDER / f"{lang}.po").write_bytes(file)
    return missing


def collected(lang: str) -> tuple[bytes, list[str]]:
    """The file of a catalogue as the code wants it, and the sentences that have no words yet."""
    old, new = catalogue(lang), Catalog(locale=lang)
    missing = []
    for key in sentences():
        known = old.get(key if isinstance(key, str) else key[0])
        kept = known.string if known and _fits(key, known.string) else ""
        new.add(key, kept)
        if not (all(kept) if isinstance(kept, tuple) else kept):
            missing.append(key if isinstance(key, str) else key[0])
    file = BytesIO()
    file.write(HEADER.format(lang=lang, plurals=new.plural_forms).encode())
    write_po(file, new, no_location=True, omit_header=True, width=0, sort_output=True)
    return file.getvalue(), missing


def _fits(key: Key, words: object) -> bool:
    return isinstance(key, str) == isinstance(words, str)
