"""Themes: ideas that belong together, under a name."""

from __future__ import annotations

from sqlalchemy import func, select

from facilitator.access import Actor
from facilitator.actions import Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import Face, Idea, Phase, Theme
from facilitator.shapes import Language, line

#: Characters of a title; themes of a room.
LONGEST, PER_ROOM = 120, 200

GROUPING = frozenset({Phase.GROUP})


@action("theme.make", during=GROUPING)
def make_theme(actor: Actor, *, title: str, lang: Language, ideas: list[int]) -> Face:
    """Put ideas under a name."""
    here = select(func.count(), func.max(Theme.position)).where(Theme.room_id == actor.room.id)
    count, last = db.session.execute(here).one()
    if count >= PER_ROOM:
        raise Refused(
            "This room has {n} themes, as many as it can hold.", code="too_many", n=PER_ROOM
        )
    chosen = _ideas(actor, ideas)
    theme = Theme(
        room_id=actor.room.id,
        title=line(title, LONGEST),
        lang=lang,
        position=0 if last is None else last + 1,
    )
    db.session.add(theme)
    db.session.flush()
    for idea in chosen:
        idea.theme_id = theme.id
    publish(actor.room, theme, *chosen)
    return theme.public()


@action("theme.rename", during=GROUPING)
def rename_theme(actor: Actor, *, id: int, title: str) -> None:  # noqa: A002
    """Give a theme another name."""
    theme = theme_here(actor, id)
    theme.title = line(title, LONGEST)
    publish(actor.room, theme)


@action("theme.fill", during=GROUPING)
def fill_theme(actor: Actor, *, theme: int | None, ideas: list[int]) -> None:
    """Put ideas into a theme, wherever they were; None takes them out of any."""
    into = theme_here(actor, theme).id if theme is not None else None
    moved = [idea for idea in _ideas(actor, ideas) if idea.theme_id != into]
    for idea in moved:
        idea.theme_id = into
    publish(actor.room, *moved)


@action("theme.remove", during=GROUPING)
def remove_theme(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take a theme apart; its ideas stay, under no name."""
    theme = theme_here(actor, id)
    loose = db.session.scalars(select(Idea).where(Idea.theme_id == theme.id)).all()
    for idea in loose:
        idea.theme_id = None
    publish(actor.room, *loose)
    publish(actor.room, theme, gone=True)
    db.session.delete(theme)


def theme_here(actor: Actor, theme_id: int) -> Theme:
    """A theme of the actor's room."""
    theme = db.session.get(Theme, theme_id)
    if theme is None or theme.room_id != actor.room.id:
        raise Refused("This theme is no longer here.", code="gone")
    return theme


def _ideas(actor: Actor, ids: list[int]) -> list[Idea]:
    query = select(Idea).where(Idea.room_id == actor.room.id, Idea.id.in_(ids)).order_by(Idea.id)
    found = list(db.session.scalars(query))
    if len(found) != len(set(ids)):
        raise Refused("One of these ideas is no longer here.", code="gone")
    return found
