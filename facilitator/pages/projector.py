"""The walls of rooms: their words, their time, and always the way in. Nothing private."""

from __future__ import annotations

import hashlib
from collections.abc import Iterator

from flask import Blueprint, Response, abort, g, jsonify, render_template, request, url_for
from sqlalchemy import select

from facilitator import qr
from facilitator.access import LEADING, join_secret, opens, showing, wall
from facilitator.db import db
from facilitator.forums.screens import by_code, first_of
from facilitator.i18n import LANGUAGES, language, said, t
from facilitator.models import Face, Forum, Room, RoomKind, Screen, ScreenKey
from facilitator.pages import (
    address,
    forum_or_404,
    host_name,
    keep_ticket,
    room_or_404,
    sector_names,
    see,
    staff_or_403,
)
from facilitator.pages.assets import static_version, words_version
from facilitator.pages.join import Page, wrong
from facilitator.pages.listing import siblings

blueprint = Blueprint("projector", __name__)

#: Characters of a code or a link, at most.
LONGEST = 200


# ---- The link of a screen ------------------------------------------------------------------------


@blueprint.get("/s")
def door() -> str:
    """Where the link of a screen leads: the script hands in what stands behind the #."""
    return render_template("wall.html", error=None)


@blueprint.post("/s")
def open_wall() -> Page:
    """Take the code of a screen, and show it here from now on."""
    key = by_code(request.form.get("code", "")[:LONGEST])
    if key is None:
        return wrong(
            "wall.html", t("This link shows no screen. Ask whoever leads the room for it.")
        )
    screen = key.screen
    room = db.session.get_one(Room, screen.room_id)
    forum = db.session.get_one(Forum, room.forum_id)
    path = url_for(".of_screen", forum=forum.uuid, screen=screen.uuid)
    return keep_ticket(see(path), wall(screen), key.grant, forum)


@blueprint.get("/f/<forum>/screen/<room>/link/<int:screen>/<code>.svg")
def link_image(forum: str, room: str, screen: int, code: str) -> Response:
    """The link of a screen as a QR code, for the desk."""
    shown = forum_or_404(forum)
    place = room_or_404(shown, room)
    if not opens(staff_or_403(shown, *LEADING), place):
        abort(403)
    key = db.session.get(ScreenKey, screen)
    if key is None or key.code != code or key.screen.room_id != place.id:
        abort(404)
    return Response(qr.svg(f"{address('/s')}#{code}"), mimetype="image/svg+xml")


# ---- The wall ------------------------------------------------------------------------------------


@blueprint.get("/f/<forum>/wall/<screen>")
def of_screen(forum: str, screen: str) -> str:
    """One screen of a room."""
    hall = forum_or_404(forum)
    found = db.session.scalar(select(Screen).where(Screen.uuid == screen)) or abort(404)
    room = db.session.get_one(Room, found.room_id)
    if room.forum_id != hall.id:
        abort(404)
    return _board(hall, room, found, own=True)


@blueprint.get("/f/<forum>/screen/<room>")
def screen(forum: str, room: str) -> str:
    """The first screen of a room, for who has a staff link."""
    hall = forum_or_404(forum)
    place = room_or_404(hall, room)
    return _board(hall, place, first_of(place))


@blueprint.get("/f/<forum>/screen/<room>/dark")
def dark_screen(forum: str, room: str) -> str:
    """The same for a dark hall, whatever the desk says."""
    hall = forum_or_404(forum)
    place = room_or_404(hall, room)
    return _board(hall, place, first_of(place), dark=True)


@blueprint.get("/version")
def version() -> Response:
    """What the pages are made of: a wall that is open for days finds out that it is old."""
    return jsonify(version=_version())


def _version() -> str:
    made = f"{static_version()} {words_version()}"
    return hashlib.sha256(made.encode()).hexdigest()[:12]


@blueprint.get("/f/<forum>/screen/<room>/<code>.svg")
def way_in(forum: str, room: str, code: str) -> Response:  # noqa: ARG001 - a new code, a new image
    """The QR code of a room."""
    shown = forum_or_404(forum)
    place = _shown(shown, room)
    return Response(qr.svg(way_into(place, shown)), mimetype="image/svg+xml")


def way_into(thing: Forum | Room, forum: Forum) -> str:
    """What the QR code of a forum or of one of its rooms says; its secret stays in the browser."""
    return address(f"/j#{join_secret(thing, forum)}")


def _shown(forum: Forum, uuid: str) -> Room:
    """The room, for a browser with a ticket that shows it, on whichever screen."""
    room = room_or_404(forum, uuid)
    screens = db.session.scalars(select(Screen).where(Screen.room_id == room.id)).all()
    if any(showing(request.cookies, forum, room, screen) for screen in (None, *screens)):
        return room
    return abort(403)


def _board(
    forum: Forum, room: Room, screen: Screen | None, *, dark: bool = False, own: bool = False
) -> str:
    if not showing(request.cookies, forum, room, screen):
        abort(403)
    if room.sort is RoomKind.DESK:
        abort(404)
    _speak_as(forum)
    theme = "projector-dark" if dark or (screen and screen.dark) else "projector"
    return render_template(
        "projector.html",
        forum=forum,
        room=room,
        theme=theme,
        data={**_data(forum, room, screen, dark=dark), **({"other": None} if own else {})},
    )


def _speak_as(forum: Forum) -> None:
    """A hall reads the language of its forum, unless this laptop has chosen another."""
    if request.cookies.get("language") not in LANGUAGES and forum.languages[0] in LANGUAGES:
        g.language = forum.languages[0]


def _data(forum: Forum, room: Room, screen: Screen | None, *, dark: bool) -> Face:
    here: Face = {"forum": forum.uuid, "room": room.uuid}
    return {
        "page": "screen",
        **here,
        "screen": screen and screen.uuid,
        "screen_id": screen and screen.id,
        "title": said(forum.title),
        "main": forum.languages[0],
        "on": room.meeting and room.meeting.on.isoformat(),
        "host": host_name(),
        "qr": url_for(".way_in", code="CODE", **here),
        "dark": dark,
        "other": url_for(".screen" if dark else ".dark_screen", **here),
        "version": _version(),
        "tables": siblings(room),
        "sectors": sector_names(forum),
        "least": forum.least,
        "tongues": list(_tongues(forum)),
    }


def _tongues(forum: Forum) -> Iterator[tuple[str, str]]:
    """How to come in, in the other languages of the forum."""
    for lang in forum.languages:
        if lang in LANGUAGES and lang != language():
            yield lang, t("Scan the code to come in", lang=lang)
