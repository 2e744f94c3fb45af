"""A rehearsal: try the whole forum out, and wipe it clean before the day."""

from __future__ import annotations

from collections.abc import Mapping
from typing import Any

from sqlalchemy import Column, ColumnElement, Table, delete, select, update

from facilitator.access import Actor
from facilitator.actions import ALWAYS, ORGANISERS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.forums.everywhere import all_rooms, notice_of
from facilitator.i18n import said
from facilitator.models import (
    Chapter,
    DeskStep,
    Face,
    Grant,
    Job,
    Meeting,
    Op,
    People,
    Phase,
    Room,
    RoomKind,
    Seat,
    now,
)

#: What was set up, and stays. Whatever else belongs to a forum was made in it, and goes: also what
#: a table holds that does not exist yet.
KEPT = frozenset(
    {"forum", "meeting", "sector", "track", "question", "room", "grant", "chapter"}
    | {"people", "notice", "programme_item", "screen", "screen_key"}
)
#: What no foreign key leads to; it is looked up by itself.
APART = frozenset({"op", "job"})


@action("forum.rehearse", who=ORGANISERS, during=ALWAYS)
def rehearse(actor: Actor, *, on: bool) -> None:
    """Say on all screens and in the document that this is a rehearsal, or that it is no more."""
    actor.forum.rehearsal = on
    for room in all_rooms(actor):
        notice = notice_of(room)
        notice.rehearsal = on
        publish(room, notice)


@action("forum.wipe", who=ORGANISERS, during=ALWAYS)
def wipe(actor: Actor, *, title: str) -> Face:
    """Delete all that was made in a rehearsal, and everybody who came; what was set up stays.

    Once a meeting has begun, the title of the forum has to be typed. Answers with the jobs whose
    files are to be deleted as well.
    """
    forum = actor.forum
    if not forum.rehearsal:
        raise Refused("Only a rehearsal can be wiped, and this is none.")
    if begun(forum.id) and title.strip() != said(forum.title, forum.languages[0]).strip():
        raise Refused("A meeting of this forum has begun. Type its title to wipe it all the same.")
    rooms = list(all_rooms(actor))
    jobs = _delete_jobs(forum.uuid)
    _delete_operations(forum.id)
    chapters = _first_chapters(forum.id)
    _delete_made(forum.id)
    db.session.expire_all()
    _restore_chapters(chapters)
    for room in rooms:
        _begin_again(room)
    return {"jobs": jobs}


def begun(forum_id: int) -> bool:
    """Whether the first meeting of a forum is today, or was."""
    first = select(Meeting.id).where(Meeting.forum_id == forum_id, Meeting.on <= now().date())
    return db.session.scalar(first.limit(1)) is not None


def rooms(forum_id: int) -> list[str]:
    """The rooms in which people work."""
    ours = Room.forum_id == forum_id, Room.sort != RoomKind.DESK
    return list(db.session.scalars(select(Room.uuid).where(*ours).order_by(Room.id)))


# ---- What goes -----------------------------------------------------------------------------------


def _delete_jobs(forum_uuid: str) -> list[str]:
    every = db.session.scalars(select(Job))
    jobs = [job for job in every if job.payload.get("forum") == forum_uuid]
    db.session.execute(delete(Job).where(Job.id.in_([job.id for job in jobs])))
    return [job.uuid for job in jobs]


def _delete_operations(forum_id: int) -> None:
    seats = select(Seat.id).where(Seat.forum_id == forum_id)
    grants = select(Grant.id).where(Grant.forum_id == forum_id)
    db.session.execute(delete(Op).where(Op.seat_id.in_(seats) | Op.grant_id.in_(grants)))


def _first_chapters(forum_id: int) -> dict[int, Face]:
    """What each chapter was before the first step at the desk that touched it."""
    steps = select(DeskStep).where(DeskStep.forum_id == forum_id).order_by(DeskStep.id)
    first: dict[int, Face] = {}
    for step in db.session.scalars(steps):
        for line in step.changes:
            if line["kind"] == Chapter.kind:
                first[line["id"]] = line["before"] | first.get(line["id"], {})
    return first


def _restore_chapters(first: Mapping[int, Face]) -> None:
    """Let the document have the chapters it was founded with, as they were."""
    for chapter_id, fields in first.items():
        chapter = db.session.get_one(Chapter, chapter_id)
        for name, value in fields.items():
            setattr(chapter, name, value)
        if chapter.gone:
            db.session.delete(chapter)
    db.session.flush()


def _delete_made(forum_id: int) -> None:
    """Delete the rows of all tables that were not set up, first those which refer to others."""
    tables = [one for one in db.metadata.sorted_tables if one.name not in APART]
    for table in tables:
        if table.name in KEPT:
            _forget_made(table, forum_id)
    for table in reversed(tables):
        if table.name not in KEPT:
            db.session.execute(delete(table).where(_of(table, forum_id)))


def _forget_made(table: Table, forum_id: int) -> None:
    """What stays refers no more to what goes."""
    for column in _references(table):
        if _target(column).name not in KEPT and column.nullable:
            gone = update(table).where(_of(table, forum_id)).values({column.name: None})
            db.session.execute(gone)


def _of(table: Table, forum_id: int) -> ColumnElement[bool]:
    """Which rows of a table belong to a forum: by itself, by their room, or by what they are of."""
    columns = sorted(_references(table), key=_closeness)
    target = _target(columns[0])
    if target.name == "forum":
        return columns[0] == forum_id
    return columns[0].in_(select(target.c.id).where(_of(target, forum_id)))


def _references(table: Table) -> list[Column[Any]]:
    return [column for column in table.columns if column.foreign_keys]


def _target(column: Column[Any]) -> Table:
    return next(iter(column.foreign_keys)).column.table


def _closeness(column: Column[Any]) -> tuple[int, bool]:
    """The forum says most surely whose a row is, then a room; what may be empty says least."""
    return {"forum": 0, "room": 1}.get(_target(column).name, 2), bool(column.nullable)


# ---- What begins again ---------------------------------------------------------------------------


def _begin_again(room: Room) -> None:
    """Put a room back to its first step. A line is left out, so that who listens asks for all."""
    room.at, room.moves, room.locked = 0, 0, False
    room.ends_at = room.left_ms = room.began_at = room.step_at = None
    room.goes_on = False
    if room.agenda:
        room.phase = Phase(room.agenda[0]["phase"])
    people = db.session.get(People, room.id)
    if people is not None:
        people.seats = 0
    room.seq += 1
    publish(room, room, *filter(None, [people]))
