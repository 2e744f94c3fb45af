"""The job that makes the files of a document."""

from __future__ import annotations

import shutil
from pathlib import Path

from flask import current_app
from sqlalchemy import select

from facilitator.actions import Refused
from facilitator.consolidation.compose import export_files
from facilitator.consolidation.record import record_files
from facilitator.consolidation.vote_tables import VOTE_FORMATS, vote_files
from facilitator.db import db
from facilitator.models import Face, Forum, Job, Room
from facilitator.worker.jobs import JOBS, Progress


def folder_of(job: Job) -> Path:
    """Where the files of a job are, for those who fetch them."""
    return Path(current_app.config["DATA_DIR"]) / "files" / job.uuid


def make_files(job: Job, progress: Progress) -> Face:
    """Make what was asked for: {"forum": uuid, "formats": […]}; gives {"files": [names]}.

    With a "room" it is that room's record; else the document, or the votes of the forum. The
    document comes in a "lang", with "beside" in two columns.
    """
    asked = job.payload
    forum_id = db.session.scalar(select(Forum.id).where(Forum.uuid == asked["forum"]))
    if forum_id is None:
        raise Refused("There is no such forum.", code="gone")
    folder = folder_of(job)
    shutil.rmtree(folder, ignore_errors=True)  # what a worker left that died half-way
    if room := asked.get("room"):
        room_id = db.session.scalar(select(Room.id).filter_by(uuid=room, forum_id=forum_id))
        if room_id is None:
            raise Refused("There is no such room.", code="gone")
        paths = record_files(room_id, asked["formats"], folder, progress)
    elif VOTE_FORMATS.keys() >= set(asked["formats"]):
        paths = vote_files(forum_id, asked["formats"], folder, progress)
    else:
        langs = {"lang": asked.get("lang"), "beside": asked.get("beside")}
        paths = export_files(forum_id, asked["formats"], folder, progress, **langs)
    return {"files": [path.name for path in paths]}


JOBS["export"] = make_files
