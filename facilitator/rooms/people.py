"""People: take a seat in the forum, come into a room, say what one speaks and for whom."""

from __future__ import annotations

import random
from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ALWAYS, GUESTS, LEADS, PARTICIPANTS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Face, Membership, People, Room, RoomKind, Seat, Sector, new_uuid
from facilitator.shapes import Language, one_line

#: Empty: none.
Nickname = Annotated[str, one_line(40, least=0)]
Digest = Annotated[str, one_line(64, least=64)]

#: The numbers of seats are drawn from so many times as many, or from four figures: a slip of the
#: finger meets nobody, and a number tells nothing.
THINLY, FIGURES = 10, 4


@action("seat.take", who=GUESTS)
def take_seat(
    actor: Actor, *, lang: Language, nickname: Nickname | None, sector: str | None
) -> Face:
    """Give a newcomer a place in the forum: a random token, and nothing that names them."""
    if actor.room.sort != RoomKind.DESK:
        raise Refused("You may not do this here.")
    seat = Seat(
        forum_id=actor.room.forum_id,
        lang=lang,
        nickname=nickname or None,
        sector_id=_sector_id(actor, sector),
        number=_fresh_number(actor.room.forum_id),
    )
    db.session.add(seat)
    db.session.flush()
    return {"seat": seat.uuid}


@action("seat.card", who=PARTICIPANTS, during=ALWAYS, from_outside=True, while_locked=True)
def keep_card(actor: Actor, *, digest: Digest) -> None:
    """Have a return card: from now on its words, of which only the digest is known here, count."""
    _seat(actor).card = digest


@action("seat.return", who=GUESTS)
def return_seat(actor: Actor, *, digest: Digest) -> Face:
    """Take a seat up again by its card. Its ticket gets another name: the lost phone is out."""
    if actor.room.sort != RoomKind.DESK:
        raise Refused("You may not do this here.")
    ours = Seat.card == digest, Seat.forum_id == actor.room.forum_id, Seat.revoked.is_(False)
    seat = db.session.scalar(select(Seat).where(*ours))
    if seat is None:
        raise Refused("This card opens nothing. Look at it once more.", code="gone")
    seat.uuid = new_uuid()
    return {"seat": seat.uuid}


@action("seat.enter", who=PARTICIPANTS, during=ALWAYS, from_outside=True, while_locked=True)
def enter_room(actor: Actor) -> None:
    """Come into this room, out of the one where one has been."""
    _move(_seat(actor), actor.room)


@action("seat.assign", who=LEADS, during=ALWAYS)
def assign_seat(actor: Actor, *, number: int) -> None:
    """Bring somebody into this room, by the number that their phone shows them."""
    known = Seat.number == number, Seat.forum_id == actor.room.forum_id, Seat.revoked.is_(False)
    seat = db.session.scalar(select(Seat).where(*known))
    if seat is None:
        raise Refused("No phone has this number. Look at it once more.", code="gone")
    _move(seat, actor.room)


def _move(seat: Seat, room: Room) -> None:
    """Let a seat come into a room, out of the one where it has been."""
    if room.sort == RoomKind.DESK:
        raise Refused("You may not do this here.")
    _lock_seat(seat)
    if seat.room_id == room.id:
        return
    left = _lock_left(seat.room_id, room) if seat.room_id is not None else None
    put_into(seat, room)
    db.session.flush()
    for one in (left, room):
        if one is not None:
            publish(one, counted(one))


def put_into(seat: Seat, room: Room) -> None:
    """Write down that a seat is in a room; the caller holds the locks, and publishes the counts."""
    seat.room_id = room.id
    if db.session.get(Membership, (seat.id, room.id)) is None:
        db.session.add(Membership(seat_id=seat.id, room_id=room.id))


@action("seat.edit", who=PARTICIPANTS, during=ALWAYS, from_outside=True, while_locked=True)
def edit_seat(
    actor: Actor, *, lang: Language, nickname: Nickname | None, sector: str | None
) -> None:
    """Change one's language, nickname or sector. Nobody else is told."""
    seat = _seat(actor)
    seat.lang, seat.nickname = lang, nickname or None
    seat.sector_id = _sector_id(actor, sector)


def counted(room: Room) -> People:
    """How many seats are in a room, counted now; the caller holds the lock on the room."""
    here = Seat.room_id == room.id, Seat.revoked.is_(False)
    people = db.session.get_one(People, room.id)
    people.seats = db.session.scalar(select(func.count()).select_from(Seat).where(*here)) or 0
    return people


def _fresh_number(forum_id: int) -> int:
    """A number that no other seat of the forum has; the caller holds the lock on the desk."""
    of_forum = Seat.forum_id == forum_id
    seats = db.session.scalar(select(func.count()).select_from(Seat).where(of_forum)) or 0
    figures = max(FIGURES, len(str(seats * THINLY)))
    while True:
        number = random.randrange(10 ** (figures - 1), 10**figures)
        if db.session.scalar(select(Seat.id).where(of_forum, Seat.number == number)) is None:
            return number


def _seat(actor: Actor) -> Seat:
    if actor.seat is None:
        raise Refused("You may not do this here.")
    return actor.seat


def _sector_id(actor: Actor, uuid: str | None) -> int | None:
    if uuid is None:
        return None
    ours = Sector.uuid == uuid, Sector.forum_id == actor.room.forum_id
    sector_id = db.session.scalar(select(Sector.id).where(*ours))
    if sector_id is None:
        raise Refused("This sector is no longer on the list. Choose another one.", code="gone")
    return sector_id


# A room is locked before its seats, and several rooms in the order of their numbers. Whoever must
# go against that order does not wait, but tries again a little later: nobody waits in a circle.


def _lock_seat(seat: Seat) -> None:
    """Read where a seat is, and let it be moved from nowhere else: it may have a second tab."""
    query = select(Seat).where(Seat.id == seat.id).with_for_update(skip_locked=True, key_share=True)
    if db.session.scalar(query.execution_options(populate_existing=True)) is None:
        raise Refused("You are just coming into another room.", code="retry", retry=True)


def _lock_left(room_id: int, entered: Room) -> Room:
    """Lock the room that is left."""
    against = room_id < entered.id
    query = select(Room).where(Room.id == room_id)
    query = query.with_for_update(of=Room, skip_locked=against, key_share=True)
    room = db.session.scalar(query.execution_options(populate_existing=True))
    if room is None:
        raise Refused("Somebody is just coming the other way.", code="retry", retry=True)
    return room
