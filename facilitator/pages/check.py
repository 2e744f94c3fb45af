"""Before the day: whether the hall is ready, on one page; and the rehearsal, with its wiping."""

from __future__ import annotations

import secrets
import shutil
import time
from collections import deque
from datetime import timedelta
from importlib.metadata import version
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, current_app, render_template, url_for
from sqlalchemy import delete, select, update
from werkzeug.wrappers import Response as Reply

from facilitator import qr
from facilitator.backups import last_made
from facilitator.db import db, forget, write
from facilitator.forums.rehearsal import begun
from facilitator.i18n import said
from facilitator.models import Face, Forum, Job, Role, Room, RoomKind, now
from facilitator.pages import address, forum_or_404, staff_or_403
from facilitator.pages.forms import Sent, do, text
from facilitator.rooms.sockets import speakers
from facilitator.worker.documents import folder_of
from facilitator.worker.jobs import JOBS

blueprint = Blueprint("check", __name__)

#: Seconds for which a phone that opened the test page counts, and how many are counted at most.
LATELY, MOST = 300, 1_000
#: When the test page was opened, by the clock of this process: moments, and nothing of whom.
opened: deque[float] = deque(maxlen=MOST)

#: The name of the job that only shows that there is a worker; how long one is looked at.
SIGN = "sign"
LASTS = timedelta(seconds=30)

JOBS[SIGN] = lambda _job, _progress: {}


@blueprint.get("/f/<forum>/organise/check")
def page(forum: str) -> str:
    """What has to work in the hall, each with what to do."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    return _page(found, Sent.taken())


@blueprint.post("/f/<forum>/organise/check")
def change(forum: str) -> str | tuple[str, int] | Reply:
    """Begin or end a rehearsal, or wipe it."""
    found = forum_or_404(forum)
    grant = staff_or_403(found, Role.ORGANISER)
    jobs = db.session.scalars(select(Job)).all()
    folders = [folder_of(job) for job in jobs if job.payload.get("forum") == forum]
    sent = do(_desk(found), grant, READERS)
    if sent.refused:
        return _page(forum_or_404(forum), sent), 409
    if sent.form == "wipe":
        for folder in folders:
            shutil.rmtree(folder, ignore_errors=True)
        forget()
    return sent.back(url_for(".page", forum=forum))


READERS: dict[str, Any] = {
    "forum.rehearse": lambda form: {"on": text(form, "on") == "yes"},
    "forum.wipe": lambda form: {"title": text(form, "title")},
}


def _page(forum: Forum, sent: Sent) -> str:
    desk = _desk(forum)
    data = {
        "page": "desk",
        "forum": forum.uuid,
        "room": desk.uuid,
        "signs": url_for("organise.check.signs", forum=forum.uuid),
    }
    return render_template(
        "check.html",
        forum=forum,
        data=data,
        sent=sent or Sent.taken(),
        op=lambda: secrets.token_hex(16),
        ready=address(url_for("organise.check.ready")),
        begun=begun(forum.id),
        short=forum.uuid[:8],
        title=said(forum.title, forum.languages[0]),
    )


def _desk(forum: Forum) -> Room:
    query = select(Room).where(Room.forum_id == forum.id, Room.sort == RoomKind.DESK)
    return db.session.scalars(query).one()


# ---- A phone that tries the way in ---------------------------------------------------------------


@blueprint.get("/ready")
def ready() -> str:
    """Tell a phone that it can reach us. That somebody came is noted, and nothing else."""
    opened.append(time.monotonic())
    return render_template("ready.html")


@blueprint.get("/f/<forum>/organise/check.svg")
def ready_code(forum: str) -> Response:
    """The QR code of the test page."""
    staff_or_403(forum_or_404(forum), Role.ORGANISER)
    there = address(url_for("organise.check.ready"))
    return Response(qr.svg(there), mimetype="image/svg+xml")


# ---- What the server sees ------------------------------------------------------------------------


@blueprint.get("/f/<forum>/organise/check.json")
def signs(forum: str) -> Face:
    """How things stand on this side; the page adds what only the browser can see."""
    found = forum_or_404(forum)
    staff_or_403(found, Role.ORGANISER)
    data_dir = Path(current_app.config["DATA_DIR"])
    made = last_made(data_dir)
    written = _written(found.id)
    return {
        "phones": sum(moment > time.monotonic() - LATELY for moment in opened),
        "screens": _screens(found),
        "disk": shutil.disk_usage(data_dir).free // 2**20,
        "backup": made and made.isoformat(),
        "written": written,
        "worker": "gone" if written is None else _worker(),
        "version": version("facilitator"),
        "now": now().isoformat(),
    }


def _screens(forum: Forum) -> int:
    """How many boards listen to rooms of a forum through this process."""
    rooms = set(db.session.scalars(select(Room.id).where(Room.forum_id == forum.id)))
    return sum(ref.on_wall and ref.room_id in rooms for ref in list(speakers.values()))


def _written(forum_id: int) -> float | None:
    """Milliseconds until something that was written was on disk; None: it could not be."""
    same = update(Forum).where(Forum.id == forum_id).values(code_generation=Forum.code_generation)
    began = time.monotonic()
    try:
        write(lambda: db.session.execute(same, execution_options={"synchronize_session": False}))
    except Exception:  # whatever it is, it is what has to be told
        current_app.logger.exception("The database takes nothing.")
        return None
    return round(1000 * (time.monotonic() - began), 1)


def _worker() -> str:
    """Whether a worker is there: "good", "waiting" or "gone", told from a job that does nothing."""
    last = db.session.scalar(select(Job).filter_by(name=SIGN).order_by(Job.id.desc()).limit(1))
    age = now() - last.asked_at if last else LASTS
    if last and last.state == "done" and age < LASTS:
        return "good"
    if (
        last is None
        or (age >= LASTS and last.state == "done")
        or last.state in ("failed", "cancelled")
    ):
        write(_ask_for_sign)
        return "waiting"
    return "waiting" if age < timedelta(seconds=10) else "gone"


def _ask_for_sign() -> None:
    db.session.execute(delete(Job).where(Job.name == SIGN, Job.state.not_in(("queued", "running"))))
    db.session.add(Job(name=SIGN))
