"""How Alembic reaches the database: through the connection it is given."""

from __future__ import annotations

from typing import Any, Literal

from alembic import context
from sqlalchemy import Enum

from facilitator.db import db
from facilitator.models import Moment


def plain(kind: str, thing: Any, _: Any) -> str | Literal[False]:
    """Write our own types as what the database makes of them: migrations import nothing of ours."""
    if kind == "type" and isinstance(thing, Moment):
        return "sa.DateTime()"
    if kind == "type" and isinstance(thing, Enum):
        return f"sa.String(length={thing.length})"
    return False


context.configure(
    connection=context.config.attributes["connection"],
    target_metadata=db.metadata,
    render_as_batch=True,
    compare_type=True,
    render_item=plain,
)
context.run_migrations()
