"""The document as EPUB 3.3: a book whose pages are as large as the reader's screen and letters.

Every part is a file of its own. People's text passes `_words` on its way, an attribute `_quoted`,
and nothing else.
"""

import re
import uuid
from collections.abc import Iterable, Iterator
from dataclasses import dataclass, field
from pathlib import Path
from urllib.parse import quote, urlsplit
from xml.sax.saxutils import escape, quoteattr

from exports.document import Document, digest
from exports.edition import edition
from exports.flow import COVER_BAR, flow
from exports.markup import CONTROL, LINK
from exports.packed import packed
from exports.setting import Printed
from exports.things import (
    Cell,
    Contents,
    Footnote,
    Heading,
    Listing,
    Paragraph,
    Row,
    Run,
    Table,
    Thing,
    line,
    run,
)

MIMETYPE = "application/epub+zip"
SUFFIX = ".epub"
STYLES = Path(__file__).parent / "epub.css"
NAV = "nav"
XHTML = (
    'xmlns="http://www.w3.org/1999/xhtml" xmlns:epub="http://www.idpf.org/2007/ops" '
    'lang="{lang}" xml:lang="{lang}"'
)
CONTAINER = (
    '<?xml version="1.0" encoding="UTF-8"?>\n<container version="1.0" '
    'xmlns="urn:oasis:names:tc:opendocument:xmlns:container"><rootfiles><rootfile '
    'full-path="book/package.opf" media-type="application/oebps-package+xml"/></rootfiles>'
    "</container>"
)
#: Paragraphs that hold nothing but a bar, and how many of their spaces are the whole.
BARS = {"Cover bar": COVER_BAR, "Wide bar": None, "Cell bar": None}
QUOTED = ("Quotation", "Reservation")
#: What a reader's library tells those who need to know before they open a book.
ACCESSIBLE = (
    ("accessMode", "textual"),
    ("accessModeSufficient", "textual"),
    ("accessibilityFeature", "displayTransformability"),
    ("accessibilityFeature", "readingOrder"),
    ("accessibilityFeature", "structuralNavigation"),
    ("accessibilityFeature", "tableOfContents"),
    ("accessibilityHazard", "none"),
)
#: What may not stand in an address as it is.
ODD = re.compile(r"[\s<>\"{}|\\^`]")


def render(document: Document) -> bytes:
    """Write the document as a book for reading devices and applications."""
    return _Writer(document, edition(document)).write()


@dataclass(slots=True)
class _File:
    """One file of the book, and the footnotes that stand at its end."""

    name: str
    things: list[Thing] = field(default_factory=list)
    notes: list[str] = field(default_factory=list)


class _Writer:
    """Turns a flow into the files of a book; knows in which file each place is."""

    def __init__(self, document: Document, printed: Printed) -> None:
        self.document, self.printed = document, printed
        self.lang: str = printed["lang"]
        self.files = list(_parted(flow(printed)))
        #: An anchor → the file it is in, and its name there.
        self.places: dict[str, str] = {}
        self.headings: list[Heading] = []
        for file in self.files:
            self._survey(file, file.things)

    def write(self) -> bytes:
        pages = [(one.name, self._page(one)) for one in self.files]
        if NAV not in dict(pages):
            pages.append((NAV, self._nav(line(run(self.printed["words"]["contents"])))))
        return packed(
            (
                ("mimetype", MIMETYPE),
                ("META-INF/container.xml", CONTAINER),
                ("book/package.opf", self._package(pages)),
                *((f"book/{name}.xhtml", page) for name, page in pages),
                ("book/book.css", STYLES.read_text("utf-8")),
            )
        )

    def _survey(self, file: _File, things: Iterable[Thing]) -> None:
        """Learn which anchors and first mentions of evidence are in a file."""
        for thing in things:
            match thing:
                case Listing(items=items):
                    for item in items:
                        self._survey(file, item)
                case Table(header=header, rows=rows):
                    for cell in (cell for row in (header, *rows) for cell in row):
                        self._survey(file, cell)
                case Paragraph() | Heading():
                    self._place(file, thing)

    def _place(self, file: _File, thing: Paragraph | Heading) -> None:
        if isinstance(thing, Heading) and thing.listed:
            self.headings.append(thing)
        notes = (f"n:{one.note.number}" for one in thing.runs if one.note and one.note.first)
        for anchor in filter(None, (thing.anchor, *notes)):
            self.places[anchor] = f"{file.name}.xhtml#a{len(self.places) + 1}"

    # -- words ----------------------------------------------------------------------------

    def _runs(self, runs: Iterable[Run], lang: str, file: _File) -> str:
        return "".join(self._run(one, lang, file) for one in runs)

    def _run(self, run: Run, lang: str, file: _File) -> str:
        if run.note:
            return self._note(run.note, file)
        xml = _words(run.text)
        for tag, wanted in (("strong", run.bold), ("em", run.italic), ("sup", run.raised)):
            xml = f"<{tag}>{xml}</{tag}>" if wanted else xml
        marks = _class(f"look-{run.look}") if run.look else ""
        marks += _lang(run.lang, lang)
        if address := self._address(run.link):
            return f"<a href={_quoted(address)}{marks}>{xml}</a>"
        return f"<span{marks}>{xml}</span>" if marks else xml

    def _address(self, link: str | None) -> str:
        """Say where a link leads; nowhere when that is no place and no address."""
        if not link or link.startswith("#"):
            return self.places[link[1:]] if link else ""
        try:
            urlsplit(link)
        except ValueError:
            return ""
        return ODD.sub(lambda match: quote(match[0]), link) if LINK.fullmatch(link) else ""

    def _note(self, note: Footnote, file: _File) -> str:
        """Mark a footnote; its words stand at the end of the file of its first mention."""
        place = self.places[f"n:{note.number}"]
        name = place.partition("#")[2]
        back = ""
        if note.first:
            back = f' id="{name}-back"'
            words = self._runs(note.runs, self.lang, file)
            file.notes.append(
                f'<aside epub:type="footnote" role="doc-footnote" id="{name}"><p dir="auto">'
                f'<a href="#{name}-back" role="doc-backlink">{note.number}</a> {words}</p></aside>'
            )
        return (
            f'<a{back} epub:type="noteref" role="doc-noteref" href="{place}">'
            f"<sup>{note.number}</sup></a>"
        )

    # -- things of the flow ---------------------------------------------------------------

    def _thing(self, thing: Thing, lang: str, file: _File) -> str:
        match thing:
            case Paragraph():
                return self._paragraph(thing, lang, file)
            case Heading():
                return self._heading(thing, lang, file)
            case Listing():
                return self._list(thing, lang, file)
            case Table():
                return self._table(thing, lang, file)
            case _:
                return ""  # a file of its own

    def _paragraph(self, p: Paragraph, lang: str, file: _File) -> str:
        if p.style in BARS:
            return _bar(p, BARS[p.style])
        tag = "h1" if p.style == "Title" else "p"
        inner = self._runs(p.runs, p.lang or lang, file)
        marks = self._id(p.anchor) + _lang(p.lang, lang) + ' dir="auto"'
        if p.style in QUOTED:
            return f"<blockquote{_class(p.style)}><p{marks}>{inner}</p></blockquote>\n"
        return f"<{tag}{_class(p.style)}{marks}>{inner}</{tag}>\n"

    def _heading(self, h: Heading, lang: str, file: _File) -> str:
        inner = self._runs(h.runs, h.lang or lang, file)
        marks = self._id(h.anchor) + _lang(h.lang, lang) + ' dir="auto"'
        return f"<h{h.level}{marks}>{inner}</h{h.level}>\n"

    def _id(self, anchor: str | None) -> str:
        return f' id="{self.places[anchor].partition("#")[2]}"' if anchor else ""

    def _list(self, listing: Listing, lang: str, file: _File) -> str:
        tag = "ol" if listing.ordered else "ul"
        items = "".join(
            f"<li>{''.join(self._thing(one, lang, file) for one in item)}</li>"
            for item in listing.items
        )
        return f"<{tag}>{items}</{tag}>\n" if items else ""

    def _table(self, t: Table, lang: str, file: _File) -> str:
        head = "".join(_head(self._cell(cell, lang, file)) for cell in t.header)
        head = f"<thead><tr>{head}</tr></thead>" if head else ""
        rows = "".join(self._row(row, lang, file) for row in t.rows)
        body = f"<tbody>{rows}</tbody>" if rows else ""
        name = f" aria-label={_quoted(t.title)}" if t.title.strip() else ""
        return f"<table{name}>{head}{body}</table>\n" if head or body else ""

    def _row(self, row: Row, lang: str, file: _File) -> str:
        return f"<tr>{''.join(f'<td>{self._cell(one, lang, file)}</td>' for one in row)}</tr>\n"

    def _cell(self, cell: Cell, lang: str, file: _File) -> str:
        return "".join(self._paragraph(one, lang, file) for one in cell)

    # -- files ----------------------------------------------------------------------------

    def _page(self, file: _File) -> str:
        first = file.things[0]
        if isinstance(first, Contents):
            return self._nav(first.title)
        text = "".join(self._thing(one, self.lang, file) for one in file.things)
        title = _plain(first.runs) if isinstance(first, Heading) else self.printed["title"]
        return self._xhtml(title, f"<section>\n{text}{''.join(file.notes)}</section>")

    def _xhtml(self, title: str, inside: str) -> str:
        return (
            f'<?xml version="1.0" encoding="UTF-8"?>\n<!DOCTYPE html>\n'
            f"<html {XHTML.format(lang=self.lang)}><head><title>{_words(title)}</title>"
            '<link rel="stylesheet" type="text/css" href="book.css"/></head>'
            f"<body>{inside}</body></html>\n"
        )

    def _nav(self, title: tuple[Run, ...]) -> str:
        """Write the contents, which reading applications also show beside the text."""
        parts: list[tuple[Heading, list[Heading]]] = []
        for heading in self.headings:
            if heading.level == 1 or not parts:
                parts.append((heading, []))
            else:
                parts[-1][1].append(heading)
        rows = "".join(
            f"<li>{self._entry(one)}{self._entries(inner)}</li>\n" for one, inner in parts
        )
        name = self._runs(title, self.lang, _File(NAV))
        return self._xhtml(
            _plain(title),
            f'<nav epub:type="toc" role="doc-toc" id="toc"><h1>{name}</h1><ol>\n{rows}</ol></nav>',
        )

    def _entries(self, headings: list[Heading]) -> str:
        rows = "".join(f"<li>{self._entry(one)}</li>" for one in headings)
        return f"<ol>{rows}</ol>" if rows else ""

    def _entry(self, h: Heading) -> str:
        place = self.places[h.anchor or ""]
        return f'<a href="{place}"{_lang(h.lang, self.lang)}>{_words(_plain(h.runs))}</a>'

    def _package(self, pages: list[tuple[str, str]]) -> str:
        printed, forum = self.printed, self.document.forum
        sealed = self.document.edition.hash or digest(self.document)
        languages = dict.fromkeys((self.lang, *forum.languages))
        named = (
            ("dc:title", f"{printed['title']}. {printed['subtitle']}"),
            *(("dc:language", lang) for lang in languages),
            *(("dc:creator", one.name) for one in forum.organisers),
            ("dc:rights", forum.licence.name),
        )
        spine = [name for name, _ in pages if name != NAV or self._has_contents()]
        return (
            '<?xml version="1.0" encoding="UTF-8"?>\n'
            '<package xmlns="http://www.idpf.org/2007/opf" version="3.0" unique-identifier="id" '
            f'xml:lang="{self.lang}"><metadata xmlns:dc="http://purl.org/dc/elements/1.1/">'
            f'<dc:identifier id="id">urn:uuid:{uuid.uuid5(uuid.NAMESPACE_OID, sealed)}'
            "</dc:identifier>"
            + "".join(f"<{name}>{_text(value)}</{name}>" for name, value in named)
            + f"<dc:date>{printed['date']}</dc:date>"
            f'<meta property="dcterms:modified">{printed["date"]}T00:00:00Z</meta>'
            + "".join(f'<meta property="schema:{key}">{x}</meta>' for key, x in ACCESSIBLE)
            + "</metadata><manifest>"
            + "".join(_item(name, page) for name, page in pages)
            + '<item id="css" href="book.css" media-type="text/css"/></manifest><spine>'
            + "".join(f'<itemref idref="{name}"/>' for name in spine)
            + "</spine></package>\n"
        )

    def _has_contents(self) -> bool:
        return any(one.name == NAV for one in self.files)


def _parted(things: Iterable[Thing]) -> Iterator[_File]:
    """Part a flow: the cover, then a file for every heading of the first level."""
    file, number = _File("cover"), 0
    for thing in things:
        begins = isinstance(thing, Heading) and thing.level == 1
        if begins or isinstance(thing, Contents):
            yield file
            number += begins
            file = _File(NAV if isinstance(thing, Contents) else f"part-{number}")
        file.things.append(thing)
    yield file


def _bar(p: Paragraph, whole: int | None) -> str:
    """Draw what a word processor makes of coloured spaces; it is for the eye alone."""
    width = whole or sum(len(one.text) for one in p.runs)
    if not any(one.look for one in p.runs):
        return ""
    drawn, at = "", 0
    for one in p.runs:
        drawn += f'<rect{_class(f"look-{one.look}")} x="{at}" width="{len(one.text)}" height="6"/>'
        at += len(one.text)
    return (
        f'<svg xmlns="http://www.w3.org/2000/svg" viewBox="0 0 {width} 6" '
        f'preserveAspectRatio="none" aria-hidden="true">{drawn}</svg>\n'
    )


def _head(inside: str) -> str:
    """Give the head of a column; one without words heads nothing."""
    return f'<th scope="col">{inside}</th>' if re.search(r">[^<\s]", inside) else "<td></td>"


def _item(name: str, page: str) -> str:
    known = "nav" * (name == NAV) + "svg" * ("<svg" in page)
    more = f' properties="{known}"' if known else ""
    return f'<item id="{name}" href="{name}.xhtml" media-type="application/xhtml+xml"{more}/>'


def _lang(lang: str | None, outer: str) -> str:
    return f' lang="{lang}" xml:lang="{lang}"' if lang and lang != outer else ""


def _class(name: str) -> str:
    return f' class="{name.lower().replace(" ", "-")}"'


def _plain(runs: Iterable[Run]) -> str:
    return " ".join("".join(one.text for one in runs).split())


def _text(text: str) -> str:
    return escape(CONTROL.sub("", text))


def _words(text: str) -> str:
    """Write text as XML; a tab is a wide space, a new line is one."""
    return _text(text).replace("\t", "\N{EM SPACE}").replace("\n", "<br/>")


def _quoted(text: str) -> str:
    return quoteattr(CONTROL.sub("", text))
