"""What whoever leads asks of all screens: to look at one thing, to hear a sentence, to pause."""

from __future__ import annotations

from datetime import datetime, timedelta
from typing import Any, Literal

from sqlalchemy import select

from facilitator.access import Actor
from facilitator.actions import ALWAYS, LEADS, Refused, action
from facilitator.db import db
from facilitator.events import publish
from facilitator.models import (
    Ballot,
    Idea,
    Recommendation,
    Room,
    Steer,
    Theme,
    Watch,
    now,
)
from facilitator.shapes import Language, line

#: Characters of a sentence to all, and of what help is asked for.
LONGEST = 200
#: Between two nudges in one step.
NUDGE_PAUSE = timedelta(minutes=3)

#: What can be lit, and when it is there to be seen.
LIT: dict[str, tuple[type[Any], Any]] = {
    "idea": (Idea, Idea.shown()),
    "theme": (Theme, Theme.gone.is_(False)),
    "ballot": (Ballot, None),
    "recommendation": (Recommendation, Recommendation.gone.is_(False)),
}


def steer_of(room: Room) -> Steer:
    """What is asked of the screens of a room; the caller holds the lock on it."""
    steer = db.session.get(Steer, room.id)
    if steer is None:
        steer = Steer(id=room.id, hands=[], last_hand=0)
        db.session.add(steer)
    return steer


def watch_of(room: Room) -> Watch:
    """How a room is doing, as last told; the caller holds the lock on it."""
    watch = db.session.get(Watch, room.id)
    if watch is None:
        watch = Watch(id=room.id, face={})
        db.session.add(watch)
    return watch


@action("room.light", who=LEADS, during=ALWAYS)
def light(
    actor: Actor,
    *,
    kind: Literal["idea", "theme", "ballot", "recommendation"] | None,
    id: int | None,  # noqa: A002
) -> None:
    """Bring everybody to one thing until the next step; null takes it down. A phone may decline."""
    steer = steer_of(actor.room)
    if kind is None or id is None:
        steer.light = None
    elif is_here(actor.room.id, kind, id):
        steer.light = {"kind": kind, "id": id, "since": now().isoformat()}
    else:
        raise Refused("This was removed meanwhile.", code="gone")
    publish(actor.room, steer)


def put_out(room: Room) -> None:
    """Take the light down where there is one; the caller holds the lock on the room."""
    steer = db.session.get(Steer, room.id)
    if steer is not None and steer.light is not None:
        steer.light = None
        publish(room, steer)


def is_here(room_id: int, kind: str, thing_id: int) -> bool:
    """Whether a thing of a room is there for everybody to see."""
    model, seen = LIT[kind]
    query = select(model.id).where(model.id == thing_id, model.room_id == room_id)
    return db.session.scalar(query if seen is None else query.where(seen)) is not None


@action("room.say", who=LEADS, during=ALWAYS)
def say(actor: Actor, *, text: str | None, lang: Language) -> None:
    """Put a sentence on every screen of the room; null takes it down."""
    steer = steer_of(actor.room)
    steer.notice = None
    if text is not None:
        said = line(text, LONGEST)
        steer.notice = {"text": said, "lang": lang, "at": now().isoformat()}
    publish(actor.room, steer)


@action("room.nudge", who=LEADS)
def nudge(actor: Actor) -> None:
    """Invite those who have not contributed in this step. Who they are, only their phones know."""
    steer, visit = steer_of(actor.room), actor.room.moves
    last = steer.nudge
    if last and last["visit"] == visit and _fresh(last["at"]):
        raise Refused("The quiet were nudged a moment ago. Give them a few minutes.", code="retry")
    steer.nudge = {"visit": visit, "at": now().isoformat()}
    publish(actor.room, steer)


def _fresh(at: str) -> bool:
    return now() - datetime.fromisoformat(at) < NUDGE_PAUSE


@action("room.lock", who=LEADS, during=ALWAYS)
def lock_input(actor: Actor, *, on: bool) -> None:
    """Pause all writing of participants, or let them go on. Who leads can go on writing."""
    actor.room.locked = on
    publish(actor.room, actor.room)


@action("room.help", who=LEADS, during=ALWAYS)
def ask_for_help(actor: Actor, *, on: bool, note: str) -> None:
    """Ask the organisers to come, in a few words or none; or say that all is well again."""
    watch = watch_of(actor.room)
    watch.help = line(note, LONGEST, least=0) if on else None
    publish(actor.room, watch)
