"""The file of a backup: a SQLite database with all tables, and one more that says what it is."""

from __future__ import annotations

import hashlib
import os
import sqlite3
from collections.abc import Iterator
from contextlib import closing, contextmanager
from dataclasses import asdict, dataclass
from datetime import datetime
from pathlib import Path

#: What a file says that can be read here; another shape of it would be another word.
SHAPE = "facilitator-backup/1"
#: The file in the data folder that says when the last backup was made.
MARK = "last_backup"


class Unreadable(Exception):
    """A file cannot be restored. The text is written for people."""


@dataclass(frozen=True)
class Manifest:
    """What a backup says of itself."""

    shape: str
    #: The version of Facilitator, and of its tables.
    version: str
    revision: str
    made_at: str
    #: What tickets and QR codes are signed with: without it nobody could come in again.
    secret_key: str
    #: Of everything else in the file.
    digest: str


def seal(path: Path, *, version: str, made_at: datetime, secret_key: str) -> Manifest:
    """Say in a file that holds all tables what it is."""
    with opened(path) as connection:
        manifest = Manifest(
            shape=SHAPE,
            version=version,
            revision=_revision(connection),
            made_at=made_at.isoformat(),
            secret_key=secret_key,
            digest=_digest(connection),
        )
        connection.execute("CREATE TABLE backup (name TEXT PRIMARY KEY, value TEXT NOT NULL)")
        connection.executemany("INSERT INTO backup VALUES (?, ?)", asdict(manifest).items())
    with path.open("rb") as file:
        os.fsync(file.fileno())
    return manifest


def read(path: Path) -> Manifest:
    """Look a file through. Raises Unreadable where it is no backup, or not as it was made."""
    if not path.is_file():
        raise Unreadable(f"There is no file {path}.")
    try:
        with opened(path, "ro") as connection:
            manifest = _manifest(connection, path)
            sound = connection.execute("PRAGMA integrity_check(1)").fetchone() == ("ok",)
            sound = sound and not connection.execute("PRAGMA foreign_key_check").fetchone()
            sound = sound and _digest(connection) == manifest.digest
    except (sqlite3.DatabaseError, UnicodeDecodeError):
        sound = False
    if not sound:
        raise Unreadable(f"{path} is damaged, or no backup: nothing was restored from it.")
    return manifest


def _manifest(connection: sqlite3.Connection, path: Path) -> Manifest:
    said = dict(connection.execute("SELECT name, value FROM backup"))
    if said.get("shape") != SHAPE:
        raise Unreadable(f"{path} was made by another version of Facilitator. Install that one.")
    try:
        return Manifest(**said)
    except TypeError:
        raise Unreadable(f"{path} is damaged: it does not say what it is.") from None


@contextmanager
def opened(path: Path, mode: str = "rw") -> Iterator[sqlite3.Connection]:
    """A database file, each statement on disk by itself unless somebody says BEGIN."""
    address = f"{path.resolve().as_uri()}?mode={mode}"
    with closing(sqlite3.connect(address, uri=True, isolation_level=None)) as connection:
        yield connection


def _revision(connection: sqlite3.Connection) -> str:
    found: str = connection.execute("SELECT version_num FROM alembic_version").fetchone()[0]
    return found


def _digest(connection: sqlite3.Connection) -> str:
    """What all rows of all tables come to; SQLite itself would not notice another letter."""
    tables = connection.execute(
        "SELECT name FROM sqlite_master WHERE type = 'table' AND name != 'backup' ORDER BY name"
    ).fetchall()
    digest = hashlib.sha256()
    for (name,) in tables:
        digest.update(name.encode())
        keys = connection.execute(
            "SELECT name FROM pragma_table_info(?) WHERE pk ORDER BY pk", (name,)
        ).fetchall()
        order = ", ".join(f'"{key}"' for (key,) in keys) or "rowid"
        for row in connection.execute(f'SELECT * FROM "{name}" ORDER BY {order}'):  # noqa: S608
            digest.update(repr(row).encode())
    return digest.hexdigest()


# ---- When the last one was made ------------------------------------------------------------------


def mark(data_dir: Path, made_at: datetime) -> None:
    """Remember that a backup was made."""
    (data_dir / MARK).write_text(made_at.isoformat())


def last_made(data_dir: Path) -> datetime | None:
    """When the last backup was made, as far as this data folder knows."""
    try:
        return datetime.fromisoformat((data_dir / MARK).read_text().strip())
    except (OSError, ValueError):
        return None
