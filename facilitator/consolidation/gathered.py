"""All that a document is made of, read in a fixed number of questions to the database."""

from __future__ import annotations

from collections.abc import Iterable, Iterator, Mapping
from dataclasses import dataclass, field
from typing import Any

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload, selectinload

from facilitator.consolidation.citations import Cited
from facilitator.consolidation.lineage import lineage
from facilitator.consolidation.motions import Before, before_plenaries, last_of_each
from facilitator.db import db
from facilitator.models import (
    Ballot,
    Chapter,
    Consultation,
    DeskStep,
    Forum,
    Idea,
    Meeting,
    Membership,
    Minutes,
    Recommendation,
    Reopening,
    Reservation,
    Room,
    RoomKind,
    Seat,
    Sector,
    Source,
    Status,
    Theme,
    Translation,
)
from facilitator.rooms.citing import cited_in, shown

#: Under this number are the people who did not say for whom they speak.
NO_SECTOR = 0


@dataclass
class Gathered:
    """A forum as its document needs it."""

    forum: Forum
    meetings: list[Meeting]
    sectors: list[Sector]
    chapters: list[Chapter]
    #: What stands in the chapters, by chapter, in its order.
    entries: dict[int, list[Recommendation]]
    #: Rooms and their recommendations, by number.
    rooms: dict[int, Room]
    origins: dict[int, Recommendation]
    #: How rooms voted on their own recommendations at last, by recommendation.
    ballots: dict[int, Ballot]
    #: Ideas of the themes that recommendations come from; how many ideas each room had.
    ideas: dict[int, list[Idea]]
    idea_counts: dict[int, int]
    #: Seats that took part, by sector.
    participants: dict[int, int]
    figures: dict[str, int]
    #: What was reserved on the rooms' texts, and which of them were reopened after their vote.
    reservations: dict[int, list[Reservation]]
    reopened: set[int]
    cited: Cited
    #: The texts of earlier meetings that rooms' texts go on with, by recommendation.
    lineage: dict[int, list[Recommendation]]
    #: What the rooms have put down about their meetings, in its order.
    minutes: list[Minutes]
    steps: list[DeskStep] = field(default_factory=list)
    #: What the rooms were asked about entries, by recommendation; closed, the last of each.
    consultations: dict[int, Consultation] = field(default_factory=dict)
    #: Where entries were put to a plenary last, by recommendation; and votes on the whole.
    before: dict[int, Before] = field(default_factory=dict)
    wholes: list[Ballot] = field(default_factory=list)
    #: Texts of entries in other languages, by recommendation.
    translations: dict[int, list[Translation]] = field(default_factory=dict)

    @property
    def all_entries(self) -> list[Recommendation]:
        """What stands in the document, in its order."""
        return [entry for chapter in self.chapters for entry in self.entries.get(chapter.id, [])]

    def from_rooms(self, entry: Recommendation) -> Iterator[tuple[Source, Recommendation]]:
        """The sources that rooms have written, without what came from the floor of a plenary.

        What the plenary says of its own text is no support by one more room.
        """
        for source in entry.sources:
            origin = self.origins[source.origin_id]
            if origin.entry_id is None:
                yield source, origin


def gather(forum_id: int, lang: str | None = None) -> Gathered:
    """Read a forum at one moment; `lang`: in which language, else in its main one."""
    forum = db.session.get_one(Forum, forum_id, populate_existing=True)
    of_forum = {"forum_id": forum_id}
    rooms = _rooms(forum_id)
    entries = _entries(forum_id)
    origins = _origins(entries)
    before = last_of_each(
        before_plenaries(Recommendation.entry_id.in_([entry.id for entry in entries]))
    )
    translations = _translations(entries)
    chapters = _all(select(Chapter).filter_by(**of_forum, gone=False), Chapter.position, Chapter.id)
    there = {chapter.id for chapter in chapters}
    return Gathered(
        forum=forum,
        meetings=_all(select(Meeting).filter_by(**of_forum), Meeting.position, Meeting.id),
        sectors=_all(select(Sector).filter_by(**of_forum), Sector.position, Sector.id),
        chapters=chapters,
        entries={number: [e for e in entries if e.chapter_id == number] for number in there},
        rooms={room.id: room for room in rooms},
        origins={origin.id: origin for origin in origins},
        ballots=_ballots(origins),
        ideas=_ideas(origins),
        idea_counts=_counts(
            select(Idea.room_id, func.count()).where(Idea.shown()), Idea.room_id, rooms
        ),
        participants=_participants(forum_id),
        figures=_figures(forum_id),
        reservations=_reservations(origins),
        reopened=_reopened(origins),
        cited=_cited(entries, translations, rooms, lang or forum.languages[0]),
        lineage=_lineage(origins),
        minutes=_minutes(rooms),
        consultations=_consultations(entries),
        before=before,
        wholes=_wholes(before),
        translations=translations,
        steps=_all(select(DeskStep).filter_by(**of_forum), DeskStep.id),
    )


def _all(query: Any, *order: Any) -> list[Any]:
    # Not as this session may remember them: a document is made of what is stored now.
    fresh = query.order_by(*order).execution_options(populate_existing=True)
    return list(db.session.scalars(fresh))


def _rooms(forum_id: int) -> list[Room]:
    query = select(Room).where(Room.forum_id == forum_id, Room.sort != RoomKind.DESK)
    return _all(query.options(joinedload(Room.meeting), joinedload(Room.track)), Room.id)


def _entries(forum_id: int) -> list[Recommendation]:
    query = select(Recommendation).join(Room, Room.id == Recommendation.room_id)
    here = Room.forum_id == forum_id, Room.sort == RoomKind.DESK
    standing = Recommendation.gone.is_(False), Recommendation.chapter_id.is_not(None)
    more = joinedload(Recommendation.draft), selectinload(Recommendation.sources)
    query = query.where(*here, *standing).options(*more)
    return _all(query, Recommendation.position, Recommendation.id)


def _origins(entries: Iterable[Recommendation]) -> list[Recommendation]:
    """The rooms' recommendations; of their texts no more is needed than the entries hold."""
    ids = [source.origin_id for entry in entries for source in entry.sources]
    return _all(select(Recommendation).where(Recommendation.id.in_(ids)), Recommendation.id)


def _lineage(origins: Iterable[Recommendation]) -> dict[int, list[Recommendation]]:
    came = lineage(origin.id for origin in origins)
    ids = {number for before in came.values() for number in before}
    query = select(Recommendation).where(Recommendation.id.in_(ids))
    texts = {text.id: text for text in _all(query, Recommendation.id)}
    return {number: [texts[one] for one in before] for number, before in came.items()}


def _minutes(rooms: Iterable[Room]) -> list[Minutes]:
    here = Minutes.room_id.in_([room.id for room in rooms]), Minutes.gone.is_(False)
    query = select(Minutes).where(*here).options(joinedload(Minutes.draft))
    return _all(query, Minutes.room_id, Minutes.position, Minutes.id)


def _ballots(origins: Iterable[Recommendation]) -> dict[int, Ballot]:
    # A text that was reopened has another wording than the one that was voted on.
    # What the plenary decided on its own copy is told apart.
    ids = [
        origin.id
        for origin in origins
        if origin.status is not Status.DRAFT and origin.entry_id is None
    ]
    query = select(Ballot).where(Ballot.recommendation_id.in_(ids), Ballot.is_open.is_(False))
    rows = _all(query, Ballot.closed_at, Ballot.id)
    return {ballot.recommendation_id: ballot for ballot in rows if ballot.result}


def _reservations(origins: Iterable[Recommendation]) -> dict[int, list[Reservation]]:
    ids = [origin.id for origin in origins]
    query = select(Reservation).where(Reservation.recommendation_id.in_(ids), Reservation.shown())
    found: dict[int, list[Reservation]] = {}
    for one in _all(query, Reservation.id):
        found.setdefault(one.recommendation_id, []).append(one)
    return found


def _reopened(origins: Iterable[Recommendation]) -> set[int]:
    ids = [origin.id for origin in origins if origin.status is Status.DRAFT]
    query = select(Reopening.recommendation_id).where(Reopening.recommendation_id.in_(ids))
    return set(db.session.scalars(query))


def _cited(
    entries: Iterable[Recommendation],
    translations: Mapping[int, list[Translation]],
    rooms: Iterable[Room],
    lang: str,
) -> Cited:
    texts = [*entries, *(one.text for known in translations.values() for one in known)]
    marks = [mark for text in texts for mark in cited_in(text.draft.text)]
    return Cited(shown(marks), {room.id: room for room in rooms}, lang)


def _consultations(entries: Iterable[Recommendation]) -> dict[int, Consultation]:
    ids = [entry.id for entry in entries]
    query = select(Consultation).where(Consultation.recommendation_id.in_(ids))
    rows = _all(query.where(Consultation.is_open.is_(False)), Consultation.id)
    return {one.recommendation_id: one for one in rows}


def _wholes(before: Mapping[int, Before]) -> list[Ballot]:
    """Votes on the whole by which something that stands in the document was decided."""
    found = {one.ballot.id: one.ballot for one in before.values() if one.ballot}
    return [ballot for _, ballot in sorted(found.items()) if ballot.whole]


def _translations(entries: Iterable[Recommendation]) -> dict[int, list[Translation]]:
    there = Translation.original_id.in_([entry.id for entry in entries]), ~Translation.gone
    text = joinedload(Translation.text).joinedload(Recommendation.draft)
    found: dict[int, list[Translation]] = {}
    for one in _all(select(Translation).where(*there).options(text), Translation.id):
        found.setdefault(one.original_id, []).append(one)
    return found


def _ideas(origins: Iterable[Recommendation]) -> dict[int, list[Idea]]:
    themes = [origin.theme_id for origin in origins if origin.theme_id is not None]
    found: dict[int, list[Idea]] = {}
    for idea in _all(select(Idea).where(Idea.theme_id.in_(themes), Idea.shown()), Idea.id):
        found.setdefault(idea.theme_id, []).append(idea)
    return found


def _counts(query: Any, column: Any, rooms: Iterable[Room]) -> dict[int, int]:
    numbers = [room.id for room in rooms]
    rows = db.session.execute(query.where(column.in_(numbers)).group_by(column))
    return {number: count for number, count in rows}  # noqa: C416 - a row is no tuple to types


def _participants(forum_id: int) -> dict[int, int]:
    """How many seats of each sector have been in a room."""
    came = select(Membership.seat_id).where(Membership.seat_id == Seat.id).exists()
    query = select(Seat.sector_id, func.count()).where(Seat.forum_id == forum_id, came)
    return {
        sector or NO_SECTOR: n for sector, n in db.session.execute(query.group_by(Seat.sector_id))
    }


def _figures(forum_id: int) -> dict[str, int]:
    """Counts of what the rooms made, in one question."""
    rooms = select(Room.id).where(Room.forum_id == forum_id, Room.sort != RoomKind.DESK)
    kept = Recommendation.gone.is_(False), Recommendation.entry_id.is_(None)
    counted = {
        "ideas": select(func.count(Idea.id)).where(Idea.room_id.in_(rooms), Idea.shown()),
        "themes": select(func.count(Theme.id)).where(
            Theme.room_id.in_(rooms), Theme.gone.is_(False)
        ),
        "drafts": select(func.count(Recommendation.id)).where(
            Recommendation.room_id.in_(rooms), *kept
        ),
        "ballots": select(func.count(Ballot.id)).where(
            Ballot.room_id.in_(rooms), Ballot.is_open.is_(False)
        ),
    }
    columns = [query.scalar_subquery().label(name) for name, query in counted.items()]
    return dict(db.session.execute(select(*columns)).mappings().one())
