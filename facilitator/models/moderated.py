"""What all words have in common that a facilitator may hold back, hide and show."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import ColumnElement
from sqlalchemy.orm import Mapped, mapped_column

from facilitator.models.kinds import IdeaState, Moment, Reason, word


class Moderated:
    """Words in one of the states of an idea; rooms/visibility.py turns them from one to another."""

    state: Mapped[IdeaState] = mapped_column(word(IdeaState), default=IdeaState.SHOWN)
    #: Why they are hidden.
    reason: Mapped[Reason | None] = mapped_column(word(Reason))
    #: What they were before they were taken back, and when: for who changes their mind.
    was: Mapped[IdeaState | None] = mapped_column(word(IdeaState))
    withdrawn_at: Mapped[datetime | None] = mapped_column(Moment)

    @classmethod
    def shown(cls) -> ColumnElement[bool]:
        """What a query asks for: only what everybody sees is counted, listed and printed."""
        return cls.state == IdeaState.SHOWN
