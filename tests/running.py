"""Real servers in processes of their own: started, killed by their number, and looked into."""

from __future__ import annotations

import atexit
import os
import random
import shutil
import signal
import socket
import subprocess
import sys
import tempfile
import time
import urllib.error
import urllib.request
from contextlib import contextmanager
from dataclasses import dataclass
from functools import cache
from pathlib import Path

from facilitator import create_app, migrations
from facilitator.access import cookie, ticket
from facilitator.db import db, write
from facilitator.models import Role
from tests import make

#: Where the servers of tests listen.
PORTS = range(8180, 8200)
#: Seconds in which a server comes up, and in which it stops.
PATIENCE = 30

ROOT = Path(__file__).parent.parent


def free_port():
    """A port on which nobody listens."""
    # Two that start at once on one port would take each other's server for their own.
    worker = int(os.environ.get("PYTEST_XDIST_WORKER", "gw0")[2:])
    ports = PORTS[worker % 2 :: 2]
    for port in random.sample(ports, len(ports)):
        with socket.socket() as probe:
            probe.setsockopt(socket.SOL_SOCKET, socket.SO_REUSEADDR, 1)
            try:
                probe.bind(("127.0.0.1", port))
            except OSError:
                continue
            return port
    raise RuntimeError(f"Somebody listens on every port from {PORTS[0]} to {PORTS[-1]}.")


class Server:
    """`facilitator serve` in a process of its own, on data of its own."""

    def __init__(self, folder, *, database_url="", redis_url="", worker=False, **settings):
        self.folder = folder
        self.settings = {
            "DATA_DIR": str(folder),
            "DATABASE_URL": database_url,
            "REDIS_URL": redis_url,
            "SECRET_KEY": f"a secret, long enough, for {folder}",
            **settings,
        }
        self.options = [] if worker else ["--no-worker"]
        self.port = 0
        self.process = None
        self.ended = False

    def start(self):
        """Start, again on the same port; it answers when this returns."""
        self._spawn(self.port or free_port())
        while not self._answers():
            if self.process.poll() is not None and not self._elsewhere():
                raise RuntimeError(f"The server ended by itself:\n{self.log}")
            time.sleep(0.05)
        return self

    def _spawn(self, port):
        self.tried, self.ended = port, False
        self.until = time.monotonic() + PATIENCE
        self.welcomes = self._welcomes()
        with (self.folder / "server.log").open("ab") as log:
            self.process = subprocess.Popen(
                [sys.executable, "-m", "facilitator", "serve", "--port", str(port), *self.options],
                cwd=ROOT,
                env={"PATH": os.environ["PATH"], **self.settings},
                stdin=subprocess.DEVNULL,
                stdout=log,
                stderr=log,
            )

    def _elsewhere(self):
        """Whether another test was faster to take the port, and there is another one."""
        if self.port or "Cannot listen" not in self.log:
            return False
        self._spawn(free_port())
        return True

    def _answers(self):
        if time.monotonic() > self.until:
            raise RuntimeError(f"The server does not answer:\n{self.log}")
        if self.process.poll() is not None:
            return False
        try:
            with urllib.request.urlopen(f"http://127.0.0.1:{self.tried}/healthz", timeout=5):
                # Another one may have been faster to take the port: only ours writes our log.
                if self._welcomes() == self.welcomes:
                    return False
                self.port = self.tried
                return True
        except (urllib.error.URLError, OSError):
            return False

    def _welcomes(self):
        path = self.folder / "server.log"
        return path.read_text().count("Facilitator is at ") if path.exists() else 0

    def kill(self):
        """End it as a power cut would."""
        self.ended = True
        self.process.kill()
        self.process.wait(PATIENCE)

    def stop(self):
        """Ask it to end, and wait for it; its exit code."""
        self.ended = True
        self.process.send_signal(signal.SIGTERM)
        return self.process.wait(PATIENCE)

    @property
    def log(self):
        """What it has written."""
        return (self.folder / "server.log").read_text()

    @property
    def address(self):
        """Where browsers find it."""
        return f"http://127.0.0.1:{self.port}"


@contextmanager
def running(*servers):
    """Start servers, and leave none behind; one that has ended by itself fails the test."""
    try:
        for server in servers:
            server.start()
        yield
    finally:
        begun = [server for server in servers if server.process]
        lost = [
            server for server in begun if server.process.poll() is not None and not server.ended
        ]
        for server in begun:
            if server.process.poll() is None:
                server.kill()
            print(server.log[-2000:])  # noqa: T201 - shown where the test has failed
        for server in lost:
            raise RuntimeError(
                f"It ended by itself with {server.process.returncode}:\n{server.log}"
            )


@dataclass(frozen=True)
class Ticketed:
    """Somebody who may come in, and what their browser says."""

    id: int
    cookie: str
    page: str
    room: str

    def into(self, room, page=None):
        """The same person at another door."""
        return Ticketed(self.id, self.cookie, page or self.page, room.uuid)


@cache
def tables():
    """A file with the tables that migrations lead to. One for all: to copy it is much faster."""
    folder = tempfile.mkdtemp(prefix="facilitator-tables-")
    atexit.register(shutil.rmtree, folder, ignore_errors=True)
    path = Path(folder) / "facilitator.db"
    app = create_app(DATABASE_URL=f"sqlite:///{path}", DATA_DIR=folder, REDIS_URL="")
    with app.app_context():
        migrations.upgrade()
        close()
    return path


def close():
    """Hold the database of this app no longer."""
    db.session.remove()
    for engine in db.engines.values():
        engine.dispose()


class House:
    """The data behind servers, seen from the test: it lays a forum out, and looks things up."""

    def __init__(self, server):
        names = ("DATABASE_URL", "SECRET_KEY", "DATA_DIR")
        settings = {name: server.settings[name] for name in names if server.settings[name]}
        settings.setdefault("DATABASE_URL", f"sqlite:///{server.folder}/facilitator.db")
        self.app = create_app(**settings, REDIS_URL="", PUBLIC_URL="")
        self.context = self.app.app_context()

    def __enter__(self):
        self.context.push()
        self._lay_tables()
        self.laid = write(make.forum)
        return self

    def _lay_tables(self):
        path = Path(db.engine.url.database)
        if db.engine.dialect.name == "sqlite" and not path.exists():
            shutil.copy(tables(), path)
        migrations.upgrade()

    def __exit__(self, *_):
        close()
        self.context.pop()

    def seat(self, name="Ana", *, room=0, sector=0):
        """Somebody with a phone, in a room."""
        room = self.laid.rooms[room]
        seat = write(lambda: make.seat(self.laid, name, room, sector))
        return self._ticketed(seat, "seat", "room", room)

    def lead(self, role=Role.FACILITATOR, *, room=0, page="lead"):
        """Somebody who works here, at the door of a room."""
        grant = write(lambda: make.grant(self.laid, role))
        return self._ticketed(grant, "staff", page, self.laid.rooms[room])

    def _ticketed(self, holder, name, page, room):
        words = f"{cookie(name, self.laid.forum)}={ticket(holder)}"
        return Ticketed(holder.id, words, page, room.uuid)

    def rows(self, query):
        """What the database says now."""
        db.session.rollback()
        found = db.session.execute(query).all()
        db.session.rollback()
        return found
