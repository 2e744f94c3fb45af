"""Letters: one to each addressee, with just their recommendations, in files with safe names."""

import io
import re
import zipfile
from dataclasses import replace

import pikepdf
import pytest

from exports import to_docx, to_letters
from exports.document import Addressee
from exports.letters import letters
from exports.wording import WORDS
from tests.exports.make import empty, hostile, sample, single
from tests.exports.read import docx_words, pdf_words, squash, structure

MAKERS = [sample, hostile, single]
#: What Windows, and then other computers, refuse in the name of a file.
REFUSED = re.compile(r"[\x00-\x1f<>:\"/\\|?*\u200e\u200f\u202a-\u202e]|[. ]$")
NAMES = [
    'a/b\\c:d*e?f"g<h>i|j',
    "../../etc/passwd",
    "CON",
    "وزارة الداخلية",
    "\u202egnp.exe",
    "Бюро " * 80,
    "👩‍👩‍👧 🇺🇦",
    ".",
    "two\nlines\tand a tab",
]


def opened(document):
    with zipfile.ZipFile(io.BytesIO(to_letters.render(document))) as archive:
        return {name: archive.read(name) for name in archive.namelist()}


def addressed(*names):
    """The sample with these offices in the place of those of its first recommendation."""
    whole = sample()
    chapter = whole.chapters[0]
    one = next(part for part in chapter.content if part.type == "recommendation")
    offices = tuple(Addressee(name=name, level="city") for name in names)
    content = (replace(one, addressees=offices),)
    return replace(whole, chapters=(replace(chapter, content=content),))


def form_of(letter):
    """What is printed in the first column of the form."""
    begins = next(i for i, x in enumerate(letter.things) if getattr(x, "anchor", "") == "reply")
    tables = [x for x in letter.things[begins:] if hasattr(x, "widths")]
    return [row[0][0].runs[0].text for one in tables for row in one.rows]


@pytest.mark.parametrize("make", MAKERS)
def test_every_addressee_gets_a_letter_with_just_their_recommendations(make):
    document = make()
    wanted = {}
    for one in document.recommendations:
        for office in one.addressees:
            wanted.setdefault(squash(office.name), []).append(one.number)

    written = list(letters(document))

    assert {squash(x.addressee.name): list(x.numbers) for x in written} == wanted
    for x in written:
        text = squash(docx_words(to_docx.write(x.printed, x.things)))
        for one in document.recommendations:
            theirs = one.number in x.numbers
            assert (squash(one.revision.hash[7:19]) in text) == theirs


def test_letter_has_a_cover_and_a_form_in_the_language_of_the_office():
    spoken = set()
    for x in letters(sample()):
        lang = x.printed["lang"]
        text = squash(docx_words(to_docx.write(x.printed, x.things)))
        spoken.add(lang)
        for name in ("letter_subject", "letter_request", "reply_title"):
            assert squash(WORDS[name][lang]) in text
        for name in ("reply_what", "reply_by", "reply_who", "reply_not"):
            assert form_of(x).count(WORDS[name][lang]) == len(x.numbers)
        assert squash(sample().forum.title) in text
        assert squash(x.addressee.name) in text

    assert spoken == {"pl", "cs", "uk", "en"}


@pytest.mark.parametrize("make", MAKERS)
def test_letter_says_the_same_as_pdf_and_as_docx(make):
    x = next(iter(letters(make())), None)
    if make is hostile:  # whose signs a typeface may lack
        assert pikepdf.open(io.BytesIO(to_letters.as_pdf(x)))
        return
    said = squash(pdf_words(to_letters.as_pdf(x)))
    lines = [run.text for thing in x.things for run in getattr(thing, "runs", ()) if run.text]

    assert [line for line in lines if squash(line)[:40] not in said] == []


def test_notes_are_numbered_anew_and_lead_somewhere():
    for x in letters(sample()):
        notes = [run.note for thing in x.things for run in getattr(thing, "runs", ()) if run.note]
        first = [one.number for one in notes if one.first]
        assert first == list(range(1, len(first) + 1))
        assert {one.number for one in notes} == set(first)


def test_no_letter_tells_of_sectors_or_of_sources():
    for x in letters(sample()):
        tables = [thing for thing in x.things if hasattr(thing, "widths")]
        sectors = {WORDS["in_favour"][x.printed["lang"]]}
        heads = {run.text for t in tables for cell in t.header for p in cell for run in p.runs}
        links = {run.link for t in x.things for run in getattr(t, "runs", ()) if run.link}
        assert not sectors & heads
        assert {link for link in links if link.count(":") == 2 and link[0] == "#"} == set()


def test_short_recommendation_takes_a_page():
    document = addressed("Office")
    one = document.recommendations[0]
    one = replace(one, sections=one.sections[:1], steps=one.steps[:2], reservations=())
    chapter = replace(document.chapters[0], content=(one,))
    x = next(letters(replace(document, chapters=(chapter,))))

    pdf = pikepdf.open(io.BytesIO(to_letters.as_pdf(x)))

    assert len(pdf.pages) == 3  # the cover, the recommendation, the form


def test_pdf_is_tagged():
    pdf = pikepdf.open(io.BytesIO(to_letters.as_pdf(next(letters(sample())))))
    tags = [str(one.S) for one in structure(pdf)]

    assert pdf.Root.Lang == "pl"
    assert tags.count("/H1") == 2  # what it is about, and the form
    assert "/Table" in tags


@pytest.mark.parametrize("make", [*MAKERS, empty])
def test_names_of_files_are_safe_and_unique(make):
    names = [name for name, _ in to_letters.named(make())]

    assert len({name.casefold() for name in names}) == len(names)
    assert not [name for name in names if REFUSED.search(name) or len(name.encode()) > 120]


def test_names_that_are_none_still_give_a_file():
    names = [name for name, _ in to_letters.named(addressed(*NAMES))]

    assert len(names) == len(NAMES)
    assert all(re.fullmatch(r"\d\d[\w-]*", name) for name in names)


def test_every_letter_is_there_as_pdf_and_as_docx():
    files = opened(addressed("../a", "/"))

    assert list(files) == ["01-a.pdf", "01-a.docx", "02.pdf", "02.docx", "README.txt"]
    assert all(len(one) > 100 for one in list(files.values())[:-1])


def test_list_says_who_gets_what():
    said = opened(addressed("Office", "Biuro"))["README.txt"].decode("utf-8-sig")
    pairs = re.findall(r"(?m)^\d\d-.*\r\n  (.*)\r\n  ([\d, ]+)\r$", said)

    assert pairs == [("Office", "1"), ("Biuro", "1")]
    assert list(opened(empty())) == ["README.txt"]
    assert squash(WORDS["letters_none"]["pl"]) in squash(
        opened(empty())["README.txt"].decode("utf-8-sig")
    )
