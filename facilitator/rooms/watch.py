"""How a room is doing: how many are here, and how many have not contributed yet. Never who.

Each process notes now and then with how many seats of each room it is connected; a task of the
clock counts, for the rooms that somebody leads, and tells them when something has changed.
"""

from __future__ import annotations

import logging
from collections.abc import Collection, Mapping, Sequence
from datetime import timedelta
from typing import Any, NamedTuple
from uuid import uuid4

from sqlalchemy import and_, case, delete, func, select

from facilitator.access import Actor, ActorRef
from facilitator.actions import ALWAYS, CLOCK, action, perform
from facilitator.db import db, write
from facilitator.events import publish
from facilitator.models import (
    Face,
    Forum,
    Hand,
    Presence,
    Role,
    Room,
    Seat,
    Sector,
    Steer,
    Watch,
    now,
)
from facilitator.rooms.hands import drop_strays
from facilitator.rooms.small_cells import OPEN, Row, shown
from facilitator.rooms.steering import is_here, put_out, watch_of

log = logging.getLogger(__name__)

#: How old a note may be and still count.
FRESH = timedelta(seconds=15)
#: Seats without a sector, among the names of sectors.
NO_SECTOR = ""

#: This process, among those that note with whom they are connected.
PROCESS = str(uuid4())


# ---- Who is connected ----------------------------------------------------------------------------


def note_presence(seats: Mapping[int, int]) -> None:
    """Note with how many seats of each room this process is connected."""
    own = select(Presence.room_id, Presence.seats, Presence.at).where(Presence.process == PROCESS)
    before = db.session.execute(own).all()
    db.session.rollback()
    same = {row.room_id: row.seats for row in before} == dict(seats)
    if same and all(row.at > now() - FRESH / 2 for row in before):
        return  # the disk is left alone

    def job() -> None:
        old = (Presence.process == PROCESS) | (Presence.at < now() - 4 * FRESH)
        db.session.execute(delete(Presence).where(old))
        there = db.session.scalars(select(Room.id).where(Room.id.in_(seats))).all()
        db.session.add_all(
            Presence(process=PROCESS, room_id=room_id, seats=seats[room_id]) for room_id in there
        )

    write(job)


# ---- Counting ------------------------------------------------------------------------------------


def faces(room_ids: Collection[int]) -> dict[int, Face]:
    """How rooms are doing, counted now: {room: its public face}, one for each that is asked for."""
    active = and_(Seat.active_room == Room.id, Seat.active_visit == Room.moves)
    counted = (
        select(Room.id, Sector.uuid, func.count(), func.sum(case((active, 1), else_=0)))
        .join(Seat, Seat.room_id == Room.id)
        .outerjoin(Sector, Sector.id == Seat.sector_id)
        .where(Room.id.in_(room_ids), Seat.revoked.is_(False))
        .group_by(Room.id, Sector.uuid)
    )
    seats: dict[int, dict[str, int]] = {room_id: {} for room_id in room_ids}
    done: dict[int, dict[str, int]] = {room_id: {} for room_id in room_ids}
    for room_id, sector, many, active_ones in db.session.execute(counted):
        seats[room_id][sector or NO_SECTOR] = many
        done[room_id][sector or NO_SECTOR] = int(active_ones)
    here, lists, least = _connected(room_ids), _sector_lists(room_ids), _least(room_ids)
    counts = {
        room_id: _Counts(seats[room_id], done[room_id], here.get(room_id, 0), least[room_id])
        for room_id in room_ids
    }
    return {room_id: _face(counts[room_id], lists[room_id]) for room_id in room_ids}


def _least(room_ids: Collection[int]) -> dict[int, int]:
    """From how many people on a sector has figures, in each room's forum."""
    query = select(Room.id, Forum.least).join(Forum, Forum.id == Room.forum_id)
    rows = db.session.execute(query.where(Room.id.in_(room_ids)))
    return {room_id: least for room_id, least in rows}  # noqa: C416 - a row


def _connected(room_ids: Collection[int]) -> dict[int, int]:
    fresh = Presence.room_id.in_(room_ids), Presence.at > now() - FRESH
    query = select(Presence.room_id, func.sum(Presence.seats)).where(*fresh)
    return {room: int(n) for room, n in db.session.execute(query.group_by(Presence.room_id))}


def _sector_lists(room_ids: Collection[int]) -> dict[int, list[str]]:
    """The sectors of each room's forum, in their order."""
    query = select(Room.id, Sector.uuid).join(Sector, Sector.forum_id == Room.forum_id)
    lists: dict[int, list[str]] = {room_id: [] for room_id in room_ids}
    ordered = query.where(Room.id.in_(room_ids)).order_by(Sector.position, Sector.id)
    for room_id, sector in db.session.execute(ordered):
        lists[room_id].append(sector)
    return lists


class _Counts(NamedTuple):
    """The seats of a room by sector, how many of them have contributed, and are connected."""

    seats: Mapping[str, int]
    done: Mapping[str, int]
    here: int
    #: Below so many, a sector is not told.
    least: int


def _face(found: _Counts, sectors: Sequence[str]) -> Face:
    """How a room is doing, in what may be told of it."""
    seats, done = found.seats, found.done
    total, active = sum(seats.values()), sum(done.values())
    counts = {sector: seats.get(sector, 0) for sector in (*sectors, NO_SECTOR)}
    if not counts[NO_SECTOR]:
        del counts[NO_SECTOR]
    rows = shown(counts, found.least)
    shares = _shares(rows, done, total)
    return {
        "seats": total,
        "here": min(found.here, total),
        "quiet": total - active,
        "sectors": [
            {"sectors": list(row.sectors), "seats": row.count, "share": share}
            for row, share in zip(rows, shares, strict=True)
        ],
    }


def quarter(done: int, seats: int) -> int:
    """A share in quarters: 0 for less than one, 3 for three or more."""
    return min(3, 4 * done // seats)


def _shares(rows: Sequence[Row], done: Mapping[str, int], total: int) -> list[int | None]:
    """The share of each row that has contributed, in quarters; of none, if they told too much.

    How many are quiet in all is told as well: beside the shares, those of the hidden sectors keep
    several possible values.
    """
    told = [
        (quarter(sum(done.get(name, 0) for name in row.sectors), row.count), row.count)
        if row.count
        else None
        for row in rows
    ]
    known = [share for share in told if share]
    hidden = total - sum(seats for _, seats in known)
    lowest = sum(-(-share * seats // 4) for share, seats in known)
    highest = sum(
        seats if share == QUARTERS else -(-(share + 1) * seats // 4) - 1 for share, seats in known
    )
    active = sum(done.values())
    width = min(hidden, active - lowest) - max(0, active - highest) + 1
    if len(known) < len(rows) and width < OPEN:
        return [None] * len(rows)
    return [share and share[0] for share in told]


#: The highest share: three quarters or more.
QUARTERS = 3


# ---- Telling -------------------------------------------------------------------------------------


def watch_due(led: Collection[int]) -> None:
    """Tell the rooms that somebody leads how they are doing, and clear away what nobody holds."""
    counted = faces(led) if led else {}
    query = select(Watch.id, Watch.face).where(Watch.id.in_(led))
    told: dict[int, Any] = {room_id: face for room_id, face in db.session.execute(query)}  # noqa: C416
    changed = {room_id for room_id, face in counted.items() if told.get(room_id) != face}
    due = changed | _with_strays() | _lit_in_vain()
    db.session.rollback()
    for room_id in sorted(due):
        try:
            perform(ActorRef(room_id, role=Role.CLOCK), "room.watch", None, {})
        except Exception:  # the others need not wait for it
            log.exception("Room %d was not counted; trying again.", room_id)


def _with_strays() -> set[int]:
    gone = Seat.room_id.is_distinct_from(Hand.room_id) | Seat.revoked
    query = select(Hand.room_id).join(Seat, Seat.id == Hand.seat_id).where(gone)
    return set(db.session.scalars(query))


def _lit_in_vain() -> set[int]:
    """The rooms whose lit thing is gone."""
    lit = db.session.scalars(select(Steer).where(Steer.light.is_not(None))).all()
    lights = [(steer.id, steer.light) for steer in lit if steer.light]
    return {room for room, light in lights if not is_here(room, light["kind"], light["id"])}


@action("room.watch", who=CLOCK, during=ALWAYS)
def watch_room(actor: Actor) -> None:
    """Tell whoever leads how the room is doing, if that has changed; put out a light on nothing."""
    room = actor.room
    drop_strays(room)
    steer = db.session.get(Steer, room.id)
    if steer and steer.light and not is_here(room.id, steer.light["kind"], steer.light["id"]):
        put_out(room)
    watch = watch_of(room)
    face = faces([room.id])[room.id]
    if watch.face != face:
        watch.face = face
        publish(room, watch)
