"""Join sheets: a page for each room, whatever is written on it, that a camera and a reader can use."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from exports import join_sheet
from exports.join_sheet import Said, Sheet
from facilitator import qr

DAY = date(2026, 5, 16)
LANGUAGES = ("pl", "en", "cs", "uk")
LINK = "https://hall.example/j#11111111-1111-1111-1111-111111111111." + "a" * 32


def each(words):
    return tuple(Said(lang, f"{words} {lang}") for lang in LANGUAGES)


def sheet(**more):
    usual = Sheet(
        forum=Said("pl", "Żyć tutaj"),
        where="Lublin · Town hall · 2026-05-16",
        titles=each("Mieszkanie"),
        tables=each("Stół 3"),
        questions=each("Czego brakuje?"),
        code="CDF HJK",
        host="hall.example",
        qr=qr.svg(LINK).decode(),
        invitations=each("Skieruj aparat na kwadrat"),
        promises=each("Bez konta"),
        alt="Kod QR",
    )
    return replace(usual, **more)


def pages(*sheets):
    with pikepdf.open(io.BytesIO(join_sheet.render(sheets, DAY))) as pdf:
        return len(pdf.pages)


def test_each_room_has_one_page():
    assert pages(sheet(), sheet(tables=()), sheet(questions=())) == 3


@pytest.mark.parametrize(
    "more",
    [
        {"titles": each("Bardzo długi tytuł ścieżki o uznawaniu kwalifikacji " * 3)},
        {"questions": each("Co stoi na przeszkodzie i kto może ją usunąć? " * 4) * 2},
        {
            "titles": each("Bardzo długi tytuł ścieżki " * 6),
            "questions": each("Co stoi na przeszkodzie? " * 8),
            "host": "a-very-long-name-of-a-server.forum.example.org:8443",
            "where": "Miasto · " * 12,
        },
        {"titles": (Said("pl", "Ł" * 200),)},
        {"forum": Said("pl", "#panic()"), "titles": each('#{ "}" $x$ *a* 🙂 \u202e'), "code": ""},
    ],
    ids=["title", "questions", "everything", "one word", "markup"],
)
def test_page_stays_one_page(more):
    assert pages(sheet(**more)) == 1


def test_says_what_it_is_to_a_screen_reader():
    with pikepdf.open(io.BytesIO(join_sheet.render([sheet()], DAY))) as pdf:
        with pdf.open_metadata() as meta:
            assert meta["dc:title"] == "Żyć tutaj"
            assert (meta["pdfuaid:part"], meta["pdfaid:part"]) == ("1", "2")
        assert str(pdf.Root.Lang) == "pl"
        assert b"Kod QR".hex().encode() in alternatives(pdf) or b"Kod QR" in alternatives(pdf)


def alternatives(pdf):
    """What the drawings say."""
    found = [bytes(thing.Alt) for thing in pdf.objects if is_figure(thing)]
    return b" ".join(found)


def is_figure(thing):
    return isinstance(thing, pikepdf.Dictionary) and "/Alt" in thing


def test_same_sheets_give_the_same_bytes():
    assert join_sheet.render([sheet()], DAY) == join_sheet.render([sheet()], DAY)
