"""The document: to read, and as files, which a worker makes and which are fetched here."""

from __future__ import annotations

from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template, send_file, url_for
from sqlalchemy import select, update
from werkzeug.wrappers import Response as Reply

import exports
from exports import to_html
from facilitator.consolidation.compose import compose
from facilitator.db import db, write
from facilitator.i18n import t
from facilitator.models import Face, Forum, Grant, Job, Role, now
from facilitator.pages import forum_or_404, see, staff_or_403, static_version
from facilitator.worker.documents import folder_of

blueprint = Blueprint("documents", __name__)

#: How long a job may wait before it is said that this is unusual.
LONG = timedelta(seconds=20)
#: A job in one of these states is on its way.
UNDER_WAY = ("queued", "running")


@blueprint.get("/f/<forum>/document")
def read(forum: str) -> str:
    """The document as it stands, and the ways to take it along."""
    found = forum_or_404(forum)
    _reader(found)
    before, text = to_html.body(compose(found.id))
    return render_template(
        "document.html",
        forum=found,
        before=before,
        text=text,
        main=found.languages[0],
        formats=list(exports.FORMATS),
        styles=url_for(".styles", version=static_version()),
    )


@blueprint.get("/document/<version>.css")
def styles(version: str) -> Response:  # noqa: ARG001 - a new version, a new address
    """The style sheet of the edition, which a file carries inside and a page of ours may not."""
    reply = send_file(to_html.STYLES, mimetype="text/css")
    reply.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return reply


def _reader(forum: Forum) -> Grant:
    """Who may read: until the document is sealed, the organisers."""
    return staff_or_403(forum, Role.ORGANISER)


# ---- Files ---------------------------------------------------------------------------------------


@blueprint.post("/f/<forum>/document/<name>")
def ask(forum: str, name: str) -> Reply:
    """Have a file made; asking twice while it is being made is asking once."""
    found = forum_or_404(forum)
    _reader(found)
    if name not in exports.FORMATS:
        abort(404)
    payload: Face = {"forum": found.uuid, "formats": [name]}

    def job() -> str:
        waiting = select(Job).where(Job.name == "export", Job.state == "queued")
        for one in db.session.scalars(waiting):
            if one.payload == payload:
                return one.uuid
        made = Job(name="export", payload=payload)
        db.session.add(made)
        db.session.flush()
        return made.uuid

    return see(url_for(".progress", forum=forum, job=write(job)))


@blueprint.get("/f/<forum>/job/<job>")
def progress(forum: str, job: str) -> str:
    """How far a file is; the file, when it is there."""
    found = forum_or_404(forum)
    _reader(found)
    one = _job(found, job)
    state = _state(found, one)
    data = {"page": "job", "state": url_for(".state", forum=forum, job=job), "now": state}
    return render_template(
        "job.html", forum=found, job=one, state=state, data=data, format=one.payload["formats"][0]
    )


@blueprint.get("/f/<forum>/job/<job>.json")
def state(forum: str, job: str) -> Face:
    """The same for the script of that page."""
    found = forum_or_404(forum)
    _reader(found)
    return _state(found, _job(found, job))


@blueprint.post("/f/<forum>/job/<job>")
def cancel(forum: str, job: str) -> Reply:
    """Have no file made after all."""
    found = forum_or_404(forum)
    _reader(found)
    job_id = _job(found, job).id

    def stop() -> None:
        under_way = Job.id == job_id, Job.state.in_(UNDER_WAY)
        db.session.execute(update(Job).where(*under_way).values(state="cancelled"))

    write(stop)
    return see(url_for(".read", forum=forum))


@blueprint.get("/f/<forum>/job/<job>/<name>")
def fetch(forum: str, job: str, name: str) -> Response:
    """A file that was made, to be kept."""
    found = forum_or_404(forum)
    _reader(found)
    one = _job(found, job)
    path = folder_of(one) / Path(name).name
    if one.state != "done" or name not in (one.result or {}).get("files", []) or not path.exists():
        abort(404)
    known = {form.SUFFIX: form.MIMETYPE for form in exports.FORMATS.values()}
    reply = send_file(path, known.get(path.suffix), as_attachment=True, download_name=name)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _job(forum: Forum, uuid: str) -> Job:
    job = db.session.scalar(select(Job).where(Job.uuid == uuid, Job.name == "export"))
    ours = job is not None and job.payload.get("forum") == forum.uuid
    return job if job is not None and ours else abort(404)


def _state(forum: Forum, job: Job) -> Face:
    """A job, in words for people."""
    result: dict[str, Any] = job.result or {}
    waits = job.state in UNDER_WAY and now() - job.asked_at > LONG
    return {
        "state": job.state,
        "progress": job.progress,
        "sentence": _sentence(job, waits=waits),
        "files": [
            {"name": name, "address": url_for(".fetch", forum=forum.uuid, job=job.uuid, name=name)}
            for name in result.get("files", [])
        ],
    }


def _sentence(job: Job, *, waits: bool) -> str:
    if job.state == "done":
        return t("The file is ready.")
    if job.state == "cancelled":
        return t("You have cancelled this.")
    if job.state == "failed":
        result = job.result or {}
        return t(result.get("error", "This did not work."), **result.get("values", {}))
    if waits:
        return t("This takes longer than usual. You can wait here, come back later, or cancel it.")
    if job.state == "running":
        return t("The file is being made.")
    return t("The file is next in line.")
