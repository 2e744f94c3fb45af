"""Who may vote in a ballot: everybody in the room, or chosen sectors; those of then or of now."""

from __future__ import annotations

from sqlalchemy import ColumnElement, delete, func, insert, select

from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import Ballot, Elector, Forum, Room, Seat, Sector


def enrol(ballot: Ballot, room: Room) -> None:
    """See that the chosen sectors are known and not too small, and note who is here where asked."""
    if ballot.sectors:
        ours = Sector.forum_id == room.forum_id, Sector.uuid.in_(ballot.sectors)
        known = db.session.scalar(select(func.count()).select_from(Sector).where(*ours))
        if known != len(ballot.sectors):
            raise Refused("This sector is no longer on the list. Choose another one.", code="gone")
        least = db.session.get_one(Forum, room.forum_id).least
        if _count(ballot) < least:
            raise Refused(
                "A vote of chosen sectors needs at least {n} people of them in the room.", n=least
            )
    if ballot.fixed:
        here = select(Seat.id).where(*_may(ballot))
        rows = [{"ballot_id": ballot.id, "seat_id": seat} for seat in db.session.scalars(here)]
        if rows:
            db.session.execute(insert(Elector), rows)


def dismiss(ballot: Ballot) -> None:
    """Forget who might have voted."""
    db.session.execute(delete(Elector).where(Elector.ballot_id == ballot.id))


def refuse_others(ballot: Ballot, seat: Seat) -> None:
    """Refuse a seat that may not vote here. Nobody votes for somebody else."""
    if ballot.fixed and db.session.get(Elector, (ballot.id, seat.id)) is None:
        raise Refused("This vote is for those who were in the room when it was opened.")
    if ballot.sectors:
        sector = db.session.get(Sector, seat.sector_id) if seat.sector_id else None
        if sector is None or sector.uuid not in ballot.sectors:
            raise Refused("This vote is for other sectors than yours.")


def entitled(ballot: Ballot) -> int | None:
    """How many may vote, where it is not simply everybody in the room now."""
    return present(ballot) if ballot.fixed or ballot.sectors else None


def present(ballot: Ballot) -> int:
    """How many may vote: of those here at opening, or of those here now."""
    if ballot.fixed:
        query = select(func.count()).select_from(Elector).where(Elector.ballot_id == ballot.id)
        return db.session.scalar(query) or 0
    return _count(ballot)


def _count(ballot: Ballot) -> int:
    return db.session.scalar(select(func.count()).select_from(Seat).where(*_may(ballot))) or 0


def _may(ballot: Ballot) -> list[ColumnElement[bool]]:
    """Of which seats the voters are now."""
    here = [Seat.room_id == ballot.room_id, Seat.revoked.is_(False)]
    if ballot.sectors:
        chosen = select(Sector.id).where(Sector.uuid.in_(ballot.sectors))
        here.append(Seat.sector_id.in_(chosen))
    return here
