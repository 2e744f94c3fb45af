"""Bring in a file: choose it, look at what is in it row by row, and then have it or not."""

from __future__ import annotations

import secrets
from collections.abc import Callable
from dataclasses import asdict
from typing import Any

from flask import Blueprint, abort, current_app, render_template, request, url_for
from sqlalchemy import select
from werkzeug.datastructures import FileStorage
from werkzeug.wrappers import Response as Reply

from exports.markup import clean_line
from facilitator.access import ActorRef
from facilitator.actions import Refused, perform
from facilitator.consolidation.names import place_name
from facilitator.db import db
from facilitator.exchange.found import BadFile, Found, Sort
from facilitator.exchange.importing import (
    coming,
    found_in,
    known_here,
    missing,
    open_rooms,
    room_of_track,
)
from facilitator.exchange.reading import LARGEST, read_file
from facilitator.i18n import NAMES, t
from facilitator.models import Face, Forum, Grant, Imported, Role, Sector, Track, now
from facilitator.pages import desk_of, forum_or_404, see, staff_or_403
from facilitator.pages.forms import Sent, do

blueprint = Blueprint("bringing", __name__)

#: Names of encodings, as people know them.
ENCODINGS = {
    "utf-8": "UTF-8",
    "utf-16": "UTF-16",
    "cp1250": "Windows-1250",
    "iso-8859-2": "ISO 8859-2",
    "cp1251": "Windows-1251",
}


@blueprint.url_value_preprocessor
def take_files(_endpoint: str | None, _values: Any) -> None:
    """Let larger bodies in than elsewhere: a file and its seal."""
    request.max_content_length = 2 * LARGEST + 100_000


@blueprint.get("/f/<forum>/organise/import")
def page(forum: str) -> str:
    """Choose a file; and what came in before."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    return _page(found)


@blueprint.post("/f/<forum>/organise/import")
def read(forum: str) -> str | tuple[str, int] | Reply:
    """Read the file that was chosen; nothing comes in yet."""
    found = forum_or_404(forum)
    grant = staff_or_403(found, Role.ORGANISER)
    if request.form.get("do") == "import.undo":
        sent = do(desk_of(found), grant, READERS)
        return (
            (_page(found, sent), 409) if sent.refused else sent.back(url_for(".page", forum=forum))
        )
    try:
        return see(url_for(".look", forum=forum, imported=_keep(found, grant, _read(found))))
    except BadFile as wrong:
        return _page(found, wrong=t(wrong.sentence, **wrong.values)), 422
    except Refused as reason:
        return _page(found, wrong=t(reason.sentence, **reason.values)), 409


def _read(forum: Forum) -> Found:
    """What is in the file that came; raises BadFile."""
    languages, level = list(forum.languages), request.form.get("level", "")
    chosen = request.form.get("lang", "")
    if chosen in languages:
        languages.insert(0, languages.pop(languages.index(chosen)))
    data, seal = _bytes("file"), _bytes("seal")
    number = int(level) if level in {"1", "2", "3", "4"} else 0
    # In a thread of its own: a large file takes a moment, and rooms are at work meanwhile.
    work: Callable[[], Found] = lambda: read_file(data, languages, number, seal)  # noqa: E731
    found: Found = current_app.extensions["writer"].aside(work)
    return found


def _bytes(field: str) -> bytes:
    return request.files.get(field, FileStorage()).stream.read(LARGEST + 1)


def _keep(forum: Forum, grant: Grant, found: Found) -> str:
    named = clean_line(request.files["file"].filename or "")[-120:] or t("File")
    ref = ActorRef(desk_of(forum).id, grant_id=grant.id)
    payload = {"file": named, "found": asdict(found)}
    return str(perform(ref, "import.read", secrets.token_hex(16), payload)["imported"])


@blueprint.get("/f/<forum>/organise/import/<imported>")
def look(forum: str, imported: str) -> str:
    """What would come in, row by row."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    return _look(found, _waiting(found, imported) or abort(404))


@blueprint.post("/f/<forum>/organise/import/<imported>")
def take(forum: str, imported: str) -> str | tuple[str, int] | Reply:
    """Bring it in."""
    found = forum_or_404(forum)
    grant = staff_or_403(found, Role.ORGANISER)
    sent = do(desk_of(found), grant, READERS)
    if not sent.refused:
        return sent.back(url_for(".page", forum=forum))
    found = forum_or_404(forum)
    one = _waiting(found, imported)
    return (_look(found, one, sent) if one else _page(found, wrong=sent.refused)), 409


def _waiting(forum: Forum, uuid: str) -> Imported | None:
    query = select(Imported).filter_by(forum_id=forum.id, uuid=uuid, state="read")
    found: Imported | None = db.session.scalar(query)
    return found


READERS: dict[str, Callable[[Any], Face]] = {
    "import.take": lambda form: {
        "imported": form.get("imported", ""),
        "room": form.get("room") or None,
        "by_track": form.get("by_track") == "yes",
        "rows": [int(one) for one in form.getlist("row") if one.isdecimal() and len(one) < 8],
    },
    "import.undo": lambda form: {"imported": form.get("imported", "")},
}


# ---- Pages ---------------------------------------------------------------------------------------


def _page(forum: Forum, sent: Sent | None = None, wrong: str = "") -> str:
    query = select(Imported).filter_by(forum_id=forum.id).where(Imported.state != "read")
    return render_template(
        "bringing.html",
        forum=forum,
        came=db.session.scalars(query.order_by(Imported.id.desc())).all(),
        names=NAMES,
        wrong=wrong,
        sent=sent or Sent.taken(),
        op=lambda: secrets.token_hex(16),
        today=now().date(),
    )


def _look(forum: Forum, one: Imported, sent: Sent | None = None) -> str:
    found, lang = found_in(one), forum.languages[0]
    rooms = open_rooms(forum.id)
    names = {room.id: place_name(room, lang) for room in rooms}
    known = known_here(forum.id)
    fresh = {row.number for row in coming(found, known)}
    places = {row.number: room_of_track(row, rooms) for row in found.rows}
    return render_template(
        "bringing-look.html",
        forum=forum,
        one=one,
        found=found,
        people=found.sort is Sort.PARTICIPANTS,
        encoding=ENCODINGS.get(found.encoding, found.encoding),
        delimiter={",": t("commas"), ";": t("semicolons"), "\t": t("tabs")}.get(found.delimiter),
        rooms=[(room.uuid, names[room.id]) for room in rooms],
        places={number: names[room.id] for number, room in places.items() if room},
        fresh=fresh,
        known=known,
        new={
            "sectors": missing(Sector, forum, found.sectors),
            "tracks": missing(Track, forum, found.tracks),
        },
        sent=sent or Sent.taken(),
        op=lambda: secrets.token_hex(16),
    )
