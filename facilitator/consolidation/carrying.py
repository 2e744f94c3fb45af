"""From meeting to meeting: a room takes up what its track left at an earlier one."""

from __future__ import annotations

import secrets
from typing import TypeVar

from sqlalchemy import Select, select
from sqlalchemy.orm import joinedload

from facilitator.access import Actor
from facilitator.actions import LEADS, Refused, action
from facilitator.consolidation.desk import pieces, refuse_unready
from facilitator.consolidation.merging import Stretch, words_of_room
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Face,
    Meeting,
    Minutes,
    Phase,
    Recommendation,
    Room,
    RoomKind,
    Source,
)
from facilitator.rooms import minutes
from facilitator.rooms.recommendations import Piece, begin, write_pieces
from facilitator.rooms.texts import FIELDS

DRAFTING = frozenset({Phase.DRAFT})

Left = TypeVar("Left", Recommendation, Minutes)


@action("recommendation.carry", who=LEADS, during=DRAFTING)
def carry(actor: Actor, *, recommendation: int) -> Face:
    """Go on here with a recommendation of an earlier meeting; that one stays as it was."""
    left = _left(actor.room, Recommendation, recommendation)
    refuse_unready([left])
    if _taken_up(actor.room, left.id):
        raise Refused("“{title}” was taken up here already.", code="conflict", title=left.title)
    whole = words_of_room(left)
    whole.title = whole.title or [Stretch(left.title)]
    begun = begin(actor.room, title="", lang=left.lang, template=left.template)
    begun.title, begun.imported = left.title, left.imported
    begun.sources.append(Source(origin_id=left.id, revision=left.draft.seq, position=0))
    db.session.flush()
    write_pieces(begun, pieces(begun, whole), whole.steps, whole.levels)
    publish(actor.room, begun, begun.draft)
    return {"id": begun.id}


@action("minutes.carry", who=LEADS)
def carry_tasks(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Go on here with what is still to be done of an item of an earlier meeting."""
    left = _left(actor.room, Minutes, id)
    refuse_unready([left])
    kept = Minutes.room_id == actor.room.id, Minutes.gone.is_(False)
    if db.session.scalar(select(Minutes.id).where(Minutes.origin_id == left.id, *kept)):
        raise Refused("“{title}” was taken up here already.", code="conflict", title=left.title)
    tasks = minutes.open_tasks(left)
    if not tasks:
        raise Refused("Nothing of it is left to be done.", code="conflict")
    begun = minutes.begin(actor.room, title="", by=left.by or "", lang=left.lang, origin=left.id)
    begun.title = left.title
    ids = [secrets.token_hex(5) for _ in tasks]
    words = [
        Piece(f"p:{step}:{name}", task[name])
        for step, task in zip(ids, tasks, strict=True)
        for name in FIELDS
    ]
    write_pieces(begun, [Piece("title", left.title), *words], ids)
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
        for left, city in db.session.execute(_before(room, Recommendation)).all()
    ]


def left_open(room: Room) -> list[Face]:
    """What is still to be done of earlier meetings, by the item it belongs to.

    [{id, title, lang, meeting, tasks: [{what, who, by}]}]
    """
    if room.meeting is None or not room.meeting.position:
        return []
    query = _before(room, Minutes).options(joinedload(Minutes.draft))
    return [
        {
            "id": item.id,
            "title": item.title,
            "lang": item.lang,
            "meeting": city,
            "tasks": [{name: task[name] for name in ("what", "who", "by")} for task in tasks],
        }
        for item, city in db.session.execute(query).all()
        if (tasks := minutes.open_tasks(item))
    ]


def _before(room: Room, kind: type[Left]) -> Select[Left, str]:
    """Texts of the track at meetings before the room's."""
    here = select(Meeting.position).where(Meeting.id == room.meeting_id).scalar_subquery()
    return (
        select(kind, Meeting.city)
        .join(Room, Room.id == kind.room_id)
        .join(Meeting, Meeting.id == Room.meeting_id)
        .where(
            Room.track_id == room.track_id,
            Room.sort == RoomKind.GROUP,
            Meeting.position < here,
            kind.gone.is_(False),
        )
        .order_by(Meeting.position.desc(), kind.position, kind.id)
    )


def _left(room: Room, kind: type[Left], number: int) -> Left:
    query = _before(room, kind).where(kind.id == number)
    found: Left | None = db.session.scalars(query.options(joinedload(kind.draft))).one_or_none()
    if found is None:
        raise Refused("This text is no longer here.", code="gone")
    return found


def _taken_up(room: Room, recommendation_id: int) -> bool:
    here = Recommendation.room_id == room.id, Recommendation.gone.is_(False)
    query = select(Source.id).join(Recommendation, Recommendation.id == Source.recommendation_id)
    return db.session.scalar(query.where(Source.origin_id == recommendation_id, *here)) is not None
