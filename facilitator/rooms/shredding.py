"""Once a vote is closed, its key and its papers as they came leave the database's own log, too."""

from __future__ import annotations

from datetime import datetime

from sqlalchemy import func, select

from facilitator.db import db, forget
from facilitator.models import Ballot, StatementVote


class Shredder:
    """Knows up to which closing nothing is left; after a start, of none."""

    def __init__(self) -> None:
        self.clean: datetime | None = None

    def shred_due(self) -> None:
        """Cut off the log where a vote was closed since the last time."""
        moments = [
            db.session.scalar(select(func.max(vote.closed_at))) for vote in (Ballot, StatementVote)
        ]
        db.session.rollback()
        newest = max(filter(None, moments), default=None)
        if newest != self.clean and forget():
            self.clean = newest
