"""The Markdown: tables stay tables, and nothing in a text is read as markup."""

import re

import markdown
import pytest

from exports import to_markdown
from exports.markup import TAGS
from exports.richtext import Emphasis, Listing, Paragraph, Quote, Strong, Text
from tests.exports.make import empty, hostile, mentioned_twice, paragraph, sample, single
from tests.exports.test_edition import with_blocks


def written(*blocks):
    return to_markdown.render(with_blocks(blocks)).decode()


@pytest.mark.parametrize("make", [sample, hostile, single, empty])
def test_tables_have_as_many_cells_in_every_row(make):
    for table in re.findall(r"(?m)(?:^\|.*\n)+", to_markdown.render(make()).decode()):
        counts = {len(re.findall(r"(?<!\\)\|", row)) for row in table.strip().split("\n")}
        assert len(counts) == 1


@pytest.mark.parametrize(
    ("bold", "read"),
    [("a\nb", "**a**\\\n**b** and"), ("a\n", "**a**\\\n and"), ("\nb", "**b** and")],
)
def test_emphasis_ends_where_a_line_does(bold, read):
    text = written(Paragraph((Strong((Text(bold),)), Text(" and more"))))

    assert read in text
    assert "*" not in re.sub("<[^>]+>", "", markdown.markdown(text.partition(read)[1]))


def test_footnotes_are_defined_once():
    text = to_markdown.render(sample()).decode()
    used = set(re.findall(r"(?<!\n)\[\^(\d+)\](?!:)", text))
    defined = re.findall(r"(?m)^\[\^(\d+)\]: .", text)

    assert used == set(defined)
    assert len(set(defined)) == len(defined)


def test_second_mention_of_evidence_is_the_same_footnote():
    text = to_markdown.render(mentioned_twice()).decode()

    assert "[^1] [^1]" in text
    assert text.count("[^1]: ") == 1


def test_lists_quotes_and_weights():
    inner = Listing(ordered=False, items=((paragraph("deep"),),))
    text = written(
        Listing(ordered=True, items=((paragraph("one"), inner), (paragraph("two"),))),
        Quote((paragraph("said"),), by="Ana"),
        Paragraph(
            (Text("a "), Strong((Text("b "),)), Emphasis((Text("c"),)), Strong((Text(" "),)))
        ),
    )

    assert "1. one\n\n    - deep\n2. two" in text
    assert "> said\n\n> — Ana" in text
    assert "a **b** *c*" in text


def test_signs_under_a_line_make_it_no_heading():
    text = written(paragraph("Budget\n==="))

    assert "<h1>Budget" not in markdown.markdown(text)
    assert "Budget\\\n\\===" in text


@pytest.mark.parametrize("typed", ["- x", "+ x", "1. x", "1) x", "# x", "> x", "* x", "| x", "=x"])
def test_words_are_not_read_as_markup(typed):
    line = next(line for line in written(paragraph(typed)).split("\n") if line.endswith("x"))

    html = markdown.markdown(line, extensions=["tables"])

    assert html.startswith("<p>")
    assert typed.replace(">", "&gt;") in html


def test_links_keep_their_address():
    text = to_markdown.render(sample()).decode()

    assert "(<https://example.org/forum/2026>)" in text


def test_hostile_text_makes_no_element():
    html = markdown.markdown(
        to_markdown.render(hostile()).decode(), extensions=["tables", "footnotes"]
    )

    assert set(re.findall(r"<([a-z0-9]+)", html)) <= TAGS | {"h1", "h2", "sup", "div", "hr"}
    assert 'javascript:x)"' not in html
