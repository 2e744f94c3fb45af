"""Who is there: seats, and the links of those who work here."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import Moment, Role, new_uuid, now, word


class Seat(Model):
    """One person's place in the forum: a random token. Not an account."""

    __tablename__ = "seat"
    __table_args__ = (Index("ix_seat_number", "forum_id", "number", unique=True),)

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    lang: Mapped[str] = mapped_column(String(12))
    nickname: Mapped[str | None] = mapped_column(String(40))
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("sector.id"), index=True)
    #: The room it is in now.
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id"), index=True)
    revoked: Mapped[bool] = mapped_column(default=False)
    #: Shown on its own phone, to be said to whoever leads: drawn by chance, and tells nothing.
    number: Mapped[int | None]
    #: The digest of the six words on its return card.
    card: Mapped[str | None] = mapped_column(String(64), index=True)
    #: The room in which it has contributed last, and in which of that room's visits to a step.
    active_room: Mapped[int | None]
    active_visit: Mapped[int | None]

    def contributed(self, room_id: int, visit: int) -> bool:
        """Whether it has contributed in a room's present step."""
        return (self.active_room, self.active_visit) == (room_id, visit)


class Membership(Model):
    """A seat has been in a room."""

    __tablename__ = "membership"

    seat_id: Mapped[int] = mapped_column(
        ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.id", ondelete="CASCADE"), primary_key=True
    )
    #: Seconds for which it had the floor.
    spoken: Mapped[int] = mapped_column(default=0)


class Grant(Model):
    """A link that lets somebody work here: a role, in one room or in all. Revocable."""

    __tablename__ = "grant"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    #: None: the whole installation (the host's own link).
    forum_id: Mapped[int | None] = mapped_column(
        ForeignKey("forum.id", ondelete="CASCADE"), index=True
    )
    #: None: every room of the forum.
    room_id: Mapped[int | None] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    role: Mapped[Role] = mapped_column(word(Role))
    label: Mapped[str] = mapped_column(String(80), default="")
    revoked: Mapped[bool] = mapped_column(default=False)
    issued_at: Mapped[datetime] = mapped_column(Moment, default=now)
