"""What a room gathers: ideas, what is said of them, who supports them, and themes."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import (
    NEVER_AGAIN,
    Face,
    IdeaKind,
    Moment,
    Via,
    new_uuid,
    now,
    word,
)
from facilitator.models.moderated import Moderated


class Theme(Model):
    """A named cluster of ideas."""

    __tablename__ = "theme"
    __table_args__ = NEVER_AGAIN
    kind = "theme"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    title: Mapped[str] = mapped_column(String(120))
    lang: Mapped[str] = mapped_column(String(12))
    position: Mapped[int] = mapped_column(default=0)
    #: Kept, and shown below the others; nobody is asked to vote or write about it.
    aside: Mapped[bool] = mapped_column(default=False)
    #: Taken apart or merged into another: undoing brings back this very theme.
    gone: Mapped[bool] = mapped_column(default=False)

    def public(self) -> Face:
        """The theme; its ideas say that they belong to it."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "title": self.title,
            "lang": self.lang,
            "position": self.position,
            "aside": self.aside,
        }


class Backing(Model):
    """How many seats support at least one idea of a theme: each of them counts once."""

    __tablename__ = "backing"
    kind = "backing"

    id: Mapped[int] = mapped_column(ForeignKey("theme.id", ondelete="CASCADE"), primary_key=True)
    seats: Mapped[int] = mapped_column(default=0)

    def public(self) -> Face:
        """A number, and no names."""
        return {"id": self.id, "seats": self.seats}


class ThemeStep(Model):
    """Something done to the themes of a room, and how to undo it."""

    __tablename__ = "theme_step"
    __table_args__ = NEVER_AGAIN
    kind = "theme_step"
    backstage = True

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    #: Who may take it back; told to nobody.
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    grant_id: Mapped[int | None] = mapped_column(ForeignKey("grant.id", ondelete="SET NULL"))
    #: The name of the action.
    name: Mapped[str] = mapped_column(String(40))
    #: The title of the theme it was about; None where ideas were put into no theme.
    about: Mapped[str | None] = mapped_column(String(120))
    #: How many ideas it moved.
    ideas: Mapped[int] = mapped_column(default=0)
    #: What it changed: [{"kind", "id", "before": {…}, "after": {…}}].
    changes: Mapped[list[Face]] = mapped_column(JSON)
    #: What taking it back has changed, in the same shape.
    taken_back: Mapped[list[Face]] = mapped_column(JSON, default=list)
    undone: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """What was done, and never who did it."""
        return {
            "id": self.id,
            "name": self.name,
            "about": self.about,
            "ideas": self.ideas,
            "undone": self.undone,
            "at": self.at.isoformat(),
        }


class Idea(Moderated, Model):
    """A thought posted by one seat, in the words they used."""

    __tablename__ = "idea"
    __table_args__ = (
        Index("ix_idea_room_seat", "room_id", "seat_id"),
        Index("ix_idea_room_state", "room_id", "state"),
        NEVER_AGAIN,
    )
    kind = "idea"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    #: Kept when the seat is detached: the idea belongs to the group.
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    sort: Mapped[IdeaKind] = mapped_column(word(IdeaKind))
    #: Where whoever leads wrote it down for somebody: from what, and the number on the slip.
    via: Mapped[Via | None] = mapped_column(word(Via))
    slip: Mapped[int | None]
    question_id: Mapped[int | None] = mapped_column(ForeignKey("question.id"))
    theme_id: Mapped[int | None] = mapped_column(
        ForeignKey("theme.id", ondelete="SET NULL"), index=True
    )
    text: Mapped[str] = mapped_column(String(600))
    lang: Mapped[str] = mapped_column(String(12))
    posted_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """The words, and never who wrote them."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "sort": self.sort,
            "question": self.question_id,
            "theme": self.theme_id,
            "text": self.text,
            "lang": self.lang,
            "via": self.via,
            "slip": self.slip,
        }


class Comment(Moderated, Model):
    """What one seat says of an idea, in a sentence or two."""

    __tablename__ = "comment"
    __table_args__ = (Index("ix_comment_room_seat", "room_id", "seat_id"), NEVER_AGAIN)
    kind = "comment"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    idea_id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), index=True)
    #: Kept when the seat is detached, as the idea is.
    seat_id: Mapped[int | None] = mapped_column(ForeignKey("seat.id", ondelete="SET NULL"))
    text: Mapped[str] = mapped_column(String(400))
    lang: Mapped[str] = mapped_column(String(12))
    posted_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """The words and the idea they are about, and never who wrote them."""
        return {
            "id": self.id,
            "uuid": self.uuid,
            "idea": self.idea_id,
            "text": self.text,
            "lang": self.lang,
        }


class Support(Model):
    """One seat supports one idea."""

    __tablename__ = "support"

    idea_id: Mapped[int] = mapped_column(
        ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True
    )
    seat_id: Mapped[int] = mapped_column(
        ForeignKey("seat.id", ondelete="CASCADE"), primary_key=True
    )


class Echo(Model):
    """How many support an idea. Not part of the idea, which changes less often."""

    __tablename__ = "echo"
    kind = "echo"

    id: Mapped[int] = mapped_column(ForeignKey("idea.id", ondelete="CASCADE"), primary_key=True)
    seats: Mapped[int] = mapped_column(default=0)

    def public(self) -> Face:
        """A number, and no names."""
        return {"id": self.id, "seats": self.seats}
