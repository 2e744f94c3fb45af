"""No character without a glyph reaches the PDF, and none is dropped in silence."""

import pytest

from exports.glyphs import font_folders, settable, settable_text


@pytest.mark.parametrize(
    ("character", "set_as"),
    [
        ("a", "a"),
        ("Ł", "Ł"),
        ("ї", "ї"),
        ("\n", "\n"),
        ("\u2060", "\u2060"),
        ("\N{THUMBS UP SIGN}", "[thumbs up sign]"),
        ("\u10e1", "[?]"),
        ("\u0645", "[?]"),
        ("\u3000", " "),
        ("\u0007", ""),
        ("\ue000", ""),
    ],
)
def test_character_is_set_or_said(character, set_as):
    assert settable(character) == set_as


def test_all_text_of_a_structure_is_settable():
    given = {"a": ["x", "\N{THUMBS UP SIGN}", "a\u0301"], "b": {"c": None, "d": 1.5, "e": True}}

    assert settable_text(given) == {
        "a": ["x", "[thumbs up sign]", "á"],
        "b": {"c": None, "d": 1.5, "e": True},
    }


def test_addresses_are_left_alone():
    assert settable_text({"href": "http://x/\u10e1"}) == {"href": "http://x/\u10e1"}


def test_word_that_no_line_could_hold_may_break():
    assert settable_text("x" * 60).split("\u200b") == ["x" * 24, "x" * 24, "x" * 12]
    assert settable_text("x" * 27) == "x" * 27


def test_fonts_are_bundled():
    assert all(list(folder.glob("*.ttf")) for folder in font_folders())
