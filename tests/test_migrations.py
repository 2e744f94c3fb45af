"""The migrations make the tables that the models describe."""

import pytest
from alembic.autogenerate import compare_metadata
from alembic.migration import MigrationContext
from sqlalchemy import event, text

from facilitator.db import db
from facilitator.migrations import TooNew, is_current, upgrade


@pytest.fixture
def empty(app):
    db.metadata.drop_all(db.engine)


def test_migrations_equal_the_models(empty):
    upgrade()
    with db.engine.connect() as connection:
        context = MigrationContext.configure(connection, opts={"compare_type": True})
        assert compare_metadata(context, db.metadata) == []


def test_upgrading_twice_is_upgrading_once(empty):
    assert not is_current()
    upgrade()
    upgrade()
    assert is_current()


def test_newer_database_is_refused(empty):
    upgrade()
    with db.engine.connect() as connection:
        connection.execute(text("UPDATE alembic_version SET version_num = '9999'"))
        connection.commit()

    with pytest.raises(TooNew, match="newer version"):
        upgrade()


def test_no_table_is_made_anew_where_rows_may_stand(empty):
    """SQLite would drop the old one, and with it all rows that refer to its rows."""
    said = []

    @event.listens_for(db.engine, "before_cursor_execute")
    def _(_connection, _cursor, statement, *_):
        said.append(statement)

    upgrade()
    assert [line for line in said if "DROP TABLE" in line] == []
    assert any("ADD COLUMN" in line for line in said)
