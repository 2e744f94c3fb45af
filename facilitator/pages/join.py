"""Joining: a code or a QR code, then language, sector and nickname, then a room."""

from __future__ import annotations

import random
import re
import secrets
import time
from typing import Any

from flask import Blueprint, g, render_template, request, session, url_for
from sqlalchemy import select
from werkzeug.wrappers import Response as Reply

from facilitator.access import ActorRef, bearer, card_digest, invited
from facilitator.actions import Refused, perform
from facilitator.db import db
from facilitator.forums import normalise_code
from facilitator.forums.cards import Misread, fresh_words, is_like_card, read_words
from facilitator.forums.codes import near_miss
from facilitator.i18n import LANGUAGES, language, t, tn
from facilitator.models import Forum, Grant, People, Role, Room, RoomKind, Seat, Sector
from facilitator.pages import desk_of, host_name, keep_cookie, keep_ticket, seat_or_none, see
from facilitator.pages.guesses import Guesses
from facilitator.pages.listing import DOING, by_meeting, choices, name, siblings

blueprint = Blueprint("join", __name__)

#: What a QR code carries: the forum or room, and the proof.
SECRET = re.compile(r"[0-9a-f-]{36}\.[0-9a-f]{32}")
#: A path of ours: browsers take a backslash for a slash, and tabs and ends of lines for nothing.
OURS = re.compile(r"/(?:[!-.0-\[\]-~][!-\[\]-~]*)?")
#: Characters of a code, a pasted link or a ticket, at most.
LONGEST = 400
#: Characters by which a code may be too long or too short for its mistake to be named.
NEAR = 3
#: Seconds between two tries to come in while others come the other way: a whole hall may.
PATIENCE = (0.05, 0.1, 0.2, 0.4, 0.8, 1.6, 1.6, 1.6)
#: Forums that a browser may be on its way into at once.
MOST_INVITATIONS = 5

#: What a staff link opens, and the name of the cookie that keeps it.
KEPT_AS = {Role.PROJECTOR: "screen", Role.HOST: "host"}
#: Where those work whom no room is led by.
PLACES = {
    Role.PROJECTOR: "screen",
    Role.ORGANISER: "organise",
    Role.RAPPORTEUR: "read",
    Role.OBSERVER: "read",
}

Page = str | tuple[str, int] | Reply


guesses = Guesses()


# ---- A code, or the secret of a QR code ---------------------------------------------------------


@blueprint.get("/")
def start() -> Page:
    """Ask for the code."""
    return render_template("join.html", code="", error=None)


@blueprint.post("/")
@blueprint.post("/j")
def enter() -> Page:
    """Take a code, a pasted link, the secret of a QR code, or the words of a return card."""
    typed = request.form.get("code", "")[:LONGEST].strip()
    if "/g#" in typed:
        return show_ticket()
    if SECRET.fullmatch(secret := typed.rpartition("#")[2]):
        meant = invited(secret)
    elif guesses.is_full(request.remote_addr or ""):
        return _slowed("join.html", code=typed)
    elif is_like_card(typed):
        return _return(typed)
    else:
        meant = _coded(typed)
    if meant is None:
        return wrong("join.html", _likely(typed), code=typed)
    return _let_in(*meant)


def _likely(typed: str) -> str:
    """That a code opens nothing, and what is likely wrong with it."""
    nothing = t("This code opens nothing. Look at it once more.")
    beyond = near_miss(typed) if typed else 0
    if beyond == 0 or abs(beyond) > NEAR:
        return nothing
    if beyond < 0:
        hint = tn("One character is missing.", "{n} characters are missing.", -beyond)
    else:
        hint = tn("It has one character too many.", "It has {n} characters too many.", beyond)
    return f"{nothing} {hint}"


@blueprint.get("/j")
def scanned() -> str:
    """Where a QR code leads: the script hands in what stands behind the # of the address."""
    return render_template("enter.html", staff=False, error=None)


@blueprint.get("/g")
def linked() -> str:
    """Where a staff link leads; as above."""
    return render_template("enter.html", staff=True, error=None)


@blueprint.post("/g")
def show_ticket() -> Page:
    """Take the ticket of a staff link, and go where it leads."""
    ticket = request.form.get("code", "")[: 2 * LONGEST].rpartition("#")[2].strip()
    grant = bearer(ticket)
    if not isinstance(grant, Grant):
        invalid = t("This link is not valid. Ask whoever sent it to you for a new one.")
        return wrong("enter.html", invalid, staff=True)
    forum = db.session.get(Forum, grant.forum_id) if grant.forum_id else None
    room = db.session.get(Room, grant.room_id) if grant.room_id else None
    path = _workplace(grant.role, forum, room)
    return keep_ticket(see(path), KEPT_AS.get(grant.role, "staff"), grant, forum)


def _workplace(role: Role, forum: Forum | None, room: Room | None) -> str:
    """Where somebody with a staff link works."""
    if forum is None:
        return "/forums"
    place = PLACES.get(role, "lead")
    path = f"/f/{forum.uuid}/{place}"
    return f"{path}/{room.uuid}" if room and role is not Role.ORGANISER else path


def wrong(template: str, error: str, **more: Any) -> Page:
    """Say that it was wrong, in the same words for all that can be wrong with it."""
    wait = guesses.wait(request.remote_addr or "")
    if not wait:
        return render_template(template, error=error, **more)
    db.session.rollback()  # whoever waits holds no connection
    time.sleep(wait)
    return _slowed(template, **more)


def _slowed(template: str, **more: Any) -> Page:
    slowed = t("Too many wrong codes from here. Wait a moment and try again.")
    return render_template(template, error=slowed, **more), 429


def _coded(text: str) -> tuple[Forum, Room | None] | None:
    """Whom a code lets in: to a forum, or straight into a room."""
    code = normalise_code(text)
    room = db.session.scalar(select(Room).where(Room.code == code, Room.sort != RoomKind.DESK))
    known = Forum.id == room.forum_id if room else Forum.code == code
    forum = db.session.scalar(select(Forum).where(known))
    return (forum, room) if forum else None


# ---- A return card -------------------------------------------------------------------------------


def _return(typed: str) -> Page:
    """Take a seat up again by the six words of its card."""
    read = read_words(typed)
    if isinstance(read, Misread):
        return render_template("join.html", error=_misread(read), code=typed)
    digests = [card_digest(words) for words in read]
    known = Seat.card.in_(digests), Seat.revoked.is_(False)
    lost = db.session.scalars(select(Seat).where(*known)).all()
    if len(lost) != 1:
        unknown = t("No seat has this card. Compare the words letter by letter.")
        return wrong("join.html", unknown, code=typed)
    forum, digest = db.session.get_one(Forum, lost[0].forum_id), lost[0].card
    db.session.rollback()
    # Without an operation id: nothing of a card is kept but its digest.
    answer = perform(ActorRef(desk_of(forum).id), "seat.return", None, {"digest": digest})
    seat = db.session.scalars(select(Seat).where(Seat.uuid == answer["seat"])).one()
    reply = keep_ticket(_go_in(forum, seat, None), "seat", seat, forum)
    return _with_language(reply, seat.lang)


def _misread(wrong: Misread) -> str:
    """What is wrong with the words of a card, so that it can be put right."""
    if wrong.kind == "words":
        return t("A return card has six words of five letters. Here there are {n}.", n=wrong.number)
    if wrong.kind == "length":
        return t(
            "Word {n} of the card, “{word}”, should have five letters.",
            n=wrong.number,
            word=wrong.word[:20],
        )
    return t(
        "Word {n} of the card, “{word}”, has a letter that no card has there.",
        n=wrong.number,
        word=wrong.word[:20],
    )


@blueprint.post("/f/<uuid>/card")
def card(uuid: str) -> Page:
    """Make a return card, and show its words this once."""
    if not (known := seated(uuid)):
        return see(url_for("join.start"))
    forum, seat = known
    words = fresh_words()
    room_id = seat.room_id or desk_of(forum).id
    kept = {"digest": card_digest(words)}
    perform(ActorRef(room_id, seat_id=seat.id), "seat.card", None, kept)
    return render_template("card.html", forum=forum, words=words.split(), host=host_name())


def _let_in(forum: Forum, room: Room | None) -> Reply:
    """Go on: to the questions, or straight in for who has a seat already."""
    _invite(forum, room)
    if seat := seat_or_none(forum):
        return _go_in(forum, seat, room)
    return see(url_for("join.seat", uuid=forum.uuid))


def _invite(forum: Forum, room: Room | None) -> None:
    """Note in this browser's session that it has shown the code, or the one of a room."""
    others = {k: v for k, v in session.get("invited", {}).items() if k != forum.uuid}
    kept = dict(list(others.items())[1 - MOST_INVITATIONS :])
    session["invited"] = {**kept, forum.uuid: [forum.code_generation, room and room.uuid]}


def _invitation(forum: Forum) -> tuple[bool, Room | None]:
    """Whether this browser has shown the code as it is now; and the room, if it was a room's."""
    generation, room_uuid = session.get("invited", {}).get(forum.uuid, (None, None))
    if generation != forum.code_generation:
        return False, None
    known = Room.uuid == room_uuid, Room.forum_id == forum.id
    return True, room_uuid and db.session.scalar(select(Room).where(*known))


# ---- A seat --------------------------------------------------------------------------------------


@blueprint.get("/f/<uuid>/join")
def seat(uuid: str) -> Page:
    """Ask for sector and nickname; who has a seat may change them here."""
    forum = _forum(uuid)
    if forum is None or not (seat_or_none(forum) or _invitation(forum)[0]):
        return see("/")
    return _ask(forum, secrets.token_hex(16))


@blueprint.post("/f/<uuid>/join")
def take_seat(uuid: str) -> Page:
    """Take a seat, or change what is said of one's own."""
    forum = _forum(uuid)
    seat = seat_or_none(forum) if forum else None
    if forum is None or not (seat or _invitation(forum)[0]):
        return see("/")
    op = request.form.get("op", "")
    op = op if 8 <= len(op) <= 64 else secrets.token_hex(16)
    answers = {
        "lang": language(),
        "nickname": request.form.get("nickname", "").strip() or None,
        "sector": request.form.get("sector") or None,
    }
    try:
        seated = _edited(seat, op, answers) if seat else _taken(forum, op, answers)
    except Refused as reason:
        again = secrets.token_hex(16) if reason.code == "op_conflict" else op
        return _ask(forum, again, t(reason.sentence, **reason.values), answers), 400
    reply = keep_ticket(_go_in(forum, seated, _invitation(forum)[1]), "seat", seated, forum)
    return _with_language(reply, language())


def _taken(forum: Forum, op: str, answers: dict[str, Any]) -> Seat:
    answer = perform(ActorRef(desk_of(forum).id), "seat.take", op, answers)
    return db.session.scalars(select(Seat).where(Seat.uuid == answer["seat"])).one()


def _edited(seat: Seat, op: str, answers: dict[str, Any]) -> Seat:
    room_id = seat.room_id or desk_of(db.session.get_one(Forum, seat.forum_id)).id
    perform(ActorRef(room_id, seat_id=seat.id), "seat.edit", op, answers)
    return db.session.get_one(Seat, seat.id)


def _ask(
    forum: Forum, op: str, error: str | None = None, answers: dict[str, Any] | None = None
) -> str:
    """The questions, with the answers there are."""
    seat = seat_or_none(forum)
    room = _invitation(forum)[1]
    sectors = _sectors(forum)
    if answers is None:
        sector = next((one.uuid for one in sectors if seat and one.id == seat.sector_id), None)
        answers = {"nickname": seat and seat.nickname, "sector": sector}
    return render_template(
        "seat.html",
        forum=forum,
        room=room,
        room_name=room and name(room, siblings(room)),
        people=room and db.session.get(People, room.id),
        seat=seat,
        sectors=sectors,
        op=op,
        error=error,
        answers=answers,
    )


def _sectors(forum: Forum) -> list[Sector]:
    query = select(Sector).where(Sector.forum_id == forum.id).order_by(Sector.position)
    return list(db.session.scalars(query))


# ---- A room --------------------------------------------------------------------------------------


@blueprint.get("/f/<uuid>/rooms")
def rooms(uuid: str) -> Page:
    """Let somebody with a seat choose a room."""
    if not (known := seated(uuid)):
        return see(url_for("join.seat", uuid=uuid))
    forum, seat = known
    return render_template(
        "rooms.html",
        forum=forum,
        meetings=by_meeting(choices(forum)),
        doing=DOING,
        here=seat.room_id,
        to=None,
    )


@blueprint.post("/f/<uuid>/rooms")
def choose_room(uuid: str) -> Page:
    """Go into the room that was chosen."""
    if not (known := seated(uuid)):
        return see(url_for("join.seat", uuid=uuid))
    forum, seat = known
    chosen = request.form.get("room")
    room = next((room for room, _ in choices(forum) if room.uuid == chosen), None)
    if room is None:
        return see(url_for("join.rooms", uuid=uuid))
    return _go_in(forum, seat, room)


def _go_in(forum: Forum, seat: Seat, room: Room | None) -> Reply:
    """Go into a room, or back into one's own; choose only where there is a choice."""
    uuid = forum.uuid
    if room is None and seat.room_id:
        room = db.session.get(Room, seat.room_id)
    if room is None:
        found = choices(forum)
        if len(found) != 1:
            return see(url_for("join.rooms", uuid=uuid))
        room = found[0][0]
    path = url_for("room.participant", uuid=uuid, room_uuid=room.uuid)
    if seat.room_id != room.id:
        _enter(ActorRef(room.id, seat_id=seat.id))
    return see(path)


def _enter(ref: ActorRef) -> None:
    """Come in. Twice is the same as once, but to come back later is not a repeat: so no op."""
    for patience in (*PATIENCE, None):
        try:
            perform(ref, "seat.enter", None, {})
            return
        except Refused as reason:
            if not reason.retry or patience is None:
                raise
            time.sleep(patience * random.uniform(0.5, 1.5))


# ---- Language ------------------------------------------------------------------------------------


@blueprint.post("/language")
def choose_language() -> Reply:
    """Speak another language from now on, and go back to where one was."""
    back = request.form.get("back", "/")
    return _with_language(
        see(back if OURS.fullmatch(back) else "/"), request.form.get("language", "")
    )


def _with_language(reply: Reply, chosen: str) -> Reply:
    if chosen in LANGUAGES:
        g.language = chosen
        keep_cookie(reply, "language", chosen)
    return reply


# ---- What is there -------------------------------------------------------------------------------


def _forum(uuid: str) -> Forum | None:
    return db.session.scalar(select(Forum).where(Forum.uuid == uuid))


def seated(uuid: str) -> tuple[Forum, Seat] | None:
    """The forum of an address and this browser's seat in it."""
    forum = _forum(uuid)
    seat = seat_or_none(forum) if forum else None
    return (forum, seat) if forum and seat else None
