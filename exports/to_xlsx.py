"""Tables as a workbook for spreadsheets. The home of openpyxl."""

import re
from collections.abc import Iterable
from io import BytesIO
from typing import Any

from openpyxl import Workbook
from openpyxl.cell import WriteOnlyCell
from openpyxl.styles import Font
from openpyxl.utils import get_column_letter

from exports.tables import Table

#: What no XML can hold.
NO_TEXT = re.compile(r"[\x00-\x08\x0b\x0c\x0e-\x1f\ufffe\uffff]")
#: Characters of the widest column; what is longer is wrapped by who reads it.
WIDEST = 60


def as_xlsx(tables: Iterable[Table]) -> bytes:
    """Write tables as the sheets of one workbook, with filters and a head that stays in sight."""
    book = Workbook(write_only=True)
    for table in tables:
        sheet = book.create_sheet(table.name)
        sheet.freeze_panes = "A2"
        for place, width in enumerate(_widths(table), 1):
            sheet.column_dimensions[get_column_letter(place)].width = width
        last = f"{get_column_letter(len(table.columns))}{len(table.rows) + 1}"
        sheet.auto_filter.ref = f"A1:{last}"
        sheet.append([_cell(sheet, column, bold=True) for column in table.columns])
        for row in table.rows:
            sheet.append([_cell(sheet, value) for value in row])
    file = BytesIO()
    book.save(file)
    return file.getvalue()


def _cell(sheet: Any, value: Any, *, bold: bool = False) -> Any:
    words = isinstance(value, str)
    cell = WriteOnlyCell(sheet, NO_TEXT.sub("", value) if words else value)
    if words:
        cell.data_type = "s"  # also what begins with "="
    if bold:
        cell.font = Font(bold=True)
    return cell


def _widths(table: Table) -> list[int]:
    columns = zip(table.columns, *table.rows, strict=True)
    return [min(WIDEST, 2 + max(len(str(cell)) for cell in column)) for column in columns]
