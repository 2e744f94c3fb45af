"""The child that does jobs: it reads the database, and says how far it is and what came of it."""

from __future__ import annotations

import logging

from flask import Flask

from facilitator import create_app
from facilitator.actions import Refused
from facilitator.db import db
from facilitator.models import Job
from facilitator.worker import (  # noqa: F401 - they register their jobs
    documents,
    opinions,
    sealing,
    similar,
)
from facilitator.worker.children import Face, confine, serve, tell_progress
from facilitator.worker.jobs import FAILED, JOBS, failure

log = logging.getLogger(__name__)

#: Bytes of memory: setting the type of a long document takes most.
MEMORY = 4 << 30


def do(app: Flask, job_id: int) -> Face:
    """Do a job; the answer has a result, or an error in words that are to be translated."""
    with app.app_context():
        try:
            return {"result": _result(job_id)}
        except Refused as reason:
            return failure(reason)
        except MemoryError:
            return failure(Refused("This is too large."))
        except Exception:
            log.exception("Job %d failed.", job_id)
            return failure(FAILED)


def _result(job_id: int) -> Face:
    job = db.session.get(Job, job_id)
    if job is None or job.name not in JOBS:
        raise Refused("This cannot be done here.")
    return JOBS[job.name](job, tell_progress)


def main() -> None:
    """Do jobs until there are no more questions."""
    confine(MEMORY)
    app = create_app(ASYNC_MODE="threading")
    serve(lambda asked, _: (do(app, asked["job"]), []))


if __name__ == "__main__":
    main()
