"""Put a backup back: into an empty place, brought up to date, so that old tickets open it."""

from __future__ import annotations

import os
import shutil
import sqlite3
from collections.abc import Iterator
from contextlib import contextmanager
from pathlib import Path

from flask import Flask
from sqlalchemy import Connection, create_engine, inspect, make_url, text
from sqlalchemy.pool import NullPool

from facilitator import config, create_app, migrations
from facilitator.backups.file import Manifest, opened, read
from facilitator.backups.making import carry, whole
from facilitator.db import db

#: Phones may have seen more than the backup did. The clocks of rooms and the ids of things leap
#: ahead of anything they know: so they ask for the whole room, and no id means two things.
CLOCK_LEAP, ID_LEAP = 1_000_000, 10_000


class Occupied(Exception):
    """There is something where the backup should go. The text is written for people."""


def restore(path: Path, *, replace: bool = False) -> Manifest:
    """Make the installation that the settings name the one that was backed up in `path`.

    No server may run on it. Raises Unreadable, Occupied, migrations.TooNew and config.Unusable;
    then nothing has changed.
    """
    manifest = read(path)
    given = os.environ.get("SECRET_KEY")
    if given and given != manifest.secret_key:
        raise Occupied(
            "SECRET_KEY is not the one of the backup: no ticket and no QR code would work. "
            "Restore without SECRET_KEY; the backup brings its own."
        )
    chosen = config.settings({**os.environ, "SECRET_KEY": manifest.secret_key})
    url = make_url(chosen.database_url)
    embedded = url.get_backend_name() == "sqlite"
    target = Path(url.database or "") if embedded else chosen.data_dir / "facilitator.db"
    key = chosen.data_dir / "secret_key"
    _refuse_other_key(key, manifest, replace=replace)
    if embedded:
        _refuse_database(target, replace=replace)
    with _brought_up_to_date(path, target, manifest) as work:
        if embedded:
            _settle(work, target)
        else:
            _into_postgresql(work, chosen.database_url, manifest, replace=replace)
    if not given:
        _keep_key(key, manifest.secret_key)
    return manifest


# ---- What is there -------------------------------------------------------------------------------


def _refuse_other_key(key: Path, manifest: Manifest, *, replace: bool) -> None:
    if not replace and key.exists() and key.read_text().strip() != manifest.secret_key:
        raise Occupied(
            f"{key.parent} belongs to another installation. Choose an empty folder with DATA_DIR, "
            "or say --replace."
        )


def _refuse_database(target: Path, *, replace: bool) -> None:
    if not target.exists():
        return
    if not replace:
        raise Occupied(
            f"There is a database already: {target}. Choose an empty folder with DATA_DIR, or say "
            "--replace, and what is there is lost."
        )
    try:
        with opened(target) as connection:
            # SQLite leaves its log only when nobody else has the file open.
            connection.execute("PRAGMA journal_mode=DELETE")
    except sqlite3.OperationalError:
        raise Occupied(f"A server works with {target}. Stop it first.") from None
    except sqlite3.DatabaseError:
        return  # it is damaged, which is why somebody restores


# ---- Bringing it there ---------------------------------------------------------------------------


@contextmanager
def _brought_up_to_date(path: Path, target: Path, manifest: Manifest) -> Iterator[Path]:
    """A copy of the backup with the tables of this code, beside where it goes."""
    target.parent.mkdir(parents=True, exist_ok=True)
    work = target.with_name(f".{target.name}.restored")
    try:
        shutil.copyfile(path, work)
        work.chmod(0o600)
        with opened(work) as connection:
            connection.execute("DROP TABLE backup")
        with _app(f"sqlite:///{work}", manifest):
            migrations.upgrade()
        with opened(work) as connection:
            connection.execute("PRAGMA journal_mode=DELETE")
            connection.execute("UPDATE room SET seq = seq + ?", [CLOCK_LEAP])
            connection.execute("UPDATE sqlite_sequence SET seq = seq + ?", [ID_LEAP])
        yield work
    finally:
        for end in ("", "-wal", "-shm", "-journal"):
            work.with_name(work.name + end).unlink(missing_ok=True)


@contextmanager
def _app(url: str, manifest: Manifest) -> Iterator[Flask]:
    app = create_app(DATABASE_URL=url, SECRET_KEY=manifest.secret_key)
    with app.app_context():
        try:
            yield app
        finally:
            db.session.remove()
            for engine in db.engines.values():
                engine.dispose()


def _settle(work: Path, target: Path) -> None:
    with whole(target) as unfinished:
        shutil.copyfile(work, unfinished)
        with unfinished.open("rb") as file:
            os.fsync(file.fileno())
        for end in ("-wal", "-shm"):
            target.with_name(target.name + end).unlink(missing_ok=True)


def _keep_key(key: Path, secret: str) -> None:
    key.unlink(missing_ok=True)
    descriptor = os.open(key, os.O_WRONLY | os.O_CREAT | os.O_EXCL, 0o600)
    with os.fdopen(descriptor, "w") as file:
        file.write(secret)


# ---- PostgreSQL ----------------------------------------------------------------------------------


def _into_postgresql(work: Path, url: str, manifest: Manifest, *, replace: bool) -> None:
    with _app(url, manifest):
        with db.engine.connect() as here:
            _refuse_tables(here, replace=replace)
        migrations.upgrade()
        source = create_engine(f"sqlite:///{work}", poolclass=NullPool)
        with source.connect() as there, db.engine.begin() as here:
            names = ", ".join(f'"{table.name}"' for table in db.metadata.sorted_tables)
            here.execute(text(f"TRUNCATE {names}"))
            carry(there, here)
            _lead_ids(there, here)


def _refuse_tables(here: Connection, *, replace: bool) -> None:
    """Anything that somebody made is there to stay, unless it was said otherwise."""
    if "forum" not in inspect(here).get_table_names():
        return
    if not replace and here.scalar(text("SELECT count(*) FROM forum")):
        raise Occupied(
            "There are forums in this database already. Choose an empty one with DATABASE_URL, or "
            "say --replace, and what is there is lost."
        )
    others = text(
        "SELECT count(*) FROM pg_stat_activity "
        "WHERE datname = current_database() AND pid <> pg_backend_pid()"
    )
    if here.scalar(others):
        raise Occupied("A server works with this database. Stop it first.")


def _lead_ids(there: Connection, here: Connection) -> None:
    """Let PostgreSQL go on counting where ids have come to."""
    rows = there.execute(text("SELECT name, seq FROM sqlite_sequence"))
    given = {name: seq for name, seq in rows}  # noqa: C416 - a result is no mapping
    for table in db.metadata.sorted_tables:
        counted = f'"{table.name}"'
        name = here.scalar(
            text(
                "SELECT pg_get_serial_sequence(:it, column_name) FROM information_schema.columns "
                "WHERE table_name = :bare AND column_name = 'id'"
            ),
            {"it": counted, "bare": table.name},
        )
        if name:
            most = here.scalar(text(f"SELECT max(id) FROM {counted}")) or 0  # noqa: S608
            last = max(most, given.get(table.name, 0))
            here.execute(
                text("SELECT setval(:it, :last, :called)"),
                {"it": name, "last": max(1, last), "called": last > 0},
            )
