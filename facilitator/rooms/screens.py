"""Screens on the walls of a room: what each shows, steered from the desk."""

from __future__ import annotations

from collections.abc import Collection
from datetime import timedelta
from typing import Annotated, Any

from sqlalchemy import func, select

from facilitator.access import Actor, ActorRef
from facilitator.actions import ALWAYS, CLOCK, LEADS, Refused, action, perform
from facilitator.db import db
from facilitator.events import publish
from facilitator.forums.codes import fresh_screen_code
from facilitator.forums.screens import hang, issue
from facilitator.models import (
    Ballot,
    Face,
    Idea,
    Recommendation,
    Role,
    Room,
    RoomKind,
    Screen,
    ScreenKey,
    Theme,
    View,
    now,
)
from facilitator.shapes import one_line, within

#: Screens of one room.
MOST = 12
#: A wall that is connected is noted anew this often, and counts as gone after so long without it.
NOTED, GONE = timedelta(seconds=10), timedelta(seconds=25)

Name = Annotated[str, one_line(60)]
Turn = Annotated[int, within(-1, 1)]

#: What may be shown of a room by its number.
SHOWN: dict[View, Any] = {
    View.THEME: select(Theme.id).where(Theme.gone.is_(False)),
    View.IDEA: select(Idea.id).where(Idea.shown()),
    View.BALLOT: select(Ballot.id),
    View.DRAFT: select(Recommendation.id).where(Recommendation.gone.is_(False)),
}
#: These are nothing without a number.
ONE = (View.THEME, View.IDEA)


@action("screen.add", who=LEADS, during=ALWAYS)
def add_screen(actor: Actor, *, name: Name) -> Face:
    """Hang another screen in the room; it shows what the room is doing, until told otherwise."""
    room = actor.room
    if room.sort is RoomKind.DESK:
        raise Refused("You may not do this here.")
    here = select(func.count()).select_from(Screen).where(Screen.room_id == room.id)
    if (db.session.scalar(here) or 0) >= MOST:
        raise Refused("A room has at most {n} screens.", code="too_many", n=MOST)
    screen = hang(room, name)
    db.session.add(screen)
    publish(room, screen, screen.key)
    return {"id": screen.id}


@action("screen.rename", who=LEADS, during=ALWAYS)
def rename_screen(actor: Actor, *, id: int, name: Name) -> None:  # noqa: A002
    """Call a screen by what tells it from the others: where it hangs."""
    screen = _here(actor, id)
    screen.name = screen.key.grant.label = name
    publish(actor.room, screen)


@action("screen.show", who=LEADS, during=ALWAYS)
def show_on_screen(
    actor: Actor,
    *,
    id: int,  # noqa: A002
    show: View,
    thing: int | None,
) -> None:
    """Let a screen show something: it begins on the first page."""
    screen = _here(actor, id)
    _refuse_unseen(actor.room, show, thing)
    screen.show, screen.thing, screen.page = show, thing, 0
    screen.visit = actor.room.moves
    publish(actor.room, screen)


@action("screen.turn", who=LEADS, during=ALWAYS)
def turn_page(actor: Actor, *, id: int, by: Turn) -> None:  # noqa: A002
    """Turn the page of a screen, forward or back. After the last one comes the first."""
    screen = _here(actor, id)
    screen.page += by
    publish(actor.room, screen)


@action("screen.set", who=LEADS, during=ALWAYS)
def set_screen(actor: Actor, *, id: int, follows: bool, dark: bool) -> None:  # noqa: A002
    """Say whether a screen goes on with the room or stays put, and how light its hall is."""
    screen = _here(actor, id)
    screen.follows, screen.dark = follows, dark
    publish(actor.room, screen)


@action("screen.relink", who=LEADS, during=ALWAYS)
def relink_screen(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Give a screen another link; the one it had opens nothing any more."""
    screen = _here(actor, id)
    screen.key.grant.revoked = True
    screen.key.code, screen.key.grant = fresh_screen_code(), issue(actor.room, screen.name)
    screen.key.connected = False
    publish(actor.room, screen.key)


@action("screen.remove", who=LEADS, during=ALWAYS)
def remove_screen(actor: Actor, *, id: int) -> None:  # noqa: A002
    """Take a screen down; its link opens nothing any more."""
    screen = _here(actor, id)
    screen.key.grant.revoked = True
    publish(actor.room, screen.key, screen, gone=True)
    db.session.delete(screen)


@action("screen.note", who=CLOCK, during=ALWAYS)
def note_screens(actor: Actor, *, connected: list[int]) -> None:
    """Note which walls are connected; who leads is told when that has changed."""
    keys = select(ScreenKey).join(ScreenKey.screen).where(Screen.room_id == actor.room.id)
    for key in db.session.scalars(keys):
        before = key.connected
        if key.id in connected:
            key.connected, key.seen_at = True, now()
        elif key.connected and key.seen_at < now() - GONE:
            key.connected = False
        if key.connected is not before:
            publish(actor.room, key)


def note(walls: Collection[int]) -> None:
    """Note the walls of this process, where it is time; several processes may do the same."""
    known = select(ScreenKey.id, Screen.room_id, ScreenKey.connected, ScreenKey.seen_at)
    asked = ScreenKey.connected | ScreenKey.id.in_(walls)
    rows = db.session.execute(known.join(ScreenKey.screen).where(asked)).all()
    db.session.rollback()
    moment = now()
    due: dict[int, list[int]] = {}
    for row in rows:
        here = row.id in walls
        late = moment - row.seen_at > (NOTED if here else GONE)
        if late or (here and not row.connected):
            due.setdefault(row.room_id, [])
    for room_id, found in due.items():
        found += [row.id for row in rows if row.room_id == room_id and row.id in walls]
        perform(ActorRef(room_id, role=Role.CLOCK), "screen.note", None, {"connected": found})


def _here(actor: Actor, screen_id: int) -> Screen:
    screen = db.session.get(Screen, screen_id)
    if screen is None or screen.room_id != actor.room.id:
        raise Refused("This screen is no longer here.", code="gone")
    return screen


def _refuse_unseen(room: Room, show: View, thing: int | None) -> None:
    """Only what everybody in the room may see goes on its walls."""
    if thing is None:
        if show in ONE:
            raise Refused("Choose what the screen is to show.")
        return
    query = SHOWN.get(show)
    if query is None:
        raise Refused("This view shows no single thing.")
    model = query.column_descriptions[0]["entity"]
    if db.session.scalar(query.where(model.id == thing, model.room_id == room.id)) is None:
        raise Refused("This is no longer here.", code="gone")
