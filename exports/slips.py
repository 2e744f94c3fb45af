"""Slips of paper for those without a phone: numbered, eight on a page, to be cut and filled in."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from exports.join_sheet import Said
from exports.typesetting import settable_data, typeset

MIMETYPE = "application/pdf"
SUFFIX = ".pdf"
TEMPLATE = Path(__file__).parent / "slips.typ"
#: On one page of A4.
ON_A_PAGE = 8


@dataclass(frozen=True)
class Slips:
    """The slips of one room."""

    forum: Said
    #: The title of the room, with its table.
    room: Said
    code: str
    questions: tuple[Said, ...]
    #: What an idea may be, to be ticked: "need", "problem" …
    kinds: tuple[Said, ...]
    #: "Slip no."
    number: str
    #: "Question", before their numbers.
    question: str
    #: How many pages.
    pages: int


def render(rooms: Sequence[Slips], day: date) -> bytes:
    """Set the slips on A4; each room counts its own from 1."""
    data = settable_data([asdict(one) for one in rooms])
    noon = datetime.combine(day, time(12), UTC)
    return typeset(TEMPLATE, {"rooms": data}, timestamp=noon, pdf_standards=["ua-1", "a-2a"])
