"""Put texts together section by section, step by step, every stretch of them with its origin.

The words of a room are its text as of one revision. A text of the forum's own is made of such words
and of the editors'; when it is merged again, each stretch leads on to the room it came from.
"""

from __future__ import annotations

import secrets
from bisect import bisect_right
from collections.abc import Iterable, Iterator, Mapping, Sequence
from dataclasses import dataclass, field
from operator import itemgetter

from sqlalchemy import select

from facilitator.db import db
from facilitator.models import DraftClient, DraftUpdate, Face, Passage, Recommendation
from facilitator.rooms import texts, updates
from facilitator.rooms.updates import Id

#: What stands between the words of two sources in one section.
BLANK_LINE = "\n\n"


@dataclass(frozen=True)
class Stretch:
    """Words, and where they stand in the text of a room's recommendation; the editors' nowhere."""

    text: str
    origin: int | None = None
    root: str = ""
    start: int = 0

    @property
    def end(self) -> int:
        """Where they end there."""
        return self.start + len(self.text)


Stretches = list[Stretch]


@dataclass
class Words:
    """A text in stretches: its title, its sections by key, its steps by id and field."""

    title: Stretches = field(default_factory=list)
    sections: dict[str, Stretches] = field(default_factory=dict)
    steps: dict[str, dict[str, Stretches]] = field(default_factory=dict)

    def roots(self) -> Iterator[tuple[str, Stretches]]:
        """What belongs into each root of a draft."""
        yield "title", self.title
        for key, stretches in self.sections.items():
            yield f"s:{key}", stretches
        for step, fields in self.steps.items():
            for name, stretches in fields.items():
                yield f"p:{step}:{name}", stretches


def merged(parts: Sequence[Words], keys: Iterable[str]) -> Words:
    """The sections of all, those of one key behind each other; and the steps of all."""
    whole = Words()
    for part in parts:
        whole.steps |= part.steps
    for key in keys:
        for part in parts:
            if stretches := part.sections.get(key):
                gap = [Stretch(BLANK_LINE)] if key in whole.sections else []
                whole.sections[key] = [*whole.sections.get(key, []), *gap, *stretches]
    return whole


def template_of(parts: Sequence[Recommendation]) -> list[Face]:
    """The sections of several templates: each once, in the order in which they come."""
    sections: dict[str, Face] = {}
    for part in parts:
        for section in part.template:
            sections.setdefault(section["key"], section)
    for part in parts:
        for key in part.draft.text.get("sections", {}):
            sections.setdefault(key, {"key": key, "title": {part.lang: key}, "hint": {}})
    return list(sections.values())


# ---- The words of a room -------------------------------------------------------------------------


def words_of_room(part: Recommendation) -> Words:
    """The text of a room's recommendation: of each root one stretch, without blanks around it."""
    roots = texts_of(part.draft.text)
    return _words(part, {root: [_core(part.id, root, text)] for root, text in roots.items()})


def _core(origin: int, root: str, text: str) -> Stretch:
    core = text.strip()
    return Stretch(core, origin, root, text.index(core))


def texts_of(face: Face) -> dict[str, str]:
    """The texts of a rendered draft, by the root in which they stand; blank ones left out."""
    found = {"title": face.get("title", "")}
    found |= {f"s:{key}": text for key, text in face.get("sections", {}).items()}
    for step in face.get("steps", []):
        found |= {f"p:{step['id']}:{name}": step[name] for name in texts.FIELDS}
    return {root: text for root, text in found.items() if text.strip()}


def _words(part: Recommendation, roots: Mapping[str, Stretches]) -> Words:
    """Sort stretches by what they are; each step gets a new id."""
    words = Words(roots.get("title", []))
    words.sections = {root[2:]: found for root, found in roots.items() if root.startswith("s:")}
    for step in part.draft.text.get("steps", []):
        named = {name: f"p:{step['id']}:{name}" for name in texts.FIELDS}
        if fields := {name: roots[root] for name, root in named.items() if root in roots}:
            words.steps[secrets.token_hex(5)] = fields
    return words


# ---- The words of the forum's own ----------------------------------------------------------------

#: The passages of each source in each root, with the words they had when they were pulled in.
Known = dict[tuple[str, int], list[tuple[Passage, str]]]


def words_of_entry(part: Recommendation) -> Words:
    """The text of a recommendation of the desk: the words of its sources, and the editors'."""
    known = _pulled_in(part.id)
    origins = {source.id: source.origin_id for source in part.sources}
    cuts: dict[str, list[Face]] = {}
    for cut in part.draft.text.get("passages", []):
        cuts.setdefault(cut["root"], []).append(cut)
    roots: dict[str, Stretches] = {}
    for root, text in texts_of(part.draft.text).items():
        roots[root], at = [], 0
        for cut in cuts.get(root, []):
            roots[root] += _typed(text[at : cut["start"]])
            passages = known.get((root, cut["source"]), [])
            words = text[cut["start"] : cut["end"]]
            roots[root] += traced(words, passages, origins[cut["source"]])
            at = cut["end"]
        roots[root] += _typed(text[at:])
    return _words(part, roots)


def _typed(words: str) -> Stretches:
    return [Stretch(words)] if words else []


def traced(words: str, passages: Sequence[tuple[Passage, str]], origin: int) -> Iterator[Stretch]:
    """Find words of a source in its passages, of which some words may have been deleted since."""
    while words:
        found = (_shared(words, *one) for one in passages)
        size, root, start = max(found, key=itemgetter(0), default=(0, "", 0))
        if size:
            yield Stretch(words[:size], origin, root, start)
        else:  # which cannot be, as nobody else writes under the id of a passage
            yield Stretch(words[: (size := 1)])
        words = words[size:]


def _shared(words: str, passage: Passage, text: str) -> tuple[int, str, int]:
    """How long a beginning of `words` stands in a passage, and where it stood in its source."""
    low, high = 0, min(len(words), len(text))
    while low < high:
        middle = (low + high + 1) // 2
        low, high = (middle, high) if words[:middle] in text else (low, middle - 1)
    return low, passage.root, passage.start + text.index(words[:low])


def _pulled_in(draft_id: int) -> Known:
    """The passages of a draft, from its log: it keeps the words that were deleted as well."""
    query = select(DraftClient.client_id, Passage).join(Passage)
    rows = db.session.execute(query.where(DraftClient.draft_id == draft_id))
    passages: dict[int, Passage] = {row.client_id: row[1] for row in rows}
    known: Known = {}
    roots = _Roots()
    query_log = select(DraftUpdate.data).where(DraftUpdate.draft_id == draft_id)
    for data in db.session.scalars(query_log.order_by(DraftUpdate.seq)):
        if not passages:
            break
        for unit in updates.read_draft(data).structs:
            root = roots.learn(unit)
            if isinstance(unit.value, str) and (passage := passages.pop(unit.client, None)):
                known.setdefault((root, passage.source_id), []).append((passage, unit.value))
    return known


class _Roots:
    """In which root each unit of a draft stands: most say it only of their neighbours."""

    def __init__(self) -> None:
        self.clocks: dict[int, list[int]] = {}
        self.names: dict[int, list[str]] = {}

    def learn(self, unit: updates.Struct) -> str:
        """Note where a unit stands that comes after its neighbours, and tell."""
        neighbours: list[Id] = [place for place in (unit.origin, unit.right) if place]
        root = unit.root or next(map(self._at, neighbours), "")
        self.clocks.setdefault(unit.client, []).append(unit.clock)
        self.names.setdefault(unit.client, []).append(root)
        return root

    def _at(self, place: Id) -> str:
        client, clock = place
        before = bisect_right(self.clocks.get(client, []), clock)
        return self.names[client][before - 1] if before else ""
