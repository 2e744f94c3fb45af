"""A text of the desk that was put to a plenary, and what the plenary does with it."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import JSON, ForeignKey, String
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.db import Model
from facilitator.models.kinds import Face, Moment, now


class Motion(Model):
    """What a recommendation of a plenary is besides: a text of the desk, put there to be adopted.

    Its draft is a copy of the desk's, unit by unit: what the floor changes in the one fits into the
    other.
    """

    __tablename__ = "motion"
    kind = "motion"

    #: The recommendation in the plenary; its `entry_id` names the desk's.
    id: Mapped[int] = mapped_column(
        ForeignKey("recommendation.id", ondelete="CASCADE"), primary_key=True
    )
    #: The revision of the desk's draft that was put.
    revision: Mapped[int]
    #: The hash of its wording, as it reads in the plenary now.
    hash: Mapped[str] = mapped_column(String(71))
    #: The wording that was voted on before, where it is open again: title, sections, steps.
    was: Mapped[Face | None] = mapped_column(JSON(none_as_null=True))
    #: The last vote on the whole that this text was part of.
    whole_id: Mapped[int | None] = mapped_column(ForeignKey("ballot.id", ondelete="SET NULL"))
    #: Up to which revision of the plenary's draft the desk has what the floor changed.
    taken: Mapped[int] = mapped_column(default=1)
    put_at: Mapped[datetime] = mapped_column(Moment, default=now)

    def public(self) -> Face:
        """Which wording lies before the plenary, and how it read before."""
        return {
            "id": self.id,
            "revision": self.revision,
            "hash": self.hash,
            "was": self.was,
            "whole": self.whole_id,
        }
