"""What a recommendation carries besides its text: reservations, evidence, reopenings."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator.db import Model
from facilitator.models.forum import Sector
from facilitator.models.kinds import (
    NEVER_AGAIN,
    Face,
    Moment,
    Status,
    new_uuid,
    now,
    word,
)
from facilitator.models.moderated import Moderated


class Reservation(Moderated, Model):
    """A disagreement that travels with a recommendation into the document."""

    __tablename__ = "reservation"
    __table_args__ = (Index("ix_reservation_room_seat", "room_id", "seat_id"), NEVER_AGAIN)
    kind = "reservation"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    #: Kept when the seat is detached, as of an idea; told to nobody.
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    #: Whom it speaks for, where its author asked for that and the sector was large enough.
    sector_id: Mapped[int | None] = mapped_column(ForeignKey("sector.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(String(1000))
    lang: Mapped[str] = mapped_column(String(12))
    posted_at: Mapped[datetime] = mapped_column(Moment, default=now)

    sector: Mapped[Sector | None] = relationship(lazy="joined")

    def public(self) -> Face:
        """The words, and at most the sector they speak for."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "recommendation": self.recommendation_id,
            "sector": self.sector and self.sector.uuid,
            "text": self.text,
            "lang": self.lang,
        }


class Evidence(Moderated, Model):
    """A card that texts can cite: where something stands, and what it shows."""

    __tablename__ = "evidence"
    __table_args__ = (Index("ix_evidence_room_seat", "room_id", "seat_id"), NEVER_AGAIN)
    kind = "evidence"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    title: Mapped[str] = mapped_column(String(200))
    #: To the web; empty where it stands on paper only.
    url: Mapped[str] = mapped_column(String(500), default="")
    #: What it shows.
    text: Mapped[str] = mapped_column(String(500), default="")
    lang: Mapped[str] = mapped_column(String(12))
    posted_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """The card, and never who added it."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "title": self.title,
            "url": self.url,
            "text": self.text,
            "lang": self.lang,
        }


class Reopening(Model):
    """A text that had been voted on was opened again, and why: everybody may know."""

    __tablename__ = "reopening"
    __table_args__ = NEVER_AGAIN
    kind = "reopening"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    text: Mapped[str] = mapped_column(String(300))
    lang: Mapped[str] = mapped_column(String(12))
    #: What had been decided, and on which wording.
    status: Mapped[Status] = mapped_column(word(Status))
    revision: Mapped[int | None]
    hash: Mapped[str | None] = mapped_column(String(71))

    def public(self) -> Face:
        """When and why, and what had been decided before."""
        return {
            "id": self.id,
            "recommendation": self.recommendation_id,
            "at": self.at.isoformat(),
            "text": self.text,
            "lang": self.lang,
            "status": self.status,
            "revision": self.revision,
            "hash": self.hash,
        }
