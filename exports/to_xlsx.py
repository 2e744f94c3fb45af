"""The document, or any tables, as a workbook for spreadsheets. The home of openpyxl."""

import re
import zipfile
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Alignment, Font
from openpyxl.utils import get_column_letter
from openpyxl.worksheet.filters import AutoFilter
from openpyxl.worksheet.table import Table as Listed
from openpyxl.worksheet.table import TableColumn, TableStyleInfo

from exports.document import Document
from exports.entities import tables as tables_of
from exports.packed import packed
from exports.tables import Table

MIMETYPE = "application/vnd.openxmlformats-officedocument.spreadsheetml.sheet"
SUFFIX = ".xlsx"

#: What no XML can hold.
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Characters of the widest column; what is longer is wrapped.
WIDEST = 60
#: A cell holds no more characters.
LONGEST = 32_767
PROPERTIES = "docProps/core.xml"
#: When a workbook was made and changed.
MOMENT = re.compile(rb"(<dcterms:(?:created|modified)[^>]*>)[^<]*")
WRAPPED = Alignment(wrap_text=True, vertical="top")
STYLE = TableStyleInfo(name="TableStyleLight1", showRowStripes=True)


def render(document: Document) -> bytes:
    """Write every table of the document as a sheet of one workbook."""
    day = document.edition.sealed or document.forum.ends
    return _dated(as_xlsx(tables_of(document), NO_TEXT.sub("", document.forum.title)), day)


def as_xlsx(tables: Iterable[Table], title: str | None = None) -> bytes:
    """Write tables as the sheets of one workbook, with filters and a head that stays in sight."""
    book = Workbook(write_only=True)
    book.properties.title, book.properties.creator = title, None
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(table), 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        sheet.append([_cell(sheet, column, bold=True) for column in table.columns])
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
        if table.rows:
            sheet.tables.add(_listed(table))
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    words = isinstance(value, str)
    cell = WriteOnlyCell(sheet, _fitting(NO_TEXT.sub("", value)) if words else value)
    if words:
        cell.data_type = "s"  # also what begins with "="
        cell.alignment = WRAPPED
    if bold:
        cell.font = Font(bold=True)
    return cell


def _fitting(text: str) -> str:
    return text if len(text) <= LONGEST else f"{text[: LONGEST - 1]}…"


def _listed(table: Table) -> Listed:
    """Make of the rows what a spreadsheet sorts and filters as a table."""
    ref = f"A1:{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
    return Listed(
        displayName=f"t_{table.name}",
        ref=ref,
        tableColumns=[TableColumn(id=n, name=name) for n, name in enumerate(table.columns, 1)],
        autoFilter=AutoFilter(ref=ref),
        tableStyleInfo=STYLE,
    )


def _dated(book: bytes, day: str) -> bytes:
    """Pack again with the day of the document, so that the same one gives the same bytes."""
    moment = f"{day}T00:00:00Z".encode()
    with zipfile.ZipFile(BytesIO(book)) as old:
        files = [(name, old.read(name)) for name in old.namelist()]
    return packed(
        (name, MOMENT.sub(rb"\g<1>" + moment, data) if name == PROPERTIES else data)
        for name, data in files
    )


def _widths(table: Table) -> list[int]:
    columns = zip(table.columns, *table.rows, strict=True)
    return [min(WIDEST, 2 + max(len(str(cell)) for cell in column)) for column in columns]
