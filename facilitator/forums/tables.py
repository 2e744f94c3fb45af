"""The table maker: split a track into tables, send people there, and take a round back."""

from __future__ import annotations

import hashlib
import json
from collections.abc import Iterable, Sequence
from dataclasses import dataclass
from typing import Annotated

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action, lock
from facilitator.db import db
from facilitator.events import publish
from facilitator.forums.layout import find, new_rooms
from facilitator.forums.mixing import Guest, Tables
from facilitator.models import Face, Meeting, Phase, Room, Seat, TablePlan, Track
from facilitator.rooms.people import counted, put_into
from facilitator.shapes import many

#: Tables of one track at one meeting, and people at one of them, at most.
MOST_TABLES, MOST_PEOPLE = 100, 60

Table = Annotated[list[int], many(1, MOST_PEOPLE)]


@dataclass(frozen=True)
class Company:
    """Who is to be seated in a track at a meeting, and how they sat before."""

    guests: tuple[Guest, ...]
    rooms: tuple[int, ...]
    before: tuple[Tables, ...]

    @property
    def name(self) -> str:
        """A name that changes when somebody comes, goes, or says something else of themselves."""
        said = [[g.id, g.sector, g.lang] for g in self.guests], self.rooms, self.before
        return hashlib.sha256(json.dumps(said).encode()).hexdigest()[:16]


def company(meeting: Meeting, track: Track) -> Company:
    """Who is in the rooms of a track at a meeting now, and the rounds that were applied."""
    rooms = _room_ids(meeting, track)
    here = Seat.room_id.in_(rooms), Seat.revoked.is_(False)
    seats = select(Seat.id, Seat.sector_id, Seat.lang).where(*here).order_by(Seat.id)
    return Company(
        tuple(Guest(*row) for row in db.session.execute(seats)),
        tuple(rooms),
        tuple([seated for _, seated in plan.tables] for plan in rounds(meeting, track)),
    )


def rounds(meeting: Meeting, track: Track) -> Sequence[TablePlan]:
    """The rounds of tables that were applied and not taken back, the first first."""
    theirs = TablePlan.meeting_id == meeting.id, TablePlan.track_id == track.id
    query = select(TablePlan).where(*theirs, TablePlan.undone.is_(False))
    return db.session.scalars(query.order_by(TablePlan.id)).all()


@action("tables.apply", who=ORGANISERS)
def apply_tables(
    actor: Actor,
    *,
    meeting: str,
    track: str,
    company_name: str,
    tables: Annotated[list[Table], many(1, MOST_TABLES)],
) -> Face:
    """Send everybody of a track to a table, and add rooms where there are too few.

    `company_name` says for whom the tables were made: whoever has come or gone since is not
    passed over in silence.
    """
    at, worked_on = find(Meeting, actor, meeting), find(Track, actor, track)
    rooms = _locked(at, worked_on)
    if company(at, worked_on).name != company_name:
        raise Refused(
            "Somebody has come or gone since. Look at the new tables first.", code="conflict"
        )
    rooms = _enough(actor, at, worked_on, rooms, len(tables))
    seats = _seats([id_ for table in tables for id_ in table])
    if sorted(seats) != sorted(guest.id for guest in company(at, worked_on).guests):
        raise Refused("These tables have not a place for everybody.", code="conflict")
    pairs = list(zip(rooms, tables, strict=False))
    plan = TablePlan(
        meeting_id=at.id,
        track_id=worked_on.id,
        tables=[[room.id, table] for room, table in pairs],
        moved=_sent((seats[id_], room) for room, table in pairs for id_ in table),
    )
    db.session.add(plan)
    _count(rooms)
    return {"plan": plan.uuid, "moved": len(plan.moved), "tables": len(pairs)}


@action("tables.undo", who=ORGANISERS)
def undo_tables(actor: Actor, *, plan: str) -> Face:
    """Take the last round back: everybody who still sits where it sent them goes where they were.

    Only the last one can be taken back, so that people go back the way they came.
    """
    known = TablePlan.uuid == plan, Meeting.forum_id == actor.room.forum_id
    taken = db.session.scalar(select(TablePlan).join(Meeting).where(*known))
    if taken is None:
        raise Refused("This is no longer part of the forum.", code="gone")
    at, worked_on = (
        db.session.get_one(Meeting, taken.meeting_id),
        db.session.get_one(Track, taken.track_id),
    )
    rooms = {room.id: room for room in _locked(at, worked_on)}
    applied = rounds(at, worked_on)
    if not applied or applied[-1].id != taken.id:
        raise Refused("Only the last round can be taken back.", code="conflict")
    goal = {id_: room_id for room_id, table in taken.tables for id_ in table}
    seats = _seats([id_ for id_, _ in taken.moved])
    back = [
        (seats[id_], rooms[room_id])
        for id_, room_id in taken.moved
        if id_ in seats and room_id in rooms and seats[id_].room_id == goal[id_]
    ]
    moved = _sent(back)
    taken.undone = True
    _count(rooms.values())
    return {"moved": len(moved)}


def _room_ids(meeting: Meeting, track: Track) -> list[int]:
    theirs = Room.meeting_id == meeting.id, Room.track_id == track.id
    return list(db.session.scalars(select(Room.id).where(*theirs).order_by(Room.id)))


def _locked(meeting: Meeting, track: Track) -> list[Room]:
    """The rooms of a track at a meeting, locked in the order of their numbers."""
    return [lock(room_id) for room_id in _room_ids(meeting, track)]


def _enough(
    actor: Actor, meeting: Meeting, track: Track, rooms: list[Room], tables: int
) -> list[Room]:
    """As many rooms as there are tables, open ones first; the new ones have the day of the others.

    What a closed room has made stays: nobody is sent there.
    """
    usable = [room for room in rooms if room.phase is not Phase.CLOSED]
    missing = tables - len(usable)
    if missing > 0:
        pattern = rooms[0].agenda if rooms else _bare_agenda()
        usable += new_rooms(actor.forum, meeting, track, missing, pattern)
    return sorted(usable, key=lambda room: (room.number, room.id))


def _bare_agenda() -> list[Face]:
    return [{"phase": phase.value, "title": {}, "minutes": None} for phase in Phase]


def _seats(ids: Iterable[int]) -> dict[int, Seat]:
    query = select(Seat).where(Seat.id.in_(list(ids)), Seat.revoked.is_(False))
    locked = query.order_by(Seat.id).with_for_update(key_share=True)
    found = db.session.scalars(locked.execution_options(populate_existing=True))
    return {seat.id: seat for seat in found}


def _sent(ways: Iterable[tuple[Seat, Room]]) -> list[tuple[int, int]]:
    """Put seats into rooms; [seat id, the room where it was] of those who were elsewhere."""
    moved = []
    for seat, room in ways:
        if seat.room_id is not None and seat.room_id != room.id:
            moved.append((seat.id, seat.room_id))
            put_into(seat, room)
    return moved


def _count(rooms: Iterable[Room]) -> None:
    db.session.flush()
    for room in rooms:
        publish(room, counted(room))
