"""Themes: ideas that belong together, under a name."""

from __future__ import annotations

from collections.abc import Collection, Sequence

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import Refused, action
from facilitator.db import db
from facilitator.models import Backing, Face, Idea, Room, Theme
from facilitator.rooms.theme_steps import GROUPING, Changes, record
from facilitator.shapes import Language, line

#: Characters of a title; themes of a room.
LONGEST, PER_ROOM = 120, 200
#: Between two neighbours, so that one can be put between them and no other is touched.
APART = 1_024


@action("theme.make", during=GROUPING, contributes=True)
def make_theme(actor: Actor, *, title: str, lang: Language, ideas: list[int]) -> Face:
    """Put ideas under a name."""
    order = _order(actor.room)
    _refuse_more(order)
    chosen = _ideas(actor, ideas)
    theme = _begun(actor, title, lang, order[-1].position + APART if order else 0)
    return _filled_anew(actor, "theme.make", theme, chosen, Changes())


@action("theme.split", during=GROUPING, contributes=True)
def split_theme(actor: Actor, *, id: int, ideas: list[int], title: str, lang: Language) -> Face:  # noqa: A002
    """Let some ideas of a theme become one of their own, beside it."""
    theme = theme_here(actor, id)
    order = _order(actor.room)
    _refuse_more(order)
    chosen = _ideas(actor, ideas)
    if not chosen or any(idea.theme_id != theme.id for idea in chosen):
        raise Refused("One of these ideas is no longer in this theme.", code="gone")
    changes = Changes()
    position = _between(changes, order, order.index(theme) + 1)
    new = _begun(actor, title, lang, position)
    return _filled_anew(actor, "theme.split", new, chosen, changes)


def _begun(actor: Actor, title: str, lang: str, position: int) -> Theme:
    theme = Theme(room_id=actor.room.id, title=line(title, LONGEST), lang=lang, position=position)
    db.session.add(theme)
    db.session.flush()
    db.session.add(Backing(id=theme.id))
    db.session.flush()
    return theme


def _filled_anew(
    actor: Actor, name: str, theme: Theme, chosen: Sequence[Idea], changes: Changes
) -> Face:
    changes.make(theme)
    for idea in chosen:
        changes.put(idea, theme_id=theme.id)
    return {**theme.public(), **record(actor, name, theme.title, changes)}


@action("theme.rename", during=GROUPING, contributes=True)
def rename_theme(actor: Actor, *, id: int, title: str) -> Face:  # noqa: A002
    """Give a theme another name."""
    theme = theme_here(actor, id)
    changes = Changes()
    changes.put(theme, title=line(title, LONGEST))
    return record(actor, "theme.rename", theme.title, changes)


@action("theme.fill", during=GROUPING, contributes=True)
def fill_theme(actor: Actor, *, theme: int | None, ideas: list[int]) -> Face:
    """Put ideas into a theme, wherever they were; None takes them out of any."""
    into = theme_here(actor, theme) if theme is not None else None
    changes = Changes()
    for idea in _ideas(actor, ideas):
        changes.put(idea, theme_id=into.id if into else None)
    return record(actor, "theme.fill", into.title if into else None, changes)


@action("theme.merge", during=GROUPING, contributes=True)
def merge_themes(actor: Actor, *, into: int, themes: list[int]) -> Face:
    """Put all that is in some themes into one, in a single move; the others end."""
    one = theme_here(actor, into)
    others = [theme_here(actor, other) for other in dict.fromkeys(themes) if other != into]
    changes = Changes()
    for idea in _inside(others):
        changes.put(idea, theme_id=one.id)
    for other in others:
        changes.put(other, gone=True)
    return record(actor, "theme.merge", one.title, changes)


@action("theme.order", during=GROUPING, contributes=True)
def order_theme(actor: Actor, *, id: int, position: int) -> Face:  # noqa: A002
    """Put a theme elsewhere among the others: 0 is the first place."""
    theme = theme_here(actor, id)
    order = _order(actor.room)
    place = max(0, min(position, len(order) - 1))
    changes = Changes()
    if order.index(theme) != place:
        others = [other for other in order if other is not theme]
        changes.put(theme, position=_between(changes, others, place))
    return record(actor, "theme.order", theme.title, changes)


@action("theme.aside", during=GROUPING, contributes=True)
def put_theme_aside(actor: Actor, *, id: int, on: bool) -> Face:  # noqa: A002
    """Put a theme aside with all that is in it, or take it up again."""
    theme = theme_here(actor, id)
    changes = Changes()
    changes.put(theme, aside=on)
    return record(actor, "theme.aside" if on else "theme.resume", theme.title, changes)


@action("theme.remove", during=GROUPING, contributes=True)
def remove_theme(actor: Actor, *, id: int) -> Face:  # noqa: A002
    """Take a theme apart; its ideas stay, under no name."""
    theme = theme_here(actor, id)
    changes = Changes()
    for idea in _inside([theme]):
        changes.put(idea, theme_id=None)
    changes.put(theme, gone=True)
    return record(actor, "theme.remove", theme.title, changes)


def theme_here(actor: Actor, theme_id: int) -> Theme:
    """A theme of the actor's room."""
    theme = db.session.get(Theme, theme_id)
    if theme is None or theme.gone or theme.room_id != actor.room.id:
        raise Refused("This theme is no longer here.", code="gone")
    return theme


def _ideas(actor: Actor, ids: list[int]) -> list[Idea]:
    chosen = Idea.room_id == actor.room.id, Idea.id.in_(ids), Idea.shown()
    found = list(db.session.scalars(select(Idea).where(*chosen).order_by(Idea.id)))
    if len(found) != len(set(ids)):
        raise Refused("One of these ideas is no longer here.", code="gone")
    return found


def _inside(themes: Collection[Theme]) -> Sequence[Idea]:
    """All ideas of these themes, also those that are not shown: they may come back."""
    ids = [theme.id for theme in themes]
    return db.session.scalars(select(Idea).where(Idea.theme_id.in_(ids)).order_by(Idea.id)).all()


def _order(room: Room) -> list[Theme]:
    """The themes of a room in their order, with those put aside."""
    here = Theme.room_id == room.id, Theme.gone.is_(False)
    query = select(Theme).where(*here).order_by(Theme.position, Theme.id)
    return list(db.session.scalars(query))


def _between(changes: Changes, order: Sequence[Theme], place: int) -> int:
    """A position that comes out as number `place` among these themes.

    Where no number is free between two neighbours all of them are moved apart.
    """
    before = order[place - 1].position if place else None
    after = order[place].position if place < len(order) else None
    if before is None:
        return 0 if after is None else after - APART
    if after is None:
        return before + APART
    if after - before > 1:
        return (before + after) // 2
    for number, theme in enumerate(order):
        changes.put(theme, position=number * APART)
    return _between(changes, order, place)


def _refuse_more(order: Sequence[Theme]) -> None:
    if len(order) >= PER_ROOM:
        raise Refused(
            "This room has {n} themes, as many as it can hold.", code="too_many", n=PER_ROOM
        )
