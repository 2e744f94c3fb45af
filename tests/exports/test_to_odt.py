"""The ODT: sound for word processors, with contents, footnotes, header rows and languages."""

import io
import re
import zipfile
from xml.etree import ElementTree as ET

import pytest

from exports import to_odt
from exports.odt_template import NAMESPACES
from exports.richtext import Break, Heading, Link, Listing, Paragraph, Quote, Table, Text
from tests.exports.make import empty, hostile, mentioned_twice, paragraph, sample, single
from tests.exports.read import office_words, squash
from tests.exports.test_edition import with_blocks

MAKERS = [sample, hostile, single, empty]


def named(name):
    prefix, _, local = name.partition(":")
    return f"{{{NAMESPACES[prefix]}}}{local}"


def package(document):
    return zipfile.ZipFile(io.BytesIO(to_odt.render(document)))


def part(document, name="content.xml"):
    return ET.fromstring(package(document).read(name))


def every(root, element, attribute=None):
    found = root.iter(named(element))
    return [one.get(named(attribute)) for one in found] if attribute else list(found)


def words(element):
    return "".join(element.itertext())


@pytest.mark.parametrize("make", MAKERS)
def test_package_says_what_it_is_and_lists_its_files(make):
    archive = package(make())
    first, *others = archive.infolist()
    manifest = ET.fromstring(archive.read("META-INF/manifest.xml"))
    listed = [one.attrib[f"{{{to_odt.MANIFEST}}}full-path"] for one in manifest]

    assert (first.filename, first.compress_type) == ("mimetype", zipfile.ZIP_STORED)
    assert archive.read("mimetype").decode() == to_odt.MIMETYPE
    assert sorted(listed) == sorted(
        ["/", *(one.filename for one in others if not one.filename.startswith("META-INF"))]
    )


@pytest.mark.parametrize("make", MAKERS)
def test_every_style_that_is_used_is_there_once(make):
    roots = [part(make(), name) for name in ("content.xml", "styles.xml")]
    kept = [one for root in roots for one in every(root, "style:style")]
    made = [one.get(named("style:name")) for one in kept]
    pairs = [(one.get(named("style:family")), name) for one, name in zip(kept, made, strict=True)]
    lists = [x for root in roots for x in every(root, "text:list-style", "style:name")]
    used = {
        value
        for one in roots[0].iter()
        for name, value in one.attrib.items()
        if name in (named("text:style-name"), named("table:style-name"))
    }

    assert len(set(pairs)) == len(pairs)
    assert used <= {*made, *lists}


def test_contents_is_real_and_filled():
    body = every(part(sample()), "text:index-body")[0]
    rows = every(body, "text:p", "text:style-name")

    assert rows.count("Contents_2") == len(sample().recommendations)
    assert all(len(every(row, "text:a")) == 1 for row in every(body, "text:p")[1:])


@pytest.mark.parametrize("make", MAKERS)
def test_every_place_that_is_linked_is_there_once(make):
    root = part(make())
    places = every(root, "text:bookmark", "text:name")
    linked = {x[1:] for x in every(root, "text:a", "xlink:href") if x.startswith("#")}

    assert linked <= set(places)
    assert len(set(places)) == len(places)


def test_evidence_is_in_footnotes_once():
    root = part(sample())
    cited = [words(one) for one in every(root, "text:note-citation")]

    assert cited == [str(n) for n in range(1, len(cited) + 1)]
    assert cited


def test_second_mention_of_evidence_refers_to_the_first():
    root = part(mentioned_twice())

    assert every(root, "text:note", "text:id") == ["note-1"]
    assert every(root, "text:note-ref", "text:ref-name") == ["note-1"]


def test_parts_carry_their_language_as_styles():
    root = part(sample())
    used = set(every(root, "text:span", "text:style-name"))
    spoken = {
        one.get(named("fo:language"))
        for style in every(root, "style:style")
        if style.get(named("style:name")) in used
        for one in every(style, "style:text-properties")
    }
    main = every(part(sample(), "styles.xml"), "style:default-style")[0]

    assert spoken == {"cs", "uk", "en"}
    assert every(main, "style:text-properties", "fo:language") == ["pl"]


def test_tables_have_a_name_and_header_rows():
    tables = every(part(sample()), "table:table")
    headed = [one for one in tables if every(one, "table:table-header-rows")]

    assert all(words(every(one, "table:title")[0]) for one in tables)
    assert len(headed) >= len(tables) - 1


@pytest.mark.parametrize("make", MAKERS)
def test_rows_have_as_many_cells_as_there_are_columns(make):
    for table in every(part(make()), "table:table"):
        columns = len(every(table, "table:table-column"))
        assert {len(list(row)) for row in every(table, "table:table-row")} == {columns}


def test_headings_carry_their_level():
    levels = {int(n) for n in every(part(sample()), "text:h", "text:outline-level")}

    assert levels == {1, 2, 3}


def test_rich_text_is_written():
    inner = Listing(ordered=False, items=((paragraph("deep"),),))
    table = Table(header=((Text("h"), Text("i")),), rows=(((Text("c"),), (Text("d"),)),))
    blocks = (
        Listing(ordered=True, items=((paragraph("one"), paragraph("more"), inner, table),)),
        Quote((paragraph("said"),), by="Ana"),
        Heading((Text("head"),)),
        Paragraph((Text(" a  b "), Break(), Link("https://a.b/c", (Text("d"),)))),
        Paragraph((Link("http://[ x", (Text("f"),)),)),
    )
    root = part(with_blocks(blocks))
    item = every(root, "text:list-item")[0]

    assert [words(one) for one in every(item, "text:p")] == ["one", "more", "deep", "hi", "cd"]
    assert {one.tag for one in item} == {named("text:p"), named("text:list")}
    assert "— Ana" in words(root)
    assert "https://a.b/c" in every(root, "text:a", "xlink:href")
    assert not [x for x in every(root, "text:a", "xlink:href") if "[" in x]
    xml = package(with_blocks(blocks)).read("content.xml").decode()
    assert "<text:s/>a <text:s/>b<text:s/><text:line-break/>" in xml


def test_properties_are_those_of_the_forum():
    meta = part(sample(), "meta.xml")[0]

    assert words(meta.find(named("dc:title"))).startswith("Razem na miejscu. ")
    assert words(meta.find(named("dc:language"))) == "pl-PL"
    assert words(meta.find(named("dc:date"))) == "2026-11-09T00:00:00"


def test_footer_has_edition_hash_and_pages():
    footer = every(part(sample(), "styles.xml"), "style:footer")[0]

    assert "SHA-256 " + sample().edition.hash[7:19] in words(footer)
    assert every(footer, "text:page-number")
    assert every(footer, "text:page-count")
    assert "SHA-256" not in words(every(part(empty(), "styles.xml"), "style:footer")[0])


@pytest.mark.slow
def test_libreoffice_opens_it_and_finds_every_recommendation():
    documents = [make() for make in MAKERS]
    texts = office_words([to_odt.render(one) for one in documents], ".odt")
    for document, text in zip(documents, texts, strict=True):
        found = squash(text)
        assert all(squash(one.revision.hash[7:19]) in found for one in document.recommendations)
        assert squash(re.sub(r"[^\w ]", "", document.forum.licence.name)[:20]) in found
