"""The organisers' screens: all rooms at once, the ways in, and the desk of the document."""

from __future__ import annotations

import secrets
from collections import Counter
from collections.abc import Iterable
from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Reply

from facilitator import qr
from facilitator.db import db
from facilitator.forums.links import staff_link
from facilitator.i18n import said, t
from facilitator.models import Face, Forum, Grant, Meeting, Role, Room, RoomKind, Sector, Track
from facilitator.pages import address, forum_or_404, setup, staff_or_403
from facilitator.pages.forms import Sent, do
from facilitator.pages.join import choices, name
from facilitator.pages.projector import host_name, way_into

blueprint = Blueprint("organise", __name__)
blueprint.register_blueprint(setup.blueprint)


class Link(NamedTuple):
    """A staff link in a list: what it is for, where it leads, and whether one uses it now."""

    uuid: str
    label: str
    address: str
    own: bool


@blueprint.get("/f/<forum>/organise")
def overview(forum: str) -> str:
    """All rooms of the forum, live, and every way into it."""
    found = forum_or_404(forum)
    return _overview(found, staff_or_403(found, Role.ORGANISER), None)


@blueprint.post("/f/<forum>/organise")
def change(forum: str) -> str | tuple[str, int] | Reply:
    """Make or revoke a staff link, or change the join code."""
    found = forum_or_404(forum)
    grant = staff_or_403(found, Role.ORGANISER)
    sent = do(desk_of(found), grant, READERS)
    if sent.refused:
        return _overview(found, grant, sent), 409
    return sent.back(url_for(".overview", forum=forum))


@blueprint.get("/f/<forum>/organise/<code>.svg")
def way_in(forum: str, code: str) -> Response:  # noqa: ARG001 - a new code, a new image
    """The QR code of the forum, with which people choose a room."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    return Response(qr.svg(way_into(found, found)), mimetype="image/svg+xml")


@blueprint.get("/f/<forum>/organise/desk")
def desk(forum: str) -> str:
    """The desk: the rooms' recommendations become the forum's document."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    tracks = [{"uuid": one.uuid, "title": one.title} for one in _all(Track, found)]
    rooms = [{"uuid": room.uuid, "name": full} for room, full in _named(found)]
    data = {
        **_desk_page(found),
        "tracks": tracks,
        "rooms": rooms,
        "back": url_for(".overview", forum=forum),
    }
    return render_template("desk.html", forum=found, data=data)


def desk_of(forum: Forum) -> Room:
    """The room in which organisers act."""
    query = select(Room).where(Room.forum_id == forum.id, Room.sort == RoomKind.DESK)
    return db.session.scalars(query).one()


def _desk_page(forum: Forum) -> Face:
    """What the scripts of both live screens start from."""
    return {
        "page": "desk",
        "forum": forum.uuid,
        "room": desk_of(forum).uuid,
        "title": said(forum.title),
        "languages": forum.languages,
        "document": url_for("documents.read", forum=forum.uuid),
    }


def _all(model: Any, forum: Forum) -> list[Any]:
    query = select(model).where(model.forum_id == forum.id)
    return list(db.session.scalars(query.order_by(model.position, model.id)))


# ---- The overview --------------------------------------------------------------------------------


def _overview(forum: Forum, grant: Grant, sent: Sent | None) -> str:
    rooms = _named(forum)
    return render_template(
        "overview.html",
        forum=forum,
        data={**_desk_page(forum), **_layout(forum, [room for room, _ in rooms])},
        rooms=rooms,
        links=_links(forum, grant, {room.id: full for room, full in rooms}),
        join=way_into(forum, forum),
        host=host_name(),
        sent=sent or Sent.taken(),
        op=lambda: secrets.token_hex(16),
        sectors=len(_all(Sector, forum)),
    )


def _layout(forum: Forum, rooms: Iterable[Room]) -> Face:
    """Rows and columns of the overview, and where each room stands in them."""
    meetings = {one.id: one for one in _all(Meeting, forum)}
    return {
        "meetings": [
            {"uuid": one.uuid, "city": one.city, "place": one.place, "on": one.on.isoformat()}
            for one in meetings.values()
        ],
        "tracks": [{"uuid": one.uuid, "title": one.title} for one in _all(Track, forum)],
        "places": {r.uuid: meetings[r.meeting_id].uuid for r in rooms if r.meeting_id},
        "lead": _of_rooms("room.lead", forum),
    }


def _of_rooms(endpoint: str, forum: Forum) -> str:
    """The address of a page of rooms, with ROOM where the room's own goes."""
    return url_for(endpoint, uuid=forum.uuid, room_uuid="ROOM")


def _named(forum: Forum) -> list[tuple[Room, str]]:
    """The rooms with the words that tell each from all others."""
    rooms = [room for room, _ in choices(forum)]
    tables = Counter((room.meeting_id, room.track_id) for room in rooms)
    named = [(room, name(room, tables[room.meeting_id, room.track_id])) for room in rooms]
    several = len({room.meeting_id for room in rooms}) > 1
    return [
        (room, f"{room.meeting.city} · {short}" if several and room.meeting else short)
        for room, short in named
    ]


# ---- Staff links ---------------------------------------------------------------------------------


def _links(forum: Forum, own: Grant, rooms: dict[int, str]) -> dict[str, list[Link]]:
    """The links that are good, by what they let somebody do."""
    query = select(Grant).where(Grant.forum_id == forum.id, Grant.revoked.is_(False))
    found: dict[str, list[Link]] = {role: [] for role in LINKED}
    for grant in db.session.scalars(query.order_by(Grant.id)):
        if grant.role in found:
            room = rooms.get(grant.room_id, "") if grant.room_id else ""
            label = room or grant.label or t("All rooms")
            link = Link(grant.uuid, label, staff_link(grant, address("")), grant.id == own.id)
            found[grant.role].append(link)
    order = {label: place for place, label in enumerate(rooms.values())}
    for links in found.values():
        links.sort(key=lambda link: order.get(link.label, -1))
    return found


LINKED = (Role.ORGANISER, Role.FACILITATOR, Role.PROJECTOR)


def _grant(form: Any) -> Face:
    room = form.get("room") or None
    return {"role": form.get("role"), "room": room, "label": form.get("label", "").strip()}


READERS = {
    "grant.issue": _grant,
    "grant.revoke": lambda form: {"grant": form.get("grant", "")},
    "forum.recode": lambda _: {},
}
