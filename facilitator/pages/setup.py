"""Setting a forum up, before and during its days: each form is one action, with no script."""

from __future__ import annotations

import re
import secrets
from collections import Counter
from collections.abc import Iterator
from typing import Any

from flask import Blueprint, render_template, url_for
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload
from werkzeug.wrappers import Response as Reply

from facilitator.db import db
from facilitator.i18n import NAMES, t
from facilitator.models import (
    Face,
    Forum,
    Localised,
    Meeting,
    Phase,
    Role,
    Room,
    RoomKind,
    Sector,
    Track,
)
from facilitator.pages import forum_or_404, staff_or_403
from facilitator.pages.forms import Form, Reader, Sent, do, lines, localised, number, place, text

blueprint = Blueprint("setup", __name__)

#: Languages people may write in, beside those the screens speak: code → its own name.
MORE_LANGUAGES = {
    "be": "Беларуская",
    "ru": "Русский",
    "de": "Deutsch",
    "fr": "Français",
    "es": "Español",
    "sk": "Slovenčina",
    "ar": "العربية",
    "ka": "ქართული",
    "tr": "Türkçe",
    "vi": "Tiếng Việt",
}


@blueprint.get("/f/<forum>/organise/setup")
def page(forum: str) -> str:
    """Everything that can be set up, as it is."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    return _page(found, Sent.taken())


@blueprint.post("/f/<forum>/organise/setup")
def change(forum: str) -> str | tuple[str, int] | Reply:
    """Change one thing; a refusal is shown at its form, with the words as they were typed."""
    found = forum_or_404(forum)
    grant = staff_or_403(found, Role.ORGANISER)
    desk = Room.forum_id == found.id, Room.sort == RoomKind.DESK
    sent = do(db.session.scalars(select(Room).where(*desk)).one(), grant, readers(found))
    if sent.refused:
        return _page(forum_or_404(forum), sent), 409
    return sent.back(url_for(".page", forum=forum))


def _page(forum: Forum, sent: Sent) -> str:
    ours = Room.forum_id == forum.id, Room.sort != RoomKind.DESK
    rooms = db.session.scalars(
        select(Room).where(*ours).options(joinedload(Room.track), joinedload(Room.meeting))
    ).all()
    tracks = select(Track).where(Track.forum_id == forum.id).options(selectinload(Track.questions))
    used = {lang: lang for lang in forum.languages}
    return render_template(
        "setup.html",
        forum=forum,
        sectors=_ordered(select(Sector).where(Sector.forum_id == forum.id), Sector),
        tracks=_ordered(tracks, Track),
        meetings=_ordered(select(Meeting).where(Meeting.forum_id == forum.id), Meeting),
        rooms=sorted(rooms, key=_programme),
        tables=Counter((room.meeting_id, room.track_id) for room in rooms),
        phases=_phases(),
        known={**used, **MORE_LANGUAGES, **NAMES},
        sent=sent,
        op=lambda: secrets.token_hex(16),
    )


def _ordered(query: Any, model: Any) -> list[Any]:
    return list(db.session.scalars(query.order_by(model.position, model.id)))


def _programme(room: Room) -> tuple[int, int, int, int]:
    """Where a room stands in the programme; the plenary of a meeting comes first."""
    meeting = room.meeting.position if room.meeting else 0
    return meeting, room.track.position if room.track else -1, room.number, room.id


def _phases() -> list[tuple[str, str]]:
    """What a step of a day may be; closing comes at the end by itself."""
    return [
        (Phase.GATHER, t("gather")),
        (Phase.GROUP, t("group")),
        (Phase.DECIDE, t("decide")),
        (Phase.DRAFT, t("draft")),
        (Phase.ADOPT, t("adopt")),
    ]


# ---- What the forms say --------------------------------------------------------------------------


def readers(forum: Forum) -> dict[str, Reader]:
    """For each action that has a form here, how to make its payload of what was typed."""
    languages = forum.languages

    def words(field: str) -> Reader:
        return lambda form: localised(form, field, languages)

    def named(form: Form) -> Localised | None:
        return localised(form, "title", languages) or None

    return {
        "forum.edit": lambda form: _forum(form, languages),
        "sector.add": lambda form: {"name": words("name")(form)},
        "sector.edit": lambda form: {
            "sector": text(form, "id"),
            "name": words("name")(form),
            "position": place(form),
        },
        "sector.remove": lambda form: {"sector": text(form, "id")},
        "track.add": lambda form: {
            "title": words("title")(form),
            "template": None,
            "questions": [{languages[0]: line} for line in lines(form, "questions")],
            "groups": number(form, "groups"),
        },
        "track.edit": lambda form: {
            "track": text(form, "id"),
            "title": words("title")(form),
            "template": list(_sections(form, languages)),
            "position": place(form),
        },
        "track.remove": lambda form: {"track": text(form, "id")},
        "question.add": lambda form: {"track": text(form, "id"), "text": words("text")(form)},
        "question.edit": lambda form: {
            "question": number(form, "id"),
            "text": words("text")(form),
            "position": place(form),
        },
        "question.remove": lambda form: {"question": number(form, "id")},
        "meeting.add": lambda form: {**_sitting(form), "like": text(form, "like") or None},
        "meeting.edit": lambda form: {
            "meeting": text(form, "id"),
            **_sitting(form),
            "position": place(form),
        },
        "meeting.remove": lambda form: {"meeting": text(form, "id")},
        "room.add": lambda form: {
            "meeting": text(form, "meeting"),
            "track": text(form, "track") or None,
            "title": named(form),
        },
        "room.edit": lambda form: {
            "room": text(form, "id"),
            "title": named(form),
            "agenda": list(_agenda(form, languages)),
        },
        "room.remove": lambda form: {"room": text(form, "id")},
    }


def _forum(form: Form, languages: list[str]) -> Face:
    main = text(form, "main") or languages[0]
    others = [lang for lang in form.getlist("languages") if lang != main]
    chosen = [main, *others]
    return {
        "title": localised(form, "title", [*languages, *chosen]),
        "subtitle": localised(form, "subtitle", [*languages, *chosen]),
        "languages": chosen,
        "starts": text(form, "starts"),
        "ends": text(form, "ends"),
        "organisers": lines(form, "organisers"),
        "participating": lines(form, "participating"),
        "hands_by_name": text(form, "hands_by_name") == "yes",
        "minutes": text(form, "minutes") == "yes",
        "least": number(form, "least"),
    }


def _sitting(form: Form) -> Face:
    return {"city": text(form, "city"), "place": text(form, "place"), "on": text(form, "on")}


def _sections(form: Form, languages: list[str]) -> Iterator[Face]:
    """The sections of a template; one whose titles were all emptied is taken out."""
    taken: set[str] = set()
    for row in _rows(form, "section"):
        title = localised(form, f"{row}.title", languages)
        key = text(form, f"{row}.key") or _key(title, taken)
        if title:
            taken.add(key)
            yield {
                "key": key,
                "title": title,
                "hint": localised(form, f"{row}.hint", languages),
                "length": number(form, f"{row}.length") or None,
            }


def _key(title: Localised, taken: set[str]) -> str:
    """A name for a new section: its title in plain letters, or a number."""
    words = re.sub("[^a-z0-9]+", "-", next(iter(title.values()), "").lower()).strip("-")[:26]
    names = (f"{words or 'part'}{end}" for end in ("", *(f"-{n}" for n in range(2, 99))))
    return next(name for name in names if name not in taken)


def _agenda(form: Form, languages: list[str]) -> Iterator[Face]:
    """The steps of a day; one without a phase is taken out."""
    for row in _rows(form, "step"):
        if phase := text(form, f"{row}.phase"):
            yield {
                "phase": phase,
                "title": localised(form, f"{row}.title", languages),
                "minutes": number(form, f"{row}.minutes") or None,
            }


def _rows(form: Form, name: str) -> list[str]:
    """The rows that a form has, such as section-0 and section-1, in their order."""
    found = {field.partition(".")[0] for field in form if re.match(rf"{name}-\d{{1,3}}\.", field)}
    return sorted(found, key=lambda row: int(row.rpartition("-")[2]))
