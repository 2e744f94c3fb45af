"""What keeps the promises: operations, the room log, and long work."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, Index, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import Face, Moment, new_uuid, now


class Op(Model):
    """An operation that was carried out, and what was answered."""

    __tablename__ = "op"

    id: Mapped[str] = mapped_column(String(64), primary_key=True)
    seat_id: Mapped[int | None]
    grant_id: Mapped[int | None]
    #: A digest of what was asked: the same id may not mean two things.
    body: Mapped[str] = mapped_column(String(64))
    answer: Mapped[Any] = mapped_column(JSON)
    at: Mapped[datetime] = mapped_column(Moment, default=now, index=True)


class Event(Model):
    """A line of the room log: the whole new public state of one thing, null when it is gone."""

    __tablename__ = "event"
    __table_args__ = (Index("ix_event_thing", "room_id", "kind", "thing_id"),)

    room_id: Mapped[int] = mapped_column(
        ForeignKey("room.id", ondelete="CASCADE"), primary_key=True
    )
    seq: Mapped[int] = mapped_column(primary_key=True)
    kind: Mapped[str] = mapped_column(String(20))
    thing_id: Mapped[str] = mapped_column(String(40))
    data: Mapped[Any | None] = mapped_column(JSON(none_as_null=True))
    #: Only for those who lead the room. It counts in everybody's clock, and says nothing there.
    lead_only: Mapped[bool] = mapped_column(default=False)
    at: Mapped[datetime] = mapped_column(Moment, default=now)


class Job(Model):
    """Long work, done by worker.py outside the request."""

    __tablename__ = "job"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    #: "render": the text of a draft; "export": the files of a document; "opinions": those of a
    #: statement vote; "similar": which of the rooms' recommendations say something similar.
    name: Mapped[str] = mapped_column(String(20))
    payload: Mapped[Face] = mapped_column(JSON, default=dict)
    #: queued · running · done · failed · cancelled
    state: Mapped[str] = mapped_column(String(10), default="queued", index=True)
    tries: Mapped[int] = mapped_column(default=0)
    #: Hundredths of the work that are done.
    progress: Mapped[int] = mapped_column(default=0)
    result: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    claimed_at: Mapped[datetime | None] = mapped_column(Moment)
    asked_at: Mapped[datetime] = mapped_column(Moment, default=now)
    #: Until then it is left alone: what changes all the time is worked out now and then.
    not_before: Mapped[datetime | None] = mapped_column(Moment)
