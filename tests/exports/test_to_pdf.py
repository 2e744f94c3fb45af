"""The PDF: tags, languages, bookmarks, fonts, and nothing that people wrote is ever evaluated."""

import io
import re
from dataclasses import replace
from datetime import UTC, datetime

import pikepdf
import pytest

from exports import to_pdf
from exports.document import Edition
from exports.edition import edition
from tests.exports.make import empty, hostile, sample, single
from tests.exports.read import bookmarks, structure

TAGS = {"/Title", "/H1", "/H2", "/H3", "/TOC", "/TOCI", "/Table", "/THead", "/TH", "/TD"}
TAGS |= {"/L", "/LI", "/Note", "/Link", "/P", "/BlockQuote"}


@pytest.fixture(scope="module")
def pdf():
    with pikepdf.open(io.BytesIO(to_pdf.render(sample()))) as opened:
        yield opened


def languages(thing):
    """Every language that an edition names."""
    if isinstance(thing, dict):
        found = {thing["lang"]} if thing.get("lang") else set()
        return found.union(*(languages(one) for one in thing.values()))
    return set().union(*map(languages, thing)) if isinstance(thing, list) else set()


def test_says_which_standards_it_is_built_to(pdf):
    with pdf.open_metadata() as meta:
        assert meta["dc:title"].startswith("Razem na miejscu")
        assert (meta["pdfuaid:part"], meta["pdfaid:part"], meta["pdfaid:conformance"]) == (
            *("1", "2"),
            "A",
        )
    assert bool(pdf.Root.MarkInfo.Marked)
    assert bool(pdf.Root.ViewerPreferences.DisplayDocTitle)
    assert str(pdf.Root.Lang) == "pl"


def test_is_tagged(pdf):
    tags = structure(pdf)

    assert {str(tag.S) for tag in tags} >= TAGS
    assert all("Scope" in str(tag.get("/A", "")) for tag in tags if tag.S == "/TH")
    assert all("/Alt" in tag for tag in tags if tag.S == "/Figure")


def test_parts_carry_their_language(pdf):
    spoken = {str(tag.Lang) for tag in structure(pdf) if "/Lang" in tag} | {str(pdf.Root.Lang)}

    assert languages(edition(sample())["chapters"]) <= spoken == {"pl", "cs", "uk", "en"}


def test_every_recommendation_has_a_bookmark(pdf):
    with pdf.open_outline() as outline:
        titles = [re.sub(r"\s", " ", title) for title in bookmarks(outline.root)]
    wanted = [re.sub(r"\s", " ", one.title) for one in sample().recommendations]
    found = [
        next(one for one in wanted if one in title)
        for title in titles
        if any(one in title for one in wanted)
    ]

    assert found == wanted


def test_only_bundled_fonts_are_used_and_all_are_embedded(pdf):
    fonts = [
        one
        for one in pdf.objects
        if isinstance(one, pikepdf.Dictionary) and one.get("/Type") == "/FontDescriptor"
    ]
    names = {str(font.FontName).partition("+")[2] for font in fonts}

    assert all("/FontFile2" in font or "/FontFile3" in font for font in fonts)
    assert names
    assert all(name.startswith(("SourceSerif4", "NotoSans")) for name in names)


def test_date_is_that_of_sealing(pdf):
    day = datetime.fromisoformat(sample().edition.sealed).replace(tzinfo=UTC)

    assert str(pdf.docinfo.CreationDate).startswith(f"D:{day:%Y%m%d}000000")


def test_links_lead_only_to_the_web_to_mail_and_within(pdf):
    targets = [
        str(note.A.URI)
        for page in pdf.pages
        for note in page.get("/Annots", [])
        if "/A" in note and note.A.S == "/URI"
    ]

    assert targets
    assert all(re.match(r"https?://|mailto:", one) for one in targets)


@pytest.mark.parametrize("make", [empty, single, hostile])
@pytest.mark.parametrize("large", [False, True])
def test_other_documents_and_large_print_are_set(make, large):
    with pikepdf.open(io.BytesIO(to_pdf.render(make(), large=large))) as opened:
        assert len(opened.pages) > 1
        assert {"/H1", "/Title"} <= {str(tag.S) for tag in structure(opened)}


@pytest.mark.parametrize("words", [3, 12, 40])
@pytest.mark.parametrize("large", [False, True])
def test_cover_is_one_page_however_long_the_title(words, large):
    document = sample()
    title = " ".join(f"recommendation{n}" for n in range(words))
    named = replace(document, forum=replace(document.forum, title=title), edition=Edition(
        version="1", status="draft"
    ))  # fmt: skip
    with pikepdf.open(io.BytesIO(to_pdf.render(named, large=large))) as opened:
        with opened.open_outline() as outline:
            first = outline.root[0].destination
        assert opened.pages.index(first[0]) == 1
