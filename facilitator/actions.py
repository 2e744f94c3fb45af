"""Every change to a forum is an action: named, guarded, and performed here."""

from __future__ import annotations

import hashlib
import json
import re
from collections.abc import Callable, Collection
from dataclasses import dataclass
from functools import partial
from typing import Any, TypeVar, cast

from sqlalchemy import Table, bindparam, insert, select

from facilitator.access import Actor, ActorRef, actor
from facilitator.db import db, write
from facilitator.events import ticker
from facilitator.models import Op, Phase, Role, Room
from facilitator.shapes import Misshapen, Shape

PARTICIPANTS = frozenset({Role.PARTICIPANT})
LEADS = frozenset({Role.FACILITATOR, Role.ORGANISER})
MEMBERS = PARTICIPANTS | LEADS
#: Who may write drafts.
WRITERS = MEMBERS | {Role.RAPPORTEUR}
ORGANISERS = frozenset({Role.ORGANISER})
GUESTS = frozenset({Role.GUEST})
CLOCK = frozenset({Role.CLOCK})

#: Closing makes a room read-only; only an action that says so may touch it.
OPEN = frozenset(Phase) - {Phase.CLOSED}
ALWAYS = frozenset(Phase)

#: What an operation id is made of: everything else no database need see.
OPERATION = re.compile("[!-~]{8,64}")

OPS = cast("Table", Op.__table__)

#: What was answered to an operation.
SEEN = select(Op.seat_id, Op.grant_id, Op.body, Op.answer).where(Op.id == bindparam("op"))

F = TypeVar("F", bound=Callable[..., Any])


class Refused(Exception):
    """The actor may not, or cannot, do this now.

    `sentence` is written for people, in English, with {names} for `values`; it is translated at
    the edge. `code` is for programs. `retry` says that the same may work a little later.
    """

    def __init__(
        self, sentence: str, *, code: str = "not_allowed", retry: bool = False, **values: Any
    ) -> None:
        super().__init__(sentence.format(**values) if values else sentence)
        self.sentence, self.values, self.code, self.retry = sentence, values, code, retry


@dataclass(frozen=True)
class Action:
    """An operation, who may perform it and when, and the fields it takes."""

    run: Callable[..., Any]
    who: Collection[Role]
    during: Collection[Phase]
    shape: Shape
    #: Participants may do it from outside the room: come in.
    from_outside: bool
    #: What was asked leaves no digest: a short list of possible papers could be tried out.
    discreet: bool
    #: Participants may do it while the room is locked or the forum is paused.
    while_locked: bool
    #: Who does it has contributed to the step that the room is at.
    contributes: bool

    def check(self, actor: Actor) -> None:
        """Refuse those who may not, and what is not open now."""
        if actor.role not in self.who:
            raise Refused("You may not do this here.")
        outside = actor.seat is not None and actor.seat.room_id != actor.room.id
        if outside and not self.from_outside:
            raise Refused("You are in another room now.", code="gone")
        if actor.seat is not None and not self.while_locked:
            self._refuse_locked(actor.room)
        if actor.room.phase not in self.during:
            raise Refused("This is closed at the moment.", code="closed")

    @staticmethod
    def _refuse_locked(room: Room) -> None:
        if room.paused:
            raise Refused("The organisers have paused the forum for a moment.", code="locked")
        if room.locked:
            raise Refused("The facilitator has paused all writing for a moment.", code="locked")


ACTIONS: dict[str, Action] = {}


def action(
    name: str,
    *,
    who: Collection[Role] = MEMBERS,
    during: Collection[Phase] = OPEN,
    from_outside: bool = False,
    discreet: bool = False,
    while_locked: bool = False,
    contributes: bool = False,
) -> Callable[[F], F]:
    """Register an operation under `name`; its keyword-only parameters are its payload."""

    def register(run: F) -> F:
        shape = Shape.of(run)
        flags = from_outside, discreet, while_locked, contributes
        ACTIONS[name] = Action(run, who, during, shape, *flags)
        return run

    return register


def perform(ref: ActorRef, name: str, op: str | None, payload: object) -> Any:
    """Let someone do one thing, once; answer when it is on disk.

    A repeat of `op` gets the first answer. Our own tasks have no `op`, nor have edits of drafts:
    they may repeat. Raises Refused.
    """
    if op is not None and not OPERATION.fullmatch(op):
        raise Refused("This message is not understood.", code="bad_shape")
    todo = ACTIONS.get(name)
    if todo is None:
        raise Refused("This version of the page is out of date. Reload it.", code="upgrade")
    try:
        fields = todo.shape.read(payload)
        body = digest(ref.room_id, name, None if todo.discreet else payload)
        answer, news = write(partial(_perform, ref, todo, op, body, fields), ref.room_id)
    except Misshapen as error:
        wrong = error.first
        raise Refused(wrong.sentence, code=wrong.code, **wrong.values) from error
    ticker.hear(news)
    return answer


def digest(room_id: int, name: str, payload: object) -> str:
    """What is kept of what was asked: enough to tell a repeat from something else."""
    asked = json.dumps([room_id, name, payload], sort_keys=True)
    return hashlib.sha256(asked.encode()).hexdigest()


def _perform(
    ref: ActorRef, todo: Action, op: str | None, body: str, fields: dict[str, Any]
) -> tuple[Any, list[Any]]:
    news: list[Any] = []
    db.session.info["news"] = news
    room = lock(ref.room_id)
    # Looked up under the lock: the same operation may be under way on another socket.
    if op is not None and (done := db.session.execute(SEEN, {"op": op}).one_or_none()):
        if tuple(done[:3]) != (ref.seat_id, ref.grant_id, body):
            raise Refused("This operation id already means something else.", code="op_conflict")
        return done.answer, []
    who = actor(ref, room)
    if who is None:
        raise Refused("This link or seat is no longer valid.", code="gone")
    todo.check(who)
    answer = todo.run(who, **fields)
    if todo.contributes and who.seat is not None:
        # Nothing is written where it is known already: an edit of a draft comes with every letter.
        who.seat.active_room, who.seat.active_visit = room.id, room.moves
    if op is not None:
        holder = {"seat_id": ref.seat_id, "grant_id": ref.grant_id}
        line = {"id": op, **holder, "body": body, "answer": answer}
        db.session.execute(insert(OPS), line)
    return answer, news


def lock(room_id: int) -> Room:
    """Make everyone else wait: one room does one thing at a time.

    PostgreSQL locks the row, but not for what only refers to it: that would be a lock out of order.
    SQLite ignores FOR UPDATE, but there BEGIN IMMEDIATE has locked all.
    Whoever locks several: the desk first, then the others by their number.
    """
    shared = {"key_share": True}
    room = db.session.get(Room, room_id, with_for_update=shared, populate_existing=True)
    if room is None:
        raise Refused("There is no such room.", code="gone")
    return room
