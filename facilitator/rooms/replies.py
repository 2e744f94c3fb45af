"""Replies: what people say of a suggestion, under it."""

from __future__ import annotations

from collections.abc import Collection

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import WRITERS, Refused, action
from facilitator.db import db
from facilitator.models import Face, IdeaState, Phase, Reply, Room, Suggestion
from facilitator.rooms.drafts import open_draft
from facilitator.rooms.motions import refuse_out_of_turn
from facilitator.rooms.visibility import STANDING, come_in, drop, first_state, own_face, turn
from facilitator.rooms.withdrawing import restore, withdraw
from facilitator.shapes import Language, line

#: Characters of a reply; replies of one seat; replies of a room.
LONGEST, PER_SEAT, PER_ROOM = 400, 200, 2_000

REPLYING = frozenset({Phase.DRAFT, Phase.ADOPT})


@action("reply.post", who=WRITERS, during=REPLYING, contributes=True)
def post_reply(actor: Actor, *, suggestion: int, text: str, lang: Language) -> Face:
    """Say something of a suggestion. The answer says if it has to wait before others see it."""
    about = suggestion_here(actor, suggestion)
    refuse_out_of_turn(actor, open_draft(actor.room.id, about.recommendation_id).entry_id)
    return own_face(say(actor, about, text, lang))


@action("reply.withdraw", who=WRITERS, during=REPLYING)
def withdraw_reply(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take back one's own reply. Nothing of it stays in the room's log.

    Until `room.sweep` deletes it, its author can bring it back.
    """
    withdraw(actor.room, _own(actor, id, STANDING))


@action("reply.restore", who=WRITERS, during=REPLYING)
def restore_reply(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Bring one's own reply back, a little after taking it back."""
    return restore(actor.room, _own(actor, id, {IdeaState.WITHDRAWN}))


def suggestion_here(actor: Actor, suggestion_id: int) -> Suggestion:
    """A suggestion of the actor's room."""
    found = db.session.get(Suggestion, suggestion_id)
    if found is None or found.room_id != actor.room.id:
        raise Refused("This suggestion is no longer here.", code="gone")
    return found


def say(actor: Actor, about: Suggestion, text: str, lang: str) -> Reply:
    """Put words under a suggestion, and tell of them those who may see them."""
    _refuse_flood(actor)
    reply = Reply(
        room_id=actor.room.id,
        suggestion_id=about.id,
        seat_id=actor.seat and actor.seat.id,
        state=first_state(actor, actor.room, veils=False),
        text=line(text, LONGEST),
        lang=lang,
    )
    db.session.add(reply)
    db.session.flush()
    come_in(actor.room, reply)
    return reply


def delete_under(room: Room, suggestion: Suggestion) -> None:
    """Delete all that was said of a suggestion, and take it from every screen."""
    under = select(Reply).filter_by(suggestion_id=suggestion.id).order_by(Reply.id)
    for reply in db.session.scalars(under).all():
        if reply.state is not IdeaState.WITHDRAWN:
            turn(room, reply, IdeaState.WITHDRAWN)
        drop(room, reply)


def _own(actor: Actor, reply_id: int, states: Collection[IdeaState]) -> Reply:
    reply = db.session.get(Reply, reply_id)
    if reply is None or reply.room_id != actor.room.id:
        raise Refused("This reply is no longer here.", code="gone")
    # As with ideas: those without a seat are looked after by whoever leads.
    mine = reply.seat_id == actor.seat.id if actor.seat else reply.seat_id is None
    if not mine:
        raise Refused("Only who wrote a reply can take it back.")
    if reply.state not in states:
        raise Refused("This was removed meanwhile.", code="gone")
    return reply


def _refuse_flood(actor: Actor) -> None:
    here = select(func.count()).where(Reply.room_id == actor.room.id)
    if (
        actor.seat
        and (db.session.scalar(here.where(Reply.seat_id == actor.seat.id)) or 0) >= PER_SEAT
    ):
        raise Refused(
            "You have written {n} replies, as many as one person may.",
            code="too_many",
            n=PER_SEAT,
        )
    if (db.session.scalar(here) or 0) >= PER_ROOM:
        raise Refused(
            "This room has {n} replies, as many as it can hold.", code="too_many", n=PER_ROOM
        )
