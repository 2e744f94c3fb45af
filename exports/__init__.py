"""A finished document → files. Pure: knows neither the web nor the database.

To add a format: one file `to_x.py` with MIMETYPE, SUFFIX and `render(document) -> bytes`, and one
line in FORMATS.
"""

from typing import Protocol

from exports import (
    to_csv,
    to_decidim,
    to_decidim_results,
    to_docx,
    to_epub,
    to_html,
    to_json,
    to_letters,
    to_markdown,
    to_odt,
    to_openslides,
    to_pdf,
    to_xlsx,
)
from exports.document import Document
from exports.soundness import check

__all__ = ["FORMATS", "MAIN_FORMATS", "Format", "UnknownFormat", "export"]


class Format(Protocol):
    """What a module must have to be an export format."""

    MIMETYPE: str
    SUFFIX: str

    def render(self, document: Document) -> bytes:
        """Write the whole document."""


FORMATS: dict[str, Format] = {
    "pdf": to_pdf,
    "docx": to_docx,
    "odt": to_odt,
    "epub": to_epub,
    "html": to_html,
    "md": to_markdown,
    "json": to_json,
    "xlsx": to_xlsx,
    "csv": to_csv,
    "letters": to_letters,
    # For other people's programs.
    "decidim-proposals": to_decidim,
    "decidim-results": to_decidim_results,
    "openslides-motions": to_openslides,
}
#: Those that say all that the document says, for readers; the others are made of parts of it.
MAIN_FORMATS = ("pdf", "docx", "odt", "epub", "html", "md", "json")


class UnknownFormat(LookupError):
    """Somebody asked for a format that there is not."""


def export(document: Document, format_name: str) -> bytes:
    """Write a document as a file of the format named: one of the keys of FORMATS.

    Raises UnknownFormat, which names the formats known, and BadDocument when the document refers
    to something that is not in it.
    """
    if format_name not in FORMATS:
        known = ", ".join(FORMATS)
        raise UnknownFormat(f"There is no export format {format_name!r}; there are {known}.")
    check(document)
    return FORMATS[format_name].render(document)
