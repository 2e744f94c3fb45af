"""Fixtures: an app on a real database, a small forum, and phones that keep a copy of their room."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from datetime import date
from itertools import count

import pytest

# Every app has a folder for its secret; those of tests leave nothing behind.
os.environ["DATA_DIR"] = tempfile.mkdtemp(prefix="facilitator-tests-")
atexit.register(shutil.rmtree, os.environ["DATA_DIR"], ignore_errors=True)

from facilitator import create_app
from facilitator.access import Actor, ActorRef, actor
from facilitator.actions import perform
from facilitator.db import db, write
from facilitator.models import Phase, Role, Room
from facilitator.rooms.snapshot import catch_up, pictures
from tests import make
from tests.services import POSTGRES, fresh_database

NUMBERS = count(1)


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """A test that CI skips is a failure: everything that tests need is installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def database_urls():
    """SQLite everywhere; PostgreSQL too where TEST_DATABASE says so (CI does)."""
    return [os.environ.get("TEST_DATABASE", "sqlite")]


@pytest.fixture(params=database_urls())
def database_url(request, tmp_path):
    """The address of an empty database of the kind under test."""
    if request.param == "sqlite":
        yield f"sqlite:///{tmp_path}/forum.db"
    else:
        with fresh_database(POSTGRES) as url:
            yield url


@pytest.fixture
def app(database_url, tmp_path):
    """The app, with its tables, in a context of its own."""
    app = create_app(
        DATABASE_URL=database_url,
        DATA_DIR=tmp_path,
        REDIS_URL="",
        SECRET_KEY="a secret for tests, and long enough",
        PUBLIC_URL="",
        TESTING=True,
        WTF_CSRF_ENABLED=False,
    )
    pictures.clear()
    with app.app_context():
        db.metadata.create_all(db.engine)
        yield app
        db.session.remove()
        for engine in db.engines.values():
            engine.dispose()


@pytest.fixture
def forum(app):
    """A forum with one meeting, one track of two questions, two rooms, a desk and four sectors."""
    return write(make.forum)


@pytest.fixture
def room(forum):
    """The first room of the forum, in its gathering."""
    return forum.rooms[0]


@pytest.fixture
def join(app, forum):
    """join("Ana") gives Ana's phone, in the first room."""

    def joined(name="Ana", *, room=None, sector=0):
        seat = write(lambda: make.seat(forum, name, room or forum.rooms[0], sector))
        return Phone(ActorRef((room or forum.rooms[0]).id, seat_id=seat.id))

    return joined


@pytest.fixture
def lead(app, forum):
    """lead() gives the screen of who leads the first room; lead(Role.ORGANISER, room=desk) …"""

    def leads(role=Role.FACILITATOR, *, room=None):
        grant = write(lambda: make.grant(forum, role))
        return Phone(ActorRef((room or forum.rooms[0]).id, grant_id=grant.id))

    return leads


@pytest.fixture
def clock(app, forum):
    """Our own tasks, at work in a room."""
    return lambda room=None: Phone(ActorRef((room or forum.rooms[0]).id, role=Role.CLOCK))


class Phone:
    """Somebody at work in a room, with a copy of it brought up to date by the news alone."""

    def __init__(self, ref):
        self.ref = ref
        self.seq = None
        self.things = {}
        self.mine = {}
        self.hear()

    def act(self, name, *, op=None, **payload):
        """Do one thing; the answer, or Refused is raised."""
        op = None if self.ref.role is Role.CLOCK else op or f"test-{next(NUMBERS):08}"
        return perform(self.ref, name, op, payload)

    def hear(self):
        """Catch up; the things that were news."""
        db.session.rollback()
        frame = catch_up(self.actor, self.seq)
        if frame["since"] is None:
            self.things = {}
        news = {(kind, thing_id): data for kind, thing_id, data in frame["things"]}
        self.things = {
            key: data for key, data in {**self.things, **news}.items() if data is not None
        }
        self.seq, self.mine = frame["seq"], frame["mine"]
        return news

    @property
    def actor(self) -> Actor:
        """Who this is, in the reading session."""
        return actor(self.ref, db.session.get(Room, self.ref.room_id))

    def all(self, kind):
        """The things of a kind, by id."""
        return {int(i): data for (k, i), data in self.things.items() if k == kind}

    def fresh(self):
        """The room as somebody sees it who comes in now."""
        pictures.clear()
        db.session.rollback()
        things = catch_up(self.actor, None)["things"]
        return {(kind, thing_id): data for kind, thing_id, data in things}

    def go(self, phase):
        """Move the room to a phase."""
        db.session.rollback()
        agenda = db.session.get(Room, self.ref.room_id).agenda
        self.act("room.move", to=[step["phase"] for step in agenda].index(Phase(phase)))


DAY = date(2026, 5, 16)
