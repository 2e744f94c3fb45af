"""What hangs on walls: screens, their links, and the slides with which rooms report back."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum
from typing import ClassVar

from sqlalchemy import JSON, ForeignKey, String, UniqueConstraint
from sqlalchemy.orm import Mapped, mapped_column, relationship

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Moment, new_uuid, now, word
from facilitator.models.people import Grant


class View(StrEnum):
    """What a screen can show."""

    #: What the room is doing now.
    AUTO = "auto"
    JOIN = "join"
    QUESTION = "question"
    IDEAS = "ideas"
    THEMES = "themes"
    #: One theme with its ideas, one idea alone.
    THEME = "theme"
    IDEA = "idea"
    BALLOT = "ballot"
    #: All drafts side by side, or one as reading text.
    DRAFT = "draft"
    TIMER = "timer"
    AGENDA = "agenda"
    #: What rooms report back: in a plenary those of all rooms.
    SLIDES = "slides"
    PAUSE = "pause"
    BLANK = "blank"


class Screen(Model):
    """A screen on the wall of a room, and what whoever leads the room lets it show."""

    __tablename__ = "screen"
    __table_args__ = NEVER_AGAIN
    kind = "screen"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    #: Empty: the first of its room, which needs no name.
    name: Mapped[str] = mapped_column(String(60), default="")
    show: Mapped[View] = mapped_column(word(View), default=View.AUTO)
    #: Which theme, idea, ballot or draft; None: the one of now, or all.
    thing: Mapped[int | None]
    #: Which page of it, from 0. Pages go round: a wall shows the remainder.
    page: Mapped[int] = mapped_column(default=0)
    #: The visit of the room to a step for which this was chosen.
    visit: Mapped[int] = mapped_column(default=0)
    #: In the next step it shows what the room does then; else it stays put.
    follows: Mapped[bool] = mapped_column(default=True)
    dark: Mapped[bool] = mapped_column(default=False)

    key: Mapped[ScreenKey] = relationship(back_populates="screen", cascade="all, delete")

    def public(self) -> Face:
        """What it shows, and never its link."""
        return {
            "id": self.id,
            "name": self.name,
            "show": self.show,
            "thing": self.thing,
            "page": self.page,
            "visit": self.visit,
            "follows": self.follows,
            "dark": self.dark,
        }


class ScreenKey(Model):
    """The link of a screen, and whether a wall is connected: for those who lead the room."""

    __tablename__ = "screen_key"
    kind = "screen_key"
    backstage: ClassVar[bool] = True

    id: Mapped[int] = mapped_column(ForeignKey("screen.id", ondelete="CASCADE"), primary_key=True)
    #: What is typed behind the address, or scanned.
    code: Mapped[str] = mapped_column(String(12), unique=True)
    grant_id: Mapped[int] = mapped_column(ForeignKey("grant.id", ondelete="CASCADE"))
    connected: Mapped[bool] = mapped_column(default=False)
    seen_at: Mapped[datetime] = mapped_column(Moment, default=now)

    screen: Mapped[Screen] = relationship(back_populates="key")
    grant: Mapped[Grant] = relationship()

    def public(self) -> Face:
        """The code, whether it still opens anything, and whether the projector is on."""
        return {
            "id": self.id,
            "code": self.code,
            "valid": not self.grant.revoked,
            "connected": self.connected,
        }


class Slide(Model):
    """What one room reports back to a plenary, as it was when the slides were gathered."""

    __tablename__ = "slide"
    __table_args__ = (UniqueConstraint("room_id", "origin_id"), NEVER_AGAIN)
    kind = "slide"

    id: Mapped[int] = mapped_column(primary_key=True)
    #: The plenary.
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    origin_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"))
    position: Mapped[int]
    #: {"title", "number", "ideas", "themes", "texts": [{"title", "lang", "text", "result"}]}
    face: Mapped[Face] = mapped_column(JSON)

    def public(self) -> Face:
        """The slide, and its place among the others."""
        return {"id": self.id, "position": self.position, **self.face}
