"""The one model of a finished document: what is not in here is in no format.

Everything is a frozen value; sequences are tuples. `document.schema.json` says the same in JSON
Schema 2020-12. Fields are named in the order in which a reader meets them.
"""

import hashlib
import json
from collections.abc import Mapping
from dataclasses import dataclass, replace
from typing import Annotated, Any, ClassVar, Literal

from exports.richtext import Blocks, Inlines
from exports.shapes import BadDocument, Least, read, write
from exports.sources import Source, SourceBallot, SourceDraft, SourceIdea, SourceImport, Span
from exports.texts import Section, Step, Translation
from exports.vocabulary import (
    Count,
    Date,
    Hash,
    Id,
    Lang,
    Localised,
    Number,
    Time,
    Url,
    Words,
)
from exports.votes import (
    AtLeastCell,
    Ballot,
    BelowCell,
    Cell,
    Conclusion,
    Counted,
    ExactCell,
    FewerThan,
    KeptBackCell,
    Participants,
    Plenary,
    Reservation,
    SectorVotes,
    Support,
    Total,
)

__all__ = [
    "Addressee",
    "Annexes",
    "AtLeastCell",
    "BadDocument",
    "Ballot",
    "BelowCell",
    "Bridge",
    "Cell",
    "Change",
    "Chapter",
    "Conclusion",
    "Counted",
    "Document",
    "Edit",
    "Edition",
    "Evidence",
    "ExactCell",
    "FewerThan",
    "Forum",
    "KeptBackCell",
    "Licence",
    "Meeting",
    "Method",
    "Minutes",
    "News",
    "Organisation",
    "Organiser",
    "Participants",
    "Plenary",
    "Recommendation",
    "Reservation",
    "Revision",
    "Section",
    "Sector",
    "SectorVotes",
    "Source",
    "SourceBallot",
    "SourceDraft",
    "SourceIdea",
    "SourceImport",
    "Span",
    "Step",
    "Summary",
    "Support",
    "Total",
    "Translation",
    "digest",
    "digest_of",
    "digest_of_data",
    "from_json",
    "seal",
    "to_json",
]

Figure = Literal[
    "meetings", "rooms", "participants", "ideas", "themes", "drafts", "merges", "ballots"
]


@dataclass(frozen=True, slots=True, kw_only=True)
class Meeting:
    """One sitting of the forum."""

    id: Id
    city: Words
    on: Date
    place: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organiser:
    """Who invited."""

    name: Words
    role: Words | None = None
    lang: Lang | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Licence:
    """What others may do with the document."""

    name: Words
    url: Url | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Forum:
    """What the document comes from. `address`: where it and its data can be had."""

    title: Words
    subtitle: Words
    starts: Date
    ends: Date
    languages: tuple[Lang, ...]
    meetings: tuple[Meeting, ...]
    organisers: tuple[Organiser, ...]
    licence: Licence
    contact: Words | None = None
    address: Url | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class News:
    """What became of a recommendation since the edition before."""

    recommendation: Id
    kind: Literal["added", "changed", "removed"]
    title: Words
    lang: Lang


@dataclass(frozen=True, slots=True, kw_only=True)
class Edition:
    """Which state of the document this is. `hash` is that of the model without this field.

    A sealed edition names the key that signs its seal, and follows the one before by its hash.
    """

    version: Words
    status: Literal["draft", "final"]
    sealed: Date | None = None
    hash: Hash | None = None
    key: Words | None = None
    follows: Hash | None = None
    news: tuple[News, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Sector:
    """A side of the table; sectors are always printed in the order of the model."""

    id: Id
    name: Localised


@dataclass(frozen=True, slots=True, kw_only=True)
class Summary:
    """Two pages for those who read two pages; `highlights` are recommendations, best first."""

    blocks: Blocks
    highlights: tuple[Id, ...]


@dataclass(frozen=True, slots=True, kw_only=True)
class Method:
    """How the document came about. No count below `small_cells` is printed by sector.

    `whole`: the votes of plenaries on all of it at once, which are added to no other, with the
    `reservations` that were made in them.
    """

    blocks: Blocks
    figures: Mapping[Figure, Count]
    participants: tuple[Participants, ...]
    small_cells: Annotated[int, Least(2)]
    whole: tuple[Ballot, ...] = ()
    reservations: tuple[Reservation, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Addressee:
    """The office that can act."""

    name: Words
    level: Literal[
        "city", "county", "region", "national", "university", "employer", "european", "institution"
    ]
    lang: Lang | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Revision:
    """Which text this is."""

    number: Number
    hash: Hash


@dataclass(frozen=True, slots=True, kw_only=True)
class Recommendation:
    """What the forum asks for. `id` is stable over all editions; `number` is not.

    `hash` is that of the recommendation without this field: its text, votes, sources and revisions.
    """

    type: ClassVar[str] = "recommendation"
    id: Id
    number: Number
    lang: Lang
    title: Words
    addressees: tuple[Addressee, ...]
    sections: tuple[Section, ...]
    steps: tuple[Step, ...]
    support: Support
    reservations: tuple[Reservation, ...]
    sources: tuple[Source, ...]
    revision: Revision
    translations: tuple[Translation, ...] = ()
    plenary: Plenary | None = None
    hash: Hash | None = None

    @property
    def cities(self) -> tuple[str, ...]:
        """Where it was raised, as its sources say, each place once."""
        named = (city for one in self.sources for city in (one.city, *one.earlier))
        return tuple(dict.fromkeys(named))


@dataclass(frozen=True, slots=True, kw_only=True)
class Bridge:
    """The editors' words between recommendations; nobody voted on them, and the print says so."""

    type: ClassVar[str] = "bridge"
    blocks: Blocks
    lang: Lang | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Chapter:
    """One track. `intro` is by the editors and is printed as such.

    `lang` and `translations` are of the title and the introduction.
    """

    id: Id
    number: Number
    title: Words
    content: tuple[Bridge | Recommendation, ...]
    lang: Lang | None = None
    translations: tuple[Translation, ...] = ()
    track: Words | None = None
    intro: Blocks = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Evidence:
    """What a recommendation relies on; `standing` says whether the editors saw it."""

    id: Id
    kind: Literal[
        "law", "statistics", "research", "survey", "count",
        "interviews", "speech", "minutes", "testimony", "practice",
        "idea", "source",
    ]  # fmt: skip
    content: Inlines
    standing: Literal["checked", "reported"]
    lang: Lang | None = None
    url: Url | None = None
    given_in: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Organisation:
    """Who took part, as an organisation; people are never named."""

    name: Words
    city: Words | None = None
    lang: Lang | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Change:
    """What became of a recommendation when texts were put together."""

    on: Date
    recommendation: Id
    kind: Literal["merged", "split", "reworded", "amended", "moved", "withdrawn"]
    text: Words
    agreed: Words | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Minutes:
    """What was said at a meeting."""

    meeting: Id
    blocks: Blocks
    lang: Lang | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class Edit:
    """A step of the editors; one that was undone stays in the log. `at` is the time, in UTC."""

    on: Date
    what: Words
    by: Words | None = None
    at: Time | None = None
    undone: bool = False


@dataclass(frozen=True, slots=True, kw_only=True)
class Annexes:
    """Three of the annexes; the first, on provenance, is made of all sources in order."""

    changes: tuple[Change, ...] = ()
    minutes: tuple[Minutes, ...] = ()
    edits: tuple[Edit, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Document:
    """The final document of a forum.

    `lang` is the language of the cover, the annexes and all that names no other; recommendations
    are printed in it as far as they are translated, in a bilingual edition beside another one.
    `sample` prints a notice that everything is invented.
    """

    schema: Literal["facilitator-document/1"] = "facilitator-document/1"
    lang: Lang
    beside: Lang | None = None
    forum: Forum
    edition: Edition
    sectors: tuple[Sector, ...]
    summary: Summary
    method: Method
    chapters: tuple[Chapter, ...]
    notes: tuple[Evidence, ...]
    organisations: tuple[Organisation, ...]
    annexes: Annexes
    sample: bool = False

    @property
    def recommendations(self) -> tuple[Recommendation, ...]:
        """All recommendations, in printing order."""
        parts = (part for chapter in self.chapters for part in chapter.content)
        return tuple(part for part in parts if isinstance(part, Recommendation))


def to_json(document: Document) -> dict[str, Any]:
    """Give the document as plain data: what `document.schema.json` describes.

    What is left at its default is left out, so equal documents give equal data.
    """
    return {"schema": document.schema, **write(document)}


def from_json(data: object) -> Document:
    """Read a document from plain data; `from_json(to_json(d)) == d`.

    Raises BadDocument, which names the path of the first thing that is not as the model says.
    """
    try:
        document: Document = read(Document, data)
    except RecursionError:
        raise BadDocument("", "is nested too deeply") from None
    if not isinstance(data, dict) or "schema" not in data:
        raise BadDocument("schema", "is missing")
    return document


def digest(document: Document) -> str:
    """Compute the hash of a document: the SHA-256 of its data without the field `edition.hash`.

    Of the JSON in UTF-8, its keys sorted, without spaces; so whoever has the data file can check
    with any tool that it is what the paper says.
    """
    bare = replace(document, edition=replace(document.edition, hash=None))
    return digest_of_data(to_json(bare))


def digest_of(recommendation: Recommendation) -> str:
    """Compute the hash of one recommendation in the same way, without its field `hash`."""
    return digest_of_data(write(replace(recommendation, hash=None)))


def digest_of_data(data: object) -> str:
    """Compute the hash of plain data in the same way: of its JSON, sorted, without spaces."""
    text = json.dumps(data, ensure_ascii=False, sort_keys=True, separators=(",", ":"))
    return "sha256:" + hashlib.sha256(text.encode()).hexdigest()


def seal(document: Document) -> Document:
    """Give the same document with its hash in place, and those of its recommendations."""
    chapters = tuple(
        replace(chapter, content=tuple(map(_sealed, chapter.content)))
        for chapter in document.chapters
    )
    hashed = replace(document, chapters=chapters)
    return replace(hashed, edition=replace(hashed.edition, hash=digest(hashed)))


def _sealed(part: Recommendation | Bridge) -> Recommendation | Bridge:
    return replace(part, hash=digest_of(part)) if isinstance(part, Recommendation) else part
