"""Comments: what people say of an idea, under it."""

from __future__ import annotations

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Comment, Face, Phase
from facilitator.rooms.ideas import idea_here
from facilitator.shapes import Language, line

#: Characters of a comment; comments of one seat; comments of a room.
LONGEST, PER_SEAT, PER_ROOM = 400, 200, 2_000

COMMENTING = frozenset({Phase.GATHER, Phase.GROUP, Phase.DECIDE})


@action("comment.post", during=COMMENTING)
def post_comment(actor: Actor, *, idea: int, text: str, lang: Language) -> Face:
    """Say something of an idea."""
    about = idea_here(actor, idea)
    _refuse_flood(actor)
    comment = Comment(
        room_id=actor.room.id,
        idea_id=about.id,
        seat_id=actor.seat and actor.seat.id,
        text=line(text, LONGEST),
        lang=lang,
    )
    db.session.add(comment)
    publish(actor.room, comment)
    return comment.public()


@action("comment.withdraw", during=COMMENTING)
def withdraw_comment(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take back one's own comment. Nothing of it stays in the room's log."""
    comment = _own(actor, id)
    publish(actor.room, comment, gone=True)
    db.session.delete(comment)


def _own(actor: Actor, comment_id: int) -> Comment:
    comment = db.session.get(Comment, comment_id)
    if comment is None or comment.room_id != actor.room.id:
        raise Refused("This comment is no longer here.", code="gone")
    # As with ideas: those without a seat are looked after by whoever leads.
    mine = comment.seat_id == actor.seat.id if actor.seat else comment.seat_id is None
    if not mine:
        raise Refused("Only who wrote a comment can take it back.")
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
