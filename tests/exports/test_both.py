"""A bilingual edition says our own words in both of its languages, each marked with its own."""

import io
import re
import zipfile
from dataclasses import replace
from functools import cache

import pytest

from exports.both import Both, on_one_line, paired
from exports.edition import edition
from exports.letters import letters
from exports.wording import NO_BREAK, WORDS
from tests.exports.make import both, sample
from tests.exports.read import squash
from tests.exports.test_formats import READERS, exported, read

#: On the cover, of every part, of every recommendation, of tables, at the end.
WORDS_OF_A_READER = (
    *("final", "cover_bars", "how", "how_number_text", "summary", "most_supported", "contents"),
    *("index", "index_lead", "level_region", "method", "fig_rooms", "path", "participants"),
    *("by_editors", "addressees", "support", "sector", "in_favour", "rule", "reservations"),
    *("sources", "passed", "evidence", "evidence_lead", "standing", "organisations", "provenance"),
    *("provenance_lead", "enters", "changes", "imprint", "licence", "accessibility_text"),
)
#: How a format marks words in Ukrainian; {} are the words.
MARKED = {
    "html": r'<span[^>]* lang="uk">(<span class="slash">/ </span>)?{}',
    "epub": r'<span[^>]* lang="uk" xml:lang="uk">{}',
    "docx": r'<w:lang w:val="uk-UA"/></w:rPr><w:t xml:space="preserve">{}',
    "odt": r'<text:span text:style-name="Language_uk">{}',
}


def unseen(format_name):
    """What explains the bars is only where bars are."""
    return {"cover_bars"} if format_name == "md" else set()


@cache
def source(format_name):
    """What a file is written in, its parts one after the other."""
    data = exported("both", format_name)
    if format_name == "html":
        return data.decode()
    with zipfile.ZipFile(io.BytesIO(data)) as archive:
        return "".join(
            archive.read(name).decode() for name in archive.namelist() if "ml" in name[-5:]
        )


@pytest.mark.parametrize("lang", ["pl", "uk"])
@pytest.mark.parametrize("format_name", READERS)
def test_our_words_are_in_both_languages_in_every_format(format_name, lang):
    found = read("both", format_name)
    wanted = set(WORDS_OF_A_READER) - unseen(format_name)

    assert {name for name in wanted if squash(WORDS[name][lang]) not in found} == set()


@pytest.mark.parametrize("format_name", READERS)
def test_a_pair_is_never_printed_as_what_it_is_made_of(format_name):
    text = exported("both", format_name).decode() if format_name in ("html", "md") else ""

    assert "'said'" not in text
    assert "said" not in read("both", format_name)


@pytest.mark.parametrize("format_name", MARKED)
@pytest.mark.parametrize("name", ["how", "summary", "method", "addressees", "support", "imprint"])
def test_words_in_the_second_language_say_so(format_name, name):
    words = re.escape(WORDS[name]["uk"])

    assert re.search(MARKED[format_name].format(words), source(format_name))


def test_what_people_wrote_once_says_to_whom_it_is_not_translated():
    blocks = edition(both())["summary"]["blocks"]

    assert blocks[0]["lang"] == "uk"
    assert blocks[0]["content"][0]["content"][0]["text"] == WORDS["not_translated_shown"][
        "uk"
    ].format(language=WORDS["language_pl"]["uk"])
    assert {block["lang"] for block in blocks[1:]} == {"pl"}


def test_names_of_addressees_stand_in_both_where_they_are_translated():
    document = both()
    first = document.recommendations[1]
    names = tuple(f"[uk] {one.name}" for one in first.addressees)
    known = replace(first.translations[0], addressees=names)
    chapters = tuple(
        replace(
            chapter,
            content=tuple(
                replace(part, translations=(known,)) if part == first else part
                for part in chapter.content
            ),
        )
        for chapter in document.chapters
    )
    printed = edition(replace(document, chapters=chapters))
    parts = [part for chapter in printed["chapters"] for part in chapter["parts"]]
    [part] = [part for part in parts if part.get("anchor") == f"r:{first.id}"]

    told = [on_one_line(one["name"]).replace(NO_BREAK, " ") for one in part["addressees"]]
    assert told == [f"{one.name} / [uk] {one.name}" for one in first.addressees]


def test_letters_of_a_bilingual_edition_are_in_the_language_of_who_gets_them():
    alone = letters(replace(both(), beside=None))

    assert [one.things for one in letters(both())] == [one.things for one in alone]


def test_an_edition_in_one_language_has_no_pairs():
    def pairs(thing):
        inside = thing.values() if isinstance(thing, dict) else thing
        found = [thing] if isinstance(thing, Both) else []
        if isinstance(thing, dict | list):
            found += [one for each in inside for one in pairs(each)]
        return found

    assert pairs(edition(sample())) == []
    assert pairs(edition(both()))


def test_what_is_the_same_in_both_stays_one_and_what_one_lacks_is_the_other():
    langs = ("pl", "uk")
    spaced = f"o{NO_BREAK}nas"

    assert paired({"a": "Sektor", "n": 3}, {"a": "Sektor", "n": 3}, langs) == {
        "a": "Sektor",
        "n": 3,
    }
    assert paired(spaced, "o nas", langs) == spaced
    assert paired([None], [{"text": "є", "lang": "uk"}], langs) == [{"text": "є", "lang": "uk"}]
    assert paired({"text": "Rolnicy", "lang": "en"}, {"text": "Фермери", "lang": "uk"}, langs) == {
        "text": [{"said": "Rolnicy", "lang": "en"}, {"said": "Фермери", "lang": "uk"}],
        "lang": "en",
    }
