"""The recommendations as other people's programs want them: in each language a title and a body."""

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass
from xml.etree.ElementTree import Element, SubElement, tostring

from exports import markup
from exports.document import Chapter, Document, Recommendation, Step
from exports.languages import in_language, text_in
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
    Text,
    plain_inlines,
)
from exports.setting import anchor_of
from exports.wording import Wording


@dataclass(frozen=True, slots=True)
class Told:
    """A recommendation in one language; a body of None: only its title is there in it."""

    title: str
    body: Blocks | None


def locales(document: Document) -> list[str]:
    """The languages that get columns: the forum's, then any other that something is written in."""
    written = (one.lang for one in document.recommendations)
    return list(dict.fromkeys((*document.forum.languages, *written)))


def told(document: Document, one: Recommendation) -> dict[str, Told]:
    """A recommendation in each of the languages it is there in."""
    titles = {each.lang: Told(each.title, None) for each in one.translations}
    there = (in_language(one, lang) for lang in (*titles, one.lang) if text_in(one, lang))
    return titles | {each.lang: Told(each.title, tuple(_body(document, each))) for each in there}


def placed(document: Document) -> Iterator[tuple[Chapter, Recommendation]]:
    """Each recommendation with the chapter that it is in."""
    for chapter in document.chapters:
        for one in chapter.content:
            if isinstance(one, Recommendation):
                yield chapter, one


def address_of(document: Document, one: Recommendation) -> str:
    """Where a recommendation can be read; empty where the document has no address."""
    home = document.forum.address
    return f"{home}#{anchor_of(one.id)}" if home else ""


def _body(document: Document, one: Recommendation) -> Iterator[Block]:
    """All that a recommendation says: whom it asks, its sections, its steps."""
    t = Wording(one.lang)
    if one.addressees:
        yield Heading((Text(t("addressees")),))
        yield _list(Text(each.name) for each in one.addressees)
    for section in one.sections:
        yield Heading((Text(section.heading),))
        yield from cited(section.blocks, notes(document))
    if one.steps:
        yield Heading((Text(t("steps")),))
        yield _list((Text(step_words(step)) for step in one.steps), ordered=True)


def _list(lines: Iterable[Inline], *, ordered: bool = False) -> Listing:
    return Listing(ordered, tuple((Paragraph((line,)),) for line in lines))


def step_words(step: Step) -> str:
    """A step in one line: what is to be done, and what is known of who, when and how."""
    more = (step.who, ", ".join(step.partners), step.by, step.cost, step.indicator)
    return "; ".join(" ".join(said.split()) for said in (step.what, *more) if said)


# ---- Evidence ------------------------------------------------------------------------------------


def notes(document: Document) -> dict[str, str]:
    """What each piece of evidence says, by its id."""
    found = {}
    for one in document.notes:
        words = " ".join(plain_inlines(one.content).split())
        found[one.id] = f"{words} {one.url}" if one.url else words
    return found


def cited(blocks: Blocks, known: dict[str, str]) -> Blocks:
    """Blocks with the words of each note in brackets where it is mentioned."""
    return tuple(_cited(block, known) for block in blocks)


def _cited(block: Block, known: dict[str, str]) -> Block:
    match block:
        case Paragraph():
            return Paragraph(_inlines(block.content, known))
        case Heading():
            return Heading(_inlines(block.content, known))
        case Listing():
            return Listing(block.ordered, tuple(cited(item, known) for item in block.items))
        case Quote():
            return Quote(cited(block.content, known), block.by)
        case _:
            rows = tuple(tuple(_inlines(cell, known) for cell in row) for row in block.rows)
            header = tuple(_inlines(cell, known) for cell in block.header)
            return Table(header, rows, _inlines(block.caption, known))


def _inlines(nodes: Inlines, known: dict[str, str]) -> Inlines:
    return tuple(
        Text(f" ({known.get(node.ref, '')})") if isinstance(node, Note) else node for node in nodes
    )


# ---- As HTML -------------------------------------------------------------------------------------


def as_html(blocks: Blocks) -> str:
    """Blocks as HTML in one line: paragraphs, lists, headings (h3), quotations, tables, links."""
    root = Element("div")
    for block in blocks:
        _element(root, block)
    return "".join(tostring(one, encoding="unicode", method="html") for one in root)


def _element(into: Element, block: Block) -> None:
    match block:
        case Paragraph():
            _fill(SubElement(into, "p"), block.content)
        case Heading():
            _fill(SubElement(into, "h3"), block.content)
        case Listing():
            listing = SubElement(into, "ol" if block.ordered else "ul")
            for item in block.items:
                _item(SubElement(listing, "li"), item)
        case Quote():
            quote = SubElement(into, "blockquote")
            for inner in block.content:
                _element(quote, inner)
        case _:
            _table(SubElement(into, "table"), block)


def _item(into: Element, item: Blocks) -> None:
    """An item of one paragraph needs no element for it."""
    first, *rest = item or (Paragraph(()),)
    if isinstance(first, Paragraph):
        _fill(into, first.content)
    else:
        _element(into, first)
    for block in rest:
        _element(into, block)


def _table(into: Element, table: Table) -> None:
    for number, row in enumerate((table.header, *table.rows)):
        line = SubElement(into, "tr")
        for cell in row:
            _fill(SubElement(line, "td" if number else "th"), cell)


def _fill(into: Element, nodes: Inlines) -> None:
    last: Element | None = None
    for node in nodes:
        if isinstance(node, Text | Note):
            words = re.sub(r"\s+", " ", markup.clean(node.text if isinstance(node, Text) else ""))
            if last is None:
                into.text = (into.text or "") + words
            else:
                last.tail = (last.tail or "") + words
            continue
        last = _inline(into, node)


def _inline(into: Element, node: Strong | Emphasis | Link | Break) -> Element:
    match node:
        case Break():
            return SubElement(into, "br")
        case Link() if markup.LINK.fullmatch(node.href):
            made = SubElement(into, "a", href=node.href)
        case Link():
            made = SubElement(into, "span")
        case _:
            made = SubElement(into, "strong" if isinstance(node, Strong) else "em")
    _fill(made, node.content)
    return made
