"""Socket.IO at the room door: who is speaking, what do they ask, what came of it."""

from __future__ import annotations

import logging
import time
from collections import Counter
from collections.abc import Callable
from functools import wraps
from typing import Any, TypeVar, cast

from flask import request
from flask_socketio import ConnectionRefusedError as Shut
from sqlalchemy import func, select

from facilitator.access import (
    LEADING,
    READING,
    SHOWING,
    Actor,
    ActorRef,
    actor,
    held,
    opens,
    showing,
)
from facilitator.actions import Refused, perform
from facilitator.db import db, is_full
from facilitator.events import socketio, ticker
from facilitator.i18n import t
from facilitator.models import Forum, Grant, Role, Room, Screen, Seat
from facilitator.rooms import drafts, screens
from facilitator.rooms.ballots import roll_of
from facilitator.rooms.carets import caret as note_caret
from facilitator.rooms.carets import carets
from facilitator.rooms.citing import citable as what_to_cite
from facilitator.rooms.history import looked_back
from facilitator.rooms.moderation import hidden_here
from facilitator.rooms.reservations import voice_of
from facilitator.rooms.snapshot import audience_of, catch_up
from facilitator.rooms.whereabouts import here as note_place
from facilitator.rooms.whereabouts import whereabouts

log = logging.getLogger(__name__)

F = TypeVar("F", bound=Callable[..., Any])


def on(message: str) -> Callable[[F], F]:
    """Register what answers a message."""
    return cast("Callable[[F], F]", socketio.on(message))


#: Who holds each phone, as its ticket said when it came in.
speakers: dict[str, ActorRef] = {}
#: Which screen each page on a wall is.
walls: dict[str, int] = {}

#: The name of the ticket with which each phone came in: a seat taken up elsewhere gets another.
tickets: dict[str, str] = {}

#: When each phone last looked back at a draft, and the seconds until it may again.
looked: dict[str, float] = {}
PAUSE = 0.5

#: What a page needs a ticket for.
PAGES = {
    "lead": LEADING,
    "read": READING,
    "screen": SHOWING,
    "desk": frozenset({Role.ORGANISER}),
}


class Moved(Refused):
    """Their seat is in another room now; `there` says which, so that the phone can follow."""

    def __init__(self, seat: Seat) -> None:
        super().__init__("You are in another room now.", code="moved")
        room = db.session.get(Room, seat.room_id) if seat.room_id else None
        self.there = room and {
            "room": room.uuid,
            "title": room.title or (room.track.title if room.track else {}),
            "number": room.number,
            "tables": tables(room),
        }


def tables(room: Room) -> int:
    """How many rooms there are of its track and meeting."""
    same = Room.meeting_id == room.meeting_id, Room.track_id == room.track_id
    kind = Room.forum_id == room.forum_id, Room.sort == room.sort
    return db.session.scalar(select(func.count()).select_from(Room).where(*same, *kind)) or 1


@on("connect")
def connect(auth: Any = None) -> None:
    """Look at the ticket for the page that is being served."""
    asked = auth if isinstance(auth, dict) else {}
    screen = _screen(asked.get("screen"))
    ref = _admit(asked.get("page"), asked.get("room"), screen)
    if ref is None:
        raise Shut(t("This page has no ticket for the room. Scan the code again."))
    phone: str = request.sid  # type: ignore[attr-defined]
    speakers[phone] = ref
    if ref.seat_id is not None:
        tickets[phone] = db.session.get_one(Seat, ref.seat_id).uuid
    if screen and ref.on_wall and screen.room_id == ref.room_id:
        walls[phone] = screen.id


def _screen(uuid: Any) -> Screen | None:
    return db.session.scalar(select(Screen).where(Screen.uuid == str(uuid))) if uuid else None


def _admit(page: Any, room_uuid: Any, screen: Screen | None) -> ActorRef | None:
    room = db.session.scalar(select(Room).where(Room.uuid == str(room_uuid)))
    if room is None:
        return None
    forum = db.session.get_one(Forum, room.forum_id)
    holder = held(request.cookies, "seat" if page == "room" else "staff", forum)
    if page == "screen":
        holder = showing(request.cookies, forum, room, screen)
    if page == "room" and isinstance(holder, Seat):
        return ActorRef(room.id, seat_id=holder.id)
    if isinstance(holder, Grant) and holder.role in PAGES.get(page, ()) and opens(holder, room):
        return ActorRef(room.id, grant_id=holder.id, on_wall=page == "screen")
    return None


@on("disconnect")
def disconnect(*_: Any) -> None:
    """Forget the phone."""
    phone: str = request.sid  # type: ignore[attr-defined]
    speakers.pop(phone, None)
    tickets.pop(phone, None)
    walls.pop(phone, None)
    looked.pop(phone, None)
    whereabouts.drop(phone)
    carets.forget(phone)


def note_walls() -> None:
    """Let those who lead know which of their screens are on."""
    screens.note(set(walls.values()))


def seats_here() -> dict[int, int]:
    """How many seats of each room are connected with this process; each counts once."""
    listening = {(ref.room_id, ref.seat_id) for ref in dict(speakers).values() if ref.seat_id}
    return Counter(room_id for room_id, _ in listening)


def turn_out() -> None:
    """Hang up on who may no longer listen: the link was revoked, or the seat is elsewhere now."""
    listening = dict(speakers)  # before we look: who comes in meanwhile is looked at next time
    seats = {ref.seat_id for ref in listening.values() if ref.seat_id is not None}
    grants = {ref.grant_id for ref in listening.values() if ref.grant_id is not None}
    there = select(Seat.id, Seat.room_id, Seat.uuid)
    there = there.where(Seat.id.in_(seats), Seat.revoked.is_(False))
    places = {seat_id: (room_id, uuid) for seat_id, room_id, uuid in db.session.execute(there)}
    good = select(Grant.id).where(Grant.id.in_(grants), Grant.revoked.is_(False))
    links = set(db.session.scalars(good))
    db.session.rollback()
    for phone, ref in listening.items():
        room_id, uuid = places.get(ref.seat_id or 0, (None, None))
        at_home = room_id == ref.room_id and tickets.get(phone, uuid) == uuid
        if ref.grant_id not in links and not at_home:
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
        except Moved as reason:
            sentence = t(reason.sentence)
            return {"refused": sentence, "code": "moved", "retry": False, "there": reason.there}
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
        raise Moved(who.seat)
    return who


@on("enter")
@answered
def enter(ref: ActorRef, asked: Any = None, *_: Any) -> Answer:
    """Listen to the room, and learn what was missed; also the answer to a gap."""
    since = asked.get("since") if isinstance(asked, dict) else None
    ticker.follow(audience_of(_present(ref)), ref.room_id)
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
    ticker.unfollow("here", recommendation)
    whereabouts.drop(request.sid, recommendation)  # type: ignore[attr-defined]
    ticker.unfollow("carets", recommendation)
    carets.drop(request.sid, recommendation)  # type: ignore[attr-defined]


@on("here")
@answered
def here(ref: ActorRef, asked: Any = None, *_: Any) -> Answer:
    """Note in which part of a draft they write, and say how many others are where."""
    return note_place(_present(ref), request.sid, asked)  # type: ignore[attr-defined]


@on("caret")
@answered
def caret(ref: ActorRef, asked: Any = None, *_: Any) -> Answer:
    """Note where their caret stands, and say where those of the others do."""
    return note_caret(_present(ref), request.sid, asked)  # type: ignore[attr-defined]


@on("history")
@answered
def history(ref: ActorRef, asked: Any = None, *_: Any) -> Answer:
    """Say how a draft came about. It is work: a phone that asks again at once has to wait."""
    phone: str = request.sid  # type: ignore[attr-defined]
    moment = time.monotonic()
    if moment - looked.get(phone, -PAUSE) < PAUSE:
        raise Refused("That did not work. It will be tried again.", code="retry", retry=True)
    looked[phone] = moment
    return looked_back(_present(ref), asked)


@on("hidden")
@answered
def hidden(ref: ActorRef, *_: Any) -> list[Any]:
    """Say what was hidden here: only in answer to who leads, so that no log and no frame has it."""
    return hidden_here(_present(ref))


@on("voice")
@answered
def voice(ref: ActorRef, *_: Any) -> Answer:
    """Say for whom a reservation could speak: asked before it is sent, and told to nobody else."""
    return voice_of(_present(ref))


@on("roll")
@answered
def roll(ref: ActorRef, asked: Any = None, *_: Any) -> list[Any]:
    """Say who voted what in an open vote: only in answer, so that no log and no wall has names."""
    return roll_of(_present(ref), asked.get("ballot") if isinstance(asked, dict) else None)


@on("citable")
@answered
def citable(ref: ActorRef, asked: Any = None, *_: Any) -> Answer:
    """Say what a text of the desk may cite: asked when somebody is about to."""
    return what_to_cite(_present(ref), asked)


@on("*")
@answered
def unknown(_ref: ActorRef, *_: Any) -> None:
    """Answer what we do not know: an old page, or somebody trying."""
    raise Refused("This version of the page is out of date. Reload it.", code="upgrade")
