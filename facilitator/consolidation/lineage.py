"""Where a text was raised first: which texts of earlier meetings it goes on with."""

from __future__ import annotations

from collections.abc import Iterable

from sqlalchemy import select

from facilitator.db import db
from facilitator.models import Source


def lineage(ids: Iterable[int]) -> dict[int, list[int]]:
    """For each room's recommendation those that it was carried from, the latest first.

    Asks once for each meeting that a text has passed through.
    """
    before = dict.fromkeys(ids, 0)
    came: dict[int, list[int]] = {}
    asked = set(before)
    while asked:
        query = select(Source.recommendation_id, Source.origin_id).order_by(Source.position)
        rows = db.session.execute(query.where(Source.recommendation_id.in_(asked))).all()
        for made, origin in rows:
            came.setdefault(made, []).append(origin)
        asked = {origin for _, origin in rows} - came.keys()
    return {number: list(_all_before(number, came)) for number in before}


def _all_before(number: int, came: dict[int, list[int]]) -> dict[int, None]:
    found: dict[int, None] = {}
    queue = list(came.get(number, []))
    for one in queue:  # it grows meanwhile
        if one not in found:
            found[one] = None
            queue += came.get(one, [])
    return found
