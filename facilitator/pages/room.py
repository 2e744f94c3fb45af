"""The room: the same for who takes part, on a phone, and for who leads it, on a laptop."""

from __future__ import annotations

from typing import Any

from flask import Blueprint, Response, abort, redirect, render_template, url_for
from werkzeug.wrappers import Response as Reply

from facilitator.access import READING, opens
from facilitator.consolidation.carrying import earlier, left_open
from facilitator.i18n import said
from facilitator.models import Forum, Grant, Role, Room, RoomKind
from facilitator.pages import (
    address,
    forum_or_404,
    host_name,
    page_data,
    room_or_404,
    sector_names,
    staff_or_403,
    words_url,
)
from facilitator.pages.assets import compressed, modules
from facilitator.pages.join import seated
from facilitator.pages.listing import DOING, by_meeting, choices, name, named, siblings

blueprint = Blueprint("room", __name__)

LEADING = (Role.FACILITATOR, Role.ORGANISER)


@blueprint.get("/f/<uuid>/room/<room_uuid>")
def participant(uuid: str, room_uuid: str) -> Reply:
    """A room, for who has a seat in it."""
    if not (known := seated(uuid)):
        return redirect(url_for("join.start"))
    forum, seat = known
    room = room_or_404(forum, room_uuid)
    if room.id != seat.room_id:
        return redirect(url_for("join.rooms", uuid=uuid))
    return _page("room", forum, room, whose=seat.uuid[:8])


@blueprint.get("/f/<uuid>/lead/<room_uuid>")
def lead(uuid: str, room_uuid: str) -> Response:
    """A room, for who leads it."""
    forum = forum_or_404(uuid)
    grant = staff_or_403(forum, *LEADING)
    room = room_or_404(forum, room_uuid)
    if room.sort is RoomKind.DESK or not opens(grant, room):
        abort(403)
    return _page(
        "lead",
        forum,
        room,
        whose=grant.uuid[:8],
        qr=url_for("projector.way_in", forum=uuid, room=room_uuid, code="CODE"),
        screen=url_for("projector.screen", forum=uuid, room=room_uuid),
        walls=address("/s"),
        wall_qr=url_for("projector.link_image", forum=uuid, room=room_uuid, screen=0, code="CODE"),
        address=host_name(),
        organiser=grant.role == Role.ORGANISER,
        others=[{"uuid": one.uuid, "name": full} for one, full in named(forum) if one != room],
    )


@blueprint.get("/f/<uuid>/read/<room_uuid>")
def read_along(uuid: str, room_uuid: str) -> Response:
    """A room, for who reads along without a seat; a rapporteur writes its recommendations."""
    forum = forum_or_404(uuid)
    grant = staff_or_403(forum, *READING)
    room = room_or_404(forum, room_uuid)
    if room.sort is RoomKind.DESK or not opens(grant, room):
        abort(403)
    return _page("read", forum, room, whose=grant.uuid[:8])


@blueprint.get("/f/<uuid>/read")
def read(uuid: str) -> str | Reply:
    """The rooms in which somebody may read along; straight to it if it is one."""
    forum = forum_or_404(uuid)
    return _choice(forum, staff_or_403(forum, *READING), "room.read_along")


@blueprint.get("/f/<uuid>/lead")
def led(uuid: str) -> str | Reply:
    """The rooms that a staff link opens; straight to it if it is one."""
    forum = forum_or_404(uuid)
    return _choice(forum, staff_or_403(forum, *LEADING), "room.lead")


@blueprint.get("/f/<uuid>/screen")
def shown(uuid: str) -> str | Reply:
    """The rooms whose board a link for screens may show."""
    forum = forum_or_404(uuid)
    return _choice(forum, staff_or_403(forum, Role.PROJECTOR, name="screen"), "projector.screen")


def _choice(forum: Forum, grant: Grant, to: str) -> str | Reply:
    open_to = [(room, seats) for room, seats in choices(forum) if opens(grant, room)]
    if len(open_to) == 1:
        return redirect(address_of(to, forum, open_to[0][0]))
    return render_template(
        "rooms.html",
        forum=forum,
        meetings=by_meeting(open_to),
        doing=DOING,
        here=None,
        to=lambda room: address_of(to, forum, room),
    )


def address_of(endpoint: str, forum: Forum, room: Room) -> str:
    """Where a room is led, or shown on a wall."""
    if endpoint == "projector.screen":
        return url_for(endpoint, forum=forum.uuid, room=room.uuid)
    return url_for(endpoint, uuid=forum.uuid, room_uuid=room.uuid)


def _page(page: str, forum: Forum, room: Room, **more: Any) -> Response:
    script = f"{page}.js"
    data = page_data(
        script,
        page=page,
        forum=forum.uuid,
        room=room.uuid,
        main=forum.languages[0],
        forum_title=said(forum.title),
        tables=siblings(room),
        sectors=sector_names(forum),
        least=forum.least,
        earlier=earlier(room),
        minutes=forum.minutes,
        left_open=left_open(room) if forum.minutes else [],
        **more,
    )
    called = name(room, siblings(room))
    drawn = render_template(
        "room.html",
        forum=forum,
        room_name=called,
        data=data,
        modules=modules(script),
        words=words_url(script),
    )
    return compressed(drawn)
