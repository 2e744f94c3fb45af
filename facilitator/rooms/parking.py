"""Parking: keep what belongs elsewhere, send it there, and take in what others have sent."""

from __future__ import annotations

from sqlalchemy import func, select
from sqlalchemy.orm import aliased

from facilitator.access import Actor, ActorRef
from facilitator.actions import CLOCK, LEADS, Refused, action, perform
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Echo,
    Face,
    Idea,
    IdeaKind,
    Moderation,
    Parked,
    ParkedState,
    Role,
    Room,
    RoomKind,
)
from facilitator.rooms.ideas import LONGEST, PER_ROOM, idea_here
from facilitator.shapes import Language, line

#: Things parked by one seat, and in one room.
PER_SEAT, IN_ROOM = 30, 300


@action("park.add")
def park(
    actor: Actor, *, sort: IdeaKind, text: str | None, idea: int | None, lang: Language
) -> Face:
    """Park a thought that belongs elsewhere: new words, or those of an idea of this room."""
    _refuse_flood(actor)
    if idea is not None:
        copied = idea_here(actor, idea)
        sort, text, lang = copied.sort, copied.text, copied.lang
    elif actor.seat is not None and actor.room.moderation is Moderation.BEFORE:
        raise Refused(
            "Here everything is read before it is shown. "
            "Write it as an idea: it can be parked then."
        )
    parked = Parked(
        room_id=actor.room.id,
        seat_id=actor.seat and actor.seat.id,
        sort=sort,
        text=line(text or "", LONGEST),
        lang=lang,
    )
    db.session.add(parked)
    publish(actor.room, parked)
    return parked.public()


@action("park.withdraw")
def withdraw(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take back what one has parked; whoever leads clears away what stands here."""
    parked = _here(actor, id)
    if actor.seat is not None and parked.seat_id != actor.seat.id:
        raise Refused("Only who parked this can take it back.")
    if parked.state is not ParkedState.HERE:
        raise Refused("This has gone on already.", code="gone")
    publish(actor.room, parked, gone=True)
    db.session.delete(parked)


@action("park.send", who=LEADS)
def send(actor: Actor, *, id: int, room: str) -> None:  # noqa: A002
    """Send what is parked to another room of the forum; it arrives there a moment later."""
    parked = _waiting(actor, id)
    ours = Room.forum_id == actor.room.forum_id, Room.sort != RoomKind.DESK
    goal = db.session.scalar(select(Room).where(Room.uuid == room, *ours))
    if goal is None or goal.id == actor.room.id:
        raise Refused("This room is no longer part of the forum.", code="gone")
    parked.state, parked.to_room_id, parked.goal = ParkedState.SENT, goal.id, named(goal)
    publish(actor.room, parked)


@action("park.take", who=LEADS)
def take(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Make an idea of this room of what is parked."""
    parked = _waiting(actor, id)
    here = select(func.count()).where(Idea.room_id == actor.room.id)
    if (db.session.scalar(here) or 0) >= PER_ROOM:
        raise Refused(
            "This room has {n} ideas, as many as it can hold.", code="too_many", n=PER_ROOM
        )
    idea = Idea(room_id=actor.room.id, sort=parked.sort, text=parked.text, lang=parked.lang)
    db.session.add(idea)
    db.session.flush()
    echo = Echo(id=idea.id, seats=0)
    db.session.add(echo)
    parked.state, parked.idea_id = ParkedState.TAKEN, idea.id
    publish(actor.room, idea, echo, parked)
    return idea.public()


@action("park.deliver", who=CLOCK)
def deliver(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Put into this room what another room has sent to it, once."""
    sent = db.session.get(Parked, id)
    if sent is None or sent.to_room_id != actor.room.id:
        raise Refused("This was not sent to this room.", code="gone")
    if db.session.scalar(select(Parked.id).where(Parked.from_id == id)) is not None:
        return
    come = db.session.get_one(Room, sent.room_id)
    arrived = Parked(
        room_id=actor.room.id,
        sort=sent.sort,
        text=sent.text,
        lang=sent.lang,
        from_id=sent.id,
        origin=named(come),
    )
    db.session.add(arrived)
    publish(actor.room, arrived)


def deliver_due() -> None:
    """Deliver what is under way: each in its own room, so that no two rooms are locked at once."""
    copy = aliased(Parked)
    under_way = (
        select(Parked.id, Room.id)
        .join(Room, Room.id == Parked.to_room_id)
        .outerjoin(copy, copy.from_id == Parked.id)
        .where(copy.id.is_(None))
    )
    due = db.session.execute(under_way).all()
    db.session.rollback()
    for parked_id, room_id in due:
        try:
            perform(ActorRef(room_id, role=Role.CLOCK), "park.deliver", None, {"id": parked_id})
        except Refused:
            continue  # the room is closed just now: it waits


def named(room: Room) -> Face:
    """A room as others call it."""
    return {
        "uuid": room.uuid,
        "title": room.title or (room.track.title if room.track else {}),
        "number": room.number,
        "meeting": room.meeting and room.meeting.city,
    }


def _here(actor: Actor, parked_id: int) -> Parked:
    parked = db.session.get(Parked, parked_id)
    if parked is None or parked.room_id != actor.room.id:
        raise Refused("This is no longer parked here.", code="gone")
    return parked


def _waiting(actor: Actor, parked_id: int) -> Parked:
    parked = _here(actor, parked_id)
    if parked.state is not ParkedState.HERE:
        raise Refused("This has gone on already.", code="gone")
    return parked


def _refuse_flood(actor: Actor) -> None:
    here = select(func.count()).where(Parked.room_id == actor.room.id)
    own = actor.seat and db.session.scalar(here.where(Parked.seat_id == actor.seat.id))
    if (own or 0) >= PER_SEAT or (db.session.scalar(here) or 0) >= IN_ROOM:
        raise Refused("The parking lot is full.", code="too_many")
