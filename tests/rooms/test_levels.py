"""A draft says whom it asks, so that the desk can be searched by it."""

import json
from pathlib import Path
from typing import get_args, get_type_hints

import pytest

from exports.document import Addressee
from facilitator.rooms.levels import LEVELS, level_of, levels

OFFICES = json.loads((Path(__file__).parents[1] / "data" / "offices.json").read_text("utf-8"))


@pytest.mark.parametrize(("name", "level"), OFFICES.items())
def test_name_of_an_office_tells_its_level(name, level):
    assert level_of(name) == level


def test_levels_of_a_draft_are_those_of_its_rows_and_of_its_words():
    rows = [
        {"id": "a", "office": "Rector", "level": "university"},
        {"id": "b", "office": "Office of the county", "level": ""},
        {"id": "c", "office": " ", "level": "european"},
    ]
    words = {"addressee": "Urząd Miasta\nMinisterstwo Zdrowia; Rada Miasta"}

    assert levels({"addressees": rows}) == ["county", "university"]
    assert levels({"sections": words}) == ["city", "national"]
    assert levels({"addressees": rows, "sections": words}) == [
        "city", "county", "national", "university",
    ]  # fmt: skip
    assert levels({}) == levels({"sections": {"addressee": " \n"}}) == []


def test_document_prints_every_level():
    assert set(get_args(get_type_hints(Addressee)["level"])) == set(LEVELS)
