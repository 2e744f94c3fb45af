"""Six words: easy to say, hard to guess, and forgiven their form."""

import re

import pytest

from facilitator.forums.cards import PATTERN, Misread, fresh_words, is_like_card, read_words

WORDS = "lusab babad gutih tugad mudof sakat"


def test_words_are_drawn_anew_and_of_the_pattern():
    drawn = {fresh_words() for _ in range(50)}

    assert len(drawn) == 50
    for words in drawn:
        assert re.fullmatch(r"([a-z]{5} ){5}[a-z]{5}", words)
        assert all(letter in PATTERN[n] for word in words.split() for n, letter in enumerate(word))


@pytest.mark.parametrize(
    "typed",
    [
        WORDS,
        WORDS.upper(),
        WORDS.replace(" ", "-"),
        WORDS.replace(" ", "\n"),
        WORDS.replace(" ", ""),
        f"  {WORDS.title()}. ",
        "1usab ba6ad gutih tugad mud0f 5akat".replace("6", "b"),
        "лусаб бабад гутіх тугад мудоф сакат".replace("г", "ґ"),
    ],
)
def test_form_is_forgiven(typed):
    read = read_words(typed)

    assert not isinstance(read, Misread)
    assert read[0] == WORDS


@pytest.mark.parametrize(
    "typed", [WORDS.replace("gutih", "gutik"), WORDS.replace("gutih", "gut!h")]
)
def test_one_wrong_letter_is_forgiven(typed):
    read = read_words(typed.replace("!", "x"))

    assert not isinstance(read, Misread)
    assert WORDS in read
    assert len(read) <= 310


@pytest.mark.parametrize(
    ("typed", "wrong"),
    [
        ("lusab babad gutih tugad mudof", Misread("words", 5)),
        ("", Misread("words", 0)),
        ("lusab babad guti tugad mudof sakat", Misread("length", 3, "guti")),
        ("lusab babad aaaaa tugad mudof sakat", Misread("letter", 3, "aaaaa")),
    ],
)
def test_mistakes_are_named(typed, wrong):
    assert read_words(typed) == wrong


def test_codes_and_links_are_no_cards():
    assert [is_like_card(text) for text in (WORDS, "CDF HJK", "https://hall.example/j#aaaa")] == [
        True,
        False,
        False,
    ]
