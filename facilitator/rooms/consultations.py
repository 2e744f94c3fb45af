"""Is this still ours? What people of a room answer when the desk asks."""

from __future__ import annotations

from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ALWAYS, PARTICIPANTS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Consultation, ConsultationAnswer, Consulted, Face, Room
from facilitator.rooms.papers import pseudonym
from facilitator.shapes import several_lines

Reason = Annotated[str, several_lines(1_000)]


@action("consultation.answer", who=PARTICIPANTS, during=ALWAYS, discreet=True)
def answer(actor: Actor, *, consultation: int, reason: Reason | None = None) -> None:
    """Say yes to a text of the desk, or with a reservation and why; in place of an earlier answer.

    A seat answers once, in whichever of the rooms it is.
    """
    asked = db.session.get(Consultation, consultation)
    here = db.session.get(Consulted, (consultation, actor.room.id), populate_existing=True)
    if asked is None or here is None:
        raise Refused("This text is no longer here.", code="gone")
    if not asked.is_open:
        raise Refused("The organisers have closed this question.", code="closed")
    if reason is not None and not reason.strip():
        raise Refused("Please say why: this answer needs a reason.", code="reason")
    seat = actor.seat
    assert seat is not None  # noqa: S101 - for the type checker: participants have one
    voter = pseudonym(asked, seat)
    answer = db.session.get(ConsultationAnswer, (asked.id, voter))
    answer = answer or ConsultationAnswer(consultation_id=asked.id, voter=voter)
    answer.room_id, answer.reason, answer.lang = actor.room.id, reason, seat.lang
    db.session.add(answer)
    db.session.flush()
    answered = select(func.count()).select_from(ConsultationAnswer)
    there = answered.filter_by(consultation_id=asked.id, room_id=actor.room.id)
    here.answered = db.session.scalar(there) or 0
    publish(actor.room, here)


def consultations_in(room: Room) -> list[Consultation]:
    """The texts about which a room is asked, or was."""
    asked = Consulted.consultation_id == Consultation.id
    query = select(Consultation).join(Consulted, asked).where(Consulted.room_id == room.id)
    return list(db.session.scalars(query.order_by(Consultation.id)))


def own_answers(who: Actor) -> dict[str, Face]:
    """What a seat has answered to the questions that are open."""
    assert who.seat is not None  # noqa: S101 - for the type checker: mine() has looked
    asked = [one for one in consultations_in(who.room) if one.key is not None]
    replies = {
        str(one.id): db.session.get(ConsultationAnswer, (one.id, pseudonym(one, who.seat)))
        for one in asked
    }
    return {name: reply.own() for name, reply in replies.items() if reply}
