"""Every sentence for people has its words in every language, with the same things to put in place."""

import re
import string

import pytest

from facilitator.i18n import LANGUAGES, catalogue, messages, said, t, tn
from facilitator.translations import FOLDER, collected, sentences
from facilitator.translations import catalogue as on_disk

OTHERS = LANGUAGES[1:]


def keys():
    return {key if isinstance(key, str) else key[0] for key in sentences()}


def names(text):
    return {name for _, name, _, _ in string.Formatter().parse(text) if name}


@pytest.mark.parametrize("lang", OTHERS)
def test_no_sentence_is_missing(lang):
    assert keys() - set(messages(lang)) == set()


@pytest.mark.parametrize("lang", OTHERS)
def test_no_words_are_left_over(lang):
    assert set(messages(lang)) - keys() == set()


@pytest.mark.parametrize("lang", OTHERS)
def test_collecting_again_changes_nothing(lang):
    assert collected(lang) == ((FOLDER / f"{lang}.po").read_bytes(), [])


@pytest.mark.parametrize("lang", OTHERS)
def test_words_keep_what_is_put_in_place(lang):
    for key in sentences():
        one, many = (key, key) if isinstance(key, str) else key
        for form in messages(lang).get(one, ()):
            assert names(form) <= names(one) | names(many), (one, form)
            if isinstance(key, str):
                assert names(form) == names(one), (one, form)


@pytest.mark.parametrize("lang", OTHERS)
def test_plurals_have_every_form_of_the_language(lang):
    plurals = [key[0] for key in sentences() if not isinstance(key, str)]
    for one in plurals:
        assert len(messages(lang)[one]) == on_disk(lang).num_plurals


def test_sentences_are_never_glued():
    """A sentence begins and ends with something: spaces at its ends mean that it is a piece."""
    assert [key for key in keys() if key != key.strip()] == []


def test_plural_forms_follow_the_rules_of_the_language(monkeypatch):
    words = {"{n} idea": ("{n} pomysł", "{n} pomysły", "{n} pomysłów")}
    monkeypatch.setattr("facilitator.i18n.messages", lambda _: words)
    said_of = [tn("{n} idea", "{n} ideas", n, lang="pl") for n in (1, 2, 5, 12, 22)]
    assert said_of == ["1 pomysł", "2 pomysły", "5 pomysłów", "12 pomysłów", "22 pomysły"]


def test_unknown_sentence_stays_english(app):
    assert t("No such sentence {n}.", lang="pl", n=3) == "No such sentence 3."
    assert tn("{n} such thing", "{n} such things", 2, lang="pl") == "2 such things"


def test_organisers_words_fall_back_to_their_main_language():
    assert said({"pl": "Dom", "en": "Home"}, "en") == "Home"
    assert said({"pl": "Dom", "en": "Home"}, "uk") == "Dom"
    assert said({}, "uk") == ""


def test_the_browser_gets_the_same_words():
    assert {key: tuple(forms) for key, forms in catalogue("pl").items()} == messages("pl")


def test_every_language_has_its_own_words():
    """Somebody who copies English into a catalogue is found out."""
    for lang in OTHERS:
        same = [key for key, forms in messages(lang).items() if forms[0] == key]
        letters = [key for key in same if re.search(r"[a-z]{4}", key)]
        assert len(letters) <= 0.1 * len(messages(lang)), letters
