"""Comments: what people say of an idea, under it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import Refused, action
from facilitator.db import db
from facilitator.models import Comment, Face, IdeaState, Phase
from facilitator.rooms.ideas import idea_here
from facilitator.rooms.visibility import STANDING, come_in, first_state, own_face
from facilitator.rooms.withdrawing import restore, withdraw
from facilitator.shapes import Language, line

#: Characters of a comment; comments of one seat; comments of a room.
LONGEST, PER_SEAT, PER_ROOM = 400, 200, 2_000

COMMENTING = frozenset({Phase.GATHER, Phase.GROUP, Phase.DECIDE})


@action("comment.post", during=COMMENTING, contributes=True)
def post_comment(actor: Actor, *, idea: int, text: str, lang: Language) -> Face:
    """Say something of an idea. The answer says if it has to wait before others see it."""
    about = idea_here(actor, idea)
    _refuse_flood(actor)
    comment = Comment(
        room_id=actor.room.id,
        idea_id=about.id,
        seat_id=actor.seat and actor.seat.id,
        state=first_state(actor, actor.room, veils=False),
        text=line(text, LONGEST),
        lang=lang,
    )
    db.session.add(comment)
    db.session.flush()
    come_in(actor.room, comment)
    return own_face(comment)


@action("comment.withdraw", during=COMMENTING)
def withdraw_comment(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take back one's own comment. Nothing of it stays in the room's log.

    Until `room.sweep` deletes it, its author can bring it back.
    """
    withdraw(actor.room, _own(actor, id, STANDING))


@action("comment.restore", during=COMMENTING)
def restore_comment(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Bring one's own comment back, a little after taking it back."""
    comment = _own(actor, id, {IdeaState.WITHDRAWN})
    idea_here(actor, comment.idea_id)
    return restore(actor.room, comment)


def _own(actor: Actor, comment_id: int, states: Collection[IdeaState]) -> Comment:
    comment = db.session.get(Comment, comment_id)
    if comment is None or comment.room_id != actor.room.id:
        raise Refused("This comment is no longer here.", code="gone")
    # As with ideas: those without a seat are looked after by whoever leads.
    mine = comment.seat_id == actor.seat.id if actor.seat else comment.seat_id is None
    if not mine:
        raise Refused("Only who wrote a comment can take it back.")
    if comment.state not in states:
        raise Refused("This was removed meanwhile.", code="gone")
    return comment


def _refuse_flood(actor: Actor) -> None:
    here = select(func.count()).where(Comment.room_id == actor.room.id)
    if (
        actor.seat
        and (db.session.scalar(here.where(Comment.seat_id == actor.seat.id)) or 0) >= PER_SEAT
    ):
        raise Refused(
            "You have written {n} comments, as many as one person may.",
            code="too_many",
            n=PER_SEAT,
        )
    if (db.session.scalar(here) or 0) >= PER_ROOM:
        raise Refused(
            "This room has {n} comments, as many as it can hold.", code="too_many", n=PER_ROOM
        )
