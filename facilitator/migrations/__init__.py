"""The history of the tables, and how to bring a database up to date."""

from __future__ import annotations

from pathlib import Path

from alembic import command
from alembic.config import Config
from alembic.runtime.migration import MigrationContext
from alembic.script import ScriptDirectory
from flask import current_app
from sqlalchemy import Connection, text

from facilitator.db import db

#: Two processes that start at once would both make the tables; this number is ours on PostgreSQL.
LOCK = 7_203_114


class TooNew(Exception):
    """The database is of a later version than this code."""


def upgrade(to: str = "head") -> None:
    """Bring the database up to date, or to an older version of the tables.

    Raises TooNew where only newer code can read it.
    """
    with db.engine.connect() as connection:
        if connection.dialect.name == "postgresql":
            connection.execute(text(f"SELECT pg_advisory_xact_lock({LOCK})"))
        _refuse_newer(connection)
        config = _config()
        config.attributes["connection"] = connection
        command.upgrade(config, to)
        connection.commit()


def is_current() -> bool:
    """Whether the tables are those of this code."""
    with db.engine.connect() as connection:
        current = MigrationContext.configure(connection).get_current_revision()
        connection.rollback()
    return current == ScriptDirectory.from_config(_config()).get_current_head()


def _config() -> Config:
    config = Config()
    config.set_main_option("script_location", str(Path(__file__).parent))
    # A sign for which percent is special stands in many passwords.
    url = str(current_app.config["DATABASE_URL"]).replace("%", "%%")
    config.set_main_option("sqlalchemy.url", url)
    return config


def _refuse_newer(connection: Connection) -> None:
    current = MigrationContext.configure(connection).get_current_revision()
    known = {script.revision for script in ScriptDirectory.from_config(_config()).walk_revisions()}
    if current is not None and current not in known:
        raise TooNew("This database was made by a newer version of Facilitator. Install that one.")


class Outdated(Exception):
    """The tables are older than this code, and nobody said that they may be changed."""


def prepare() -> None:
    """Make sure of the tables: our own database is brought up to date, another one is looked at.

    Raises Outdated and TooNew.
    """
    if str(current_app.config["DATABASE_URL"]).startswith("sqlite"):
        upgrade()
    elif not is_current():
        raise Outdated("The database is not up to date. Run: facilitator upgrade")
