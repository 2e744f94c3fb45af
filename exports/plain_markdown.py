"""Blocks as the Markdown that people write in our editor: what reads back as the same blocks."""

import re
from collections.abc import Iterable

from exports.richtext import (
    Block,
    Blocks,
    Break,
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
)

#: Signs that could be read as markup, and what makes a line the beginning of something else.
SPECIAL = re.compile(r"[\\*\[\]|]|(?<!\w)_|_(?!\w)")
START = re.compile(r"(?m)^(\s*)([-+>#]|\d{1,9}(?=\.))")
#: What may not stand in an address between brackets.
BREAKING = re.compile(r"[\s()<>\\]")


def markdown_of(blocks: Blocks) -> str:
    """Write blocks as Markdown; a note is left out, it has no words."""
    return "\n\n".join(filter(None, map(_block, blocks)))


def _block(block: Block) -> str:
    match block:
        case Paragraph():
            return _words(block.content)
        case Heading():
            return f"# {_line(block.content)}"
        case Listing():
            return "\n".join(_items(block))
        case Quote():
            return "\n".join(f"> {line}" for line in markdown_of(block.content).split("\n"))
        case _:
            return _table(block)


def _items(listing: Listing) -> Iterable[str]:
    for number, item in enumerate(listing.items, 1):
        mark = f"{number}. " if listing.ordered else "- "
        first, *rest = markdown_of(item).split("\n")
        yield mark + first
        yield from (f"    {line}".rstrip() for line in rest)


def _table(table: Table) -> str:
    header, *rows = (
        "| " + " | ".join(map(_line, row)) + " |" for row in (table.header, *table.rows)
    )
    return "\n".join([header, "|" + " --- |" * len(table.header), *rows])


def _words(nodes: Inlines) -> str:
    text = "".join(map(_inline, nodes)).strip()
    return START.sub(lambda m: f"{m[1]}{m[2]}\\" if m[2].isdigit() else f"{m[1]}\\{m[2]}", text)


def _line(nodes: Inlines) -> str:
    return " ".join("".join(map(_inline, nodes)).split())


def _inline(node: Inline) -> str:
    match node:
        case Break():
            return "\n"
        case Note():
            return ""
        case Strong():
            return around("".join(map(_inline, node.content)), "**")
        case Emphasis():
            return around("".join(map(_inline, node.content)), "*")
        case Link():
            words = "".join(map(_inline, node.content))
            href = BREAKING.sub("", node.href)
            return f"[{words}]({href})" if href else words
        case _:
            return SPECIAL.sub(r"\\\g<0>", re.sub(r"\s+", " ", node.text))


def around(words: str, mark: str) -> str:
    """Put marks around words but not around the spaces beside them, or they would not count."""
    inside = words.strip()
    if not inside:
        return words
    before, _, after = words.partition(inside)
    return f"{before}{mark}{inside}{mark}{after}"
