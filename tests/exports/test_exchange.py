"""Tables for Decidim and OpenSlides, read back here from their lists of columns, by csv alone."""

import csv
import io
import re
from dataclasses import replace

import pytest

from exports import export, markup
from exports.document import Support
from exports.exchange import as_html, told
from exports.plain_markdown import markdown_of
from exports.richtext import Paragraph, Text
from facilitator.exchange.reading import read_file
from tests.exports import make

#: As these programs name them; /<loc> stands for one column in each language.
PROPOSALS = "id author/name title/<loc> body/<loc> state reference answer/<loc> votes url related_proposals published_at"
RESULTS = "id title/<loc> description/<loc> start_date end_date status/key progress parent/id proposal_urls"
MOTIONS = "title text number reason submitters_verbose submitters_username supporters_verbose supporters_username category_name category_prefix tags block motion_amendment"
LANGUAGES = ("pl", "cs", "uk", "en")


def columns(names):
    for name in names.split():
        yield from (
            [name.replace("<loc>", one) for one in LANGUAGES] if "<loc>" in name else [name]
        )


def rows_of(data, delimiter):
    assert not data.startswith(b"\xef\xbb\xbf"), "a mark would be part of the first name"
    return list(
        csv.DictReader(io.StringIO(data.decode(), newline=""), delimiter=delimiter, strict=True)
    )


@pytest.fixture
def document():
    whole = make.sample()
    return replace(whole, forum=replace(whole.forum, languages=LANGUAGES))


def test_translations_have_columns_of_their_own():
    whole = make.in_ukrainian()
    rows = rows_of(export(whole, "decidim-proposals"), ";")

    assert rows[0]["title/uk"] == rows[0]["body/uk"] == ""
    written = zip(rows[1:], whole.recommendations[1:], strict=True)
    translated = [(row, one) for row, one in written if one.lang != "uk"]
    assert translated
    for row, one in translated:
        [known] = (x for x in one.translations if x.lang == "uk")
        assert (row["title/uk"], row[f"title/{one.lang}"]) == (known.title, one.title)
        assert row["body/uk"].startswith("<h3>")
        assert row["body/uk"] != row[f"body/{one.lang}"]


def test_proposals_have_the_columns_of_decidim(document):
    rows = rows_of(export(document, "decidim-proposals"), ";")

    assert list(rows[0]) == list(columns(PROPOSALS))
    assert [row["id"] for row in rows] == [str(one.number) for one in document.recommendations]
    for row, one in zip(rows, document.recommendations, strict=True):
        assert row[f"title/{one.lang}"] == one.title
        assert row[f"body/{one.lang}"].startswith("<h3>")
        assert "\n" not in row[f"body/{one.lang}"]
        assert (row["state"], row["reference"]) == ("not_answered", one.id)
        assert row["related_proposals"] == ""
        assert row["url"] == (
            f"{document.forum.address}#r:{one.id}" if document.forum.address else ""
        )
        assert all(row[f"answer/{lang}"] == "" for lang in LANGUAGES)


def alone(one):
    """A document of this recommendation alone."""
    whole = make.single()
    return replace(whole, chapters=(replace(whole.chapters[0], content=(one,)),))


def test_figures_of_several_rooms_are_never_added_up(document):
    first, *_ = document.recommendations
    ballot = replace(first.support.ballots[0], sectors=())

    def votes(*ballots):
        voted = replace(
            first, support=Support(rooms=(), ballots=ballots), sources=(), reservations=()
        )
        [row] = rows_of(export(alone(voted), "decidim-proposals"), ";")
        return row["votes"]

    few = replace(ballot, voters=document.method.small_cells - 1, in_favour=1)
    assert votes(ballot) == str(ballot.in_favour)
    assert votes(ballot, ballot) == votes() == votes(few) == ""


def test_results_have_the_steps_below_them(document):
    rows = rows_of(export(document, "decidim-results"), ";")

    assert list(rows[0]) == list(columns(RESULTS))
    assert len({row["id"] for row in rows}) == len(rows)
    for one in document.recommendations:
        below = [row for row in rows if row["parent/id"] == str(one.number)]
        assert [row[f"title/{one.lang}"] for row in below] == [
            " ".join(s.what.split()) for s in one.steps
        ]
        for row, step in zip(below, one.steps, strict=True):
            assert row["end_date"] == (
                step.by if re.fullmatch(r"\d{4}-\d\d-\d\d", step.by or "") else ""
            )
    assert {row[name] for row in rows for name in ("progress", "status/key", "proposal_urls")} == {
        ""
    }


def test_motions_have_the_columns_of_openslides(document):
    rows = rows_of(export(document, "openslides-motions"), ",")

    assert list(rows[0]) == list(columns(MOTIONS))
    for row, one in zip(rows, document.recommendations, strict=True):
        assert (row["title"], row["number"]) == (one.title, one.id)
        # What OpenSlides takes for HTML begins with an element and ends with one of a single letter.
        assert re.search(r"^<\w+[^>]*>[\w\W]*?<\/\w>$", row["text"])
        assert [row[name] for name in row if "submitters" in name or "supporters" in name] == [
            ""
        ] * 4
    assert {row["category_name"] for row in rows} == {one.title for one in document.chapters}


def test_bodies_come_back_as_they_went(document):
    found = read_file(export(document, "decidim-proposals"), list(LANGUAGES))

    assert (found.sort, found.encoding, found.delimiter) == ("decidim", "utf-8", ";")
    assert [row.title for row in found.rows] == [one.title for one in document.recommendations]
    for row, one in zip(found.rows, document.recommendations, strict=True):
        assert not row.problems
        assert row.lang == one.lang
        assert as_html(markup.to_blocks(row.parts[0].text)) == as_html(
            told(document, one)[one.lang].body
        )


@pytest.mark.parametrize("words", make.HOSTILE)
def test_hostile_words_stay_words(words):
    [one] = make.single().recommendations
    section = replace(one.sections[0], blocks=(Paragraph((Text(words),)),))
    whole = alone(replace(one, title=f"={words}"[:200], sections=(section,)))

    for name, sign in (
        ("decidim-proposals", ";"),
        ("decidim-results", ";"),
        ("openslides-motions", ","),
    ):
        [row] = rows_of(export(whole, name), sign)
        assert not [
            cell for cell in row.values() if cell.startswith(("=", "+", "-", "@", "\t", "\r"))
        ]
        written = row.get(f"body/{one.lang}") or row.get(f"description/{one.lang}") or row["text"]
        assert set(re.findall(r"<\s*/?\s*(\w+)", written)) <= {"h3", "p", "ul", "li"}


def test_markdown_reads_back_as_the_same_blocks():
    for one in make.sample().recommendations:
        for section in one.sections:
            blocks = markup.to_blocks(markdown_of(section.blocks))
            assert as_html(blocks) == as_html(section.blocks)
