"""Whom a recommendation asks to act: its rows, and what an older text says in words (pure)."""

from __future__ import annotations

import re
from collections.abc import Iterator, Mapping
from typing import Any

from exports import markup
from exports.citations import bare
from exports.document import Addressee
from exports.richtext import Blocks, Heading, Listing, Paragraph, plain
from facilitator.rooms.levels import ADDRESSEE, level_of

#: A longer line is no name of an office: then the section is printed as it was written.
LONGEST = 160


def addressees(face: Mapping[str, Any]) -> tuple[tuple[Addressee, ...], bool]:
    """The offices that a draft asks, and whether its section of words says nothing else.

    The rows come first. What an older text names in words comes behind them, so that a text merged
    of both kinds loses nobody. An office that is named twice is asked once.
    """
    named, plainly = offices_in(bare(face.get("sections", {}).get(ADDRESSEE, "")))
    found: dict[str, Addressee] = {}
    for one in (*rows(face), *named):
        found.setdefault(one.name, one)
    return tuple(found.values()), plainly


def rows(face: Mapping[str, Any]) -> Iterator[Addressee]:
    """The rows in which an office stands; its name tells the level that nobody has chosen."""
    for row in face.get("addressees", []):
        if name := markup.clean_line(bare(row["office"])):
            yield Addressee(name=name, level=row["level"] or level_of(name))


def offices_in(text: str) -> tuple[tuple[Addressee, ...], bool]:
    """The offices that a text in Markdown names, and whether it says nothing else."""
    names: list[str] = []
    plainly = True
    for block in markup.to_blocks(text):
        lines = _lines(block)
        plainly = plainly and lines is not None
        names += lines or []
    fitting = [name for name in names if len(name) <= LONGEST]
    found = tuple(Addressee(name=name, level=level_of(name)) for name in dict.fromkeys(fitting))
    return found, plainly and len(fitting) == len(names)


def _lines(block: object) -> list[str] | None:
    """The names in a block, one on a line or between semicolons; None where it is no list."""
    match block:
        case Paragraph():
            text = plain((block,))
        case Listing(items=items) if all(_simple(item) for item in items):
            text = plain((block,))
        case _:
            return None
    names = (markup.clean_line(name).rstrip(" .,") for name in re.split(r"[;\n]", text))
    return [name for name in names if name]


def _simple(item: Blocks) -> bool:
    return all(isinstance(block, Paragraph | Heading) for block in item)
