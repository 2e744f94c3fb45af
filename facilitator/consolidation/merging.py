"""Put texts together section by section, row by row, every stretch of them with its origin.

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
from facilitator.i18n import t
from facilitator.models import DraftClient, DraftUpdate, Face, Passage, Recommendation
from facilitator.rooms import texts, updates
from facilitator.rooms.levels import ADDRESSEE
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


@dataclass(frozen=True)
class Asked:
    """An office in stretches, and how high it stands."""

    office: Stretches
    level: str


@dataclass
class Words:
    """A text in stretches: title, sections by key, steps by id and field, addressees by id."""

    title: Stretches = field(default_factory=list)
    sections: dict[str, Stretches] = field(default_factory=dict)
    steps: dict[str, dict[str, Stretches]] = field(default_factory=dict)
    addressees: dict[str, Asked] = field(default_factory=dict)

    @property
    def levels(self) -> dict[str, str]:
        """The level of each addressee, "" where none was chosen."""
        return {row: asked.level for row, asked in self.addressees.items()}

    def roots(self) -> Iterator[tuple[str, Stretches]]:
        """What belongs into each root of a draft."""
        yield "title", self.title
        for key, stretches in self.sections.items():
            yield f"s:{key}", stretches
        for step, fields in self.steps.items():
            for name, stretches in fields.items():
                yield f"p:{step}:{name}", stretches
        for row, asked in self.addressees.items():
            yield f"a:{row}:office", asked.office


def merged(parts: Sequence[Words], keys: Iterable[str]) -> Words:
    """The sections of all, those of one key behind each other; and the rows of all, each its own.

    An office that two texts ask is there twice, with either's source; the document names it once.
    """
    whole = Words()
    for part in parts:
        whole.steps |= part.steps
        whole.addressees |= part.addressees
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
        if part.draft.text.get("addressees"):
            title = {part.lang: t("Addressees", lang=part.lang)}
            sections.setdefault(ADDRESSEE, {"key": ADDRESSEE, "title": title, "hint": {}})
    return list(sections.values())


# ---- The words of a room -------------------------------------------------------------------------


def words_of_room(part: Recommendation) -> Words:
    """The text of a room's recommendation: of each root one stretch, without blanks around it."""
    roots = texts.texts_of(part.draft.text)
    return _words(part, {root: [core(part.id, root, text)] for root, text in roots.items()})


def core(origin: int, root: str, text: str) -> Stretch:
    """The words of a text of a room's, without blanks around them."""
    words = text.strip()
    return Stretch(words, origin, root, text.index(words))


def _words(part: Recommendation, roots: Mapping[str, Stretches]) -> Words:
    """Sort stretches by what they are; each step and each addressee gets a new id."""
    words = Words(roots.get("title", []))
    words.sections = {root[2:]: found for root, found in roots.items() if root.startswith("s:")}
    for step in part.draft.text.get("steps", []):
        named = {name: f"p:{step['id']}:{name}" for name in texts.FIELDS}
        if fields := {name: roots[root] for name, root in named.items() if root in roots}:
            words.steps[secrets.token_hex(5)] = fields
    for row in part.draft.text.get("addressees", []):
        if office := roots.get(f"a:{row['id']}:office"):
            words.addressees[secrets.token_hex(5)] = Asked(office, row["level"])
    return words


# ---- The words of the forum's own ----------------------------------------------------------------

#: The passages of each source in each root, with the words they had when they were pulled in.
Known = dict[tuple[str, int], list[tuple[Passage, str]]]


def words_of_entry(part: Recommendation) -> Words:
    """The text of a recommendation of the desk: the words of its sources, and the editors'."""
    known = pulled_in(part.id)
    origins = {source.id: source.origin_id for source in part.sources}
    cuts: dict[str, list[Face]] = {}
    for cut in part.draft.text.get("passages", []):
        cuts.setdefault(cut["root"], []).append(cut)
    roots: dict[str, Stretches] = {}
    for root, text in texts.texts_of(part.draft.text).items():
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


def pulled_in(draft_id: int) -> Known:
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
            # Words that were pulled in stand under an id of their own; those from the floor, which
            # a browser has written, may be several under one.
            take = passages.pop if unit.client >= updates.LEASED else passages.get
            if isinstance(unit.value, str) and (passage := take(unit.client, None)):
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
