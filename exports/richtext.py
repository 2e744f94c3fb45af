"""People's text as a small tree of nodes, without any markup left in it."""

from collections.abc import Iterator
from dataclasses import dataclass
from typing import ClassVar

from exports.vocabulary import Id, Lang, Url, Words


@dataclass(frozen=True, slots=True)
class Text:
    """Words, exactly as they were written."""

    type: ClassVar[str] = "text"
    text: Words
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Strong:
    """Words with weight."""

    type: ClassVar[str] = "strong"
    content: "tuple[Inline, ...]"
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Emphasis:
    """Words with a different tone."""

    type: ClassVar[str] = "emphasis"
    content: "tuple[Inline, ...]"
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Link:
    """Words that lead elsewhere."""

    type: ClassVar[str] = "link"
    href: Url
    content: "tuple[Inline, ...]"
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Note:
    """A mention of a piece of evidence, printed as a footnote."""

    type: ClassVar[str] = "note"
    ref: Id


@dataclass(frozen=True, slots=True)
class Break:
    """A new line within a paragraph."""

    type: ClassVar[str] = "break"


Inline = Text | Strong | Emphasis | Link | Note | Break
Inlines = tuple[Inline, ...]


@dataclass(frozen=True, slots=True)
class Paragraph:
    """A paragraph."""

    type: ClassVar[str] = "paragraph"
    content: Inlines
    id: Id | None = None
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Heading:
    """A line that names what follows; it has no level, for it stands inside a section."""

    type: ClassVar[str] = "heading"
    content: Inlines
    id: Id | None = None
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Listing:
    """Items, numbered or not; each item is one or more blocks."""

    type: ClassVar[str] = "list"
    ordered: bool
    items: "tuple[tuple[Block, ...], ...]"
    id: Id | None = None
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Quote:
    """What somebody else said."""

    type: ClassVar[str] = "quote"
    content: "tuple[Block, ...]"
    by: Words | None = None
    id: Id | None = None
    lang: Lang | None = None


@dataclass(frozen=True, slots=True)
class Table:
    """Rows under a header; every row has as many cells as the header."""

    type: ClassVar[str] = "table"
    header: tuple[Inlines, ...]
    rows: tuple[tuple[Inlines, ...], ...]
    caption: Inlines = ()
    id: Id | None = None
    lang: Lang | None = None


Block = Paragraph | Heading | Listing | Quote | Table
Blocks = tuple[Block, ...]


def plain(blocks: Blocks) -> str:
    """Give the words of some blocks: a line for each paragraph, item or row.

    The offsets of a span count the code points of `plain((block,))`.
    """
    return "\n".join(line for block in blocks for line in _lines(block))


def plain_inlines(nodes: Inlines) -> str:
    """Give the words of one line of text; a note has none."""
    return "".join(_inline(one) for one in nodes)


def _inline(one: Inline) -> str:
    match one:
        case Text():
            return one.text
        case Break():
            return "\n"
        case Note():
            return ""
        case _:
            return plain_inlines(one.content)


def _lines(block: Block) -> Iterator[str]:
    match block:
        case Paragraph() | Heading():
            yield plain_inlines(block.content)
        case Listing():
            for item in block.items:
                yield plain(item)
        case Quote():
            yield plain(block.content)
        case _:
            rows = ([block.caption],) * bool(block.caption) + (block.header, *block.rows)
            for row in rows:
                yield "\t".join(plain_inlines(cell) for cell in row)
