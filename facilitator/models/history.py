"""The history of drafts: moments that have a name, and by which sectors a draft was written."""

from __future__ import annotations

from datetime import datetime
from enum import StrEnum

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import NEVER_AGAIN, Face, Localised, Moment, now, word


class How(StrEnum):
    """How a version came about."""

    #: Somebody gave it a name.
    HAND = "hand"
    #: The room went on to another step.
    STEP = "step"
    ADOPTED = "adopted"
    REJECTED = "rejected"
    #: More than half of it was taken out a moment later.
    CUT = "cut"


class DraftVersion(Model):
    """A moment of a draft that can be found again: the prefix of its log up to `seq`."""

    __tablename__ = "draft_version"
    __table_args__ = NEVER_AGAIN

    id: Mapped[int] = mapped_column(primary_key=True)
    draft_id: Mapped[int] = mapped_column(ForeignKey("draft.id", ondelete="CASCADE"), index=True)
    seq: Mapped[int]
    how: Mapped[How] = mapped_column(word(How))
    #: Given by hand; empty otherwise.
    title: Mapped[str] = mapped_column(String(80), default="")
    #: The title of the step that ended.
    step: Mapped[Localised] = mapped_column(JSON, default=dict)
    at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """The version, without who named it."""
        return {
            "id": self.id,
            "seq": self.seq,
            "how": self.how,
            "title": self.title,
            "step": self.step,
            "at": self.at.isoformat(),
        }


class DraftShares(Model):
    """By which sectors a closed draft was written, as far as that may be told: found once."""

    __tablename__ = "draft_shares"

    draft_id: Mapped[int] = mapped_column(
        ForeignKey("draft.id", ondelete="CASCADE"), primary_key=True
    )
    #: [{"sectors": [uuid, …], "share": percent}]; none where nothing may be told.
    rows: Mapped[list[Face]] = mapped_column(JSON)
    #: Where their words stand: [{"root", "start", "end", "row"}], in characters.
    spans: Mapped[list[Face]] = mapped_column(JSON)
