"""The recommendations as a CSV of OpenSlides' motions.

Commas, UTF-8 without a mark, texts in HTML, one line each. A text that does not end in a paragraph
would be wrapped into one, so each ends with where it is from. The number is the recommendation's
own id: brought in a second time, a motion is updated and no other one touched. People are not
named; a category is found where the assembly has one of that name.
"""

from collections.abc import Iterator

from exports.document import Document, Recommendation
from exports.exchange import as_html, placed, told
from exports.richtext import Paragraph, Text
from exports.tables import csv_lines
from exports.wording import Wording

MIMETYPE = "text/csv"
SUFFIX = ".openslides-motions.csv"
COLUMNS = (
    *("title", "text", "number", "reason", "submitters_verbose", "submitters_username"),
    *("supporters_verbose", "supporters_username", "category_name", "category_prefix"),
    *("tags", "block", "motion_amendment"),
)


def render(document: Document) -> bytes:
    """Write a row for each recommendation, in the language it was written in."""
    return csv_lines([COLUMNS, *_rows(document)]).encode()


def _rows(document: Document) -> Iterator[list[str]]:
    for chapter, one in placed(document):
        said = told(document, one)[one.lang]
        text = as_html((*(said.body or ()), _origin(document, one)))
        yield [one.title, text, one.id, *[""] * 5, chapter.title, *[""] * 4]


def _origin(document: Document, one: Recommendation) -> Paragraph:
    edition = Wording(one.lang)("edition", version=document.edition.version)
    return Paragraph((Text(f"{document.forum.title}. {edition}, {one.number}"),))
