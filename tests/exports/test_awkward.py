"""Every format opens whatever people leave out, overdo, or write in another direction."""

import io
import json
import shutil
import subprocess
import zipfile
from dataclasses import replace
from functools import cache
from xml.etree import ElementTree as ET

import docx
import openpyxl
import pikepdf
import pytest

from exports import FORMATS, export
from exports.document import Annexes, Recommendation, Section, Summary, Support, from_json
from tests.exports.make import bare, sample, spoiled
from tests.exports.read import epub_words, html_words, markdown_words, odt_words, pdf_words, squash

#: Right to left, alone and within another direction; signs of several code points; none at all.
DIRECTIONS = (
    "مرحبا بالعالم، «التوصية» رقم 3",
    "שלום עולם (1–2), a b c",
    "👩‍👩‍👧‍👦 👍🏽 🇺🇦 ❤️",
    "ܫܠܡܐ \u200fx\u200f ଓଡ଼ିଆ 日本語",
    "a\u0301\u0302\u0303\u0304 z\u0335",
)
LONG_TITLE = ("Niedźwiedziomiś " * 30)[:300]


def with_recommendations(change):
    """The sample with each recommendation changed."""
    whole = sample()
    chapters = tuple(
        replace(
            chapter,
            content=tuple(
                change(part) if isinstance(part, Recommendation) else part
                for part in chapter.content
            ),
        )
        for chapter in whole.chapters
    )
    return replace(whole, chapters=chapters)


def long_titles():
    whole = with_recommendations(lambda one: replace(one, title=LONG_TITLE))
    forum = replace(whole.forum, title=LONG_TITLE, subtitle=LONG_TITLE)
    return replace(whole, forum=forum)


def every_direction():
    return spoiled(sample(), DIRECTIONS)


def empty_sections():
    return with_recommendations(
        lambda one: replace(one, sections=(Section(heading="-", blocks=()),), sources=())
    )


def nothing_within():
    nobody = Support(rooms=(), ballots=())
    return with_recommendations(
        lambda one: replace(
            one,
            **dict.fromkeys(("sections", "steps", "addressees", "sources", "reservations"), ()),
            support=nobody,
        )
    )


def many_steps():
    def change(one):
        steps = one.steps or sample().recommendations[0].steps
        many = tuple(replace(steps[n % len(steps)], id=f"s{n}") for n in range(200))
        return replace(one, steps=many, sources=()) if one.number == 1 else one

    return with_recommendations(change)


def untranslated():
    whole = with_recommendations(lambda one: replace(one, translations=(), lang="ka"))
    chapters = tuple(replace(one, lang="ka", translation=None) for one in whole.chapters)
    return replace(whole, chapters=chapters)


MAKERS = [long_titles, every_direction, empty_sections, nothing_within, many_steps, untranslated]
MAKERS += [bare]


def opened_zip(data):
    archive = zipfile.ZipFile(io.BytesIO(data))
    assert archive.testzip() is None
    return {name: archive.read(name) for name in archive.namelist()}


def open_csv(data):
    files = opened_zip(data)
    return json.loads(files["datapackage.json"])["resources"]


def open_odt(data):
    return [ET.fromstring(x) for name, x in opened_zip(data).items() if name.endswith(".xml")]


def open_letters(data):
    for name, file in opened_zip(data).items():
        if name.endswith(".pdf"):
            pikepdf.open(io.BytesIO(file))
        if name.endswith(".docx"):
            docx.Document(io.BytesIO(file))
    return True


OPENED = {
    "pdf": lambda data: pikepdf.open(io.BytesIO(data)).pages,
    "docx": lambda data: docx.Document(io.BytesIO(data)).paragraphs,
    "odt": open_odt,
    "epub": lambda data: ET.fromstring(opened_zip(data)["book/nav.xhtml"]),
    "html": html_words,
    "md": markdown_words,
    "json": lambda data: from_json(json.loads(data)),
    "xlsx": lambda data: openpyxl.load_workbook(io.BytesIO(data)).sheetnames,
    "csv": open_csv,
    "letters": open_letters,
}


def first_only(document):
    """The document with just its first recommendation: some two letters."""
    parts = [x for one in document.chapters for x in one.content if x.type == "recommendation"]
    chapters = [replace(one, content=tuple(parts[:1]), intro=()) for one in document.chapters[:1]]
    annexes, summary = Annexes(), Summary(blocks=(), highlights=())
    return replace(document, chapters=tuple(chapters), annexes=annexes, summary=summary)


@cache
def made(make, name):
    document = make()
    return export(first_only(document) if name == "letters" else document, name)


@pytest.mark.parametrize("name", FORMATS)
@pytest.mark.parametrize("make", MAKERS)
def test_every_file_opens(make, name):
    assert OPENED[name](made(make, name))


@pytest.mark.parametrize("read", [odt_words, epub_words, markdown_words])
def test_long_titles_are_whole(read):
    name = read.__name__.removesuffix("_words").replace("markdown", "md")

    assert squash(LONG_TITLE) in squash(read(made(long_titles, name)))


@pytest.mark.parametrize("read", [odt_words, epub_words])
def test_other_directions_are_kept_as_they_are(read):
    found = squash(read(made(every_direction, read.__name__.removesuffix("_words"))))

    assert all(squash(text) in found for text in DIRECTIONS)


@pytest.mark.slow
@pytest.mark.parametrize("make", MAKERS)
def test_libreoffice_opens_the_odt(make, tmp_path):
    if not shutil.which("soffice"):
        pytest.skip("LibreOffice (soffice) is not installed: the ODT was NOT opened")
    (tmp_path / "document.odt").write_bytes(made(make, "odt"))

    subprocess.run(
        [
            *("soffice", f"-env:UserInstallation=file://{tmp_path}/profile", "--headless"),
            *("--convert-to", "pdf", "--outdir", tmp_path, tmp_path / "document.odt"),
        ],
        check=True,
        capture_output=True,
        timeout=180,
    )

    found = squash(pdf_words((tmp_path / "document.pdf").read_bytes()))
    assert all(squash(one.revision.hash[7:19]) in found for one in make().recommendations)
