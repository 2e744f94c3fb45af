"""Motions: texts of the desk that lie before a plenary. There they are recommendations of the room.

Its people suggest other words, and who leads accepts them; nobody writes in the text itself. While
it is voted on, nothing changes, here and at the desk.
"""

from __future__ import annotations

from collections.abc import Iterable
from typing import Any

from sqlalchemy import ScalarSelect, bindparam, func, or_, select
from sqlalchemy.orm import aliased

from facilitator.access import Actor
from facilitator.actions import LEADS, Refused
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Ballot, Motion, Phase, Recommendation, Room, Status, Written
from facilitator.rooms.reopening import hash_of


def votes_on(text: Any) -> ScalarSelect[int]:
    """How many open ballots hold a text where it is: its own, those on a whole, the plenary's."""
    here = aliased(Recommendation)
    copies = select(here.id).where(or_(here.id == text, here.entry_id == text))
    wholes = select(Motion.whole_id).where(Motion.id.in_(copies))
    asked = or_(Ballot.recommendation_id.in_(copies), Ballot.id.in_(wholes))
    return select(func.count(Ballot.id)).where(Ballot.is_open, asked).scalar_subquery()


VOTES = select(votes_on(bindparam("text")))


def refuse_voting(text: int) -> None:
    """Refuse what a text that is voted on does not bear."""
    if db.session.scalar(VOTES, {"text": text}):
        raise Refused("The room is voting on this text.", code="closed")


def refuse_out_of_turn(actor: Actor, entry_id: int | None) -> None:
    """Of a room's own text people talk while they write; of the desk's also when they adopt."""
    if entry_id is None and actor.room.phase is not Phase.DRAFT:
        raise Refused("This is closed at the moment.", code="closed")


def refuse_deciding(actor: Actor, text: int) -> None:
    """In a plenary who leads says what the desk's text takes up; in a group everybody does."""
    about = db.session.get_one(Recommendation, text)
    if about.entry_id is not None and actor.role not in LEADS:
        raise Refused("In the plenary only who leads it accepts or declines.")


def note_wording(room: Room, text: Written) -> None:
    """Note how a text of the desk reads in its plenary now; any other text has nothing to note."""
    of_desk = isinstance(text, Recommendation) and text.entry_id is not None
    motion = db.session.get(Motion, text.id) if of_desk else None
    if motion is not None and motion.hash != (wording := hash_of(text.draft.text)):
        motion.hash = wording
        publish(room, motion)


# ---- The whole -----------------------------------------------------------------------------------


def subjects_of(ballot: Ballot) -> list[Recommendation]:
    """What a ballot adopts, or does not: a recommendation, or all that it was opened on."""
    if ballot.recommendation_id is not None:
        return [db.session.get_one(Recommendation, ballot.recommendation_id)]
    if not ballot.whole:
        return []
    of_it = select(Recommendation).join(Motion, Motion.id == Recommendation.id)
    return list(db.session.scalars(of_it.where(Motion.whole_id == ballot.id)))


def on_the_table(room: Room) -> list[Recommendation]:
    """The texts of the desk that a plenary has not decided on."""
    here = Recommendation.room_id == room.id, Recommendation.gone.is_(False)
    entry = aliased(Recommendation)
    query = select(Recommendation).join(entry, entry.id == Recommendation.entry_id)
    undecided = query.where(*here, entry.gone.is_(False), Recommendation.status == Status.DRAFT)
    return list(db.session.scalars(undecided.order_by(Recommendation.number)))


def refuse_unvotable(texts: Iterable[Recommendation]) -> None:
    """Refuse a vote on a whole of which a part is voted on by itself, or was taken back."""
    for text in texts:
        refuse_voting(text.id)
        refuse_taken_back(text)


def refuse_taken_back(text: Recommendation) -> None:
    """Refuse a vote on what was taken back, or stands no longer in the document of the desk."""
    entry = text.entry_id and db.session.get(Recommendation, text.entry_id, populate_existing=True)
    if text.status is Status.WITHDRAWN or (entry and entry.gone):
        raise Refused("“{title}” was taken back at the desk.", code="gone", title=text.title)


def take_in(actor: Actor, ballot: Ballot, texts: Iterable[Recommendation]) -> None:
    """Note of texts that they are what a ballot on the whole is about."""
    motions = [db.session.get_one(Motion, text.id) for text in texts]
    for motion in motions:
        motion.whole_id = ballot.id
    publish(actor.room, *motions)
