"""Paper for the tables, as PDF for organisers: join sheets, and slips for those without a phone.

The code of each room stands on them, so only the organisers may fetch them.
"""

from __future__ import annotations

from collections.abc import Callable, Iterator

from flask import Blueprint, Response, abort, current_app, request
from sqlalchemy import select
from sqlalchemy.orm import joinedload, selectinload

from exports import join_sheet
from exports import slips as slips_of_paper
from exports.join_sheet import Said, Sheet
from exports.slips import Slips
from facilitator import qr
from facilitator.db import db
from facilitator.i18n import LANGUAGES, said, t
from facilitator.models import Forum, Localised, Meeting, Role, Room, RoomKind, Track, now
from facilitator.pages import forum_or_404, host_name, staff_or_403
from facilitator.pages.listing import siblings
from facilitator.pages.projector import way_into

blueprint = Blueprint("papers", __name__)

#: Languages that find room on a sheet, and questions in the main one.
MOST_LANGUAGES, MOST_QUESTIONS = 4, 8
#: Pages of slips of each room: so many are two for everybody at a table of eight.
PAGES = 2


@blueprint.get("/f/<forum>/organise/join-sheets.pdf")
def join_sheets(forum: str) -> Response:
    """A page for each room, or for the one that was asked for."""
    found = forum_or_404(forum)
    rooms = _rooms(found)
    sheets = [_sheet(found, room) for room in rooms]
    return _pdf("join-sheets", lambda: join_sheet.render(sheets, now().date()))


@blueprint.get("/f/<forum>/organise/slips.pdf")
def slips(forum: str) -> Response:
    """Numbered slips for each room, or for the one that was asked for."""
    found = forum_or_404(forum)
    rooms = [_slips(found, room) for room in _rooms(found)]
    return _pdf("slips", lambda: slips_of_paper.render(rooms, now().date()))


def _rooms(forum: Forum) -> list[Room]:
    """The rooms that paper is wanted for, by the programme; 404 where there is none."""
    staff_or_403(forum, Role.ORGANISER)
    query = (
        select(Room)
        .outerjoin(Meeting, Meeting.id == Room.meeting_id)
        .outerjoin(Track, Track.id == Room.track_id)
        .where(Room.forum_id == forum.id, Room.sort != RoomKind.DESK)
        .order_by(Meeting.position, Track.position, Room.number, Room.id)
        .options(joinedload(Room.track).options(selectinload(Track.questions)))
        .options(joinedload(Room.meeting))
    )
    if uuid := request.args.get("room"):
        query = query.where(Room.uuid == uuid)
    return list(db.session.scalars(query)) or abort(404)


def _pdf(name: str, render: Callable[[], bytes]) -> Response:
    """The file; it is set beside the rooms that are live meanwhile."""
    db.session.rollback()
    made = current_app.extensions["writer"].aside(render)
    response = Response(made, mimetype=join_sheet.MIMETYPE)
    response.headers["Content-Disposition"] = f'inline; filename="{name}.pdf"'
    return response


# ---- What stands on them -------------------------------------------------------------------------


def _sheet(forum: Forum, room: Room) -> Sheet:
    spoken, host = _spoken(forum), host_name()
    several = siblings(room) > 1
    code = f"{room.code[:3]} {room.code[3:]}"
    return Sheet(
        forum=_main(forum, forum.title),
        where=_where(room),
        titles=tuple(_titles(forum, room)),
        tables=_each(spoken, lambda lang: t("Table {n}", lang=lang, n=room.number))
        if several
        else (),
        questions=tuple(_questions(forum, room)),
        code=code,
        host=host,
        qr=qr.svg(way_into(room, forum)).decode(),
        invitations=_each(
            spoken,
            lambda lang: t(
                "Point your camera at the square, or open the address below and type the code.",
                lang=lang,
            ),
        ),
        promises=_each(
            spoken, lambda lang: t("No account, no app, no e-mail, no real name.", lang=lang)
        ),
        alt=t("QR code: {host}, code {code}", lang=spoken[0], host=host, code=room.code),
    )


def _slips(forum: Forum, room: Room) -> Slips:
    lang = _spoken(forum)[0]
    title = next(_titles(forum, room))
    if siblings(room) > 1:
        words = t("{title}, table {n}", lang=lang, title=title.text, n=room.number)
        title = Said(title.lang, words)
    kinds = ("need", "problem", "solution", "good practice", "question")
    return Slips(
        forum=_main(forum, forum.title),
        room=title,
        code=room.code,
        questions=tuple(_questions(forum, room, only_main=True)),
        kinds=tuple(Said(lang, t(kind, lang=lang)) for kind in kinds),
        number=t("Slip", lang=lang),
        question=t("Question", lang=lang),
        pages=PAGES,
    )


def _spoken(forum: Forum) -> list[str]:
    """The languages of the forum that we speak; ours where there is none."""
    return [lang for lang in forum.languages if lang in LANGUAGES][:MOST_LANGUAGES] or ["en"]


def _each(langs: list[str], words: Callable[[str], str]) -> tuple[Said, ...]:
    return tuple(Said(lang, words(lang)) for lang in langs)


def _main(forum: Forum, words: Localised) -> Said:
    lang = forum.languages[0]
    return Said(lang if lang in words else next(iter(words), "en"), said(words, lang))


def _all(forum: Forum, words: Localised) -> Iterator[Said]:
    """The words in each language of the forum that they are there in, each text once."""
    seen = set()
    for lang in forum.languages[:MOST_LANGUAGES]:
        if lang in words and words[lang] not in seen:
            seen.add(words[lang])
            yield Said(lang, words[lang])
    if not seen:
        yield _main(forum, words)


def _titles(forum: Forum, room: Room) -> Iterator[Said]:
    words = room.title or (room.track.title if room.track else {})
    if words:
        yield from _all(forum, words)
    else:
        yield from _each(_spoken(forum), lambda lang: t("Plenary", lang=lang))


def _questions(forum: Forum, room: Room, *, only_main: bool = False) -> Iterator[Said]:
    """The questions in the main language; a single one in every language of the forum."""
    asked = [question.text for question in room.track.questions] if room.track else []
    if len(asked) == 1 and not only_main:
        yield from _all(forum, asked[0])
    else:
        for words in asked[:MOST_QUESTIONS]:
            yield _main(forum, words)


def _where(room: Room) -> str:
    if room.meeting is None:
        return ""
    parts = (room.meeting.city, room.meeting.place, room.meeting.on.isoformat())
    return " · ".join(filter(None, parts))
