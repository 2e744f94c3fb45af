"""The day of a room: where it is in its agenda, and how much time is left."""

from __future__ import annotations

import logging
from datetime import timedelta
from typing import Annotated

from sqlalchemy import select

from facilitator.access import Actor, ActorRef
from facilitator.actions import ALWAYS, CLOCK, LEADS, Refused, action, perform
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Phase, Role, Room, RoomKind, SealedEdition, now
from facilitator.rooms.steering import put_out
from facilitator.rooms.versions import keep_at_end_of_step
from facilitator.shapes import within

log = logging.getLogger(__name__)

#: Minutes of a timer, at most: a long day.
LONGEST = 24 * 60


# ---- Steps ---------------------------------------------------------------------------------------


@action("room.move", who=LEADS, during=ALWAYS)
def move_room(actor: Actor, *, to: int) -> None:
    """Go to a step of the agenda, forward or back. Nothing that was made is lost by it."""
    _refuse_no_step(actor.room, to)
    opens_again = actor.room.agenda[to]["phase"] != Phase.CLOSED
    if actor.room.phase is Phase.CLOSED and opens_again and _is_sealed(actor.room):
        raise Refused("The document has been sealed: what this room has said stays as it is.")
    _move(actor.room, to)


def _is_sealed(room: Room) -> bool:
    query = select(SealedEdition.id).filter_by(forum_id=room.forum_id).limit(1)
    return db.session.scalar(query) is not None


@action("room.plan", who=LEADS, during=ALWAYS)
def plan_step(actor: Actor, *, place: int, minutes: Annotated[int, within(0, LONGEST)]) -> None:
    """Say how many minutes a step of the agenda is to take: the present one, or one to come."""
    room = actor.room
    _refuse_no_step(room, place)
    if place < room.at:
        raise Refused("This step is over.", code="closed")
    step = {**room.agenda[place], "minutes": minutes}
    room.agenda = [*room.agenda[:place], step, *room.agenda[place + 1 :]]
    publish(actor.room, room)


@action("room.begin", who=LEADS)
def begin_day(actor: Actor) -> None:
    """Count the agenda from now: this step begins now, and the room is on time."""
    room = actor.room
    _refuse_no_step(room, room.at)
    before = sum(step.get("minutes") or 0 for step in room.agenda[: room.at])
    room.step_at = now()
    room.began_at = room.step_at - timedelta(minutes=before)
    publish(room, room)


def _refuse_no_step(room: Room, place: int) -> None:
    if room.sort is RoomKind.DESK or not 0 <= place < len(room.agenda):
        raise Refused("The agenda of this room has no such step.")


def _move(room: Room, to: int) -> None:
    keep_at_end_of_step(room)
    room.at = to
    room.phase = Phase(room.agenda[to]["phase"])
    room.moves += 1
    _stop(room)
    room.step_at = now()
    room.began_at = room.began_at or room.step_at
    publish(room, room)
    # What everybody was brought to belongs to the step that is over.
    put_out(room)


# ---- Time ----------------------------------------------------------------------------------------


@action("room.time", who=LEADS)
def set_time(actor: Actor, *, minutes: float | None) -> None:
    """Say how many minutes are left from now; None stops the timer. It closes nothing."""
    room = actor.room
    if minutes is not None and not 0 < minutes <= LONGEST:
        raise Refused("Give between 1 minute and 24 hours.")
    _stop(room)
    if minutes is not None:
        room.ends_at = now() + timedelta(minutes=minutes)
        room.step_at = room.step_at or now()
        room.began_at = room.began_at or room.step_at
    publish(room, room)


@action("room.extend", who=LEADS)
def extend_time(actor: Actor, *, minutes: float) -> None:
    """Give so many minutes more than there are left, also while the time is paused."""
    room, more = actor.room, timedelta(minutes=minutes)
    if not 0 < minutes <= LONGEST:
        raise Refused("Give between 1 minute and 24 hours.")
    longest = timedelta(minutes=LONGEST)
    if room.left_ms is not None:
        left = max(timedelta(0), timedelta(milliseconds=room.left_ms))
        room.left_ms = _ms(min(left + more, longest))
    elif room.ends_at is not None:
        room.ends_at = min(max(room.ends_at, now()) + more, now() + longest)
    else:
        raise Refused("No time is running.", code="conflict")
    publish(room, room)


@action("room.pause", who=LEADS)
def pause_time(actor: Actor, *, on: bool) -> None:
    """Hold the time, or let it run on with what was left."""
    room = actor.room
    if on and room.ends_at is not None:
        room.left_ms, room.ends_at = _ms(room.ends_at - now()), None
    elif not on and room.left_ms is not None:
        room.ends_at = now() + timedelta(milliseconds=room.left_ms)
        room.left_ms = None
    elif on == (room.left_ms is not None):
        return  # the other facilitator was faster
    else:
        raise Refused("No time is running.", code="conflict")
    publish(room, room)


@action("room.go_on", who=LEADS)
def let_go_on(actor: Actor, *, on: bool) -> None:
    """Have the room go on to the next step by itself when its time is over, or not."""
    room = actor.room
    if on and room.ends_at is None and room.left_ms is None:
        raise Refused("No time is running.", code="conflict")
    room.goes_on = on
    publish(room, room)


def _ms(time: timedelta) -> int:
    return round(time.total_seconds() * 1000)


def _stop(room: Room) -> None:
    room.ends_at, room.left_ms, room.goes_on = None, None, False


# ---- Going on by itself --------------------------------------------------------------------------


@action("room.time_over", who=CLOCK, during=ALWAYS)
def end_step(actor: Actor) -> None:
    """Go on to the next step where that was asked for, once: another process may be faster."""
    room = actor.room
    over = room.ends_at is not None and room.ends_at <= now()
    if room.goes_on and over and not room.paused and room.at + 1 < len(room.agenda):
        _move(room, room.at + 1)


def go_on_due() -> None:
    """Let every room go on whose time is over and that was told to."""
    over = Room.goes_on, Room.paused.is_(False), Room.ends_at <= now()
    waiting = db.session.scalars(select(Room.id).where(*over)).all()
    db.session.rollback()
    for room_id in waiting:
        try:
            perform(ActorRef(room_id, role=Role.CLOCK), "room.time_over", None, {})
        except Exception:  # the others need not wait for it
            log.exception("Room %d did not go on; trying again.", room_id)
