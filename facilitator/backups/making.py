"""Make a backup: everything that was acknowledged before it began, as of one moment."""

from __future__ import annotations

import os
import tempfile
from collections.abc import Iterator
from contextlib import contextmanager
from importlib.metadata import version
from pathlib import Path

from flask import current_app
from sqlalchemy import Connection, create_engine, insert, make_url, select, text
from sqlalchemy.pool import NullPool

from facilitator import migrations
from facilitator.backups.file import Manifest, Unreadable, mark, opened, seal
from facilitator.db import db
from facilitator.models import now

#: Rows that are carried at once.
ROWS = 500


def back_up(path: Path, *, replace: bool = False) -> Manifest:
    """Write everything into one file, for its owner's eyes only; whole, or not at all.

    In an app context, of a process beside the server's, which goes on. Raises Unreadable where
    there is nothing to back up, FileExistsError, other OSErrors, and migrations.Outdated.
    """
    if path.is_dir():
        raise IsADirectoryError(21, "Name a file, not a folder", str(path))
    if not path.parent.is_dir():
        raise FileNotFoundError(2, "There is no such folder", str(path.parent))
    if path.exists() and not replace:
        raise FileExistsError(17, "There is such a file already; say --replace", str(path))
    data_dir = Path(current_app.config["DATA_DIR"])
    with whole(path) as unfinished:
        began = now()
        url = make_url(current_app.config["DATABASE_URL"])
        if url.get_backend_name() == "sqlite":
            _from_sqlite(Path(url.database or ""), unfinished)
        else:
            _from_postgresql(unfinished)
        secret = str(current_app.config["SECRET_KEY"])
        made = seal(unfinished, version=version("facilitator"), made_at=began, secret_key=secret)
    mark(data_dir, began)
    return made


@contextmanager
def whole(path: Path) -> Iterator[Path]:
    """A file that gets its name when it is whole and on disk."""
    descriptor, name = tempfile.mkstemp(dir=path.parent, prefix=f".{path.name}.")  # mode 0600
    os.close(descriptor)
    unfinished = Path(name)
    try:
        yield unfinished
        unfinished.replace(path)
    finally:
        unfinished.unlink(missing_ok=True)
    folder = os.open(path.parent, os.O_RDONLY)
    try:
        os.fsync(folder)
    finally:
        os.close(folder)


def _from_sqlite(source: Path, into: Path) -> None:
    """A copy without free pages, in which nothing stands that was deleted; writers do not wait."""
    if not source.exists():
        raise Unreadable(f"There is no database {source}: there is nothing to back up.")
    with opened(source, "ro") as connection:
        connection.execute("PRAGMA busy_timeout=10000")
        connection.execute("VACUUM INTO ?", [str(into)])
    with opened(into) as connection:
        connection.execute("PRAGMA journal_mode=DELETE")


def _from_postgresql(into: Path) -> None:
    if not migrations.is_current():
        raise migrations.Outdated("The database is not up to date. Run: facilitator upgrade")
    engine = create_engine(f"sqlite:///{into}", poolclass=NullPool)
    with db.engines["read"].connect() as there, engine.begin() as here:
        # The engine reads everything as of one moment: that of its first question.
        revision = there.scalar(text("SELECT version_num FROM alembic_version"))
        here.execute(text("CREATE TABLE alembic_version (version_num VARCHAR(32) NOT NULL)"))
        here.execute(text("INSERT INTO alembic_version VALUES (:it)"), {"it": revision})
        db.metadata.create_all(here)
        carry(there, here)
        for table in db.metadata.sorted_tables:
            if table.dialect_options["sqlite"]["autoincrement"]:
                _note_last_id(there, here, table.name)


def carry(there: Connection, here: Connection) -> None:
    """Copy all rows of all tables, those first to which others refer."""
    for table in db.metadata.sorted_tables:
        rows = there.execute(select(table).execution_options(yield_per=ROWS))
        for some in rows.mappings().partitions():
            here.execute(insert(table), [dict(row) for row in some])


def _note_last_id(there: Connection, here: Connection, table: str) -> None:
    """Ids are given once: also that of a row which is gone is remembered."""
    name = there.scalar(text("SELECT pg_get_serial_sequence(:it, 'id')"), {"it": f'"{table}"'})
    last = there.scalar(text(f"SELECT CASE WHEN is_called THEN last_value END FROM {name}"))  # noqa: S608
    here.execute(text("DELETE FROM sqlite_sequence WHERE name = :it"), {"it": table})
    line = {"it": table, "last": last or 0}
    here.execute(text("INSERT INTO sqlite_sequence (name, seq) VALUES (:it, :last)"), line)
