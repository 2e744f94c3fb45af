"""Slips: eight on a page, numbered from 1 in each room."""

import io
from dataclasses import replace
from datetime import date

import pikepdf
import pytest

from exports import slips
from exports.join_sheet import Said
from exports.slips import ON_A_PAGE, Slips

DAY = date(2026, 5, 16)
USUAL = Slips(
    forum=Said("pl", "Żyć tutaj"),
    room=Said("pl", "Mieszkanie, stół 3"),
    code="CDFHJK",
    questions=(Said("pl", "Czego brakuje?"), Said("pl", "Kto może pomóc?")),
    kinds=tuple(Said("pl", word) for word in ("potrzeba", "problem", "rozwiązanie")),
    number="Kartka",
    question="Pytanie",
    pages=2,
)


def pages(*rooms):
    with pikepdf.open(io.BytesIO(slips.render(rooms, DAY))) as pdf:
        return len(pdf.pages)


def test_each_room_has_its_pages():
    assert ON_A_PAGE == 8
    assert pages(USUAL, replace(USUAL, pages=1)) == 3


@pytest.mark.parametrize(
    "more",
    [
        {"room": Said("pl", "Bardzo długi tytuł " * 12), "forum": Said("pl", "Forum " * 40)},
        {"questions": (Said("pl", "Co stoi na przeszkodzie? " * 20),)},
        {"questions": (Said("pl", "Czego?"),) * 12},
        {"questions": ()},
        {"room": Said("pl", "#panic() $x$ 🙂"), "kinds": (Said("pl", "#{"),)},
    ],
    ids=["titles", "question", "questions", "none", "markup"],
)
def test_slips_keep_their_size(more):
    assert pages(replace(USUAL, pages=1, **more)) == 1
