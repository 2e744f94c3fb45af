"""The document as PDF, tagged and bookmarked, built to PDF/UA-1 and PDF/A-2a with Typst.

People's text reaches Typst only as data, so nothing in it is ever read as markup.
"""

import json
from datetime import UTC, datetime
from pathlib import Path

import typst

from exports.document import Document
from exports.edition import edition
from exports.glyphs import font_folders, settable_text

MIMETYPE = "application/pdf"
SUFFIX = ".pdf"
TEMPLATE = Path(__file__).parent / "document.typ"


def render(document: Document, *, large: bool = False) -> bytes:
    """Set the document on A4, or in large print of 18 points.

    The same document gives the same bytes, so a file can be made again and compared.
    """
    printed = settable_text(edition(document))
    day = datetime.fromisoformat(printed["date"]).replace(tzinfo=UTC)
    return typst.compile(
        str(TEMPLATE),
        font_paths=[str(folder) for folder in font_folders()],
        ignore_system_fonts=True,
        sys_inputs={
            "edition": json.dumps(printed, ensure_ascii=False),
            "variant": "large" if large else "a4",
        },
        pdf_standards=["ua-1", "a-2a"],
        timestamp=int(day.timestamp()),
    )
