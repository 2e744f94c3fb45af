"""The links of a forum: to join it, to organise it, to lead its rooms, to show them on a wall.

A staff link carries a signed ticket behind the "#", so that it stands in no log; nothing secret is
stored, and the same grant always gives the same link.
"""

from __future__ import annotations

from sqlalchemy import select

from facilitator.access import join_secret, ticket
from facilitator.actions import Refused
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
            if grant.room_id is not None and grant.role is Role.FACILITATOR
        },
    }


def staff_links(forum: Forum, base: str) -> list[Face]:
    """Every staff link that is good: its id, role, room, note, when it was issued, and itself."""
    good = Grant.forum_id == forum.id, Grant.revoked.is_(False)
    query = select(Grant, Room.code).outerjoin(Room, Room.id == Grant.room_id).where(*good)
    return [
        {
            "id": grant.uuid,
            "role": grant.role.value,
            "room": code,
            "label": grant.label,
            "issued": grant.issued_at.date().isoformat(),
            "link": staff_link(grant, base),
        }
        for grant, code in db.session.execute(query.order_by(Grant.id))
    ]


def renew(forum: Forum, beginning: str) -> str:
    """Give a link anew, by the id it begins with; the old one stops at once. The id of the new."""
    forum_id = forum.id

    def job() -> str:
        old = _one(forum_id, beginning)
        old.revoked = True
        return successor(old).uuid

    uuid: str = write(job)
    return uuid


def take_back(forum: Forum, beginning: str) -> None:
    """Make a link useless, by the id it begins with."""
    forum_id = forum.id
    write(lambda: setattr(_one(forum_id, beginning), "revoked", True))


def successor(old: Grant) -> Grant:
    """Another link that opens the same."""
    new = Grant(forum_id=old.forum_id, room_id=old.room_id, role=old.role, label=old.label)
    db.session.add(new)
    db.session.flush()
    return new


def _one(forum_id: int, beginning: str) -> Grant:
    begins = Grant.uuid.startswith(beginning or "-", autoescape=True)
    ours = Grant.forum_id == forum_id, begins, Grant.revoked.is_(False)
    found = db.session.scalars(select(Grant).where(*ours)).all()
    if len(found) != 1:
        raise Refused("There is no such link. See: facilitator links", code="gone")
    return found[0]


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
