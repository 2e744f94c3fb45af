"""Reservations: a disagreement, with its reason, that travels with a recommendation."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from sqlalchemy import func, select
from sqlalchemy.orm import undefer

from facilitator.access import Actor
from facilitator.actions import Refused, action
from facilitator.db import db
from facilitator.models import (
    Face,
    Forum,
    IdeaState,
    Recommendation,
    Reservation,
    Room,
    RoomKind,
    SealedEdition,
    Seat,
    Sector,
)
from facilitator.rooms.visibility import STANDING, come_in, first_state, own_face
from facilitator.rooms.withdrawing import restore, withdraw
from facilitator.shapes import Language, several_lines

#: Characters of a reservation; reservations of one seat in a room; of a room.
LONGEST, PER_SEAT, PER_ROOM = 1_000, 50, 500

Text = Annotated[str, several_lines(LONGEST, least=1)]


@action("reservation.make", contributes=True)
def make_reservation(
    actor: Actor, *, recommendation: int, text: Text, lang: Language, named: bool = False
) -> Face:
    """Say with what one does not agree, also after the vote. It is printed with the text.

    Nobody learns who wrote it. `named` has it speak for the sector of its author, which takes as
    many people of that sector in the room as the forum tells of.
    """
    about = recommendation_here(actor.room, recommendation)
    _refuse_sealed(actor.room, about)
    _refuse_flood(actor)
    made = Reservation(
        room_id=actor.room.id,
        recommendation_id=about.id,
        seat_id=actor.seat and actor.seat.id,
        sector=_sector(actor) if named else None,
        state=first_state(actor, actor.room, veils=False),
        text=text,
        lang=lang,
    )
    db.session.add(made)
    db.session.flush()
    come_in(actor.room, made)
    return own_face(made)


@action("reservation.withdraw")
def withdraw_reservation(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take back one's own reservation. Nothing of it stays in the room's log.

    Until `room.sweep` deletes it, its author can bring it back.
    """
    withdraw(actor.room, _own(actor, id, STANDING))


@action("reservation.restore")
def restore_reservation(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Bring one's own reservation back, a little after taking it back."""
    made = _own(actor, id, {IdeaState.WITHDRAWN})
    _refuse_sealed(actor.room, recommendation_here(actor.room, made.recommendation_id))
    return restore(actor.room, made)


# ---- For whom ------------------------------------------------------------------------------------


def voice_of(actor: Actor) -> Face:
    """For which sector somebody could write here, whether it is large enough, and what that is."""
    sector_id = actor.seat.sector_id if actor.seat else None
    sector = db.session.get(Sector, sector_id) if sector_id else None
    least = _least(actor.room)
    return {
        "sector": sector.uuid if sector else None,
        "enough": sector is not None and _many(actor.room, sector.id) >= least,
        "least": least,
    }


def _sector(actor: Actor) -> Sector:
    """The sector of who acts; refused where too few of it are here to tell of it."""
    sector_id = actor.seat.sector_id if actor.seat else None
    if sector_id is None:
        raise Refused("You have not said for which sector you speak. Send it without one.")
    least = _least(actor.room)
    if _many(actor.room, sector_id) < least:
        raise Refused(
            "Fewer than {n} people of your sector are here, so others could guess who wrote it. "
            "Send it without your sector.",
            code="few",
            n=least,
        )
    return db.session.get_one(Sector, sector_id)


def _many(room: Room, sector_id: int) -> int:
    """How many of a sector are in a room now."""
    here = Seat.room_id == room.id, Seat.sector_id == sector_id, Seat.revoked.is_(False)
    return db.session.scalar(select(func.count()).select_from(Seat).where(*here)) or 0


def _least(room: Room) -> int:
    return db.session.get_one(Forum, room.forum_id).least


# ---- About what ----------------------------------------------------------------------------------


def recommendation_here(room: Room, number: int) -> Recommendation:
    """A recommendation that the room has written."""
    found = db.session.get(Recommendation, number)
    if found is None or found.gone or found.room_id != room.id or room.sort is RoomKind.DESK:
        raise Refused("This text is no longer here.", code="gone")
    return found


def _refuse_sealed(room: Room, about: Recommendation) -> None:
    """What the last sealed edition was made of carries what it carried then."""
    last = select(SealedEdition).filter_by(forum_id=room.forum_id)
    last = last.order_by(SealedEdition.number.desc()).limit(1)
    edition = db.session.scalar(last.options(undefer(SealedEdition.document)))
    if edition is not None and about.uuid[:8] in _drafts_in(edition.document):
        raise Refused(
            "The document has been sealed with this recommendation: nothing can be added to it.",
            code="closed",
        )


def _drafts_in(document: Face) -> set[str]:
    """The rooms' texts that a document was made of, as it names them."""
    parts = (part for chapter in document["chapters"] for part in chapter["content"])
    sources = (source for part in parts for source in part.get("sources", []))
    return {source["draft"]["id"] for source in sources if "draft" in source}


def _own(actor: Actor, number: int, states: Collection[IdeaState]) -> Reservation:
    made = db.session.get(Reservation, number)
    if made is None or made.room_id != actor.room.id:
        raise Refused("This reservation is no longer here.", code="gone")
    # As with ideas: those without a seat are looked after by whoever leads.
    mine = made.seat_id == actor.seat.id if actor.seat else made.seat_id is None
    if not mine:
        raise Refused("Only who wrote a reservation can take it back.")
    if made.state not in states:
        raise Refused("This was removed meanwhile.", code="gone")
    return made


def _refuse_flood(actor: Actor) -> None:
    here = select(func.count()).where(Reservation.room_id == actor.room.id)
    own = here.where(Reservation.seat_id == actor.seat.id) if actor.seat else None
    if own is not None and (db.session.scalar(own) or 0) >= PER_SEAT:
        raise Refused(
            "You have written {n} reservations, as many as one person may.",
            code="too_many",
            n=PER_SEAT,
        )
    if (db.session.scalar(here) or 0) >= PER_ROOM:
        raise Refused(
            "This room has {n} reservations, as many as it can hold.", code="too_many", n=PER_ROOM
        )
