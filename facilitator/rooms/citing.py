"""What a text of a room cites, by the marks in it.

`[^i12]` is an idea, `[^e3]` a card of evidence, `[^m4]` the minutes of an item.
A mark holds the number of the thing, not a place in a list: texts of several rooms are merged.
"""

from __future__ import annotations

import re
from collections.abc import Iterable
from dataclasses import dataclass
from typing import Annotated, Any

from sqlalchemy import case, select

from facilitator.access import Actor
from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import Evidence, Face, Idea, Minutes, Recommendation, Role, RoomKind, Source
from facilitator.shapes import LARGEST, Misshapen, read, within

#: Ideas, and cards, that the desk is told at once.
MOST = 500

#: As in exports.citations, which the server does not load.
MARK = re.compile(r"\[\^([iem][1-9]\d{0,14})\]")
BLANK_AND_MARK = re.compile(rf" *{MARK.pattern}")


Cited = Idea | Evidence | Minutes


def bare(text: str) -> str:
    """A text without its marks: for a title, or a slide, which have no notes."""
    return BLANK_AND_MARK.sub("", text)


def shown(marks: Iterable[str]) -> dict[str, Cited]:
    """What these marks cite, as far as everybody may see it."""
    wanted = set(marks)
    found: dict[str, Cited] = {}
    kinds: tuple[tuple[str, Any, Any], ...] = (
        ("i", Idea, Idea.shown()),
        ("e", Evidence, Evidence.shown()),
        ("m", Minutes, Minutes.gone.is_(False)),
    )
    for letter, model, there in kinds:
        ids = [int(mark[1:]) for mark in wanted if mark.startswith(letter)]
        query = select(model).where(model.id.in_(ids), there)
        fresh = query.execution_options(populate_existing=True)
        found |= {f"{letter}{one.id}": one for one in db.session.scalars(fresh)}
    return found


def cited_in(face: Face) -> list[str]:
    """The marks in the sections of a rendered draft."""
    return [mark for text in face.get("sections", {}).values() for mark in MARK.findall(str(text))]


def told(thing: Cited) -> Face:
    """What the desk shows of something that a room's text cites."""
    if isinstance(thing, Idea):
        return {"text": thing.text, "lang": thing.lang}
    if isinstance(thing, Minutes):
        return {"title": thing.title, "url": "", "text": "", "lang": thing.lang}
    return {"title": thing.title, "url": thing.url, "text": thing.text, "lang": thing.lang}


@dataclass(frozen=True)
class Asked:
    """A text of the desk."""

    recommendation: Annotated[int, within(1, LARGEST)]


def citable(who: Actor, asked: object) -> Face:
    """What a text of the desk may cite: what the rooms that its words come from have to cite.

    Ideas of the themes behind it come first, and are marked as `own`. Told only in answer to an
    organiser: what a room takes back stays in no log of the desk.
    """
    try:
        text = read(Asked, asked).recommendation
    except Misshapen:
        raise Refused("This message is not understood.", code="bad_shape") from None
    if who.role is not Role.ORGANISER or who.room.sort != RoomKind.DESK:
        raise Refused("This is done at the desk.")
    entry = db.session.get(Recommendation, text)
    if entry is None or entry.gone or entry.room_id != who.room.id:
        raise Refused("This text is no longer here.", code="gone")
    origins = select(Recommendation.room_id, Recommendation.theme_id)
    origins = origins.join(Source, Source.origin_id == Recommendation.id)
    rows = db.session.execute(origins.where(Source.recommendation_id == text)).all()
    rooms, themes = {row.room_id for row in rows}, {row.theme_id for row in rows} - {None}
    ideas = _of(Idea, Idea.shown(), rooms, case((Idea.theme_id.in_(themes), 0), else_=1))
    cards = _of(Evidence, Evidence.shown(), rooms)
    items = _of(Minutes, Minutes.gone.is_(False), rooms)
    return {
        "ideas": [{"id": one.id, **told(one), "own": one.theme_id in themes} for one in ideas],
        "evidence": [{"id": one.id, **told(one)} for one in cards],
        "minutes": [{"id": one.id, **told(one)} for one in items],
    }


def _of(model: Any, there: Any, rooms: Iterable[int], *order: Any) -> list[Any]:
    """What there is of a kind in these rooms."""
    query = select(model).where(model.room_id.in_(rooms), there)
    fresh = query.order_by(*order, model.id).limit(MOST)
    return list(db.session.scalars(fresh.execution_options(populate_existing=True)))
