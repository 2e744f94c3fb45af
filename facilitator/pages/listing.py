"""The rooms as people look for them: in the order of the programme, with names that differ."""

from __future__ import annotations

from collections import Counter
from typing import Any, NamedTuple

from sqlalchemy import func, select
from sqlalchemy.orm import joinedload

from facilitator.db import db
from facilitator.i18n import said, sentence, t
from facilitator.models import Forum, Meeting, People, Phase, Room, RoomKind, Track

#: What a room is doing, in a word for its door.
DOING = {
    Phase.GATHER: sentence("gather"),
    Phase.GROUP: sentence("group"),
    Phase.DECIDE: sentence("decide"),
    Phase.DRAFT: sentence("draft"),
    Phase.ADOPT: sentence("adopt"),
    Phase.CLOSED: sentence("closed"),
}


class Listed(NamedTuple):
    """A room in a list."""

    room: Room
    name: str
    seats: int
    #: Whether this is the emptiest of several open tables: whoever comes late is sent there.
    roomy: bool


def choices(forum: Forum) -> list[tuple[Room, int]]:
    """The rooms people work in, in the order of the programme, and how many are in each."""
    query = (
        select(Room, People.seats)
        .outerjoin(People, People.id == Room.id)
        .outerjoin(Meeting, Meeting.id == Room.meeting_id)
        .outerjoin(Track, Track.id == Room.track_id)
        .where(Room.forum_id == forum.id, Room.sort != RoomKind.DESK)
        .order_by(Meeting.position, Track.position, Room.number, Room.id)
        .options(joinedload(Room.track).selectinload(Track.questions), joinedload(Room.meeting))
    )
    return [(room, seats or 0) for room, seats in db.session.execute(query)]


def by_meeting(rooms: list[tuple[Room, int]]) -> list[tuple[Meeting | None, list[Listed]]]:
    """Rooms as people look for them: what they are called, under the meeting they belong to."""
    tables = Counter((room.meeting_id, room.track_id) for room, _ in rooms)
    emptiest = _emptiest(rooms)
    found: dict[Meeting | None, list[Listed]] = {}
    for room, seats in rooms:
        crowd = tables[room.meeting_id, room.track_id]
        one = Listed(room, name(room, crowd), seats, roomy=room.id in emptiest)
        found.setdefault(room.meeting, []).append(one)
    return list(found.items())


def _emptiest(rooms: list[tuple[Room, int]]) -> set[int]:
    """Of the open tables of each track at a meeting the one with the fewest people, if it is one.

    Where nobody has come yet, there is nothing to even out.
    """
    tracks: dict[Any, list[tuple[int, int]]] = {}
    for room, seats in rooms:
        if room.track_id and room.phase is not Phase.CLOSED:
            tracks.setdefault((room.meeting_id, room.track_id), []).append((seats, room.id))
    return {min(tables)[1] for tables in tracks.values() if min(tables)[0] < max(tables)[0]}


def name(room: Room, tables: int) -> str:
    """What a room is called; its number only where there are several of its kind."""
    localised = room.title or (room.track.title if room.track else {})
    title = said(localised) or t("Plenary")
    return t("{title}, table {n}", title=title, n=room.number) if tables > 1 else title


def named(forum: Forum) -> list[tuple[Room, str]]:
    """The rooms with the words that tell each from all others."""
    rooms = [room for room, _ in choices(forum)]
    tables = Counter((room.meeting_id, room.track_id) for room in rooms)
    named = [(room, name(room, tables[room.meeting_id, room.track_id])) for room in rooms]
    several = len({room.meeting_id for room in rooms}) > 1
    return [
        (room, f"{room.meeting.city} · {short}" if several and room.meeting else short)
        for room, short in named
    ]


def siblings(room: Room) -> int:
    """How many rooms of its track and meeting there are."""
    query = select(func.count()).select_from(Room)
    kind = Room.forum_id == room.forum_id, Room.sort == room.sort
    place = Room.meeting_id == room.meeting_id, Room.track_id == room.track_id
    return db.session.scalar(query.where(*kind, *place)) or 1
