"""Where the passages of a recommendation came from."""

from dataclasses import dataclass
from typing import Literal

from exports.vocabulary import Count, Date, Hash, Id, Lang, Letter, Words


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceIdea:
    """An idea that led to the text; `text` may be left out.

    `via` says how it came in where somebody else wrote it down; `slip` is the number on its slip.
    """

    id: Id
    text: Words | None = None
    lang: Lang | None = None
    via: Literal["slip", "spoken"] | None = None
    slip: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceDraft:
    """The draft of a room, and the revision that was taken over; the hash where it was adopted."""

    id: Id
    revision: Count
    title: Words | None = None
    lang: Lang | None = None
    hash: Hash | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceBallot:
    """How the room voted on its own draft."""

    id: Id
    in_favour: Count
    voters: Count


@dataclass(frozen=True, slots=True, kw_only=True)
class Span:
    """A passage: a whole block or step, or its characters from `start` up to, not with, `end`.

    Characters are the code points of `richtext.plain((block,))`, or of the step's `what`.
    """

    block: Id
    start: Count | None = None
    end: Count | None = None


@dataclass(frozen=True, slots=True, kw_only=True)
class SourceImport:
    """Starting material that was brought in: from a sealed document, or from another file.

    `name`: the forum of the document, or the file; `number`: of the recommendation, or of the row;
    `cities`: where it was raised there.
    """

    name: Words
    number: Count
    version: Words | None = None
    sealed: Date | None = None
    hash: Hash | None = None
    id: Id | None = None
    standing: Literal["adopted", "rejected", "open"] | None = None
    cities: tuple[Words, ...] = ()


@dataclass(frozen=True, slots=True, kw_only=True)
class Source:
    """Where passages came from: a room of a meeting, its ideas, its draft, its ballots.

    `earlier` names the places of earlier meetings from which its text was carried on.
    `id` is the letter printed behind every passage in `spans`. `idea_count` says how many ideas
    there were when not all of them are listed in `ideas`.
    """

    id: Letter
    kind: Literal["recommendation", "ideas", "minutes", "speech"]
    room: Words
    meeting: Id
    city: Words
    spans: tuple[Span, ...]
    track: Words | None = None
    ideas: tuple[SourceIdea, ...] = ()
    idea_count: Count | None = None
    draft: SourceDraft | None = None
    earlier: tuple[Words, ...] = ()
    ballots: tuple[SourceBallot, ...] = ()
    imported: SourceImport | None = None
