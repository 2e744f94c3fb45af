"""Every word, number and reference in its place."""

from dataclasses import replace

import pytest

from exports.document import (
    Annexes,
    BelowCell,
    Counted,
    ExactCell,
    KeptBackCell,
    Participants,
    Section,
    SectorVotes,
    SourceBallot,
    SourceIdea,
    Summary,
    Total,
    Translation,
)
from exports.edition import edition
from exports.richtext import Heading, Link, Listing, Note, Paragraph, Quote, Strong, Table, Text
from tests.exports.make import empty, paragraph, sample, single
from tests.exports.test_soundness import with_first


def with_blocks(blocks):
    """A document whose summary holds some blocks."""
    return replace(empty(), summary=Summary(blocks=blocks, highlights=()))


def first(document):
    return edition(document)["chapters"][0]["parts"][0]


def letters(block):
    return [mark["letter"] for mark in block["marks"]]


def test_passages_carry_the_letters_of_their_sources():
    section = first(sample())["sections"][0]

    assert [letters(block) for block in section["blocks"]] == [["A", "B", "C"], ["B"]]
    assert [letters(step) for step in first(sample())["steps"]] == [["A", "C"], ["B"], ["A"]]


@pytest.mark.parametrize(
    ("block", "path"),
    [
        (Listing(ordered=False, items=((paragraph("a"),), (paragraph("b"),))), ("items", -1, -1)),
        (Quote((paragraph("a"), paragraph("b"))), ("content", -1)),
        (
            Quote((Listing(ordered=False, items=((paragraph("a"),),)),)),
            ("content", 0, "items", 0, 0),
        ),
        (
            Listing(ordered=True, items=((Quote((paragraph("a"),)),),)),
            ("items", 0, 0, "content", 0),
        ),
        (Heading((Text("a"),)), ()),
        (Table(header=((Text("a"),),), rows=()), ()),
    ],
)
def test_letters_stand_behind_the_last_words_of_any_block(block, path):
    one = sample().recommendations[0]
    block = replace(block, id="x.1")
    source = replace(one.sources[0], spans=(replace(one.sources[0].spans[0], block="x.1"),) * 2)
    sections = (replace(one.sections[0], blocks=(block,)),)

    found = first(with_first(sample(), sections=sections, sources=(source,), steps=()))
    found = found["sections"][0]["blocks"][0]
    for step in path:
        found = found[step]

    assert letters(found) == ["A"]


@pytest.mark.parametrize(
    "block", [Listing(ordered=True, items=()), Quote(()), Listing(ordered=False, items=((),))]
)
def test_letters_of_an_empty_block_are_left_out(block):
    one = sample().recommendations[0]
    block = replace(block, id="x.1")
    source = replace(one.sources[0], spans=(replace(one.sources[0].spans[0], block="x.1"),))
    outer = Quote((Listing(ordered=True, items=()),), id="x.2")
    second = replace(source, id="B", spans=(replace(source.spans[0], block="x.2"),))
    sections = (replace(one.sections[0], blocks=(block, outer)),)

    found = first(with_first(sample(), sections=sections, sources=(source, second), steps=()))

    assert found["sections"][0]["blocks"][0]["type"] == block.type


def cell_words(cell, joined=()):
    one = sample().recommendations[0]
    row = SectorVotes(sector="ngo", cell=cell, joined=joined)
    ballot = replace(one.support.ballots[0], sectors=(row,))
    return first(with_first(sample(), support=replace(one.support, ballots=(ballot,))))["ballots"][
        0
    ]["sectors"][0]


@pytest.mark.parametrize(
    ("cell", "words", "low", "high"),
    [
        (ExactCell(voters=20, in_favour=10), "10 z 20", 0.5, 0.5),
        (BelowCell(voters=20, in_favour_below=5), "mniej niż 5 z 20", 0, 0.2),
        (KeptBackCell(voters=40), "nie podajemy; głosowało 40", 0, 1),
        (ExactCell(voters=0, in_favour=0), "0 z 0", 0, 0),
    ],
)
def test_cells_say_what_may_be_told(cell, words, low, high):
    found = cell_words(cell)

    assert found["words"].replace("\xa0", " ") == words
    assert (found["low"], found["high"]) == (low, high)


def test_sectors_in_one_row_are_all_named():
    found = cell_words(ExactCell(voters=20, in_favour=10), joined=("state",))

    assert found["name"]["text"] == "Organizacje pozarządowe, Administracja państwowa"


def test_one_hidden_sector_is_said_in_the_singular():
    document = sample()
    rows = (document.method.participants[-1], Participants(sector="ngo", cell=Counted(count=9)))
    method = replace(document.method, participants=rows)

    said = [
        row["words"] for row in edition(replace(document, method=method))["method"]["participants"]
    ]

    assert said == ["9", "mniej niż 5 osób"]


def source_text(**changes):
    one = sample().recommendations[0]
    source = replace(one.sources[0], **changes)
    return first(with_first(sample(), sources=(source,)))["sources"][0]


def test_source_names_room_track_and_meeting():
    assert source_text(track="Praca")["text"].startswith("Lublin, Praca, grupa 2, 16\xa0maja 2026")


def test_idea_that_somebody_else_wrote_down_says_so():
    ideas = (
        SourceIdea(id="I-1", via="slip", slip=14),
        SourceIdea(id="I-2", via="slip"),
        SourceIdea(id="I-3", via="spoken"),
        SourceIdea(id="I-4"),
    )
    document = with_first(
        sample(), sources=(replace(sample().recommendations[0].sources[0], ideas=ideas),)
    )

    row = next(row for row in annexed(edition(document)) if row["ideas"])

    said = [one["id"].replace("\xa0", " ") for one in row["ideas"]]
    assert said == [
        "I-1 · z karteczki nr 14",
        "I-2 · z papierowej karteczki",
        "I-3 · powiedziane na sali",
        "I-4",
    ]


def annexed(e):
    return next(one["rows"] for one in e["annexes"] if one["name"] == "provenance")


@pytest.mark.parametrize(
    ("ideas", "count", "said", "more"),
    [
        (("I-1", "I-2"), None, "Pomysły: I-1, I-2", ""),
        (("I-1",), 14, "Pomysły: 14 (I-1)", "i\xa0jeszcze: 13"),
        ((), 14, "Pomysły: 14", "Pomysły: 14"),
        (tuple(f"I-{n}" for n in range(9)), 9, "Pomysły: 9", ""),
        ((), None, "szkic", ""),
    ],
)
def test_ideas_are_named_or_counted(ideas, count, said, more):
    named = tuple(SourceIdea(id=one) for one in ideas)
    found = source_text(ideas=named, idea_count=count)

    assert f"{said};" in found["text"] or f" {said} " in found["text"]
    assert found["more"] == more


def test_source_without_a_trail_says_so():
    found = source_text(ideas=(), draft=None, ballots=())

    assert found["text"].endswith("(szkic grupy). –.")
    assert (found["title"], found["decided"]) == (None, [])


def test_all_ballots_of_a_source_are_told():
    votes = (
        SourceBallot(id="B1", in_favour=3, voters=9),
        SourceBallot(id="B2", in_favour=8, voters=9),
    )

    said = [words.replace("\xa0", " ") for words in source_text(ballots=votes)["decided"]]

    assert said[-2:] == [
        "głosowanie B1: 3 z 9 za",
        "głosowanie B2: 8 z 9 za",
    ]


def test_answer_may_have_its_own_label():
    one = sample().recommendations[0]
    total = Total(option="other", votes=4, label={"pl": "później"})
    ballot = replace(one.support.ballots[0], totals=(total,), rule=None, passed=False)
    found = first(with_first(sample(), support=replace(one.support, ballots=(ballot,))))

    assert found["ballots"][0]["totals"][0]["text"] == "4 później"
    assert (found["ballots"][0]["verdict"], found["ballots"][0]["rule"]) == ("Nieprzyjęta", None)


def test_link_says_where_it_leads_unless_its_words_do():
    def words(href, text):
        link = Link(href, (Text(text),))
        printed = edition(with_blocks((Paragraph((link,)),)))
        return "".join(x["text"] for x in printed["summary"]["blocks"][0]["content"][0]["content"])

    assert words("https://a.org/x", "here") == "here (a.org)"
    assert words("https://a.org/x", "a.org") == "a.org"
    assert words("mailto:x@a.org", "write") == "write (x@a.org)"


def test_words_in_another_language_carry_it():
    mixed = Paragraph((Text("a"), Strong((Text("b", lang="uk"),), lang="cs")))
    printed = edition(with_blocks((mixed,)))["summary"]["blocks"][0]["content"]

    assert [node.get("lang") for node in printed] == [None, "cs"]
    assert printed[1]["content"][0]["lang"] == "uk"


def test_row_with_missing_cells_is_filled():
    table = Table(header=((Text("a"),),), rows=(((Text("b"),), (Text("c"),)), ()))
    printed = edition(with_blocks((table,)))["summary"]["blocks"][0]

    assert [len(row) for row in (printed["header"], *printed["rows"])] == [2, 2, 2]


def test_long_title_is_cut_at_a_word():
    title = "słowo " * 30
    short = first(with_first(sample(), title=title))["short"]

    assert short.endswith("słowo …")
    assert len(short) <= 75


@pytest.mark.parametrize("by", ["authors", "editors", "machine"])
def test_translated_title_says_who_translated(by):
    titles = (
        Translation(lang="en", title="x", by=by),
        Translation(lang="pl", title="Tytuł", by=by),
    )
    document = with_first(sample(), lang="uk", translations=titles)

    assert first(document)["gloss"]["text"] == "Tytuł"
    assert first(with_first(sample(), lang="uk", translations=()))["gloss"] is None


def test_chapter_names_its_track_and_its_translated_title():
    whole = sample()
    kicker = edition(whole)["chapters"][0]["kicker"]
    same = replace(whole.chapters[0], track=whole.chapters[0].title)

    assert kicker == "Rozdział 1 · Praca"
    assert (
        edition(
            replace(
                whole,
                chapters=(same,),
                summary=Summary(blocks=(), highlights=()),
                annexes=replace(whole.annexes, changes=()),
            )
        )["chapters"][0]["kicker"]
        == "Rozdział 1"
    )


def test_overview_is_limited():
    whole = sample()
    chapter = whole.chapters[0]
    one = chapter.content[0]
    many = tuple(replace(one, id=f"r{n}", number=n) for n in range(100, 150))
    chapters = (replace(chapter, content=many), *whole.chapters[1:])
    bare = replace(whole, summary=Summary(blocks=(), highlights=()), annexes=Annexes())
    printed = edition(replace(bare, chapters=chapters))

    assert len(printed["method"]["overview"]) == 40
    assert "40" in printed["method"]["overview_more"]


def test_draft_and_sample_say_what_they_are():
    assert edition(sample())["notice"].startswith("Przykład")
    assert edition(empty())["notice"].startswith("Wersja robocza")
    final = replace(empty(), edition=replace(empty().edition, status="final"))
    assert edition(final)["notice"] is None


def test_nothing_is_explained_where_there_is_nothing():
    printed = edition(empty())

    assert (printed["how"], printed["index"], printed["annexes"], printed["notes"]) == ([],) * 4
    assert printed["cover"]["bars_text"] == ""
    assert [item["name"] for item in edition(single())["how"]] == [
        "number",
        "addressee",
        "editors",
    ]


def test_contact_is_a_link_only_when_it_is_an_address():
    def contact(words):
        whole = replace(empty(), forum=replace(empty().forum, contact=words))
        return [i["href"] for i in edition(whole)["imprint"] if i["text"] == words]

    assert contact("a@b.c") == ["mailto:a@b.c"]
    assert contact("Ana Nowak") == [None]


def test_evidence_is_numbered_as_it_is_met_and_counted_once_for_each_recommendation():
    note = sample().notes[3].id
    twice = Section(heading="x", blocks=(Paragraph((Note(note), Note(note))),))
    one = replace(sample().recommendations[0], sections=(twice,), sources=())
    printed = edition(with_first(sample(), sections=one.sections, sources=()))
    nodes = printed["chapters"][0]["parts"][0]["sections"][0]["blocks"][0]["content"]

    assert [(node["number"], node["first"]) for node in nodes] == [(1, True), (1, False)]
    assert printed["notes"][0]["used"][0] == {"number": 1, "anchor": f"r:{one.id}"}
    assert [used["number"] for used in printed["notes"][0]["used"]].count(1) == 1
