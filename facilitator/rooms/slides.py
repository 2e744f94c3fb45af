"""Report-back slides: what the rooms of a meeting have adopted, for the wall of the plenary."""

from __future__ import annotations

from typing import Any

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ALWAYS, LEADS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Ballot,
    Face,
    Idea,
    IdeaState,
    Meeting,
    Recommendation,
    Room,
    RoomKind,
    Slide,
    Status,
    Theme,
    Track,
)
from facilitator.rooms.citing import bare
from facilitator.rooms.methods import METHODS

#: Characters of a text that a slide begins with.
LINES = 400


@action("slides.gather", who=LEADS, during=ALWAYS)
def gather_slides(actor: Actor) -> Face:
    """Fetch what the rooms have adopted by now; the slides that are there are brought up to date.

    The rooms are only read. What they adopt later comes with the next gathering.
    """
    plenary = actor.room
    if plenary.sort is not RoomKind.PLENARY:
        raise Refused("Only a plenary gathers the slides of its rooms.")
    slides = {slide.origin_id: slide for slide in _slides(plenary)}
    rooms = _rooms(plenary)
    for origin_id in slides.keys() - {room.id for room in rooms}:
        publish(plenary, slides[origin_id], gone=True)
        db.session.delete(slides[origin_id])
    for position, room in enumerate(rooms):
        slide = slides.get(room.id) or Slide(room_id=plenary.id, origin_id=room.id)
        slide.position, slide.face = position, face_of(room)
        db.session.add(slide)
        publish(plenary, slide)
    return {"slides": len(rooms)}


def _slides(plenary: Room) -> list[Slide]:
    return list(db.session.scalars(select(Slide).where(Slide.room_id == plenary.id)))


def _rooms(plenary: Room) -> list[Room]:
    """The groups that met when and where the plenary does, in the order of the programme."""
    query = select(Room).where(Room.forum_id == plenary.forum_id, Room.sort == RoomKind.GROUP)
    if plenary.meeting_id is not None:
        query = query.where(Room.meeting_id == plenary.meeting_id)
    query = query.outerjoin(Meeting, Meeting.id == Room.meeting_id)
    query = query.outerjoin(Track, Track.id == Room.track_id)
    order = Meeting.position, Track.position, Room.number, Room.id
    return list(db.session.scalars(query.order_by(*order)))


def face_of(room: Room) -> Face:
    """What a room reports back: what it has adopted, and out of how much."""
    adopted = select(Recommendation).where(
        Recommendation.room_id == room.id,
        Recommendation.status == Status.ADOPTED,
        Recommendation.gone.is_(False),
        Recommendation.entry_id.is_(None),
    )
    texts = db.session.scalars(adopted.order_by(Recommendation.number)).all()
    ideas = Idea.room_id == room.id, Idea.state == IdeaState.SHOWN
    return {
        "title": room.title or (room.track.title if room.track else {}),
        "number": room.number,
        "ideas": db.session.scalar(select(func.count()).select_from(Idea).where(*ideas)) or 0,
        "themes": db.session.scalar(select(func.count()).where(Theme.room_id == room.id)) or 0,
        "texts": [_text(recommendation) for recommendation in texts],
    }


def _text(recommendation: Recommendation) -> Face:
    return {
        "id": recommendation.id,
        "title": recommendation.title,
        "lang": recommendation.lang,
        "text": _beginning(recommendation),
        "result": _result(recommendation),
    }


def _beginning(recommendation: Recommendation) -> str:
    """The first lines of what is recommended, or of the first section that has any."""
    sections: dict[str, str] = recommendation.draft.text.get("sections", {})
    keys = [section["key"] for section in recommendation.template]
    first = sorted(keys, key=lambda key: key not in ("recommendation", "proposal"))
    text = next((sections[key] for key in first if sections.get(key, "").strip()), "")
    text = " ".join(bare(text).split())
    return text if len(text) <= LINES else f"{text[:LINES].rpartition(' ')[0]} …"


def _result(recommendation: Recommendation) -> Any:
    """For, against and abstained: of the whole room, as it has been told."""
    closed = Ballot.recommendation_id == recommendation.id, Ballot.is_open.is_(False)
    last = select(Ballot).where(*closed).order_by(Ballot.id.desc()).limit(1)
    ballot = db.session.scalar(last)
    if ballot is None or ballot.result is None:
        return None
    sides = METHODS[ballot.method].sides(ballot.result["counts"])
    assert sides is not None  # noqa: S101 - for the type checker: adopting is answering
    marks = {"yes": sides.favour, "no": sides.against, "abstain": sides.neither}
    return {"voters": ballot.result["voters"], **marks}
