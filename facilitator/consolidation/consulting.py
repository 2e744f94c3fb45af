"""Back to the rooms: a merged text is shown to those from whom it came, before the plenary."""

from __future__ import annotations

from collections import Counter

from sqlalchemy import delete, select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action, lock
from facilitator.consolidation.desk import entry_here, refuse_unready
from facilitator.consolidation.steps import Changes, at_desk, record
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Consultation,
    ConsultationAnswer,
    Consulted,
    Face,
    Recommendation,
    Room,
)
from facilitator.rooms import by_sector
from facilitator.rooms.rules import Voted
from facilitator.rooms.texts import wording


@action("desk.consult", who=ORGANISERS)
def consult(actor: Actor, *, recommendation: int) -> Face:
    """Ask the rooms from which a text came whether it is still theirs, as it reads now."""
    at_desk(actor)
    entry = entry_here(actor, recommendation)
    refuse_unready([entry])
    if db.session.scalar(
        select(Consultation.id).filter_by(recommendation_id=entry.id, is_open=True)
    ):
        raise Refused("The rooms are being asked about this text already.", code="conflict")
    asked = Consultation(
        recommendation_id=entry.id,
        revision=entry.draft.rendered_seq,
        title=entry.title,
        lang=entry.lang,
        template=entry.template,
        text=wording(entry.draft.text),
    )
    db.session.add(asked)
    db.session.flush()
    # Not the plenary, where the floor has put in words: it decides for itself.
    rooms = {s.origin.room_id for s in entry.sources if s.origin.entry_id is None}
    db.session.add_all([Consulted(consultation_id=asked.id, room_id=room) for room in rooms])
    _tell(actor, asked)
    record(actor, "desk.consult", [entry.title], Changes())
    return {"id": asked.id, "rooms": len(rooms)}


@action("desk.consulted", who=ORGANISERS)
def consulted(actor: Actor, *, consultation: int) -> Face:
    """Close the question and count. The key is destroyed: no answer can be tied to a seat."""
    at_desk(actor)
    asked = db.session.get(Consultation, consultation)
    if asked is None or _of_another_desk(actor, asked):
        raise Refused("This text is no longer here.", code="gone")
    if not asked.is_open:
        raise Refused("The organisers have closed this question.", code="closed")
    asked.result = _counted(actor, asked)
    asked.is_open, asked.key = False, None
    answered = ConsultationAnswer.consultation_id == asked.id
    db.session.execute(delete(ConsultationAnswer).where(answered))
    _tell(actor, asked)
    record(actor, "desk.consulted", [asked.title], Changes())
    return asked.result


def _of_another_desk(actor: Actor, asked: Consultation) -> bool:
    about = db.session.get_one(Recommendation, asked.recommendation_id)
    return about.room_id != actor.room.id


def _counted(actor: Actor, asked: Consultation) -> Face:
    """The totals; how each room answered, as far as it may be told; the reasons without names."""
    query = select(ConsultationAnswer).filter_by(consultation_id=asked.id)
    replies = db.session.scalars(query).all()
    rooms = {str(room.id): room.uuid for room in _rooms(asked)}
    voted, yes = Counter[str](), Counter[str]()
    for reply in replies:
        voted[str(reply.room_id)] += 1
        yes[str(reply.room_id)] += reply.reason is None
    votes = {name: Voted(voted[name], yes[name]) for name in rooms}
    reasons = [{"text": one.reason, "lang": one.lang} for one in replies if one.reason is not None]
    return {
        "voters": voted.total(),
        "yes": yes.total(),
        "rooms": [
            {
                "rooms": [rooms[name] for name in row.sectors],
                "voters": row.voters,
                "low": row.low,
                "high": row.high,
            }
            for row in by_sector.told(votes, actor.forum.least)
        ],
        # In an order that says nothing of who came when.
        "reasons": sorted(reasons, key=lambda one: str(one["text"])),
    }


def _rooms(asked: Consultation) -> list[Room]:
    here = select(Consulted.room_id).where(Consulted.consultation_id == asked.id)
    return list(db.session.scalars(select(Room).where(Room.id.in_(here)).order_by(Room.id)))


def _tell(actor: Actor, asked: Consultation) -> None:
    """Tell the desk, which is locked, and the rooms, locked in the order of their numbers."""
    publish(actor.room, asked)
    for room in _rooms(asked):
        here = lock(room.id)
        publish(here, asked)
        if asked.is_open:
            publish(here, db.session.get_one(Consulted, (asked.id, room.id)))
