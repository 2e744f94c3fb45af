"""Moderation: what participants report, and what whoever leads decided on it."""

from __future__ import annotations

from datetime import datetime
from typing import ClassVar

from sqlalchemy import ForeignKey, Index, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Moment, Reason, Role, Ruling, now, word


class Report(Model):
    """One seat says that words should be looked at. Of which words: one of the five."""

    __tablename__ = "report"
    __table_args__ = (
        UniqueConstraint("idea_id", "seat_id"),
        UniqueConstraint("comment_id", "seat_id"),
        Index("ix_report_reservation", "reservation_id", "seat_id", unique=True),
        Index("ix_report_evidence", "evidence_id", "seat_id", unique=True),
        Index("ix_report_reply_seat", "reply_id", "seat_id", unique=True),
        Index("ix_report_room", "room_id", "settled"),
    )

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"))
    comment_id: Mapped[int | None] = mapped_column(ForeignKey("comment.id", ondelete="CASCADE"))
    #: Added later, without a cascade: SQLite cannot tell of one within a column.
    reservation_id: Mapped[int | None] = mapped_column(ForeignKey("reservation.id"))
    evidence_id: Mapped[int | None] = mapped_column(ForeignKey("evidence.id"))
    reply_id: Mapped[int | None] = mapped_column(ForeignKey("reply.id"))
    seat_id: Mapped[int] = mapped_column(ForeignKey("seat.id", ondelete="CASCADE"), index=True)
    #: Whoever leads has decided since; the same seat cannot report the same words again.
    settled: Mapped[bool] = mapped_column(default=False)


class Decision(Model):
    """A line of the log of moderation. It names nobody, and quotes nothing."""

    __tablename__ = "decision"
    __table_args__ = NEVER_AGAIN
    kind = "decision"
    backstage: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: In what capacity it was decided.
    role: Mapped[Role] = mapped_column(word(Role))
    ruling: Mapped[Ruling] = mapped_column(word(Ruling))
    #: On what: the kind of the words, and their name in exports.
    thing: Mapped[str] = mapped_column(String(20))
    thing_uuid: Mapped[str] = mapped_column(String(36))
    reason: Mapped[Reason | None] = mapped_column(word(Reason))
    #: How many had reported it then.
    reports: Mapped[int] = mapped_column(default=0)

    def public(self) -> Face:
        """What was decided, when, and why."""
        return {
            "id": self.id,
            "at": self.at.isoformat(),
            "role": self.role,
            "ruling": self.ruling,
            "thing": self.thing,
            "uuid": self.thing_uuid,
            "reason": self.reason,
            "reports": self.reports,
        }
