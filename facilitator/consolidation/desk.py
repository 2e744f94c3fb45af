"""The desk: put the rooms' recommendations into the forum's document, alone or merged."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Sequence
from typing import Annotated

from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.consolidation.chapters import GAP, Place, chapter_here, put
from facilitator.consolidation.merging import (
    Stretch,
    Words,
    merged,
    template_of,
    words_of_entry,
    words_of_room,
)
from facilitator.consolidation.steps import Changes, at_desk, record
from facilitator.consolidation.survey import survey_due
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Chapter,
    Face,
    Passage,
    Recommendation,
    Room,
    Source,
    Status,
    Written,
)
from facilitator.rooms.motions import refuse_voting
from facilitator.rooms.recommendations import LONGEST, Piece, begin, write_pieces
from facilitator.rooms.reopening import hash_of
from facilitator.rooms.versions import keep_decided
from facilitator.shapes import many, one_line

__all__ = ["survey_due"]

#: Texts that are merged at once; sources that one recommendation can have.
MOST_AT_ONCE, MOST_SOURCES = 20, 60

Several = Annotated[list[int], many(2, MOST_AT_ONCE)]
Title = Annotated[str, one_line(LONGEST)]


@action("desk.place", who=ORGANISERS)
def place(actor: Actor, *, recommendation: int, chapter: int) -> Face:
    """Put a room's recommendation into a chapter, in the words of the room."""
    at_desk(actor)
    part = _parts(actor, [recommendation])[0]
    if _of_the_desk(actor, part):
        raise Refused("“{title}” is in the document already.", code="conflict", title=part.title)
    return _enter(actor, "desk.place", [part], chapter_here(actor, chapter))


@action("desk.merge", who=ORGANISERS)
def merge(actor: Actor, *, recommendations: Several, chapter: int, title: Title) -> Face:
    """Make one of several: of rooms' recommendations, and of what stands in the document already.

    All sources are kept. What stood in the document is put aside; undoing brings it back.
    """
    at_desk(actor)
    parts = _parts(actor, recommendations)
    return _enter(actor, "desk.merge", parts, chapter_here(actor, chapter), title)


@action("desk.move", who=ORGANISERS)
def move(actor: Actor, *, recommendation: int, chapter: int, position: Place) -> Face:
    """Move a recommendation to a place in a chapter, from 0."""
    at_desk(actor)
    entry, into = entry_here(actor, recommendation), chapter_here(actor, chapter)
    changes = Changes()
    _use_chapter(changes, entry)
    changes.use(into)
    if entry.chapter_id != into.id:
        changes.set(entry, chapter_id=into.id)
    others = [one for one in entries_of(actor, into) if one is not entry]
    moved = put(changes, entry, others, position)
    publish(actor.room, entry, *moved)
    return {"step": record(actor, "desk.move", [entry.title], changes).id}


@action("desk.adopt", who=ORGANISERS)
def adopt(actor: Actor, *, recommendation: int, on: bool) -> Face:
    """Mark a recommendation as adopted, which closes its text; or open it again."""
    at_desk(actor)
    entry = entry_here(actor, recommendation)
    changes = Changes()
    status = Status.ADOPTED if on else Status.DRAFT
    if entry.status != status:
        ready = on and entry.draft.rendered_seq >= entry.draft.seq
        changes.set(
            entry,
            status=status,
            adopted_seq=entry.draft.seq if on else None,
            adopted_hash=hash_of(entry.draft.text) if ready else None,
        )
        if on:
            keep_decided(entry, entry.draft.seq)
    publish(actor.room, entry)
    return {"step": record(actor, "desk.adopt", [entry.title], changes).id}


@action("desk.remove", who=ORGANISERS)
def remove(actor: Actor, *, recommendation: int) -> Face:
    """Take a recommendation out of the document; its sources can be placed again."""
    at_desk(actor)
    entry = entry_here(actor, recommendation)
    changes = Changes()
    put_aside(actor, changes, entry)
    for source in entry.sources:
        changes.carry(source.origin_id, entry.id, None)
    return {"step": record(actor, "desk.remove", [entry.title], changes).id}


# ---- Making one of several -----------------------------------------------------------------------


def _enter(
    actor: Actor,
    name: str,
    parts: Sequence[Recommendation],
    chapter: Chapter,
    title: str | None = None,
) -> Face:
    """Make a recommendation of the forum's of these texts, at the end of a chapter.

    Without a title it has that of the first.
    """
    refuse_unready(parts)
    _refuse_placed(actor, parts)
    words = [words_of_entry(p) if _of_the_desk(actor, p) else words_of_room(p) for p in parts]
    template = template_of(parts)
    whole = merged(words, [section["key"] for section in template])
    whole.title = _title(parts, words, title)
    changes = Changes()
    entry = begin(actor.room, title="", lang=parts[0].lang, template=template)
    entry.title, entry.chapter_id = title or parts[0].title, chapter.id
    entry.position = max((one.position for one in entries_of(actor, chapter)), default=0) + GAP
    _add_sources(actor, changes, entry, parts)
    write_pieces(entry, pieces(entry, whole), whole.steps, whole.levels)
    changes.make(entry)
    changes.use(chapter)
    publish(actor.room, entry, entry.draft)
    for part in parts:
        if _of_the_desk(actor, part):
            put_aside(actor, changes, part)
    about = [entry.title, *(part.title for part in parts if title is not None)]
    return {"id": entry.id, "step": record(actor, name, about, changes).id}


def refuse_unready(parts: Iterable[Written]) -> None:
    """The words are taken as they were last read from the draft, which may be on its way."""
    for part in parts:
        if part.draft.rendered_seq < part.draft.seq:
            raise Refused(
                "“{title}” is still being written. It will be tried again.",
                code="retry",
                retry=True,
                title=part.title,
            )


def _refuse_placed(actor: Actor, parts: Sequence[Recommendation]) -> None:
    """What is in the document may not come into it a second time: it would be counted twice."""
    ids = [part.id for part in parts]
    live = Recommendation.room_id == actor.room.id, Recommendation.gone.is_(False)
    query = select(Source.origin_id).join(
        Recommendation, Recommendation.id == Source.recommendation_id
    )
    found = db.session.scalar(query.where(Source.origin_id.in_(ids), *live))
    if found is not None:
        title = next(part.title for part in parts if part.id == found)
        raise Refused("“{title}” is in the document already.", code="conflict", title=title)


def _title(
    parts: Sequence[Recommendation], words: Sequence[Words], title: str | None
) -> list[Stretch]:
    """A title that one of the texts has is that one's, any other the editors'."""
    wanted = title or parts[0].title
    for part, one in zip(parts, words, strict=True):
        if part.title == wanted and one.title:
            return one.title
    return [Stretch(wanted)]


def _add_sources(
    actor: Actor, changes: Changes, entry: Recommendation, parts: Sequence[Recommendation]
) -> None:
    """Note where the text comes from: the rooms' recommendations, each at its revision."""
    found: list[tuple[int, int, int | None]]
    for part in parts:
        if _of_the_desk(actor, part):
            found = [(one.origin_id, one.revision, part.id) for one in part.sources]
        else:
            found = [(part.id, part.draft.seq, None)]
        for origin_id, revision, before in found:
            place = len(entry.sources)
            source = Source(origin_id=origin_id, revision=revision, position=place)
            entry.sources.append(source)
            changes.carry(origin_id, before, entry.id)
    if len(entry.sources) > MOST_SOURCES:
        raise Refused("One text can have {n} sources.", code="too_many", n=MOST_SOURCES)
    db.session.flush()


def pieces(entry: Recommendation, whole: Words) -> Iterator[Piece]:
    """The text for its draft: each stretch with its passage, the editors' without."""
    sources = {source.origin_id: source.id for source in entry.sources}
    passages: list[tuple[str, Stretch, Passage | None]] = []
    for root, stretches in whole.roots():
        for one in stretches:
            passage = None
            if one.origin is not None:
                place = {"root": one.root, "start": one.start, "end": one.end}
                passage = Passage(source_id=sources[one.origin], **place)
                db.session.add(passage)
            passages.append((root, one, passage))
    db.session.flush()  # all of them at once: they need their ids
    for root, one, passage in passages:
        yield Piece(root, one.text, passage)


# ---- Finding -------------------------------------------------------------------------------------


def _parts(actor: Actor, ids: Sequence[int]) -> list[Recommendation]:
    """Recommendations of the forum's rooms and of its desk, in the order of `ids`."""
    if len(set(ids)) < len(ids):
        raise Refused("Choose each text once.", code="bad_shape")
    query = select(Recommendation).join(Room, Room.id == Recommendation.room_id)
    here = (
        Room.forum_id == actor.room.forum_id,
        Recommendation.gone.is_(False),
        # What lies before a plenary is the desk's already.
        Recommendation.entry_id.is_(None),
    )
    more = joinedload(Recommendation.draft), selectinload(Recommendation.sources)
    rows = db.session.scalars(query.where(Recommendation.id.in_(ids), *here).options(*more))
    found = {row.id: row for row in rows}
    texts = [one for one in found.values() if one.chapter_id or not _of_the_desk(actor, one)]
    if len(texts) < len(ids):
        raise Refused("This text is no longer here.", code="gone")
    return [found[one] for one in ids]


def _of_the_desk(actor: Actor, part: Recommendation) -> bool:
    return part.room_id == actor.room.id


def entry_here(actor: Actor, recommendation_id: int) -> Recommendation:
    """A recommendation of the document; a translation of one stands in no chapter."""
    entry = db.session.get(Recommendation, recommendation_id)
    here = entry and entry.room_id == actor.room.id and entry.chapter_id is not None
    if entry is None or entry.gone or not here:
        raise Refused("This text is no longer here.", code="gone")
    return entry


def entries_of(actor: Actor, chapter: Chapter) -> list[Recommendation]:
    """What stands in a chapter, in its order."""
    query = select(Recommendation).filter_by(room_id=actor.room.id, chapter_id=chapter.id)
    rows = query.filter_by(gone=False).options(selectinload(Recommendation.sources))
    return list(db.session.scalars(rows.order_by(Recommendation.position, Recommendation.id)))


def _use_chapter(changes: Changes, entry: Recommendation) -> None:
    """Note that this step needs the chapter of `entry` to be there, if it is ever taken back."""
    if entry.chapter_id is not None:
        changes.use(db.session.get_one(Chapter, entry.chapter_id))


def put_aside(actor: Actor, changes: Changes, entry: Recommendation) -> None:
    """Take it out of the document; it can be brought back. While it is voted on it stays."""
    refuse_voting(entry.id)
    _use_chapter(changes, entry)
    changes.set(entry, gone=True)
    publish(actor.room, entry, entry.draft, gone=True)
