"""Marks by which a text cites: `[^i12]` an idea, `[^e3]` a card of evidence, `[^m4]` minutes."""

import re
from collections.abc import Callable
from dataclasses import replace

from exports.richtext import (
    Block,
    Blocks,
    Emphasis,
    Heading,
    Inline,
    Inlines,
    Link,
    Listing,
    Note,
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
)

#: A mark is plain text, so that every editor takes it, and no Markdown that we read.
MARK = re.compile(r"\[\^([iem][1-9]\d{0,14})\]")

#: From a mark, as "i12", to the id of the note that says what it cites.
Cite = Callable[[str], str]


def marks_in(text: str) -> list[str]:
    """The marks in a text, each once, in order."""
    return list(dict.fromkeys(MARK.findall(text)))


def bare(text: str) -> str:
    """A text without its marks: for a title, a name, or the cell of a table."""
    return MARK.sub("", text)


def blanked(text: str) -> str:
    """A text of the same length in which no character of a mark can be found."""
    return MARK.sub(lambda mark: "\0" * len(mark[0]), text)


def numbered(text: str, number: Callable[[str], int]) -> str:
    """A text with a number in the place of each mark."""
    return MARK.sub(lambda mark: f" [{number(mark[1])}]", re.sub(r" (?=\[\^)", "", text))


def cited(blocks: Blocks, cite: Cite) -> Blocks:
    """The same blocks, with a note in the place of each mark."""
    return tuple(_block(block, cite) for block in blocks)


def _block(block: Block, cite: Cite) -> Block:
    match block:
        case Paragraph() | Heading():
            return replace(block, content=_inlines(block.content, cite))
        case Listing():
            return replace(block, items=tuple(cited(item, cite) for item in block.items))
        case Quote():
            return replace(block, content=cited(block.content, cite))
        case Table():
            header, *rows = (
                tuple(_inlines(cell, cite) for cell in row) for row in (block.header, *block.rows)
            )
            return replace(block, header=header, rows=tuple(rows))


def _inlines(nodes: Inlines, cite: Cite) -> Inlines:
    return tuple(one for node in nodes for one in _inline(node, cite))


def _inline(node: Inline, cite: Cite) -> Inlines:
    match node:
        case Text():
            return _notes(node, cite)
        case Strong() | Emphasis() | Link():
            return (replace(node, content=_inlines(node.content, cite)),)
        case _:
            return (node,)


def _notes(node: Text, cite: Cite) -> Inlines:
    """Cut words at their marks; a note stands right behind the word it is for."""
    if not MARK.search(node.text):
        return (node,)
    found: list[Inline] = []
    for place, part in enumerate(MARK.split(node.text)):
        if place % 2:
            found.append(Note(cite(part)))
        elif words := part.rstrip(" ") if place < _last(node.text) else part:
            found.append(replace(node, text=words))
    return tuple(found)


def _last(text: str) -> int:
    return 2 * len(MARK.findall(text))
