"""Headings of a text as recommendations, with what stands below each of them (pure)."""

from __future__ import annotations

from collections import Counter
from collections.abc import Iterator, Sequence
from itertools import groupby

from exports.markup import clean_line
from exports.plain_markdown import markdown_of
from exports.richtext import Block, Blocks, Heading, Listing, Paragraph, Table, plain_inlines
from facilitator.exchange.found import MOST, BadFile, Found, Part, Row, Sort, Wrong, checked
from facilitator.exchange.wordfiles import Line, lines_of


def read_headings(data: bytes, lang: str, level: int = 0) -> Found:
    """Read a DOCX or ODT; raises BadFile.

    Headings of `level` are titles; 0: the highest level of which there are at least two. A heading
    above is the name of a track, one below is a heading in the text.
    """
    lines = lines_of(data)
    levels = Counter(line.level for line in lines if line.level and _text(line))
    if not levels:
        raise BadFile(
            "There is no heading in this text. Give each title the style “Heading 1”, "
            "and choose the file again."
        )
    titles = level or min((one for one, n in levels.items() if n > 1), default=min(levels))
    if not levels[titles]:
        raise BadFile("There is no heading of level {n} in this text.", n=titles)
    if levels[titles] > MOST:
        raise BadFile("At most {n} recommendations can come in with one file.", n=MOST)
    rows = [_row(number, *found, lang) for number, found in enumerate(_cut(lines, titles), 1)]
    return Found(Sort.HEADINGS, rows=rows)


def _text(line: Line) -> str:
    return clean_line(plain_inlines(line.words))


def _cut(lines: Sequence[Line], titles: int) -> Iterator[tuple[str, str, list[Line]]]:
    """Each title with the track it stands in, and the lines below it."""
    track, title = "", ""
    below: list[Line] = []
    for line in lines:
        if line.level and line.level <= titles and _text(line):
            if title:
                yield title, track, below
            below = []
            title = _text(line) if line.level == titles else ""
            track = track if line.level == titles else _text(line)
        else:
            below.append(line)
    if title:
        yield title, track, below


def _row(number: int, title: str, track: str, below: list[Line], lang: str) -> Row:
    text = markdown_of(tuple(_blocks(below)))
    row = Row(number, title, [Part("recommendation", "", text)], lang, track=track[:120])
    return checked(row, *([] if text else [Wrong("There is no text below this heading.")]))


# ---- Lines as blocks -----------------------------------------------------------------------------


def _blocks(lines: list[Line]) -> Iterator[Block]:
    for kind, group in groupby(lines, _kind):
        found = [line for line in group if line.cells or _text(line)]
        if not found:
            continue
        match kind:
            case "item":
                yield from _lists(found)
            case "row":
                width = max(len(line.cells) for line in found)
                rows = [(*line.cells, *[()] * (width - len(line.cells))) for line in found]
                yield Table(rows[0], tuple(rows[1:]))
            case "heading":
                yield from (Heading(line.words) for line in found)
            case _:
                yield from (Paragraph(line.words) for line in found)


def _kind(line: Line) -> str:
    if line.level:
        return "heading"
    if line.depth:
        return "item"
    return "row" if line.cells else "paragraph"


def _lists(lines: list[Line]) -> Blocks:
    """Items as lists: those that are deeper than the first belong to the one above them."""
    top, found = lines[0].depth, list[Block]()
    for ordered, group in groupby(_items(lines, top), lambda item: item[0].ordered):
        items = tuple(
            (Paragraph(first.words), *(_lists(deeper) if deeper else ()))
            for first, *deeper in group
        )
        found.append(Listing(ordered, items))
    return tuple(found)


def _items(lines: list[Line], top: int) -> Iterator[list[Line]]:
    item: list[Line] = []
    for line in lines:
        if line.depth <= top and item:
            yield item
            item = []
        item.append(line)
    yield item
