"""The programme of a day, as the organisers publish it: sessions and breaks."""

from __future__ import annotations

import re
from collections.abc import Sequence
from typing import Annotated

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.db import db
from facilitator.forums.layout import find, need
from facilitator.models import Face, Meeting, ProgrammeItem
from facilitator.scenarios import Title
from facilitator.shapes import one_line

#: Lines of one day, at most.
MOST = 60
CLOCK = re.compile("([01][0-9]|2[0-3]):[0-5][0-9]")

Hour = Annotated[str, one_line(5, least=0)]
Place = Annotated[str, one_line(120, least=0)]


@action("programme.add", who=ORGANISERS)
def add_item(
    actor: Actor, *, meeting: str, starts: Hour, ends: Hour, title: Title, place: Place, pause: bool
) -> Face:
    """Add a line to the programme of a meeting."""
    at = find(Meeting, actor, meeting)
    many = select(func.count()).where(ProgrammeItem.meeting_id == at.id)
    if (db.session.scalar(many) or 0) >= MOST:
        raise Refused("At most {n} lines fit in a programme.", code="too_many", n=MOST)
    item = ProgrammeItem(meeting_id=at.id, **_said(actor, starts, ends, title))
    item.place, item.pause = place, pause
    db.session.add(item)
    db.session.flush()
    return {"item": item.uuid}


@action("programme.edit", who=ORGANISERS)
def edit_item(
    actor: Actor, *, item: str, starts: Hour, ends: Hour, title: Title, place: Place, pause: bool
) -> None:
    """Change a line of the programme; phones show it when they next look."""
    edited = _item(actor, item)
    for name, value in _said(actor, starts, ends, title).items():
        setattr(edited, name, value)
    edited.place, edited.pause = place, pause


@action("programme.remove", who=ORGANISERS)
def remove_item(actor: Actor, *, item: str) -> None:
    """Take a line out of the programme."""
    db.session.delete(_item(actor, item))


def programme_of(meetings: Sequence[Meeting]) -> dict[int, list[ProgrammeItem]]:
    """The lines of each of these meetings, by the hour."""
    ids = [meeting.id for meeting in meetings]
    query = select(ProgrammeItem).where(ProgrammeItem.meeting_id.in_(ids))
    found: dict[int, list[ProgrammeItem]] = {id_: [] for id_ in ids}
    for item in db.session.scalars(query.order_by(ProgrammeItem.starts, ProgrammeItem.id)):
        found[item.meeting_id].append(item)
    return found


def _said(actor: Actor, starts: str, ends: str, title: Title) -> Face:
    """The hours and the title, if they can be so."""
    if not CLOCK.fullmatch(starts) or (ends and not CLOCK.fullmatch(ends)):
        raise Refused("Give the time as hours and minutes, such as 09:30.")
    if ends and ends <= starts:
        raise Refused("The end is before the beginning.")
    return {"starts": starts, "ends": ends, "title": need(actor, title)}


def _item(actor: Actor, uuid: str) -> ProgrammeItem:
    ours = ProgrammeItem.uuid == uuid, Meeting.forum_id == actor.room.forum_id
    item = db.session.scalar(select(ProgrammeItem).join(Meeting).where(*ours))
    if item is None:
        raise Refused("This line is no longer part of the programme.", code="gone")
    return item
