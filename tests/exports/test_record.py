"""The record of a room: the same in every format, tagged, and whole with long and foreign texts."""

import io
import zipfile
from dataclasses import replace

import docx
import pikepdf
import pytest

from exports import markup
from exports.record import Choice, Draft, Group, Part, Record, Said, Step, Vote, printed
from exports.record_files import RECORD_FORMATS, as_docx, as_markdown, as_pdf
from tests.exports.read import bookmarks, office_words, pdf_words, squash, structure

WORDS = {
    "kicker": "Record of a room",
    "questions": "What it was about",
    "themes": "Themes",
    "loose": "Ideas in no theme",
    "votes": "Votes",
    "drafts": "Recommendations",
    "parked": "Parked",
    "nothing": "Nobody has grouped ideas.",
    "what": "What",
    "who": "Who",
    "by": "By when",
}
LONG = "Every bench in the shade, and a well beside it. " * 12


def record(**more):
    return Record(
        lang="en",
        forum="Living here",
        title="Streets and squares, table 2",
        on="2026-05-16",
        lines=("Lublin, Town hall, 16 May 2026", "23 people · 4 ideas · 2 themes"),
        notice="",
        questions=(Said(text="What is missing in our streets?", lang="en"),),
        themes=(
            Group(
                title=Said(text="Somewhere to sit", lang="en", note="supported by 14"),
                ideas=(
                    Said(text="A bench at every stop", lang="en", note="need · 9"),
                    Said(text="Лавки біля школи для батьків", lang="uk", note="solution · 5"),
                ),
            ),
            Group(
                title=Said(text="Cień i woda", lang="pl"),
                ideas=(Said(text="Więcej drzew przy placu, a nie tylko kwietniki", lang="pl"),),
            ),
        ),
        loose=(Said(text="Příští setkání i večer", lang="cs"), Said(text=LONG.strip(), lang="en")),
        votes=(
            Vote(
                question=Said(text="What first?", lang="en", note="18 have voted"),
                choices=(
                    Choice(label=Said(text="Somewhere to sit", lang="en"), count=12, share=1.0),
                    Choice(label=Said(text="Cień i woda", lang="pl"), count=6, share=0.5),
                ),
                after=(
                    Said(text="Carried. More for than against: 12 to 6.", lang="en"),
                    Said(text="Najpierw ławki.", lang="pl"),
                    Said(text="Diaspora, in favour: at least 6 of 10", lang="en"),
                ),
            ),
        ),
        drafts=(
            Draft(
                title=Said(text="Benches for everybody", lang="en", note="adopted, 15 of 18"),
                adopted=True,
                parts=(
                    Part(heading="Problem", blocks=markup.to_blocks("Queues.\n\n- long\n- hot")),
                    Part(heading="Reasons", blocks=markup.to_blocks("> Whoever sits can wait.")),
                ),
                steps=(Step(what="Count the stops", who="The city", by="Q4 2026"),),
            ),
            Draft(
                title=Said(text="Wells", lang="en", note="not voted on"),
                adopted=False,
                parts=(),
                steps=(),
            ),
        ),
        parked=(Said(text="Night buses", lang="en"),),
        words=WORDS,
        **more,
    )


def everything():
    yield from ("Living here", "Streets and squares, table 2", "23 people · 4 ideas · 2 themes")
    yield from ("What is missing in our streets?", "Somewhere to sit", "supported by 14")
    yield from ("A bench at every stop", "Лавки біля школи", "Cień", "Příští")
    yield from ("What first?", "18 have voted", "12", "Benches for everybody", "adopted, 15 of 18")
    yield from ("Problem", "Queues.", "Whoever sits can wait.", "Count the stops", "The city")
    yield from ("Wells", "not voted on", "Parked", "Night buses", LONG.strip())


def words_of(name, data):
    if name == "pdf":
        return pdf_words(data)
    if name == "md":
        return data.decode()
    body = docx.Document(io.BytesIO(data)).element.body
    return "".join(body.itertext())


@pytest.mark.parametrize("name", RECORD_FORMATS)
def test_every_format_says_the_same(name):
    said = squash(words_of(name, RECORD_FORMATS[name](record())))
    assert [one for one in everything() if squash(one) not in said] == []


def test_pdf_is_tagged_and_has_bookmarks():
    with pikepdf.open(io.BytesIO(as_pdf(record()))) as pdf:
        assert str(pdf.Root.Lang) == "en"
        with pdf.open_metadata() as meta:
            assert (meta["pdfuaid:part"], meta["pdfaid:conformance"]) == ("1", "A")
        tags = {str(tag.S) for tag in structure(pdf)}
        assert tags >= {"/H1", "/H2", "/H3", "/L", "/LI", "/Table", "/TH", "/P"}
        spoken = {str(tag.Lang) for tag in structure(pdf) if "/Lang" in tag}
        assert spoken >= {"uk", "pl", "cs"}
        with pdf.open_outline() as outline:
            assert "Themes" in list(bookmarks(outline.root))


def test_the_same_record_gives_the_same_bytes():
    assert as_docx(record()) == as_docx(record())
    assert as_pdf(record()) == as_pdf(record())


def test_an_empty_room_has_a_record():
    bare = replace(record(), questions=(), themes=(), loose=(), votes=(), drafts=(), parked=())
    for name, write in RECORD_FORMATS.items():
        assert "Nobody has grouped ideas." in words_of(name, write(bare))


def test_hostile_and_foreign_words_are_only_words():
    odd = "#let x = 1 *bold* <b>&amp;</b> \u202e]] شارع هادئ 🌳 $a$ @here"
    hostile = replace(record(), loose=(Said(text=odd, lang="ar"),), title=odd[:40])
    assert "#let x = 1 *bold*" in pdf_words(as_pdf(hostile))
    assert "شارع" in words_of("docx", as_docx(hostile))
    assert "\u202e" not in printed(hostile)["loose"][0]["text"]
    assert b"<b>" not in as_markdown(hostile)


def test_a_notice_is_printed():
    noted = replace(record(), notice="Rehearsal: everything here will be wiped.")
    for name, write in RECORD_FORMATS.items():
        assert "Rehearsal" in words_of(name, write(noted))


def test_libreoffice_opens_it():
    [text] = office_words([as_docx(record())], ".docx")
    assert "Benches for everybody" in text


def test_docx_is_sound_xml_with_languages():
    with zipfile.ZipFile(io.BytesIO(as_docx(record()))) as archive:
        body = archive.read("word/document.xml").decode()
    for lang in ("en-GB", "uk-UA", "pl-PL", "cs-CZ"):
        assert f'w:lang w:val="{lang}"' in body
