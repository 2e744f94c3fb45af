"""Drafts in the worker: say how they read, keep their logs short to join, set aside what is bad."""

from __future__ import annotations

import logging
import time
from dataclasses import dataclass, replace
from typing import Any

from sqlalchemy import select, update

from facilitator.access import ActorRef
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.models import (
    Draft,
    DraftClient,
    Face,
    Passage,
    Role,
    Written,
)
from facilitator.rooms.draft_log import LOG
from facilitator.worker.children import Child, Lost
from facilitator.worker.shares import share_out_due

log = logging.getLogger(__name__)

#: A draft is read once nobody has written for so many seconds, or after so many at the latest.
QUIET, LATEST = 0.4, 1.5
#: Updates after which a new snapshot is made.
SNAP_EVERY = 300
#: Seconds to read a draft in, and a part of one while the bad update is searched for.
DEADLINE, SLOW = 20.0, 5.0
#: Seconds beyond which what was good may have been slow by itself.
QUICK = 1.0
#: Seconds until a draft that could not be read is tried again.
REST = 60.0

#: What has been written and not been read.
DUE = (
    select(Draft.id, Draft.seq, Written.room_id)
    .join(Written, Written.id == Draft.id)
    .where(Draft.seq != Draft.rendered_seq, Written.gone.is_(False))
)


@dataclass
class _Waiting:
    """A draft that people are writing in."""

    seq: int
    since: float
    changed: float


@dataclass
class _Reading:
    """A draft as it is read from the database at one moment."""

    id: int
    room_id: int
    epoch: str
    seq: int
    snap: bytes | None
    snap_seq: int
    rows: list[Any]
    #: The sources of passages: client id → source.
    sources: dict[int, int]

    @property
    def parts(self) -> list[bytes]:
        """The log from its beginning, in few pieces."""
        return [*([self.snap] if self.snap else []), *(row.data for row in self.rows)]


class Reader:
    """Reads drafts that have changed, each when its writers pause."""

    def __init__(self) -> None:
        self.child = Child("facilitator.worker.reading")
        self.waiting: dict[int, _Waiting] = {}
        self.resting: dict[int, float] = {}

    def round(self) -> None:
        """Read what is due. In an app context."""
        moment = time.monotonic()
        due = {row.id: row for row in db.session.execute(DUE)}
        db.session.rollback()
        self.waiting = {key: value for key, value in self.waiting.items() if key in due}
        for draft_id, row in due.items():
            waiting = self.waiting.setdefault(draft_id, _Waiting(row.seq, moment, moment))
            if row.seq != waiting.seq:
                waiting.seq, waiting.changed = row.seq, moment
            calm = moment - waiting.changed >= QUIET or moment - waiting.since >= LATEST
            if calm and self.resting.get(draft_id, 0) <= moment:
                del self.waiting[draft_id]
                self._read_or_mend(draft_id, row.room_id)

        share_out_due(self._authored)

    def _authored(self, draft_id: int, room_id: int, authors: dict[int, int]) -> Face | None:
        """How a draft reads, with the words of each author as if they were a source."""
        draft = replace(read_log(draft_id, room_id), sources=authors)
        try:
            return self._ask(draft, draft.parts)[0]
        except Lost as lost:
            log.warning("Draft %d cannot be shared out: %s", draft_id, lost.reason)
            return None

    def _read_or_mend(self, draft_id: int, room_id: int) -> None:
        draft = read_log(draft_id, room_id)
        try:
            text, snapshot = self._ask(draft, draft.parts)
        except Lost as lost:
            self._mend(draft, lost.reason)
            return
        self._note(draft, text, snapshot)

    def _note(self, draft: _Reading, text: Face, snapshot: bytes | None) -> None:
        asked = {"recommendation": draft.id, "seq": draft.seq, "text": text}
        perform(ActorRef(draft.room_id, role=Role.CLOCK), "draft.render", None, asked)
        if snapshot is not None:
            keep_snapshot(draft.id, draft.epoch, draft.seq, snapshot)

    def _ask(
        self, draft: _Reading, parts: list[bytes], seconds: float = DEADLINE
    ) -> tuple[Face, bytes | None]:
        asked = {"sources": draft.sources, "snap": len(draft.rows) >= SNAP_EVERY}
        answer, snapshot = self.child.ask(asked, parts, seconds=seconds)
        if "error" in answer:
            # Whatever went wrong may have left its mark on the process.
            self.child.stop()
            raise Lost(answer["error"])
        return answer["text"], snapshot[0] if snapshot else None

    # ---- A draft that cannot be read ----

    def _mend(self, draft: _Reading, reason: str) -> None:
        """Find the update at which reading fails, and have it set aside."""
        self.resting[draft.id] = time.monotonic() + REST
        log.error("Draft %d cannot be read: %s", draft.id, reason)
        rows = read_log(draft.id, draft.room_id, whole=True).rows
        if self._readable(draft, rows):
            forget_snapshot(draft.id)  # the log is sound: the copy of it was not
        elif (bad := self._culprit(draft, rows)) is None:
            return
        else:
            log.error("Draft %d: update %d is set aside.", draft.id, bad)
            asked = {"recommendation": draft.id, "bad": [bad], "reason": reason[:200]}
            perform(ActorRef(draft.room_id, role=Role.CLOCK), "draft.mend", None, asked)
        del self.resting[draft.id]

    def _culprit(self, draft: _Reading, rows: list[Any]) -> int | None:
        """The first update with which the log cannot be read; None if it is only long."""
        good, bad = 0, len(rows)
        while bad - good > 1:
            middle = (good + bad) // 2
            if self._readable(draft, rows[:middle], SLOW):
                good = middle
            else:
                bad = middle
        began = time.monotonic()
        quick = self._readable(draft, rows[:good], SLOW) and time.monotonic() - began < QUICK
        if not quick or self._readable(draft, rows[:bad], SLOW):
            log.error("Draft %d takes too long to read; none of its updates is to blame.", draft.id)
            return None
        seq: int = rows[bad - 1].seq
        return seq

    def _readable(self, draft: _Reading, rows: list[Any], seconds: float = DEADLINE) -> bool:
        try:
            self._ask(draft, [row.data for row in rows], seconds)
        except Lost:
            return False
        return True


def read_log(draft_id: int, room_id: int, *, whole: bool = False) -> _Reading:
    """Read a draft from its last snapshot on, or all of it, at one moment."""
    columns = Draft.epoch, Draft.seq, Draft.snap, Draft.snap_seq
    found = db.session.execute(select(*columns).where(Draft.id == draft_id)).one()
    since = 0 if whole else found.snap_seq
    rows = list(db.session.execute(LOG, {"draft": draft_id, "since": since}))
    query = (
        select(DraftClient.client_id, Passage.source_id)
        .join(Passage, Passage.id == DraftClient.passage_id)
        .where(DraftClient.draft_id == draft_id)
    )
    sources = dict(db.session.execute(query).all())
    db.session.rollback()
    snap = None if whole else found.snap
    return _Reading(draft_id, room_id, found.epoch, found.seq, snap, since, rows, sources)


def keep_snapshot(draft_id: int, epoch: str, seq: int, snapshot: bytes) -> None:
    """Keep a copy of the log as of `seq`, unless there is a newer one or the history is another."""

    def job() -> None:
        this = Draft.id == draft_id, Draft.epoch == epoch, Draft.snap_seq < seq
        db.session.execute(update(Draft).where(*this).values(snap=snapshot, snap_seq=seq))

    write(job)


def forget_snapshot(draft_id: int) -> None:
    """Have the next reading begin at the beginning of the log."""

    def job() -> None:
        db.session.execute(update(Draft).where(Draft.id == draft_id).values(snap=None, snap_seq=0))

    write(job)
