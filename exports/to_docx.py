"""The document as DOCX, with a filled contents, footnotes, header rows and languages.

python-docx brings the package; the body is written as XML, because its tables are slow and it
knows no footnotes. People's text passes `_words` on its way, and nothing else.
"""

import io
import re
import zipfile
from datetime import datetime
from xml.sax.saxutils import escape, quoteattr

from docx.opc.constants import RELATIONSHIP_TYPE as RELATION
from docx.opc.packuri import PackURI
from docx.opc.part import Part
from docx.oxml import parse_xml
from docx.oxml.ns import nsdecls

from exports.both import on_one_line
from exports.document import Document
from exports.docx_template import style_id, template, twips
from exports.edition import edition
from exports.flow import flow
from exports.markup import CONTROL
from exports.packed import packed
from exports.setting import Printed
from exports.styles import GREEN, HAIR, locale
from exports.things import (
    LOOKS,
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
from exports.wording import direction

MIMETYPE = "application/vnd.openxmlformats-officedocument.wordprocessingml.document"
SUFFIX = ".docx"
FOOTNOTES = "application/vnd.openxmlformats-officedocument.wordprocessingml.footnotes+xml"
RAISED = '<w:rPr><w:rStyle w:val="FootnoteReference"/></w:rPr>'
FOOTNOTE_MARK = f'<w:r>{RAISED}<w:footnoteRef/></w:r><w:r><w:t xml:space="preserve"> </w:t></w:r>'
CONTENTS_FIELD = ' TOC \\o "1-2" \\h \\z \\n '
#: Recommendations are headings of this level, with a number; others of the level have none.
LISTED_LEVEL = 2
ADDRESS = re.compile(r"(?:https?://|mailto:)\S+")


def render(document: Document) -> bytes:
    """Write the document for word processors."""
    printed = edition(document)
    return write(printed, flow(printed))


def write(printed: Printed, things: tuple[Thing, ...]) -> bytes:
    """Write one sequence of things for word processors; `printed` names it and its language."""
    return _Writer(printed).write(things)


class _Writer:
    """Turns a flow into the body of a package; collects footnotes, links and lists on the way."""

    def __init__(self, printed: Printed) -> None:
        self.printed = printed
        self.lang: str = printed["lang"]
        self.package = template(self.lang)
        self.part = self.package.part
        self.numbering = self.part.numbering_part.element
        self.bookmarks: dict[str, str] = {}
        self.marked = 0
        self.footnotes: list[str] = []
        self.addresses: dict[str, str] = {}
        self.headings: list[Heading] = []
        self.lists = 1

    def write(self, things: tuple[Thing, ...]) -> bytes:
        self.headings = [x for x in things if isinstance(x, Heading) and x.listed]
        self._start_numbering()
        section = self.package.element.body.sectPr
        xml = "".join(map(self._thing, things))
        for element in parse_xml(f"<w:body {nsdecls('w', 'r')}>{xml}</w:body>"):
            section.addprevious(element)
        self._running_lines()
        self._attach_footnotes()
        self._properties()
        out = io.BytesIO()
        self.package.save(out)
        return _undated(out)

    # -- words ----------------------------------------------------------------------------

    def _run(self, run: Run, lang: str | None) -> str:
        if run.note:
            return self._note(run.note, lang)
        looks = (
            f'<w:rStyle w:val="{style_id("Look " + run.look)}"/>' if run.look else "",
            "<w:b/>" * run.bold,
            "<w:i/>" * run.italic,
            _ground(run.look),
            '<w:vertAlign w:val="superscript"/>' * run.raised,
            *_spoken(run.lang or lang or self.lang),
        )
        xml = f"<w:r><w:rPr>{''.join(looks)}</w:rPr>{_words(run.text)}</w:r>"
        return self._linked(run.link, xml) if run.link else xml

    def _linked(self, link: str, xml: str) -> str:
        if link.startswith("#"):
            place = self._bookmark(link[1:])
            return f'<w:hyperlink w:anchor="{place}" w:history="1">{xml}</w:hyperlink>'
        if not ADDRESS.fullmatch(link):
            return xml
        if link not in self.addresses:
            address = CONTROL.sub("", link)
            self.addresses[link] = self.part.relate_to(
                address, RELATION.HYPERLINK, is_external=True
            )
        return f'<w:hyperlink r:id="{self.addresses[link]}" w:history="1">{xml}</w:hyperlink>'

    def _bookmark(self, anchor: str) -> str:
        """Name a place; Word allows letters, digits and underscores, forty at most."""
        return self.bookmarks.setdefault(anchor, f"a{len(self.bookmarks) + 1}")

    def _note(self, note: Footnote, lang: str | None) -> str:
        """Set a footnote; a later mention of the same evidence is a link to the first."""
        place = f"n:{note.number}"
        if not note.first:
            return self._linked(f"#{place}", f"<w:r>{RAISED}<w:t>{note.number}</w:t></w:r>")
        # Without links: the part of the footnotes would need relations of its own.
        unlinked = (Run(text=r.text, lang=r.lang, bold=r.bold, look=r.look) for r in note.runs)
        self.footnotes.append("".join(self._run(one, lang) for one in unlinked))
        number = len(self.footnotes)
        return self._mark(place, f'<w:r>{RAISED}<w:footnoteReference w:id="{number}"/></w:r>')

    def _mark(self, anchor: str | None, xml: str) -> str:
        if not anchor:
            return xml
        self.marked += 1
        start = f'<w:bookmarkStart w:id="{self.marked}" w:name="{self._bookmark(anchor)}"/>'
        return f'{start}{xml}<w:bookmarkEnd w:id="{self.marked}"/>'

    def _line(
        self,
        style: str,
        runs: tuple[Run, ...] = (),
        lang: str | None = None,
        anchor: str | None = None,
        extra: str = "",
    ) -> str:
        inside = self._mark(anchor, "".join(self._run(one, lang) for one in runs))
        if direction(lang or self.lang) == "rtl":
            before, indent, after = extra.partition("<w:ind")  # Word wants this in between
            extra = f"{before}<w:bidi/>{indent}{after}"
        looks = f'<w:pPr><w:pStyle w:val="{style_id(style)}"/>{extra}</w:pPr>'
        return f"<w:p>{looks}{inside}</w:p>"

    # -- things of the flow ---------------------------------------------------------------

    def _thing(self, thing: Thing) -> str:
        match thing:
            case Paragraph():
                return self._paragraph(thing)
            case Heading():
                return self._heading(thing)
            case Listing():
                return self._list(thing)
            case Table():
                return self._table(thing)
            case _:
                return self._contents(thing)

    def _paragraph(self, p: Paragraph, before: str = "", after: str = "") -> str:
        """Set a paragraph; Word wants keepNext, page break, numbers, indents in this order."""
        extra = before + "<w:pageBreakBefore/>" * p.page + after
        return self._line(p.style, p.runs, p.lang, p.anchor, extra)

    def _heading(self, h: Heading) -> str:
        extra = "<w:pageBreakBefore/>" * h.page
        if h.level == LISTED_LEVEL and not h.listed:
            extra += '<w:ind w:left="0" w:firstLine="0"/>'
        return self._line(f"Heading {h.level}", h.runs, h.lang, h.anchor, extra)

    def _list(self, listing: Listing, depth: int = 0) -> str:
        number = self._new_list() if listing.ordered else 1
        left = 340 * (depth + 1)
        first = (
            f'<w:numPr><w:ilvl w:val="0"/><w:numId w:val="{number}"/></w:numPr>'
            f'<w:ind w:left="{left}" w:hanging="340"/>'
        )
        out = ""
        for item in listing.items:
            for i, thing in enumerate(item):
                if isinstance(thing, Paragraph):
                    after = f'<w:ind w:left="{left}"/>' if i else first
                    out += self._paragraph(thing, after=after)
                elif isinstance(thing, Listing):
                    out += self._list(thing, depth + 1)
                else:
                    out += self._thing(thing)
        return out

    def _table(self, t: Table) -> str:
        widths = [twips(width) for width in t.widths]
        head = (
            f'<w:tblPr><w:tblW w:w="{sum(widths)}" w:type="dxa"/><w:tblBorders>'
            f"{_border('bottom', 4, HAIR)}{_border('insideH', 4, HAIR)}</w:tblBorders>"
            '<w:tblLayout w:type="fixed"/><w:tblCellMar><w:top w:w="60" w:type="dxa"/>'
            '<w:left w:w="0" w:type="dxa"/><w:bottom w:w="60" w:type="dxa"/>'
            '<w:right w:w="110" w:type="dxa"/></w:tblCellMar><w:tblLook w:firstRow="1"/>'
            f"<w:tblCaption w:val={quoteattr(CONTROL.sub('', t.title))}/></w:tblPr><w:tblGrid>"
        )
        head += "".join(f'<w:gridCol w:w="{width}"/>' for width in widths) + "</w:tblGrid>"
        rows = self._header(t, widths) if t.header else ""
        last = len(t.rows) - 1
        for i, row in enumerate(t.rows):
            rows += self._row(row, widths, keep=t.together and i < last)
        return f"<w:tbl>{head}{rows}</w:tbl>" + self._line("Cell bar")

    def _header(self, t: Table, widths: list[int]) -> str:
        border = f"<w:tcBorders>{_border('bottom', 8, GREEN)}</w:tcBorders>"
        return self._row(t.header, widths, header="<w:tblHeader/>", border=border)

    def _row(
        self,
        cells: Row,
        widths: list[int],
        *,
        header: str = "",
        border: str = "",
        keep: bool = False,
    ) -> str:
        out = "".join(
            f'<w:tc><w:tcPr><w:tcW w:w="{width}" w:type="dxa"/>{border}</w:tcPr>'
            f"{self._cell(cell, keep=keep)}</w:tc>"
            for cell, width in zip(cells, widths, strict=True)
        )
        return f"<w:tr><w:trPr><w:cantSplit/>{header}</w:trPr>{out}</w:tr>"

    def _cell(self, cell: Cell, *, keep: bool) -> str:
        return "".join(self._paragraph(one, before="<w:keepNext/>" * keep) for one in cell)

    def _contents(self, contents: Contents) -> str:
        """Write a real contents field, filled in advance: never empty, and F9 adds the pages."""
        out = self._line("Contents title", contents.title)
        code = f'<w:r><w:instrText xml:space="preserve">{CONTENTS_FIELD}</w:instrText></w:r>'
        start, last = _field("begin") + code + _field("separate"), len(self.headings) - 1
        for i, heading in enumerate(self.headings):
            plain = (Run(text=one.text, lang=one.lang) for one in heading.runs)
            words = "".join(self._run(one, heading.lang) for one in plain)
            link = self._linked(f"#{heading.anchor}", words)
            out += (
                f'<w:p><w:pPr><w:pStyle w:val="Contents{heading.level}"/></w:pPr>'
                f"{start * (i == 0)}{link}{_field('end') * (i == last)}</w:p>"
            )
        return out

    # -- the rest of the package ----------------------------------------------------------

    def _start_numbering(self) -> None:
        for child in list(self.numbering):
            self.numbering.remove(child)
        for number, kind, text in ((1, "bullet", "–"), (2, "decimal", "%1.")):
            self.numbering.append(
                parse_xml(
                    f'<w:abstractNum {nsdecls("w")} w:abstractNumId="{number}">'
                    f'<w:lvl w:ilvl="0"><w:start w:val="1"/><w:numFmt w:val="{kind}"/>'
                    f'<w:lvlText w:val="{text}"/><w:lvlJc w:val="left"/></w:lvl></w:abstractNum>'
                )
            )
        self.numbering.append(_number(1, 1))

    def _new_list(self) -> int:
        self.lists += 1
        restart = '<w:lvlOverride w:ilvl="0"><w:startOverride w:val="1"/></w:lvlOverride>'
        self.numbering.append(_number(self.lists, 2, restart))
        return self.lists

    def _running_lines(self) -> None:
        section = self.package.sections[0]
        sealed = self.printed["hash"]
        seal = run((f" · SHA-256 {sealed}…" if sealed else "") + "\t")
        header = self._run(run(self.printed["title"]), None)
        left = line(run(self.printed["running"]), seal)
        footer = "".join(self._run(one, None) for one in left) + self._page_numbers()
        for place, xml in ((section.header, header), (section.footer, footer)):
            place.is_linked_to_previous = False
            old = place.paragraphs[0]._p  # noqa: SLF001  (the element has no other name)
            looks = '<w:pPr><w:pStyle w:val="Running"/></w:pPr>'
            new = parse_xml(f"<w:p {nsdecls('w')}>{looks}{xml}</w:p>")
            old.getparent().replace(old, new)

    def _page_numbers(self) -> str:
        fields = {"{page}": "PAGE", "{pages}": "NUMPAGES"}
        out = ""
        for piece in re.split(r"(\{pages?\})", on_one_line(self.printed["words"]["page_of"])):
            if piece in fields:
                name = fields[piece]
                out += f'<w:fldSimple w:instr=" {name} "><w:r><w:t>1</w:t></w:r></w:fldSimple>'
            else:
                out += f"<w:r>{_words(piece)}</w:r>"
        return out

    def _attach_footnotes(self) -> None:
        bodies = "".join(
            f'<w:footnote w:id="{i}"><w:p><w:pPr><w:pStyle w:val="Footnote"/></w:pPr>'
            f"{FOOTNOTE_MARK}{runs}</w:p></w:footnote>"
            for i, runs in enumerate(self.footnotes, 1)
        )
        rules = "".join(
            f'<w:footnote w:type="{kind}" w:id="{i}"><w:p><w:r><w:{kind}/></w:r></w:p></w:footnote>'
            for i, kind in ((-1, "separator"), (0, "continuationSeparator"))
        )
        xml = (
            '<?xml version="1.0" encoding="UTF-8" standalone="yes"?>'
            f"<w:footnotes {nsdecls('w', 'r')}>{rules}{bodies}</w:footnotes>"
        )
        uri = PackURI("/word/footnotes.xml")
        self.part.relate_to(
            Part(uri, FOOTNOTES, xml.encode(), self.part.package), RELATION.FOOTNOTES
        )

    def _properties(self) -> None:
        printed, core = self.printed, self.package.core_properties
        core.title = CONTROL.sub("", f"{printed['title']}. {printed['subtitle']}")[:255]
        core.subject = CONTROL.sub("", printed["subtitle"])[:255]
        core.author = CONTROL.sub("", printed["author"])[:255]
        core.language = locale(self.lang)
        core.comments = core.last_modified_by = ""
        core.created = core.modified = datetime.fromisoformat(printed["date"])


def _undated(package: io.BytesIO) -> bytes:
    """Pack again without the time of day, so that the same document gives the same bytes."""
    with zipfile.ZipFile(package) as old:
        return packed((name, old.read(name)) for name in old.namelist())


def _words(text: str) -> str:
    """Write text as XML; tabs and new lines become what Word means by them."""
    signs = {"\t": "<w:tab/>", "\n": "<w:br/>"}
    pieces = re.split(r"([\t\n])", CONTROL.sub("", text))
    return "".join(
        signs.get(piece) or f'<w:t xml:space="preserve">{escape(piece)}</w:t>'
        for piece in pieces
        if piece
    )


def _spoken(lang: str) -> tuple[str, str]:
    """Say in which language and direction a run is."""
    tag = locale(lang)
    if direction(lang) == "rtl":
        return "<w:rtl/>", f'<w:lang w:val="{tag}" w:bidi="{tag}"/>'
    return "", f'<w:lang w:val="{tag}"/>'


def _ground(look: str | None) -> str:
    """Colour the ground in the run too: LibreOffice forgets that of a style inside a table."""
    ground = LOOKS[look][1] if look else None
    return f'<w:shd w:val="clear" w:color="auto" w:fill="{ground}"/>' if ground else ""


def _border(side: str, size: int, color: str) -> str:
    return f'<w:{side} w:val="single" w:sz="{size}" w:space="0" w:color="{color}"/>'


def _field(kind: str) -> str:
    return f'<w:r><w:fldChar w:fldCharType="{kind}"/></w:r>'


def _number(identity: int, kind: int, restart: str = "") -> object:
    return parse_xml(
        f'<w:num {nsdecls("w")} w:numId="{identity}">'
        f'<w:abstractNumId w:val="{kind}"/>{restart}</w:num>'
    )
