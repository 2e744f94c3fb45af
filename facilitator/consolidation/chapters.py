"""Chapters of the document: their titles, their order, the editors' words; and its annexes."""

from __future__ import annotations

from collections.abc import Sequence
from typing import Annotated, Literal, TypeVar

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import ORGANISERS, Refused, action
from facilitator.consolidation.steps import Changes, at_desk, record
from facilitator.db import db
from facilitator.events import publish
from facilitator.i18n import said
from facilitator.models import Chapter, Face, Recommendation, Track
from facilitator.shapes import Language, many, one_line, several_lines, within

#: Chapters of a forum; characters of a title and of an introduction; places in an order.
MOST, LONGEST, LONGEST_INTRO, PLACES = 100, 200, 10_000, 10_000
#: Between two neighbours: what is put between them leaves both where they are.
GAP = 1 << 16
#: What organisers may have printed behind the chapters.
MINUTES, EDITS = ANNEXES = "minutes", "edits"

Title = Annotated[dict[Language, Annotated[str, one_line(LONGEST)]], many(1, 12)]
Intro = Annotated[str, several_lines(LONGEST_INTRO)]
Intros = Annotated[dict[Language, Intro], many(0, 12)]
Place = Annotated[int, within(0, PLACES)]
Annex = Literal["minutes", "edits"]

Ordered = TypeVar("Ordered", Chapter, Recommendation)


@action("document.annexes", who=ORGANISERS)
def choose_annexes(actor: Actor, *, names: Annotated[list[Annex], many(0, 2)]) -> None:
    """Say which annexes the document has, besides where passages come from and what was merged."""
    at_desk(actor)
    actor.forum.annexes = [name for name in ANNEXES if name in names]


@action("chapter.add", who=ORGANISERS)
def add_chapter(actor: Actor, *, title: Title, intro: Intro = "", track: str | None = None) -> Face:
    """Begin a chapter, after the others."""
    at_desk(actor)
    others = chapters(actor)
    if len(others) >= MOST:
        raise Refused("A document has at most {n} chapters.", code="too_many", n=MOST)
    chapter = Chapter(
        forum_id=actor.room.forum_id,
        track_id=track and _track(actor, track),
        title=title,
        intro=intro,
        position=others[-1].position + GAP if others else GAP,
    )
    db.session.add(chapter)
    db.session.flush()
    changes = Changes()
    changes.make(chapter)
    publish(actor.room, chapter)
    step = record(actor, "chapter.add", [named(actor, chapter)], changes)
    return {"id": chapter.id, "step": step.id}


@action("chapter.edit", who=ORGANISERS)
def edit_chapter(
    actor: Actor,
    *,
    id: int,  # noqa: A002
    title: Title,
    intro: Intro,
    intros: Intros | None = None,
    position: Place | None = None,
) -> Face:
    """Change the words of a chapter, or its place among the others (from 0; None: as it is).

    `intros` is the introduction in the forum's other languages; None: as it is.
    """
    at_desk(actor)
    chapter = chapter_here(actor, id)
    changes = Changes()
    told = intros and {lang: words for lang, words in intros.items() if words.strip()}
    for field, value in (("title", title), ("intro", intro), ("intros", told)):
        if value is not None and getattr(chapter, field) != value:
            changes.set(chapter, **{field: value})
    moved = [chapter]
    if position is not None:
        others = [one for one in chapters(actor) if one is not chapter]
        moved += put(changes, chapter, others, position)
    publish(actor.room, *moved)
    return {"step": record(actor, "chapter.edit", [named(actor, chapter)], changes).id}


@action("chapter.remove", who=ORGANISERS)
def remove_chapter(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Put an empty chapter aside."""
    at_desk(actor)
    chapter = chapter_here(actor, id)
    here = select(func.count()).select_from(Recommendation)
    if db.session.scalar(here.filter_by(chapter_id=chapter.id, gone=False)):
        raise Refused("Move what stands in this chapter first.", code="conflict")
    changes = Changes()
    changes.set(chapter, gone=True)
    publish(actor.room, chapter, gone=True)
    return {"step": record(actor, "chapter.remove", [named(actor, chapter)], changes).id}


# ---- Find, name and order ------------------------------------------------------------------------


def chapters(actor: Actor) -> list[Chapter]:
    """The chapters of the forum, in their order."""
    query = select(Chapter).filter_by(forum_id=actor.room.forum_id, gone=False)
    return list(db.session.scalars(query.order_by(Chapter.position, Chapter.id)))


def chapter_here(actor: Actor, chapter_id: int) -> Chapter:
    """A chapter of the forum."""
    chapter = db.session.get(Chapter, chapter_id)
    if chapter is None or chapter.gone or chapter.forum_id != actor.room.forum_id:
        raise Refused("This chapter is no longer here.", code="gone")
    return chapter


def named(actor: Actor, chapter: Chapter) -> str:
    """What the log of the desk calls a chapter."""
    return said(chapter.title, actor.forum.languages[0])


def put(changes: Changes, moved: Ordered, others: Sequence[Ordered], place: int) -> list[Ordered]:
    """Give something a place among others, which are in their order; give those that had to move.

    Order is by position, then by id; positions say nothing else, and leave gaps.
    """
    before = others[place - 1].position if 0 < place <= len(others) else None
    if place >= len(others):
        last = others[-1].position if others else 0
        position: int | None = last + GAP
    elif before is None:
        position = others[0].position - GAP
    else:
        position = _between(before, others[place].position)
    if position is not None:
        if position != moved.position:
            changes.set(moved, position=position)
        return []
    changes.set(moved, position=(place + 1) * GAP)
    for number, one in enumerate(others):
        changes.set(one, position=(number + 1 + (number >= place)) * GAP)
    return list(others)


def _between(before: int, after: int) -> int | None:
    """A position between two; None where there is none."""
    middle = (before + after) // 2
    return middle if before < middle < after else None


def _track(actor: Actor, uuid: str) -> int:
    query = select(Track.id).where(Track.uuid == uuid, Track.forum_id == actor.room.forum_id)
    found = db.session.scalar(query)
    if found is None:
        raise Refused("This track is no longer here.", code="gone")
    return found
