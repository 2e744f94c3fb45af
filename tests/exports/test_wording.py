"""Our own words: complete in every language, with the same places for values."""

import re

import pytest

from exports.wording import WORDS, Wording, percent, tidy

LANGUAGES = {"en", "pl", "cs", "uk"}
NBSP = "\N{NO-BREAK SPACE}"


@pytest.mark.parametrize("name", WORDS)
def test_every_word_is_there_in_every_language(name):
    words = WORDS[name]
    places = {lang: sorted(re.findall(r"\{\w+\}", text)) for lang, text in words.items()}

    assert set(words) == LANGUAGES
    assert all(text.strip() == text and text for text in words.values())
    assert len({tuple(found) for found in places.values()}) == 1


@pytest.mark.parametrize("name", ["months", "months_alone"])
def test_a_year_has_twelve_months(name):
    assert {len(words.split()) for words in WORDS[name].values()} == {12}


@pytest.mark.parametrize(
    ("lang", "iso", "said", "short"),
    [
        ("pl", "2027-06-30", f"30{NBSP}czerwca 2027", "30.06.2027"),
        ("cs", "2027-06-30", f"30.{NBSP}června 2027", f"30.{NBSP}06.{NBSP}2027"),
        ("uk", "2027-06-30", f"30{NBSP}червня 2027 року", "30.06.2027"),
        ("en", "2027-06-30", f"30{NBSP}June 2027", "2027-06-30"),
        ("ka", "2027-06-30", f"30{NBSP}June 2027", "2027-06-30"),
        ("pl", "2027-06", "czerwiec 2027", "czerwiec 2027"),
        ("pl", "2027", "2027", "2027"),
        ("pl", "2027-13", "2027-13", "2027-13"),
        ("pl", "do wiosny", "do wiosny", "do wiosny"),
    ],
)
def test_dates_are_said_as_people_say_them(lang, iso, said, short):
    assert Wording(lang).day(iso) == said
    assert Wording(lang).short_day(iso) == short


def test_one_day_is_said_once():
    assert Wording("en").period("2027-06-30", "2027-06-30") == f"30{NBSP}June 2027"
    assert Wording("en").period("2027-06-30", "2027-07-01").count("2027") == 2


def test_short_words_cling_to_the_next():
    assert tidy("i w domu", "pl") == f"i{NBSP}w{NBSP}domu"
    assert tidy("i w domu", "en") == "i w domu"
    assert tidy("100 000 zł", "pl") == f"100{NBSP}000{NBSP}zł"


def test_sentence_is_picked_in_the_language_of_the_reader():
    words = {"pl": "po polsku", "en": "in English"}

    assert Wording("pl").pick(words, "uk") == {"text": "po polsku", "lang": "pl"}
    assert Wording("ka").pick(words, "uk") == {"text": "in English", "lang": "en"}
    assert Wording("cs").pick({"de": "deutsch"}, "uk") == {"text": "deutsch", "lang": "de"}


@pytest.mark.parametrize(
    ("share", "said"), [(0, 0), (0.005, 1), (0.494, 49), (0.495, 50), (1, 100)]
)
def test_shares_are_rounded_upwards_at_the_half(share, said):
    assert percent(share) == said
