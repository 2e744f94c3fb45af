"""Where the blocks of a Markdown text begin and end: one rule for every reader of it.

Our Markdown is a plain dialect for people who have never heard of it. A text is cut into passages
line by line, and each passage is read on its own, so nothing written in one place changes another:

* a blank line ends everything but a list;
* `# words` is a heading of one line (`#words` is not);
* `> words` is a quotation as long as each line has the mark;
* a line of cells over a line of dashes, both with `|`, begins a table;
* `- words`, `* words`, `+ words` and `1. words` begin a list, also right after a paragraph;
  a list goes on with further items of its kind and with indented lines, blank lines or not;
* everything else is a paragraph; a number other than 1 begins no list, for it would be lost.
"""

import re
from collections.abc import Iterator
from dataclasses import dataclass

NEW_LINE = re.compile("\r\n|[\r\n\N{LINE SEPARATOR}\N{PARAGRAPH SEPARATOR}]")
HEADING = re.compile(r" {0,3}#{1,6}[ \t]+\S")
QUOTE = re.compile(r" {0,3}>")
BULLET = re.compile(r"\s*[-*+][ \t]+\S")
NUMBER = re.compile(r"\s*(\d{1,9})\.[ \t]+\S")
DASHES = re.compile(r" {0,3}\|?\s*:?-+:?\s*(\|\s*:?-+:?\s*)*\|?\s*")
#: From here on a line is part of the item above, even after a blank line.
INDENT = 2


@dataclass(frozen=True, slots=True)
class Line:
    """One line with its place in the text; `loose` says that a blank line stands before it."""

    start: int
    text: str
    following: str
    loose: bool

    @property
    def end(self) -> int:
        """Where the words of the line end."""
        return self.start + len(self.text.rstrip())

    @property
    def indent(self) -> int:
        """How far it is moved in, a tab counting four."""
        wide = self.text.expandtabs(4)
        return len(wide) - len(wide.lstrip())

    def kind(self) -> str:
        """Say what the line would begin."""
        if HEADING.match(self.text):
            return "heading"
        if QUOTE.match(self.text):
            return "quote"
        if "|" in self.text and "|" in self.following and DASHES.fullmatch(self.following):
            return "table"
        if BULLET.match(self.text):
            return "bullets"
        if NUMBER.match(self.text):
            return "numbers"
        return "paragraph"


@dataclass(frozen=True, slots=True)
class Span:
    """Code points `start` up to, not with, `end` of a text, and what stands there."""

    start: int
    end: int
    kind: str


def split(text: str) -> list[Span]:
    """Cut a Markdown text into passages: disjoint, in order, covering all that is not blank."""
    spans: list[Span] = []
    for line in _lines(text):
        last = spans[-1] if spans else None
        kind = line.kind()
        if last and _goes_on(last, line, kind):
            spans[-1] = Span(last.start, line.end, last.kind)
        else:
            spans.append(Span(line.start, line.end, _opening(line, kind)))
    return spans


def _lines(text: str) -> Iterator[Line]:
    """Give the lines that are not blank."""
    ends = [m.span() for m in NEW_LINE.finditer(text)] + [(len(text), len(text))]
    starts = [0, *(after for _, after in ends)]
    rows = [text[start:end] for start, (end, _) in zip(starts, ends, strict=False)]
    loose = False
    for start, row, following in zip(starts, rows, [*rows[1:], ""], strict=False):
        if row.strip():
            yield Line(start, row, following, loose)
        loose = not row.strip()


def _opening(line: Line, kind: str) -> str:
    """Say which passage the line begins: a list that does not start at 1 is words."""
    if kind == "numbers" and (number := NUMBER.match(line.text)) and int(number[1]) != 1:
        return "paragraph"
    return kind


def _goes_on(last: Span, line: Line, kind: str) -> bool:
    """Say whether the line still belongs to the passage before it."""
    if last.kind in ("bullets", "numbers"):
        return _list_goes_on(last, line, kind)
    if line.loose or last.kind == "heading":
        return False
    if last.kind == "table":
        return "|" in line.text
    if last.kind == "quote":
        return kind == "quote"
    return _opening(line, kind) == "paragraph"


def _list_goes_on(last: Span, line: Line, kind: str) -> bool:
    if line.indent >= INDENT:
        return True
    if kind in ("bullets", "numbers"):
        return kind == last.kind or (not line.loose and _opening(line, kind) == "paragraph")
    return not line.loose and kind == "paragraph"
