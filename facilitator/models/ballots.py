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
    #: The name of a class in rooms/methods.
    method: Mapped[str] = mapped_column(String(20))
    #: What the method needs to know, such as {"dots": 5}.
    options: Mapped[Face] = mapped_column(JSON, default=dict)
    #: What is told while it is open: live (all), turnout (how many voted), or hidden (nothing).
    showing: Mapped[str] = mapped_column(String(12), default="live")
    #: When it carries: the fields of rooms.rules.Rule, and "said", the same in sentences.
    rule: Mapped[Face] = mapped_column(JSON, default=dict)
    #: Nobody learns who voted what. In an open vote everybody in the room does, after closing.
    secret: Mapped[bool] = mapped_column(default=True)
    #: The sectors that may vote, by their uuids; none: everybody.
    sectors: Mapped[list[str]] = mapped_column(JSON, default=list)
    #: Only those may vote who were in the room at opening: the electors.
    fixed: Mapped[bool] = mapped_column(default=False)
    #: The ballot that this one repeats; ballots are never deleted.
    earlier_id: Mapped[int | None]
    is_open: Mapped[bool] = mapped_column(default=True)
    #: What is being adopted, where it is a recommendation, and at which revision of its draft.
    recommendation_id: Mapped[int | None] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), index=True
    )
    revision: Mapped[int | None]
    #: All texts that lie before a plenary are adopted at once, or none.
    whole: Mapped[bool] = mapped_column(default=False)
    #: Papers put in, and how many of them the published tally includes.
    #: They differ while a count is due: a flag that survives the death of the process.
    casts: Mapped[int] = mapped_column(default=0)
    counted: Mapped[int] = mapped_column(default=0)
    #: What the voters' pseudonyms are made with; destroyed at closing.
    key: Mapped[str | None] = mapped_column(String(64), default=lambda: secrets.token_hex(32))
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    #: After closing: {"voters", "entitled", "counts": {choice: n}, "order", "detail", "said",
    #: "passed": bool | null, "why": [[met, sentence]], "reasons": [{"answer", "text", "lang"}],
    #: "sectors": [{"sectors": [uuid, "" is not stated], "voters", "low", "high"}] as far as
    #: rooms.by_sector allows, "hands": n where hands were counted}.
    result: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    #: Of an open vote, after closing: [{"name", "marks"}]. Told in answer to who asks in the room.
    roll: Mapped[list[Face] | None] = mapped_column(JSON(none_as_null=True))
    #: What it means, in the words of who leads: {"text", "lang"}.
    conclusion: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))

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
            "showing": self.showing,
            "rule": self.rule,
            "secret": self.secret,
            "sectors": self.sectors,
            "fixed": self.fixed,
            "earlier": self.earlier_id,
            "is_open": self.is_open,
            "opened_at": self.opened_at.isoformat(),
            "recommendation": self.recommendation_id,
            "whole": self.whole,
            "choices": [choice.public() for choice in self.choices],
            "result": self.result,
            "conclusion": self.conclusion,
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
    #: Its idea was taken from the screens: the words must not stand on a paper either.
    blank: Mapped[bool] = mapped_column(default=False)

    def public(self) -> Face:
        """The choice, as it is printed on the paper; without words where they were hidden."""
        return {
            "id": self.id,
            "theme": self.theme_id,
            "idea": self.idea_id,
            "label": "" if self.blank else self.label,
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
    #: For which sector the seat speaks; only until closing.
    sector_id: Mapped[int | None]
    #: Why, where the answer needs a reason: {"text", "lang"}; only until closing.
    reason: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))


class Elector(Model):
    """A seat that may vote in a fixed ballot. It says nothing of who did; gone at closing."""

    __tablename__ = "elector"

    ballot_id: Mapped[int] = mapped_column(
        ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True
    )
    seat_id: Mapped[int] = mapped_column(
        ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True
    )


class Tally(Model):
    """What the room has been told of a ballot."""

    __tablename__ = "tally"
    kind = "tally"

    id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    #: All who have voted, and how many of them with their hand in the hall.
    voters: Mapped[int] = mapped_column(default=0)
    hands: Mapped[int] = mapped_column(default=0)
    #: None while the results are hidden.
    counts: Mapped[dict[str, float] | None] = mapped_column(JSON(none_as_null=True))
    #: How many may vote; None: everybody in the room.
    entitled: Mapped[int | None]

    def public(self) -> Face:
        """How many have voted of how many, and for what where that may be told."""
        return {
            "id": self.id,
            "voters": self.voters,
            "hands": self.hands,
            "counts": self.counts,
            "entitled": self.entitled,
        }


class Show(Model):
    """A show of hands in the hall, as whoever leads has counted it into a ballot."""

    __tablename__ = "show"
    kind = "show"
    backstage = True

    id: Mapped[int] = mapped_column(ForeignKey("ballot.id", ondelete="CASCADE"), primary_key=True)
    #: [{"sector": uuid or null for all, "people": n, "counts": {choice: n}}]
    rows: Mapped[list[Face]] = mapped_column(JSON, default=list)

    @property
    def people(self) -> int:
        """How many people it counts."""
        return sum(row["people"] for row in self.rows)

    def public(self) -> Face:
        """What was counted, to be corrected until the ballot is closed."""
        return {"id": self.id, "rows": self.rows}
