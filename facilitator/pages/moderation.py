"""The log of moderation of a forum, as a table to take along."""

from __future__ import annotations

import csv
import io
from collections import Counter
from collections.abc import Iterator

from flask import Blueprint, Response
from sqlalchemy import select

from facilitator.db import db
from facilitator.models import Decision, Forum, Role
from facilitator.pages import forum_or_404, staff_or_403
from facilitator.pages.listing import choices, name

blueprint = Blueprint("moderation", __name__)

HEAD = ("at", "meeting", "room", "role", "decision", "kind", "uuid", "reason", "reports")

#: What a table program would take for the beginning of a formula.
FORMULA = ("=", "+", "-", "@", "\t", "\r")


@blueprint.get("/f/<forum>/organise/moderation.csv")
def log(forum: str) -> Response:
    """What was hidden, shown or kept, when and why: no author, and no word of what was said."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    table = io.StringIO()
    # The mark at the beginning tells table programs that this is UTF-8.
    table.write("\ufeff")
    csv.writer(table).writerows([HEAD, *_rows(found)])
    answer = Response(table.getvalue(), mimetype="text/csv")
    answer.headers["Content-Disposition"] = 'attachment; filename="moderation.csv"'
    return answer


def _rows(forum: Forum) -> Iterator[tuple[str, ...]]:
    rooms = {room.id: room for room, _ in choices(forum)}
    tables = Counter((room.meeting_id, room.track_id) for room in rooms.values())
    query = select(Decision).where(Decision.room_id.in_(rooms)).order_by(Decision.at, Decision.id)
    for line in db.session.scalars(query):
        room = rooms[line.room_id]
        cells = (
            line.at.isoformat(timespec="seconds"),
            room.meeting.city if room.meeting else "",
            name(room, tables[room.meeting_id, room.track_id]),
            line.role,
            line.ruling,
            line.thing,
            line.thing_uuid,
            line.reason or "",
            str(line.reports),
        )
        yield tuple(harmless(cell) for cell in cells)


def harmless(cell: str) -> str:
    """Keep a table program from reckoning with people's words: an apostrophe makes them text."""
    return f"'{cell}" if cell.startswith(FORMULA) else cell
