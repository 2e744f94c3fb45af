"""Join sheets: one page for each room, with its code to scan or to type, to stand on the table."""

from collections.abc import Sequence
from dataclasses import asdict, dataclass
from datetime import UTC, date, datetime, time
from pathlib import Path

from exports.typesetting import settable_data, typeset

MIMETYPE = "application/pdf"
SUFFIX = ".pdf"
TEMPLATE = Path(__file__).parent / "join_sheet.typ"


@dataclass(frozen=True)
class Said:
    """Words and their language."""

    lang: str
    text: str


@dataclass(frozen=True)
class Sheet:
    """What stands on the page of one room; words come in each language of the forum."""

    forum: Said
    #: The city, the place and the day.
    where: str
    titles: tuple[Said, ...]
    #: "Table 3", where there are several.
    tables: tuple[Said, ...]
    questions: tuple[Said, ...]
    code: str
    #: Where the code is typed, without what need not be typed.
    host: str
    #: The QR code, drawn as SVG.
    qr: str
    #: How to come in, and what it does not take.
    invitations: tuple[Said, ...]
    promises: tuple[Said, ...]
    #: What the QR code says to whoever cannot see it.
    alt: str


def render(sheets: Sequence[Sheet], day: date) -> bytes:
    """Set the sheets on A4, one page each; `day` is what the file says it was made on."""
    data = [_settable(sheet) for sheet in sheets]
    noon = datetime.combine(day, time(12), UTC)
    return typeset(TEMPLATE, {"sheets": data}, timestamp=noon, pdf_standards=["ua-1", "a-2a"])


def _settable(sheet: Sheet) -> dict[str, object]:
    """The drawing is data, not words."""
    return {**settable_data(asdict(sheet)), "qr": sheet.qr}
