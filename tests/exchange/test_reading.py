"""Files of other programs: what is read of them, and what is refused, in which words."""

import json
import re
import time
import zipfile

import pytest

from exports import export
from exports.tables import csv_lines
from facilitator.exchange import archives, tables
from facilitator.exchange.found import MOST, BadFile, Sort
from facilitator.exchange.reading import read_file
from tests.exchange.files import PERSONS, docx, heading, packed, paragraph, sealed
from tests.exports import make

POLISH = "title;text;track\nŁawki w cieniu;Każdy przystanek ma ławkę – „żółtą”.;Dom\n"
UKRAINIAN = "назва;текст\nЛавки в тіні;Кожна зупинка має лавку, їй потрібен ґанок.\n"


def read(data, languages=("pl", "en"), **more):
    return read_file(data if isinstance(data, bytes) else data.encode(), list(languages), **more)


def refused(data, **more):
    with pytest.raises(BadFile) as wrong:
        read(data, **more)
    assert wrong.value.sentence.format(**wrong.value.values) == str(wrong.value)
    return str(wrong.value)


# ---- Tables --------------------------------------------------------------------------------------


@pytest.mark.parametrize(
    ("encoding", "said"),
    [
        ("utf-8", "utf-8"),
        ("utf-8-sig", "utf-8"),
        ("utf-16", "utf-16"),
        ("utf-16-le", "utf-16"),
        ("utf-16-be", "utf-16"),
        ("cp1250", "cp1250"),
    ],
)
def test_letters_of_offices_are_read(encoding, said):
    found = read(POLISH.replace("\n", "\r\n").encode(encoding))

    assert (found.sort, found.encoding, found.delimiter) == (Sort.TABLE, said, ";")
    [row] = found.rows
    assert (row.number, row.title, row.parts[0].text) == (
        2,
        "Ławki w cieniu",
        "Każdy przystanek ma ławkę – „żółtą”.",
    )
    assert (row.track, row.lang, row.problems) == ("Dom", "pl", [])


def test_cyrillic_and_the_other_latin_are_told_apart():
    assert read(UKRAINIAN.encode("cp1251"), ["uk"]).rows[0].title == "Лавки в тіні"
    latin = "title;text\nŁąka;Świat i źdźbło, każdy ogród\n"
    found = read(latin.encode("iso-8859-2"))
    assert (found.encoding, found.rows[0].title) == ("iso-8859-2", "Łąka")


@pytest.mark.parametrize("sign", [",", ";", "\t"])
def test_columns_may_be_parted_by_any_of_three_signs(sign):
    found = read(csv_lines([("title", "text"), ("One, two; three\tfour", "Line\nand line")], sign))

    assert found.delimiter == sign
    assert found.rows[0].title == "One, two; three four"
    assert found.rows[0].parts[0].text == "Line\nand line"


def test_problems_are_named_at_their_rows():
    found = read(
        f"title,text\nBenches,Yes\n,No title\nShort\n{'x' * 301},Long\nA,{'y' * 20_001}\n\nBenches,Yes\n"
    )

    said = {
        row.number: [wrong.sentence.format(**wrong.values) for wrong in row.problems]
        for row in found.rows
    }
    assert said == {
        2: [],
        3: ["There is no title."],
        4: ["This row has 1 cells, the first row has 2."],
        5: ["The title is longer than 300 characters."],
        6: ["The text is longer than 20000 characters."],
        8: [],
    }
    assert len(found.rows[3].title) == 300


def test_formulas_are_words_and_come_in_without_their_guard():
    assert read("title,text\n'=1+1,'-x\n").rows[0].title == "=1+1"
    assert read("title,text\n=1+1,x\n").rows[0].title == "=1+1"


def test_html_becomes_markdown_and_nothing_runs():
    body = '<div><h2>Why</h2><p>So <b>much</b> <a href="javascript:x">here</a><script>alert(1)</script></p><ul><li>one<li><i>two</i></ul><img src=x onerror=alert(1)>'
    found = read(csv_lines([("id", "title/en", "body/en"), (1, "A", body)], ";"), ["en"])

    assert found.rows[0].parts[0].text == "# Why\n\nSo **much** here\n\n- one\n- *two*"


def test_html_that_is_nested_without_end_is_shown_as_typed():
    deep = "<b>" * 6_000 + "words"

    assert read(csv_lines([("title", "text"), ("A", deep)])).rows[0].parts[0].text == deep
    listed = "<ul>" + "<li>one" * 500 + "</ul>"
    text = read(csv_lines([("title", "text"), ("A", listed)])).rows[0].parts[0].text
    assert text == "\n".join(["- one"] * 500)


def test_what_stands_under_no_name_is_not_read():
    [row] = read("title;;\nA;call 600 000 000;x\n").rows

    assert (row.parts[0].text, row.track) == ("", "")


def test_signs_within_quotation_marks_part_no_columns():
    [row] = read('"title";"text, one, two"\n"A";"B, c"\n').rows

    assert row.title == "A"


def test_forums_language_is_taken_first_then_any_that_is_there():
    table = csv_lines(
        [
            ("title/en", "body/en", "title/cs", "body/cs"),
            ("One", "a", "Jedna", "b"),
            ("Two", "c", "", ""),
        ]
    )

    assert [(row.lang, row.title) for row in read(table, ["cs", "en"]).rows] == [
        ("cs", "Jedna"),
        ("en", "Two"),
    ]
    assert [(row.lang, row.title) for row in read(table, ["uk"]).rows] == [
        ("en", "One"),
        ("en", "Two"),
    ]


def test_of_participants_only_sectors_and_tracks_are_read():
    people = [
        'Dr,Sample,Person,sample@example.org,7,Diaspora,"Housing,Work",1,1.0,female,she,sampleperson,secret,1,1,1,0,,,0,private',
        ",Other,One,other@example.org,,NGO,Housing,2,1.0,,,otherone,,1,1,0,0,,,0,",
        ",Third,One,,,diaspora,,3,1.0,,,thirdone,,1,1,0,0,,,0,",
    ]
    found = read("\n".join([PERSONS, *people]))

    assert (found.sort, found.rows) == (Sort.PARTICIPANTS, [])
    assert (found.sectors, found.tracks) == (["Diaspora", "NGO"], ["Housing", "Work"])
    whole = repr(found)
    for secret in ("Sample", "Person", "example.org", "secret", "private", "otherone", "Third"):
        assert secret not in whole


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"", "This file is empty."),
        (b"  \n ", "This file is empty."),
        (b"%PDF-1.7 title", "This is a PDF."),
        (b"\xd0\xcf\x11\xe0\xa1\xb1", "old Word or Excel"),
        (b"\x89PNG\r\n", "picture"),
        (b"<!DOCTYPE html><p>", "web page or XML"),
        ("<?xml version='1.0'?>".encode("utf-16"), "web page or XML"),
        (b"\x00\x01\x02 title,text\nA,b", "it holds signs that no table has"),
        (b"title,text\nA\x00,b\n", "it holds signs that no table has"),
        (b"\xff\xfet\x00i\x00", "There is no table"),
        (b"\xff\xfe\x00\xd8\x00\xd8", "says that it is utf-16, but it is not"),
        (b"title,text\n", "There is no table"),
        (b"only words", "There is no table"),
        (b'title,text\n"A,b\nC,d\n', "a quotation mark is not closed"),
        (b"title,title\nA,b\n", "two columns with the name"),
        (b"text,track\nA,b\n", "There is no column “title”. The columns are: text, track."),
        (b"title,E-mail\nA,b\n", "The column “E-mail” is about people."),
        ("title;Numer PESEL\nA;b\n".encode("cp1250"), "about people"),
        (("a," * 51 + "title\n" + "b," * 51 + "A\n").encode(), "more than 50 columns"),
        (("title\n" + "A\n" * 5001).encode(), "more than 5000 rows"),
        (("title\n" + "A\n" * (MOST + 1)).encode(), "At most 1000 recommendations"),
        (("title,text\nA," + "x" * 60_001).encode(), "in line 2 is far too long"),
        (b"title\n" + b"A" * 2_000_000, "larger than 2 MB"),
        (b"structure_level,groups,username\n,,anna\n", "are empty"),
    ],
)  # fmt: skip
def test_what_is_no_table_is_refused_in_words(data, said):
    assert said in refused(data)


# ---- Texts of word processors --------------------------------------------------------------------


def test_headings_of_word_are_titles_and_what_is_below_is_markdown():
    numbering = '<w:numbering xmlns:w="x"><w:abstractNum w:abstractNumId="0"><w:lvl w:ilvl="0"><w:numFmt w:val="decimal"/></w:lvl><w:lvl w:ilvl="1"><w:numFmt w:val="bullet"/></w:lvl></w:abstractNum><w:num w:numId="1"><w:abstractNumId w:val="0"/></w:num></w:numbering>'
    item = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>{}</w:t></w:r></w:p>'
    body = (
        paragraph("Before")
        + heading("Benches")
        + '<w:p><w:r><w:t xml:space="preserve">We </w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ne</w:t></w:r><w:r><w:rPr><w:b/></w:rPr><w:t>ed</w:t></w:r><w:r><w:t xml:space="preserve"> *them*</w:t></w:r><w:del><w:r><w:delText>gone</w:delText></w:r></w:del></w:p>'
        + item.format(0, "first") + item.format(1, "deeper") + item.format(0, "second")
        + "<w:tbl><w:tr><w:tc>" + paragraph("A") + "</w:tc><w:tc>" + paragraph("B|C") + "</w:tc></w:tr></w:tbl>"
        + heading("Empty")
    )  # fmt: skip
    found = read(docx(body, word__numbering_xml=numbering))

    first, second = found.rows
    assert (found.sort, first.title, second.title) == (Sort.HEADINGS, "Benches", "Empty")
    assert first.parts[0].text == (
        "We **need** \\*them\\*\n\n1. first\n\n    - deeper\n2. second\n\n| A | B\\|C |\n| --- | --- |"
    )
    assert [wrong.sentence for wrong in second.problems] == ["There is no text below this heading."]


@pytest.mark.parametrize("kind", ["docx", "odt"])
def test_documents_of_ours_are_read_from_both(kind):
    document = make.sample()

    found = read(export(document, kind), level=2)

    titles = {row.title for row in found.rows}
    for one in document.recommendations:
        assert any(one.title in title for title in titles)
    words = " ".join(part.text for row in found.rows for part in row.parts)
    said = document.recommendations[0].sections[0].blocks[0].content[0].text
    assert said.strip()[:40] in words


def test_lines_of_both_kinds_are_the_same():
    document = make.sample()
    one, other = (read(export(document, kind), level=2).rows for kind in ("docx", "odt"))

    def sections(rows):
        """What stands below the first heading of a recommendation, without numbers of notes."""
        texts = [row.parts[0].text for row in rows if row.title.startswith("1 ")]
        return re.sub(r"[\s\d]+", "", texts[0])[:1500]

    assert sections(one) == sections(other)


LAUGHS = '<!DOCTYPE x [<!ENTITY a "aaaaaaaaaa"><!ENTITY b "&a;&a;&a;&a;&a;&a;&a;&a;">]>'
OUTSIDE = '<!DOCTYPE x [<!ENTITY a SYSTEM "file:///etc/passwd">]>'


@pytest.mark.parametrize(
    ("data", "said"),
    [
        (b"PK\x03\x04 and then nothing", "damaged"),
        (packed(hello_txt="hello"), "neither DOCX nor ODT"),
        (packed(content_xml=LAUGHS + "<x>&b;</x>"), "declares entities"),
        (packed(word__document_xml=OUTSIDE + "<x>&a;</x>"), "declares entities"),
        (packed(content_xml=(LAUGHS + "<x>&b;</x>").encode("utf-16")), "declares entities"),
        (packed(content_xml="<x><y></x>"), "damaged"),
        (packed(content_xml="<x>" * 101 + "</x>" * 101), "nested too deeply"),
        (packed(content_xml="<x>" + " " * archives.PART + "</x>"), "unpacks to far more"),
        (docx(paragraph("No heading")), "There is no heading"),
        (docx(heading("A") * (MOST + 1)), "At most 1000"),
        (docx(heading("A") + "<w:p/>" * archives.ELEMENTS), "too many parts to be a text"),
        (docx(heading("A") + "<w:tbl><w:tr>" + "<w:tc/>" * 51 + "</w:tr></w:tbl>"), "more than 50 columns"),
        (packed(content_xml='<?xml version="1.0" encoding="nobodys"?><x/>'), "damaged"),
        (b"PK" + b"x" * 10_000_000, "larger than 10 MB"),
    ],
)  # fmt: skip
def test_hostile_archives_are_refused_in_words(data, said):
    assert said in refused(data)


def test_archive_that_lies_about_its_sizes_is_refused_at_once():
    data = bytearray(packed(content_xml="<x>" + "a" * 60_000_000 + "</x>"))
    began = time.process_time()

    assert "unpacks to far more" in refused(bytes(data))
    assert time.process_time() - began < 5

    # Nor does it help to say in the index that a part is small.
    where = data.rindex(b"PK\x01\x02")
    data[where + 24 : where + 28] = (100).to_bytes(4, "little")
    assert refused(bytes(data))


def test_locked_archive_is_refused():
    data = bytearray(packed(content_xml="<x/>"))
    for mark, place in ((b"PK\x03\x04", 6), (b"PK\x01\x02", 8)):
        data[data.rindex(mark) + place] |= 1

    assert "locked with a password" in refused(bytes(data))


LISTED = '<w:p><w:pPr><w:numPr><w:ilvl w:val="{}"/><w:numId w:val="1"/></w:numPr></w:pPr><w:r><w:t>x</w:t></w:r></w:p>'


def test_lists_are_no_deeper_than_word_processors_make_them():
    steps = "".join(LISTED.format(depth) for depth in [*range(2_000), "9" * 5_000])
    words = read(docx(heading("A") + steps)).rows[0].parts[0].text

    assert (words.count("x"), words.count(" " * 36)) == (2_001, 0)


def test_words_of_a_table_in_a_table_are_kept():
    inner = f"<w:tbl><w:tr><w:tc>{paragraph('deep')}</w:tc><w:tc>{paragraph('down')}</w:tc></w:tr></w:tbl>"
    outer = f"<w:tbl><w:tr><w:tc>{paragraph('Above')}{inner}</w:tc></w:tr></w:tbl>"

    text = read(docx(heading("A") + outer)).rows[0].parts[0].text
    assert text == "| Above deep down |\n| --- |"


def test_words_of_many_runs_are_put_together_in_time():
    run = "<w:r><w:rPr><w:b/></w:rPr><w:t>abcdefgh</w:t></w:r>"
    began = time.process_time()

    [row] = read(docx(heading("A") + f"<w:p>{run * 50_000}</w:p>")).rows
    assert row.problems[0].sentence == "The text is longer than {n} characters."
    assert time.process_time() - began < 10


def test_asking_for_a_level_that_is_not_there():
    assert "no heading of level 3" in refused(docx(heading("A") + paragraph("b")), level=3)


def test_reader_of_archives_never_unpacks_to_disk(monkeypatch):
    monkeypatch.setattr(zipfile.ZipFile, "extractall", None)
    monkeypatch.setattr(zipfile.ZipFile, "extract", None)
    assert read(docx(heading("A") + paragraph("b"))).rows


# ---- Sealed documents ----------------------------------------------------------------------------


def test_sealed_document_comes_with_where_each_text_stood():
    data, seal = sealed()
    document = make.sample()

    found = read(data, seal=seal)

    assert (found.sort, found.origin.forum, found.origin.version, found.origin.signed) == (
        Sort.SEALED, document.forum.title, "1.0", True,
    )  # fmt: skip
    assert not read(data).origin.signed
    for row, one in zip(found.rows, document.recommendations, strict=True):
        assert (row.number, row.title, row.lang, row.name) == (
            one.number,
            one.title,
            one.lang,
            one.id,
        )
        ballots = one.support.ballots
        assert row.standing == (
            "open" if not ballots else "adopted" if ballots[-1].passed else "rejected"
        )
        assert [step["what"] for step in row.steps] == [step.what for step in one.steps]
        assert not row.problems


def test_what_was_changed_or_never_sealed_is_refused():
    data, seal = sealed()
    whole = json.loads(data)
    whole["forum"]["title"] += "!"
    changed = json.dumps(whole).encode()

    assert refused(changed) == "This document was changed since it was sealed."
    assert "do not belong together" in refused(data, seal=sealed()[1])
    assert "do not belong together" in refused(data, seal=b"{}")
    assert "do not belong together" in refused(changed, seal=seal)
    assert "never sealed" in refused(export(make.working(), "json"))
    assert "no document of a forum" in refused(b'{"title": "A"}')
    assert "no document of a forum" in refused(b"[]")
    assert "cannot be read as JSON" in refused(b"{title: 1}")
    assert "cannot be read as JSON" in refused(b"[" * 100_000)
    assert "larger than 10 MB" in refused(b"{" + b" " * 10_000_000)


def test_all_words_of_a_sealed_text_count_towards_its_length():
    sample = make.sample()
    chapter = sample.chapters[0]
    first = chapter.content[0]
    for longer in (
        {"steps": (make.replace(first.steps[0], what="x" * 20_001),)},
        {"sections": (make.replace(first.sections[0], heading="x" * 20_001),)},
    ):
        content = make.replace(first, **longer), *chapter.content[1:]
        chapters = make.replace(chapter, content=content), *sample.chapters[1:]
        row = read(sealed(make.replace(sample, chapters=chapters))[0]).rows[0]
        assert [one.sentence for one in row.problems] == ["The text is longer than {n} characters."]
        assert row.steps == []
        assert max(len(part.heading) for part in row.parts) <= 300


def test_every_encoding_has_letters_of_its_own():
    assert set(tables.OLD) == {"cp1250", "iso-8859-2", "cp1251"}
