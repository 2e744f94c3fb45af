"""Suggestions: what somebody would change in a draft, what is said of it, and how many agree."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import (
    NEVER_AGAIN,
    Face,
    Localised,
    Moment,
    new_uuid,
    now,
    word,
)
from facilitator.models.moderated import Moderated


class Outcome(StrEnum):
    """What became of a suggestion."""

    OPEN = "open"
    ACCEPTED = "accepted"
    DECLINED = "declined"


class Suggestion(Model):
    """Other words for a passage of a draft; or, with none, a place to talk about the passage."""

    __tablename__ = "suggestion"
    __table_args__ = (Index("ix_suggestion_room_seat", "room_id", "seat_id"), NEVER_AGAIN)
    kind = "suggestion"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    recommendation_id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    #: Kept when the seat is detached; told to nobody else.
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"))
    #: The history of the draft in which the units are.
    epoch: Mapped[str] = mapped_column(String(36))
    root: Mapped[str] = mapped_column(String(40))
    #: The units of the passage, in their order: [[client, clock, length]]. What others write around
    #: and between them does not move them.
    units: Mapped[list[list[int]]] = mapped_column(JSON)
    #: The passage as it read.
    quote: Mapped[str] = mapped_column(String(2000))
    #: How it should read, in the language of the recommendation.
    put: Mapped[str | None] = mapped_column(String(4000))
    outcome: Mapped[Outcome] = mapped_column(word(Outcome), default=Outcome.OPEN)
    #: Why it was declined: {"text", "lang"}.
    answer: Mapped[Localised | None] = mapped_column(JSON(none_as_null=True))
    #: What accepting it has deleted: [[client, clock, length]].
    cut: Mapped[list[Any] | None] = mapped_column(JSON(none_as_null=True))
    #: The revision of the draft that accepting it has made.
    revision: Mapped[int | None]
    at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """The words and where they would stand, and never who wrote them."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "recommendation": self.recommendation_id,
            "epoch": self.epoch,
            "root": self.root,
            "units": self.units,
            "quote": self.quote,
            "put": self.put,
            "outcome": self.outcome,
            "answer": self.answer,
        }


class Stance(Model):
    """One seat agrees with a suggestion, or does not."""

    __tablename__ = "stance"

    suggestion_id: Mapped[int] = mapped_column(
        ForeignKey("suggestion.id", ondelete="CASCADE"), primary_key=True
    )
    seat_id: Mapped[int] = mapped_column(
        ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True
    )
    agrees: Mapped[bool]


class Stances(Model):
    """How many agree with a suggestion. Not part of it: it changes more often."""

    __tablename__ = "stances"
    kind = "stances"

    id: Mapped[int] = mapped_column(
        ForeignKey("suggestion.id", ondelete="CASCADE"), primary_key=True
    )
    agree: Mapped[int] = mapped_column(default=0)
    disagree: Mapped[int] = mapped_column(default=0)

    def public(self) -> Face:
        """Two numbers, and no names."""
        return {"id": self.id, "agree": self.agree, "disagree": self.disagree}


class Reply(Moderated, Model):
    """What somebody says of a suggestion, or why they make it."""

    __tablename__ = "reply"
    __table_args__ = (Index("ix_reply_room_seat", "room_id", "seat_id"), NEVER_AGAIN)
    kind = "reply"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    suggestion_id: Mapped[int] = mapped_column(
        ForeignKey("suggestion.id", ondelete="CASCADE"), index=True
    )
    #: Kept when the seat is detached, as a comment is.
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(String(400))
    lang: Mapped[str] = mapped_column(String(12))
    posted_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """The words and what they are about, and never who wrote them."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "suggestion": self.suggestion_id,
            "text": self.text,
            "lang": self.lang,
        }
