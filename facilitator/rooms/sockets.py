"""Socket.IO at the room door: who is speaking, what do they ask, what came of it."""

from __future__ import annotations

import logging
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import request
from flask_socketio import ConnectionRefusedError as Shut
from sqlalchemy import select

from facilitator.access import LEADING, SHOWING, Actor, ActorRef, actor, held, opens
from facilitator.actions import Refused, perform
from facilitator.db import db, is_full
from facilitator.events import socketio, ticker
from facilitator.i18n import t
from facilitator.models import Forum, Grant, Role, Room, Seat
from facilitator.rooms import drafts
from facilitator.rooms.snapshot import catch_up

log = logging.getLogger(__name__)

F = TypeVar("F", bound=Callable[..., Any])


def on(message: str) -> Callable[[F], F]:
    """Register what answers a message."""
    return cast("Callable[[F], F]", socketio.on(message))


#: Who holds each phone, as its ticket said when it came in.
speakers: dict[str, ActorRef] = {}

#: What a page needs a ticket for.
PAGES = {"lead": LEADING, "screen": SHOWING, "desk": frozenset({Role.ORGANISER})}


@on("connect")
def connect(auth: Any = None) -> None:
    """Look at the ticket for the page that is being served."""
    asked = auth if isinstance(auth, dict) else {}
    ref = _admit(asked.get("page"), asked.get("room"))
    if ref is None:
        raise Shut(t("This page has no ticket for the room. Scan the code again."))
    speakers[request.sid] = ref  # type: ignore[attr-defined]


def _admit(page: Any, room_uuid: Any) -> ActorRef | None:
    room = db.session.scalar(select(Room).where(Room.uuid == str(room_uuid)))
    if room is None:
        return None
    forum = db.session.get_one(Forum, room.forum_id)
    holder = held(request.cookies, "seat" if page == "room" else "staff", forum)
    if page == "screen":
        holder = held(request.cookies, "screen", forum) or holder
    if page == "room" and isinstance(holder, Seat):
        return ActorRef(room.id, seat_id=holder.id)
    if isinstance(holder, Grant) and holder.role in PAGES.get(page, ()) and opens(holder, room):
        return ActorRef(room.id, grant_id=holder.id)
    return None


@on("disconnect")
def disconnect(*_: Any) -> None:
    """Forget the phone."""
    speakers.pop(request.sid, None)  # type: ignore[attr-defined]


def turn_out() -> None:
    """Hang up on who may no longer listen: the link was revoked, or the seat is elsewhere now."""
    listening = dict(speakers)  # before we look: who comes in meanwhile is looked at next time
    seats = {ref.seat_id for ref in listening.values() if ref.seat_id is not None}
    grants = {ref.grant_id for ref in listening.values() if ref.grant_id is not None}
    there = select(Seat.id, Seat.room_id).where(Seat.id.in_(seats), Seat.revoked.is_(False))
    places = {seat_id: room_id for seat_id, room_id in db.session.execute(there)}  # noqa: C416
    good = select(Grant.id).where(Grant.id.in_(grants), Grant.revoked.is_(False))
    links = set(db.session.scalars(good))
    db.session.rollback()
    for phone, ref in listening.items():
        at_home = ref.grant_id in links or (
            ref.seat_id is not None and places.get(ref.seat_id) == ref.room_id
        )
        if not at_home:
            socketio.server.disconnect(phone)


Answer = dict[str, Any]


def answered(work: Callable[..., Any]) -> Callable[..., Answer]:
    """Answer every message: with what came of it, or with a sentence; never with silence."""

    @wraps(work)
    def answer(*asked: Any) -> Answer:
        ref = speakers.get(request.sid)  # type: ignore[attr-defined]
        try:
            if ref is None:
                raise Refused("This link or seat is no longer valid.", code="gone")
            return {"ok": work(ref, *asked)}
        except Refused as reason:
            sentence = t(reason.sentence, **reason.values)
            return {"refused": sentence, "code": reason.code, "retry": reason.retry}
        except Exception as error:
            log.exception("%s was not done.", work.__name__)
            code = "storage_full" if is_full(error) else "retry"
            sentence = t("That did not work. It will be tried again.")
            return {"refused": sentence, "code": code, "retry": True}

    return answer


def _present(ref: ActorRef) -> Actor:
    """Who is speaking, if they still may listen here."""
    room = db.session.get(Room, ref.room_id)
    who = room and actor(ref, room)
    if not who:
        raise Refused("This link or seat is no longer valid.", code="gone")
    if who.seat and who.seat.room_id != who.room.id:
        raise Refused("You are in another room now.", code="gone")
    return who


@on("enter")
@answered
def enter(ref: ActorRef, asked: Any = None, *_: Any) -> Answer:
    """Listen to the room, and learn what was missed; also the answer to a gap."""
    since = asked.get("since") if isinstance(asked, dict) else None
    _present(ref)
    ticker.follow("room", ref.room_id)
    return catch_up(_present(ref), since if type(since) is int else None)


@on("act")
@answered
def act(ref: ActorRef, name: Any = None, op: Any = None, payload: Any = None, *_: Any) -> Any:
    """Do one thing. The outcome goes to the caller, the news to everyone."""
    if not isinstance(name, str) or not isinstance(op, str) or not 8 <= len(op) <= 64:
        raise Refused("This message is not understood.", code="bad_shape")
    return perform(ref, name, None if name == "draft.update" else op, payload)


@on("join")
@answered
def join(ref: ActorRef, asked: Any = None, *_: Any) -> Answer:
    """Listen to a draft, and learn what this copy of it lacks."""
    return drafts.join(_present(ref), asked)


@on("leave")
@answered
def leave(_ref: ActorRef, asked: Any = None, *_: Any) -> None:
    """Listen to a draft no longer."""
    recommendation = asked.get("recommendation") if isinstance(asked, dict) else None
    if type(recommendation) is not int:
        raise Refused("This message is not understood.", code="bad_shape")
    ticker.unfollow("draft", recommendation)


@on("*")
@answered
def unknown(_ref: ActorRef, *_: Any) -> None:
    """Answer what we do not know: an old page, or somebody trying."""
    raise Refused("This version of the page is out of date. Reload it.", code="upgrade")
