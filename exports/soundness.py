"""What a schema cannot say: that everything a document refers to exists, and only once."""

from collections.abc import Iterable, Iterator
from dataclasses import fields, is_dataclass
from typing import Any

from exports.document import Document, Recommendation, from_json, to_json
from exports.richtext import Note
from exports.shapes import BadDocument


def check(document: Document) -> None:
    """Raise BadDocument when a value has a wrong shape or a reference leads nowhere."""
    from_json(to_json(document))
    _check_unique(document)
    _check_summary(document)
    _check_known(document)
    for number, recommendation in enumerate(document.recommendations):
        _check_spans(recommendation, f"recommendations[{number}]")


def walk(thing: Any) -> Iterator[Any]:
    """Visit every value of the model, outermost first."""
    if isinstance(thing, tuple):
        for one in thing:
            yield from walk(one)
    elif is_dataclass(thing):
        yield thing
        for field in fields(thing):
            yield from walk(getattr(thing, field.name))


def _once(values: Iterable[object], path: str, what: str) -> None:
    seen: set[object] = set()
    for one in values:
        if one in seen:
            raise BadDocument(path, f"two {what} are both {one}")
        seen.add(one)


def _check_unique(document: Document) -> None:
    recommendations = document.recommendations
    _once((r.id for r in recommendations), "chapters", "ids of recommendations")
    _once((r.number for r in recommendations), "chapters", "numbers of recommendations")
    _once((c.id for c in document.chapters), "chapters", "ids of chapters")
    _once((n.id for n in document.notes), "notes", "ids of evidence")
    _once((s.id for s in document.sectors), "sectors", "ids of sectors")
    _once((m.id for m in document.forum.meetings), "forum.meetings", "ids of meetings")
    for one in recommendations:
        _once((s.id for s in one.sources), f"{one.id}.sources", "letters of sources")


def _check_summary(document: Document) -> None:
    known = {one.id for one in document.recommendations}
    changed = (change.recommendation for change in document.annexes.changes)
    for path, ids in (("summary.highlights", document.summary.highlights), ("changes", changed)):
        if strange := [one for one in ids if one not in known]:
            raise BadDocument(path, f"no recommendation is {strange[0]}")


def _check_known(document: Document) -> None:
    notes = {one.id for one in document.notes}
    sectors = {one.id for one in document.sectors}
    meetings = {one.id for one in document.forum.meetings}
    for thing in walk(document):
        if isinstance(thing, Note):
            _known(thing.ref, notes, "notes")
        named = (getattr(thing, "sector", None), *getattr(thing, "joined", ()))
        for sector in filter(None, named):
            _known(sector, sectors, "sectors")
        if meeting := getattr(thing, "meeting", None):
            _known(meeting, meetings, "forum.meetings")


def _known(one: str, among: set[str], path: str) -> None:
    if one not in among:
        raise BadDocument(path, f"there is no {one}, but something refers to it")


def _check_spans(recommendation: Recommendation, path: str) -> None:
    blocks = (block for section in recommendation.sections for block in section.blocks)
    places = {one.id for one in (*blocks, *recommendation.steps) if one.id}
    for source in recommendation.sources:
        for span in source.spans:
            _known(span.block, places, f"{path}.sources.{source.id}.spans")
