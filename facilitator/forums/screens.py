"""Screens: each hangs in a room, and has a link of its own that opens nothing else."""

from __future__ import annotations

from sqlalchemy import select

from facilitator.db import db
from facilitator.forums.codes import SCREEN_LENGTH, fresh_screen_code, normalise_code
from facilitator.models import Grant, Role, Room, Screen, ScreenKey


def hang(room: Room, name: str = "") -> Screen:
    """Make a screen for a room, with its link. The caller adds it."""
    key = ScreenKey(code=fresh_screen_code(), grant=issue(room, name))
    return Screen(room_id=room.id, name=name, visit=room.moves or 0, key=key)


def issue(room: Room, name: str) -> Grant:
    """Make what the link of a screen stands for: to look at one room."""
    return Grant(forum_id=room.forum_id, room_id=room.id, role=Role.PROJECTOR, label=name)


def by_code(typed: str) -> ScreenKey | None:
    """The link that somebody typed, pasted or scanned, while it is good."""
    code = normalise_code(typed, SCREEN_LENGTH)
    key = db.session.scalar(select(ScreenKey).where(ScreenKey.code == code))
    return key if key and not key.grant.revoked else None


def first_of(room: Room) -> Screen | None:
    """The first screen of a room."""
    return db.session.scalar(
        select(Screen).where(Screen.room_id == room.id).order_by(Screen.id).limit(1)
    )
