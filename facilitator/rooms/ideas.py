"""Ideas: what participants post, and which of them they support."""

from __future__ import annotations

from collections.abc import Collection
from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import PARTICIPANTS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Echo,
    Face,
    Idea,
    IdeaKind,
    IdeaState,
    Phase,
    Question,
    Support,
    Via,
)
from facilitator.rooms.backing import recount
from facilitator.rooms.visibility import (
    STANDING,
    come_again,
    come_in,
    first_state,
    own_face,
)
from facilitator.rooms.withdrawing import restore, withdraw
from facilitator.shapes import Language, line, within

#: Characters of an idea; ideas of one seat; ideas of a room; the number on a paper slip.
LONGEST, PER_SEAT, PER_ROOM, HIGHEST_SLIP = 600, 200, 5_000, 99_999

WRITING = frozenset({Phase.GATHER})
SORTING = frozenset({Phase.GATHER, Phase.GROUP})
SUPPORTING = SORTING | {Phase.DECIDE}


@action("idea.post", during=WRITING, contributes=True)
def post_idea(
    actor: Actor,
    *,
    sort: IdeaKind,
    question: int | None,
    text: str,
    lang: Language,
    via: Via | None = None,
    slip: Annotated[int, within(1, HIGHEST_SLIP)] | None = None,
) -> Face:
    """Add an idea to the actor's room. Whoever leads says how it came to them, and from which slip.

    The answer says if it has to wait before others see it.
    """
    _refuse_flood(actor)
    if actor.seat and (via or slip):
        raise Refused("Only who leads the room writes for others.")
    idea = Idea(
        room_id=actor.room.id,
        seat_id=actor.seat and actor.seat.id,
        sort=sort,
        state=first_state(actor, actor.room, veils=True),
        question_id=_asked(actor, question),
        text=line(text, LONGEST),
        lang=lang,
        via=None if actor.seat else via or Via.SPOKEN,
        slip=slip if via is Via.SLIP else None,
    )
    db.session.add(idea)
    db.session.flush()
    db.session.add(Echo(id=idea.id, seats=0))
    db.session.flush()
    come_in(actor.room, idea)
    return own_face(idea)


@action("idea.edit", during=SORTING, contributes=True)
def edit_idea(actor: Actor, *, id: int, sort: IdeaKind, question: int | None, text: str) -> Face:  # noqa: A002
    """Say one's own idea in other words. Where words are looked at before, these wait again."""
    idea = _own(actor, id)
    idea.sort, idea.question_id = sort, _asked(actor, question)
    idea.text = line(text, LONGEST)
    come_again(actor, idea)
    return own_face(idea)


@action("idea.withdraw", during=SORTING)
def withdraw_idea(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take back one's own idea, and what was said of it. Nothing of it stays in the room's log.

    Until `room.sweep` deletes it, its author can bring it back.
    """
    withdraw(actor.room, _own(actor, id))


@action("idea.restore", during=SORTING)
def restore_idea(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Bring one's own idea back, a little after taking it back: to where it was."""
    return restore(actor.room, _own(actor, id, {IdeaState.WITHDRAWN}))


@action("idea.support", who=PARTICIPANTS, during=SUPPORTING, contributes=True)
def support_idea(actor: Actor, *, id: int, on: bool) -> None:  # noqa: A002
    """Say that one supports an idea, or no longer."""
    idea = idea_here(actor, id)
    assert actor.seat is not None  # noqa: S101 - for the type checker: participants have one
    mark = db.session.get(Support, (idea.id, actor.seat.id))
    if (mark is not None) == on:
        return
    if mark is None:
        db.session.add(Support(idea_id=idea.id, seat_id=actor.seat.id))
    else:
        db.session.delete(mark)
    echo = db.session.get_one(Echo, id)
    echo.seats += 1 if on else -1
    publish(actor.room, echo)
    recount(actor.room, [idea.theme_id])


def idea_here(actor: Actor, idea_id: int) -> Idea:
    """An idea of the actor's room that everybody sees."""
    return _standing(actor, idea_id, {IdeaState.SHOWN})


def _standing(actor: Actor, idea_id: int, states: Collection[IdeaState]) -> Idea:
    idea = db.session.get(Idea, idea_id)
    if idea is None or idea.room_id != actor.room.id:
        raise Refused("This idea is no longer here.", code="gone")
    if idea.state not in states:
        raise Refused("This was removed meanwhile.", code="gone")
    return idea


def _own(actor: Actor, idea_id: int, states: Collection[IdeaState] = STANDING) -> Idea:
    idea = _standing(actor, idea_id, frozenset(IdeaState))
    # Ideas written for people without a phone have no seat: whoever leads looks after them.
    mine = idea.seat_id == actor.seat.id if actor.seat else idea.seat_id is None
    if not mine:
        raise Refused("Only who wrote an idea can change it.")
    return _standing(actor, idea_id, states)


def _asked(actor: Actor, question_id: int | None) -> int | None:
    if question_id is None:
        return None
    question = db.session.get(Question, question_id)
    if question is None or question.track_id != actor.room.track_id:
        raise Refused("This question is no longer asked here.", code="gone")
    return question_id


def _refuse_flood(actor: Actor) -> None:
    here = select(func.count()).where(Idea.room_id == actor.room.id)
    if (
        actor.seat
        and (db.session.scalar(here.where(Idea.seat_id == actor.seat.id)) or 0) >= PER_SEAT
    ):
        raise Refused(
            "You have posted {n} ideas, as many as one person may.", code="too_many", n=PER_SEAT
        )
    if (db.session.scalar(here) or 0) >= PER_ROOM:
        raise Refused(
            "This room has {n} ideas, as many as it can hold.", code="too_many", n=PER_ROOM
        )
