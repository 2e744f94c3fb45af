"""Decisions: ballots, papers and tallies."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Moment, new_uuid, now


class Ballot(Model):
    """One question put to a vote, with a method."""

    __tablename__ = "ballot"
    __table_args__ = NEVER_AGAIN
    kind = "ballot"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(12))
    #: The name of a class in rooms/methods.py.
    method: Mapped[str] = mapped_column(String(20))
    #: What the method needs to know, such as {"dots": 5}.
    options: Mapped[Face] = mapped_column(JSON, default=dict)
    #: Results are told only after closing.
    hidden: Mapped[bool] = mapped_column(default=False)
    is_open: Mapped[bool] = mapped_column(default=True)
    #: What is being adopted, where it is a recommendation, and at which revision of its draft.
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    revision: Mapped[int | None]
    #: Papers put in, and how many of them the published tally includes.
    #: They differ while a count is due: a flag that survives the death of the process.
    casts: Mapped[int] = mapped_column(default=0)
    counted: Mapped[int] = mapped_column(default=0)
    #: What the voters' pseudonyms are made with; destroyed at closing.
    key: Mapped[str | None] = mapped_column(String(64), default=lambda: secrets.token_hex(32))
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    #: After closing: {"voters", "counts": {choice: n}, "passed": bool | null}.
    result: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))

    choices: Mapped[list[Choice]] = relationship(order_by="Choice.position")

    def public(self) -> Face:
        """The question and what may be answered; the tally is a thing of its own."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "question": self.question,
            "lang": self.lang,
            "method": self.method,
            "options": self.options,
            "hidden": self.hidden,
            "is_open": self.is_open,
            "recommendation": self.recommendation_id,
            "choices": [choice.public() for choice in self.choices],
            "result": self.result,
        }


class Choice(Model):
    """Something a paper may name: a theme or an idea, as it read when the ballot was opened."""

    __tablename__ = "choice"

    id: Mapped[int] = mapped_column(primary_key=True)
    ballot_id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), index=True)
    position: Mapped[int]
    theme_id: Mapped[int | None] = mapped_column(ForeignKey("theme.id", ondelete="SET NULL"))
    idea_id: Mapped[int | None] = mapped_column(ForeignKey("idea.id", ondelete="SET NULL"))
    label: Mapped[str] = mapped_column(String(600))
    lang: Mapped[str] = mapped_column(String(12))

    def public(self) -> Face:
        """The choice, as it is printed on the paper."""
        return {
            "id": self.id,
            "theme": self.theme_id,
            "idea": self.idea_id,
            "label": self.label,
            "lang": self.lang,
        }


class Paper(Model):
    """What one seat put in, under a pseudonym made with the ballot's key. No time, no order."""

    __tablename__ = "paper"

    ballot_id: Mapped[int] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    )
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: {choice: number}; for yes / no / abstain one of these words.
    marks: Mapped[dict[str, int]] = mapped_column(JSON)


class Tally(Model):
    """What the room has been told of a ballot."""

    __tablename__ = "tally"
    kind = "tally"

    id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    voters: Mapped[int] = mapped_column(default=0)
    #: None while the results are hidden.
    counts: Mapped[dict[str, int] | None] = mapped_column(JSON(none_as_null=True))

    def public(self) -> Face:
        """How many have voted, and for what where that may be told."""
        return {"id": self.id, "voters": self.voters, "counts": self.counts}
