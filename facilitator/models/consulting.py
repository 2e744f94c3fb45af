"""A text of the desk sent back to the rooms it came from, and what their people answer."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Moment, new_uuid, now


class Consultation(Model):
    """A recommendation of the forum as its source rooms are asked about it, before the plenary."""

    __tablename__ = "consultation"
    __table_args__ = NEVER_AGAIN
    kind = "consultation"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    #: What they read: the text as of one revision of its draft.
    revision: Mapped[int]
    title: Mapped[str] = mapped_column(String(300))
    lang: Mapped[str] = mapped_column(String(12))
    template: Mapped[list[Face]] = mapped_column(JSON)
    text: Mapped[Face] = mapped_column(JSON)
    #: What the names on the answers are made with; destroyed at closing.
    key: Mapped[str | None] = mapped_column(String(64), default=lambda: secrets.token_hex(32))
    is_open: Mapped[bool] = mapped_column(default=True)
    sent_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: After closing: {"voters", "yes", "rooms": [{"rooms": [uuid], "voters", "low", "high"}] as far
    #: as rooms.by_sector allows, "reasons": [{"text", "lang"}]}.
    result: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))

    def public(self) -> Face:
        """The text that is asked about; who answered what is never told."""
        return {
            "id": self.id,
            "recommendation": self.recommendation_id,
            "revision": self.revision,
            "title": self.title,
            "lang": self.lang,
            "template": self.template,
            "text": self.text,
            "is_open": self.is_open,
            "sent_at": self.sent_at.isoformat(),
            "result": self.result,
        }


class Consulted(Model):
    """A room that is asked, and how many of its people have answered: for who leads it."""

    __tablename__ = "consulted"
    kind = "consulted"
    backstage = True

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.id", ondelete="CASCADE"), primary_key=True
    )
    answered: Mapped[int] = mapped_column(default=0)

    @property
    def id(self) -> int:
        """In its room it goes by what is asked."""
        return self.consultation_id

    def public(self) -> Face:
        """A number; not who, and not what."""
        return {"id": self.id, "answered": self.answered}


class ConsultationAnswer(Model):
    """What one seat answers, under a pseudonym. No time, no order; only until closing."""

    __tablename__ = "consultation_answer"

    consultation_id: Mapped[int] = mapped_column(
        ForeignKey("consultation.id", ondelete="CASCADE"), primary_key=True
    )
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    #: Why it is a yes with a reservation; None: a plain yes.
    reason: Mapped[str | None] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(12))

    def own(self) -> Face:
        """The answer, for who gave it."""
        return {"reason": self.reason}
