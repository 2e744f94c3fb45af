"""Cleaned HTML as the blocks of a document."""

from dataclasses import dataclass, field
from html.parser import HTMLParser

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
    Paragraph,
    Quote,
    Strong,
    Table,
    Text,
    plain,
    plain_inlines,
)

BLOCKS = frozenset(("p", "h3", "h4", "h5", "h6", "ul", "ol", "blockquote", "table"))


@dataclass
class Branch:
    """An element with its attributes and what is inside."""

    tag: str
    attributes: dict[str, str | None] = field(default_factory=dict)
    inside: "list[Branch | str]" = field(default_factory=list)

    def all(self, *tags: str) -> "list[Branch]":
        """Give all elements of these names below, in order."""
        found: list[Branch] = []
        for one in self.inside:
            if isinstance(one, Branch):
                found += [one] if one.tag in tags else one.all(*tags)
        return found


class _Reader(HTMLParser):
    """Builds branches; the HTML has been cleaned, so every element is closed."""

    def __init__(self) -> None:
        super().__init__(convert_charrefs=True)
        self.open = [Branch("root")]

    def handle_starttag(self, tag: str, attrs: list[tuple[str, str | None]]) -> None:
        branch = Branch(tag, dict(attrs))
        self.open[-1].inside.append(branch)
        if tag != "br":
            self.open.append(branch)

    def handle_endtag(self, tag: str) -> None:  # noqa: ARG002  (the parser's signature)
        self.open.pop()

    def handle_data(self, data: str) -> None:
        self.open[-1].inside.append(data)


def blocks_of(html: str) -> Blocks:
    """Read HTML that `markup` has cleaned; blocks without a word are left out."""
    reader = _Reader()
    reader.feed(html)
    reader.close()
    return _blocks(reader.open[0])


def _blocks(branch: Branch) -> Blocks:
    """Read what may stand in an item or a quotation: blocks, and bare words as a paragraph."""
    found: list[Block] = []
    words: list[Branch | str] = []
    for one in branch.inside:
        if isinstance(one, Branch) and one.tag in BLOCKS:
            found += [*_paragraph(words), _block(one)]
            words = []
        else:
            words.append(one)
    found += _paragraph(words)
    return tuple(block for block in found if plain((block,)).strip())


def _paragraph(words: list[Branch | str]) -> list[Block]:
    content = _inlines(words)
    return [Paragraph(content)] if plain_inlines(content).strip() else []


def _block(branch: Branch) -> Block:
    match branch.tag:
        case "p":
            return Paragraph(_inlines(branch.inside))
        case "ul" | "ol":
            items = (_blocks(item) for item in branch.all("li"))
            return Listing(branch.tag == "ol", tuple(item for item in items if item))
        case "blockquote":
            return Quote(_blocks(branch))
        case "table":
            return _table(branch)
        case _:
            return Heading(_inlines(branch.inside))


def _table(branch: Branch) -> Table:
    header, *rows = [
        [_inlines(cell.inside) for cell in r.all("th", "td")] for r in branch.all("tr")
    ]
    return Table(tuple(header), tuple(map(tuple, rows)))


def _inlines(inside: list[Branch | str]) -> Inlines:
    """Read words; the line ends beside a break or at either end are only layout."""
    nodes = [node for one in inside if (node := _inline(one))]
    trimmed = [_trim(node, nodes[i - 1 : i], nodes[i + 1 : i + 2]) for i, node in enumerate(nodes)]
    return tuple(node for node in trimmed if not isinstance(node, Text) or node.text)


def _trim(node: Inline, before: list[Inline], after: list[Inline]) -> Inline:
    if not isinstance(node, Text):
        return node
    text = node.text
    if not before or isinstance(before[0], Break):
        text = text.lstrip("\n ")
    if not after or isinstance(after[0], Break):
        text = text.rstrip("\n ")
    return Text(text)


def _inline(one: Branch | str) -> Inline | None:
    if isinstance(one, str):
        return Text(one)
    content = _inlines(one.inside)
    match one.tag:
        case "br":
            return Break()
        case "strong":
            return Strong(content)
        case "em":
            return Emphasis(content)
        case _:
            return Link(one.attributes.get("href") or "", content)
