"""Found a forum: from a scenario to meetings, tracks, rooms, chapters and links, in one step."""

from __future__ import annotations

import hashlib
import json
from dataclasses import asdict, replace
from datetime import date, timedelta
from typing import Any

from sqlalchemy import select
from sqlalchemy.exc import IntegrityError

from facilitator import scenarios
from facilitator.actions import Refused
from facilitator.db import db, write
from facilitator.forums.codes import fresh_code
from facilitator.forums.layout import agenda, new_rooms, new_track, sections
from facilitator.models import (
    Chapter,
    Face,
    Forum,
    Grant,
    Meeting,
    Op,
    Phase,
    Role,
    Room,
    RoomKind,
    Sector,
    now,
)
from facilitator.scenarios import Scenario
from facilitator.shapes import line


def found(
    scenario: Scenario | str,
    *,
    title: str | None = None,
    op: str | None = None,
    starts: date | None = None,
    sample: bool = False,
) -> Face:
    """Set up a whole forum; a repeat of `op` gets the forum it has made.

    `title` stands instead of the scenario's, in the main language. `starts` is the day of the
    first meeting. Answers {"forum": uuid, "code", "organiser": grant uuid, "projector": grant uuid,
    "facilitators": {room uuid: grant uuid}}. Raises BadScenario, Misshapen and Refused.
    """
    plan = scenarios.load(scenario) if isinstance(scenario, str) else scenario
    plan = scenarios.complete(plan)
    if title is not None:
        plan = replace(plan, title={plan.languages[0]: line(title, 200)})
    asked = json.dumps(["forum.found", asdict(plan), starts, sample], sort_keys=True, default=str)
    body = hashlib.sha256(asked.encode()).hexdigest()

    def job() -> Face:
        if op is not None and (done := db.session.get(Op, op)):
            if done.body != body:
                raise Refused("This operation id already means something else.", code="op_conflict")
            return dict(done.answer)
        answer = _found(plan, starts, sample=sample)
        if op is not None:
            db.session.add(Op(id=op, body=body, answer=answer))
            db.session.flush()
        return answer

    try:
        made: Face = write(job)
    except IntegrityError:  # another process was founding it, or drew the same code
        made = write(job)
    return made


def _found(plan: Scenario, starts: date | None, *, sample: bool) -> Face:
    days = _days(plan, starts)
    ends = (day + timedelta(m.days - 1) for day, m in zip(days, plan.meetings, strict=True))
    forum = Forum(
        scenario=plan.name,
        title=plan.title,
        subtitle=plan.subtitle or {},
        languages=list(plan.languages),
        starts=min(days),
        ends=max(ends),
        organisers=list(plan.organisers),
        minutes=plan.minutes,
        sample=sample,
        code=fresh_code(db.session),
    )
    db.session.add(forum)
    db.session.flush()
    # First, so that whoever locks rooms by their number begins with it.
    desk = Room(
        forum_id=forum.id,
        sort=RoomKind.DESK,
        code=fresh_code(db.session),
        agenda=[],
        phase=Phase.DRAFT,
    )
    db.session.add(desk)
    db.session.flush()
    _add_sectors(forum, plan)
    _add_rooms(forum, plan, days)
    return _answer(forum)


def _days(plan: Scenario, starts: date | None) -> list[date]:
    """The days of the meetings; `starts` moves them all, and keeps what lies between them."""
    today = now().date()
    days = [
        meeting.on if isinstance(meeting.on, date) else today + timedelta(meeting.on)
        for meeting in plan.meetings
    ]
    moved = starts - min(days) if starts else timedelta()
    return [day + moved for day in days]


def _add_sectors(forum: Forum, plan: Scenario) -> None:
    db.session.add_all(
        Sector(forum_id=forum.id, position=position, name=name)
        for position, name in enumerate(plan.sectors)
    )


def _add_rooms(forum: Forum, plan: Scenario, days: list[date]) -> None:
    meetings = [
        Meeting(
            forum_id=forum.id, position=position, city=meeting.city, place=meeting.place, on=day
        )
        for position, (meeting, day) in enumerate(zip(plan.meetings, days, strict=True))
    ]
    db.session.add_all(meetings)
    tracks = [
        new_track(forum, position, track.title, sections(track.template), track.questions)
        for position, track in enumerate(plan.tracks)
    ]
    db.session.flush()
    for position, chapter in enumerate(plan.chapters):
        track_id = tracks[chapter.track - 1].id if chapter.track else None
        db.session.add(
            Chapter(forum_id=forum.id, position=position, title=chapter.title, track_id=track_id)
        )
    for meeting, sitting in zip(meetings, plan.meetings, strict=True):
        if plan.plenary and sitting.meets != "tracks":
            new_rooms(forum, meeting, None, 1, agenda(plan.plenary))
        if sitting.meets == "plenary":
            continue
        for track, planned in zip(tracks, plan.tracks, strict=True):
            new_rooms(forum, meeting, track, planned.rooms, agenda(plan.agenda))


def _answer(forum: Forum) -> Face:
    for role in (Role.ORGANISER, Role.PROJECTOR):
        db.session.add(Grant(forum_id=forum.id, role=role))
    db.session.flush()
    grants = db.session.scalars(select(Grant).where(Grant.forum_id == forum.id)).all()
    ours = select(Room.id, Room.uuid).where(Room.forum_id == forum.id)
    rooms = {row.id: row.uuid for row in db.session.execute(ours)}
    links: dict[str, Any] = {grant.role: grant.uuid for grant in grants if grant.room_id is None}
    return {
        "forum": forum.uuid,
        "code": forum.code,
        "organiser": links[Role.ORGANISER],
        "projector": links[Role.PROJECTOR],
        "facilitators": {
            rooms[one.room_id]: one.uuid
            for one in grants
            if one.room_id is not None and one.role is Role.FACILITATOR
        },
    }
