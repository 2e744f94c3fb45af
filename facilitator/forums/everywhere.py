"""What organisers do in all rooms at once: pause them, go on, and tell everybody a sentence."""

from __future__ import annotations

from collections.abc import Iterator

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import ALWAYS, ORGANISERS, Refused, action, lock
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Notice, Room, RoomKind, now
from facilitator.shapes import Language, line

#: Characters that are read at a glance.
MOST = 200


@action("forum.pause", who=ORGANISERS, during=ALWAYS)
def pause_forum(actor: Actor, *, on: bool) -> None:
    """Let nobody write in any room for a while, or go on. Whoever leads a room goes on leading."""
    for room in all_rooms(actor):
        if room.paused != on:
            room.paused = on
            publish(room, room)


@action("forum.tell", who=ORGANISERS, during=ALWAYS)
def tell_forum(actor: Actor, *, text: str, lang: Language) -> None:
    """Show a sentence on all phones, desks and boards; an empty one takes it down."""
    said = line(text, MOST, least=0)
    for room in all_rooms(actor):
        notice = notice_of(room)
        if notice.text != said:
            notice.text, notice.lang, notice.said_at = said, lang, now()
            publish(room, notice)


def all_rooms(actor: Actor) -> Iterator[Room]:
    """The desk, which is locked, and all other rooms, locked in the order of their numbers."""
    if actor.room.sort is not RoomKind.DESK:
        raise Refused("This is done at the desk.", code="closed")
    yield actor.room
    others = Room.forum_id == actor.room.forum_id, Room.id != actor.room.id
    for room_id in db.session.scalars(select(Room.id).where(*others).order_by(Room.id)).all():
        yield lock(room_id)


def notice_of(room: Room) -> Notice:
    """What the organisers tell a room, to be changed."""
    notice = db.session.get(Notice, room.id)
    if notice is None:
        notice = Notice(id=room.id, text="", lang="", rehearsal=False, said_at=now())
        db.session.add(notice)
    return notice
