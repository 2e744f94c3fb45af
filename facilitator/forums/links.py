"""The links of a forum: to join it, to organise it, to lead its rooms, to show them on a wall.

A staff link carries a signed ticket behind the "#", so that it stands in no log; nothing secret is
stored, and the same grant always gives the same link.
"""

from __future__ import annotations

from sqlalchemy import select

from facilitator.access import join_secret, ticket
from facilitator.db import db, write
from facilitator.models import Face, Forum, Grant, Role, Room


def links(forum: Forum, base: str) -> Face:
    """The links of `forum`, where `base` is our address without a slash at its end.

    {"join", "organiser", "projector", "facilitators": {room uuid: link}}; a link that was revoked
    and not issued again is None.
    """
    granted = select(Grant).where(Grant.forum_id == forum.id, Grant.revoked.is_(False))
    grants = db.session.scalars(granted.order_by(Grant.id)).all()
    everywhere = {grant.role: staff_link(grant, base) for grant in grants if grant.room_id is None}
    rooms = db.session.execute(select(Room.id, Room.uuid).where(Room.forum_id == forum.id))
    uuids = {room_id: uuid for room_id, uuid in rooms}  # noqa: C416 - a result is no mapping
    return {
        "join": f"{base}/j#{join_secret(forum, forum)}",
        "organiser": everywhere.get(Role.ORGANISER),
        "projector": everywhere.get(Role.PROJECTOR),
        "facilitators": {
            uuids[grant.room_id]: staff_link(grant, base)
            for grant in grants
            if grant.room_id is not None
        },
    }


def staff_link(grant: Grant, base: str) -> str:
    """The link that hands a grant to whoever opens it."""
    return f"{base}/g#{ticket(grant)}"


def host_link(base: str) -> str:
    """The link for whoever runs this installation, with which forums are founded in the browser."""
    hosting = select(Grant).where(Grant.role == Role.HOST, Grant.revoked.is_(False))
    grant = db.session.scalar(hosting) or write(_host)
    return staff_link(grant, base)


def _host() -> Grant:
    grant = Grant(role=Role.HOST)
    db.session.add(grant)
    db.session.flush()
    return grant
