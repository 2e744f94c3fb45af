"""From meeting to meeting: a room takes up what its track left at an earlier one."""

from __future__ import annotations

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from facilitator.access import Actor
from facilitator.actions import LEADS, Refused, action
from facilitator.consolidation.desk import pieces, refuse_unready
from facilitator.consolidation.merging import Stretch, words_of_room
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Face, Meeting, Phase, Recommendation, Room, RoomKind, Source
from facilitator.rooms.recommendations import begin, write_pieces

DRAFTING = frozenset({Phase.DRAFT})


@action("recommendation.carry", who=LEADS, during=DRAFTING)
def carry(actor: Actor, *, recommendation: int) -> Face:
    """Go on here with a recommendation of an earlier meeting; that one stays as it was."""
    left = _left(actor.room, recommendation)
    refuse_unready([left])
    if _taken_up(actor.room, left.id):
        raise Refused("“{title}” was taken up here already.", code="conflict", title=left.title)
    whole = words_of_room(left)
    whole.title = whole.title or [Stretch(left.title)]
    begun = begin(actor.room, title="", lang=left.lang, template=left.template)
    begun.title = left.title
    begun.sources.append(Source(origin_id=left.id, revision=left.draft.seq, position=0))
    db.session.flush()
    write_pieces(begun, pieces(begun, whole), whole.steps)
    publish(actor.room, begun, begun.draft)
    return {"id": begun.id}


def earlier(room: Room) -> list[Face]:
    """What groups of the room's track have left at earlier meetings, the last meeting first.

    [{id, title, lang, status, meeting}]
    """
    if room.meeting is None or not room.meeting.position:
        return []
    return [
        {
            "id": left.id,
            "title": left.title,
            "lang": left.lang,
            "status": left.status,
            "meeting": city,
        }
        for left, city in db.session.execute(_before(room)).all()
    ]


def _before(room: Room) -> Select[Recommendation, str]:
    """Recommendations of the track at meetings before the room's."""
    here = select(Meeting.position).where(Meeting.id == room.meeting_id).scalar_subquery()
    return (
        select(Recommendation, Meeting.city)
        .join(Room, Room.id == Recommendation.room_id)
        .join(Meeting, Meeting.id == Room.meeting_id)
        .where(
            Room.track_id == room.track_id,
            Room.sort == RoomKind.GROUP,
            Meeting.position < here,
            Recommendation.gone.is_(False),
        )
        .order_by(Meeting.position.desc(), Recommendation.id)
    )


def _left(room: Room, recommendation_id: int) -> Recommendation:
    query = _before(room).where(Recommendation.id == recommendation_id)
    found: Recommendation | None = db.session.scalars(
        query.options(joinedload(Recommendation.draft))
    ).one_or_none()
    if found is None:
        raise Refused("This text is no longer here.", code="gone")
    return found


def _taken_up(room: Room, recommendation_id: int) -> bool:
    here = Recommendation.room_id == room.id, Recommendation.gone.is_(False)
    query = select(Source.id).join(Recommendation, Recommendation.id == Source.recommendation_id)
    return db.session.scalar(query.where(Source.origin_id == recommendation_id, *here)) is not None
