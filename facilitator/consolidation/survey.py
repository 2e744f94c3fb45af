"""What the desk sees of the other rooms: a cell for each room, a card for each recommendation.

The desk is told by a task of the clock, never by the rooms, which know nothing of it. What it was
last told is kept, so that somebody who comes in sees the same as somebody who was there.
"""

from __future__ import annotations

from collections.abc import Collection, Iterable, Iterator, Mapping
from typing import Any

from flask import current_app
from sqlalchemy import func, select
from sqlalchemy.orm import aliased, joinedload, selectinload

from facilitator.access import Actor, ActorRef
from facilitator.actions import CLOCK, action, perform
from facilitator.consolidation.floor import take_up
from facilitator.consolidation.likeness import ask_for_pairs
from facilitator.consolidation.lineage import lineage
from facilitator.consolidation.motions import motions_told, note_decisions
from facilitator.consolidation.steps import at_desk
from facilitator.db import db
from facilitator.events import forget, publish
from facilitator.models import (
    Ballot,
    Event,
    Face,
    Idea,
    Mirror,
    Notice,
    People,
    Recommendation,
    Reopening,
    Reservation,
    Role,
    Room,
    RoomKind,
    Status,
    Theme,
    Watch,
)
from facilitator.rooms.citing import Cited, cited_in, shown, told
from facilitator.rooms.levels import levels
from facilitator.rooms.results import in_favour

CELL, CARD = "cell", "card"
#: What a card tells of a text.
TOLD = ("title", "sections", "steps", "addressees")

#: What a room has written itself; what lies before a plenary is the desk's.
OWN = Recommendation.gone.is_(False), Recommendation.entry_id.is_(None)

#: (kind, number) → what the desk is to know of it.
Faces = dict[tuple[str, int], Face]


def survey_due() -> None:
    """Let each desk look at the rooms in which something has happened since it last looked."""
    looked: dict[int, dict[int, int]] = current_app.extensions.setdefault("survey", {})
    query = select(Room.forum_id, Room.id, Room.seq, Room.sort)
    rooms = db.session.execute(query).all()
    db.session.rollback()
    desks = {room.forum_id: room.id for room in rooms if room.sort == RoomKind.DESK}
    for forum_id, desk_id in desks.items():
        clocks = {r.id: r.seq for r in rooms if r.forum_id == forum_id and r.id != desk_id}
        before = looked.get(forum_id)
        if clocks == before:
            continue
        changed = [number for number, seq in clocks.items() if (before or {}).get(number) != seq]
        ref = ActorRef(desk_id, role=Role.CLOCK)
        perform(ref, "desk.survey", None, {"rooms": None if before is None else changed})
        looked[forum_id] = clocks  # as they were before: what came meanwhile is found next time


@action("desk.survey", who=CLOCK)
def survey(actor: Actor, *, rooms: list[int] | None = None) -> None:
    """Tell the desk what has changed in these rooms, or in all; and what is no longer there."""
    at_desk(actor)
    here = _rooms(actor.room.forum_id)
    there = db.session.scalars(here if rooms is None else here.where(Room.id.in_(rooms))).all()
    take_up(actor, there)
    note_decisions(actor, there)
    faces = _cells(there) | _cards(there) | motions_told(there)
    mirrors = _mirrors(actor.room.forum_id, faces)
    changed = []
    for (kind, number), face in faces.items():
        mirror = mirrors.get((kind, number))
        if mirror is None:
            mirror = Mirror(forum_id=actor.room.forum_id, kind=kind, id=number, face=face)
            db.session.add(mirror)
        elif mirror.face != face:
            mirror.face = face
            # What is no longer shown in its room stays in no log either.
            forget(actor.room, [mirror])
        else:
            continue
        changed.append(mirror)
    publish(actor.room, *changed)
    if any(mirror.kind == CARD for mirror in [*changed, *_drop_gone(actor)]):
        ask_for_pairs(actor.room.forum_id)


def _rooms(forum_id: int) -> Any:
    query = select(Room).where(Room.forum_id == forum_id, Room.sort != RoomKind.DESK)
    places = joinedload(Room.meeting), joinedload(Room.track)
    # Not as this session may remember them: they belong to others, who change them.
    return query.options(*places).execution_options(populate_existing=True)


def _mirrors(forum_id: int, faces: Collection[tuple[str, int]]) -> dict[tuple[str, int], Mirror]:
    numbers = [number for _, number in faces]
    query = select(Mirror).where(Mirror.forum_id == forum_id, Mirror.id.in_(numbers))
    return {(mirror.kind, mirror.id): mirror for mirror in db.session.scalars(query)}


def _drop_gone(actor: Actor) -> list[Mirror]:
    """Tell the desk of rooms and recommendations that are no longer there."""
    dropped: list[Mirror] = []
    forum_id = actor.room.forum_id
    rooms = select(Room.id).where(Room.forum_id == forum_id, Room.sort != RoomKind.DESK)
    texts = select(Recommendation.id).where(Recommendation.room_id.in_(rooms), *OWN)
    for kind, there in ((CELL, rooms), (CARD, texts)):
        query = select(Mirror).filter_by(forum_id=forum_id, kind=kind)
        for mirror in db.session.scalars(query.where(Mirror.id.not_in(there))).all():
            publish(actor.room, mirror, gone=True)
            db.session.delete(mirror)
            dropped.append(mirror)
    return dropped


# ---- Cells ---------------------------------------------------------------------------------------


def _cells(rooms: Iterable[Room]) -> Faces:
    """Each room as the overview shows it."""
    ids = [room.id for room in rooms]
    seats = dict(_pairs(select(People.id, People.seats).where(People.id.in_(ids))))
    ideas = dict(_counts(Idea.room_id, Idea.room_id.in_(ids), Idea.shown()))
    themes = dict(_counts(Theme.room_id, Theme.room_id.in_(ids), Theme.gone.is_(False)))
    there = Recommendation.room_id.in_(ids), *OWN
    texts = dict(_counts(Recommendation.room_id, *there))
    adopted = dict(_counts(Recommendation.room_id, *there, Recommendation.status == Status.ADOPTED))
    active = _last_news(ids)
    helps = dict(_pairs(select(Watch.id, Watch.help).where(Watch.id.in_(ids))))
    return {
        (CELL, room.id): {
            "id": room.id,
            "sort": room.sort,
            **_place(room),
            "track_title": room.track.title if room.track else {},
            "sitting": room.meeting and room.meeting.uuid,
            "on": room.meeting and room.meeting.on.isoformat(),
            "phase": room.phase,
            "at": room.at,
            "agenda": len(room.agenda),
            "ends_at": room.ends_at and room.ends_at.isoformat(),
            "paused": room.paused,
            "seats": seats.get(room.id, 0),
            "ideas": ideas.get(room.id, 0),
            "themes": themes.get(room.id, 0),
            "recommendations": texts.get(room.id, 0),
            "adopted": adopted.get(room.id, 0),
            "active_at": active.get(room.id),
            "help": helps.get(room.id),
        }
        for room in rooms
    }


def _last_news(ids: Collection[int]) -> dict[int, str]:
    """When something last happened in each room, to the minute: the desk is told no more often.

    What the organisers do in all rooms at once says nothing of any.
    """
    told = aliased(Event)
    everywhere = Room.kind, Notice.kind
    last = (
        select(told.at)
        .where(told.room_id == Room.id, told.kind.not_in(everywhere), told.lead_only.is_(False))
        .order_by(told.seq.desc())
        .limit(1)
        .scalar_subquery()
    )
    moments = db.session.execute(select(Room.id, last).where(Room.id.in_(ids)))
    return {
        room_id: at.replace(second=0, microsecond=0).isoformat() for room_id, at in moments if at
    }


def _place(room: Room) -> Face:
    """Which room: the words with which people tell it from others."""
    return {
        "uuid": room.uuid,
        "title": room.title or (room.track.title if room.track else {}),
        "number": room.number,
        "meeting": room.meeting and room.meeting.city,
        "track": room.track and room.track.uuid,
    }


# ---- Cards ---------------------------------------------------------------------------------------


def _cards(rooms: Iterable[Room]) -> Faces:
    """Each recommendation of the rooms: its text, how the room voted, how many ideas led to it."""
    places = {room.id: _place(room) for room in rooms}
    there = Recommendation.room_id.in_(places), *OWN
    more = joinedload(Recommendation.draft), selectinload(Recommendation.sources)
    query = select(Recommendation).where(*there).options(*more).order_by(Recommendation.id)
    texts = db.session.scalars(query.execution_options(populate_existing=True)).all()
    ids = [text.id for text in texts]
    ballots = dict(_results(ids))
    reservations = _faces(Reservation, ids, Reservation.shown())
    reopened = {number: faces[-1] for number, faces in _faces(Reopening, ids).items()}
    cited = shown(mark for text in texts for mark in cited_in(text.draft.text))
    came = lineage(ids)
    homes = _homes({number for before in came.values() for number in before})
    themes = [text.theme_id for text in texts if text.theme_id is not None]
    ideas = dict(_counts(Idea.theme_id, Idea.theme_id.in_(themes), Idea.shown()))
    return {
        (CARD, text.id): {
            **text.public(),
            "room": places[text.room_id],
            "raised": _raised(places[text.room_id], [homes[one] for one in came[text.id]]),
            "text": {name: text.draft.text[name] for name in TOLD if name in text.draft.text},
            "seq": text.draft.rendered_seq,
            # What was reopened has another wording than the one that was voted on.
            "ballot": ballots.get(text.id) if text.status is not Status.DRAFT else None,
            "reservations": reservations.get(text.id, []),
            "reopened": reopened.get(text.id),
            "notes": _notes(text, cited, {homes[one].id for one in came[text.id]}),
            "ideas": ideas.get(text.theme_id, 0),
            "levels": levels(text.draft.text),
        }
        for text in texts
    }


def _homes(ids: Collection[int]) -> dict[int, Room]:
    """The rooms of some texts."""
    query = select(Recommendation.id, Room).join(Room, Room.id == Recommendation.room_id)
    rows = db.session.execute(query.where(Recommendation.id.in_(ids)))
    return {number: room for number, room in rows}  # noqa: C416 - a row is no tuple to types


def _raised(place: Face, earlier: Iterable[Room]) -> list[str]:
    """The towns where a text was raised: of its own meeting, and of those it was carried from."""
    towns = [place["meeting"], *(room.meeting.city for room in earlier if room.meeting)]
    return list(dict.fromkeys(filter(None, towns)))


def _notes(text: Recommendation, cited: Mapping[str, Cited], earlier: Collection[int]) -> Face:
    """What a text cites of its own rooms: what another wrote is not theirs to cite."""
    found = {mark: cited[mark] for mark in cited_in(text.draft.text) if mark in cited}
    return {
        mark: told(one) for mark, one in found.items() if one.room_id in {text.room_id, *earlier}
    }


def _faces(model: Any, ids: Collection[int], *there: Any) -> Any:
    """What texts carry of a kind, by text."""
    query = select(model).where(model.recommendation_id.in_(ids), *there).order_by(model.id)
    found: dict[int, list[Face]] = {}
    for one in db.session.scalars(query.execution_options(populate_existing=True)):
        found.setdefault(one.recommendation_id, []).append(one.public())
    return found


def _results(ids: Collection[int]) -> Iterator[tuple[int | None, Face]]:
    """How rooms voted on their recommendations; of several votes the last."""
    query = select(Ballot.recommendation_id, Ballot.result)
    closed = Ballot.recommendation_id.in_(ids), Ballot.is_open.is_(False)
    for recommendation_id, result in db.session.execute(query.where(*closed).order_by(Ballot.id)):
        if result:
            told = {name: result[name] for name in ("voters", "counts", "passed")}
            yield recommendation_id, {**told, "favour": in_favour(result)}


# ---- Counting ------------------------------------------------------------------------------------


def _counts(column: Any, *there: Any) -> Iterable[tuple[Any, int]]:
    return _pairs(select(column, func.count()).where(*there).group_by(column))


def _pairs(query: Any) -> Iterable[tuple[Any, int]]:
    return [tuple(row) for row in db.session.execute(query)]
