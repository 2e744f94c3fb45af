"""The day beyond the rooms: its programme, who sat at which table, and what was parked."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String, Text
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import (
    NEVER_AGAIN,
    Face,
    IdeaKind,
    Localised,
    Moment,
    ParkedState,
    new_uuid,
    now,
    word,
)


class ProgrammeItem(Model):
    """A line of the day's programme, as the organisers publish it: a session, or a break."""

    __tablename__ = "programme_item"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    #: "09:30", by the clock on the wall; the end may be left open.
    starts: Mapped[str] = mapped_column(String(5))
    ends: Mapped[str] = mapped_column(String(5), default="")
    title: Mapped[Localised] = mapped_column(JSON)
    place: Mapped[str] = mapped_column(String(120), default="")
    pause: Mapped[bool] = mapped_column(default=False)


class TablePlan(Model):
    """A round of tables as it was applied: who was sent where, and where they came from.

    Nobody is shown who sat where: it lets the next round bring new people together, and the last
    one be taken back.
    """

    __tablename__ = "table_plan"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    meeting_id: Mapped[int] = mapped_column(
        ForeignKey("meeting.id", ondelete="CASCADE"), index=True
    )
    track_id: Mapped[int] = mapped_column(ForeignKey("track.id", ondelete="CASCADE"), index=True)
    #: [[room id, [seat ids]]], table by table.
    tables: Mapped[list[tuple[int, list[int]]]] = mapped_column(JSON)
    #: [[seat id, room id]]: where those were who were moved.
    moved: Mapped[list[tuple[int, int]]] = mapped_column(JSON)
    applied_at: Mapped[datetime] = mapped_column(Moment, default=now)
    undone: Mapped[bool] = mapped_column(default=False)


class Parked(Model):
    """Something said in a room that belongs elsewhere: kept, and perhaps sent there."""

    __tablename__ = "parked"
    __table_args__ = NEVER_AGAIN
    kind = "parked"

    id: Mapped[int] = mapped_column(primary_key=True)
    room_id: Mapped[int] = mapped_column(ForeignKey("room.id", ondelete="CASCADE"), index=True)
    #: None: by whoever leads, or sent from another room.
    seat_id: Mapped[int | None] = mapped_column(
        ForeignKey("seat.id", ondelete="SET NULL"), index=True
    )
    sort: Mapped[IdeaKind] = mapped_column(word(IdeaKind))
    text: Mapped[str] = mapped_column(Text)
    lang: Mapped[str] = mapped_column(String(12))
    state: Mapped[ParkedState] = mapped_column(word(ParkedState), default=ParkedState.HERE)
    #: The idea it became here.
    idea_id: Mapped[int | None]
    #: Where it was sent, and what that room is called.
    to_room_id: Mapped[int | None] = mapped_column(
        ForeignKey("room.id", ondelete="SET NULL"), index=True
    )
    goal: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    #: What it is a copy of, and what the room is called where it was said.
    from_id: Mapped[int | None] = mapped_column(unique=True)
    origin: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """What it says, where it came from and where it went; never who said it."""
        return {
            "id": self.id,
            "sort": self.sort,
            "text": self.text,
            "lang": self.lang,
            "state": self.state,
            "idea": self.idea_id,
            "to": self.goal,
            "from": self.origin,
        }
