"""The document as tables: as a workbook and as CSV, whole, without a formula, described."""

import csv
import io
import json
import zipfile
from dataclasses import replace

import openpyxl
import pytest

from exports import to_csv, to_xlsx
from exports.document import FewerThan, SectorVotes
from exports.entities import COLUMNS, tables
from exports.tables import FORMULA, unguarded
from exports.wording import WORDS
from tests.exports.make import empty, hostile, sample, single

MAKERS = [sample, hostile, single, empty]


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def document(request):
    return request.param()


def opened(document):
    with zipfile.ZipFile(io.BytesIO(to_csv.render(document))) as archive:
        return {name: archive.read(name).decode("utf-8-sig") for name in archive.namelist()}


def rows(text, sign):
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign))


def written(value):
    return "" if value is None else str(value)


def test_ids_come_first_are_unique_and_lead_to_their_recommendation(document):
    every = {one.name: one for one in tables(document)}
    known = {row[0] for row in every["recommendations"].rows}

    assert known == {one.id for one in document.recommendations}
    for one in every.values():
        ids = [row[0] for row in one.rows]
        assert one.columns[0] == "id"
        assert len(set(ids)) == len(ids)
        assert all(len(row) == len(one.columns) for row in one.rows)
        if "recommendation" in one.columns:
            assert {row[1] for row in one.rows} <= known


def test_nothing_is_left_out():
    every, whole = {one.name: one.rows for one in tables(sample())}, sample().recommendations

    for name, many in {
        "addressees": [x for one in whole for x in one.addressees],
        "steps": [x for one in whole for x in one.steps],
        "votes": [x for one in whole for x in one.support.ballots],
        "reservations": [x for one in whole for x in one.reservations],
        "sources": [x for one in whole for x in one.sources],
    }.items():
        assert len(every[name]) == len(many) > 0


def test_of_a_small_sector_no_number_is_told():
    one = sample().recommendations[0]
    small = SectorVotes(sector=sample().sectors[0].id, cell=FewerThan(fewer_than=5))
    ballot = replace(one.support.ballots[0], sectors=(small,))
    one = replace(one, support=replace(one.support, ballots=(ballot,)))
    chapter = replace(sample().chapters[0], content=(one,))
    whole = replace(sample(), chapters=(chapter,))

    [row] = next(x.rows for x in tables(whole) if x.name == "votes_by_sector")

    assert row[-3:] == (None, None, None)


def test_csv_is_the_same_with_both_signs_and_read_back_whole(document):
    files = opened(document)
    for one in tables(document):
        for folder, sign in to_csv.DELIMITERS.items():
            head, *found = rows(files[f"{folder}/{one.name}.csv"], sign)
            assert tuple(head) == one.columns
            assert [[unguarded(cell) for cell in row] for row in found] == [
                [written(cell) for cell in row] for row in one.rows
            ]
            assert not [x for row in found for x in row if x.startswith(FORMULA)]


def test_csv_begins_with_the_mark_of_utf_8():
    with zipfile.ZipFile(io.BytesIO(to_csv.render(sample()))) as archive:
        names = [one for one in archive.namelist() if one.endswith(".csv")]
        assert all(archive.read(one).startswith(b"\xef\xbb\xbf") for one in names)
    assert len(names) == 2 * len(COLUMNS)


def test_every_file_and_column_is_described(document):
    files = opened(document)
    described = json.loads(files["datapackage.json"])
    by_path = {one["path"]: one for one in described["resources"]}
    names = {one["name"] for one in described["resources"]}

    assert set(by_path) == {one for one in files if one.endswith(".csv")}
    assert described["licenses"][0]["title"] == document.forum.licence.name
    assert described["sources"][0]["title"] == document.forum.title
    for path, one in by_path.items():
        sign = one["dialect"]["delimiter"]
        assert [x["name"] for x in one["schema"]["fields"]] == rows(files[path], sign)[0]
        for key in one["schema"].get("foreignKeys", ()):
            assert key["reference"]["resource"] in names


def test_values_are_of_the_kind_that_is_described():
    kinds = {"integer": (int, type(None)), "string": (str,), "date": (str,), "boolean": (str,)}
    for one in tables(hostile()):
        for row in one.rows:
            for value, kind in zip(row, COLUMNS[one.name].values(), strict=True):
                assert isinstance(value, kinds[kind])
                assert kind != "boolean" or value in ("yes", "no", "")


@pytest.mark.parametrize("lang", ["pl", "cs", "uk", "en"])
def test_readme_speaks_the_language_of_the_document(lang):
    readme = opened(replace(sample(), lang=lang))["README.txt"]

    assert WORDS["data_delimiters"][lang].split()[0] in readme
    assert all(f"{name}.csv" in readme for name in COLUMNS)
    assert sample().forum.licence.url in readme


def test_workbook_has_a_sheet_with_a_table_for_every_kind(document):
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx.render(document)))

    assert book.sheetnames == list(COLUMNS)
    for one in tables(document):
        sheet = book[one.name]
        assert sheet.freeze_panes == "A2"
        assert sheet.max_row == len(one.rows) + 1
        assert [x.value for x in sheet[1]] == list(one.columns)
        assert len(sheet.tables) == bool(one.rows)
        for listed in sheet.tables.values():
            assert listed.column_names == list(one.columns)
            assert listed.ref == sheet.dimensions


def test_no_cell_of_the_workbook_is_a_formula_and_text_is_wrapped():
    book = openpyxl.load_workbook(io.BytesIO(to_xlsx.render(hostile())))
    cells = [cell for sheet in book for row in sheet.iter_rows() for cell in row]
    texts = [cell for cell in cells if isinstance(cell.value, str)]

    assert {cell.data_type for cell in texts} == {"s"}
    assert all(cell.alignment.wrap_text for cell in texts)


def test_text_longer_than_a_cell_ends_with_a_sign():
    whole = sample()
    step = replace(whole.recommendations[0].steps[0], what="x" * 40_000)
    one = replace(whole.recommendations[0], steps=(step,))
    whole = replace(whole, chapters=(replace(whole.chapters[0], content=(one,)),))

    sheet = openpyxl.load_workbook(io.BytesIO(to_xlsx.render(whole)))["steps"]

    assert len(sheet["D2"].value) == to_xlsx.LONGEST
    assert sheet["D2"].value.endswith("x…")
