"""Tables for spreadsheets, and CSV as RFC 4180 has it. No cell is ever a formula."""

import csv
import re
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from io import StringIO
from typing import Any

#: What a spreadsheet takes for the beginning of a formula (OWASP, CSV injection).
FORMULA = ("=", "+", "-", "@", "\t", "\r")
GUARDED = re.compile(r"'+[=+\-@\t\r]")


@dataclass(frozen=True, slots=True, kw_only=True)
class Table:
    """A table with a name, for a sheet or a file of its own."""

    name: str
    columns: tuple[str, ...]
    rows: Sequence[Sequence[Any]]


def guarded(cell: Any) -> Any:
    """A cell that no spreadsheet takes for a formula. What only looks guarded is guarded again."""
    risky = isinstance(cell, str) and (cell.startswith(FORMULA) or GUARDED.match(cell))
    return f"'{cell}" if risky else cell


def unguarded(cell: str) -> str:
    """A cell without the mark that keeps a spreadsheet from taking it for a formula."""
    return cell[1:] if GUARDED.match(cell) else cell


def csv_lines(rows: Iterable[Iterable[Any]], delimiter: str = ",") -> str:
    """Rows as CSV, every cell guarded."""
    lines = StringIO(newline="")
    writer = csv.writer(lines, delimiter=delimiter, lineterminator="\r\n")
    writer.writerows(map(guarded, row) for row in rows)
    return lines.getvalue()


def as_csv(table: Table, delimiter: str = ",") -> bytes:
    """Write a table as CSV: UTF-8 with its mark, by which spreadsheets know it."""
    return csv_lines([table.columns, *table.rows], delimiter).encode("utf-8-sig")
