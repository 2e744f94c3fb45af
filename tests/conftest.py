"""Fixtures: an app on a real database, a small forum, and phones that keep a copy of their room."""

from __future__ import annotations

import atexit
import os
import shutil
import tempfile
from contextlib import contextmanager
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
from tests.running import close
from tests.services import POSTGRES, fresh_database

NUMBERS = count(1)

#: SQLite everywhere; then PostgreSQL too, where this says so (CI does).
DATABASE = os.environ.get("TEST_DATABASE", "sqlite")


@pytest.hookimpl(trylast=True)
def pytest_sessionfinish(session):
    """A test that CI skips is a failure: everything that tests need is installed there."""
    reporter = session.config.pluginmanager.get_plugin("terminalreporter")
    if os.environ.get("CI") and reporter and reporter.stats.get("skipped"):
        session.exitstatus = pytest.ExitCode.TESTS_FAILED


def pytest_collection_modifyitems(config, items):
    """Run a second time, on another database, only what has the database under test."""
    if DATABASE != "sqlite":
        config.hook.pytest_deselected(items=[one for one in items if not has_database(one)])
        items[:] = filter(has_database, items)


def has_database(item):
    """Whether the database under test is what a test runs on."""
    return "database_url" in item.fixturenames


@pytest.fixture(scope="session")
def sqlite_tables(tmp_path_factory):
    """A file with all tables and nothing in them. It is made once, for making takes longer than copying."""
    folder = tmp_path_factory.mktemp("tables")
    with opened(f"sqlite:///{folder}/forum.db", folder):
        db.metadata.create_all(db.engine)
    return folder / "forum.db"


@pytest.fixture(scope="session")
def postgres_tables():
    """The name of a database with all tables and nothing in them."""
    with fresh_database(POSTGRES) as url:
        with opened(url, os.environ["DATA_DIR"]):
            db.metadata.create_all(db.engine)
        yield url.rpartition("/")[2]


@pytest.fixture(params=[DATABASE])
def database_url(request, tmp_path):
    """The address of a database of the kind under test, with all tables and nothing in them."""
    if request.param == "sqlite":
        shutil.copy(request.getfixturevalue("sqlite_tables"), tmp_path)
        yield f"sqlite:///{tmp_path}/forum.db"
    else:
        with fresh_database(POSTGRES, like=request.getfixturevalue("postgres_tables")) as url:
            yield url


@contextmanager
def opened(database_url, folder):
    """The app on a database, in a context of its own."""
    app = create_app(
        DATABASE_URL=database_url,
        DATA_DIR=folder,
        REDIS_URL="",
        SECRET_KEY="a secret for tests, and long enough",
        PUBLIC_URL="",
        TESTING=True,
        WTF_CSRF_ENABLED=False,
    )
    with app.app_context():
        yield app
        close()


@pytest.fixture
def app(database_url, tmp_path):
    """The app, with its tables, in a context of its own."""
    pictures.clear()
    with opened(database_url, tmp_path) as app:
        yield app


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


class Somebody:
    """Somebody at work in a room."""

    def __init__(self, ref):
        self.ref = ref

    def act(self, name, /, *, op=None, **payload):
        """Do one thing; the answer, or Refused is raised."""
        op = None if self.ref.role is Role.CLOCK else op or f"test-{next(NUMBERS):08}"
        return perform(self.ref, name, op, payload)

    @property
    def actor(self) -> Actor:
        """Who this is, in the reading session."""
        return actor(self.ref, db.session.get(Room, self.ref.room_id))

    def go(self, phase):
        """Move the room to a phase."""
        db.session.rollback()
        agenda = db.session.get(Room, self.ref.room_id).agenda
        self.act("room.move", to=[step["phase"] for step in agenda].index(Phase(phase)))


class Phone(Somebody):
    """Somebody with a copy of their room, brought up to date by the news alone."""

    def __init__(self, ref):
        super().__init__(ref)
        self.seq = None
        self.things = {}
        self.mine = {}
        self.hear()

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

    def all(self, kind):
        """The things of a kind, by id."""
        return {int(i): data for (k, i), data in self.things.items() if k == kind}

    def fresh(self):
        """The room as somebody sees it who comes in now."""
        pictures.clear()
        db.session.rollback()
        things = catch_up(self.actor, None)["things"]
        return {(kind, thing_id): data for kind, thing_id, data in things}


DAY = date(2026, 5, 16)
