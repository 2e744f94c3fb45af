"""The database: a read engine, a write engine, and the one way to change data.

Changes are jobs in a queue, and those that wait together share one commit. Only standard queues
and threads are used; eventlet replaces them when it is in charge.
"""

from __future__ import annotations

import logging
import queue
import sqlite3
import threading
import time
from collections.abc import Callable, Iterator
from concurrent.futures import Future
from contextlib import contextmanager
from typing import TYPE_CHECKING, Any, ClassVar

from flask import Flask, current_app
from flask_sqlalchemy import SQLAlchemy
from flask_sqlalchemy.session import Session
from sqlalchemy import Engine, event
from sqlalchemy.exc import DBAPIError
from sqlalchemy.orm import DeclarativeBase

log = logging.getLogger(__name__)

Job = Callable[[], Any]

#: More jobs than this in one commit make the first of them wait for no gain.
BATCH = 64

#: How long SQLite waits for another process to finish, in milliseconds.
BUSY = "PRAGMA busy_timeout=1000"
#: How often we try at once to cut off the log.
TRIES = 10

#: What PostgreSQL calls a deadlock.
DEADLOCK = "40P01"


class StorageError(Exception):
    """What should be stored could not be."""


class Base(DeclarativeBase):
    """What type checkers see; at run time Flask-SQLAlchemy adds to it."""

    #: Of what rooms are told: only those who lead the room may know of it.
    backstage: ClassVar[bool] = False


class RoutedSession(Session):
    """A session reads from the read engine, unless it was opened to write."""

    def get_bind(self, *_: Any, bind: Any = None, **__: Any) -> Any:
        """Choose the engine."""
        return bind or self._db.engines[None if self.info.get("writes") else "read"]


db = SQLAlchemy(
    model_class=Base,
    session_options={"class_": RoutedSession, "expire_on_commit": False},
)
if TYPE_CHECKING:
    Model = Base
else:
    Model = db.Model


def init_app(app: Flask) -> None:
    """Open the engines of DATABASE_URL and start the writer it needs."""
    url = app.config["DATABASE_URL"]
    embedded = url.startswith("sqlite")
    if embedded:
        write: dict[str, Any] = {"pool_size": 1, "max_overflow": 0}
        read: dict[str, Any] = {"pool_size": 4, "max_overflow": 0}
    else:
        write = {"pool_size": 10, "max_overflow": 0, "pool_pre_ping": True}
        moment = {"isolation_level": "REPEATABLE READ", "postgresql_readonly": True}
        read = {"pool_size": 5, "pool_pre_ping": True, "execution_options": moment}
    app.config.update(
        SQLALCHEMY_DATABASE_URI=url,
        SQLALCHEMY_ENGINE_OPTIONS=write,
        SQLALCHEMY_BINDS={"read": {"url": url, **read}},
    )
    db.init_app(app)
    writer = app.extensions["writer"] = Writer(app, embedded=embedded)
    with app.app_context():
        if embedded:
            _prepare_sqlite(db.engines[None], writer.begin)
            _prepare_sqlite(db.engines["read"], _begin_reading, "PRAGMA query_only=ON")


def _begin_reading(connection: Any) -> None:
    connection.execute("BEGIN")


def _prepare_sqlite(engine: Engine, begin: Callable[[Any], None], *more: str) -> None:
    """Make BEGIN ours: left alone, Python's sqlite3 opens no transaction for a SELECT."""

    @event.listens_for(engine, "connect")
    def _connect(connection: Any, _: Any) -> None:
        connection.isolation_level = None
        for line in (
            BUSY,
            "PRAGMA journal_mode=WAL",
            "PRAGMA synchronous=FULL",
            "PRAGMA foreign_keys=ON",
            "PRAGMA trusted_schema=OFF",
            "PRAGMA secure_delete=ON",
            "PRAGMA journal_size_limit=67108864",
            *more,
        ):
            connection.execute(line)

    @event.listens_for(engine, "begin")
    def _begin(connection: Any) -> None:
        begin(connection.connection.driver_connection)


def write(job: Job, room_id: int | None = None) -> Any:
    """Run `job` in a write transaction; give its answer once that is on disk.

    Jobs of one room run one after the other. A job may run twice, if the first time is undone.
    """
    if db.session.info.get("writes"):
        raise RuntimeError("A job that waits for another waits for ever.")
    db.session.rollback()  # what the caller reads from now on includes this change
    return current_app.extensions["writer"].write(job, room_id)


def forget() -> bool:
    """Have nothing that was deleted stand any more in the log of an embedded database.

    Deleted rows are overwritten by zeros; what the log still holds of them goes when it is cut off.
    PostgreSQL sees to it by itself, later. False where somebody is reading: ask again.
    """
    if not current_app.extensions["writer"].embedded:
        return True
    db.session.rollback()  # whoever reads holds the log
    raw = db.engine.raw_connection()
    try:
        return any(_cut_off(raw.cursor()) for _ in range(TRIES))
    finally:
        raw.close()


def _cut_off(cursor: Any) -> bool:
    """Try once. SQLite itself would wait for a reader, and those of this process with it."""
    cursor.execute("PRAGMA busy_timeout=0")
    try:
        busy = cursor.execute("PRAGMA wal_checkpoint(TRUNCATE)").fetchone()[0]
    finally:
        cursor.execute(BUSY)
    if busy:
        time.sleep(0.02)
    return not busy


class Writer:
    """Queues of jobs; those that wait together in one queue share a transaction.

    SQLite lets one connection write, so there is one queue. PostgreSQL locks by room, so there is
    one for each room: jobs that would only wait for each other's locks wait here, at no cost.
    """

    def __init__(self, app: Flask, *, embedded: bool) -> None:
        self.app = app
        self.embedded = embedded
        #: How an embedded database waits for its disk, or for another process that writes to it;
        #: server.py lets a native thread wait.
        self.aside: Callable[..., Any] = lambda wait, *arguments: wait(*arguments)
        self.queues: dict[int | None, queue.Queue[tuple[Job, Future[Any]]]] = {}

    def begin(self, connection: Any) -> None:
        """Begin to write: the worker may be writing as well."""
        self.aside(connection.execute, "BEGIN IMMEDIATE")

    def write(self, job: Job, room_id: int | None) -> Any:
        """Wait in line; see `write`."""
        line = None if self.embedded else room_id
        if line not in self.queues:
            jobs = self.queues.setdefault(line, queue.Queue())
            threading.Thread(target=self._serve, args=[jobs], daemon=True).start()
        answer: Future[Any] = Future()
        self.queues[line].put((job, answer))
        return answer.result()

    def _serve(self, waiting: queue.Queue[tuple[Job, Future[Any]]]) -> None:
        while True:
            batch = [waiting.get()]
            while len(batch) < BATCH and not waiting.empty():
                batch.append(waiting.get())
            outcomes = self.outcomes([job for job, _ in batch])
            for (_, answer), outcome in zip(batch, outcomes, strict=True):
                if isinstance(outcome, Exception):
                    answer.set_exception(outcome)
                else:
                    answer.set_result(outcome)

    def outcomes(self, jobs: list[Job]) -> list[Any]:
        """What came of each job: its answer, stored; or an exception, and nothing stored."""
        if len(jobs) > 1:
            try:
                return self._together(jobs)
            except Exception:
                log.exception("%d jobs were not stored together; each tries alone.", len(jobs))
        return [self._alone(job) for job in jobs]

    def _together(self, jobs: list[Job]) -> list[Any]:
        with self._transaction() as session:
            return [self._attempt(session, job) for job in jobs]

    def _alone(self, job: Job, patience: int = 3) -> Any:
        try:
            with self._transaction():
                return job()
        except Exception as error:  # noqa: BLE001 - whoever asked gets it raised
            if patience and is_deadlock(error):
                return self._alone(job, patience - 1)
            return error

    def _attempt(self, session: Session, job: Job) -> Any:
        """Run one job of several: if it fails, nothing of it is left, and the others stand."""
        outcome: Any
        try:
            with session.begin_nested():
                outcome = job()
        except Exception as error:
            # Jobs that share a transaction share their locks, and may take them in any order.
            if is_deadlock(error):
                raise
            outcome = error
        self._insist(session)
        return outcome

    @contextmanager
    def _transaction(self) -> Iterator[Session]:
        # An app context of its own is a session of its own.
        with self.app.app_context():
            session = db.session(info={"writes": True})
            session.connection()  # BEGIN, for _insist to find
            yield session
            session.flush()
            self._insist(session)
            if self.embedded:
                self.aside(_raw(session).commit)
            session.commit()

    def _insist(self, session: Session) -> None:
        """Refuse to go on without a transaction.

        When its disk is full or failing, SQLite ends the transaction by itself: what follows would
        be outside of any, and to commit nothing succeeds.
        """
        if self.embedded and not _raw(session).in_transaction:
            raise StorageError("SQLite gave the transaction up.")


def _raw(session: Session) -> Any:
    """The sqlite3 connection below a session."""
    return session.connection().connection.driver_connection


def is_deadlock(error: BaseException) -> bool:
    """Whether a job got no lock, and may get it when it tries again.

    For PostgreSQL, it and another waited for each other. For SQLite, which serves nobody in turn,
    others wrote for as long as it waits.
    """
    # SQLite says it of BEGIN, which we send past SQLAlchemy, in its own words.
    orig = error.orig if isinstance(error, DBAPIError) else error
    if isinstance(orig, sqlite3.OperationalError):
        return "is locked" in str(orig)
    return getattr(orig, "pgcode", None) == DEADLOCK


def is_full(error: BaseException) -> bool:
    """Whether a write failed because there is no room left."""
    return isinstance(error, StorageError) or (
        isinstance(error, DBAPIError) and "full" in str(error.orig).lower()
    )
