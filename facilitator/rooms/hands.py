"""Raised hands: who wants to speak, who has the floor, and for how long each has spoken."""

from __future__ import annotations

from collections.abc import Collection
from typing import Any

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ALWAYS, LEADS, PARTICIPANTS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Face, Forum, Hand, Membership, Room, Seat, Sector, Speakers, now
from facilitator.rooms.fairness import Waiting, in_turn
from facilitator.rooms.steering import steer_of


@action("hand.raise", who=PARTICIPANTS, while_locked=True, contributes=True)
def raise_hand(actor: Actor) -> Face:
    """Say that one wants to speak. Whoever leads sees a number; all others see nothing."""
    assert actor.seat is not None  # noqa: S101 - for the type checker: participants have one
    hand = _of_seat(actor.room, actor.seat)
    if hand is None:
        steer = steer_of(actor.room)
        steer.last_hand += 1
        hand = Hand(room_id=actor.room.id, seat_id=actor.seat.id, number=steer.last_hand)
        db.session.add(hand)
        tell(actor.room)
    return {"hand": hand.number}


@action("hand.lower", during=ALWAYS, while_locked=True)
def lower_hand(actor: Actor, *, hand: int | None = None) -> None:
    """Take one's own hand down; whoever leads may take down any, by its number."""
    found = _of_seat(actor.room, actor.seat) if actor.seat else _numbered(actor.room, hand)
    if found is not None:
        _end(found)
        tell(actor.room)


@action("hand.call", who=LEADS)
def give_floor(actor: Actor, *, hand: int) -> None:
    """Give somebody the floor; whoever had it has spoken."""
    called = _numbered(actor.room, hand)
    if called is None:
        raise Refused("This hand is no longer up.", code="gone")
    if called.called_at is not None:
        return
    for speaking in _speaking(actor.room):
        _end(speaking)
    called.called_at = now()
    tell(actor.room)


@action("hand.end", who=LEADS, during=ALWAYS)
def end_floor(actor: Actor) -> None:
    """Take the floor back, and note how long it was held."""
    for speaking in _speaking(actor.room):
        _end(speaking)
    tell(actor.room)


def drop_strays(room: Room) -> None:
    """Take down the hands of those who have left; tell the list anew if it reads otherwise."""
    gone = (Seat.room_id.is_distinct_from(room.id)) | Seat.revoked
    strays = select(Hand).join(Seat, Seat.id == Hand.seat_id).where(Hand.room_id == room.id, gone)
    for hand in db.session.scalars(strays).all():
        _end(hand)
    known = db.session.get(Speakers, room.id)
    if known is not None and known.face != _face(room):
        tell(room)


def _end(hand: Hand) -> None:
    if hand.called_at is not None:
        held = db.session.get(Membership, (hand.seat_id, hand.room_id))
        if held is not None:
            held.spoken += max(0, round((now() - hand.called_at).total_seconds()))
    db.session.delete(hand)


def _of_seat(room: Room, seat: Seat) -> Hand | None:
    return db.session.scalar(select(Hand).filter_by(room_id=room.id, seat_id=seat.id))


def _numbered(room: Room, number: int | None) -> Hand | None:
    return db.session.scalar(select(Hand).filter_by(room_id=room.id, number=number))


def _speaking(room: Room) -> Collection[Hand]:
    query = select(Hand).where(Hand.room_id == room.id, Hand.called_at.is_not(None))
    return db.session.scalars(query).all()


# ---- The speakers' list --------------------------------------------------------------------------


def tell(room: Room) -> None:
    """Tell whoever leads the list, and everybody the number of who has the floor."""
    db.session.flush()
    speakers = db.session.get(Speakers, room.id)
    if speakers is None:
        speakers = Speakers(id=room.id)
        db.session.add(speakers)
    speakers.face = _face(room)
    steer = steer_of(room)
    floor = speakers.face["floor"]
    steer.floor = floor and floor["hand"]
    steer.hands = sorted(
        [one["hand"] for one in speakers.face["queue"]] + ([steer.floor] if floor else [])
    )
    publish(room, steer, speakers)


def _face(room: Room) -> Face:
    rows = db.session.execute(
        select(Hand.number, Hand.called_at, Membership.spoken, Seat.sector_id, Seat.nickname)
        .join(Seat, Seat.id == Hand.seat_id)
        .join(Membership, (Membership.seat_id == Seat.id) & (Membership.room_id == room.id))
        .where(Hand.room_id == room.id)
    ).all()
    if not rows:
        return {"floor": None, "queue": []}
    told, by_name = _told_sectors(room), _by_name(room)
    faces = {row.number: _hand(row, told, by_name=by_name) for row in rows}
    queue = [Waiting(row.number, row.spoken, row.sector_id) for row in rows if not row.called_at]
    floor = next((row for row in rows if row.called_at), None)
    return {
        "floor": floor and {**faces[floor.number], "since": floor.called_at.isoformat()},
        "queue": [faces[number] for number in in_turn(queue, _sector_times(room))],
    }


def _hand(row: Any, told: dict[int, str], *, by_name: bool) -> Face:
    return {
        "hand": row.number,
        "name": row.nickname if by_name else None,
        "sector": told.get(row.sector_id),
        "spoken": row.spoken,
    }


def _told_sectors(room: Room) -> dict[int, str]:
    """The sectors that may be named: enough of their seats are in the room."""
    here = Seat.room_id == room.id, Seat.revoked.is_(False)
    query = select(Sector.id, Sector.uuid).join(Seat, Seat.sector_id == Sector.id).where(*here)
    least = db.session.scalar(select(Forum.least).where(Forum.id == room.forum_id))
    large = query.group_by(Sector.id, Sector.uuid).having(func.count() >= least)
    return {sector_id: uuid for sector_id, uuid in db.session.execute(large)}  # noqa: C416 - a row


def _by_name(room: Room) -> bool:
    return bool(db.session.scalar(select(Forum.hands_by_name).where(Forum.id == room.forum_id)))


def _sector_times(room: Room) -> dict[int | None, int]:
    """For how many seconds each sector has spoken in the room."""
    query = (
        select(Seat.sector_id, func.sum(Membership.spoken))
        .join(Membership, Membership.seat_id == Seat.id)
        .where(Membership.room_id == room.id)
        .group_by(Seat.sector_id)
    )
    return {sector: int(seconds) for sector, seconds in db.session.execute(query)}
