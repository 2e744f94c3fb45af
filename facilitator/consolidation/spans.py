"""Sections of a recommendation as blocks of the document, each tied to the sources of its words."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from dataclasses import dataclass, field, replace
from itertools import count

from exports import markup
from exports.citations import Cite, blanked, cited
from exports.document import Section, Span
from exports.richtext import Block, plain
from facilitator.i18n import said
from facilitator.models import Face, Recommendation

#: Of each root of a draft, where words of sources stand in it: {"start", "end", "source"}.
Cuts = Mapping[str, list[Face]]


@dataclass
class Written:
    """The sections of a recommendation, and the spans of each of its sources."""

    sections: tuple[Section, ...] = ()
    spans: dict[int, list[Span]] = field(default_factory=dict)

    def tie(self, source: int, span: Span) -> None:
        """Note that words of a source stand there."""
        known = self.spans.setdefault(source, [])
        if span not in known:
            known.append(span)


def cuts_of(face: Face) -> Cuts:
    """The passages of a rendered draft, by root."""
    cuts: dict[str, list[Face]] = {}
    for cut in face.get("passages", []):
        cuts.setdefault(cut["root"], []).append(cut)
    return cuts


def written(entry: Recommendation, name: str, cite: Cite, skip: Iterable[str] = ()) -> Written:
    """Read the sections of `entry`, in the order of its template, but for those in `skip`.

    `cite` gives the note for each mark in them.
    """
    face, told = entry.draft.text, Written()
    cuts, sections = cuts_of(face), []
    for number, section in enumerate(entry.template, 1):
        text = face.get("sections", {}).get(section["key"], "")
        if section["key"] in skip or not text.strip():
            continue
        here = f"{name}.s{number}"
        blocks = _blocks(told, text, cuts.get(f"s:{section['key']}", []), here, cite)
        if blocks:
            heading = markup.clean_line(said(section["title"], entry.lang)) or section["key"]
            sections.append(Section(id=here, heading=heading, blocks=blocks))
    told.sections = tuple(sections)
    return told


def _blocks(told: Written, text: str, cuts: list[Face], name: str, cite: Cite) -> tuple[Block, ...]:
    numbers = count(1)
    blocks: list[Block] = []
    for passage in markup.to_passages(text):
        read = cited(passage.blocks, cite)
        named = [replace(block, id=f"{name}.b{next(numbers)}") for block in read]
        for cut in cuts:
            start, end = max(passage.start, cut["start"]), min(passage.end, cut["end"])
            if text[start:end].strip():
                for block in named:
                    span = _span(block, text, (passage.start, passage.end), (start, end))
                    told.tie(cut["source"], span)
        blocks += named
    return tuple(blocks)


def _span(block: Block, text: str, whole: tuple[int, int], part: tuple[int, int]) -> Span:
    """Where a part of a Markdown text stands in the block made of it; all of it where unclear."""
    assert block.id  # noqa: S101 - for the type checker: it was named
    if not (text[whole[0] : part[0]] + text[part[1] : whole[1]]).strip():
        return Span(block=block.id)
    places = _places(plain((block,)), blanked(text), whole)
    inside = [at for at, place in enumerate(places) if part[0] <= place < part[1]]
    if not inside:
        return Span(block=block.id)
    return Span(block=block.id, start=inside[0], end=inside[-1] + 1)


def _places(words: str, text: str, whole: tuple[int, int]) -> list[int]:
    """Of each character of a block, where it stands in the Markdown; empty where one is not found.

    Markup only takes characters away, so each is the next of its kind.
    """
    places: list[int] = []
    at = whole[0]
    for character in words:
        at = text.find(character, at, whole[1])
        if at < 0:
            return []
        places.append(at)
        at += 1
    return places
