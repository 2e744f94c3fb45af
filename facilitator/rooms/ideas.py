"""Ideas: what participants post, and which of them they support."""

from __future__ import annotations

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import PARTICIPANTS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Comment, Echo, Face, Idea, IdeaKind, Phase, Question, Support
from facilitator.shapes import Language, line

#: Characters of an idea; ideas of one seat; ideas of a room.
LONGEST, PER_SEAT, PER_ROOM = 600, 200, 5_000

WRITING = frozenset({Phase.GATHER})
SORTING = frozenset({Phase.GATHER, Phase.GROUP})
SUPPORTING = SORTING | {Phase.DECIDE}


@action("idea.post", during=WRITING)
def post_idea(
    actor: Actor, *, sort: IdeaKind, question: int | None, text: str, lang: Language
) -> Face:
    """Add an idea to the actor's room."""
    _refuse_flood(actor)
    idea = Idea(
        room_id=actor.room.id,
        seat_id=actor.seat and actor.seat.id,
        sort=sort,
        question_id=_asked(actor, question),
        text=line(text, LONGEST),
        lang=lang,
    )
    db.session.add(idea)
    db.session.flush()
    echo = Echo(id=idea.id, seats=0)
    db.session.add(echo)
    publish(actor.room, idea, echo)
    return idea.public()


@action("idea.edit", during=SORTING)
def edit_idea(actor: Actor, *, id: int, sort: IdeaKind, question: int | None, text: str) -> Face:  # noqa: A002
    """Say one's own idea in other words."""
    idea = _own(actor, id)
    idea.sort, idea.question_id = sort, _asked(actor, question)
    idea.text = line(text, LONGEST)
    publish(actor.room, idea)
    return idea.public()


@action("idea.withdraw", during=SORTING)
def withdraw_idea(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take back one's own idea, and what was said of it. Nothing of it stays in the room's log."""
    idea = _own(actor, id)
    comments = db.session.scalars(select(Comment).where(Comment.idea_id == id)).all()
    publish(actor.room, *comments, db.session.get_one(Echo, id), idea, gone=True)
    db.session.delete(idea)


@action("idea.support", who=PARTICIPANTS, during=SUPPORTING)
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


def idea_here(actor: Actor, idea_id: int) -> Idea:
    """An idea of the actor's room."""
    idea = db.session.get(Idea, idea_id)
    if idea is None or idea.room_id != actor.room.id:
        raise Refused("This idea is no longer here.", code="gone")
    return idea


def _own(actor: Actor, idea_id: int) -> Idea:
    idea = idea_here(actor, idea_id)
    # Ideas written for people without a phone have no seat: whoever leads looks after them.
    mine = idea.seat_id == actor.seat.id if actor.seat else idea.seat_id is None
    if not mine:
        raise Refused("Only who wrote an idea can change it.")
    return idea


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
