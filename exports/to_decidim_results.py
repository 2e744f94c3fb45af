"""The recommendations as a CSV of Decidim's results: each of them, and its steps as its parts.

As of proposals. Where things stand and how far they are is left for those who do them; addresses of
proposals there are none, for Decidim takes the last digit of any address for one of its own.
"""

import re
from collections.abc import Iterator
from itertools import count
from typing import Any

from exports.document import Document, Step
from exports.exchange import Told, as_html, locales, placed, told
from exports.richtext import Paragraph, Text
from exports.tables import csv_lines
from exports.to_decidim import DELIMITER, MIMETYPE

__all__ = ["MIMETYPE", "SUFFIX", "render"]

SUFFIX = ".decidim-results.csv"
DAY = r"\d{4}-\d{2}-\d{2}"


def render(document: Document) -> bytes:
    """Write a row for each recommendation, and below it a row for each of its steps."""
    return csv_lines([_columns(document), *_rows(document)], DELIMITER).encode()


def _columns(document: Document) -> list[str]:
    spoken = locales(document)
    return [
        "id",
        *(f"title/{lang}" for lang in spoken),
        *(f"description/{lang}" for lang in spoken),
        *("start_date", "end_date", "status/key", "progress", "parent/id", "proposal_urls"),
    ]


def _rows(document: Document) -> Iterator[list[Any]]:
    spoken = locales(document)
    numbers = count(len(document.recommendations) + 1)
    for _, one in placed(document):
        yield _row(spoken, one.number, told(document, one), "", "")
        for step in one.steps:
            said = {one.lang: Told(" ".join(step.what.split()), tuple(_about(step)))}
            ends = step.by if step.by and re.fullmatch(DAY, step.by) else ""
            yield _row(spoken, next(numbers), said, ends, one.number)


def _row(
    spoken: list[str], number: int, said: dict[str, Told], ends: str, parent: int | str
) -> list[Any]:
    nothing = Told("", None)
    return [
        number,
        *(said.get(lang, nothing).title for lang in spoken),
        *(as_html(said.get(lang, nothing).body or ()) for lang in spoken),
        *("", ends, "", "", parent, ""),
    ]


def _about(step: Step) -> Iterator[Paragraph]:
    """Who, with whom, by when, at what cost, and by what one sees it: a paragraph each."""
    for said in (step.who, ", ".join(step.partners), step.by, step.cost, step.indicator):
        if said:
            yield Paragraph((Text(said),))
