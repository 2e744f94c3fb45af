"""Jobs: work that people ask for and wait for, such as the files of a document.

A job is a row. A worker claims it, a child does it, and the row says how far it is. Whoever sets
its state to "cancelled" ends it.
"""

from __future__ import annotations

import logging
import time
from collections.abc import Callable
from datetime import timedelta
from typing import Any

from sqlalchemy import or_, select, update

from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.models import Face, Job, now
from facilitator.worker.children import Child, Late, Lost

log = logging.getLogger(__name__)

#: Says how much is done, in hundredths.
Progress = Callable[[int], None]

#: What can be asked for: name → the work. It reads the database, and gives what to keep as result.
#: It may be killed at any moment: a file must get its name only when it is whole.
JOBS: dict[str, Callable[[Job, Progress], Face]] = {}

#: Seconds that a job may take.
DEADLINE = 300.0
#: Seconds between two signs of life in the row of a job, and without one until it is taken over.
BEAT, STALE = 5.0, 30.0
#: How often a job is begun whose worker dies.
TRIES = 3

RUNNING = "running"

#: What is told of a job for which nobody is to blame, as far as we know.
FAILED = Refused("This did not work.")
LATE = Refused("This took too long.")


class Stopped(Exception):
    """The job is not wanted any more, or the worker has to end."""


def failure(reason: Refused) -> Face:
    """The result of a job that failed: a sentence to translate, and the values that stand in it."""
    return {"error": reason.sentence, "values": reason.values}


class Runner:
    """Does one job after the other."""

    def __init__(
        self,
        stopping: Callable[[], bool] = lambda: False,
        module: str = "facilitator.worker.running",
        deadline: float = DEADLINE,
    ) -> None:
        self.child = Child(module)
        self.stopping = stopping
        self.deadline = deadline

    def round(self) -> None:
        """Do the next job, if there is one. In an app context."""
        release_stale()
        if (job_id := claim()) is not None:
            self._do(job_id)

    def _do(self, job_id: int) -> None:
        watch = _Watch(job_id, self.stopping)
        try:
            answer, _ = self.child.ask({"job": job_id}, seconds=self.deadline, meanwhile=watch.look)
        except Stopped:
            release(job_id, blame=False)
        except Late:
            finish(job_id, "failed", failure(LATE))
        except Lost as lost:
            log.warning("Job %d: %s", job_id, lost.reason)
            release(job_id)
        else:
            failed = "error" in answer
            finish(job_id, "failed" if failed else "done", answer if failed else answer["result"])


class _Watch:
    """Keeps the row of a job up to date while a child does it."""

    def __init__(self, job_id: int, stopping: Callable[[], bool]) -> None:
        self.job_id, self.stopping = job_id, stopping
        self.told = self.progress = 0
        self.beaten = time.monotonic()

    def look(self, said: Face | None) -> None:
        """Note how far it is; raises Stopped."""
        if said:
            self.progress = min(99, max(self.progress, int(said["progress"])))
        if self.stopping() or _state(self.job_id) != RUNNING:
            raise Stopped
        moment = time.monotonic()
        beat = moment - self.beaten
        if beat >= BEAT or (self.progress != self.told and beat >= 1):
            self.told, self.beaten = self.progress, moment
            _change(self.job_id, progress=self.progress, claimed_at=now())


def claim() -> int | None:
    """Take the oldest job that waits, and whose time has come."""
    due = or_(Job.not_before.is_(None), Job.not_before <= now())
    waiting = select(Job.id).where(Job.state == "queued", due).order_by(Job.id).limit(1)
    if _read(waiting) is None:
        return None

    def job() -> int | None:
        found = db.session.scalar(waiting.with_for_update(skip_locked=True))
        if found is not None:
            taken = {"state": RUNNING, "claimed_at": now(), "tries": Job.tries + 1, "progress": 0}
            db.session.execute(update(Job).where(Job.id == found).values(taken))
        return found

    taken: int | None = write(job)
    return taken


def release_stale() -> None:
    """Let jobs be done again whose worker has given no sign of life."""
    past = now() - timedelta(seconds=STALE)
    stale = select(Job.id).where(Job.state == RUNNING, Job.claimed_at < past).limit(1)
    while (job_id := _read(stale)) is not None:
        release(job_id)


def release(job_id: int, *, blame: bool = True) -> None:
    """Give a job back to be done again, or give it up if it may itself be to blame."""

    def job() -> None:
        found = db.session.get(Job, job_id, with_for_update=True)
        if found is None or found.state != RUNNING:
            return
        if not blame:
            found.tries -= 1
        if found.tries < TRIES:
            found.state, found.claimed_at = "queued", None
        else:
            found.state, found.result = "failed", failure(FAILED)

    write(job)


def finish(job_id: int, state: str, result: Face) -> None:
    """Keep what came of a job, unless it is not wanted any more."""
    _change(job_id, state=state, result=result, progress=100 if state == "done" else Job.progress)


def _change(job_id: int, **values: Any) -> None:
    def job() -> None:
        this = Job.id == job_id, Job.state == RUNNING
        options = {"synchronize_session": False}
        db.session.execute(update(Job).where(*this).values(values), execution_options=options)

    write(job)


def _state(job_id: int) -> str | None:
    state: str | None = _read(select(Job.state).where(Job.id == job_id))
    return state


def _read(query: Any) -> Any:
    found = db.session.scalar(query)
    db.session.rollback()  # the next look is at another moment
    return found
