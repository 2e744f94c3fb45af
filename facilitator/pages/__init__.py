"""HTTP: one file per screen, with the same name as its template and its script.

What every page shares stands here: the headers that keep it safe, the ticket it needs, the data
its script starts from, and the way a refusal looks.
"""

from __future__ import annotations

import json
from typing import Any

from flask import (
    Flask,
    Response,
    abort,
    current_app,
    jsonify,
    redirect,
    render_template,
    request,
    url_for,
)
from flask_wtf.csrf import CSRFError, CSRFProtect
from sqlalchemy import select, text
from werkzeug.exceptions import HTTPException
from werkzeug.wrappers import Response as Reply

from facilitator.access import cookie, held, ticket
from facilitator.actions import Refused
from facilitator.db import db
from facilitator.i18n import NAMES, language, said, sentence, t
from facilitator.models import Forum, Grant, Role, Room, RoomKind, Seat, Sector
from facilitator.pages.assets import static, static_version, words, words_version

#: What is no page, and does what the page that asks for it may do. A phone asks for a hundred of
#: these, one by one: what each says of itself is a fifth of all it waits for.
NO_PAGES = frozenset({"text/javascript", "text/css"})

POLICY = (
    "default-src 'none'; script-src 'self'; style-src 'self'; img-src 'self' data:; "
    "font-src 'self'; connect-src 'self'{sockets}; form-action 'self'; base-uri 'none'; "
    "frame-ancestors 'none'; manifest-src 'self'"
)

#: Seconds that a ticket in a browser is kept: longer than any weekend, shorter than a memory.
TICKET_KEPT = 14 * 24 * 3600


def init_app(app: Flask) -> None:
    """Register every screen."""
    # Here, for the screens import this file.
    from facilitator.pages import (  # noqa: PLC0415
        bringing,
        documents,
        editions,
        host,
        join,
        organise,
        papers,
        programme,
        projector,
        room,
        tables,
    )

    CSRFProtect(app)
    app.config["WTF_CSRF_TIME_LIMIT"] = None
    if app.config["PUBLIC_URL"].startswith("https"):
        app.config.update(SESSION_COOKIE_SECURE=True, SESSION_COOKIE_NAME="__Host-session")
    of_organisers = (organise, bringing, documents, editions, programme, tables, papers)
    for screen in (join, room, projector, host, *of_organisers):
        app.register_blueprint(screen.blueprint)
    app.add_url_rule("/static/<version>/<path:name>", "static", static)
    app.add_url_rule("/words/<version>/<script>/<lang>.json", "words", words)
    app.add_url_rule("/healthz", "healthz", healthz)
    app.before_request(refuse_unwritable)
    app.after_request(harden)
    app.register_error_handler(HTTPException, sorry)
    app.register_error_handler(Refused, refused)
    app.register_error_handler(CSRFError, stale)
    app.jinja_env.globals.update(
        static_url=static_url, icon=icon, languages=NAMES, page_data=page_data
    )


def refuse_unwritable() -> None:
    """Nothing is at an address with a character that no database takes."""
    if "\0" in request.path:
        abort(404)


# ---- Safe and fast ------------------------------------------------------------------------------


def harden(response: Response) -> Response:
    """Say what a page of ours may do: nothing with anybody else."""
    response.headers["X-Content-Type-Options"] = "nosniff"
    if response.mimetype in NO_PAGES:
        return response
    sockets = f" ws://{request.host} wss://{request.host}"
    response.headers.setdefault("Content-Security-Policy", POLICY.format(sockets=sockets))
    response.headers["Referrer-Policy"] = "no-referrer"
    response.headers["Cross-Origin-Opener-Policy"] = "same-origin"
    response.headers["Permissions-Policy"] = "camera=(), microphone=(), geolocation=()"
    if "Cache-Control" not in response.headers:
        response.headers["Cache-Control"] = "no-store"
    return response


def static_url(name: str) -> str:
    """Where a static file is; the browser may keep it for ever."""
    known = "dev" if current_app.debug else static_version()
    return url_for("static", version=known, name=name)


def healthz() -> Response:
    """Whether this process serves and reads; no more is told."""
    db.session.execute(text("SELECT 1"))
    return jsonify(ok=True)


def icon(name: str) -> str:
    """The address of one drawing in the set."""
    return f"{static_url('icons.svg')}#{name}"


# ---- What a script starts from ------------------------------------------------------------------


def page_data(script: str, **more: Any) -> str:
    """JSON for the script of a page; "<" is written so that nothing in it can end the element."""
    data = {
        "lang": language(),
        "words": words_url(script),
        "icons": static_url("icons.svg"),
        **more,
    }
    return json.dumps(data, ensure_ascii=False).replace("<", "\\u003c")


def words_url(script: str) -> str:
    """Where the words of a script are, in the language of the reader."""
    return url_for("words", version=words_version(), script=script, lang=language())


# ---- Who is asking ------------------------------------------------------------------------------


def forum_or_404(uuid: str) -> Forum:
    """The forum of an address."""
    forum = db.session.scalar(select(Forum).where(Forum.uuid == uuid))
    return forum or abort(404)


def room_or_404(forum: Forum, uuid: str) -> Room:
    """The room of an address."""
    room = db.session.scalar(select(Room).where(Room.uuid == uuid, Room.forum_id == forum.id))
    return room or abort(404)


def desk_of(forum: Forum) -> Room:
    """The room in which organisers act."""
    query = select(Room).where(Room.forum_id == forum.id, Room.sort == RoomKind.DESK)
    return db.session.scalars(query).one()


def sector_names(forum: Forum) -> dict[str, str]:
    """What the sectors of a forum are called, in their order."""
    query = select(Sector).filter_by(forum_id=forum.id).order_by(Sector.position, Sector.id)
    return {sector.uuid: said(sector.name) for sector in db.session.scalars(query)}


def seat_or_none(forum: Forum) -> Seat | None:
    """The seat that this browser holds in a forum."""
    holder = held(request.cookies, "seat", forum)
    return holder if isinstance(holder, Seat) else None


def staff_or_403(forum: Forum, *roles: Role, name: str = "staff") -> Grant:
    """The staff link that this browser has opened, if it is one of `roles`."""
    holder = held(request.cookies, name, forum)
    if isinstance(holder, Grant) and holder.role in roles:
        return holder
    return abort(403)


def keep_ticket(response: Reply, name: str, holder: Seat | Grant, forum: Forum | None) -> Reply:
    """Put a ticket into this browser."""
    return keep_cookie(response, cookie(name, forum), ticket(holder))


def keep_cookie(response: Reply, name: str, value: str) -> Reply:
    """Put something into this browser that no script reads and no other site sends."""
    response.set_cookie(
        name,
        value,
        max_age=TICKET_KEPT,
        httponly=True,
        samesite="Lax",
        secure=current_app.config["PUBLIC_URL"].startswith("https"),
    )
    return response


def address(path: str) -> str:
    """The whole address of a page, as people reach it."""
    base = current_app.config["PUBLIC_URL"] or request.host_url.rstrip("/")
    return f"{base}{path}"


def host_name() -> str:
    """Where people type the code, without what they need not type."""
    return address("").partition("://")[2]


# ---- When something is wrong --------------------------------------------------------------------

SORRY = {
    400: sentence("This request is not understood."),
    403: sentence("You need the link of this page to open it. Ask whoever sent you here."),
    404: sentence("There is nothing at this address."),
    405: sentence("This page cannot be asked for in this way."),
    413: sentence("This is too much to send at once."),
    429: sentence("Too many wrong codes from here. Wait a moment and try again."),
}


def sorry(error: HTTPException) -> tuple[str, int] | Reply:
    """A page that says what is wrong, in the reader's language."""
    code = error.code or 500
    if code < 400:
        return error.get_response()
    wrong = SORRY.get(code) or sentence("Something went wrong here. Nothing you saved is lost.")
    return render_template("sorry.html", sentence=t(wrong)), code


def refused(reason: Refused) -> tuple[str, int]:
    """What an action refused, outside a form that could show it."""
    said = t(reason.sentence, **reason.values)
    return render_template("sorry.html", sentence=said), 409


def stale(_: CSRFError) -> tuple[str, int]:
    """A form without its token: the page was open for too long, or is not ours."""
    said = t("This page was open for too long. Go back, reload it and send the form again.")
    return render_template("sorry.html", sentence=said), 403


def see(path: str) -> Reply:
    """Go and look at another page, after a form."""
    return redirect(path, code=303)
