"""Letters to all addressees in a ZIP, each as PDF and as DOCX, with a list of who gets what."""

import re
import unicodedata
from collections.abc import Iterator
from dataclasses import asdict
from datetime import UTC, datetime
from pathlib import Path
from typing import Any

from exports import to_docx
from exports.document import Document
from exports.letters import Letter, letters
from exports.packed import packed
from exports.things import Contents, Heading, Listing, Paragraph, Row, Table, Thing
from exports.typesetting import settable_data, typeset
from exports.wording import Wording, tidy

MIMETYPE = "application/zip"
SUFFIX = ".letters.zip"
TEMPLATE = Path(__file__).parent / "letter.typ"
#: Bytes that a name may take within the name of a file.
NAME_BYTES = 80
BAR_STYLES = ("Wide bar", "Cell bar")


def render(document: Document) -> bytes:
    """Write all letters, numbered in the order in which the document names the addressees."""
    return packed(_files(document))


def _files(document: Document) -> Iterator[tuple[str, bytes]]:
    t, rows = Wording(document.lang), []
    for stem, one in named(document):
        rows.append(f"{stem}\r\n  {_line(one)}\r\n  {', '.join(map(str, one.numbers))}")
        yield f"{stem}.pdf", as_pdf(one)
        yield f"{stem}.docx", to_docx.write(one.printed, one.things)
    title = tidy(document.forum.title, document.lang)
    said = "\r\n\r\n".join((title, t("letter_subject"), *(rows or [t("letters_none")])))
    yield "README.txt", f"{said}\r\n".encode("utf-8-sig")


def named(document: Document) -> Iterator[tuple[str, Letter]]:
    """Give all letters, each with the name of its files."""
    for number, one in enumerate(letters(document), 1):
        yield f"{number:02d}-{file_name(one.addressee.name)}".rstrip("-"), one


def _line(one: Letter) -> str:
    return " ".join(tidy(one.addressee.name, one.addressee.lang or "").split())


def file_name(name: str) -> str:
    """Make of a name what every computer takes for the name of a file: letters, digits, hyphens."""
    words = re.sub(r"[\W_]+", "-", unicodedata.normalize("NFC", name)).strip("-")
    return words.encode()[:NAME_BYTES].decode(errors="ignore").strip("-")


def as_pdf(letter: Letter) -> bytes:
    """Set a letter on A4, tagged, from the same things as the DOCX."""
    e = letter.printed
    data = {
        "lang": e["lang"],
        "title": f"{e['title']}. {e['words']['letter_subject']}",
        "author": e["author"],
        "running": f"{e['title']} · {e['running']}",
        "page_of": e["words"]["page_of"],
        "things": [_plain(one) for one in letter.things],
    }
    day = datetime.fromisoformat(e["date"]).replace(tzinfo=UTC)
    return typeset(
        TEMPLATE,
        {"letter": settable_data(data)},
        timestamp=day,
        pdf_standards=["ua-1", "a-2a"],
    )


def _plain(thing: Thing) -> dict[str, Any]:
    """Give a thing as plain data."""
    match thing:
        case Paragraph():
            return asdict(thing) | {"kind": "paragraph", "bar": _bar(thing)}
        case Heading():
            return asdict(thing) | {"kind": "heading"}
        case Listing(ordered=ordered, items=items):
            inner = [[_plain(one) for one in item] for item in items]
            return {"kind": "listing", "ordered": ordered, "items": inner}
        case Table(widths=widths, header=header, rows=rows):
            every = [_row(row) for row in rows]
            return {"kind": "table", "widths": widths, "header": _row(header), "rows": every}
        case Contents():
            return {"kind": "listing", "ordered": False, "items": []}


def _row(row: Row) -> list[list[dict[str, Any]]]:
    return [[_plain(one) for one in cell] for cell in row]


def _bar(p: Paragraph) -> list[dict[str, Any]]:
    """Give the shares of a bar, which other writers draw with spaces."""
    whole = sum(len(one.text) for one in p.runs)
    if p.style not in BAR_STYLES or not whole:
        return []
    return [{"look": one.look, "share": len(one.text) / whole} for one in p.runs]
