"""The document as PDF, tagged and bookmarked, built to PDF/UA-1 and PDF/A-2a with Typst.

People's text reaches Typst only as data, so nothing in it is ever read as markup.
"""

from datetime import UTC, datetime
from pathlib import Path

from exports.document import Document
from exports.edition import edition
from exports.glyphs import settable_text
from exports.setting import Printed
from exports.typesetting import typeset

MIMETYPE = "application/pdf"
SUFFIX = ".pdf"
TEMPLATE = Path(__file__).parent / "document.typ"


def render(document: Document, *, large: bool = False) -> bytes:
    """Set the document on A4, or in large print of 18 points.

    The same document gives the same bytes, so a file can be made again and compared.
    """
    return pages(TEMPLATE, edition(document), large=large)


def pages(template: Path, data: Printed, *, large: bool = False) -> bytes:
    """Set plain data by a template of ours, as tagged PDF."""
    printed = settable_text(data)
    day = datetime.fromisoformat(printed["date"]).replace(tzinfo=UTC)
    return typeset(
        template,
        {"edition": printed, "variant": "large" if large else "a4"},
        timestamp=day,
        pdf_standards=["ua-1", "a-2a"],
    )
