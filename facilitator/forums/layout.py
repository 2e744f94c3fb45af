"""How a forum is laid out: make its parts, find them, order them, and tell the rooms they touch."""

from __future__ import annotations

from collections.abc import Iterable, Sequence
from typing import TypeVar

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import Refused, lock
from facilitator.db import db
from facilitator.events import publish
from facilitator.forums.codes import fresh_code
from facilitator.forums.screens import hang
from facilitator.i18n import NAMES, said
from facilitator.models import (
    Ballot,
    Face,
    Forum,
    Grant,
    Idea,
    Localised,
    Meeting,
    Membership,
    Mirror,
    Notice,
    People,
    Phase,
    Question,
    Role,
    Room,
    RoomKind,
    Seat,
    Sector,
    Theme,
    Track,
    Written,
)
from facilitator.scenarios import MOST_ROOMS, AgendaItem, TemplateSection, closed

T = TypeVar("T", Meeting, Sector, Track)
#: What stands in an order.
P = TypeVar("P", Meeting, Sector, Track, Question)


# ---- Make ----------------------------------------------------------------------------------------


def sections(template: Iterable[TemplateSection]) -> list[Face]:
    """A drafting template, as it is stored."""
    return [
        {"key": one.key, "title": one.title, "hint": one.hint}
        | ({"length": one.length} if one.length else {})
        for one in template
    ]


def agenda(items: Iterable[AgendaItem]) -> list[Face]:
    """An agenda, as it is stored."""
    return [
        {"phase": item.phase.value, "title": item.title, "minutes": item.minutes} for item in items
    ]


def ending(forum: Forum, items: Sequence[AgendaItem]) -> list[Face]:
    """An agenda, as it is stored, with a closing at its end."""
    return agenda(closed(tuple(items), tuple(forum.languages)))


def new_track(
    forum: Forum,
    position: int,
    title: Localised,
    template: list[Face],
    questions: Iterable[Localised],
) -> Track:
    """Add a track with its sub-questions."""
    track = Track(forum_id=forum.id, position=position, title=title, template=template)
    track.questions = [Question(position=place, text=text) for place, text in enumerate(questions)]
    db.session.add(track)
    return track


def new_rooms(
    forum: Forum, meeting: Meeting, track: Track | None, many: int, items: list[Face]
) -> list[Room]:
    """Add rooms at a meeting, each with a link for its facilitator, and a screen.

    No track: a plenary.
    """
    there = Room.meeting_id == meeting.id, Room.track_id == (track and track.id)
    last = db.session.scalar(select(func.max(Room.number)).where(*there)) or 0
    _refuse_crowd(forum, many)
    rooms = [
        _new_room(forum, meeting, track, last + number, items) for number in range(1, many + 1)
    ]
    db.session.flush()
    for room in rooms:
        words = [said(track.title, forum.languages[0])[:70], str(room.number)] if track else []
        label = " ".join(words)
        link = Grant(forum_id=forum.id, room_id=room.id, role=Role.FACILITATOR, label=label)
        db.session.add_all([People(id=room.id), link, hang(room)])
    db.session.flush()
    return rooms


def _new_room(
    forum: Forum, meeting: Meeting, track: Track | None, number: int, items: list[Face]
) -> Room:
    room = Room(
        forum_id=forum.id,
        sort=RoomKind.GROUP if track else RoomKind.PLENARY,
        meeting_id=meeting.id,
        track_id=track and track.id,
        number=number,
        code=fresh_code(db.session),
        agenda=items,
        phase=Phase(items[0]["phase"]),
        paused=_paused(forum),
    )
    db.session.add(room)
    db.session.flush()  # the next code must differ from this one
    if forum.rehearsal:
        db.session.add(Notice(id=room.id, rehearsal=True))
    return room


def _paused(forum: Forum) -> bool:
    """Whether the whole forum is paused: its desk says so too."""
    desk = Room.forum_id == forum.id, Room.sort == RoomKind.DESK
    return bool(db.session.scalar(select(Room.paused).where(*desk)))


def _refuse_crowd(forum: Forum, more: int) -> None:
    groups = Room.forum_id == forum.id, Room.sort == RoomKind.GROUP
    there = db.session.scalar(select(func.count()).select_from(Room).where(*groups)) or 0
    if there + more > MOST_ROOMS:
        raise Refused("At most {n} rooms fit in a forum.", code="too_many", n=MOST_ROOMS)


# ---- Find and order ------------------------------------------------------------------------------


def find(model: type[T], actor: Actor, uuid: str) -> T:
    """The part of the actor's forum with this name."""
    part = db.session.scalar(
        select(model).where(model.uuid == uuid, model.forum_id == actor.room.forum_id)
    )
    if part is None:
        raise Refused("This is no longer part of the forum.", code="gone")
    return part


def find_room(actor: Actor, uuid: str) -> Room:
    """A room of the actor's forum, locked. The desk is not for changing."""
    ours = Room.uuid == uuid, Room.forum_id == actor.room.forum_id, Room.sort != RoomKind.DESK
    room_id = db.session.scalar(select(Room.id).where(*ours))
    if room_id is None:
        raise Refused("This room is no longer part of the forum.", code="gone")
    return lock(room_id)


def parts(model: type[T], actor: Actor) -> list[T]:
    """All parts of one sort of the actor's forum, in their order."""
    ours = select(model).where(model.forum_id == actor.room.forum_id)
    return list(db.session.scalars(ours.order_by(model.position, model.id)))


def put(thing: P, things: Iterable[P], position: int) -> None:
    """Put `thing` at a place among `things`, and number them all."""
    others = [one for one in things if one is not thing]
    others.insert(position, thing)
    for place, one in enumerate(others):
        one.position = place


def need(actor: Actor, words: Localised) -> Localised:
    """The words, if they are there in the main language of the forum."""
    main = actor.forum.languages[0]
    if main not in words:
        name = NAMES.get(main, main)
        raise Refused("Write it at least in the main language: {language}.", language=name)
    return words


# ---- Rooms that a change touches -----------------------------------------------------------------


def rooms_of(part: Meeting | Track) -> list[Room]:
    """The rooms of a meeting or a track, locked in the order of their numbers.

    Called before anything is changed: a lock reads its room afresh.
    """
    theirs = Room.meeting_id if isinstance(part, Meeting) else Room.track_id
    ids = db.session.scalars(select(Room.id).where(theirs == part.id).order_by(Room.id)).all()
    return [lock(room_id) for room_id in ids]


def tell(rooms: Iterable[Room]) -> None:
    """Publish the rooms as they are now."""
    db.session.flush()
    for room in rooms:
        publish(room, room)


def in_use(rooms: Iterable[Room]) -> Room | None:
    """The first of these rooms in which somebody has been, or something was made."""
    wanted = [room.id for room in rooms]
    for column in (
        Membership.room_id,
        Seat.room_id,
        Idea.room_id,
        Theme.room_id,
        Ballot.room_id,
        Written.room_id,
    ):
        room_id = db.session.scalar(select(column).where(column.in_(wanted)).limit(1))
        if room_id is not None:
            return db.session.get_one(Room, room_id)
    return None


def remove_rooms(actor: Actor, rooms: Iterable[Room]) -> None:
    """Take rooms away that nobody has used, with their links, and tell those who look at them."""
    for room in rooms:
        cell = db.session.get(Mirror, (actor.room.forum_id, "cell", room.id))
        if cell is not None:
            publish(actor.room, cell, gone=True)
            db.session.delete(cell)
        publish(room, room, gone=True)
        db.session.delete(room)
    db.session.flush()
