"""The document as ODT, with a filled contents, footnotes, header rows and languages as styles.

Everything is written as XML, in one pass. People's text passes `_words` on its way, an attribute
`_quoted`, and nothing else.
"""

import re
from collections.abc import Iterable
from xml.sax.saxutils import escape, quoteattr

from exports.both import on_one_line
from exports.document import Document
from exports.edition import edition
from exports.flow import flow
from exports.markup import CONTROL, LINK
from exports.odt_template import (
    document,
    faces,
    grids,
    spoken,
    style_id,
    styles,
    variant,
)
from exports.packed import packed
from exports.setting import Printed
from exports.styles import locale
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
)
from exports.wording import direction

MIMETYPE = "application/vnd.oasis.opendocument.text"
SUFFIX = ".odt"
LINKED = 'xlink:type="simple" text:style-name="Link" text:visited-style-name="Link"'
FILES = ("content", "styles", "meta")
MANIFEST = "urn:oasis:names:tc:opendocument:xmlns:manifest:1.0"
#: Recommendations are headings of this level, with a number; others of the level have none.
LISTED_LEVEL = 2
SIGNS = {"\t": "<text:tab/>", "\n": "<text:line-break/>", " ": "<text:s/>"}
#: Spaces that would be taken for one, or for none.
LOST_SPACE = re.compile(r"[\t\n]|^ | $|(?<=[ \t\n]) ")


def render(document: Document) -> bytes:
    """Write the document for word processors."""
    printed = edition(document)
    return write(printed, flow(printed))


def write(printed: Printed, things: tuple[Thing, ...]) -> bytes:
    """Write one sequence of things for word processors; `printed` names it and its language."""
    return _Writer(printed).write(things)


class _Writer:
    """Turns a flow into the text of a package; collects the styles that it needs on the way."""

    def __init__(self, printed: Printed) -> None:
        self.printed = printed
        self.lang: str = printed["lang"]
        self.places: dict[str, str] = {}
        self.languages: dict[str, str] = {}
        self.variants: dict[str, str] = {}
        self.grids: dict[str, float] = {}
        self.columns: dict[str, float] = {}
        self.tables = 0
        self.headings: list[Heading] = []

    def write(self, things: tuple[Thing, ...]) -> bytes:
        self.headings = [x for x in things if isinstance(x, Heading) and x.listed]
        text = "".join(
            self._paragraph(x, cover=i == 0) if isinstance(x, Paragraph) else self._thing(x)
            for i, x in enumerate(things)
        )
        met = (
            *(spoken(name, lang) for name, lang in self.languages.items()),
            *self.variants.values(),
            *grids(self.grids, self.columns),
        )
        content = (
            f"{faces()}<office:automatic-styles>{''.join(met)}</office:automatic-styles>"
            f"<office:body><office:text>{text}</office:text></office:body>"
        )
        return packed(
            (
                ("mimetype", MIMETYPE),
                ("content.xml", document("content", content)),
                ("styles.xml", styles(self.lang, *self._running_lines())),
                ("meta.xml", document("meta", f"<office:meta>{self._properties()}</office:meta>")),
                ("META-INF/manifest.xml", _manifest()),
            )
        )

    # -- words ----------------------------------------------------------------------------

    def _run(self, run: Run, lang: str) -> str:
        if run.note:
            return self._note(run.note)
        xml = _words(run.text)
        looks = (
            self._language(run.lang) if run.lang and run.lang != lang else "",
            "Strong" * run.bold,
            "Emphasis" * run.italic,
            "Raised" * run.raised,
            style_id(f"Look {run.look}") if run.look else "",
        )
        for name in filter(None, looks):
            xml = f'<text:span text:style-name="{name}">{xml}</text:span>'
        return self._linked(run.link, xml) if run.link else xml

    def _language(self, lang: str) -> str:
        name = "Language_" + re.sub(r"\W", "_", lang)
        self.languages[name] = lang
        return name

    def _linked(self, link: str, xml: str) -> str:
        if link.startswith("#"):
            link = f"#{self._place(link[1:])}"
        elif not LINK.fullmatch(link):
            return xml
        return f"<text:a {LINKED} xlink:href={_quoted(link)}>{xml}</text:a>"

    def _place(self, anchor: str) -> str:
        """Name a place in few plain letters, which every word processor keeps."""
        return self.places.setdefault(anchor, f"a{len(self.places) + 1}")

    def _note(self, note: Footnote) -> str:
        """Set a footnote; a later mention of the same evidence refers to the first."""
        number = note.number
        if not note.first:
            return (
                '<text:span text:style-name="Raised"><text:note-ref text:note-class="footnote" '
                f'text:reference-format="text" text:ref-name="note-{number}">{number}'
                "</text:note-ref></text:span>"
            )
        words = self._words(note.runs, None)
        return (
            f'<text:note text:id="note-{number}" text:note-class="footnote">'
            f"<text:note-citation>{number}</text:note-citation><text:note-body>"
            f'<text:p text:style-name="Footnote"><text:s/>{words}</text:p>'
            "</text:note-body></text:note>"
        )

    def _words(self, runs: Iterable[Run], lang: str | None, anchor: str | None = None) -> str:
        """Set the runs of a paragraph; a language other than the document's is around them all."""
        xml = "".join(self._run(one, lang or self.lang) for one in runs)
        if lang and lang != self.lang:
            xml = f'<text:span text:style-name="{self._language(lang)}">{xml}</text:span>'
        mark = f'<text:bookmark text:name="{self._place(anchor)}"/>' if anchor else ""
        return mark + xml

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

    def _paragraph(self, p: Paragraph, *, cover: bool = False) -> str:
        style = self._style(p.style, page=p.page, cover=cover, lang=p.lang)
        words = self._words(p.runs, p.lang, p.anchor)
        return f'<text:p text:style-name="{style}">{words}</text:p>'

    def _heading(self, h: Heading) -> str:
        plain = h.level == LISTED_LEVEL and not h.listed
        style = self._style(f"Heading {h.level}", plain=plain, page=h.page, lang=h.lang)
        words = self._words(h.runs, h.lang, h.anchor)
        return f'<text:h text:style-name="{style}" text:outline-level="{h.level}">{words}</text:h>'

    def _style(
        self,
        name: str,
        *,
        plain: bool = False,
        page: bool = False,
        cover: bool = False,
        lang: str | None = None,
    ) -> str:
        """Give the style itself, or a child of it that is made when it is first needed."""
        parent, rtl = style_id(name), direction(lang or self.lang) == "rtl"
        wanted = {"plain": plain, "page": page, "cover": cover, "rtl": rtl}
        if not any(wanted.values()):
            return parent
        child = "_".join([parent, *(what for what, is_so in wanted.items() if is_so)])
        self.variants[child] = variant(parent, child, plain=plain, page=page, cover=cover, rtl=rtl)
        return child

    def _list(self, listing: Listing) -> str:
        items = "".join(
            f"<text:list-item>{''.join(map(self._inside_item, item))}</text:list-item>"
            for item in listing.items
        )
        style = "Numbers" if listing.ordered else "Dashes"
        return f'<text:list text:style-name="{style}">{items}</text:list>' if items else ""

    def _inside_item(self, thing: Thing) -> str:
        """Set a part of an item; a table, which no item may hold, row by row."""
        if not isinstance(thing, Table):
            return self._thing(thing)
        rows = (
            "<text:tab/>".join(self._words(one.runs, one.lang) for cell in row for one in cell)
            for row in (thing.header, *thing.rows)
        )
        return "".join(f'<text:p text:style-name="Cell">{row}</text:p>' for row in rows)

    def _table(self, t: Table) -> str:
        self.tables += 1
        width = round(sum(t.widths), 1)
        style = f"Table_{round(10 * width)}" + "_together" * t.together
        self.grids[style] = width
        columns = "".join(
            f'<table:table-column table:style-name="{self._column(one)}"/>' for one in t.widths
        )
        head = self._row(t.header, "Cell_head") if t.header else ""
        head = f"<table:table-header-rows>{head}</table:table-header-rows>" if head else ""
        rows = "".join(self._row(row, "Cell_body") for row in t.rows)
        rows = rows or self._row(((),) * len(t.widths), "Cell_body")
        title = escape(CONTROL.sub("", t.title))
        return (
            f'<table:table table:name="Table {self.tables}" table:style-name="{style}">'
            f"<table:title>{title}</table:title>{columns}{head}{rows}</table:table>"
            '<text:p text:style-name="Cell_bar"/>'
        )

    def _column(self, width: float) -> str:
        name = f"Column_{round(width * 10)}"
        self.columns[name] = width
        return name

    def _row(self, cells: Row, style: str) -> str:
        out = "".join(
            f'<table:table-cell table:style-name="{style}" office:value-type="string">'
            f"{self._cell(cell)}</table:table-cell>"
            for cell in cells
        )
        return f'<table:table-row table:style-name="Whole_row">{out}</table:table-row>'

    def _cell(self, cell: Cell) -> str:
        return "".join(map(self._paragraph, cell)) or '<text:p text:style-name="Cell"/>'

    def _contents(self, contents: Contents) -> str:
        """Write a real table of contents, filled in advance; an update keeps it as it is."""
        title = self._words(contents.title, None)
        plain = _words("".join(one.text for one in contents.title))
        templates = "".join(
            f'<text:table-of-content-entry-template text:outline-level="{n}" '
            f'text:style-name="Contents_{n}"><text:index-entry-link-start/>'
            "<text:index-entry-text/><text:index-entry-link-end/>"
            "</text:table-of-content-entry-template>"
            for n in (1, 2)
        )
        return (
            '<text:table-of-content text:name="Contents" text:protected="false">'
            '<text:table-of-content-source text:outline-level="2" '
            'text:use-index-marks="false"><text:index-title-template '
            f'text:style-name="Contents_title">{plain}</text:index-title-template>{templates}'
            "</text:table-of-content-source><text:index-body>"
            '<text:index-title text:name="Contents_Head"><text:p '
            f'text:style-name="Contents_title">{title}</text:p></text:index-title>'
            f"{''.join(map(self._entry, self.headings))}</text:index-body></text:table-of-content>"
        )

    def _entry(self, heading: Heading) -> str:
        plain = (Run(text=one.text, lang=one.lang) for one in heading.runs)
        words = self._words(plain, heading.lang)
        return (
            f'<text:p text:style-name="Contents_{heading.level}">'
            f"{self._linked(f'#{heading.anchor}', words)}</text:p>"
        )

    # -- the rest of the package ----------------------------------------------------------

    def _running_lines(self) -> tuple[str, str]:
        sealed = self.printed["hash"]
        left = on_one_line(self.printed["running"]) + (f" · SHA-256 {sealed}…" if sealed else "")
        fields = {
            "{page}": '<text:page-number text:select-page="current">1</text:page-number>',
            "{pages}": "<text:page-count>1</text:page-count>",
        }
        numbers = "".join(
            fields.get(piece) or _words(piece)
            for piece in re.split(r"(\{pages?\})", on_one_line(self.printed["words"]["page_of"]))
        )
        line = '<text:p text:style-name="Running">{}</text:p>'.format
        return line(_words(self.printed["title"])), line(f"{_words(left)}<text:tab/>{numbers}")

    def _properties(self) -> str:
        printed = self.printed
        author, moment = printed["author"], f"{printed['date']}T00:00:00"
        properties = (
            ("meta:generator", "Facilitator"),
            ("dc:title", f"{printed['title']}. {printed['subtitle']}"),
            ("dc:subject", printed["subtitle"]),
            ("meta:initial-creator", author),
            ("dc:creator", author),
            ("meta:creation-date", moment),
            ("dc:date", moment),
            ("dc:language", locale(self.lang)),
        )
        return "".join(
            f"<{name}>{escape(CONTROL.sub('', value))}</{name}>" for name, value in properties
        )


def _words(text: str) -> str:
    """Write text as XML; tabs, new lines and spaces that count become what ODF means by them."""
    return LOST_SPACE.sub(lambda match: SIGNS[match[0]], escape(CONTROL.sub("", text)))


def _quoted(text: str) -> str:
    return quoteattr(CONTROL.sub("", text))


def _manifest() -> str:
    rows = "".join(
        f'<manifest:file-entry manifest:full-path="{name}.xml" manifest:media-type="text/xml"/>'
        for name in FILES
    )
    return (
        '<?xml version="1.0" encoding="UTF-8"?>\n'
        f'<manifest:manifest xmlns:manifest="{MANIFEST}" manifest:version="1.3">'
        f'<manifest:file-entry manifest:full-path="/" manifest:version="1.3" '
        f'manifest:media-type="{MIMETYPE}"/>{rows}</manifest:manifest>'
    )
