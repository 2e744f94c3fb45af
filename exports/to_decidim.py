"""The recommendations as a CSV of Decidim's proposals.

Columns are parted by semicolons, as Decidim does where nobody set another sign; UTF-8 without a
mark, which would become part of the first column's name; bodies in HTML, one line each. Nobody has
answered yet: the state says so, and never that an office agreed.
"""

from collections.abc import Iterator
from typing import Any

from exports.document import Document, Recommendation
from exports.exchange import Told, address_of, as_html, locales, placed, told
from exports.tables import csv_lines

MIMETYPE = "text/csv"
SUFFIX = ".decidim-proposals.csv"
DELIMITER = ";"


def render(document: Document) -> bytes:
    """Write a row for each recommendation, with a title and a body in each language."""
    return csv_lines([_columns(document), *_rows(document)], DELIMITER).encode()


def _columns(document: Document) -> list[str]:
    spoken = locales(document)
    return [
        *("id", "author/name"),
        *(f"title/{lang}" for lang in spoken),
        *(f"body/{lang}" for lang in spoken),
        *("state", "reference"),
        *(f"answer/{lang}" for lang in spoken),
        *("votes", "url", "related_proposals", "published_at"),
    ]


def _rows(document: Document) -> Iterator[list[Any]]:
    spoken = locales(document)
    authors = ", ".join(one.name for one in document.forum.organisers)
    for _, one in placed(document):
        said = told(document, one)
        nothing = Told("", None)
        yield [
            *(one.number, authors),
            *(said.get(lang, nothing).title for lang in spoken),
            *(as_html(said.get(lang, nothing).body or ()) for lang in spoken),
            *("not_answered", one.id),
            *("" for _ in spoken),
            *(votes(document, one), address_of(document, one), "", document.edition.sealed or ""),
        ]


def votes(document: Document, one: Recommendation) -> int | str:
    """How many were for it, where just one room voted: figures of several are never added up.

    Nothing where fewer people voted than the forum tells of.
    """
    match one.support.ballots:
        case (only,) if only.voters >= document.method.small_cells:
            return only.in_favour
        case _:
            return ""
