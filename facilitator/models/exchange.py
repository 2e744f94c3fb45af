"""Files that were brought in: what was read, and what it became."""

from __future__ import annotations

from datetime import datetime
from typing import Any

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import Face, Moment, new_uuid, now


class Imported(Model):
    """A file as it was read: first to be looked at, then brought in, perhaps taken out again."""

    __tablename__ = "imported"

    id: Mapped[int] = mapped_column(primary_key=True)
    uuid: Mapped[str] = mapped_column(String(36), unique=True, default=new_uuid)
    forum_id: Mapped[int] = mapped_column(ForeignKey("forum.id", ondelete="CASCADE"), index=True)
    #: The name of the file, but for lists of people: these are called what they are.
    name: Mapped[str] = mapped_column(String(120))
    sort: Mapped[str] = mapped_column(String(20))
    #: What was found in it: exchange.found.Found as plain data. Nothing personal is in there.
    found: Mapped[Face] = mapped_column(JSON, deferred=True)
    #: "read", "in" or "out".
    state: Mapped[str] = mapped_column(String(8), default="read")
    #: What it became: texts with the revision they had then, sectors, tracks.
    made: Mapped[list[dict[str, Any]]] = mapped_column(JSON, default=list)
    at: Mapped[datetime] = mapped_column(Moment, default=now)
