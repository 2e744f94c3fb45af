"""The DOCX: sound for word processors, with contents, footnotes, header rows and languages."""

import io
import re
import zipfile

import docx
import pytest
from docx.oxml.ns import qn
from lxml import etree

from exports import to_docx
from exports.richtext import Break, Heading, Link, Listing, Paragraph, Quote, Table, Text
from tests.exports.make import empty, hostile, mentioned_twice, paragraph, sample, single
from tests.exports.read import office_words, squash
from tests.exports.test_edition import with_blocks

#: The order in which Word wants what says how a paragraph looks.
LOOKS = ["pStyle", "keepNext", "keepLines", "pageBreakBefore", "numPr", "pBdr", "shd", "tabs"]
LOOKS += ["spacing", "ind", "outlineLvl"]


def opened(document):
    return docx.Document(io.BytesIO(to_docx.render(document)))


def parts(document):
    with zipfile.ZipFile(io.BytesIO(to_docx.render(document))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def instructions(body):
    return [one.text.strip() for one in body.iter(qn("w:instrText"))]


def test_contents_is_a_real_field_and_filled():
    body = opened(sample()).element.body
    rows = [p for p in body.iter(qn("w:p")) if str(p.style).startswith("Contents")]

    assert instructions(body) == [r'TOC \o "1-2" \h \z \n']
    assert [one.get(qn("w:fldCharType")) for one in body.iter(qn("w:fldChar"))] == [
        "begin",
        "separate",
        "end",
    ]
    assert sum(row.style == "Contents2" for row in rows) == len(sample().recommendations)


@pytest.mark.parametrize("make", [sample, hostile, single, empty])
def test_every_place_that_is_linked_is_there_once(make):
    body = opened(make()).element.body
    names = [one.get(qn("w:name")) for one in body.iter(qn("w:bookmarkStart"))]
    ids = [one.get(qn("w:id")) for one in body.iter(qn("w:bookmarkStart"))]
    linked = {one.get(qn("w:anchor")) for one in body.iter(qn("w:hyperlink"))} - {None}

    assert linked <= set(names)
    assert len(set(names)) == len(names) == len(set(ids))
    assert all(len(name) <= 40 for name in names)


def test_evidence_is_in_footnotes_once():
    files = parts(sample())
    notes = etree.fromstring(files["word/footnotes.xml"])
    body = etree.fromstring(files["word/document.xml"])
    referred = [one.get(qn("w:id")) for one in body.iter(qn("w:footnoteReference"))]

    assert referred == [str(n) for n in range(1, len(referred) + 1)]
    assert len(list(notes)) == len(referred) + 2


def test_second_mention_of_evidence_leads_to_the_first():
    body = opened(mentioned_twice()).element.body
    links = [[t.text for t in x.iter(qn("w:t"))] for x in body.iter(qn("w:hyperlink"))]

    assert len(list(body.iter(qn("w:footnoteReference")))) == 1
    assert links.count(["1"]) == 1


def test_runs_carry_their_language():
    body = opened(sample()).element.body
    spoken = {one.get(qn("w:val")) for one in body.iter(qn("w:lang"))}

    assert spoken == {"pl-PL", "cs-CZ", "uk-UA", "en-GB"}


def test_tables_have_a_name_and_header_rows():
    tables = list(opened(sample()).element.body.iter(qn("w:tbl")))
    headed = [table for table in tables if next(table.iter(qn("w:tblHeader")), None) is not None]

    assert all(next(table.iter(qn("w:tblCaption"))).get(qn("w:val")) for table in tables)
    assert len(headed) >= len(tables) - 1


@pytest.mark.parametrize("make", [sample, hostile])
def test_looks_of_paragraphs_are_in_the_order_word_wants(make):
    for looks in opened(make()).element.body.iter(qn("w:pPr")):
        names = [etree.QName(one).localname for one in looks]
        assert names == sorted(names, key=LOOKS.index)


def test_rich_text_is_written():
    inner = Listing(ordered=False, items=((paragraph("deep"),),))
    table = Table(header=((Text("h"),),), rows=(((Text("c"),),),))
    blocks = (
        Listing(ordered=True, items=((paragraph("one"), paragraph("more"), inner, table),)),
        Listing(ordered=True, items=((paragraph("again"),),)),
        Quote((paragraph("said"),), by="Ana"),
        Heading((Text("head"),)),
        Paragraph((Text("a"), Break(), Link("https://a.b/c", (Text("d"),)))),
        Paragraph((Link("https://a.b/c", (Text("e"),)), Link("http://[ x", (Text("f"),)))),
    )
    package = opened(with_blocks(blocks))
    text = "\n".join(one.text for one in package.paragraphs)

    assert "one\nmore\ndeep" in text
    assert "— Ana" in text
    assert "a\nd" in text
    assert "d (a.b)" in text
    links = [r.target_ref for r in package.part.rels.values() if r.is_external]
    assert links.count("https://a.b/c") == 1
    starts = [
        one.get(qn("w:val"))
        for one in package.part.numbering_part.element.iter(qn("w:startOverride"))
    ]
    assert len(starts) >= 2


def test_properties_are_those_of_the_forum():
    core = opened(sample()).core_properties

    assert core.title.startswith("Razem na miejscu. ")
    assert core.language == "pl-PL"
    assert core.created.isoformat() == "2026-11-09T00:00:00+00:00"


def test_footer_has_edition_hash_and_pages():
    xml = opened(sample()).sections[0].footer._element.xml

    assert "SHA-256 " + sample().edition.hash[7:19] in xml
    assert re.findall(r'w:instr=" (\w+) "', xml) == ["PAGE", "NUMPAGES"]
    assert "SHA-256" not in opened(empty()).sections[0].footer._element.xml.replace(
        empty().edition.hash or "-", ""
    )


@pytest.mark.slow
def test_libreoffice_opens_it_and_finds_every_recommendation():
    documents = [sample(), hostile()]
    texts = office_words([to_docx.render(one) for one in documents], ".docx")
    for document, text in zip(documents, texts, strict=True):
        found = squash(text)
        assert all(squash(one.revision.hash[7:19]) in found for one in document.recommendations)
