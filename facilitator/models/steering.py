"""How a room is led: what is shown to all, whose word it is, and how the room is doing."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Moment, now


class Steer(Model):
    """What whoever leads asks of every screen. Not part of the room, which is larger."""

    __tablename__ = "steer"
    kind = "steer"

    id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), primary_key=True)
    #: What all look at: {"kind", "id", "since"}.
    light: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    #: A sentence to all: {"text", "lang", "at"}.
    notice: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    #: An invitation to those who have not contributed: {"visit", "at"}.
    nudge: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    #: The number of the hand that has the floor.
    floor: Mapped[int | None]
    #: The numbers of the hands that are up, so that a phone knows when its own is no longer.
    hands: Mapped[list[int]] = mapped_column(JSON, default=list)
    #: The number that the last raised hand was given.
    last_hand: Mapped[int] = mapped_column(default=0)

    def public(self) -> Face:
        """What every screen shows; of hands their numbers alone."""
        return {
            "id": self.id,
            "light": self.light,
            "notice": self.notice,
            "nudge": self.nudge,
            "floor": self.floor,
            "hands": self.hands,
        }


class Hand(Model):
    """Somebody wants to speak. It is told to nobody as it is: see Speakers."""

    __tablename__ = "hand"
    __table_args__ = (UniqueConstraint("room_id", "seat_id", name="uq_hand_seat"), NEVER_AGAIN)

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    #: Its number in the room, from 1.
    number: Mapped[int]
    raised_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: Since when it has the floor.
    called_at: Mapped[datetime | None] = mapped_column(Moment)


class Speakers(Model):
    """The raised hands in the order in which they are offered the floor, as last told."""

    __tablename__ = "speakers"
    kind = "speakers"
    backstage = True

    id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), primary_key=True)
    face: Mapped[Face] = mapped_column(JSON, default=dict)

    def public(self) -> Face:
        """Numbers, how long each has spoken; a nickname only where the forum says so."""
        return {"id": self.id, **self.face}


class Watch(Model):
    """How a room is doing, for who leads it, as last told."""

    __tablename__ = "watch"
    kind = "watch"
    backstage = True

    id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), primary_key=True)
    face: Mapped[Face] = mapped_column(JSON, default=dict)
    #: Whoever leads asks the organisers to come, and may say what for. None: all is well.
    help: Mapped[str | None] = mapped_column(String(200))

    def public(self) -> Face:
        """How many, and never who."""
        return {"id": self.id, "help": self.help, **self.face}


class Presence(Model):
    """How many seats of a room one of the processes is connected with. It soon grows old."""

    __tablename__ = "presence"

    process: Mapped[str] = mapped_column(String(36), primary_key=True)
    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.id", ondelete="CASCADE"), primary_key=True
    )
    seats: Mapped[int]
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)
