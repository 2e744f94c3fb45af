"""Taking back: one tap, undone as easily for a few minutes, and then deleted for good."""

from __future__ import annotations

from datetime import timedelta
from typing import Any

from sqlalchemy import select

from facilitator.access import Actor, ActorRef
from facilitator.actions import ALWAYS, CLOCK, action, perform
from facilitator.db import db
from facilitator.models import Face, IdeaState, Role, Room, now
from facilitator.rooms.visibility import KINDS, Words, drop, open_state, own_face, turn

#: How long somebody may change their mind.
KEPT_FOR = timedelta(minutes=5)


def withdraw(room: Room, words: Words) -> None:
    """Take words from every screen, and remember what they were."""
    words.was, words.withdrawn_at = words.state, now()
    turn(room, words, IdeaState.WITHDRAWN)


def restore(room: Room, words: Words) -> Face:
    """Bring words back to where they were; a veil may have been lifted meanwhile."""
    held = words.was is IdeaState.HELD
    words.was = words.withdrawn_at = None
    turn(room, words, IdeaState.HELD if held else open_state(words, room))
    return own_face(words)


@action("room.sweep", who=CLOCK, during=ALWAYS)
def sweep(actor: Actor) -> None:
    """Delete what was taken back some minutes ago."""
    for model in KINDS:
        old = model.state == IdeaState.WITHDRAWN, model.withdrawn_at < now() - KEPT_FOR
        query: Any = select(model).where(model.room_id == actor.room.id, *old)
        for words in db.session.scalars(query).all():
            drop(actor.room, words)


def sweep_due() -> None:
    """Sweep each room in which something waits to be deleted."""
    rooms: set[int] = set()
    for model in KINDS:
        old = model.state == IdeaState.WITHDRAWN, model.withdrawn_at < now() - KEPT_FOR
        rooms.update(db.session.scalars(select(model.room_id).where(*old).distinct()))
    db.session.rollback()
    for room_id in sorted(rooms):
        perform(ActorRef(room_id, role=Role.CLOCK), "room.sweep", None, {})
