"""All formats say the same, in the same order, whatever people wrote."""

import json
import re
from functools import cache
from pathlib import Path

import pytest

from exports import FORMATS, UnknownFormat, export
from exports.document import from_json
from exports.edition import edition
from exports.glyphs import settable_text
from exports.markup import CONTROL
from exports.wording import WORDS, Wording
from tests.exports.make import (
    bare,
    both,
    crowded,
    decided,
    empty,
    hostile,
    in_ukrainian,
    sample,
    single,
    working,
)
from tests.exports.read import (
    docx_words,
    epub_words,
    html_words,
    markdown_words,
    odt_words,
    pdf_words,
    squash,
)

DOCUMENTS = {"sample": sample, "hostile": hostile, "single": single, "empty": empty}
DOCUMENTS |= {"decided": decided, "crowded": crowded, "bare": bare, "working": working}
DOCUMENTS |= {"in ukrainian": in_ukrainian, "both": both}
READERS = {"html": html_words, "docx": docx_words, "odt": odt_words, "epub": epub_words}
READERS |= {"md": markdown_words, "pdf": pdf_words}
#: Names, addresses and short forms of what stands in full beside them; tables of our words.
NOT_PRINTED = {"anchor", "lang", "type", "option", "hash", "date", "short", "href", "author"}
NOT_PRINTED |= {"by_short", "name_of", "running", "recommendation"}
STEP_LABELS = ("what", "who", "by", "cost", "indicator", "sector", "in_favour")
#: A shorter piece could stand anywhere.
PARTED = 8
#: What explains the bars is only where bars are.
FOR_THE_EYE = {"md": {"bars_text"}}


@cache
def printed(name):
    return edition(DOCUMENTS[name]())


@cache
def exported(name, format_name):
    return export(DOCUMENTS[name](), format_name)


@cache
def read(name, format_name):
    return squash(READERS[format_name](exported(name, format_name)))


def said(thing, format_name, key=""):
    """Every text of an edition that has to be printed."""
    if isinstance(thing, str):
        yield from [thing] if key not in NOT_PRINTED else []
    elif isinstance(thing, list):
        for one in thing:
            yield from said(one, format_name, key)
    elif isinstance(thing, dict):
        for name, value in thing.items():
            if not left_out(name, value, thing, format_name):
                yield from said(value, format_name, name)


def left_out(name, value, thing, format_name):
    """What is data rather than text, or said in other words by this format."""
    labels = name == "words" and isinstance(value, dict)
    large_print = "by_short" in thing and name in ("by", "name")
    key_of_explanation_or_annex = name == "name" and ("term" in thing or "rows" in thing)
    # A page has no foot: its list of evidence says it.
    footnote = format_name == "html" and name == "standing" and thing.get("type") == "note"
    return labels or large_print or key_of_explanation_or_annex or footnote


def wanted(name, format_name):
    """What a reader of a format must find."""
    whole = printed(name)
    unseen = [whole["cover"][key] for key in FOR_THE_EYE.get(format_name, ())]
    hidden = set(said(unseen, format_name))
    texts = [text for text in said(whole, format_name) if text not in hidden]
    return settable_text(texts) if format_name == "pdf" else texts


def stands(text, found):
    """Whether a text is there, or both its parts where the foot of a page parts it."""
    if text in found:
        return True
    first = max(i for i in range(len(text)) if text[:i] in found)
    return first >= PARTED and len(text) - first >= PARTED and text[first:] in found


@pytest.mark.parametrize("format_name", READERS)
@pytest.mark.parametrize("name", DOCUMENTS)
def test_every_text_is_in_every_format(name, format_name):
    found = read(name, format_name)
    pieces = (
        piece
        for text in wanted(name, format_name)
        for line in CONTROL.sub("", text).split("\n")
        for piece in line.split("{index}")
    )

    assert [piece for piece in pieces if not stands(squash(piece), found)] == []


def met(whole):
    """Every explanation that a reader of an edition needs, judged by what is printed."""
    parts = [part for chapter in whole["chapters"] for part in chapter["parts"]]
    every = [part for part in parts if part["type"] == "recommendation"]
    ballots = [ballot for part in every for ballot in part["ballots"]]
    bars = [bar for chapter in whole["cover"]["bars"] for bar in chapter]
    sectors = any(ballot["sectors"] for ballot in ballots)
    titles = any(one["gloss"] for one in (*every, *whole["chapters"]))
    intros = any(chapter["intro"] for chapter in whole["chapters"])
    needed = {
        "cover_bars": bars,
        "cover_reserved": any(bar["reserved"] for bar in bars),
        "how_number_text": every,
        "how_addressee_text": whole["index"],
        "how_letters_text": any(part["sources"] for part in every),
        "how_support_text": ballots and not sectors,
        "how_support_sectors": sectors,
        "how_reservation_text": any(part["reservations"] for part in every),
        "how_plenary_text": any(part["plenary"] for part in every),
        "how_editors_text": intros or len(every) < len(parts),
        "how_languages_text": titles or len({part["lang"] for part in every}) > 1,
        "how_languages_titles": titles,
    }
    return {name for name, is_met in needed.items() if is_met}


#: All our sentences that explain something: on the cover, and behind a term.
EXPLAINING = {x for x in WORDS if re.match(r"cover_|how_.+_", x)}
EXPLANATIONS = {
    "sample": EXPLAINING - {"how_support_text", "how_plenary_text"},
    "decided": EXPLAINING - {"how_support_text"},
    "single": {"how_number_text", "how_addressee_text", "how_editors_text"},
    "empty": set(),
    "working": {"cover_bars", "how_number_text", "how_addressee_text", "how_letters_text"}
    | {"how_support_text", "how_languages_text"},
    "crowded": {"cover_bars", "how_number_text", "how_support_text"},
}


@pytest.mark.parametrize("format_name", READERS)
@pytest.mark.parametrize("name", EXPLANATIONS)
def test_what_is_met_is_explained_and_nothing_else(name, format_name):
    found, whole = read(name, format_name), printed(name)
    t = Wording(whole["lang"])
    k = DOCUMENTS[name]().method.small_cells
    texts = {x: t(x, k=k, index="{index}") for x in EXPLAINING}
    explained = {
        x for x, text in texts.items() if all(squash(y) in found for y in text.split("{index}"))
    }

    unseen = {"cover_bars", "cover_reserved"} if format_name == "md" else set()
    assert met(whole) == EXPLANATIONS[name]
    assert explained == EXPLANATIONS[name] - unseen


@pytest.mark.parametrize("name", EXPLANATIONS)
def test_explanations_have_a_term_and_only_sectors_an_example(name):
    how = printed(name)["how"]
    example = Wording("pl")("cell_at_least", n=8, voters=12)
    shown = "how_support_sectors" in EXPLANATIONS[name]

    assert {one["name"] for one in how} == {
        x.split("_")[1] for x in EXPLANATIONS[name] if x.startswith("how_")
    }
    assert any(one["example"] for one in how) == shown
    assert shown or squash(example) not in read(name, "pdf")


@pytest.mark.parametrize("format_name", READERS)
def test_list_of_addressees_and_of_organisations_are_left_out_when_empty(format_name):
    words = printed("crowded")["words"]
    for key in ("index", "index_lead", "organisations"):
        assert squash(words[key]) not in read("crowded", format_name)
    for key in ("index_lead", "organisations"):
        assert squash(words[key]) in read("sample", format_name)


def test_every_word_of_the_people_is_in_the_data():
    data = json.loads(exported("sample", "json"))

    assert from_json(data) == sample()


@pytest.mark.parametrize("format_name", READERS)
def test_labels_are_in_the_language_of_each_recommendation(format_name):
    found = read("sample", format_name)
    parts = [part for chapter in printed("sample")["chapters"] for part in chapter["parts"]]
    labels = {
        part["words"][name]
        for part in parts
        if part["type"] == "recommendation"
        for name in ("addressees", "steps", "support", "sources", *STEP_LABELS)
    }

    assert {label for label in labels if squash(label) not in found} == set()


@pytest.mark.parametrize("format_name", READERS)
@pytest.mark.parametrize("name", ["sample", "hostile"])
def test_recommendations_are_in_the_same_order(name, format_name):
    found = read(name, format_name)
    parts = [part for chapter in printed(name)["chapters"] for part in chapter["parts"]]
    revisions = [squash(part["revision"]) for part in parts if part["type"] == "recommendation"]

    places = [found.index(one) for one in revisions]

    assert places == sorted(places)
    assert all(found.count(one) == 1 for one in revisions)


@pytest.mark.parametrize("format_name", READERS)
def test_parts_are_in_the_same_order(format_name):
    found = read("sample", format_name)
    words = printed("sample")["words"]
    names = ("how", "summary", "index_lead", "path", "evidence_lead", "provenance_lead")
    places = [found.rindex(squash(words[name])) for name in names]

    assert places == sorted(places)


@pytest.mark.parametrize(
    ("name", "format_name"),
    # Of letters there are many.
    [(name, x) for name in DOCUMENTS for x in FORMATS if x != "letters" or name == "single"],
)
def test_same_document_gives_the_same_bytes(name, format_name):
    again = export(DOCUMENTS[name](), format_name)

    assert again == exported(name, format_name)


def test_format_nobody_knows_is_refused_by_name():
    with pytest.raises(UnknownFormat, match=rf"'odx'; there are {', '.join(FORMATS)}\."):
        export(empty(), "odx")


@pytest.mark.parametrize("format_name", FORMATS)
def test_format_says_what_it_is(format_name):
    module = FORMATS[format_name]

    assert module.SUFFIX.startswith(".")
    assert "/" in module.MIMETYPE
    assert module.__name__.startswith("exports.to_")


def test_manual_for_a_new_format_is_true():
    """docs/how-to/add-an-export-format.md: its file works as it stands there."""
    page = (Path(__file__).parents[2] / "docs/how-to/add-an-export-format.md").read_text()
    known = {}
    exec(page.partition("```python\n")[2].partition("```")[0], known)

    written = known["render"](DOCUMENTS["single"]())
    assert known["SUFFIX"].startswith(".")
    assert known["SUFFIX"] not in {one.SUFFIX for one in FORMATS.values()}
    assert DOCUMENTS["single"]().recommendations[0].title in written.decode()


def test_nothing_adopted_is_said_in_words():
    nothing = squash(printed("empty")["summary"]["nothing"])

    assert all(nothing in read("empty", format_name) for format_name in READERS)


def test_nothing_voted_on_and_no_source_are_said_in_words():
    part = printed("single")["chapters"][0]["parts"][0]
    for key in ("no_steps", "not_voted", "no_sources"):
        words = squash(part["words"][key])
        assert all(words in read("single", format_name) for format_name in READERS)
