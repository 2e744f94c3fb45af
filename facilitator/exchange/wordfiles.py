"""Texts of word processors (DOCX, ODT) as lines: headings, items, rows of tables (pure).

Notes in the margin, changes that were struck out, pictures and fields are passed over.
"""

from __future__ import annotations

import re
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field, replace
from itertools import chain, groupby, islice
from xml.etree.ElementTree import Element

from exports.markup import LINK, clean
from exports.richtext import Break, Emphasis, Inline, Inlines, Link, Strong, Text
from facilitator.exchange.archives import Archive
from facilitator.exchange.found import BadFile

#: Lists within each other; cells of a row: all rows of a table are made as wide as its widest.
DEEPEST_LIST, CELLS = 9, 50


@dataclass(frozen=True)
class Line:
    """A line of a text: a heading has a level from 1, an item of a list a depth from 1."""

    words: Inlines = ()
    level: int = 0
    depth: int = 0
    ordered: bool = False
    #: A row of a table.
    cells: tuple[Inlines, ...] = ()


def lines_of(data: bytes) -> list[Line]:
    """The lines of a DOCX or ODT; raises BadFile."""
    archive = Archive(data)
    if body := archive.tree("word/document.xml"):
        return [*_Docx(archive).lines(body)]
    if body := archive.tree("content.xml"):
        return [*_Odt(archive, body).lines()]
    raise BadFile("This file is neither DOCX nor ODT: there is no text of a word processor in it.")


def _name(element: Element) -> str:
    return str(element.tag).rpartition("}")[2]


def _value(element: Element | None, name: str = "val") -> str:
    """An attribute by its name alone."""
    found = element.attrib.items() if element is not None else ()
    return next((value for key, value in found if key.rpartition("}")[2] == name), "")


def _child(element: Element | None, *path: str) -> Element | None:
    for name in path:
        inside = element if element is not None else ()
        element = next((one for one in inside if _name(one) == name), None)
    return element


def _all(element: Element | None, name: str) -> Iterator[Element]:
    return (one for one in (element if element is not None else ()) if _name(one) == name)


def _said(text: str, *, bold: bool = False, italic: bool = False) -> list[Inline]:
    """Words with their weight; blanks have none."""
    words: Inline = Text(clean(text))
    if not text:
        return []
    if text.strip():
        words = Emphasis((words,)) if italic else words
        words = Strong((words,)) if bold else words
    return [words]


def _joined(words: Iterable[Inline]) -> Inlines:
    """Neighbours of one weight as one: word processors cut words wherever somebody paused."""
    found: list[Inline] = []
    for kind, group in groupby(words, type):
        alike = list(group)
        if kind is Text:
            found.append(Text("".join(one.text for one in alike if isinstance(one, Text))))
        elif kind in (Strong, Emphasis):
            inside = (one.content for one in alike if isinstance(one, Strong | Emphasis))
            found.append(kind(_joined(chain.from_iterable(inside))))
        else:
            found += alike
    return tuple(found)


def _row(cells: Iterable[Iterable[Line]]) -> Line:
    found = tuple(map(_in_one, islice(cells, CELLS + 1)))
    if len(found) > CELLS:
        raise BadFile("This table has more than {n} columns.", n=CELLS)
    return Line(cells=found)


def _in_one(lines: Iterable[Line]) -> Inlines:
    """The lines of a cell as one, with those of a table that stands in it."""
    found: list[Inline] = []
    for words in (words for line in lines for words in (line.words, *line.cells) if words):
        found += [*([Text(" ")] if found else []), *words]
    return _joined(found)


# ---- DOCX ----------------------------------------------------------------------------------------


@dataclass(frozen=True)
class _Style:
    name: str
    based: str
    level: int | None
    numbered: Element | None


@dataclass
class _Docx:
    """A file of Word and of all that write the same."""

    archive: Archive
    styles: dict[str, _Style] = field(default_factory=dict)
    #: Of each numbering and depth, whether it counts.
    counts: dict[tuple[str, str], bool] = field(default_factory=dict)
    links: dict[str, str] = field(default_factory=dict)

    def __post_init__(self) -> None:
        for one in _all(self.archive.tree("word/styles.xml"), "style"):
            level = _value(_child(one, "pPr", "outlineLvl"))
            self.styles[_value(one, "styleId")] = _Style(
                _value(_child(one, "name")).lower(),
                _value(_child(one, "basedOn")),
                int(level) + 1 if re.fullmatch("[0-8]", level) else None,
                _child(one, "pPr", "numPr"),
            )
        self._numberings(self.archive.tree("word/numbering.xml"))
        for one in _all(self.archive.tree("word/_rels/document.xml.rels"), "Relationship"):
            self.links[_value(one, "Id")] = _value(one, "Target")

    def _numberings(self, root: Element | None) -> None:
        kinds = {_value(one, "abstractNumId"): one for one in _all(root, "abstractNum")}
        for one in _all(root, "num"):
            kind = kinds.get(_value(_child(one, "abstractNumId")))
            for level in _all(kind, "lvl"):
                counts = _value(_child(level, "numFmt")) not in ("bullet", "none")
                self.counts[_value(one, "numId"), _value(level, "ilvl")] = counts

    def lines(self, document: Element) -> Iterator[Line]:
        """Every line of the body."""
        return self._inside(_child(document, "body"))

    def _inside(self, element: Element | None) -> Iterator[Line]:
        for one in element if element is not None else ():
            match _name(one):
                case "p":
                    yield self._paragraph(one)
                case "tbl":
                    for row in _all(one, "tr"):
                        yield _row(map(self._inside, _all(row, "tc")))
                case "sdt":
                    yield from self._inside(_child(one, "sdtContent"))

    def _paragraph(self, paragraph: Element) -> Line:
        about = _child(paragraph, "pPr")
        style = _value(_child(about, "pStyle"))
        line = Line(_joined(self._words(paragraph)))
        if level := self._level(style, _value(_child(about, "outlineLvl"))):
            return replace(line, level=level)
        numbered = _child(about, "numPr")
        if numbered is None:
            numbered = next(
                (s.numbered for s in self._chain(style) if s.numbered is not None), None
            )
        named = next((s.name for s in self._chain(style) if s.name.startswith("list ")), "")
        number = _value(_child(numbered, "numId"))
        if number in ("", "0") and not named:
            return line
        deep = _value(_child(numbered, "ilvl")) or "0"
        ordered = self.counts.get((number, deep), named.startswith("list number"))
        depth = int(deep) + 1 if re.fullmatch("[0-8]", deep) else 1
        return replace(line, depth=depth, ordered=ordered)

    def _level(self, style: str, own: str) -> int:
        """What heading a paragraph is; 0 where it is none."""
        if re.fullmatch("[0-8]", own):
            return int(own) + 1
        for one in self._chain(style):
            if heading := re.fullmatch("heading ([1-9])", one.name):
                return int(heading[1])
            if one.level:
                return one.level
        return 0

    def _chain(self, style: str) -> Iterator[_Style]:
        for _ in range(10):
            if (found := self.styles.get(style)) is None:
                return
            yield found
            style = found.based

    def _words(self, element: Element) -> Iterator[Inline]:
        for one in element:
            match _name(one):
                case "r":
                    yield from self._run(one)
                case "hyperlink":
                    words = _joined(self._words(one))
                    href = self.links.get(_value(one, "id"), "")
                    yield from [Link(href, words)] if LINK.fullmatch(href) else words
                case "ins" | "smartTag" | "fldSimple" | "sdt" | "sdtContent" | "moveTo":
                    yield from self._words(one)

    def _run(self, run: Element) -> Iterator[Inline]:
        about = _child(run, "rPr")
        marks = {
            name: (on := _child(about, tag)) is not None and _value(on) not in ("0", "false")
            for name, tag in (("bold", "b"), ("italic", "i"))
        }
        for one in run:
            match _name(one):
                case "t":
                    yield from _said(one.text or "", **marks)
                case "tab":
                    yield Text(" ")
                case "br" | "cr":
                    yield Break()
                case "noBreakHyphen":
                    yield Text("-")


# ---- ODT -----------------------------------------------------------------------------------------


@dataclass
class _Odt:
    """A file of LibreOffice and of all that write the same."""

    archive: Archive
    content: Element
    marks: dict[str, dict[str, bool]] = field(default_factory=dict)
    counts: dict[str, bool] = field(default_factory=dict)

    def __post_init__(self) -> None:
        more = self.archive.tree("styles.xml")
        for root in filter(None, (more, self.content)):
            for group in (*_all(root, "styles"), *_all(root, "automatic-styles")):
                for one in _all(group, "style"):
                    look = _child(one, "text-properties")
                    self.marks[_value(one, "name")] = {
                        "bold": _value(look, "font-weight") == "bold",
                        "italic": _value(look, "font-style") == "italic",
                    }
                for one in _all(group, "list-style"):
                    first = next(iter(one), None)
                    counts = first is not None and _name(first) == "list-level-style-number"
                    self.counts[_value(one, "name")] = counts

    def lines(self) -> Iterator[Line]:
        """Every line of the body."""
        return self._inside(_child(self.content, "body", "text"))

    def _inside(self, element: Element | None) -> Iterator[Line]:
        for one in element if element is not None else ():
            match _name(one):
                case "h":
                    level = _value(one, "outline-level")
                    words = _joined(self._words(one))
                    yield Line(words, level=int(level) if re.fullmatch("[1-9]", level) else 1)
                case "p":
                    yield Line(_joined(self._words(one)))
                case "list":
                    yield from self._list(one, 1, ordered=False)
                case "table":
                    yield from self._table(one)
                case "section":
                    yield from self._inside(one)

    def _list(self, listing: Element, depth: int, *, ordered: bool) -> Iterator[Line]:
        ordered = self.counts.get(_value(listing, "style-name"), ordered)
        for item in _all(listing, "list-item"):
            for one in item:
                if _name(one) == "list":
                    yield from self._list(one, min(depth + 1, DEEPEST_LIST), ordered=ordered)
                elif _name(one) in ("p", "h"):
                    yield Line(_joined(self._words(one)), depth=depth, ordered=ordered)

    def _table(self, table: Element) -> Iterator[Line]:
        for one in table:
            if _name(one) == "table-row":
                yield _row(map(self._inside, _all(one, "table-cell")))
            elif _name(one) in ("table-header-rows", "table-rows", "table-row-group"):
                yield from self._table(one)

    def _words(self, element: Element, **marks: bool) -> Iterator[Inline]:
        # A new line in the file is only layout there.
        yield from _said(re.sub(r"\s+", " ", element.text or ""), **marks)
        for one in element:
            yield from self._word(one, **marks)
            yield from _said(re.sub(r"\s+", " ", one.tail or ""), **marks)

    def _word(self, one: Element, **marks: bool) -> Iterator[Inline]:
        match _name(one):
            case "span":
                own = self.marks.get(_value(one, "style-name"), {})
                yield from self._words(one, **{**marks, **{k: True for k, on in own.items() if on}})
            case "a":
                words, href = _joined(self._words(one, **marks)), _value(one, "href")
                yield from [Link(href, words)] if LINK.fullmatch(href) else words
            case "s" | "tab":
                yield Text(" ")
            case "line-break":
                yield Break()
