"""Whom a recommendation asks to act: the addressee section as a list of offices (pure)."""

from __future__ import annotations

import re

from exports import markup
from exports.document import Addressee
from exports.richtext import Blocks, Heading, Listing, Paragraph, plain
from facilitator.consolidation.levels import level_of

#: A longer line is no name of an office: then the section is printed as it was written.
LONGEST = 160


def addressees(text: str) -> tuple[tuple[Addressee, ...], bool]:
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
