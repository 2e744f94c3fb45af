"""The board on the wall: the words of a room, its time, and always the way in. Nothing private."""

from __future__ import annotations

from collections.abc import Iterator

from flask import Blueprint, Response, abort, g, render_template, request, url_for

from facilitator import qr
from facilitator.access import SHOWING, held, join_secret, opens
from facilitator.i18n import LANGUAGES, language, said, t
from facilitator.models import Face, Forum, Grant, Room, RoomKind
from facilitator.pages import address, forum_or_404, room_or_404
from facilitator.pages.join import siblings

blueprint = Blueprint("projector", __name__)


@blueprint.get("/f/<forum>/screen/<room>")
def screen(forum: str, room: str) -> str:
    """The board for a hall with daylight."""
    return _board(forum, room, "projector")


@blueprint.get("/f/<forum>/screen/<room>/dark")
def dark_screen(forum: str, room: str) -> str:
    """The board for a dark hall."""
    return _board(forum, room, "projector-dark")


@blueprint.get("/f/<forum>/screen/<room>/<code>.svg")
def way_in(forum: str, room: str, code: str) -> Response:  # noqa: ARG001 - a new code, a new image
    """The QR code of a room."""
    shown = forum_or_404(forum)
    place = _shown(shown, room)
    return Response(qr.svg(way_into(place, shown)), mimetype="image/svg+xml")


def way_into(thing: Forum | Room, forum: Forum) -> str:
    """What the QR code of a forum or of one of its rooms says; its secret stays in the browser."""
    return address(f"/j#{join_secret(thing, forum)}")


def host_name() -> str:
    """Where people type the code, without what they need not type."""
    return address("").partition("://")[2]


def _shown(forum: Forum, uuid: str) -> Room:
    """The room, for a browser with a ticket that shows it."""
    room = room_or_404(forum, uuid)
    tickets = (held(request.cookies, name, forum) for name in ("screen", "staff"))
    for ticket in tickets:
        if isinstance(ticket, Grant) and ticket.role in SHOWING and opens(ticket, room):
            return room
    return abort(403)


def _board(forum_uuid: str, room_uuid: str, theme: str) -> str:
    forum = forum_or_404(forum_uuid)
    room = _shown(forum, room_uuid)
    if room.sort is RoomKind.DESK:
        abort(404)
    _speak_as(forum)
    return render_template(
        "projector.html", forum=forum, room=room, theme=theme, data=_data(forum, room, theme)
    )


def _speak_as(forum: Forum) -> None:
    """A hall reads the language of its forum, unless this laptop has chosen another."""
    if request.cookies.get("language") not in LANGUAGES and forum.languages[0] in LANGUAGES:
        g.language = forum.languages[0]


def _data(forum: Forum, room: Room, theme: str) -> Face:
    here: Face = {"forum": forum.uuid, "room": room.uuid}
    return {
        "page": "screen",
        **here,
        "title": said(forum.title),
        "main": forum.languages[0],
        "on": room.meeting and room.meeting.on.isoformat(),
        "host": host_name(),
        "qr": url_for(".way_in", code="CODE", **here),
        "dark": theme == "projector-dark",
        "other": url_for(".screen" if theme == "projector-dark" else ".dark_screen", **here),
        "tables": siblings(room),
        "tongues": list(_tongues(forum)),
    }


def _tongues(forum: Forum) -> Iterator[tuple[str, str]]:
    """How to come in, in the other languages of the forum."""
    for lang in forum.languages:
        if lang in LANGUAGES and lang != language():
            yield lang, t("Scan the code to come in", lang=lang)
