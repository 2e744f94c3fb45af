"""The document as Markdown: for reading in any editor, and for carrying on with."""

import re
from collections.abc import Iterable

from exports.document import Document
from exports.edition import edition
from exports.flow import flow
from exports.plain_markdown import around
from exports.things import (
    Cell,
    Contents,
    Footnote,
    Heading,
    Listing,
    Paragraph,
    Run,
    Table,
    Thing,
)

MIMETYPE = "text/markdown"
SUFFIX = ".md"
#: Whatever could be read as markup; a new line within a text is handled apart.
SPECIAL = re.compile(r"([\\`*_{}\[\]<>#|~!&])")
#: What may not stand in an address between angle brackets.
BREAKING = re.compile(r"[<>\s\\]")
LINE_START = re.compile(r"(?m)^(\s*)([-+=]|\d+(?=[.)]))")
LEVELS = {
    "Title": "# ",
    "Record title": "# ",
    "Heading 1": "## ",
    "Heading 2": "### ",
    "Heading 3": "#### ",
}
QUOTED = ("Quotation", "Quotation by", "Reservation", "Editors", "Editors label")
STRONG = ("Label", "Editors label", "Figure")
ENTRIES = ("Entry", "Addressee")
#: They explain what only the eye gets in other formats.
FOR_THE_EYE = ("Cover bar", "Cover key", "Wide bar", "Cell bar")


def render(document: Document) -> bytes:
    """Write the document as Markdown with pipe tables and footnotes, in UTF-8."""
    return write(flow(edition(document)))


def write(things: tuple[Thing, ...]) -> bytes:
    """Write one sequence of things as Markdown."""
    return _Writer().write(things).encode()


class _Writer:
    """Writes a flow line by line; collects headings for the contents, and footnotes."""

    def __init__(self) -> None:
        self.footnotes: dict[int, str] = {}
        self.headings: list[Heading] = []

    def write(self, things: tuple[Thing, ...]) -> str:
        self.headings = [x for x in things if isinstance(x, Heading) and x.listed]
        written = [self._thing(thing) for thing in things]
        notes = [f"[^{number}]: {words}" for number, words in self.footnotes.items()]
        return "\n\n".join(filter(None, [*written, *notes])) + "\n"

    def _thing(self, thing: Thing) -> str:
        match thing:
            case Paragraph():
                return self._paragraph(thing)
            case Heading():
                return f"{LEVELS[f'Heading {thing.level}']}{self._line(thing.runs)}"
            case Listing():
                return self._list(thing)
            case Table():
                return self._table(thing)
            case _:
                return self._contents(thing)

    def _paragraph(self, p: Paragraph) -> str:
        if p.style in FOR_THE_EYE:
            return ""
        words = self._words(p.runs)
        if p.style in STRONG and words:
            words = f"**{words}**"
        if p.style in QUOTED:
            return "\n".join(f"> {line}" for line in words.split("\n"))
        return f"{LEVELS.get(p.style, '')}{'- ' if p.style in ENTRIES else ''}{words}"

    def _words(self, runs: Iterable[Run]) -> str:
        """Write a paragraph; where a line would begin a list, its first sign is escaped."""
        return LINE_START.sub(_escape_start, "".join(map(self._run, runs)).strip())

    def _line(self, runs: Iterable[Run]) -> str:
        """Write words that have to stay on one line."""
        return " ".join("".join(map(self._run, runs)).replace("\\\n", " ").split())

    def _run(self, run: Run) -> str:
        if run.note:
            return self._note(run.note)
        words = _escape(run.text).replace("\t", ". ")
        words = f"^{words.strip()}^" if run.raised else words
        marks = "**" * run.bold + "*" * run.italic
        # A mark holds within a line: across a break, or beside one, it would not count.
        words = "\\\n".join(around(line, marks) for line in words.split("\n"))
        if run.link and not run.link.startswith("#"):
            return f"[{words}](<{BREAKING.sub('', run.link)}>)"
        return words

    def _note(self, note: Footnote) -> str:
        if note.first:
            self.footnotes[note.number] = self._line(note.runs)
        return f"[^{note.number}]"

    def _list(self, listing: Listing) -> str:
        lines: list[str] = []
        for number, item in enumerate(listing.items, 1):
            mark = f"{number}. " if listing.ordered else "- "
            inside = "\n\n".join(filter(None, map(self._thing, item)))
            first, *rest = inside.split("\n")
            lines += [mark + first, *(("    " + line).rstrip() for line in rest)]
        return "\n".join(lines)

    def _table(self, table: Table) -> str:
        """Write a pipe table; columns that hold nothing but bars are left out."""
        rows = [[self._cell(cell) for cell in row] for row in (table.header, *table.rows) if row]
        if not table.header:
            rows.insert(0, [""] * len(table.widths))
        kept = [i for i in range(len(table.widths)) if any(row[i] for row in rows[1:])]
        lines = ["| " + " | ".join(row[i] for i in kept) + " |" for row in rows]
        return "\n".join([lines[0], "|" + " --- |" * len(kept), *lines[1:]])

    def _cell(self, cell: Cell) -> str:
        lines = (self._line(one.runs) for one in cell if one.style not in FOR_THE_EYE)
        return "<br>".join(filter(None, lines))

    def _contents(self, contents: Contents) -> str:
        rows = (
            f"{'  ' * (heading.level - 1)}- {self._line(heading.runs)}" for heading in self.headings
        )
        return "\n".join([f"## {self._line(contents.title)}\n", *rows])


def _escape(text: str) -> str:
    return SPECIAL.sub(r"\\\1", text)


def _escape_start(match: re.Match[str]) -> str:
    space, sign = match.groups()
    return f"{space}{sign}\\" if sign.isdigit() else f"{space}\\{sign}"
