"""The record of a room as files: PDF, DOCX and Markdown."""

from collections.abc import Callable
from pathlib import Path

from exports import to_docx, to_markdown, to_pdf
from exports.record import Record, flow, printed

TEMPLATE = Path(__file__).parent / "record.typ"


def as_pdf(record: Record) -> bytes:
    """Set the record on A4."""
    return to_pdf.pages(TEMPLATE, printed(record))


def as_docx(record: Record) -> bytes:
    """Write the record for word processors."""
    e = printed(record)
    return to_docx.write(e, flow(e))


def as_markdown(record: Record) -> bytes:
    """Write the record for any editor."""
    return to_markdown.write(flow(printed(record)))


#: The name of a format, as in the address of its file: what writes it.
RECORD_FORMATS: dict[str, Callable[[Record], bytes]] = {
    "pdf": as_pdf,
    "docx": as_docx,
    "md": as_markdown,
}
