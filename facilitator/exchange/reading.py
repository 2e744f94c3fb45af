"""Any file that somebody chose: what it is, told by what is in it, never by its name (pure)."""

from __future__ import annotations

from facilitator.exchange.found import BadFile, Found, Wrong
from facilitator.exchange.headings import read_headings
from facilitator.exchange.sealed import read_sealed
from facilitator.exchange.tables import decoded, read_table

#: Bytes of the largest file that any of the readers takes.
LARGEST = 10_000_000

#: How files begin that people take for ours.
OTHERS = {
    b"%PDF": Wrong("This is a PDF. Choose the text that it was made from: DOCX or ODT."),
    b"\xd0\xcf\x11\xe0": Wrong("This is an old Word or Excel file. Save it as DOCX, or as CSV."),
    b"{\\rtf": Wrong("This is an RTF file. Save it as DOCX or ODT."),
    b"\x89PNG": Wrong("This is a picture."),
    b"\xff\xd8\xff": Wrong("This is a picture."),
}


def read_file(data: bytes, languages: list[str], level: int = 0, seal: bytes = b"") -> Found:
    """Read a file of any kind that we know; raises BadFile, and keeps nothing.

    `languages` are the forum's, the main one first; `level`: which headings of a text are titles,
    0 to find out; `seal`: the seal of a sealed document, where it came along.
    """
    if not data.strip():
        raise BadFile("This file is empty.")
    for beginning, said in OTHERS.items():
        if data.startswith(beginning):
            raise BadFile(said.sentence)
    if data.startswith(b"PK"):
        return read_headings(data, languages[0], level)
    if data.lstrip(b"\xef\xbb\xbf \t\r\n").startswith((b"{", b"[")):
        return read_sealed(data, seal)
    if decoded(data[:2_000])[0].lstrip().startswith("<"):
        raise BadFile("This is a web page or XML, and no table.")
    return read_table(data, languages)
