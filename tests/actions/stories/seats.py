"""Coming in, and coming back."""

from facilitator.access import ActorRef
from facilitator.db import db, write
from facilitator.models import Seat
from tests.actions.stories import story
from tests.conftest import Somebody


@story("seat.take")
def _(world):
    sector = world.forum.sectors[0].uuid
    return world.guest, {"lang": "pl", "nickname": " Ola ", "sector": sector}


@story("seat.enter")
def _(world):
    ref = world.ana.ref
    return Somebody(ActorRef(world.forum.rooms[1].id, seat_id=ref.seat_id)), {}


@story("seat.edit")
def _(world):
    return world.ana, {"lang": "uk", "nickname": None, "sector": None}


def numbered(world, seat_id, **fields):
    """Give a seat what only its own phone knows."""

    def note():
        for name, value in fields.items():
            setattr(db.session.get(Seat, seat_id), name, value)

    write(note)


@story("seat.card")
def _(world):
    return world.ana, {"digest": "d" * 64}


@story("seat.return")
def _(world):
    numbered(world, world.ana.ref.seat_id, card="d" * 64)
    return world.guest, {"digest": "d" * 64}


@story("seat.assign")
def _(world):
    numbered(world, world.ana.ref.seat_id, number=4217, room_id=world.forum.rooms[1].id)
    return world.lead, {"number": 4217}
