"""Backing: how many people stand behind a theme, however many of its ideas they support."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Backing, Idea, Room, Support


def recount(room: Room, theme_ids: Collection[int | None]) -> None:
    """Count anew who supports these themes, and tell what has changed.

    Call it after an idea was put elsewhere, supported, or taken from the screens; None is no theme.
    """
    wanted = {theme_id for theme_id in theme_ids if theme_id is not None}
    if not wanted:
        return
    db.session.flush()
    counts = _seats(wanted)
    rows = db.session.scalars(select(Backing).where(Backing.id.in_(wanted)).order_by(Backing.id))
    changed = [row for row in rows if row.seats != counts.get(row.id, 0)]
    for row in changed:
        row.seats = counts.get(row.id, 0)
    publish(room, *changed)


def _seats(theme_ids: Collection[int]) -> dict[int, int]:
    """How many different seats support a shown idea of each theme; none is left out."""
    shown = Idea.theme_id.in_(theme_ids), Idea.shown()
    query = select(Idea.theme_id, func.count(Support.seat_id.distinct()))
    counted = query.join(Support, Support.idea_id == Idea.id).where(*shown)
    rows = db.session.execute(counted.group_by(Idea.theme_id))
    return {theme_id: seats for theme_id, seats in rows if theme_id is not None}
