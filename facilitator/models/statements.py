"""Statement votes of large rooms: statements, what seats answered to them, and what is told."""

from __future__ import annotations

import secrets
from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Moment, new_uuid, now


class StatementVote(Model):
    """A room answers statements one by one: agree, disagree or pass."""

    __tablename__ = "statement_vote"
    __table_args__ = NEVER_AGAIN
    kind = "statement_vote"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    question: Mapped[str] = mapped_column(String(200))
    lang: Mapped[str] = mapped_column(String(12))
    #: What it is about, at length; where it was brought in from elsewhere.
    about: Mapped[str] = mapped_column(Text, default="")
    is_open: Mapped[bool] = mapped_column(default=True)
    #: What the voters' pseudonyms are made with; destroyed at closing.
    key: Mapped[str | None] = mapped_column(String(64), default=lambda: secrets.token_hex(32))
    #: Who has answered anything, and how many answers there are in all.
    voters: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)
    #: Answers there were when it was last worked out which statements stand far out.
    weighed: Mapped[int] = mapped_column(default=0)
    opened_at: Mapped[datetime] = mapped_column(Moment, default=now)
    closed_at: Mapped[datetime | None] = mapped_column(Moment)
    #: After closing: {"voters", "answers", "counts": {statement: [agree, disagree, pass]}}.
    result: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    #: … and a little later, when the worker is through: rooms/opinions_told.py says what.
    opinions: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))

    def public(self) -> Face:
        """The question, and what came of it; the statements are things of their own."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "question": self.question,
            "lang": self.lang,
            "is_open": self.is_open,
            "opened_at": self.opened_at.isoformat(),
            "result": self.result,
            "opinions": self.opinions,
        }


class Statement(Model):
    """Something one can agree or disagree with: an idea, as it read when the vote was opened."""

    __tablename__ = "statement"
    __table_args__ = NEVER_AGAIN
    kind = "statement"

    id: Mapped[int] = mapped_column(primary_key=True)
    vote_id: Mapped[int] = mapped_column(
        ForeignKey("statement_vote.id", ondelete="CASCADE"), index=True
    )
    idea_id: Mapped[int | None] = mapped_column(
        ForeignKey("idea.id", ondelete="SET NULL"), index=True
    )
    #: Its number in the vote, from 0.
    number: Mapped[int]
    text: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(12))
    #: Taken out by whoever leads: nobody is asked any more, and it is in no result.
    out: Mapped[bool] = mapped_column(default=False)
    agrees: Mapped[int] = mapped_column(default=0)
    disagrees: Mapped[int] = mapped_column(default=0)
    passes: Mapped[int] = mapped_column(default=0)
    #: How far out an answer to it alone puts somebody on the map of opinions.
    extremity: Mapped[float] = mapped_column(default=0.0)
    made_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """The words, and never what was answered: nobody should answer after the others."""
        return {
            "id": self.id,
            "vote": self.vote_id,
            "idea": self.idea_id,
            "number": self.number,
            "text": "" if self.out else self.text,
            "lang": self.lang,
            "out": self.out,
        }


class AnswerSheet(Model):
    """What one seat answered, under a pseudonym made with the vote's key. No time, no order."""

    __tablename__ = "answer_sheet"
    # SQLite keeps the rows in the order of their names, which is by chance, and not as they came.
    __table_args__ = {"sqlite_with_rowid": False}  # noqa: RUF012 - SQLAlchemy's own way

    vote_id: Mapped[int] = mapped_column(
        ForeignKey("statement_vote.id", ondelete="CASCADE"), primary_key=True
    )
    voter: Mapped[str] = mapped_column(String(64), primary_key=True)
    #: {statement: 1 | 0 | -1}, by the number of the statement and not as they were given.
    marks: Mapped[dict[str, int]] = mapped_column(JSON)
    #: Kept only until the agreement of sectors is worked out.
    sector_id: Mapped[int | None]


class Turnout(Model):
    """What the room has been told of an open statement vote."""

    __tablename__ = "turnout"
    kind = "turnout"

    id: Mapped[int] = mapped_column(
        ForeignKey("statement_vote.id", ondelete="CASCADE"), primary_key=True
    )
    voters: Mapped[int] = mapped_column(default=0)
    answers: Mapped[int] = mapped_column(default=0)

    def public(self) -> Face:
        """How many have answered, how often, and nothing of what."""
        return {"id": self.id, "voters": self.voters, "answers": self.answers}
