"""Tables (CSV) of other programs, read or refused whole (pure).

What is personal in them is passed over while reading: it is in no value that leaves this file.
"""

from __future__ import annotations

import codecs
import csv
import io
import re
from collections.abc import Iterator
from dataclasses import dataclass

from exports import markup
from exports.markup import clean_line
from exports.plain_markdown import markdown_of
from exports.tables import unguarded
from facilitator.exchange.found import MOST, BadFile, Found, Part, Row, Sort, Wrong, checked

#: Bytes of a file; rows, columns and characters of a cell.
LARGEST, ROWS, COLUMNS, CELL = 2_000_000, 5_000, 50, 60_000
#: A name of a sector or a track.
NAME = 80

DELIMITERS = (",", ";", "\t")
#: Letters that texts of our forums have beside the plain ones.
LATIN = "ąćęłńóśźżáčďéěíňřšťúůýžäöüôľĺŕß„”“’‘–—…§°«»·"
CYRILLIC = "абвгґдеєжзиіїйклмнопрстуфхцчшщьюяъыэё„”“’‘–—…№§«»·"
#: What offices still write, by what their letters look like; the first of equals is taken.
OLD = {"cp1250": LATIN, "iso-8859-2": LATIN, "cp1251": CYRILLIC}

#: The columns by which a list of OpenSlides' participants is known.
PARTICIPANTS = {"structure_level", "groups", "username", "first_name", "last_name"}
#: What nobody needs to send us about people (PESEL: the Polish number of a person).
PERSONAL = re.compile(
    r"e-?mail|phone|telefon|mobile|komórka|pesel|rodné číslo|passport|paszport|first.?name|"
    r"last.?name|imię|nazwisko|jméno|příjmení|ім.я|прізвище|nationality|obywatelstwo|birth",
    re.IGNORECASE,
)
TITLES = {"title", "tytuł", "název", "titul", "назва", "заголовок"}
TEXTS = {"text", "body", "treść", "tekst", "znění", "текст", "description"}
TRACKS = {"track", "ścieżka", "temat", "téma", "тема", "напрям", "category", "chapter"}
#: A text with one of these was written as HTML.
ELEMENT = re.compile(r"</?(?:p|br|ul|ol|li|strong|em|b|i|h[1-6]|blockquote|a|div)\b", re.IGNORECASE)


def read_table(data: bytes, languages: list[str]) -> Found:
    """Read a CSV of any of the kinds that we know; raises BadFile.

    `languages` are the forum's: of a table in several, the first of them that it has is taken.
    """
    if len(data) > LARGEST:
        raise BadFile("This table is larger than {n} MB.", n=LARGEST // 1_000_000)
    text, encoding = decoded(data)
    table = _table(text)
    names = {name.casefold() for name in table.columns}
    if {"structure_level", "groups"} <= names and len(names & PARTICIPANTS) > 2:
        found = _participants(table)
    elif any(name.startswith("title/") for name in names):
        found = _decidim(table, languages)
    else:
        found = _plain(table, languages[0])
    return Found(**{**vars(found), "encoding": encoding, "delimiter": table.delimiter})


# ---- Letters -------------------------------------------------------------------------------------


def decoded(data: bytes) -> tuple[str, str]:
    """The text of a file and how it was written; raises BadFile where that is no text."""
    for mark, name in (
        (codecs.BOM_UTF8, "utf-8-sig"),
        (b"\xff\xfe", "utf-16"),
        (b"\xfe\xff", "utf-16"),
    ):
        if data.startswith(mark):
            return _as(data, name), "utf-16" if name == "utf-16" else "utf-8"
    if data[1:200:2].count(0) > 20 or data[:200:2].count(0) > 20:
        little = data[1:200:2].count(0) >= data[:200:2].count(0)
        return _as(data, "utf-16-le" if little else "utf-16-be"), "utf-16"
    try:
        text = data.decode("utf-8")
    except UnicodeDecodeError:
        text, name = max(map(_tried, OLD, [data] * len(OLD)), key=lambda one: one[2])[:2]
        return _sound(text), name
    return _sound(text), "utf-8"


def _as(data: bytes, name: str) -> str:
    try:
        return _sound(data.decode(name))
    except UnicodeDecodeError:
        raise BadFile("This file says that it is {name}, but it is not.", name=name) from None


def _sound(text: str) -> str:
    if "\0" in text or re.search("[\x01-\x08\x0e-\x1f]", text):
        raise BadFile("This is no text: it holds signs that no table has.")
    return text


def _tried(name: str, data: bytes) -> tuple[str, str, int]:
    """A file as read in one way, and how much that looks like a language."""
    text = data.decode(name, errors="replace")
    strange = [letter for letter in text.lower() if not letter.isascii()]
    known = sum(letter in OLD[name] for letter in strange)
    return text, name, known - 3 * (len(strange) - known)


# ---- Cells ---------------------------------------------------------------------------------------


@dataclass
class _Table:
    """Rows under their columns, each with its line in the file."""

    columns: list[str]
    rows: list[tuple[int, list[str]]]
    delimiter: str

    def named(self) -> Iterator[tuple[int, dict[str, str], list[Wrong]]]:
        """Each row by the names of its columns, and what is wrong with its shape."""
        names = [name.casefold() for name in self.columns]
        for line, cells in self.rows:
            wrong = []
            if len(cells) != len(names):
                sizes = {"n": len(cells), "columns": len(names)}
                wrong.append(Wrong("This row has {n} cells, the first row has {columns}.", sizes))
            padded = [*cells, *[""] * len(names)]
            under = dict(zip(names, map(unguarded, padded), strict=False))
            # What stands under no name was not asked for.
            yield line, {name: cell for name, cell in under.items() if name}, wrong


def _table(text: str) -> _Table:
    """Cut a text into cells; raises BadFile."""
    first = re.sub('"[^"]*"', "", text.lstrip()).partition("\n")[0]
    delimiter = max(DELIMITERS, key=first.count)
    csv.field_size_limit(LARGEST)
    lines = csv.reader(io.StringIO(text, newline=""), delimiter=delimiter, strict=True)
    rows = []
    try:
        for cells in lines:
            if any(cell.strip() for cell in cells):
                rows.append((lines.line_num, cells))
            if len(rows) > ROWS + 1:
                raise BadFile("This table has more than {n} rows.", n=ROWS)
            if any(len(cell) > CELL for cell in cells):
                raise BadFile("A cell in line {line} is far too long.", line=lines.line_num)
    except csv.Error:
        raise BadFile(
            "From line {line} on the table cannot be read: a quotation mark is not closed.",
            line=lines.line_num,
        ) from None
    if len(rows) < 2:
        raise BadFile("There is no table in this file: it needs a row of names, and rows below it.")
    columns = [clean_line(cell) for cell in rows[0][1]]
    if len(columns) > COLUMNS:
        raise BadFile("This table has more than {n} columns.", n=COLUMNS)
    named = [name.casefold() for name in columns if name]
    if twice := next((name for name in named if named.count(name) > 1), None):
        raise BadFile("There are two columns with the name “{name}”.", name=twice)
    return _Table(columns, rows[1:], delimiter)


# ---- Kinds of tables -----------------------------------------------------------------------------


def _decidim(table: _Table, languages: list[str]) -> Found:
    """Proposals of Decidim: `title/<language>` and `body/<language>`, all else is passed over."""
    there = [
        name.partition("/")[2] for name in table.columns if name.casefold().startswith("title/")
    ]
    ranked = [*(lang for lang in languages if lang in there), *there]
    read = {f"{field}/{lang}" for field in ("title", "body") for lang in there}
    rows = []
    for line, cells, wrong in table.named():
        # What has words in it comes before what is a title alone.
        written = [lang for lang in ranked if cells.get(f"title/{lang}".casefold())]
        full = [lang for lang in written if cells.get(f"body/{lang}".casefold())]
        lang = next(iter([*full, *written, *ranked]))
        title = cells.get(f"title/{lang}".casefold(), "")
        text = cells.get(f"body/{lang}".casefold(), "")
        rows.append(_row(line, title, text, lang, "", wrong))
    return Found(Sort.DECIDIM, rows=_fitting(rows), dropped=_dropped(table, read))


def _plain(table: _Table, lang: str) -> Found:
    """A table of titles and texts; what is about people is refused, it is not needed."""
    for name in table.columns:
        if PERSONAL.search(name):
            raise BadFile(
                "The column “{name}” is about people. It is not needed here: "
                "take it out, and choose the file again.",
                name=name,
            )
    by = {kind: _column(table, names) for kind, names in KINDS.items()}
    if not by["title"]:
        names = ", ".join(filter(None, table.columns))
        raise BadFile("There is no column “title”. The columns are: {names}.", names=names[:200])
    rows = [
        _row(
            line,
            cells[by["title"]],
            cells.get(by["text"], ""),
            lang,
            cells.get(by["track"], ""),
            wrong,
        )
        for line, cells, wrong in table.named()
    ]
    return Found(Sort.TABLE, rows=_fitting(rows), dropped=_dropped(table, set(by.values())))


KINDS = {"title": TITLES, "text": TEXTS, "track": TRACKS}


def _column(table: _Table, names: set[str]) -> str:
    return next((name.casefold() for name in table.columns if name.casefold() in names), "")


def _dropped(table: _Table, read: set[str]) -> list[str]:
    known = {name.casefold() for name in read}
    return [name[:80] for name in table.columns if name and name.casefold() not in known]


def _row(line: int, title: str, text: str, lang: str, track: str, wrong: list[Wrong]) -> Row:  # noqa: PLR0917
    part = Part("recommendation", "", as_markdown(text))
    row = Row(line, clean_line(title), [part], lang, track=clean_line(track)[:NAME])
    return checked(row, *wrong)


def as_markdown(text: str) -> str:
    """A cell as Markdown: what was written as HTML is put into it, all else is Markdown already."""
    if ELEMENT.search(text):
        return markdown_of(markup.from_html(text))
    return markup.clean(text).strip()


def _fitting(rows: list[Row]) -> list[Row]:
    if len(rows) > MOST:
        raise BadFile("At most {n} recommendations can come in with one file.", n=MOST)
    return rows


def _participants(table: _Table) -> Found:
    """Who was invited to an assembly in OpenSlides: their sectors and groups, and no person."""
    sectors, tracks = dict[str, str](), dict[str, str]()
    for _, cells, _ in table.named():
        for found, column in ((sectors, "structure_level"), (tracks, "groups")):
            for name in map(clean_line, cells[column].split(",")):
                if 1 <= len(name) <= NAME:
                    found.setdefault(name.casefold(), name)
    if not sectors and not tracks:
        raise BadFile("The columns structure_level and groups are empty: there is nothing to take.")
    dropped = _dropped(table, {"structure_level", "groups"})
    return Found(
        Sort.PARTICIPANTS,
        dropped=dropped,
        sectors=[*sectors.values()],
        tracks=[*tracks.values()],
    )
