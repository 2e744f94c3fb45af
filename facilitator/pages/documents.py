"""The document: to read, and as files, which a worker makes and which are fetched here."""

from __future__ import annotations

from collections.abc import Iterable, Mapping
from datetime import timedelta
from pathlib import Path
from typing import Any

from flask import Blueprint, Response, abort, render_template, request, send_file, url_for
from sqlalchemy import select, update
from werkzeug.wrappers import Response as Reply

import exports
from exports import document as doc
from exports import to_html, to_json
from exports.record_files import RECORD_FORMATS
from exports.setting import anchor_of
from exports.wording import Wording
from facilitator.access import LEADING, ActorRef, held, opens
from facilitator.actions import perform
from facilitator.consolidation.chapters import ANNEXES
from facilitator.consolidation.compose import compose
from facilitator.consolidation.names import place_name
from facilitator.consolidation.seals import editions
from facilitator.consolidation.vote_tables import VOTE_FORMATS
from facilitator.db import db, write
from facilitator.i18n import language, t
from facilitator.models import Face, Forum, Grant, Job, Role, Room, RoomKind, now
from facilitator.pages import desk_of, forum_or_404, room_or_404, see, staff_or_403
from facilitator.pages.assets import static_version
from facilitator.worker.documents import folder_of

blueprint = Blueprint("documents", __name__)

#: How long a job may wait before it is said that this is unusual.
LONG = timedelta(seconds=20)
#: Whose tables these are.
PROGRAMS = {
    "decidim-proposals": "Decidim",
    "decidim-results": "Decidim",
    "openslides-motions": "OpenSlides",
}
#: A job in one of these states is on its way.
UNDER_WAY = ("queued", "running")


@blueprint.get("/f/<forum>/document")
def read(forum: str) -> str | Reply:
    """The document as it stands, for organisers; for all others as it was sealed last."""
    found = forum_or_404(forum)
    newest = next(iter(editions(found.id)), None)
    staff = held(request.cookies, "staff", found)
    if newest and not (isinstance(staff, Grant) and staff.role is Role.ORGANISER):
        return see(url_for("editions.read", forum=forum, number=newest.number))
    _reader(found)
    spoken = _spoken(found, request.args)
    before, text = to_html.body(compose(found.id, **spoken))
    return render_template(
        "document.html",
        forum=found,
        before=before,
        text=text,
        main=spoken.get("lang", found.languages[0]),
        beside=spoken.get("beside"),
        languages=language_names(found.languages),
        newest=newest,
        formats=exports.MAIN_FORMATS,
        more=[
            *(name for name in exports.FORMATS if name not in exports.MAIN_FORMATS),
            *VOTE_FORMATS,
        ],
        styles=url_for(".styles", version=static_version()),
        data=reading(forum),
    )


def reading(forum: str) -> Face:
    """What the script of the document needs: the lasting link to a recommendation, but its id."""
    link = url_for("documents.recommendation", forum=forum, recommendation="")
    return {"page": "document", "link": link}


@blueprint.get("/f/<forum>/document/r/<recommendation>")
def recommendation(forum: str, recommendation: str) -> Reply:
    """Where a recommendation stands, in the newest edition that has it: an address that lasts.

    Organisers find one that no edition has in the draft.
    """
    found = forum_or_404(forum)
    place = anchor_of(recommendation)
    for edition in editions(found.id):
        sealed = doc.from_json(edition.document)
        if any(one.id == recommendation for one in sealed.recommendations):
            return see(url_for("editions.read", forum=forum, number=edition.number, _anchor=place))
    _reader(found)
    if all(one.id != recommendation for one in compose(found.id).recommendations):
        abort(404)
    return see(url_for(".read", forum=forum, _anchor=place))


@blueprint.get("/document/<version>.css")
def styles(version: str) -> Response:  # noqa: ARG001 - a new version, a new address
    """The style sheet of the edition, which a file carries inside and a page of ours may not."""
    reply = send_file(to_html.STYLES, mimetype="text/css")
    reply.headers["Cache-Control"] = "public, max-age=31536000, immutable"
    return reply


@blueprint.get("/document.schema.json")
def schema() -> Response:
    """What the JSON of a document holds, for programs: JSON Schema 2020-12."""
    return send_file(to_json.SCHEMA, mimetype="application/schema+json")


def _reader(forum: Forum) -> Grant:
    """Who may read: until the document is sealed, the organisers."""
    return staff_or_403(forum, Role.ORGANISER)


@blueprint.post("/f/<forum>/document/annexes")
def choose(forum: str) -> Reply:
    """Have the document with these annexes, from now on."""
    found = forum_or_404(forum)
    grant = _reader(found)
    names = [name for name in request.form.getlist("names") if name in ANNEXES]
    back = url_for("editions.page" if request.form.get("seal") else ".read", forum=forum)
    # Without an operation id: twice is once.
    perform(
        ActorRef(desk_of(found).id, grant_id=grant.id), "document.annexes", None, {"names": names}
    )
    return see(back)


# ---- Files ---------------------------------------------------------------------------------------


@blueprint.post("/f/<forum>/document/<name>")
def ask(forum: str, name: str) -> Reply:
    """Have a file made; asking twice while it is being made is asking once."""
    found = forum_or_404(forum)
    _reader(found)
    if name not in {*exports.FORMATS, *VOTE_FORMATS}:
        abort(404)
    payload: Face = {"forum": forum, "formats": [name]}
    if name in exports.FORMATS:
        payload |= _spoken(found, request.form)
    return see(url_for(".progress", forum=forum, job=ask_job(payload)))


def _spoken(forum: Forum, asked: Mapping[str, str]) -> dict[str, str]:
    """In which language the document was asked for, and beside which; nothing for its main one."""
    main = forum.languages[0]
    lang = asked.get("lang", main)
    beside = asked.get("beside")
    lang = lang if lang in forum.languages else main
    both = beside in forum.languages and beside != lang
    found = {"lang": lang, "beside": beside if both else None}
    return {k: v for k, v in found.items() if v and (k, v) != ("lang", main)}


def language_names(tags: Iterable[str]) -> dict[str, str]:
    """Languages in the words of the reader, by their tags."""
    words = Wording(language())
    return {tag: words.language(tag) for tag in tags}


@blueprint.get("/f/<forum>/room/<room>/record")
def record(forum: str, room: str) -> str:
    """The ways to take the record of a room along."""
    found = forum_or_404(forum)
    place = room_or_404(found, room)
    _may_have_record(found, place)
    return render_template(
        "record.html",
        forum=found,
        room=place,
        name=place_name(place, found.languages[0]),
        formats=list(RECORD_FORMATS),
        back=url_for("room.lead", uuid=forum, room_uuid=room),
    )


@blueprint.post("/f/<forum>/room/<room>/record/<name>")
def ask_record(forum: str, room: str, name: str) -> Reply:
    """Have the record of a room made, for who leads it."""
    found = forum_or_404(forum)
    place = room_or_404(found, room)
    _may_have_record(found, place)
    if name not in RECORD_FORMATS or place.sort is RoomKind.DESK:
        abort(404)
    payload: Face = {"forum": forum, "room": room, "formats": [name]}
    return see(url_for(".progress", forum=forum, job=ask_job(payload)))


def _may_have_record(forum: Forum, room: Room) -> None:
    if not opens(staff_or_403(forum, *LEADING), room):
        abort(403)


def ask_job(payload: Face, name: str = "export") -> str:
    """The job that makes this: one that waits already, or a new one."""

    def job() -> str:
        waiting = select(Job).where(Job.name == name, Job.state == "queued")
        for one in db.session.scalars(waiting):
            if one.payload == payload:
                return one.uuid
        made = Job(name=name, payload=payload)
        db.session.add(made)
        db.session.flush()
        return made.uuid

    uuid: str = write(job)
    return uuid


@blueprint.get("/f/<forum>/job/<job>")
def progress(forum: str, job: str) -> str:
    """How far a file is; the file, when it is there."""
    found = forum_or_404(forum)
    one = _job(found, job)
    state = _state(found, one)
    data = {"page": "job", "state": url_for(".state", forum=forum, job=job), "now": state}
    return render_template("job.html", forum=found, job=one, state=state, data=data, **_about(one))


def _about(job: Job) -> Face:
    """What a job makes, where to ask for it again, and where one came from."""
    forum, room = job.payload["forum"], job.payload.get("room")
    if job.name == "seal":
        return {
            "heading": t("Sealing the document"),
            "again": url_for("editions.ask", forum=forum),
            "back": url_for("editions.page", forum=forum),
            "back_words": t("Back to the seal"),
        }
    [name] = job.payload["formats"]
    spoken: dict[str, str] = {k: job.payload[k] for k in ("lang", "beside") if k in job.payload}
    if room is None:
        return {
            "heading": _heading(name, spoken),
            "again": url_for(".ask", forum=forum, name=name),
            "spoken": spoken,
            "back": url_for(".read", **{"forum": forum, **spoken}),
            "back_words": t("Back to the document"),
        }
    return {
        "heading": t("The record of the room as {format}", format=name.upper()),
        "again": url_for(".ask_record", forum=forum, room=room, name=name),
        "back": url_for("room.lead", uuid=forum, room_uuid=room),
        "back_words": t("Back to the room"),
    }


def _heading(name: str, spoken: Mapping[str, str]) -> str:
    """What a file of this format is, and in which languages where that was chosen."""
    if program := PROGRAMS.get(name):
        return t("The document for {program}", program=program)
    if votes := VOTE_FORMATS.get(name):
        return t("The votes as {format}", format=votes[1:].upper())
    heading = t("The document as {format}", format=name.upper())
    if name == "letters":
        heading = t("Letters to the addressees")
    return " · ".join((heading, *language_names(spoken.values()).values()))


@blueprint.get("/f/<forum>/job/<job>.json")
def state(forum: str, job: str) -> Face:
    """The same for the script of that page."""
    found = forum_or_404(forum)
    return _state(found, _job(found, job))


@blueprint.post("/f/<forum>/job/<job>")
def cancel(forum: str, job: str) -> Reply:
    """Have no file made after all."""
    found = forum_or_404(forum)
    one = _job(found, job)
    job_id = one.id

    def stop() -> None:
        under_way = Job.id == job_id, Job.state.in_(UNDER_WAY)
        db.session.execute(update(Job).where(*under_way).values(state="cancelled"))

    back = _about(one)["back"]
    write(stop)
    return see(back)


@blueprint.get("/f/<forum>/job/<job>/<name>")
def fetch(forum: str, job: str, name: str) -> Response:
    """A file that was made, to be kept."""
    found = forum_or_404(forum)
    one = _job(found, job)
    path = folder_of(one) / Path(name).name
    if one.state != "done" or name not in (one.result or {}).get("files", []) or not path.exists():
        abort(404)
    known = {form.SUFFIX: form.MIMETYPE for form in exports.FORMATS.values()}
    reply = send_file(path, known.get(path.suffix), as_attachment=True, download_name=name)
    reply.headers["Cache-Control"] = "no-store"
    return reply


def _job(forum: Forum, uuid: str) -> Job:
    """A job of this forum, for who may have what it makes."""
    staff_or_403(forum, *LEADING)
    job = db.session.scalar(select(Job).where(Job.uuid == uuid, Job.name.in_(("export", "seal"))))
    ours = job is not None and job.payload.get("forum") == forum.uuid
    if job is None or not ours:
        abort(404)
    if room := job.payload.get("room"):
        _may_have_record(forum, room_or_404(forum, room))
    else:
        _reader(forum)
    return job


def _state(forum: Forum, job: Job) -> Face:
    """A job, in words for people."""
    result: dict[str, Any] = job.result or {}
    sealed = result.get("edition")
    edition = url_for("editions.read", forum=forum.uuid, number=sealed) if sealed else None
    waits = job.state in UNDER_WAY and now() - job.asked_at > LONG
    return {
        "state": job.state,
        "progress": job.progress,
        "sentence": _sentence(job, waits=waits),
        "edition": edition,
        "files": [
            {"name": name, "address": url_for(".fetch", forum=forum.uuid, job=job.uuid, name=name)}
            for name in result.get("files", [])
        ],
    }


def _sentence(job: Job, *, waits: bool) -> str:
    if job.state == "done":
        return t("The document is sealed.") if job.name == "seal" else t("The file is ready.")
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
