"""What was found in a file, before anything of it is kept (pure)."""

from __future__ import annotations

import hashlib
from dataclasses import dataclass, field
from enum import StrEnum
from typing import Any

#: Characters of a title and of a text; recommendations of one file.
TITLE, TEXT, MOST = 300, 20_000, 1_000


class Sort(StrEnum):
    """What kind of file it is."""

    SEALED = "sealed"
    DECIDIM = "decidim"
    TABLE = "table"
    HEADINGS = "headings"
    #: Of people who were invited: only the names of sectors and tracks are ever read.
    PARTICIPANTS = "participants"


class BadFile(ValueError):
    """A file is not what it should be, in a sentence for people with {names} for `values`."""

    def __init__(self, sentence: str, **values: Any) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence, self.values = sentence, values


@dataclass(frozen=True)
class Wrong:
    """What is wrong with one row, in a sentence with {names} for `values`."""

    sentence: str
    values: dict[str, Any] = field(default_factory=dict)


@dataclass(frozen=True)
class Part:
    """A section: its heading in the file's language, and its text as Markdown."""

    key: str
    heading: str
    text: str


@dataclass(frozen=True)
class Row:
    """A recommendation of a file. `number`: its line in the file, or its number in the document."""

    number: int
    title: str
    parts: list[Part]
    lang: str
    steps: list[dict[str, str]] = field(default_factory=list)
    #: A track or chapter, by its name in the file.
    track: str = ""
    #: Of a sealed document: what it is called there, and what was decided.
    name: str = ""
    standing: str = ""
    #: And where it was raised there, as far as that document says so.
    cities: list[str] = field(default_factory=list)
    problems: list[Wrong] = field(default_factory=list)

    @property
    def digest(self) -> str:
        """By which the same text is known again."""
        said = [self.title, *(part.text for part in self.parts)]
        return hashlib.sha256("\0".join(said).encode()).hexdigest()


@dataclass(frozen=True)
class Origin:
    """The sealed document that a file is."""

    forum: str
    version: str
    sealed: str
    hash: str
    #: Whether a seal came with it, and its signature is good.
    signed: bool = False


@dataclass(frozen=True)
class Found:
    """All that a file holds for us."""

    sort: Sort
    #: How its letters were read, in the name that programs give it; empty where there is one way.
    encoding: str = ""
    delimiter: str = ""
    rows: list[Row] = field(default_factory=list)
    origin: Origin | None = None
    #: Columns that were not read.
    dropped: list[str] = field(default_factory=list)
    sectors: list[str] = field(default_factory=list)
    tracks: list[str] = field(default_factory=list)


def checked(row: Row, *more: Wrong) -> Row:
    """A row with what is wrong with it."""
    found = [*row.problems, *more]
    if not row.title:
        found.append(Wrong("There is no title."))
    if len(row.title) > TITLE:
        found.append(Wrong("The title is longer than {n} characters.", {"n": TITLE}))
    steps = [*row.steps]
    if _length(row) > TEXT:
        found.append(Wrong("The text is longer than {n} characters.", {"n": TEXT}))
        steps = []
    parts = [Part(part.key, part.heading[:TITLE], part.text[:TEXT]) for part in row.parts]
    cut = {"title": row.title[:TITLE], "parts": parts, "steps": steps}
    return Row(**{**vars(row), **cut, "problems": found})


def _length(row: Row) -> int:
    """Characters of all that is not the title."""
    words = [word for part in row.parts for word in (part.heading, part.text)]
    return sum(map(len, [*words, *(word for step in row.steps for word in step.values())]))
