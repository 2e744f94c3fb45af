"""The organisers' screens: all rooms at once, the ways in, and the desk of the document."""

from __future__ import annotations

import secrets
from typing import Any, NamedTuple

from flask import Blueprint, Response, render_template, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Reply

from facilitator import qr
from facilitator.db import db
from facilitator.forums.links import staff_link
from facilitator.i18n import said, t
from facilitator.models import Face, Forum, Grant, Meeting, Role, Sector, Track
from facilitator.pages import (
    address,
    check,
    desk_of,
    forum_or_404,
    host_name,
    moderation,
    sector_names,
    setup,
    staff_or_403,
)
from facilitator.pages.forms import Sent, do
from facilitator.pages.listing import named
from facilitator.pages.projector import way_into

blueprint = Blueprint("organise", __name__)
blueprint.register_blueprint(setup.blueprint)
blueprint.register_blueprint(moderation.blueprint)
blueprint.register_blueprint(check.blueprint)


class Link(NamedTuple):
    """A staff link in a list: what it is for, where it leads, and whether one uses it now."""

    uuid: str
    label: str
    address: str
    own: bool
    issued: str
    note: str


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
    rooms = [{"uuid": room.uuid, "name": full} for room, full in named(found)]
    data = {
        **_desk_page(found),
        "tracks": tracks,
        "rooms": rooms,
        "back": url_for(".overview", forum=forum),
    }
    return render_template("desk.html", forum=found, data=data)


def _desk_page(forum: Forum) -> Face:
    """What the scripts of both live screens start from."""
    return {
        "sectors": sector_names(forum),
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
    rooms = named(forum)
    return render_template(
        "overview.html",
        forum=forum,
        data={**_desk_page(forum), **_layout(forum)},
        rooms=rooms,
        links=_links(forum, grant, {room.id: full for room, full in rooms}),
        join=way_into(forum, forum),
        host=host_name(),
        sent=sent or Sent.taken(),
        op=lambda: secrets.token_hex(16),
        sectors=len(_all(Sector, forum)),
    )


def _layout(forum: Forum) -> Face:
    """Rows and columns of the overview, in their order; the rooms say where they stand."""
    return {
        "meetings": [
            {"uuid": one.uuid, "city": one.city, "place": one.place, "on": one.on.isoformat()}
            for one in _all(Meeting, forum)
        ],
        "tracks": [{"uuid": one.uuid, "title": one.title} for one in _all(Track, forum)],
        "lead": _of_rooms("room.lead", forum),
    }


def _of_rooms(endpoint: str, forum: Forum) -> str:
    """The address of a page of rooms, with ROOM where the room's own goes."""
    return url_for(endpoint, uuid=forum.uuid, room_uuid="ROOM")


# ---- Staff links ---------------------------------------------------------------------------------


def _links(forum: Forum, own: Grant, rooms: dict[int, str]) -> dict[str, list[Link]]:
    """The links that are good, by what they let somebody do."""
    query = select(Grant).where(Grant.forum_id == forum.id, Grant.revoked.is_(False))
    found: dict[str, list[Link]] = {role: [] for role in LINKED}
    for grant in db.session.scalars(query.order_by(Grant.id)):
        if grant.role in found:
            room = rooms.get(grant.room_id, "") if grant.room_id else ""
            label = room or grant.label or t("All rooms")
            issued, note = grant.issued_at.date().isoformat(), grant.label if room else ""
            there = staff_link(grant, address(""))
            link = Link(grant.uuid, label, there, grant.id == own.id, issued, note)
            found[grant.role].append(link)
    order = {label: place for place, label in enumerate(rooms.values())}
    for links in found.values():
        links.sort(key=lambda link: order.get(link.label, -1))
    return found


LINKED = (
    Role.ORGANISER,
    Role.FACILITATOR,
    Role.PROJECTOR,
    Role.RAPPORTEUR,
    Role.OBSERVER,
)


def _grant(form: Any) -> Face:
    room = form.get("room") or None
    return {"role": form.get("role"), "room": room, "label": form.get("label", "").strip()}


READERS = {
    "grant.issue": _grant,
    "grant.revoke": lambda form: {"grant": form.get("grant", "")},
    "grant.reissue": lambda form: {"grant": form.get("grant", "")},
    "forum.recode": lambda _: {},
}
