"""The programme of the day: to read on every phone, and to write for organisers."""

from __future__ import annotations

import secrets
from typing import Any

from flask import Blueprint, render_template, request, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Reply

from facilitator.access import held
from facilitator.db import db
from facilitator.forums.programme import programme_of
from facilitator.models import Face, Forum, Meeting, ProgrammeItem, Role, Room, Seat
from facilitator.pages import desk_of, forum_or_404, see, staff_or_403
from facilitator.pages.forms import Form, Sent, do, localised, text
from facilitator.pages.join import seated

blueprint = Blueprint("programme", __name__)

Days = list[tuple[Meeting, list[ProgrammeItem]]]


@blueprint.get("/f/<uuid>/programme")
def read(uuid: str) -> str | Reply:
    """The programme, for everybody who has a place here; with one's own meeting first."""
    known = seated(uuid)
    if known is None and not _works_here(uuid):
        return see("/")
    forum = forum_or_404(uuid)
    days = programme(forum)
    seat = known and known[1]
    room = db.session.get(Room, seat.room_id) if seat and seat.room_id else None
    if room is not None:
        days.sort(key=lambda day: day[0].id != room.meeting_id)
    shown = [day for day in days if day[1]]
    back = url_for("room.participant", uuid=uuid, room_uuid=room.uuid) if room else None
    return render_template(
        "programme.html", forum=forum, days=shown, back=back, several=len(days) > 1
    )


def _works_here(uuid: str) -> bool:
    forum = db.session.scalar(select(Forum).where(Forum.uuid == uuid))
    holder = forum and held(request.cookies, "staff", forum)
    return holder is not None and not isinstance(holder, Seat)


def programme(forum: Forum) -> Days:
    """Each meeting with the lines of its day, in the order of the forum."""
    query = select(Meeting).where(Meeting.forum_id == forum.id)
    meetings = db.session.scalars(query.order_by(Meeting.position, Meeting.id)).all()
    lines = programme_of(meetings)
    return [(meeting, lines[meeting.id]) for meeting in meetings]


@blueprint.get("/f/<forum>/organise/programme")
def page(forum: str) -> str:
    """The lines of the programme, to be written and changed."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    return _page(found, Sent.taken())


@blueprint.post("/f/<forum>/organise/programme")
def change(forum: str) -> str | tuple[str, int] | Reply:
    """Add, change or remove a line; a refusal is shown at its form."""
    found = forum_or_404(forum)
    grant = staff_or_403(found, Role.ORGANISER)
    sent = do(desk_of(found), grant, readers(found))
    if sent.refused:
        return _page(forum_or_404(forum), sent), 409
    return sent.back(url_for(".page", forum=forum))


def _page(forum: Forum, sent: Sent) -> str:
    return render_template(
        "programming.html",
        forum=forum,
        days=programme(forum),
        sent=sent,
        op=lambda: secrets.token_hex(16),
    )


def readers(forum: Forum) -> dict[str, Any]:
    """For each action that has a form here, how to make its payload of what was typed."""

    def line(form: Form) -> Face:
        return {
            "starts": text(form, "starts"),
            "ends": text(form, "ends"),
            "title": localised(form, "title", forum.languages),
            "place": text(form, "place"),
            "pause": bool(form.get("pause")),
        }

    return {
        "programme.add": lambda form: {"meeting": text(form, "meeting"), **line(form)},
        "programme.edit": lambda form: {"item": text(form, "id"), **line(form)},
        "programme.remove": lambda form: {"item": text(form, "id")},
    }
