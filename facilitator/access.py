"""Who may come in: actors, and the signed tickets that name a seat or a grant.

A ticket says who somebody is; what they may do is looked up in the transaction of each action, so
that a revoked seat or link stops working at once.
"""

from __future__ import annotations

import hashlib
import hmac
from collections.abc import Mapping
from dataclasses import dataclass
from typing import Any

from flask import Flask, current_app
from itsdangerous import BadSignature, URLSafeSerializer
from sqlalchemy import select

from facilitator.db import db
from facilitator.models import Forum, Grant, Role, Room, RoomKind, Screen, Seat


@dataclass(frozen=True)
class ActorRef:
    """Someone at work in a room, as numbers: safe to keep, to hand to another thread, to log."""

    room_id: int
    seat_id: int | None = None
    grant_id: int | None = None
    #: Of those who have neither: GUEST, or CLOCK for tasks of our own.
    role: Role = Role.GUEST
    #: A page on a wall: whoever's link it holds, it reads what everybody may see.
    on_wall: bool = False


@dataclass(frozen=True)
class Actor:
    """Someone at work in a room, inside a transaction."""

    role: Role
    room: Room
    seat: Seat | None = None
    grant: Grant | None = None

    @property
    def forum(self) -> Forum:
        """The forum of the room."""
        return db.session.get_one(Forum, self.room.forum_id)


def init_app(app: Flask) -> None:
    """Sign tickets with the key of this installation."""
    app.extensions["tickets"] = URLSafeSerializer(app.config["SECRET_KEY"], salt="ticket")


def actor(ref: ActorRef, room: Room) -> Actor | None:
    """Look `ref` up in the transaction under way; None if it no longer counts here."""
    if ref.seat_id is not None:
        seat = db.session.get(Seat, ref.seat_id)
        fits = seat and not seat.revoked and seat.forum_id == room.forum_id
        return Actor(Role.PARTICIPANT, room, seat) if fits else None
    if ref.grant_id is not None:
        grant = db.session.get(Grant, ref.grant_id)
        if grant is None or not opens(grant, room):
            return None
        return Actor(Role.PROJECTOR if ref.on_wall else grant.role, room, grant=grant)
    return Actor(ref.role, room)


def opens(grant: Grant, room: Room) -> bool:
    """Whether a staff link is good for a room. The desk is the organisers' alone."""
    here = grant.forum_id == room.forum_id and grant.room_id in (None, room.id)
    kept = room.sort == RoomKind.DESK and grant.role != Role.ORGANISER
    return here and not grant.revoked and not kept


# ---- Tickets -------------------------------------------------------------------------------------


def ticket(holder: Seat | Grant) -> str:
    """Write the ticket to a seat, or of a staff link."""
    name = "seat" if isinstance(holder, Seat) else "grant"
    return str(current_app.extensions["tickets"].dumps([name, holder.uuid]))


def bearer(text: object) -> Seat | Grant | None:
    """Read a ticket; a forged or revoked one is nobody's."""
    try:
        name, uuid = current_app.extensions["tickets"].loads(text)
        model: Any = {"seat": Seat, "grant": Grant}[name]
    except (BadSignature, TypeError, ValueError, KeyError):
        return None
    holder: Seat | Grant | None = db.session.scalar(
        select(model).where(model.uuid == uuid, model.revoked.is_(False))
    )
    return holder


#: Who may lead a room, and whose ticket shows it on a wall.
LEADING = frozenset({Role.FACILITATOR, Role.ORGANISER})
SHOWING = LEADING | {Role.PROJECTOR}
#: Who may read along without a seat: they are not counted, and hear what the room hears.
READING = LEADING | {Role.RAPPORTEUR, Role.OBSERVER}


def cookie(name: str, forum: Forum | None = None) -> str:
    """The name of the cookie that holds a ticket: one laptop may be desk, screen and phone at once.

    `name` is seat, staff, screen or host.
    """
    prefix = "__Host-" if current_app.config["PUBLIC_URL"].startswith("https") else ""
    return f"{prefix}{name}-{forum.uuid[:8]}" if forum else prefix + name


def held(cookies: Mapping[str, str], name: str, forum: Forum | None = None) -> Seat | Grant | None:
    """Whose ticket a browser holds for a kind of page of a forum; None if none that counts."""
    holder = bearer(cookies.get(cookie(name, forum)))
    fits = holder is not None and holder.forum_id == (forum.id if forum else None)
    return holder if fits else None


def wall(screen: Screen) -> str:
    """The name under which a browser keeps the ticket of one screen: it may show several."""
    return f"wall-{screen.uuid[:8]}"


def showing(
    cookies: Mapping[str, str], forum: Forum, room: Room, screen: Screen | None = None
) -> Grant | None:
    """Whose ticket lets a browser show a room: the screen's own, else another that opens it."""
    own = [wall(screen)] if screen and screen.room_id == room.id else []
    for name in (*own, "screen", "staff"):
        holder = held(cookies, name, forum)
        if isinstance(holder, Grant) and holder.role in SHOWING and opens(holder, room):
            return holder
    return None


# ---- What the QR code carries -------------------------------------------------------------------


def join_secret(thing: Forum | Room, forum: Forum) -> str:
    """The secret in a QR code: 128 bits that need not be stored, and change with the code.

    `thing` is the forum, or a room of it whose code skips the choice of room.
    """
    words = f"join.{thing.uuid}.{forum.code_generation}"
    digest = hmac.new(current_app.config["SECRET_KEY"].encode(), words.encode(), hashlib.sha256)
    return f"{thing.uuid}.{digest.hexdigest()[:32]}"


def card_digest(words: str) -> str:
    """What is stored of the six words on a return card."""
    key = current_app.config["SECRET_KEY"].encode()
    return hmac.new(key, f"card.{words}".encode(), hashlib.sha256).hexdigest()


def invited(secret: str) -> tuple[Forum, Room | None] | None:
    """Whom a QR code's secret lets in: to a forum, and perhaps straight into a room."""
    uuid = secret.partition(".")[0]
    room = db.session.scalar(select(Room).where(Room.uuid == uuid))
    known = Forum.id == room.forum_id if room else Forum.uuid == uuid
    forum = db.session.scalar(select(Forum).where(known))
    if forum is None or not hmac.compare_digest(
        join_secret(room or forum, forum).encode(), secret.encode()
    ):
        return None
    return forum, room
