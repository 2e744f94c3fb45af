"""The job that seals a document."""

from __future__ import annotations

from sqlalchemy import select

from facilitator.actions import Refused
from facilitator.consolidation.seals import seal_document
from facilitator.db import db
from facilitator.models import Face, Forum, Job
from facilitator.worker.jobs import JOBS, Progress


def seal(job: Job, progress: Progress) -> Face:
    """Seal the document of a forum: {"forum": uuid}; gives {"edition": number}."""
    forum_id = db.session.scalar(select(Forum.id).where(Forum.uuid == job.payload["forum"]))
    if forum_id is None:
        raise Refused("There is no such forum.", code="gone")
    return {"edition": seal_document(forum_id, progress)}


JOBS["seal"] = seal
