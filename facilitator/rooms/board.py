"""The day of a room: where it is in its agenda, and how much time is left."""

from __future__ import annotations

from datetime import timedelta

from facilitator.access import Actor
from facilitator.actions import ALWAYS, LEADS, Refused, action
from facilitator.events import publish
from facilitator.models import Phase, RoomKind, now

#: Minutes of a timer, at most: a long day.
LONGEST = 24 * 60


@action("room.move", who=LEADS, during=ALWAYS)
def move_room(actor: Actor, *, to: int) -> None:
    """Go to a step of the agenda, forward or back. Nothing that was made is lost by it."""
    room = actor.room
    if room.sort is RoomKind.DESK or not 0 <= to < len(room.agenda):
        raise Refused("The agenda of this room has no such step.")
    room.at = to
    room.phase = Phase(room.agenda[to]["phase"])
    room.ends_at = None
    publish(room, room)


@action("room.time", who=LEADS)
def set_time(actor: Actor, *, minutes: float | None) -> None:
    """Say how many minutes are left from now; None stops the timer. It closes nothing."""
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise Refused("Give between 1 minute and 24 hours.")
    actor.room.ends_at = None if minutes is None else now() + timedelta(minutes=minutes)
    publish(actor.room, actor.room)
