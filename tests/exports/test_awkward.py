"""Every format opens whatever people leave out, overdo, or write in another direction."""

import csv
import io
import json
import re
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
from exports.richtext import Paragraph, Text
from tests.exports.make import bare, in_both, sample, spoiled
from tests.exports.read import (
    epub_words,
    html_words,
    markdown_words,
    odt_words,
    office_words,
    squash,
)

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
    chapters = tuple(replace(one, lang="ka", translations=()) for one in whole.chapters)
    return replace(whole, chapters=chapters)


def unequal_languages():
    """200 steps in one language and 3 in the other, an empty text, and one with no translation."""

    def change(one):
        steps = one.steps or sample().recommendations[0].steps
        many = tuple(replace(steps[n % len(steps)], id=f"s{n}") for n in range(200))
        one = replace(one, steps=many if one.number == 1 else steps, sources=())
        known = in_both(one, "ar", state="checked", checked="2027-01-31", behind=one.number == 4)
        told = known["translations"][0]
        few = {
            1: replace(told, steps=told.steps[:3], sections=told.sections[:1]),
            2: replace(told, steps=(), sections=()),
        }
        words = few.get(one.number, told)
        arabic = tuple(
            replace(x, heading=DIRECTIONS[0], blocks=(Paragraph((Text(DIRECTIONS[0] * 9),)),))
            for x in words.sections
        )
        words = replace(words, title=DIRECTIONS[0], sections=arabic)
        return replace(one, **known | {"translations": () if one.number == 3 else (words,)})

    return with_recommendations(change)


def beside_arabic():
    return replace(unequal_languages(), beside="ar")


def in_arabic():
    return replace(unequal_languages(), lang="ar")


MAKERS = [long_titles, every_direction, empty_sections, nothing_within, many_steps, untranslated]
MAKERS += [bare, beside_arabic, in_arabic]


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


def open_table(data):
    text = data.decode()
    sign = ";" if text.startswith("id;") else ","
    return list(csv.reader(io.StringIO(text, newline=""), delimiter=sign, strict=True))


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
    **dict.fromkeys(("decidim-proposals", "decidim-results", "openslides-motions"), open_table),
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


def test_a_column_from_right_to_left_is_so_in_every_format():
    word = opened_zip(made(beside_arabic, "docx"))["word/document.xml"].decode()
    text = opened_zip(made(beside_arabic, "odt"))["content.xml"].decode()
    page = made(beside_arabic, "html").decode()

    assert re.search(r'<w:pStyle w:val="Cell"/><w:bidi/></w:pPr>.*?<w:rtl/>', word)
    assert re.search(r'style:name="Cell_rtl"[^>]*><style:paragraph-properties[^>]*rl-tb', text)
    assert '<td lang="ar" dir="rtl"' in page
    # What is ours and not in Arabic says so, and goes its own way.
    assert '<p dir="auto" lang="en"><em>Not translated.</em></p>' in page


def test_what_one_language_lacks_is_said_in_its_place():
    found = markdown_words(made(beside_arabic, "md"))

    assert "Krok 200" in found
    assert found.count("Not translated.") >= 197
    assert "which has changed since" in found
    alone = markdown_words(made(in_arabic, "md"))
    assert "Not translated: shown in the original (Polish)." in alone


@pytest.mark.slow
def test_libreoffice_opens_the_odt():
    texts = office_words([made(make, "odt") for make in MAKERS], ".odt")
    for make, text in zip(MAKERS, texts, strict=True):
        found = squash(text)
        assert all(squash(one.revision.hash[7:19]) in found for one in make().recommendations), make
